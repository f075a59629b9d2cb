// A board over a period: what is picked in one panel filters all; every number opens its rows; refreshes by itself.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Loading, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { BoardBar } from './BoardBar.tsx'
import { BoardGrid } from './BoardGrid.tsx'
import { usePeriod, usePicks } from './board-state.ts'
import type { BoardView } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

/** Kinds of boards a report can be made of. */
const reported = new Set<string>(['theme', 'comparison', 'table'])

const addresses: Record<string, string> = { '/analytics/today': 'today', '/analytics/map': 'livelihoodMap' }

/** The page of one board; 今日动态 has an address of its own. */
export default function BoardPage(): ReactElement {
  const { code } = useParams()
  const { pathname } = useLocation()
  const board = useQueryOf('showBoard', { code: code ?? addresses[pathname] ?? '' }, { staleTime: 60_000 })
  return <QueryView query={board}>{(data) => <Shown key={data.code} data={data} />}</QueryView>
}

function Shown({ data }: { data: BoardView }): ReactElement {
  const board = data.definition
  const navigate = useNavigate()
  const chosen = usePeriod(board.period)
  const picks = usePicks()
  const { can } = useSession()
  const send = useAct('listReports')
  const [making, setMaking] = useState(false)
  const make = async (): Promise<void> => {
    setMaking(true)
    try {
      const made = await send('createReport', { template: `board:${board.code}`, ...chosen.period, name: '', readers: { all: true, unitIds: [], userIds: [] } })
      say(t('reportMade'))
      void navigate(`/analytics/reports/${made.id}`)
    } catch (error) { say(asProblem(error).title, 'over'); setMaking(false) }
  }
  const report = can('reports.write') && reported.has(data.kind) ? <Button loading={making} onClick={() => void make()}>{t('makeReport')}</Button> : null
  const acts = data.mayEdit ? <><Button onClick={() => void navigate(`/analytics/boards/new/edit?copy=${board.code}`)}>{t('copy')}</Button><Button onClick={() => void navigate(`/analytics/boards/${board.code}/edit`)}>{t('edit')}</Button></> : null
  return (
    <Page title={data.name} help="boards" sub={board.description} acts={<><Link to="/analytics/boards">{t('boards')}</Link><a href={`/screen/${board.code}`} target="_blank" rel="noreferrer">{t('toScreen')}</a>{report}{acts}</>} bar={<BoardBar data={data} period={chosen} picks={picks} />}>
      {data.warnings.map((words) => <p key={words} className="ms-note" role="status">{words}</p>)}
      {chosen.ready ? <BoardGrid board={board} panels={board.panels} period={chosen.period} picks={picks} /> : <Loading />}
      <p className="ms-hint">{t('notice')}</p>
    </Page>
  )
}
