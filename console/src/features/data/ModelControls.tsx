// The conditions a reader is asked for before a query runs: each with the editor its kind asks for, its own words when it is empty.
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { PickerInput } from '../../ui/Pickers.tsx'
import { areaLoader, categoryLoader, matterLoader, unitLoader } from '../orders/pickers.ts'
import type { Control, ModelField } from './models.ts'
import { t } from './texts.zh-CN.ts'

const loaders = { area: areaLoader, unit: unitLoader(), matter: matterLoader(), category: categoryLoader('category') }
const isTree = (kind: string): kind is keyof typeof loaders => Object.hasOwn(loaders, kind)
const relatives = ['today', 'yesterday', 'last7', 'last30', 'week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'year'] as const
const yesNo = [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]

type Props = { controls: readonly Control[]; fields: readonly ModelField[]; names: Readonly<Record<string, string>>; values: Readonly<Record<string, unknown>>; faults: ReadonlyMap<string, string>; busy: boolean; onChange: (field: string, value: unknown) => void; onRun: () => void; onReset: () => void }

export function ModelControls({ controls, fields, names, values, faults, busy, onChange, onRun, onReset }: Props): ReactElement {
  const asked = controls.filter((c) => c.enabled && c.visible)
  return (
    <form className="ms-model-controls" aria-label={t('modelControls')} onSubmit={(event) => { event.preventDefault(); onRun() }}>
      {asked.map((c) => {
        const field = fields.find((f) => f.key === c.field)
        const name = c.name || names[c.field] || field?.label || c.field
        const fault = faults.get(c.field)
        return (
          <div key={c.field} className="ms-field ms-model-control" role="group" aria-label={name} data-wide={c.kind === 'dateRange' || undefined}>
            <span className="ms-field-label">{name}{c.mayBeEmpty ? null : <span className="ms-data-fault" aria-hidden> *</span>}</span>
            {field ? <ControlInput control={c} field={field} name={name} value={Object.hasOwn(values, c.field) ? values[c.field] : c.value} wrong={fault !== undefined} onChange={(value) => onChange(c.field, value)} /> : null}
            {fault ? <span className="ms-data-fault" role="alert">{fault}</span> : null}
          </div>
        )
      })}
      <div className="ms-row ms-model-run" data-alone={asked.length === 0 || undefined}><Button type="primary" htmlType="submit" loading={busy}>{t('modelRun')}</Button>{asked.length > 0 ? <Button onClick={onReset}>{t('modelReset')}</Button> : null}</div>
    </form>
  )
}

type InputProps = { control: Control; field: ModelField; name: string; value: unknown; wrong?: boolean; onChange: (value: unknown) => void }
export function ControlInput({ control: c, field, name, value, wrong, onChange }: InputProps): ReactElement {
  const status = wrong ? 'error' as const : undefined
  const list = Array.isArray(value) ? value.map((v) => (v === null ? '' : String(v))) : value === undefined || value === null ? [] : [String(value)]
  const words = c.placeholder ? { placeholder: c.placeholder } : {}
  switch (c.kind) {
    case 'dateRange': {
      const named = relatives.find((one) => one === value)
      return <span className="ms-model-range"><Select aria-label={`${name} ${t('modelRange')}`} style={{ inlineSize: 108 }} value={named ?? ''} options={[{ value: '', label: t('modelRange.own') }, ...relatives.map((one) => ({ value: one as string, label: t(`modelRange.${one}`) }))]} onChange={(next: string) => onChange(next === '' ? [null, null] : next)} />{named ? null : <><DateInput aria-label={`${name} ${t('from')}`} placeholder={c.placeholder || t('from')} value={list[0] ?? ''} onChange={(from) => onChange([from || null, list[1] || null])} />–<DateInput aria-label={`${name} ${t('to')}`} placeholder={t('to')} value={list[1] ?? ''} onChange={(to) => onChange([list[0] || null, to || null])} /></>}</span>
    }
    case 'number': return <InputNumber aria-label={name} {...(status ? { status } : {})} {...words} style={{ inlineSize: '100%' }} value={typeof value === 'number' ? value : null} onChange={onChange} />
    case 'select': return <ChoiceSelect {...(status ? { status } : {})} {...words} choices={field.kind === 'boolean' ? yesNo : field.choices} value={list[0]} onChange={(next) => onChange(next ?? null)} />
    case 'multiSelect': return <ChoiceSelect multiple {...(status ? { status } : {})} {...words} choices={field.choices} value={list} onChange={(next) => onChange(next ?? [])} />
    case 'tree': return isTree(field.kind) ? <PickerInput multiple loader={loaders[field.kind]} {...(status ? { status } : {})} {...words} value={list} onChange={(next) => onChange(next ?? [])} /> : <span />
    default: return <Input aria-label={name} {...(status ? { status } : {})} {...words} maxLength={100} allowClear value={list[0] ?? ''} onChange={(event) => onChange(event.target.value)} />
  }
}
