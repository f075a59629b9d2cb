// The queue of a desk: which object is open (in the address), what comes next, and whether work goes on by itself.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'

const continuousKey = 'ms-desk-continuous'

/** 连续处理: after an act the next object opens; remembered on this machine. */
export function useContinuous(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(continuousKey) !== 'off')
  return [on, (next) => {
    localStorage.setItem(continuousKey, next ? 'on' : 'off')
    setOn(next)
  }]
}

export type DeskQueue<T> = {
  /** What is still to do: what was just decided here is left out before the list is read again. */
  items: T[]
  current: string | undefined
  /** The open object's row, where the list still holds it. */
  row: T | undefined
  upcoming: T | undefined
  open: (id: string) => void
  move: (by: 1 | -1) => void
  /** Leaves `id` undone and goes on. */
  skip: () => void
  /** `id` is decided: it leaves the list; `go` opens the next one. */
  finish: (id: string, go: boolean) => void
}

const any = (): boolean => true

/**
 * @param rows undefined while loading
 * @param mayWork what is opened by itself; the others are opened by hand only
 */
export function useDeskQueue<T extends { id: string }>(rows: readonly T[] | undefined, mayWork: (row: T) => boolean = any): DeskQueue<T> {
  const [params, setParams] = useSearchParams()
  const [finished, setFinished] = useState<ReadonlySet<string>>(new Set())
  const items = useMemo(() => (rows ?? []).filter((one) => !finished.has(one.id)), [rows, finished])
  const asked = params.get('row') ?? undefined
  const current = asked ?? (items.find(mayWork) ?? items[0])?.id
  const at = items.findIndex((one) => one.id === current)
  // an object that is not in the list any more is followed by the first one
  const upcoming = items.find((one, i) => i > at && mayWork(one)) ?? items.find((one) => one.id !== current && mayWork(one))

  useEffect(() => {
    // what the server does not list any more needs not be hidden; it may come back later as new work
    if (rows) setFinished((before) => (before.size ? new Set([...before].filter((id) => rows.some((one) => one.id === id))) : before))
  }, [rows])

  const open = useCallback((id: string | undefined) => {
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (id) next.set('row', id)
      else next.delete('row')
      return next
    }, { replace: true })
  }, [setParams])
  // an open object without an address would change under the reader when something more urgent arrives
  useEffect(() => { if (!asked && current) open(current) }, [asked, current, open])

  return {
    items,
    current,
    row: items[at],
    upcoming,
    open,
    move: (by) => {
      const target = items[at === -1 ? 0 : Math.max(0, Math.min(items.length - 1, at + by))]
      if (target) open(target.id)
    },
    skip: () => { if (upcoming) open(upcoming.id) },
    finish: (id, go) => {
      // a list read meanwhile does not hold it any more; hiding it then would hide it when it comes back
      if (items.some((one) => one.id === id)) setFinished((before) => new Set([...before, id]))
      if (go && id === current) open(upcoming?.id)
    },
  }
}
