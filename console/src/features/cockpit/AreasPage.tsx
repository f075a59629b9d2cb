// 区域与单位: volume and effect by area and department, level by level.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { BoardBar } from '../analytics/BoardBar.tsx'
import { BoardGrid } from '../analytics/BoardGrid.tsx'
import { usePeriod, usePicks } from '../analytics/board-state.ts'
import type { BoardView } from '../analytics/question.ts'
import { t } from './texts.zh-CN.ts'
import '../analytics/analytics.css'
import '../data/data.css'

export default function AreasPage(): ReactElement {
  const board = useQueryOf('showBoard', { code: 'cockpitAreas' }, { staleTime: 60_000 })
  return <QueryView query={board}>{(data) => <Shown data={data} />}</QueryView>
}

function Shown({ data }: { data: BoardView }): ReactElement {
  const chosen = usePeriod(data.definition.period)
  const picks = usePicks()
  return (
    <Page title={t('areas')} help="leader" sub={data.definition.description} bar={<BoardBar data={data} period={chosen} picks={picks} />}>
      <BoardGrid board={data.definition} panels={data.definition.panels} period={chosen.period} picks={picks} />
    </Page>
  )
}
