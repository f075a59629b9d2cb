// Conditions of a field: each a field, a comparison and a value; all or any of them.
import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { choicesOf, conditionsOf, orderOf } from '../../ui/form-rules.ts'
import type { Condition, FieldSchema, Rule } from '../../ui/form-rules.ts'
import { Icon } from '../../ui/icons.tsx'
import type { Design } from './design.ts'
import { t } from './texts.zh-CN.ts'

const operators = ['equals', 'not', 'filled', 'empty', 'atLeast', 'atMost'] as const
type Operator = (typeof operators)[number]

function operatorOf(one: Condition): Operator {
  if (one.filled !== undefined) return one.filled ? 'filled' : 'empty'
  if (one.not !== undefined) return 'not'
  if (one.atLeast !== undefined) return 'atLeast'
  return one.atMost !== undefined ? 'atMost' : 'equals'
}
const isNumber = (field: FieldSchema | undefined): boolean => field?.type === 'number' || field?.type === 'integer'

function fresh(field: string, operator: Operator, schema: FieldSchema | undefined): Condition {
  const first = schema?.type === 'boolean' ? true : (choicesOf(schema ?? { type: 'string', title: '' })?.[0]?.value ?? (isNumber(schema) ? 0 : ''))
  switch (operator) {
    case 'filled': return { field, filled: true }
    case 'empty': return { field, filled: false }
    case 'atLeast': return { field, atLeast: 0 }
    case 'atMost': return { field, atMost: 0 }
    case 'not': return { field, not: first }
    case 'equals': return { field, equals: first }
  }
}

export function Conditions({ design, name, label, none, value, disabled, onChange }: { design: Design; name: string; label: string; none: string; value: Rule | undefined; disabled: boolean; onChange: (rule: Rule | undefined) => void }): ReactElement {
  const list = value ? conditionsOf(value) : []
  const any = value !== undefined && 'any' in value
  const others = orderOf(design).filter((other) => other !== name && design.properties[other]?.format !== 'note')
  const put = (next: Condition[], anyOf = any) => onChange(next.length === 0 ? undefined : anyOf ? { any: next } : next.length === 1 && next[0] ? next[0] : { all: next })
  const change = (at: number, one: Condition) => put(list.map((held, index) => (index === at ? one : held)))
  return (
    <fieldset className="ms-form-conditions">
      <legend>{label}{list.length === 0 ? <span className="ms-hint"> {none}</span> : null}</legend>
      {list.length > 1 ? <Segmented size="small" disabled={disabled} value={any ? 'any' : 'all'} options={[{ value: 'all', label: t('joinAll') }, { value: 'any', label: t('joinAny') }]} onChange={(next) => put(list, next === 'any')} /> : null}
      {list.map((one, at) => {
        const field = design.properties[one.field]
        const operator = operatorOf(one)
        const possible = operators.filter((each) => (each === 'atLeast' || each === 'atMost' ? isNumber(field) : true))
        return (
          <div key={at} className="ms-condition">
            <Select size="small" disabled={disabled} aria-label={label} value={one.field} options={others.map((other) => ({ value: other, label: design.properties[other]?.title ?? other }))} onChange={(next: string) => change(at, fresh(next, 'equals', design.properties[next]))} />
            <Select size="small" disabled={disabled} aria-label={t('value')} value={operator} options={possible.map((each) => ({ value: each, label: t(`op_${each}`) }))} onChange={(next: Operator) => change(at, fresh(one.field, next, field))} />
            <ValueInput field={field} one={one} operator={operator} disabled={disabled} onChange={(next) => change(at, next)} />
            {disabled ? null : <Button type="text" size="small" icon={<Icon name="close" size={12} label={t('removeCondition')} />} onClick={() => put(list.filter((_, index) => index !== at))} />}
          </div>
        )
      })}
      {disabled || others.length === 0 ? null : <Button size="small" type="link" onClick={() => put([...list, fresh(others[0] ?? '', 'equals', design.properties[others[0] ?? ''])])}>{t('addCondition')}</Button>}
    </fieldset>
  )
}

function ValueInput({ field, one, operator, disabled, onChange }: { field: FieldSchema | undefined; one: Condition; operator: Operator; disabled: boolean; onChange: (next: Condition) => void }): ReactElement | null {
  if (operator === 'filled' || operator === 'empty') return <span />
  if (operator === 'atLeast' || operator === 'atMost') return <InputNumber size="small" disabled={disabled} aria-label={t('value')} value={one[operator] ?? 0} onChange={(next) => onChange({ field: one.field, [operator]: next ?? 0 })} />
  const several = operator === 'equals' && one.in !== undefined
  const choices = field?.type === 'boolean' ? [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }] : (field ? choicesOf(field) : null)
  const held = operator === 'not' ? [one.not] : (one.in ?? [one.equals])
  const put = (values: (string | number | boolean)[]) => onChange(operator === 'not' ? { field: one.field, not: values[0] ?? '' } : values.length === 1 ? { field: one.field, equals: values[0] ?? '' } : { field: one.field, in: values })
  if (choices) {
    const typed = (text: string): string | boolean => (field?.type === 'boolean' ? text === 'true' : text)
    if (operator === 'equals' && field?.type !== 'boolean') return <Select size="small" mode="multiple" maxTagCount={1} disabled={disabled} aria-label={t('value')} value={held.map(String)} options={choices} onChange={(next: string[]) => put(next.length ? next : [choices[0]?.value ?? ''])} />
    return <Select size="small" disabled={disabled} aria-label={t('value')} value={String(held[0])} options={choices} onChange={(next: string) => put([typed(next)])} />
  }
  if (isNumber(field)) return <InputNumber size="small" disabled={disabled} aria-label={t('value')} value={typeof held[0] === 'number' ? held[0] : 0} onChange={(next) => put([next ?? 0])} />
  return <Input size="small" disabled={disabled || several} aria-label={t('value')} value={held.map(String).join('、')} onChange={(event) => put([event.target.value])} />
}
