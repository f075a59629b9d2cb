// Results in figures: by person, team, unit, inspector or day; what loses points; which rules hit. Every number opens its results.
import { Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart, Figure } from '../../ui/Figure.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { lastDays, lastMonth, month, periodOf } from '../../ui/period.ts'
import { light } from '../../ui/tokens.ts'
import { kinds } from './columns.tsx'
import { t } from './texts.zh-CN.ts'
import './quality.css'

type Answer = OutputOf<'qualityStatistics'>
const shortcuts = { month, lastMonth, week: () => lastDays(7) } as const
type Shortcut = keyof typeof shortcuts
const isShortcut = (value: string): value is Shortcut => Object.hasOwn(shortcuts, value)
const groupings = { agent: t('byAgent'), team: t('byTeam'), unit: t('byUnit'), inspector: t('byInspector'), kind: t('byKind'), day: t('byDay') } as const
type By = keyof typeof groupings
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

export default function StatsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const asked = search.get('by') ?? 'agent'
  const by: By = (Object.keys(groupings) as By[]).find((one) => one === asked) ?? 'agent'
  const kind = kinds.find((one) => one.value === search.get('kind'))?.value
  const stats = useQueryOf('qualityStatistics', { ...period, by, ...(kind ? { kind } : {}) }, { keepPrevious: true })
  const set = (next: Record<string, string>) => setSearch({ ...Object.fromEntries(search), ...period, ...next }, { replace: true })
  const named = Object.keys(shortcuts).filter(isShortcut).find((name) => { const one = shortcuts[name](); return one.from === period.from && one.to === period.to })
  const rows = (more: Record<string, string> = {}): string => `/quality/results?${new URLSearchParams({ ...period, ...(kind ? { kind } : {}), ...more }).toString()}`
  return (
    <Page title={t('stats')} bar={
      <div className="ms-quality-bar">
        <Segmented value={named ?? ''} options={Object.keys(shortcuts).filter(isShortcut).map((value) => ({ value, label: t(value) }))} onChange={(value) => { if (isShortcut(value)) set(shortcuts[value]()) }} />
        <DateInput value={period.from} placeholder={t('from')} onChange={(from) => { if (from) set({ from }) }} />–<DateInput value={period.to} placeholder={t('to')} onChange={(to) => { if (to) set({ to }) }} />
        <Select value={kind ?? ''} aria-label={t('object')} style={{ inlineSize: 130 }} options={[{ value: '', label: t('object') }, ...kinds]} onChange={(next) => set({ kind: next })} />
        <Segmented value={by} options={(Object.keys(groupings) as By[]).map((value) => ({ value, label: groupings[value] }))} onChange={(value) => set({ by: value })} />
      </div>
    }>
      <QueryView query={stats}>
        {(data) => (data.total.total === 0 ? <Empty kind="filter" text={t('statsNone')} /> : (
          <>
            <div className="ms-quality-figures">
              <Figure label={t('total')} value={data.total.total} to={rows()} /><Figure label={t('passRate')} value={rate(share(data.total.passed, data.total.total))} to={rows({ passed: 'true' })} /><Figure label={t('mean')} value={data.total.mean ?? t('none')} to={rows()} /><Figure label={t('violations')} value={data.total.violations} to={rows({ violation: 'true' })} {...(data.total.violations > 0 ? { tone: 'over' as const } : {})} />
              <Figure label={t('agree')} value={rate(share(data.total.near, data.total.both))} to={rows()} definition={{ definition: t('statsHint') }} /><Figure label={t('appealsN')} value={data.total.appeals} to="/quality/appeals" delta={{ text: `${t('reversed')} ${count(data.total.reversed)}` }} />
            </div>
            <div className="ms-quality-halves"><Means data={data} by={by} /><Lost data={data} /></div>
            <Section flush title={groupings[by]}><Groups data={data} rows={rows} by={by} /></Section>
            <Section flush title={t('rulesHit')}><table className="ms-plain-table"><caption className="ms-hidden">{t('rulesHit')}</caption><thead><tr><th scope="col">{t('ruleName')}</th><th scope="col" className="ms-quality-end">{t('timesN')}</th><th scope="col" className="ms-quality-end">{t('tasksN')}</th></tr></thead><tbody>{data.rules.map((one) => <tr key={one.id}><td>{one.name}</td><td className="ms-quality-end">{one.times}</td><td className="ms-quality-end"><Link to={rows({ ruleId: one.id })}>{one.tasks}</Link></td></tr>)}</tbody></table></Section>
          </>
        ))}
      </QueryView>
    </Page>
  )
}

