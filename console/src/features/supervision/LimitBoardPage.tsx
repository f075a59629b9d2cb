// 时限看板: open orders by urgency, level, industry and category on the colours of their clocks; below, how a period kept its limits.
import { Button, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { count } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { clockTime } from '../../ui/time.ts'
import { lastMonth, month, periodOf } from '../../ui/period.ts'
import { unitLoader } from '../orders/pickers.ts'
import { kindOptions, pathOf } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

type Board = OutputOf<'limitBoard'>
type Line = Board['total']
type Report = OutputOf<'limitReport'>
type Way = Board['panels'][number]['by']
const ways = ['industry', 'level', 'urgency', 'category'] as const
const narrows = ['urgency', 'level', 'industryId', 'categoryId', 'unitId'] as const
const narrowOf: Record<Way, (typeof narrows)[number]> = { urgency: 'urgency', level: 'level', industry: 'industryId', category: 'categoryId' }
const parts = [['running', 'plain', ''], ['near', 'near', '▲'], ['overdue', 'over', '◆'], ['paused', 'plain', '‖']] as const

export default function LimitBoardPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const clock = kindOptions.find((one) => one.value === search.get('clock'))?.value ?? 'handling'
  const chosen = Object.fromEntries(narrows.flatMap((key) => (search.get(key) ? [[key, search.get(key)]] : [])))
  const board = useQueryOf('limitBoard', { clock, ...chosen }, { keepPrevious: true, refetchEvery: 60_000 })
  const units = useMemo(() => unitLoader(), [])
  useTopic('supervision.board', ['limitBoard'])
  const set = (change: Record<string, string | undefined>) => setSearch(Object.fromEntries(Object.entries({ ...Object.fromEntries(search), ...change }).filter((one): one is [string, string] => one[1] !== undefined)))
  const nameOf = (by: Way): string => board.data?.panels.find((panel) => panel.by === by)?.lines[0]?.name ?? ''
  const active = ways.filter((by) => search.get(narrowOf[by]) !== null)
  return (
    <Page title={w('limits')} sub={active.length > 0 ? active.map((by) => `${w(`by.${by}`)}：${nameOf(by)}`).join('，') : w('limitsHint')} acts={<>
      {board.data ? <span className="ms-hint">{t('asOf', { time: clockTime(board.data.at) })}</span> : null}
      {active.length > 0 ? <Button onClick={() => set(Object.fromEntries(narrows.map((key) => [key, undefined])))}>{w('clearNarrow')}</Button> : null}
      <Select aria-label={w('clock')} style={{ inlineSize: 130 }} value={clock} options={kindOptions} onChange={(next: string) => set({ clock: next })} />
      <span style={{ inlineSize: 240 }}><UnitPicker loader={units} value={search.get('unitId') ?? undefined} placeholder={t('allUnits')} onChange={(next) => set({ unitId: typeof next === 'string' ? next : undefined })} /></span>
    </>}>
      <QueryView query={board}>
        {(data) => (
          <>
            <div className="ms-watch-figures">
              {(['running', 'inTime', 'near', 'overdue', 'paused'] as const).map((key) => <Figure key={key} label={w(`l.${key}`)} value={data.total[key].count} to={pathOf(data.total[key].list)} asOf={data.at} {...(key === 'overdue' && data.total.overdue.count > 0 ? { tone: 'over' as const } : key === 'near' && data.total.near.count > 0 ? { tone: 'near' as const } : {})} />)}
            </div>
            <div className="ms-limit-panels">{ways.map((by) => <Panel key={by} by={by} lines={data.panels.find((panel) => panel.by === by)?.lines ?? []} pick={(key) => set({ [narrowOf[by]]: key })} picked={search.get(narrowOf[by])} />)}</div>
          </>
        )}
      </QueryView>
      <ReportSection clock={clock} chosen={chosen} />
    </Page>
  )
}

