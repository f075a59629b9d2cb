// One rule: label, moments, conditions by the builder, and its trial on past orders before it is switched on.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { useCommand } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { say } from '../../ui/notices.ts'
import { PickerInput } from '../../ui/Pickers.tsx'
import { ConditionBuilder } from '../query/ConditionBuilder.tsx'
import { isComplete, readTree } from '../query/tree.ts'
import type { Group, QueryField } from '../query/tree.ts'
import { labelLoader } from './label-loader.ts'
import type { Rule } from './RulesPage.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { rule: Rule | null; triggers: { value: string; label: string }[]; fields: readonly QueryField[]; onClose: () => void }
const DAYS = 30

export function RuleDrawer({ rule, triggers, fields, onClose }: Props): ReactElement {
  const [tree, setTree] = useState<Group>(() => readTree(rule ? JSON.stringify(rule.condition) : null))
  const [trial, setTrial] = useState<OutputOf<'tryLabelRule'> | null>(null)
  const create = useCommand('createLabelRule', { invalidates: ['listLabelRules'] })
  const change = useCommand('changeLabelRule', { invalidates: ['listLabelRules'] })
  const test = () => void call('tryLabelRule', { condition: tree as unknown as Record<string, never>, days: DAYS }).then(setTrial).catch((error: Error) => say(error.message, 'over'))
  return (
    <ActDrawer open onClose={onClose} title={rule ? t('edit') : t('newRule')} sub={rule?.name} submitLabel={rule ? t('save') : t('newRule')} onDone={onClose}
      schema={{
        type: 'object', required: ['name', 'triggers'],
        properties: { name: { type: 'string', title: t('name'), maxLength: 60 }, triggers: { type: 'array', title: t('triggers'), items: { type: 'string', oneOf: triggers.map((one) => ({ const: one.value, title: one.label })) } }, weight: { type: 'integer', title: t('weight'), minimum: -100, maximum: 100 }, enabled: { type: 'boolean', title: t('enabled') } },
      }}
      initial={rule ? { name: rule.name, triggers: rule.triggers, weight: rule.weight, enabled: rule.enabled, labelId: rule.labelId } : { weight: 0, enabled: false }}
      own={{
        names: ['labelId', 'where'],
        render: (form) => (
          <div className="ms-field" data-field="labelId"><span className="ms-field-label">{t('label')}</span>
            <PickerInput loader={labelLoader} value={typeof form.value.labelId === 'string' ? form.value.labelId : undefined} onChange={(next) => form.set({ labelId: next })} placeholder={t('chooseLabels')} />
            {form.errors.labelId ? <span className="ms-field-error" role="alert">{form.errors.labelId}</span> : null}
          </div>
        ),
      }}
      check={(v) => ({ ...(typeof v.labelId === 'string' && v.labelId ? {} : { labelId: t('chooseLabels') }), ...(isComplete(tree) ? {} : { where: t('condition') }) })}
      submit={(v) => {
        const body = { name: String(v.name), labelId: String(v.labelId), triggers: v.triggers as InputOf<'createLabelRule'>['triggers'], weight: typeof v.weight === 'number' ? v.weight : 0, enabled: v.enabled === true, condition: tree as unknown as Record<string, never> }
        return rule ? change.mutateAsync({ id: rule.id, version: rule.version, ...body }) : create.mutateAsync(body)
      }}>
      <div className="ms-field" data-field="where">
        <span className="ms-field-label">{t('condition')}</span>
        <ConditionBuilder fields={fields} value={tree} onChange={(next) => { setTree(next); setTrial(null) }} />
      </div>
      <div className="ms-stack">
        <div><Button size="small" disabled={!isComplete(tree)} onClick={test}>{t('trial')}</Button></div>
        {trial ? <div role="status">{t('trialDays', { n: DAYS, count: cappedCount(trial.count) })}<ul className="ms-plain-list">{trial.sample.slice(0, 8).map((one) => <li key={one.id}><bdi className="ms-code">{one.number}</bdi> {one.title} <span className="ms-hint">{one.stateName}</span></li>)}</ul></div> : null}
      </div>
    </ActDrawer>
  )
}
