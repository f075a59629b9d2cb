// A number that explains itself and opens its list; a chart with its table; progress of long work.
import { Button, Popover, Segmented } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Suspense, lazy, useState } from 'react'
import { Link } from 'react-router'
import { copyText, Loading } from './Empty.tsx'
import { Icon } from './icons.tsx'
import { count } from './numbers.ts'
import { t } from './texts.zh-CN.ts'
import { when } from './time.ts'

export type Definition = {
  definition: string
  formula?: string
  version?: string
  filter?: string
  dateBase?: string
  excluded?: string
  owner?: string
}

export type FigureProps = {
  label: string
  value: number | string | null | undefined
  unit?: string
  /** Address of exactly the rows that were counted. */
  to?: string
  /** Opens the rows in place, where they have no address. */
  onOpen?: () => void
  tone?: 'ok' | 'near' | 'over'
  /** Comparison in words, already signed and with its base: 较昨日 ↑6.2%. */
  delta?: { text: string; better?: boolean }
  definition?: Definition
  asOf?: string
}

export function Figure({ label, value, unit, to, onOpen, tone, delta, definition, asOf }: FigureProps): ReactElement {
  const words = typeof value === 'number' ? count(value) : (value ?? '–')
  const number = <>{words}{unit ? <small>{unit}</small> : null}</>
  return (
    <div className="ms-figure">
      <div className="ms-figure-head">
        <span className="ms-ellipsis">{label}</span>
        {definition ? <Explain label={label} definition={definition} to={to} asOf={asOf} /> : null}
      </div>
      {to ? <Link to={to} className="ms-figure-value" data-tone={tone}>{number}</Link> : onOpen ? <button type="button" className="ms-figure-value" data-tone={tone} onClick={onOpen}>{number}</button> : <span className="ms-figure-value" data-tone={tone}>{number}</span>}
      {delta || asOf ? (
        <div className="ms-figure-foot">
          {delta ? <span data-tone={delta.better === undefined ? undefined : delta.better ? 'ok' : 'over'}>{delta.text}</span> : null}
          {asOf && !definition ? <span>{t('asOf', { time: when(asOf) })}</span> : null}
        </div>
      ) : null}
    </div>
  )
}

function Explain({ label, definition, to, asOf }: { label: string; definition: Definition; to?: string; asOf?: string }): ReactElement {
  const rows = [
    [t('figure.definition'), definition.definition],
    [t('figure.formula'), definition.formula],
    [t('figure.version'), definition.version],
    [t('figure.filter'), definition.filter],
    [t('figure.dateBase'), definition.dateBase],
    [t('figure.excluded'), definition.excluded],
    [t('figure.owner'), definition.owner],
    [t('figure.asOf'), asOf ? when(asOf) : undefined],
  ].filter((row): row is [string, string] => Boolean(row[1]))
  const content = (
    <div className="ms-stack" style={{ inlineSize: 320 }}>
      <dl className="ms-facts">{rows.map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}</dl>
      <div className="ms-row">
        {to ? <Link to={to}>{t('figure.seeList')}</Link> : null}
        <button type="button" className="ms-link-button" onClick={() => void copyText(`${label}\n${rows.map(([n, v]) => `${n}：${v}`).join('\n')}`)}>{t('figure.copy')}</button>
      </div>
    </div>
  )
  return (
    <Popover trigger="click" title={label} content={content}>
      <button type="button" className="ms-icon-button" style={{ minInlineSize: 24, minBlockSize: 24 }}><Icon name="info" label={`${label} ${t('figure.definition')}`} /></button>
    </Popover>
  )
}

const Drawing = lazy(() => import('./Drawing.tsx'))

export type ChartProps = {
  /** ECharts option without colours: the kit sets them. */
  option: Record<string, unknown>
  table: { columns: string[]; rows: (string | number | null)[][] }
  /** One sentence that says what is to be seen. */
  summary: string
  height?: number
  /** Without its own head: the page offers the table and says what is shown. */
  bare?: boolean
  onPick?: (params: { name: string; seriesName?: string; dataIndex: number }) => void
}

/** A chart, its summary for readers and its table; ECharts is loaded when the first one is shown. */
export function Chart({ option, table, summary, height = 280, bare = false, onPick }: ChartProps): ReactElement {
  const [mode, setMode] = useState<'chart' | 'table'>('chart')
  return (
    <figure style={{ margin: 0 }}>
      <div className={bare ? 'ms-hidden' : 'ms-row'} style={{ justifyContent: 'space-between' }}>
        <figcaption className="ms-muted">{summary}</figcaption>
        <Segmented size="small" value={mode} onChange={setMode} options={[{ value: 'chart', label: t('chart.chart') }, { value: 'table', label: t('chart.table') }]} />
      </div>
      {mode === 'chart' ? (
        <Suspense fallback={<Loading />}><Drawing option={option} label={summary} height={height} onPick={onPick} /></Suspense>
      ) : (
        <PlainTable {...table} caption={summary} />
      )}
    </figure>
  )
}

function PlainTable({ columns, rows, caption }: { columns: string[]; rows: (string | number | null)[][]; caption: string }): ReactElement {
  const cell = (value: string | number | null): ReactNode => (typeof value === 'number' ? count(value) : (value ?? '–'))
  return (
    <table className="ms-chart-table">
      <caption className="ms-hidden">{caption}</caption>
      <thead><tr>{columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
      <tbody>{rows.map((row, i) => <tr key={i}>{row.map((value, j) => <td key={j} className={typeof value === 'number' ? 'ms-num' : undefined}>{cell(value)}</td>)}</tr>)}</tbody>
    </table>
  )
}

/** Long work at its button or in the task centre: 3,120/12,800. */
export function Progress({ done, total, label, onCancel }: { done: number; total: number | null; label?: string; onCancel?: () => void }): ReactElement {
  const percent = total ? Math.min(100, Math.round((done / total) * 100)) : 0
  return (
    <div className="ms-progress">
      {label ? <span>{label}</span> : null}
      <div className="ms-progress-bar" role="progressbar" aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} aria-label={label ?? t('progress.running')}><i style={{ inlineSize: `${percent}%` }} /></div>
      <span className="ms-hint">{total ? t('progress.done', { done: count(done), total: count(total) }) : count(done)}</span>
      {onCancel ? <Button size="small" onClick={onCancel}>{t('progress.cancel')}</Button> : null}
    </div>
  )
}