/** A group of orders; its name narrows the whole page to it, its numbers open the clocks. */
function Panel({ by, lines, pick, picked }: { by: Way; lines: Line[]; pick: (key: string | undefined) => void; picked: string | null }): ReactElement {
  const largest = Math.max(1, ...lines.map((line) => line.running.count))
  return (
    <Section title={w(`by.${by}`)} {...(picked ? { extra: <Button size="small" type="link" onClick={() => pick(undefined)}>{w('clearNarrow')}</Button> } : {})}>
      {lines.length === 0 ? <Empty kind="done" text={w('noLimits')} /> : (
        <div className="ms-limit-scroll"><table className="ms-board-table">
          <caption className="ms-hidden">{w(`by.${by}`)}</caption>
          <thead><tr><th scope="col"><span className="ms-hidden">{w(`by.${by}`)}</span></th><th scope="col"><span className="ms-hidden">{t('total')}</span></th>{parts.map(([key]) => <th key={key} scope="col" className="ms-num">{w(`l.${key}`)}</th>)}</tr></thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row"><button type="button" className="ms-link-button" aria-pressed={picked === line.key} onClick={() => pick(picked === line.key ? undefined : line.key)}>{line.name}</button></th>
                <td><span className="ms-board-bar" aria-hidden="true">{([['inTime', 'ok'], ['near', 'near'], ['overdue', 'over']] as const).map(([key, tone]) => <i key={key} data-tone={tone} style={{ inlineSize: `${(line[key].count / largest) * 100}%` }} />)}</span></td>
                {parts.map(([key, tone, shape]) => <td key={key} className="ms-num">{line[key].count > 0 ? <Link to={pathOf(line[key].list)} data-tone={tone}>{shape ? <span aria-hidden="true" className="ms-board-shape">{shape}</span> : null} {count(line[key].count)}</Link> : <span className="ms-hint">0</span>}</td>)}
              </tr>
            ))}
          </tbody>
        </table></div>
      )}
    </Section>
  )
}

const cells = [['due', 'plain'], ['closed', 'plain'], ['overdue', 'over']] as const

function ReportSection({ clock, chosen }: { clock: (typeof kindOptions)[number]['value']; chosen: Record<string, string | null> }): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const by = ways.find((one) => one === search.get('by')) ?? 'industry'
  const report = useQueryOf('limitReport', { clock, by, ...period, ...chosen }, { keepPrevious: true })
  const set = (change: Record<string, string>) => setSearch({ ...Object.fromEntries(search), ...change })
  const row = (line: Report['total']) => (
    <tr key={line.key}>
      <th scope="row">{line.name}</th>
      {cells.map(([key, tone]) => <td key={key} className="ms-num">{line[key].count > 0 ? <Link to={pathOf(line[key].list)} data-tone={tone}>{count(line[key].count)}</Link> : <span className="ms-hint">0</span>}</td>)}
      <td className="ms-num">{line.overdueRate === null ? '–' : `${line.overdueRate}%`}</td><td className="ms-num">{line.averageHours === null ? '–' : w('hoursOf', { n: line.averageHours })}</td>
    </tr>
  )
  return (
    <Section title={w('limitReport')} extra={<span className="ms-row">
      <Button size="small" onClick={() => set(month())}>{w('thisMonth')}</Button><Button size="small" onClick={() => set(lastMonth())}>{w('lastMonth')}</Button>
      <span style={{ inlineSize: 130 }}><DateInput value={period.from} onChange={(value) => value && set({ from: value.slice(0, 10) })} /></span><span>{w('until')}</span><span style={{ inlineSize: 130 }}><DateInput value={period.to} onChange={(value) => value && set({ to: value.slice(0, 10) })} /></span>
      <Segmented size="small" value={by} options={ways.map((value) => ({ value, label: w(`by.${value}`) }))} onChange={(value) => set({ by: String(value) })} />
      <Button size="small" onClick={() => window.print()}>{w('print')}</Button>
    </span>}>
      <QueryView query={report}>
        {(data) => data.lines.length === 0 ? <Empty kind="done" text={w('noReport')} /> : (
          <>
            <p className="ms-hint">{w('limitReportHint', { from: data.from, to: data.to })}</p>
            <table className="ms-board-table">
              <caption className="ms-hidden">{w('limitReport')}</caption>
              <thead><tr><th scope="col">{w(`by.${by}`)}</th>{cells.map(([key]) => <th key={key} scope="col" className="ms-num">{w(`r.${key}`)}</th>)}<th scope="col" className="ms-num">{w('overdueRate')}</th><th scope="col" className="ms-num">{w('averageHours')}</th></tr></thead>
              <tbody>{data.lines.map(row)}{row(data.total)}</tbody>
            </table>
          </>
        )}
      </QueryView>
    </Section>
  )
}
