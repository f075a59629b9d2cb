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
import { clockTime } from '../../ui/time.ts'
import { unitLoader } from '../orders/pickers.ts'
import { CardList } from './CardList.tsx'
import { definitionOf, toneOf } from './figures.ts'
import { pathOf } from './lists.ts'
import type { Board, BoardFigure } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import './supervision.css'

export default function BoardPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const unitId = search.get('unitId') ?? undefined
  const board = useQueryOf('supervisionBoard', unitId ? { unitId } : {}, { keepPrevious: true, refetchEvery: 60_000 })
  const units = useMemo(() => unitLoader(), [])
  useTopic('supervision.board', ['supervisionBoard', 'listCards'])
  return (
    <Page title={t('board')} acts={<>
      {board.data ? <span className="ms-hint">{t('asOf', { time: clockTime(board.data.at) })}</span> : null}
      <span style={{ inlineSize: 260 }}><UnitPicker loader={units} value={unitId} placeholder={t('allUnits')} onChange={(next) => setSearch(typeof next === 'string' ? { unitId: next } : {})} /></span>
    </>}>
      <QueryView query={board}>
        {(data) => (
          <>
            <div className="ms-board-figures">{data.figures.map((figure) => <BoardFact key={figure.key} figure={figure} at={data.at} />)}</div>
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

export function BoardFact({ figure, at }: { figure: BoardFigure; at: string }): ReactElement {
  return <Figure label={figure.name} value={figure.count} to={pathOf(figure.list)} tone={toneOf(figure)} definition={definitionOf(figure.key)} asOf={at} />
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
