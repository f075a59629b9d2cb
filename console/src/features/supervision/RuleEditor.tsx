// A rule as a form: conditions that all have to hold, and what follows. Conditions are rows of fact, comparison and value.
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FieldSchema, FormValue } from '../../ui/form-rules.ts'
import { useQueryClient } from '@tanstack/react-query'
import { oneOf, words } from '../orders/acts/form-values.ts'
import { choice, form, listOf, long, many } from './fields.ts'
import type { Rule } from './lists.ts'
import { w } from './words.zh-CN.ts'

type Facts = OutputOf<'supervisionFacts'>['items']
type Condition = Rule['definition']['conditions'][number]
const units = [['naturalHours', w('hours')], ['naturalDays', w('days')], ['workingHours', w('workingHours')], ['workingDays', w('workingDays')]] as const
const effects = ['task', 'alert', 'finding', 'list'] as const
const recipients = ['handlers', 'unitLeaders', 'supervisors', 'dispatchDesk', 'reviewers'] as const
const kinds = ['dispatch', 'attachments', 'replies', 'supervised', 'urged', 'flow', 'upper'] as const
const stages = ['acknowledge', 'reply', 'close'] as const
const stagePeople = ['handlers', 'unitLeaders', 'supervisor', 'managers'] as const
const signs: Record<string, string> = { '>=': '≥', '<=': '≤', '=': '=', in: w('in'), notIn: w('notIn') }

export function RuleEditor({ rule, template, onClose, onDone }: { rule: Rule | null; template: boolean; onClose: () => void; onDone: (id: string) => void }): ReactElement {
  const facts = useQueryOf('supervisionFacts', {})
  const client = useQueryClient()
  const items = facts.data?.items ?? []
  const d = rule?.definition
  /** A rule's effect never changes: what does not belong to it is left out; a new one shows what fits the chosen effect. */
  const fits = (values: (typeof effects)[number][], fields: Record<string, FieldSchema>): Record<string, FieldSchema> =>
    rule ? (values.includes(rule.effect) ? fields : {}) : Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, 'x-visibleIf': { field: 'effect', in: values } }]))
  return (
    <ActDrawer open onClose={onClose} title={rule ? w('editRule') : template ? w('newTemplate') : w('newRule')} sub={rule?.name} submitLabel={rule ? w('editRule') : w('newRule')} notice={rule?.effect === 'list' ? undefined : w('testFirst')} draftKey={`rule:${rule?.id ?? (template ? 'template' : 'new')}:${rule?.version ?? 0}`}
      initial={{ name: rule?.name, effect: rule?.effect ?? 'task', conditions: d?.conditions ?? [{ fact: 'overdue', op: '>=', value: 24, unit: 'naturalHours' }], text: d?.text, level: String(d?.level ?? 1), replyHours: d?.replyHours ?? 24, recipients: d?.recipients ?? (rule?.effect === 'list' ? [] : ['handlers']), channels: d?.channels ?? ['system'], repeatHours: d?.repeatHours ?? undefined, kind: d?.kind ?? undefined, audience: d?.audience ?? 'centre', ...Object.fromEntries((d?.stages ?? []).flatMap((one) => [[`${one.stage}Hours`, one.hours], [`${one.stage}Person`, one.person]])) }}
      own={{ names: ['conditions', 'definition'], render: (handle) => <Conditions facts={items} value={conditionsOf(handle.value)} error={handle.errors['conditions'] ?? handle.errors['definition']} onChange={(conditions) => handle.set({ ...handle.value, conditions })} /> }}
      schema={form({
        name: { type: 'string', title: w('ruleName'), maxLength: 60 },
        ...(rule ? {} : { effect: choice(w('effect'), effects.map((value) => ({ value, label: w(`e.${value}`) })), { 'x-buttons': true }) }),
        text: long(w('text'), 500),
        ...fits(['task'], {
          level: choice(w('level'), ['1', '2', '3'].map((value) => ({ value, label: w('levelN', { n: value }) })), { 'x-buttons': true, 'x-half': true }),
          replyHours: { type: 'number', title: w('replyHours'), minimum: 1, maximum: 720, 'x-half': true },
        }),
        ...fits(['task'], Object.fromEntries(stages.flatMap((stage) => [[`${stage}Hours`, { type: 'number' as const, title: w('stageHours', { stage: w(`stage.${stage}`) }), minimum: 1, maximum: 720, 'x-half': true }], [`${stage}Person`, choice(w('stagePerson'), stagePeople.map((value) => ({ value, label: w(`stagePerson.${value}`) })), { 'x-buttons': false, 'x-half': true })]]))),
        ...fits(['alert', 'finding', 'list'], { recipients: many(w('to'), recipients.map((value) => ({ value, label: w(value) }))) }),
        ...fits(['alert'], {
          channels: many(w('channels'), (['system', 'sms'] as const).map((value) => ({ value, label: w(value) }))),
          repeatHours: { type: 'number', title: w('repeatHours'), description: w('repeatHelp'), minimum: 1, maximum: 720, 'x-half': true },
        }),
        ...fits(['finding'], { kind: choice(w('findingKind'), kinds.map((value) => ({ value, label: w(`kind.${value}`) })), { 'x-buttons': false, 'x-half': true }) }),
        ...fits(['list'], { audience: choice(w('audience'), [{ value: 'centre', label: w('centre') }, { value: 'unit', label: w('unitAudience') }], { 'x-buttons': true }) }),
      }, ['name', 'text'])}
      submit={async (v) => {
        const definition = {
          conditions: conditionsOf(v), text: words(v, 'text'), level: Number(words(v, 'level') || d?.level || 1), replyHours: typeof v['replyHours'] === 'number' ? v['replyHours'] : (d?.replyHours ?? 24), recipients: recipients.filter((one) => listOf(v['recipients']).includes(one)), channels: (['system', 'sms'] as const).filter((one) => listOf(v['channels']).includes(one)),
          repeatHours: typeof v['repeatHours'] === 'number' ? v['repeatHours'] : null, kind: v['kind'] ? oneOf(v, 'kind', kinds, 'flow') : null, audience: oneOf(v, 'audience', ['centre', 'unit'], 'centre'),
          stages: stages.flatMap((stage) => { const hours = v[`${stage}Hours`]; return typeof hours === 'number' ? [{ stage, hours, person: oneOf(v, `${stage}Person`, stagePeople, stage === 'close' ? 'supervisor' : 'handlers') }] : [] }),
        }
        const saved = rule ? await call('changeSupervisionRule', { id: rule.id, version: rule.version, name: words(v, 'name'), definition }) : await call('createSupervisionRule', { effect: oneOf(v, 'effect', effects, 'task'), name: words(v, 'name'), template, definition })
        await client.invalidateQueries()
        onDone(saved.id)
      }} />
  )
}

