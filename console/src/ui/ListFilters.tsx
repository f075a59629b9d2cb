// Conditions of a list: chips that open their editor, and a menu of those not yet set.
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Input, InputNumber, Popover, Radio } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { ChoiceSelect } from './ChoiceSelect.tsx'
import { DateInput } from './DateInput.tsx'
import { Icon } from './icons.tsx'
import type { FilterValues } from './list-state.ts'
import { rangeKeys } from './list-types.ts'
import type { Filter } from './list-types.ts'
import { PickerInput } from './Pickers.tsx'
import { t } from './texts.zh-CN.ts'
import { day, dayStart, fromEpoch, instant } from './time.ts'

type Props = { filters: readonly Filter[]; value: FilterValues; onChange: (next: FilterValues) => void }

function namesOf(filter: Filter): string[] {
  return filter.kind === 'dates' || filter.kind === 'numbers' ? rangeKeys(filter) : [filter.key]
}

export function ListFilters({ filters, value, onChange }: Props): ReactElement {
  const [editing, setEditing] = useState<string | null>(null)
  const set = filters.filter((filter) => namesOf(filter).some((name) => value[name]?.length) || editing === filter.key)
  const unset = filters.filter((filter) => !set.includes(filter))
  const change = (part: FilterValues) => onChange(Object.fromEntries(Object.entries({ ...value, ...part }).filter(([, values]) => values.length)))
  const clear = (filter: Filter) => {
    setEditing(null)
    change(Object.fromEntries(namesOf(filter).map((name) => [name, []])))
  }
  return (
    <div className="ms-chips">
      {set.map((filter) => (
        <span key={filter.key} className="ms-chip" data-editing={editing === filter.key || undefined}>
          <Popover trigger="click" placement="bottomLeft" open={editing === filter.key} onOpenChange={(open) => (filter.edit ? open && filter.edit() : setEditing(open ? filter.key : null))} destroyOnHidden
            content={<div style={{ inlineSize: 280 }}><Editor filter={filter} value={value} change={change} close={() => setEditing(null)} /></div>}>
            <button type="button" className="ms-chip-text"><Words filter={filter} value={value} /></button>
          </Popover>
          <button type="button" className="ms-chip-x" onClick={() => clear(filter)}><Icon name="close" size={12} label={t('filter.remove', { label: filter.label })} /></button>
        </span>
      ))}
      {unset.length ? (
        <Dropdown trigger={['click']} menu={{ items: unset.map((filter) => ({ key: filter.key, label: filter.label, onClick: () => setTimeout(() => (filter.edit ? filter.edit() : setEditing(filter.key))) })), style: { maxBlockSize: 360, overflow: 'auto' } }}>
          <button type="button" className="ms-chip-add"><Icon name="plus" size={12} /> {t('list.addFilter')}</button>
        </Dropdown>
      ) : null}
      {set.length > 1 ? <button type="button" className="ms-link-button ms-hint" onClick={() => onChange({})}>{t('list.clear')}</button> : null}
    </div>
  )
}

function Words({ filter, value }: { filter: Filter; value: FilterValues }): ReactElement {
  const values = value[filter.key] ?? []
  const names = useQuery({ queryKey: ['pick', filter.loader?.name, 'ids', values], queryFn: ({ signal }) => filter.loader?.byIds(values, signal) ?? [], enabled: filter.kind === 'pick' && values.length > 0, staleTime: 300_000 })
  let words: string
  if (filter.words) words = filter.words(values)
  else if (filter.kind === 'dates' || filter.kind === 'numbers') {
    const [from, to] = rangeShown(filter, value)
    words = from && to ? `${from} – ${to}` : from ? `≥ ${from}` : to ? `≤ ${to}` : '…'
  } else if (filter.kind === 'boolean') words = values[0] === 'true' ? t('yes') : values[0] === 'false' ? t('no') : '…'
  else words = values.map((one) => filter.options?.find((option) => option.value === one)?.label ?? names.data?.find((option) => option.id === one)?.name ?? one).join('、') || '…'
  return <><span className="ms-muted">{filter.label}</span> {words}</>
}

type EditorProps = { filter: Filter; value: FilterValues; change: (part: FilterValues) => void; close: () => void }

function Editor({ filter, value, change, close }: EditorProps): ReactElement {
  const held = value[filter.key] ?? []
  const set = (next: string[]) => change({ [filter.key]: next })
  switch (filter.kind) {
    case 'text':
      return <Input.Search autoFocus allowClear defaultValue={held[0]} enterButton={t('filter.apply')} onSearch={(text) => { set(text.trim() ? [text.trim()] : []); close() }} />
    case 'boolean':
      return <Radio.Group value={held[0]} optionType="button" options={[{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]} onChange={(e) => { set([String(e.target.value)]); close() }} />
    case 'select':
      return <ChoiceSelect autoFocus defaultOpen choices={filter.options ?? []} value={held[0]} onChange={(next) => { set(typeof next === 'string' ? [next] : []); close() }} />
    case 'multi':
      return <ChoiceSelect autoFocus defaultOpen multiple choices={filter.options ?? []} value={held} onChange={(next) => set(Array.isArray(next) ? next : next ? [next] : [])} />
    case 'pick':
      return filter.loader ? <PickerInput autoFocus multiple loader={filter.loader} value={held} onChange={(next) => set(Array.isArray(next) ? next : next ? [next] : [])} /> : <span />
    case 'dates':
    case 'numbers':
      return <Range filter={filter} value={value} change={change} close={close} />
  }
}

/** Both ends as they are typed and read: the moment after the last day is shown as that day. */
function rangeShown(filter: Filter, value: FilterValues): [string, string] {
  const [from, to] = rangeKeys(filter).map((name) => value[name]?.[0] ?? '')
  if (!filter.instants) return [from ?? '', to ?? '']
  return [from ? day(from) : '', to ? day(fromEpoch(instant(to) - 1)) : '']
}

function Range({ filter, value, change, close }: EditorProps): ReactElement {
  const [fromKey, toKey] = rangeKeys(filter)
  const [firstShown, lastShown] = rangeShown(filter, value)
  const [from, setFrom] = useState(firstShown)
  const [to, setTo] = useState(lastShown)
  const apply = () => {
    change({ [fromKey]: from ? [filter.instants ? dayStart(from) : from] : [], [toKey]: to ? [filter.instants ? dayStart(to, 1) : to] : [] })
    close()
  }
  const dates = filter.kind === 'dates'
  return (
    <div className="ms-stack">
      {dates ? <DateInput value={from} onChange={(next) => setFrom(next ?? '')} placeholder={t('filter.from')} /> : <InputNumber style={{ inlineSize: '100%' }} autoFocus placeholder={t('filter.minimum')} value={from === '' ? null : Number(from)} onChange={(next) => setFrom(next === null ? '' : String(next))} />}
      {dates ? <DateInput value={to} onChange={(next) => setTo(next ?? '')} placeholder={t('filter.to')} /> : <InputNumber style={{ inlineSize: '100%' }} placeholder={t('filter.maximum')} value={to === '' ? null : Number(to)} onChange={(next) => setTo(next === null ? '' : String(next))} />}
      <Button type="primary" onClick={apply}>{t('filter.apply')}</Button>
    </div>
  )
}
