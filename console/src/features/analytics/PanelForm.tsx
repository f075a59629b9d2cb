// What a panel shows and how; the fields offered follow its kind.
import { Button, Input, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { namedPeriod } from './periods.ts'
import type { Board, Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'

const kinds = ['figures', 'table', 'pivot', 'scatter', 'bar', 'stacked', 'line', 'area', 'pie', 'rank', 'radar', 'heat', 'gauge', 'progress', 'groups', 'map', 'graph', 'forecast', 'telephone', 'text'] as const
const dimensionsOf: Record<Panel['kind'], number> = { figures: 0, progress: 0, gauge: 0, groups: 0, text: 0, pie: 1, rank: 1, radar: 1, table: 2, pivot: 2, scatter: 2, bar: 2, line: 2, area: 2, stacked: 2, heat: 2, map: 1, graph: 2, forecast: 0, telephone: 0 }
const widths = [3, 4, 6, 8, 12] as const
const comparable: Panel['kind'][] = ['figures', 'table', 'line', 'area', 'bar', 'rank']

type Props = { panel: Panel; catalogue: OutputOf<'listIndicators'>; fault: (path: string) => string | undefined; onChange: (next: Partial<Panel>) => void }

export function PanelForm({ panel, catalogue, fault, onChange }: Props): ReactElement {
  const most = dimensionsOf[panel.kind]
  const dimensions = catalogue.dimensions.map((d) => ({ value: d.key, label: `${d.group} · ${d.label}` }))
  const field = (label: string, path: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault(path) ? <span className="ms-data-fault" role="alert">{fault(path)}</span> : null}</label>
  const band = panel.dimensions.find((key) => BAND.test(key))
  const turn = (kind: Panel['kind']): void => onChange({ kind, dimensions: panel.dimensions.slice(0, dimensionsOf[kind]), ...(comparable.includes(kind) ? {} : { compare: undefined }), ...(kind === 'text' || kind === 'telephone' ? { indicators: [] } : {}) })
  return (
    <div className="ms-analytics-form">
      <div className="ms-data-half">
        {field(t('panelKind'), 'kind', <Select value={panel.kind} onChange={turn} options={kinds.map((value) => ({ value, label: t(`panel.${value}`) }))} />)}
        {field(t('title'), 'title', <Input value={panel.title} maxLength={40} onChange={(e) => onChange({ title: e.target.value })} />)}
      </div>
      {panel.kind === 'text' ? field(t('text'), 'text', <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} value={panel.text ?? ''} onChange={(e) => onChange({ text: e.target.value })} />) : panel.kind === 'telephone' ? null : field(t('indicators'), 'indicators', <Select mode="multiple" optionFilterProp="label" value={panel.indicators} options={catalogue.items.filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))} onChange={(indicators) => onChange({ indicators: indicators.slice(0, 12) })} />)}
      {most > 0 ? field(t('dimensions'), 'dimensions', <Select mode="multiple" value={panel.dimensions.map(baseOf)} options={dimensions} onChange={(list: string[]) => onChange({ dimensions: list.slice(-most).map((key) => panel.dimensions.find((held) => baseOf(held) === key) ?? key) })} />) : null}
      {most > 0 && band !== undefined ? field(t('bandLimits'), 'dimensions', <BandLimits key={baseOf(band)} value={band} onChange={(next) => onChange({ dimensions: panel.dimensions.map((held) => (held === band ? next : held)) })} />) : null}
      {panel.kind === 'text' ? null : <ConditionsOf value={panel.where} dimensions={dimensions} onChange={(where) => onChange({ where })} />}
      <div className="ms-data-half">
        {comparable.includes(panel.kind) ? field(t('compare'), 'compare', <Select value={panel.compare ?? 'none'} options={(['none', 'previous', 'lastYear'] as const).map((value) => ({ value, label: t(`compare.${value}`) }))} onChange={(value: 'none' | 'previous' | 'lastYear') => onChange({ compare: value === 'none' ? undefined : value })} />) : null}
        {most > 0 ? field(t('limit'), 'limit', <InputNumber min={1} max={300} style={{ inlineSize: '100%' }} value={panel.limit ?? null} onChange={(n) => onChange({ limit: n ?? undefined })} />) : null}
        {field(t('width'), 'width', <Select value={panel.width} options={widths.map((value) => ({ value, label: t(`width.${value}`) }))} onChange={(width) => onChange({ width })} />)}
        {most > 0 ? field(t('drill'), 'drill', <Select allowClear value={panel.drill} placeholder={t('none')} options={dimensions} onChange={(drill: string | undefined) => onChange({ drill })} />) : null}
        {field(t('tab'), 'tab', <Input value={panel.tab ?? ''} maxLength={12} placeholder={t('exploreNone')} onChange={(e) => onChange({ tab: e.target.value.trim() || undefined })} />)}
        {field(t('carousel'), 'carousel', <Input value={panel.carousel ?? ''} maxLength={12} placeholder={t('exploreNone')} onChange={(e) => onChange({ carousel: e.target.value.trim() || undefined })} />)}
        {panel.kind === 'gauge' || panel.kind === 'progress' ? field(t('goal', { n: '' }), 'target', <InputNumber style={{ inlineSize: '100%' }} value={panel.target ?? null} onChange={(n) => onChange({ target: n ?? undefined })} />) : null}
      </div>
    </div>
  )
}

