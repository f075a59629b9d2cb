// Who may read a report: everybody with the right, or units with all below them, and persons.
import { Radio } from 'antd'
import type { ReactElement } from 'react'
import { UnitPicker, UserPicker } from '../../ui/Pickers.tsx'
import { unitLoader, userLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

export type Readers = { all: boolean; unitIds: string[]; userIds: string[] }
export const everybody: Readers = { all: true, unitIds: [], userIds: [] }
const loader = unitLoader()
const people = userLoader({ permission: 'reports.read' })
export const nobody = (readers: Readers): boolean => !readers.all && readers.unitIds.length + readers.userIds.length === 0

export function ReadersField({ value, onChange, label = t('readers'), everyone = t('readers.all') }: { value: Readers; onChange: (next: Readers) => void; label?: string; /** What naming nobody means. */ everyone?: string }): ReactElement {
  return (
    <div className="ms-field">
      <span className="ms-field-label">{label}</span>
      <Radio.Group aria-label={label} value={value.all} onChange={(e) => onChange({ ...value, all: e.target.value === true })} options={[{ value: true, label: everyone }, { value: false, label: t('readers.units') }]} />
      {value.all ? null : <>
        <UnitPicker loader={loader} multiple placeholder={t('units')} value={value.unitIds} onChange={(ids) => onChange({ ...value, unitIds: Array.isArray(ids) ? ids : [] })} />
        <UserPicker loader={people} multiple placeholder={t('toUsers')} value={value.userIds} onChange={(ids) => onChange({ ...value, userIds: Array.isArray(ids) ? ids : [] })} />
      </>}
    </div>
  )
}
