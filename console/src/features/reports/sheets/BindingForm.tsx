// What one cell is bound to: nothing, an indicator, a list, a constant, or a value people enter.
import { Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { ConditionsOf } from '../../analytics/PanelForm.tsx'
import type { Binding } from './book.ts'
import { s } from './sheets.zh-CN.ts'

type Catalogue = OutputOf<'listIndicators'>
type Of<K extends Binding['kind']> = Extract<Binding, { kind: K }>
const kinds = ['none', 'value', 'list', 'constant', 'entry'] as const
const aspects = ['value', 'before', 'lastYear', 'change'] as const
const constants = ['period', 'from', 'to', 'generated', 'unit'] as const
const types = ['number', 'integer', 'text', 'date', 'choice'] as const

function firstOf(kind: Binding['kind'], sheet: number, cell: string): Binding {
  switch (kind) {
    case 'value': return { kind, sheet, cell, indicator: 'received', of: 'value', where: [] }
    case 'list': return { kind, sheet, cell, dimension: 'unit', indicators: ['received'], where: [], limit: 10, limitAcross: 12 }
    case 'constant': return { kind, sheet, cell, name: 'period' }
    case 'entry': return { kind, sheet, cell, name: cell, type: 'number', required: false, choices: [], message: '' }
  }
}

type Props = { sheet: number; cell: string; binding: Binding | undefined; catalogue: Catalogue; onChange: (next: Binding | undefined) => void }
export function BindingForm({ sheet, cell, binding, catalogue, onChange }: Props): ReactElement {
  return (
    <div className="ms-report-form">
      <Select aria-label={s('binding')} value={binding?.kind ?? 'none'} options={kinds.map((value) => ({ value, label: s(`kind.${value}`) }))} onChange={(kind: (typeof kinds)[number]) => onChange(kind === 'none' ? undefined : firstOf(kind, sheet, cell))} />
      {binding ? <Fields binding={binding} catalogue={catalogue} onChange={onChange} /> : null}
    </div>
  )
}

function Fields({ binding: b, catalogue, onChange }: { binding: Binding; catalogue: Catalogue; onChange: (next: Binding) => void }): ReactElement {
  const indicators = catalogue.items.filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))
  const dimensions = catalogue.dimensions.map((d) => ({ value: d.key, label: `${d.group} · ${d.label}` }))
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  const where = (one: Of<'value' | 'list'>): ReactElement => <ConditionsOf value={one.where} dimensions={dimensions} onChange={(next) => onChange({ ...one, where: next })} />
  const number = (value: number | undefined, set: (n: number | undefined) => void, least?: number, most?: number): ReactElement => <InputNumber style={{ inlineSize: '100%' }} min={least} max={most} value={value ?? null} onChange={(n) => set(n ?? undefined)} />
  switch (b.kind) {
    case 'value': return <>
      {field(s('indicator'), <Select showSearch={{ optionFilterProp: 'label' }} value={b.indicator} options={indicators} onChange={(indicator: string) => onChange({ ...b, indicator })} />)}
      {field(s('of'), <Select value={b.of} options={aspects.map((value) => ({ value, label: s(`of.${value}`) }))} onChange={(of) => onChange({ ...b, of })} />)}
      {where(b)}
    </>
    case 'list': {
      const nameOf = (code: string): string => indicators.find((i) => i.value === code)?.label ?? code
      return <>
        <p className="ms-hint">{s(b.across ? 'crossHint' : 'listHint')}</p>
        {field(s('dimension'), <Select showSearch={{ optionFilterProp: 'label' }} value={b.dimension} options={dimensions} onChange={(dimension: string) => onChange({ ...b, dimension })} />)}
        {field(s('across'), <Select allowClear showSearch={{ optionFilterProp: 'label' }} value={b.across} options={dimensions} onChange={(across: string | undefined) => { const { across: _old, ...rest } = b; onChange(across ? { ...rest, across, indicators: b.indicators.slice(0, 1) } : rest) }} />)}
        {field(s('indicators'), <Select mode="multiple" optionFilterProp="label" value={b.indicators} options={indicators} onChange={(list: string[]) => { if (list.length > 0) onChange({ ...b, indicators: b.across ? list.slice(-1) : list.slice(0, 12) }) }} />)}
        {field(s('order'), <Select value={b.order ?? ''} options={[{ value: '', label: s('order.default') }, ...b.indicators.flatMap((code) => [{ value: `-${code}`, label: s('order.down', { name: nameOf(code) }) }, { value: code, label: s('order.up', { name: nameOf(code) }) }])]} onChange={(order: string) => { const { order: _old, ...rest } = b; onChange(order ? { ...rest, order } : rest) }} />)}
        <div className="ms-data-half">{field(s('limit'), number(b.limit, (n) => onChange({ ...b, limit: n ?? 10 }), 1, 200))}{b.across ? field(s('limitAcross'), number(b.limitAcross, (n) => onChange({ ...b, limitAcross: n ?? 12 }), 1, 60)) : <span />}</div>
        {where(b)}
      </>
    }
    case 'constant': return field(s('constant'), <Select value={b.name} options={constants.map((value) => ({ value, label: s(`constant.${value}`) }))} onChange={(name) => onChange({ ...b, name })} />)
    case 'entry': {
      const limit = (key: 'min' | 'max') => (n: number | undefined): void => { const { [key]: _old, ...rest } = b; onChange(n === undefined ? rest : { ...rest, [key]: n }) }
      return <>
        {field(s('entryName'), <Input value={b.name} maxLength={40} onChange={(e) => onChange({ ...b, name: e.target.value })} />)}
        {field(s('entryType'), <Select value={b.type} options={types.map((value) => ({ value, label: s(`type.${value}`) }))} onChange={(type) => onChange({ ...b, type })} />)}
        {b.type === 'number' || b.type === 'integer' ? <div className="ms-data-half">{field(s('min'), number(b.min, limit('min')))}{field(s('max'), number(b.max, limit('max')))}</div> : null}
        {b.type === 'text' ? field(s('maxText'), number(b.max, limit('max'), 1, 4000)) : null}
        {b.type === 'choice' ? field(s('choices'), <Select mode="tags" open={false} value={b.choices} onChange={(choices: string[]) => onChange({ ...b, choices })} />) : null}
        <Checkbox checked={b.required} onChange={(e) => onChange({ ...b, required: e.target.checked })}>{s('required')}</Checkbox>
        {field(s('message'), <Input value={b.message} maxLength={80} onChange={(e) => onChange({ ...b, message: e.target.value })} />)}
      </>
    }
  }
}

/** What a bound cell shows while it is designed. */
export function nameOf(b: Binding, catalogue: Catalogue): string {
  const indicator = (code: string): string => catalogue.items.find((i) => i.code === code)?.name ?? code
  const dimension = (key: string): string => catalogue.dimensions.find((d) => d.key === key)?.label ?? key
  switch (b.kind) {
    case 'value': return `【${indicator(b.indicator)}${b.of === 'value' ? '' : ` ${s(`of.${b.of}`)}`}】`
    case 'list': return `↓${dimension(b.dimension)}${b.across ? `×→${dimension(b.across)}` : ''}：${b.indicators.map(indicator).join('、')}`
    case 'constant': return `【${s(`constant.${b.name}`)}】`
    case 'entry': return `✎ ${b.name}`
  }
}
