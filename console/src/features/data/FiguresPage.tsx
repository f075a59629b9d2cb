// Indicators over a period by up to two dimensions: a table whose every counted figure opens its rows, and a chart of one of them.
import { Button, Drawer, Segmented, Select, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { lastDays, lastMonth, month, periodOf } from '../../ui/period.ts'
import { when } from '../../ui/time.ts'
import { light } from '../../ui/tokens.ts'
import { BehindFigure, type Behind } from './BehindFigure.tsx'
import { t } from './texts.zh-CN.ts'
import { shown } from './values.ts'
import './data.css'

type Answer = OutputOf<'queryFigures'>
export type Column = Answer['columns'][number]
const shortcuts = { month, lastMonth, week: () => lastDays(7), quarter: () => lastDays(90) } as const
type Shortcut = keyof typeof shortcuts
const isShortcut = (value: string): value is Shortcut => Object.hasOwn(shortcuts, value)
const usual = ['received', 'closed', 'closingRate', 'onTimeClosingRate', 'responseRate', 'solvedRate', 'satisfiedRate']

export default function FiguresPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const indicators = search.get('indicators')?.split(',').filter(Boolean) ?? usual
  const dimensions = [search.get('by') ?? 'unit', search.get('second') ?? ''].filter((key) => key !== '' && key !== '-')
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 60_000 })
  const answer = useQueryOf('queryFigures', { ...period, indicators, dimensions, below: false, where: [], limit: 300 }, { keepPrevious: true, enabled: indicators.length > 0 })
  const [behind, setBehind] = useState<Behind | null>(null)
  const set = (next: Record<string, string>) => setSearch((held) => { const all = new URLSearchParams(held); for (const [key, value] of Object.entries(next)) all.set(key, value); return all }, { replace: true })
  const named = Object.keys(shortcuts).filter(isShortcut).find((name) => { const one = shortcuts[name](); return one.from === period.from && one.to === period.to })
  const of = new Set((catalogue.data?.items ?? []).filter((i) => indicators.includes(i.code)).flatMap((i) => i.of))
  // Only what all of the chosen indicators can be grouped by.
  const options = (catalogue.data?.dimensions ?? []).filter((d) => d.of === 'all' || [...of].every((one) => one === d.of || (one === 'seat' && d.key === 'agent'))).map((d) => ({ value: d.key, label: `${d.group} · ${d.label}` }))
  return (
    <Page title={t('figures')} help="figures" bar={
      <div className="ms-data-bar">
        <Segmented value={named ?? ''} options={Object.keys(shortcuts).filter(isShortcut).map((value) => ({ value, label: t(value) }))} onChange={(value) => { if (isShortcut(value)) set(shortcuts[value]()) }} />
        <span className="ms-data-date"><DateInput value={period.from} placeholder={t('from')} onChange={(from) => { if (from) set({ from }) }} /></span>–<span className="ms-data-date"><DateInput value={period.to} placeholder={t('to')} onChange={(to) => { if (to) set({ to }) }} /></span>
        <label className="ms-row">{t('by')}<Select aria-label={t('by')} style={{ inlineSize: 150 }} value={dimensions[0] ?? '-'} onChange={(by) => set({ by })} options={[{ value: '-', label: t('none') }, ...options]} /></label>
        <label className="ms-row">{t('second')}<Select aria-label={t('second')} style={{ inlineSize: 150 }} value={dimensions[1] ?? '-'} disabled={dimensions.length === 0} onChange={(second) => set({ second })} options={[{ value: '-', label: t('none') }, ...options.filter((o) => o.value !== dimensions[0])]} /></label>
        <div className="ms-data-pick"><ChoiceSelect multiple value={indicators} placeholder={t('indicators')} onChange={(next) => set({ indicators: (Array.isArray(next) ? next : []).slice(0, 20).join(',') })} choices={(catalogue.data?.items ?? []).filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))} /></div>
      </div>
    }>
      {indicators.length === 0 ? <Empty kind="pending" text={t('indicators')} /> : (
        <QueryView query={answer}>
          {(data) => (
            <>
              <FigureChart data={data} />
              <Section flush title={t('groups', { n: data.groups })} extra={<span className="ms-hint">{data.groups > data.rows.length ? `${t('truncated', { n: data.rows.length })} · ` : ''}{t('asOf', { time: when(data.asOf) })}<Button size="small" type="text" onClick={() => void exportSheet('figures', { ...period, indicators, dimensions }, [])}>{t('export')}</Button></span>}>
                <FigureTable data={data} onOpen={(column, keys) => setBehind({ column, keys, period, where: [] })} />
              </Section>
            </>
          )}
        </QueryView>
      )}
      {behind ? <Drawer open size={860} title={t('rowsOf', { name: behind.column.name })} onClose={() => setBehind(null)}><BehindFigure {...behind} /></Drawer> : null}
    </Page>
  )
}

type Row = Answer['rows'][number]

