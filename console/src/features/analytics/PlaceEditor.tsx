// The canvas of a board laid out absolutely: panels are dragged to their place and stretched at the corner; arrow keys do the same.
import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'
import { COLUMNS, ROWS, shifted, type At } from './arrange.ts'
import type { Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Props = { panels: readonly Panel[]; active: number; fault: (i: number) => string | undefined; onActive: (i: number) => void; onPlace: (i: number, at: At) => void }
type Held = { i: number; at: At; x: number; y: number; how: 'move' | 'stretch' }
const steps: Record<string, { columns: number; rows: number }> = { ArrowLeft: { columns: -1, rows: 0 }, ArrowRight: { columns: 1, rows: 0 }, ArrowUp: { columns: 0, rows: -1 }, ArrowDown: { columns: 0, rows: 1 } }

export function PlaceEditor({ panels, active, fault, onActive, onPlace }: Props): ReactElement {
  const canvas = useRef<HTMLDivElement>(null)
  const held = useRef<Held | null>(null)
  const take = (i: number, at: At, how: Held['how']) => (e: PointerEvent): void => {
    e.stopPropagation()
    e.currentTarget.setPointerCapture(e.pointerId)
    held.current = { i, at, x: e.clientX, y: e.clientY, how }
    onActive(i)
  }
  const drag = (e: PointerEvent): void => {
    const { current } = held
    const box = canvas.current?.getBoundingClientRect()
    if (!current || !box) return
    onPlace(current.i, shifted(current.at, { columns: Math.round(((e.clientX - current.x) / box.width) * COLUMNS), rows: Math.round(((e.clientY - current.y) / box.height) * ROWS) }, current.how))
  }
  const drop = (): void => { held.current = null }
  const key = (i: number, at: At) => (e: KeyboardEvent): void => { const by = steps[e.key]; if (by) { e.preventDefault(); onPlace(i, shifted(at, by, e.shiftKey ? 'stretch' : 'move')) } }
  return (
    <>
      <p className="ms-hint">{t('placeHint')}</p>
      <div ref={canvas} className="ms-analytics-canvas" onPointerMove={drag} onPointerUp={drop} onPointerCancel={drop}>
        {panels.map((panel, i) => { const { at } = panel; return at && panel.tab === panels[active]?.tab ? (
          <div key={panel.id} role="button" tabIndex={0} aria-label={t('placeOf', { name: panel.title, column: at.column, row: at.row, width: at.width, height: at.height })} aria-pressed={i === active} data-fault={fault(i) ? true : undefined} style={{ gridColumn: `${at.column} / span ${at.width}`, gridRow: `${at.row} / span ${at.height}` }} onFocus={() => onActive(i)} onKeyDown={key(i, at)} onPointerDown={take(i, at, 'move')}>
            <span className="ms-ellipsis">{panel.title}</span><i onPointerDown={take(i, at, 'stretch')} />
          </div>
        ) : null })}
      </div>
    </>
  )
}