const conditionsOf = (value: FormValue): Condition[] => (Array.isArray(value['conditions']) ? (value['conditions'] as Condition[]) : []) // only this editor writes the field

function Conditions({ facts, value, error, onChange }: { facts: Facts; value: Condition[]; error: string | undefined; onChange: (next: Condition[]) => void }): ReactElement {
  const change = (index: number, next: Condition) => onChange(value.map((one, i) => (i === index ? next : one)))
  const start = (key: string): Condition => {
    const fact = facts.find((one) => one.key === key)
    const timed = fact?.kind === 'since' || fact?.kind === 'until'
    return { fact: key, op: (fact?.operators[0] ?? '>=') as Condition['op'], value: timed ? 24 : fact?.kind === 'count' ? 1 : fact?.kind === 'mark' ? true : [], ...(timed ? { unit: 'naturalHours' as const } : {}) }
  }
  return (
    <fieldset className="ms-conditions" data-field="conditions">
      <legend>{w('conditions')}</legend>
      {value.map((condition, index) => {
        const fact = facts.find((one) => one.key === condition.fact)
        return (
          <div key={index} className="ms-row">
            <Select aria-label={w('fact')} style={{ inlineSize: 190 }} showSearch={{ optionFilterProp: 'label' }} value={condition.fact} options={facts.map((one) => ({ value: one.key, label: one.name }))} onChange={(key: string) => change(index, start(key))} />
            <Select aria-label={w('op')} style={{ inlineSize: 90 }} value={condition.op} options={(fact?.operators ?? [condition.op]).map((op) => ({ value: op, label: signs[op] ?? op }))} onChange={(op: Condition['op']) => change(index, { ...condition, op })} />
            <Value condition={condition} options={fact?.options ?? []} onChange={(next) => change(index, next)} />
            <Button type="text" danger disabled={value.length === 1} onClick={() => onChange(value.filter((_, i) => i !== index))}>{w('removeRule')}</Button>
          </div>
        )
      })}
      {error ? <div role="alert" className="ms-field-error">{error}</div> : null}
      <Button size="small" onClick={() => onChange([...value, start('returns')])}>{w('addCondition')}</Button>
    </fieldset>
  )
}

function Value({ condition, options, onChange }: { condition: Condition; options: Facts[number]['options']; onChange: (next: Condition) => void }): ReactElement {
  const { value } = condition
  if (typeof value === 'number') {
    return (
      <>
        <InputNumber aria-label={w('value')} min={0} max={100_000} value={value} onChange={(next) => onChange({ ...condition, value: next ?? 0 })} style={{ inlineSize: 90 }} />
        {condition.unit ? <Select aria-label={w('hours')} style={{ inlineSize: 110 }} value={condition.unit} options={units.map(([unit, label]) => ({ value: unit, label }))} onChange={(unit: NonNullable<Condition['unit']>) => onChange({ ...condition, unit })} /> : null}
      </>
    )
  }
  if (typeof value === 'boolean') return <Select aria-label={w('value')} style={{ inlineSize: 90 }} value={value} options={[{ value: true, label: w('yes') }, { value: false, label: w('no') }]} onChange={(next: boolean) => onChange({ ...condition, value: next })} />
  if (options.length > 0) return <Select aria-label={w('value')} mode="multiple" style={{ minInlineSize: 220 }} value={value} options={options.map((one) => ({ value: one.value, label: one.name }))} onChange={(next: string[]) => onChange({ ...condition, value: next })} />
  return <Input aria-label={w('codes')} placeholder={w('codes')} style={{ inlineSize: 240 }} value={value.join(',')} onChange={(event) => onChange({ ...condition, value: event.target.value.split(/[,，\s]+/).filter(Boolean) })} />
}
