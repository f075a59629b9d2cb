// The form of a matter between the page and the API. Pure.
import type { FormErrors, FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { elementProblem, elementsOf } from './ElementEditor.tsx'
import { durationUnits, levelName, levels } from '../parts/standard.tsx'
import type { ClosingItem, Duration, Matter } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Type = { id: string; name: string; parentId: string | null; state: string }

export function matterSchema(types: readonly Type[], locked: boolean): FormSchema {
  return {
    type: 'object',
    required: ['name', ...(locked ? [] : ['code', 'directoryId'])],
    'x-groups': [
      { title: t('tabBasic'), fields: ['code', 'name', 'directoryId', 'competentUnitId', 'division', 'appealTypes', 'levels', 'vertical', 'keywords'] },
      { title: t('conditions'), fields: ['conditions', 'materials', 'closingBasis'] },
      { title: t('duration'), fields: ['amount', 'unit'] },
      { title: t('rules'), fields: ['callback', 'replyTemplate'] },
    ],
    properties: {
      ...(locked ? {} : {
        code: { type: 'string' as const, title: t('code'), maxLength: 50, pattern: '^[A-Za-z0-9][A-Za-z0-9._\\-]{0,49}$', 'x-half': true },
        directoryId: { type: 'string' as const, title: t('directory'), format: 'matter' as const, 'x-half': true },
      }),
      name: { type: 'string', title: t('name'), maxLength: 100 },
      competentUnitId: { type: 'string', title: t('unit'), format: 'unit', 'x-half': true },
      division: { type: 'string', title: t('division'), maxLength: 200, 'x-half': true },
      appealTypes: { type: 'array', title: t('types'), description: t('typesHint'), items: { type: 'string', oneOf: types.map((type) => ({ const: type.id, title: type.name })) } },
      levels: { type: 'array', title: t('levels'), items: { type: 'string', oneOf: levels.map((level) => ({ const: String(level), title: levelName(level) })) } },
      vertical: { type: 'boolean', title: t('vertical'), description: t('verticalHint'), 'x-half': true },
      keywords: { type: 'string', title: t('keywords'), description: t('keywordsHint'), 'x-half': true },
      conditions: { type: 'string', title: t('conditions'), format: 'textarea', maxLength: 4000 },
      materials: { type: 'string', title: t('materials'), format: 'textarea', maxLength: 4000 },
      closingBasis: { type: 'string', title: t('closingBasis'), format: 'textarea', maxLength: 4000 },
      amount: { type: 'number', title: t('duration'), description: t('durationHint'), minimum: 0, maximum: 10000, 'x-half': true },
      unit: { type: 'string', title: shared('unitOfTime'), 'x-buttons': false, 'x-half': true, oneOf: durationUnits.map((unit) => ({ const: unit, title: shared(`unit_${unit}`) })) },
      callback: { type: 'string', title: t('rulesCallback'), oneOf: [{ const: 'type', title: t('followType') }, { const: 'yes', title: shared('yes') }, { const: 'no', title: shared('no') }] },
      replyTemplate: { type: 'string', title: t('replyTemplate'), format: 'textarea', maxLength: 2000 },
    },
  }
}

export function formOfMatter(matter: Matter): FormValue {
  const { code, name, directoryId, competentUnitId, division, appealTypes, conditions, materials, duration, closingBasis, closingStandard, elements, rules, levels: held, vertical, keywords } = matter
  const value: FormValue = {
    code, name, directoryId, competentUnitId, division, appealTypes, conditions, materials, closingBasis, closingStandard, elements, vertical, levels: held.map(String), keywords: keywords.join('、'),
    amount: duration?.amount, unit: duration?.unit ?? 'workingDays', callback: rules.callback === undefined ? 'type' : rules.callback ? 'yes' : 'no', replyTemplate: rules.replyTemplate,
  }
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined))
}

export const blankMatter = (directoryId: string | null): FormValue => ({ unit: 'workingDays', callback: 'type', vertical: false, closingStandard: [], elements: [], appealTypes: [], levels: [], ...(directoryId ? { directoryId } : {}) })

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() ? value.trim() : null)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export function closingOf(value: unknown): ClosingItem[] {
  return list(value).flatMap((one) => (typeof one === 'object' && one !== null && 'text' in one && typeof one.text === 'string' ? [{ text: one.text, evidence: 'evidence' in one && one.evidence === true }] : []))
}
const isUnit = (value: unknown): value is Duration['unit'] => durationUnits.some((unit) => unit === value)

/** Content as the API takes it; `locked` fields are left out. */
export function contentOf(value: FormValue, locked: boolean): Record<string, unknown> {
  const duration = typeof value.amount === 'number' && isUnit(value.unit) ? { amount: value.amount, unit: value.unit } : null
  return {
    ...(locked ? {} : { code: text(value.code), directoryId: value.directoryId }),
    name: text(value.name), competentUnitId: text(value.competentUnitId), division: text(value.division), appealTypes: list(value.appealTypes), conditions: text(value.conditions), materials: text(value.materials), duration,
    closingStandard: closingOf(value.closingStandard).filter((item) => item.text.trim() !== ''), closingBasis: text(value.closingBasis),
    elements: elementsOf(value.elements).map((element) => ({ ...element, options: element.type === 'choice' || element.type === 'multiple' ? (element.options ?? []).map((one) => one.trim()).filter(Boolean) : undefined })),
    rules: { ...(value.callback === 'yes' ? { callback: true } : value.callback === 'no' ? { callback: false } : {}), ...(text(value.replyTemplate) ? { replyTemplate: text(value.replyTemplate) } : {}) },
    levels: list(value.levels).map(Number).sort(), vertical: value.vertical === true, keywords: (text(value.keywords) ?? '').split(/[、，,;；\s]+/).filter(Boolean),
  }
}

export function checkMatter(value: FormValue): FormErrors {
  const problem = elementProblem(elementsOf(value.elements))
  return problem ? { elements: problem } : {}
}
