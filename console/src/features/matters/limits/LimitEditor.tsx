// A rule of time limits: whom it speaks of, how long, whom it tells; inherited and shipped ones are shown, and replaced by an own rule.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { Facts } from '../../../ui/Page.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { categoryLoader, matterLoader } from '../../orders/pickers.ts'
import { durationText, durationUnits, levelName, levels } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { clocks, conditionsOf, scopes } from './limit-words.ts'
import type { Limit } from './limit-words.ts'
import { t } from './texts.zh-CN.ts'

type Options = OutputOf<'matterOptions'> | undefined
type Props = { open: { rule: Limit | null; copy?: boolean } | null; options: Options; mayEdit: boolean; onClose: () => void; onCopy: (rule: Limit) => void }

const kinds = ['centre', 'handling', 'section', 'community', 'enterprise', 'subCentre', 'virtual'] as const
const receivers = ['unit', 'unitLeader', 'industryOwner', 'superior', 'centre'] as const
const loaders = { matter: matterLoader(), unit: categoryLoader('category'), area: categoryLoader('industry') }
const units = durationUnits.map((unit) => ({ const: unit, title: shared(`unit_${unit}`) }))

function schemaOf(options: Options): FormSchema {
  const told = receivers.map((one) => ({ const: one, title: t(`receiver_${one}`) }))
  return {
    type: 'object', required: ['scopeKind', 'matter', 'category', 'industry', 'appealType', 'clock', 'amount', 'unit'],
    'x-groups': [{ title: t('scope'), fields: ['scopeKind', 'matter', 'category', 'industry', 'appealType'] }, { title: t('duration'), fields: ['clock', 'amount', 'unit', 'yellowAmount', 'yellowUnit'] }, { title: t('conditions'), fields: ['level', 'urgency', 'unitKind', 'enterpriseGrade', 'validFrom', 'validTo'] }, { title: t('receiversYellow'), fields: ['yellow', 'red', 'note'] }],
    properties: {
      scopeKind: { type: 'string', title: t('scope'), 'x-buttons': true, oneOf: scopes.map((scope) => ({ const: scope, title: t(`scope_${scope}`) })) },
      matter: { type: 'string', title: t('matter'), format: 'matter', 'x-visibleIf': { field: 'scopeKind', equals: 'matter' } },
      category: { type: 'string', title: t('category'), format: 'unit', 'x-visibleIf': { field: 'scopeKind', equals: 'category' } },
      industry: { type: 'string', title: t('industry'), format: 'area', 'x-visibleIf': { field: 'scopeKind', equals: 'industry' } },
      appealType: { type: 'string', title: t('appealType'), 'x-buttons': false, 'x-visibleIf': { field: 'scopeKind', equals: 'appealType' }, oneOf: (options?.appealTypes ?? []).map((type) => ({ const: type.id, title: type.name })) },
      clock: { type: 'string', title: t('clock'), 'x-buttons': true, oneOf: clocks.map((clock) => ({ const: clock, title: t(`clock_${clock}`) })) },
      amount: { type: 'number', title: t('duration'), minimum: 0, maximum: 10000, 'x-half': true },
      unit: { type: 'string', title: t('unit'), 'x-buttons': false, 'x-half': true, oneOf: units },
      yellowAmount: { type: 'number', title: t('yellow'), description: t('yellowHint'), minimum: 0, maximum: 10000, 'x-half': true },
      yellowUnit: { type: 'string', title: t('unit'), 'x-buttons': false, 'x-half': true, oneOf: units },
      level: { type: 'string', title: t('level'), 'x-buttons': false, 'x-half': true, oneOf: levels.map((level) => ({ const: String(level), title: levelName(level) })) },
      urgency: { type: 'string', title: t('urgency'), 'x-buttons': false, 'x-half': true, oneOf: (options?.urgencyLevels ?? []).map((level) => ({ const: level.code, title: level.name })) },
      unitKind: { type: 'string', title: t('unitKind'), 'x-buttons': false, 'x-half': true, oneOf: kinds.map((kind) => ({ const: kind, title: t(`kind_${kind}`) })) },
      enterpriseGrade: { type: 'string', title: t('grade'), maxLength: 10, 'x-half': true },
      validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true },
      validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
      yellow: { type: 'array', title: t('receiversYellow'), description: t('receiversHint'), items: { type: 'string', oneOf: told } },
      red: { type: 'array', title: t('receiversRed'), items: { type: 'string', oneOf: told } },
      note: { type: 'string', title: t('note'), format: 'textarea', maxLength: 500 },
    },
  }
}

