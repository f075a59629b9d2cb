// A board over a period: what is picked in one panel filters all; every number opens its rows; refreshes by itself.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { BoardBar } from './BoardBar.tsx'
import { BoardGrid } from './BoardGrid.tsx'
import { usePeriod, usePicks } from './board-state.ts'
import type { BoardView } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

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
  const acts = data.mayEdit ? <><Button onClick={() => void navigate(`/analytics/boards/new/edit?copy=${board.code}`)}>{t('copy')}</Button><Button onClick={() => void navigate(`/analytics/boards/${board.code}/edit`)}>{t('edit')}</Button></> : null
  return (
    <Page title={data.name} help="boards" sub={board.description} acts={<><Link to="/analytics/boards">{t('boards')}</Link><a href={`/screen/${board.code}`} target="_blank" rel="noreferrer">{t('toScreen')}</a>{acts}</>} bar={<BoardBar data={data} period={chosen} picks={picks} />}>
      <BoardGrid board={board} panels={board.panels} period={chosen.period} picks={picks} />
      <p className="ms-hint">{t('notice')}</p>
    </Page>
  )
}
