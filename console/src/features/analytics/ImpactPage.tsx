// 事件与政策影响: what came in within a window against what the weeks before would have led to expect, where and how long (ANA-25).
import { Drawer, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { light } from '../../ui/tokens.ts'
import { BehindFigure, type Behind } from '../data/BehindFigure.tsx'
import { MemberFilter } from './BoardBar.tsx'
import { usePicks } from './board-state.ts'
import { namedPeriod } from './periods.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

type Found = OutputOf<'impactOfEvent'>
const filters = ['county', 'category', 'appealType'] as const

export default function ImpactPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { picks, pick, drop } = usePicks()
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 600_000 })
  const usual = namedPeriod('week')
  const [from, to, indicator, weeks, words] = [search.get('from') ?? usual.from, search.get('to') ?? usual.to, search.get('indicator') ?? 'received', Number(search.get('weeks') ?? 8), search.getAll('word')]
  const set = (change: Record<string, string | string[]>): void => setSearch((held) => { const all = new URLSearchParams(held); for (const [key, value] of Object.entries(change)) { all.delete(key); for (const one of [value].flat()) all.append(key, one) } return all }, { replace: true })
  const where = [...picks.map((p) => ({ dimension: p.dimension, values: [p.key] })), ...(words.length > 0 ? [{ dimension: 'words', values: words }] : [])]
  const query = useQueryOf('impactOfEvent', { from, to, indicator, weeks, where }, { keepPrevious: true })
  /** Only what is counted per day can be compared day by day. */
  const counted = (catalogue.data?.items ?? []).filter((one) => one.state === 'active' && one.definition.kind === 'basic' && one.definition.date !== 'asOf' && one.of.every((object) => object === 'order'))
  return (
    <Page title={t('impact')} help="impact" sub={t('impactHint')} bar={
      <div className="ms-data-bar">
        <span className="ms-data-date"><DateInput value={from} placeholder={t('impactStart')} onChange={(day) => { if (day) set({ from: day }) }} /></span>–<span className="ms-data-date"><DateInput value={to} placeholder={t('impactEnd')} onChange={(day) => { if (day) set({ to: day }) }} /></span>
        <Select aria-label={t('impactIndicator')} style={{ minInlineSize: 140 }} showSearch={{ optionFilterProp: 'label' }} value={indicator} options={counted.map((one) => ({ value: one.code, label: one.name }))} onChange={(code: string) => set({ indicator: code })} />
        <InputNumber prefix={t('impactWeeks')} min={2} max={26} style={{ inlineSize: 190 }} value={weeks} onChange={(n) => { if (n) set({ weeks: String(n) }) }} />
        {filters.map((key) => <MemberFilter key={key} dimension={key} where={[]} period={{ from, to }} picked={picks.find((p) => p.dimension === key)} onPick={pick} onDrop={() => drop(key)} />)}
        <Select mode="tags" open={false} aria-label={t('impactWords')} placeholder={t('impactWords')} style={{ minInlineSize: 180 }} value={words} onChange={(list: string[]) => set({ word: list })} />
      </div>
    }>
      <QueryView query={query}>{(found) => <Shown found={found} indicator={indicator} />}</QueryView>
    </Page>
  )
}

function Shown({ found, indicator }: { found: Found; indicator: string }): ReactElement {
  const [opened, setOpened] = useState<Behind | null>(null)
  const column: Behind['column'] = { code: indicator, name: found.name, kind: 'basic', unit: '件', direction: 'none', version: 1, statement: '', formula: null, asked: true }
  const open = (keys: Behind['keys'], days = { from: found.from, to: found.to }): void => setOpened({ column, keys, period: days, where: found.where })
  const series = (name: string, values: number[], more: object) => ({ type: 'line', name, data: values, ...more })
  const number = (n: number, keys: Behind['keys']): ReactElement => (n > 0 ? <button type="button" className="ms-link-button ms-num" onClick={() => open(keys)}>{n}</button> : <span className="ms-num">{n}</span>)
  const signed = (n: number): string => (n > 0 ? `+${n}` : String(n))
  return (
    <div className="ms-analytics-stack">
      <Section title={t('impactCurve')}>
        <p className="ms-analytics-sentence">{found.words}</p>
        <p className="ms-row"><span>{t('impactObserved')} {number(found.observed, [])}</span><span>{t('impactExpected')} <strong>{found.expected}</strong></span><span>{t('impactExtra')} <strong>{signed(found.extra)}</strong></span></p>
        <Chart summary={t('impactCurveSummary')} table={{ columns: [t('name'), t('impactObserved'), t('impactExpected'), t('impactExtra')], rows: found.days.map((day) => [day.day, day.observed, day.expected, day.extra]) }} onPick={({ name }) => open([], { from: name, to: name })} option={{
          tooltip: { trigger: 'axis', confine: true }, legend: { type: 'scroll' }, grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: found.days.map((day) => day.day), axisLabel: { formatter: (day: string) => day.slice(5), hideOverlap: true } }, yAxis: { type: 'value' },
          series: [series(t('impactObserved'), found.days.map((day) => day.observed), { areaStyle: { opacity: 0.12 } }), series(t('impactExpected'), found.days.map((day) => day.expected), { showSymbol: false, lineStyle: { type: 'dashed' }, itemStyle: { color: light['line-control'] } })],
        }} />
      </Section>
      <Section title={t('impactDrivers')} flush>
        {found.drivers.length === 0 ? <Empty kind="filter" text={t('impactNone')} /> : (
          <table className="ms-plain-table">
            <caption className="ms-hidden">{t('impactDrivers')}</caption>
            <thead><tr><th scope="col">{t('dimensions')}</th><th scope="col">{t('impactWhat')}</th><th scope="col" className="ms-num">{t('impactObserved')}</th><th scope="col" className="ms-num">{t('impactExpected')}</th><th scope="col" className="ms-num">{t('impactExtra')}</th></tr></thead>
            <tbody>{found.drivers.map((one) => <tr key={`${one.dimension} ${one.key ?? ''}`}><td>{one.label}</td><th scope="row">{one.name}</th><td className="ms-num">{number(one.observed, [{ dimension: one.dimension, key: one.key, name: one.name }])}</td><td className="ms-num">{one.expected}</td><td className="ms-num">{signed(one.extra)}</td></tr>)}</tbody>
          </table>
        )}
      </Section>
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </div>
  )
}
