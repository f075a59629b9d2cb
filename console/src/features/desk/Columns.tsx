// Three regions whose side widths are dragged, or set by arrow keys on the separator, and remembered.
import type { PointerEvent as ReactPointerEvent, ReactElement } from 'react'
import { useRef, useState } from 'react'
import { t } from './texts.zh-CN.ts'

type Props = { name: string; left: number; right: number; children: [ReactElement, ReactElement, ReactElement] }

const least = 220
const most = 520
const step = 24
const within = (width: number): number => Math.max(least, Math.min(most, width))

function recall(name: string, fallback: [number, number]): [number, number] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`ms-columns:${name}`) ?? 'null')
    return Array.isArray(stored) && typeof stored[0] === 'number' && typeof stored[1] === 'number' ? [within(stored[0]), within(stored[1])] : fallback
  } catch {
    return fallback
  }
}

export function Columns({ name, left, right, children }: Props): ReactElement {
  const [widths, setWidths] = useState(() => recall(name, [left, right]))
  const held = useRef(widths)
  const set = (side: 0 | 1, width: number) => {
    const next: [number, number] = side === 0 ? [within(width), held.current[1]] : [held.current[0], within(width)]
    held.current = next
    setWidths(next)
    localStorage.setItem(`ms-columns:${name}`, JSON.stringify(next))
  }
  const bar = (side: 0 | 1) => {
    // dragging towards the middle makes the right region smaller and the left one wider; mirrored in right-to-left
    const sign = (side === 0 ? 1 : -1) * (document.dir === 'rtl' ? -1 : 1)
    const drag = (event: ReactPointerEvent<HTMLDivElement>) => {
      const [from, width] = [event.clientX, held.current[side]]
      const target = event.currentTarget
      target.setPointerCapture(event.pointerId)
      target.onpointermove = (move) => set(side, width + sign * (move.clientX - from))
      target.onpointerup = () => { target.onpointermove = null }
    }
    return (
      <div role="separator" aria-orientation="vertical" aria-label={t('narrower')} tabIndex={0} className="ms-regions-bar" aria-valuenow={widths[side]} aria-valuemin={least} aria-valuemax={most} onPointerDown={drag}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowRight' ? step : event.key === 'ArrowLeft' ? -step : 0
          if (by) set(side, held.current[side] + sign * by)
        }} />
    )
  }
  return (
    <div className="ms-regions" style={{ gridTemplateColumns: `${widths[0]}px 8px minmax(0, 1fr) 8px ${widths[1]}px` }}>
      {children[0]}{bar(0)}{children[1]}{bar(1)}{children[2]}
    </div>
  )
}