function FigureTable({ data, onOpen }: { data: Answer; onOpen: (column: Column, keys: Row['keys']) => void }): ReactElement {
  const columns = data.columns.filter((c) => c.asked)
  const heads = data.rows[0]?.keys.length ?? 0
  const cell = (column: Column, values: Record<string, string | null>, keys: Row['keys']) => {
    const text = shown(values[column.code], column.unit)
    return column.formula === null && values[column.code] !== '0' ? <Button type="link" size="small" className="ms-data-number" onClick={() => onOpen(column, keys)}>{text}</Button> : <Tooltip title={column.formula === null ? undefined : parts(data, column, values)}><span className="ms-data-number">{text}</span></Tooltip>
  }
  if (data.rows.length === 0 && heads === 0 && Object.values(data.total).every((v) => v === null || v === '0')) return <Empty kind="filter" text={t('noRows')} hint={t('noRowsHint')} />
  return (
    <div className="ms-data-table">
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('figures')}</caption>
        <thead><tr>{Array.from({ length: heads }, (_, i) => <th key={i} scope="col">{i === 0 ? t('by') : t('second')}</th>)}{columns.map((c) => <th key={c.code} scope="col" className="ms-data-end"><Tooltip title={`${c.statement}（${t('version', { n: c.version })}）`}><span>{c.name}{c.unit && c.unit !== '%' ? `（${c.unit}）` : ''}</span></Tooltip></th>)}</tr></thead>
        <tbody>
          {data.rows.map((row) => <tr key={row.keys.map((k) => k.key).join('|')}>{row.keys.map((k) => <th key={k.dimension} scope="row">{k.name}</th>)}{columns.map((c) => <td key={c.code} className="ms-data-end">{cell(c, row.values, row.keys)}</td>)}</tr>)}
          <tr className="ms-data-total">{heads > 0 ? <th scope="row" colSpan={heads}>{t('total')}</th> : null}{columns.map((c) => <td key={c.code} className="ms-data-end">{cell(c, data.total, [])}</td>)}</tr>
        </tbody>
      </table>
    </div>
  )
}

/** What a computed value is made of, with the numbers. */
const parts = (data: Answer, column: Column, values: Record<string, string | null>): string =>
  `${column.formula ?? ''}；${data.columns.filter((c) => c.code !== column.code && new RegExp(`\\b${c.code}\\b`).test(column.formula ?? '')).map((c) => `${c.name} ${shown(values[c.code], c.unit)}`).join('，')}`

const MOST_BARS = 30
const MOST_SERIES = 8
const TIME = ['year', 'halfYear', 'quarter', 'month', 'week', 'day', 'hour']

/** Groups along the axis; a second dimension becomes one series a member. */
function chartOf(data: Answer, column: Column | undefined) {
  const rows = data.rows.filter((r) => r.keys.length > 0)
  const axis = [...new Set(rows.map((r) => r.keys[0]?.name ?? ''))].slice(0, MOST_BARS)
  const members = [...new Set(rows.map((r) => r.keys[1]?.name ?? column?.name ?? ''))].slice(0, MOST_SERIES)
  const value = (group: string, member: string): number | null => {
    const row = rows.find((r) => r.keys[0]?.name === group && (r.keys.length === 1 || r.keys[1]?.name === member))
    const text = row?.values[column?.code ?? '']
    return text === null || text === undefined ? null : Number(text)
  }
  const type = TIME.includes(rows[0]?.keys[0]?.dimension ?? '') ? 'line' : 'bar'
  return {
    tooltip: { trigger: 'axis' }, ...(members.length > 1 ? { legend: {} } : {}), grid: { left: 8, right: 16, top: members.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: axis, axisLabel: { interval: 0, rotate: axis.length > 8 ? 30 : 0, width: 110, overflow: 'truncate' } }, yAxis: { type: 'value' },
    series: members.map((member) => ({ type, name: member, barMaxWidth: 28, ...(members.length === 1 ? { itemStyle: { color: light.primary } } : {}), data: axis.map((group) => value(group, member)) })),
  }
}

function FigureChart({ data }: { data: Answer }): ReactElement | null {
  const columns = data.columns.filter((c) => c.asked)
  const [code, setCode] = useState<string | null>(null)
  const column = columns.find((c) => c.code === code) ?? columns[0]
  const option = chartOf(data, column)
  if (data.rows.length < 2 || !column) return null
  return (
    <Section title={column.name} extra={columns.length > 1 ? <Select aria-label={t('chartOf')} style={{ inlineSize: 160 }} value={column.code} onChange={setCode} options={columns.map((c) => ({ value: c.code, label: c.name }))} /> : null}>
      <Chart height={260} option={option} summary={t('chartSummary', { name: column.name, n: data.rows.length })} table={{ columns: [t('by'), column.name], rows: data.rows.map((r) => [r.keys.map((k) => k.name).join(' · '), shown(r.values[column.code], column.unit)]) }} />
    </Section>
  )
}
