// The panels of a board in their widths, and the drawer with the rows behind the number that was opened.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { Period } from '../../ui/period.ts'
import { BehindFigure } from '../data/BehindFigure.tsx'
import type { Picks } from './board-state.ts'
import { PanelView, type Opened } from './PanelView.tsx'
import type { Board, Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Held = Pick<Board, 'where' | 'groups' | 'refreshSeconds'>

export function BoardGrid({ board, panels, period, picks: { picks, pick }, group, onGroup }: { board: Held; panels: readonly Panel[]; period: Period; picks: Picks; group?: string; onGroup?: (name: string) => void }): ReactElement {
  const [opened, setOpened] = useState<Opened | null>(null)
  return (
    <>
      <div className="ms-analytics-grid">
        {panels.map((panel) => (
          <div key={panel.id} data-width={panel.width}><PanelView board={board} panel={panel} period={period} picks={picks} onPick={pick} onOpen={setOpened} refreshEvery={board.refreshSeconds * 1000} group={group} {...(onGroup ? { onGroup } : {})} /></div>
        ))}
      </div>
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </>
  )
}