const keyOf = { agent: 'agentId', team: 'team', inspector: 'inspectorId', kind: 'kind' } as const

function Groups({ data, rows, by }: { data: Answer; rows: (more: Record<string, string>) => string; by: By }): ReactElement {
  const more = (key: string | null): Record<string, string> => (key === null ? {} : by === 'day' ? { from: key, to: key } : by === 'unit' ? {} : { [keyOf[by]]: key })
  return (
    <table className="ms-plain-table"><caption className="ms-hidden">{groupings[by]}</caption>
      <thead><tr><th scope="col">{t('groupOf')}</th>{(['total', 'passRate', 'mean', 'machineMean', 'agree', 'violations', 'appealsN', 'reversed'] as const).map((key) => <th key={key} scope="col" className="ms-quality-end">{t(key)}</th>)}</tr></thead>
      <tbody>{data.groups.map((one) => <tr key={one.key ?? ''}><th scope="row">{one.name}</th><td className="ms-quality-end"><Link to={rows(more(one.key))}>{one.total}</Link></td><td className="ms-quality-end">{rate(share(one.passed, one.total))}</td><td className="ms-quality-end">{one.mean ?? t('none')}</td><td className="ms-quality-end">{one.machineMean ?? t('none')}</td><td className="ms-quality-end">{rate(share(one.near, one.both))}</td><td className="ms-quality-end">{one.violations}</td><td className="ms-quality-end">{one.appeals}</td><td className="ms-quality-end">{one.reversed}</td></tr>)}</tbody>
    </table>
  )
}

function Means({ data, by }: { data: Answer; by: By }): ReactElement {
  const shown = data.groups.slice(0, 30)
  const option = { tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: shown.map((one) => one.name), axisLabel: { interval: 0, rotate: shown.length > 8 ? 30 : 0, width: 90, overflow: 'truncate' } }, yAxis: { type: 'value', max: 100 }, series: [{ type: by === 'day' ? 'line' : 'bar', name: t('mean'), barMaxWidth: 28, itemStyle: { color: light.primary }, data: shown.map((one) => one.mean) }, { type: by === 'day' ? 'line' : 'bar', name: t('machineMean'), barMaxWidth: 28, itemStyle: { color: light['near-mark'] }, data: shown.map((one) => one.machineMean) }] }
  return <Section title={t('mean')}><Chart height={260} option={option} summary={t('statsChart', { n: data.groups.length })} table={{ columns: [t('groupOf'), t('mean'), t('machineMean')], rows: shown.map((one) => [one.name, one.mean ?? '', one.machineMean ?? '']) }} /></Section>
}

function Lost({ data }: { data: Answer }): ReactElement {
  const shown = data.items.slice(0, 10)
  const option = { tooltip: { trigger: 'axis' }, grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true }, xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', inverse: true, data: shown.map((one) => one.name) }, series: [{ type: 'bar', name: t('lost'), barMaxWidth: 22, itemStyle: { color: light['over-mark'] }, label: { show: true, position: 'right' }, data: shown.map((one) => one.lost) }] }
  return <Section title={t('items')}>{shown.length === 0 ? <Empty kind="done" text={t('noHits')} /> : <Chart height={260} option={option} summary={t('itemsChart', { n: shown.length })} table={{ columns: [t('items'), t('lost'), t('timesN'), t('tasksN')], rows: shown.map((one) => [one.name, one.lost, one.times, one.tasks]) }} />}</Section>
}