const BAND = /^[a-z]+Band(\.|$)/
/** A band's limits are part of its key: `daysBand.3.7`. */
const baseOf = (key: string): string => (BAND.test(key) ? (key.split('.')[0] ?? key) : key)
const MOST_LIMITS = 8

/** Kept when the field is left: limits half typed would be refused. */
function BandLimits({ value, onChange }: { value: string; onChange: (next: string) => void }): ReactElement {
  const [text, setText] = useState(value.split('.').slice(1).join('，'))
  const keep = (): void => {
    const limits = [...new Set(text.split(/[^0-9]+/).filter((n) => n !== '').map((n) => Number(n.slice(0, 6))))].toSorted((a, b) => a - b).slice(0, MOST_LIMITS)
    setText(limits.join('，'))
    onChange([baseOf(value), ...limits].join('.'))
  }
  return <><Input value={text} placeholder="5，10，30" onChange={(e) => setText(e.target.value)} onBlur={keep} onPressEnter={keep} /><span className="ms-hint">{t('bandLimitsHelp')}</span></>
}

type Where = Board['where']

/** Fixed filters by members of a dimension; words have a field of their own. */
export function ConditionsOf({ value, dimensions, onChange }: { value: Where; dimensions: { value: string; label: string }[]; onChange: (next: Where) => void }): ReactElement {
  const change = (i: number, next: Where[number]): void => onChange(value.map((one, at) => (at === i ? next : one)))
  return (
    <fieldset className="ms-analytics-form" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="ms-field-label">{t('conditions')}</legend>
      {value.map((one, i) => (one.dimension === 'words' ? null : (
        <div key={i} className="ms-row">{/* filters have no identity of their own */}
          <Select aria-label={t('dimensions')} style={{ inlineSize: 150 }} value={one.dimension} options={dimensions} onChange={(dimension) => change(i, { dimension, values: [] })} />
          <Members dimension={one.dimension} value={one.values} onChange={(values) => change(i, { ...one, values })} />
          <Button type="text" onClick={() => onChange(value.filter((_, at) => at !== i))}>{t('removePanel')}</Button>
        </div>
      )))}
      <div><Button size="small" onClick={() => onChange([...value, { dimension: 'appealType', values: [] }])}>+ {t('conditions')}</Button></div>
    </fieldset>
  )
}

/** Members that occurred this year. */
function Members({ dimension, value, onChange }: { dimension: string; value: (string | null)[]; onChange: (next: (string | null)[]) => void }): ReactElement {
  const counted = useQueryOf('listIndicators', {}, { staleTime: 600_000 }).data?.dimensions.find((d) => d.key === dimension)?.counted
  const members = useQueryOf('queryFigures', { ...namedPeriod('year'), indicators: [counted ?? 'received'], dimensions: [dimension], where: [], below: false, limit: 500 }, { staleTime: 300_000, enabled: counted !== undefined })
  const options = (members.data?.rows ?? []).map((row) => ({ value: row.keys[0]?.key ?? '', label: row.keys[0]?.name ?? '' }))
  return <Select aria-label={t('filterBy', { name: '' })} mode="multiple" optionFilterProp="label" style={{ flex: 1 }} loading={members.isLoading} value={value.map((v) => v ?? '')} options={options} onChange={(list) => onChange(list.map((v) => (v === '' ? null : v)))} />
}
