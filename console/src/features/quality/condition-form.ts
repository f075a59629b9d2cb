// Fields of a rule's condition by its kind, and back: one form for all kinds.
import type { InputOf } from '../../api/call.ts'
import type { FieldSchema, FormValue } from '../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export type Definition = InputOf<'saveQualityRule'>['definition']
const of = (...kinds: string[]) => ({ 'x-visibleIf': { field: 'kind', in: kinds } })
const int = (title: string, minimum: number, maximum: number, kinds: string[]): FieldSchema => ({ type: 'integer', title, minimum, maximum, 'x-half': true, ...of(...kinds) })
const pairs = (list: [string, string][]) => list.map(([value, title]) => ({ const: value, title }))
const fields: [string, string][] = [['title', '标题'], ['content', '内容'], ['address', '地址'], ['areaCode', '区划'], ['matterId', '事项'], ['categoryId', '分类'], ['requesterName', '诉求人'], ['phone', '联系电话'], ['reply', '答复'], ['replyBasis', '处置依据']]

export const conditionFields = (kinds: { value: string; label: string }[]): Record<string, FieldSchema> => ({
  kind: { type: 'string', title: t('condition'), oneOf: kinds.map((one) => ({ const: one.value, title: one.label })), 'x-half': true },
  words: { type: 'string', format: 'textarea', title: t('words'), maxLength: 4000, ...of('forbidden', 'required', 'sequence', 'sensitive', 'reply') },
  speaker: { type: 'string', title: t('speaker'), oneOf: pairs([['agent', t('agent')], ['citizen', t('citizen')], ['both', t('both')]]), 'x-half': true, ...of('forbidden', 'required', 'sequence', 'sensitive', 'lexicon') },
  store: { type: 'string', title: t('store'), description: t('storeHelp'), oneOf: pairs([['quality', t('storeQuality')], ['sensitive', t('storeSensitive')]]), 'x-half': true, ...of('lexicon') }, category: { type: 'string', title: t('category'), description: t('categoryHelp'), maxLength: 40, 'x-half': true, ...of('lexicon') },
  where: { type: 'string', title: t('where'), oneOf: pairs([['start', t('whereStart')], ['end', t('whereEnd')], ['any', t('whereAny')]]), 'x-half': true, ...of('required') },
  sentences: int(t('sentences'), 1, 20, ['required']), seconds: int(t('seconds'), 2, 3600, ['silence', 'answer']), perMinute: int(t('perMinute'), 60, 600, ['rate']), characters: int(t('characters'), 0, 5000, ['rate', 'reply']), overlapMs: int(t('overlapMs'), 100, 10_000, ['interruption']), times: int(t('times'), 1, 20, ['interruption', 'returned']), minutes: int(t('minutes'), 1, 240, ['length']),
  field: { type: 'string', title: t('field'), oneOf: pairs(fields), 'x-half': true, ...of('field', 'openNumber') }, test: { type: 'string', title: t('test'), oneOf: pairs([['filled', t('filled')], ['shorter', t('shorter')], ['longer', t('longer')]]), 'x-half': true, ...of('field') }, value: int(t('value'), 0, 10_000, ['field']),
  number: { type: 'string', title: t('numberKind'), oneOf: pairs([['identity', t('identity')], ['mobile', t('mobile')]]), 'x-half': true, ...of('openNumber') },
  parts: { type: 'array', title: t('parts'), items: { type: 'string', oneOf: pairs([['greets', '称呼问候'], ['basis', '依据'], ['found', '核实情况'], ['done', '处理结果'], ['contact', '联系方式'], ['thanks', '致谢']]) }, ...of('reply') },
  wordGrade: { type: 'string', title: t('wordGrade'), oneOf: pairs([['high', t('high')], ['middle', t('middle')], ['low', t('low')]]), 'x-half': true, ...of('sensitive') },
  most: int(t('most'), 1, 20, ['forbidden', 'lexicon', 'silence', 'answer']),
})

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const lines = (value: unknown): string[] => text(value).split(/[\n、，,]+/).map((one) => one.trim()).filter(Boolean)

/** The condition as the server takes it; what is not of its kind, or left empty, is left out. */
export function definitionOf(values: FormValue): Definition {
  const names = ['speaker', 'store', 'category', 'where', 'sentences', 'seconds', 'perMinute', 'characters', 'overlapMs', 'times', 'minutes', 'field', 'test', 'value', 'number', 'parts', 'most']
  const set = Object.fromEntries(names.flatMap((name) => (values[name] === undefined || values[name] === null || values[name] === '' ? [] : [[name, values[name]]])))
  const condition = { kind: values.kind, ...set, ...(values.words === undefined ? {} : { words: lines(values.words) }), ...(values.kind === 'sensitive' ? { grade: values.wordGrade ?? 'high' } : {}) }
  return { condition, item: text(values.item), points: typeof values.points === 'number' ? values.points : 0, severity: values.severity, standard: text(values.standard) } as Definition // the server checks every part
}

export function valuesOf(definition: Definition): FormValue {
  const { words, grade, ...rest } = definition.condition as Record<string, unknown> // one form for all kinds
  return { ...rest, ...(Array.isArray(words) ? { words: words.join('\n') } : {}), ...(grade ? { wordGrade: grade } : {}), item: definition.item, points: definition.points, severity: definition.severity, standard: definition.standard }
}