function formOf(rule: Limit | null): FormValue {
  if (!rule) return { scopeKind: 'tenant', clock: 'handling', unit: 'workingDays', yellowUnit: 'workingHours' }
  const value: FormValue = {
    scopeKind: rule.scopeKind, ...(rule.scopeId ? { [rule.scopeKind]: rule.scopeId } : {}), clock: rule.clock, amount: rule.duration.amount, unit: rule.duration.unit, yellowAmount: rule.yellowBefore?.amount, yellowUnit: rule.yellowBefore?.unit ?? rule.duration.unit,
    level: rule.level === null ? null : String(rule.level), urgency: rule.urgency, unitKind: rule.unitKind, enterpriseGrade: rule.enterpriseGrade, validFrom: rule.validFrom, validTo: rule.validTo, yellow: rule.receivers.yellow, red: rule.receivers.red, note: rule.note,
  }
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== undefined))
}

function bodyOf(value: FormValue): Record<string, unknown> {
  const scopeId = value.scopeKind === 'tenant' ? null : value[String(value.scopeKind)]
  const list = (one: unknown) => (Array.isArray(one) && one.length ? one : undefined)
  return {
    scopeKind: value.scopeKind, scopeId, clock: value.clock, duration: { amount: value.amount, unit: value.unit }, yellowBefore: typeof value.yellowAmount === 'number' ? { amount: value.yellowAmount, unit: value.yellowUnit ?? value.unit } : null,
    level: value.level ? Number(value.level) : null, urgency: value.urgency ?? null, unitKind: value.unitKind ?? null, enterpriseGrade: value.enterpriseGrade ?? null, validFrom: value.validFrom ?? null, validTo: value.validTo ?? null,
    receivers: { ...(list(value.yellow) ? { yellow: value.yellow } : {}), ...(list(value.red) ? { red: value.red } : {}) }, note: value.note ?? null,
  }
}

export function LimitEditor({ open, options, mayEdit, onClose, onCopy }: Props): ReactElement {
  const send = useAct(...standardQueries)
  const rule = open?.rule ?? null
  const fresh = rule === null || open?.copy === true
  const fixed = open !== null && rule !== null && !fresh && (!rule.editable || !mayEdit)
  return (
    <>
      <ActDrawer open={open !== null && !fixed} onClose={onClose} title={fresh ? t('add') : t('edit')} sub={rule && !fresh ? rule.scopeText : ''} schema={schemaOf(options)} initial={formOf(rule)} loaders={loaders} notice={t('effect')} submitLabel={fresh ? t('add') : t('edit')}
        submit={async (values) => {
          const body = bodyOf(values)
          await (fresh || !rule ? send('createLimitRule', body) : send('editLimitRule', { ...body, id: rule.id, version: rule.version }))
          say(t('saved'))
        }} />
      <Drawer open={fixed} onClose={onClose} size={560} title={rule?.scopeText} destroyOnHidden>
        {rule && fixed ? (
          <div className="ms-stack">
            {mayEdit ? <div className="ms-note" data-tone="info">{rule.origin === 'shipped' || rule.scopeKind !== 'matter' ? t('fixedShipped') : t('fixedMatter')}</div> : null}
            <Facts items={[
              { label: t('clock'), value: rule.clockName }, { label: t('duration'), value: rule.durationText }, { label: t('conditions'), value: conditionsOf(rule) || t('conditionsNone') }, { label: t('yellow'), value: rule.yellowBefore ? durationText(rule.yellowBefore) : null },
              { label: t('receiversYellow'), value: rule.receivers.yellow?.map((one) => t(`receiver_${one}`)).join('、') }, { label: t('receiversRed'), value: rule.receivers.red?.map((one) => t(`receiver_${one}`)).join('、') }, { label: t('validity'), value: rule.validFrom || rule.validTo ? `${rule.validFrom ?? '…'} — ${rule.validTo ?? '…'}` : null }, { label: t('origin'), value: t(rule.origin) }, { label: t('note'), value: rule.note },
            ]} />
            {mayEdit ? <Button onClick={() => onCopy(rule)}>{t('replace')}</Button> : null}
          </div>
        ) : null}
      </Drawer>
    </>
  )
}
