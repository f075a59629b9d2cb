// A condition that may be left out: 全部工单, or a tree.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { ConditionBuilder } from '../query/ConditionBuilder.tsx'
import { readTree } from '../query/tree.ts'
import type { QueryField } from '../query/tree.ts'
import { t } from './texts.zh-CN.ts'

type Tree = Record<string, unknown>
type Props = { label: string; fields: readonly QueryField[]; value: Tree | null; onChange: (next: Tree | null) => void; none: string }

export function When({ label, fields, value, onChange, none }: Props): ReactElement {
  return (
    <div className="ms-field">
      <span className="ms-field-label">{label}</span>
      <div className="ms-stack">
        <div><Segmented size="small" aria-label={label} value={value === null ? 'none' : 'some'} onChange={(next) => onChange(next === 'none' ? null : { all: [{ field: '', op: '' }] })} options={[{ value: 'none', label: none }, { value: 'some', label: t('someOrders') }]} /></div>
        {value === null ? null : <ConditionBuilder fields={fields} value={readTree(JSON.stringify(value))} onChange={(next) => onChange(next as unknown as Tree)} />}
      </div>
    </div>
  )
}
