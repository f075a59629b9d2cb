// 效能监察看板: warnings, graded supervision and late answers by area, drilling down to the village (SUP-29).
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { clockTime } from '../../ui/time.ts'
import { Cell } from './BoardParts.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { b } from './board-words.zh-CN.ts'
import './supervision.css'

export default function LevelsPage(): ReactElement {
  const [search] = useSearchParams()
  const areaCode = search.get('areaCode') ?? undefined
  const board = useQueryOf('levelsBoard', areaCode ? { areaCode } : {}, { keepPrevious: true, refetchEvery: 60_000 })
  return (
    <Page title={b('levels')} bar={<BoardTabs now="levels" />} acts={board.data ? <span className="ms-hint">{b('asOf', { time: clockTime(board.data.at) })}</span> : null}>
      <QueryView query={board}>
        {(data) => (
          <Section title={<span className="ms-row">{data.path.map((one, i) => (i === data.path.length - 1 ? <span key={one.code}>{one.name}</span> : <span key={one.code}><Link to={`?areaCode=${one.code}`}>{one.name}</Link> /</span>))}</span>} extra={<span className="ms-hint">{b('levelsHint')}</span>}>
            <table className="ms-board-table">
              <caption className="ms-hidden">{b('levels')}</caption>
              <thead><tr><th scope="col">{b('area')}</th>{([b('near'), b('overdue'), b('red'), ...data.levels.map((level) => b('tasksOf', { level })), b('raised'), b('late')]).map((name) => <th key={name} scope="col" className="ms-num">{name}</th>)}</tr></thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={`${row.code}${row.deeper ? '' : '.'}`}>
                    <th scope="row">{row.deeper ? <Link to={`?areaCode=${row.code}`}>{row.name}</Link> : row.name}</th>
                    <Cell figure={row.near} tone="near" /><Cell figure={row.overdue} tone="over" /><Cell figure={row.red} tone="over" />{row.tasks.map((one, i) => <Cell key={i} figure={one} />)}<Cell figure={row.raised} /><Cell figure={row.late} />
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        )}
      </QueryView>
    </Page>
  )
}
