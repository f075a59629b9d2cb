// A list walked by arrow keys, with or without an input above it.
import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { composing } from '../ui/keys.ts'

export type PickItem = { key: string; title: ReactNode; hint?: string; run: () => void }
export type PickGroup = { label: string; items: PickItem[] }

export function PickList({ groups, head, autoFocus }: { groups: PickGroup[]; head?: (onKeyDown: (event: KeyboardEvent) => void) => ReactNode; autoFocus?: boolean }): ReactElement {
  const [at, setAt] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const items = groups.flatMap((group) => group.items)
  const signature = items.map((item) => item.key).join()
  useEffect(() => setAt(0), [signature])
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt((n) => (n + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % Math.max(1, items.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      items[at]?.run()
    }
  }
  let index = -1
  return (
    <>
      {head?.(onKeyDown)}
      <div ref={box} className="ms-search-list" role="listbox" tabIndex={head ? -1 : 0} autoFocus={autoFocus} onKeyDown={head ? undefined : onKeyDown}>
        {groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            {group.label ? <h3>{group.label}</h3> : null}
            {group.items.map((item) => {
              index += 1
              const mine = index
              return (
                <button key={item.key} type="button" role="option" tabIndex={-1} className="ms-search-item" aria-selected={mine === at} onMouseEnter={() => setAt(mine)} onClick={item.run}>
                  <span className="ms-ellipsis">{item.title}</span><span className="ms-grow" /><span className="ms-hint ms-ellipsis">{item.hint}</span>
                </button>
              )
            })}
          </div>
        ))}
      </div>
    </>
  )
}
