// Selected rows of a list; they stay selected while the person pages, and go when the list becomes another one.
import { useEffect, useRef, useState } from 'react'
import type { ListEngine } from './use-list.ts'
import type { Selection } from './list-types.ts'

export type Picked<T> = {
  ids: ReadonlySet<string>
  selection: Selection<T> | null
  toggle: (key: string, range: boolean) => void
  page: (on: boolean) => void
  everything: () => void
  none: () => void
}

export function useSelection<T>(rows: readonly T[], rowKey: (row: T) => string, list: ListEngine<T>): Picked<T> {
  const [held, setHeld] = useState<ReadonlyMap<string, T>>(new Map())
  const [all, setAll] = useState(false)
  const [anchor, setAnchor] = useState<string | null>(null)
  const signature = JSON.stringify([list.filter, list.state.q])
  useEffect(() => {
    setHeld(new Map())
    setAll(false)
  }, [signature])

  const keys = rows.map(rowKey)
  // A row that an act took off this page is no longer selected; rows of other pages stay. Known by what the page showed before.
  const shown = keys.join()
  const before = useRef<{ page: string; keys: string[] }>({ page: '', keys: [] })
  const at = `${signature}${list.state.cursor ?? ''}`
  useEffect(() => {
    const gone = before.current.page === at ? before.current.keys.filter((key) => !keys.includes(key)) : []
    before.current = { page: at, keys }
    if (gone.length > 0) setHeld((old) => (gone.some((key) => old.has(key)) ? new Map([...old].filter(([key]) => !gone.includes(key))) : old))
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, at])
  const toggle = (key: string, range: boolean) => {
    const next = new Map(held)
    const from = range && anchor ? keys.indexOf(anchor) : -1
    const to = keys.indexOf(key)
    if (from >= 0 && to >= 0) {
      for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.set(rowKey(row), row)
    } else if (!next.delete(key)) {
      const row = rows[to]
      if (row) next.set(key, row)
    }
    setAnchor(key)
    setAll(false)
    setHeld(next)
  }
  const page = (on: boolean) => {
    const next = new Map(held)
    for (const row of rows) {
      if (on) next.set(rowKey(row), row)
      else next.delete(rowKey(row))
    }
    setAll(false)
    setHeld(next)
  }
  const none = () => {
    setHeld(new Map())
    setAll(false)
  }
  const selection: Selection<T> | null = all
    ? { all: true, filter: list.filter, q: list.state.q, count: list.query.data?.count.value ?? 0 }
    : held.size ? { all: false, ids: [...held.keys()], rows: [...held.values()] } : null
  return { ids: all ? new Set(keys) : new Set(held.keys()), selection, toggle, page, everything: () => setAll(true), none }
}
