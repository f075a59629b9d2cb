// A number and its unit of time; empty means none.
import { InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { FlowNode } from './flow-types.ts'
import { t } from './texts.zh-CN.ts'

type Value = NonNullable<FlowNode['limit']>
const units = ['workingDays', 'workingHours', 'naturalDays', 'naturalHours', 'naturalMinutes'] as const

export function Duration({ value, onChange }: { value: Value | null; onChange: (value: Value | null) => void }): ReactElement {
  const unit = value?.unit ?? 'workingDays'
  return (
    <span className="ms-row">
      <InputNumber min={0.5} max={10_000} value={value?.amount ?? null} placeholder={t('noLimit')} style={{ inlineSize: 90 }} onChange={(amount) => onChange(amount ? { amount, unit } : null)} />
      <Select value={unit} style={{ inlineSize: 110 }} onChange={(next) => onChange(value ? { ...value, unit: next } : { amount: 1, unit: next })} options={units.map((one) => ({ value: one, label: t(one) }))} />
    </span>
  )
}

export const durationText = (value: Value | null | undefined): string => (value ? `${value.amount} ${t(value.unit)}` : t('noLimit'))
