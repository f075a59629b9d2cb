// 督导看板: figures, stages, units with the worst first, and cards with who has read them and who has moved (ux.md §3.10).
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { count } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { clockTime, day, nowIso } from '../../ui/time.ts'
import { Select } from 'antd'
import { useSession } from '../../app/session.tsx'
import { periodOf } from '../../ui/period.ts'
import { unitLoader } from '../orders/pickers.ts'
import { BelowSwitch } from './BelowSwitch.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { CardList } from './CardList.tsx'
import { definitionOf, toneOf } from './figures.ts'
import { kindOptions as clocks, pathOf } from './lists.ts'
import type { Board, BoardFigure } from './lists.ts'
import { NewTask } from './NewTask.tsx'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

export default function BoardPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { can } = useSession()
  const unitId = search.get('unitId') ?? undefined
  const below = search.get('below') === 'true'
  const clock = clocks.find((one) => one.value === search.get('clock'))?.value
  const period = periodOf(search)
  const board = useQueryOf('supervisionBoard', { ...period, ...(unitId ? { unitId } : {}), ...(below ? { below: 'true' as const } : {}), ...(clock ? { clock } : {}) }, { keepPrevious: true, refetchEvery: 60_000 })
  const set = (change: Record<string, string | undefined>) => setSearch(Object.fromEntries(Object.entries({ ...Object.fromEntries(search), ...change }).filter((one): one is [string, string] => one[1] !== undefined)))
  const units = useMemo(() => unitLoader(), [])
  useTopic('supervision.board', ['supervisionBoard', 'listCards'])
  return (
    <Page title={t('board')} bar={<BoardTabs now="coordination" />} acts={<>
      {board.data ? <span className="ms-hint">{t('asOf', { time: clockTime(board.data.at) })}</span> : null}
      <BelowSwitch on={below} set={(next) => set({ below: next ? 'true' : undefined })} />
      <span style={{ inlineSize: 220 }}><UnitPicker loader={units} value={unitId} placeholder={t('allUnits')} onChange={(next) => set({ unitId: typeof next === 'string' ? next : undefined })} /></span>
      <Select aria-label={w('clock')} style={{ inlineSize: 130 }} allowClear placeholder={w('allClocks')} value={clock} options={clocks} onChange={(next: string | undefined) => set({ clock: next })} />
      <Select aria-label={w('monthPick')} style={{ inlineSize: 120 }} value={period.from.slice(0, 7)} options={months()} onChange={(next: string) => set({ from: `${next}-01`, to: monthEnd(next) })} />
      {can('supervision.manage') ? <NewTask /> : null}
    </>}>
      <QueryView query={board}>
        {(data) => (
          <>
            {data.period.length > 0 ? <Section title={w('periodFigures')} extra={<span className="ms-hint">{period.from} – {period.to}</span>}><div className="ms-watch-figures ms-board-period">{data.period.map((figure) => <BoardFact key={figure.key} figure={figure} at={data.at} />)}</div></Section> : null}
            <div className="ms-watch-figures">{data.figures.map((figure) => <BoardFact key={figure.key} figure={figure} at={data.at} />)}</div>
            <div className="ms-board-columns">
              <div className="ms-stack">
                <Stages stages={data.stages} />
                <Units units={data.units} />
              </div>
              <CardList unitId={unitId} at={data.at} />
            </div>
          </>
        )}
      </QueryView>
    </Page>
  )
}

/** This month and the eleven before it. */
function months(): { value: string; label: string }[] {
  const [year = 0, number = 1] = day(nowIso()).split('-').map(Number)
  return Array.from({ length: 12 }, (_, back) => {
    const index = year * 12 + number - 1 - back
    const value = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
    return { value, label: value }
  })
}

/** Last day of a month, or today in the running one. */
function monthEnd(month: string): string {
  const today = day(nowIso())
  if (today.startsWith(month)) return today
  const [year = 0, number = 1] = month.split('-').map(Number)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return `${month}-${[31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number - 1] ?? 30}`
}

export function BoardFact({ figure, at }: { figure: BoardFigure; at: string }): ReactElement {
  const definition = definitionOf(figure.key)
  // the page says once from when its figures are
  return <Figure label={figure.name} value={figure.count} to={pathOf(figure.list)} tone={toneOf(figure)} {...(definition ? { definition, asOf: at } : {})} />
}

const parts = [['inTime', 'ok', '●'], ['near', 'near', '▲'], ['overdue', 'over', '◆']] as const

/** Each stage of the order with its work in time, near and overdue; numbers open their lists, the bar shows the proportion. */
function Stages({ stages }: { stages: Board['stages'] }): ReactElement {
  const largest = Math.max(1, ...stages.map((stage) => stage.inTime.count + stage.near.count + stage.overdue.count))
  return (
    <Section title={t('stages')} extra={<span className="ms-hint">{t('stagesHint')}</span>}>
      {stages.length === 0 ? <span className="ms-hint">{t('stagesNone')}</span> : (
        <table className="ms-board-table">
          <caption className="ms-hidden">{t('stages')}</caption>
          <thead><tr><th scope="col">{t('stage')}</th><th scope="col"><span className="ms-hidden">{t('total')}</span></th>{parts.map(([key]) => <th key={key} scope="col" className="ms-num">{t(key)}</th>)}</tr></thead>
          <tbody>
            {stages.map((stage) => (
              <tr key={stage.state}>
                <th scope="row">{stage.name}</th>
                <td><span className="ms-board-bar" aria-hidden="true">{parts.map(([key, tone]) => <i key={key} data-tone={tone} style={{ inlineSize: `${(stage[key].count / largest) * 100}%` }} />)}</span></td>
                {parts.map(([key, tone, shape]) => <td key={key} className="ms-num"><Amount figure={stage[key]} tone={tone} shape={shape} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function Amount({ figure, tone, shape }: { figure: BoardFigure; tone: string; shape: string }): ReactElement {
  if (figure.count === 0) return <span className="ms-hint">0</span>
  return <Link to={pathOf(figure.list)} data-tone={tone}><span aria-hidden="true" className="ms-board-shape">{shape}</span> {count(figure.count)}</Link>
}

function Units({ units }: { units: Board['units'] }): ReactElement {
  return (
    <Section title={t('units')} extra={<span className="ms-hint">{t('unitsHint')}</span>}>
      {units.length === 0 ? <span className="ms-hint">{t('unitsNone')}</span> : (
        <table className="ms-board-table">
          <caption className="ms-hidden">{t('units')}</caption>
          <thead><tr><th scope="col">{t('unit')}</th><th scope="col" className="ms-num">{t('overdue')}</th><th scope="col" className="ms-num">{t('near')}</th><th scope="col" className="ms-num">{t('stayed')}</th></tr></thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.unitId}>
                <th scope="row"><Link to={`/supervision/clocks/rows?${new URLSearchParams({ ownUnitId: unit.unitId }).toString()}&colour=green&colour=yellow&colour=red`}>{unit.unitName}</Link></th>
                <td className="ms-num"><Amount figure={unit.overdue} tone="over" shape="◆" /></td>
                <td className="ms-num"><Amount figure={unit.near} tone="near" shape="▲" /></td>
                <td className="ms-num"><Amount figure={unit.stayed} tone="plain" shape="" /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
