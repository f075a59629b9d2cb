// The panels of a board in their widths or places, under tabs and in carousels, and the drawer with the rows behind the number that was opened.
import { Button, Drawer, Segmented } from 'antd'
import { useEffect, useState, type CSSProperties, type ReactElement } from 'react'
import { placesOf } from '../../ui/places.ts'
import type { Period } from '../../ui/period.ts'
import { BehindFigure } from '../data/BehindFigure.tsx'
import { tabsOf } from './arrange.ts'
import type { Picks } from './board-state.ts'
import { PanelView, type Opened } from './PanelView.tsx'
import type { Board, Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Held = Pick<Board, 'where' | 'groups' | 'refreshSeconds'> & Partial<Pick<Board, 'layout' | 'animate' | 'carouselSeconds'>>
type Props = { board: Held; panels: readonly Panel[]; period: Period; picks: Picks; group?: string; onGroup?: (name: string) => void }

const placeOf = (panel: Panel): CSSProperties | undefined => (panel.at ? { gridColumn: `${panel.at.column} / span ${panel.at.width}`, gridRow: `${panel.at.row} / span ${panel.at.height}` } : undefined)

export function BoardGrid({ board, panels, period, picks: { picks, pick }, group, onGroup }: Props): ReactElement {
  const [opened, setOpened] = useState<Opened | null>(null)
  const tabs = tabsOf(panels)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const tab = tabs.includes(chosen ?? '') ? chosen : tabs[0]
  const view = (panel: Panel): ReactElement => <PanelView board={board} panel={panel} period={period} picks={picks} onPick={pick} onOpen={setOpened} refreshEvery={board.refreshSeconds * 1000} group={group} {...(onGroup ? { onGroup } : {})} />
  const grid = (list: readonly Panel[]): ReactElement | null => list.length === 0 ? null : (
    <div className="ms-analytics-grid" data-layout={board.layout}>
      {placesOf(list).map((place) => { const first = place[0]; return first ? <div key={first.id} data-width={first.width} style={board.layout === 'absolute' ? placeOf(first) : undefined}>{place.length > 1 ? <Carousel panels={place} seconds={board.carouselSeconds ?? 10} view={view} /> : view(first)}</div> : null })}
    </div>
  )
  return (
    <>
      {grid(panels.filter((one) => one.tab === undefined))}
      {tabs.length > 0 ? <div className="ms-row" style={{ marginBlock: 12 }}><Segmented value={tab} options={tabs} onChange={setChosen} /></div> : null}
      {grid(panels.filter((one) => one.tab !== undefined && one.tab === tab))}
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </>
  )
}

/** Panels that take turns; stands still under the pointer or the keyboard, and for who wants no movement. */
function Carousel({ panels, seconds, view }: { panels: readonly Panel[]; seconds: number; view: (panel: Panel) => ReactElement }): ReactElement {
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState(false)
  const shown = panels[turn % panels.length]
  useEffect(() => {
    if (held || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined
    const timer = setInterval(() => setTurn((n) => n + 1), seconds * 1000)
    return () => clearInterval(timer)
  }, [held, seconds])
  return (
    <div className="ms-analytics-carousel" role="group" aria-roledescription="carousel" aria-label={panels.map((one) => one.title).join('、')} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      {shown ? view(shown) : null}
      <div className="ms-row ms-analytics-dots">{panels.map((one, i) => <Button key={one.id} type="text" size="small" aria-pressed={one === shown} onClick={() => setTurn(i)}>{one.title}</Button>)}</div>
    </div>
  )
}
