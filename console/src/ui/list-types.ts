// What a page tells the list engine.
import type { ReactNode } from 'react'
import type { FilterValues, ListQuery } from './list-state.ts'
import type { TreeLoader } from './Pickers.tsx'

export type ListResult<T> = { items: T[]; next: string | null; count: { value: number; capped: boolean } }

export type Column<T> = {
  key: string
  title: string
  /** Pixels before anybody drags it. */
  width: number
  render: (row: T) => ReactNode
  /** Name the server sorts by (descending is `-name`), or its own names for ascending and descending. */
  sort?: string | [ascending: string, descending: string]
  align?: 'start' | 'end'
  /** Hidden until chosen. */
  hidden?: boolean
  /** Takes what width is left. */
  wide?: boolean
  /** Where the room is short this column goes before the wide one is squeezed, the lowest first; one that is chosen by hand stays. */
  yields?: number
  /** Full text for hover when `render` is not plain text. */
  text?: (row: T) => string
  /** Left out of exports. */
  export?: false
}

export type Filter = {
  /** Parameter name of the API. */
  key: string
  label: string
  kind: 'select' | 'multi' | 'text' | 'boolean' | 'dates' | 'numbers' | 'pick'
  options?: { value: string; label: string }[]
  /** For `pick`: units, matters, areas, people. */
  loader?: TreeLoader
  /** Words of the chip, where the values say nothing to a reader. */
  words?: (values: string[]) => string
  /** Opens an editor of the page's own instead of the small one. */
  edit?: () => void
  /** For `dates`: the API takes instants, so a day is sent as its first moment, the last day as the first moment after it. */
  instants?: boolean
  /** For `dates` and `numbers`: parameter names of the two ends; default `<key>From`, `<key>To`. */
  keys?: [string, string]
}

export type ListView = {
  id: string
  name: string
  filter: FilterValues
  q?: string
  sort?: string | null
  columns?: string[]
  starred?: boolean
}

/** A view of the server's store, `GET /api/saved-queries?page=`. */
export type SavedQuery = ListView & { shared: boolean; own?: boolean; version?: number }

export type Selection<T> = { all: false; ids: string[]; rows: T[] } | { all: true; filter: FilterValues; q: string; count: number }

export type BulkAct<T> = {
  id: string
  label: string
  danger?: boolean
  /** Whole results are offered only where the act takes them. */
  wholeResult?: boolean
  run: (selection: Selection<T>) => void
}

export type RowAct = { id: string; label: string; danger?: boolean; disabled?: boolean; run: () => void }

export type ListPageProps<T> = {
  /** Name under which views, widths and exports of this list are kept. */
  page: string
  title: string
  columns: Column<T>[]
  filters?: Filter[]
  load: (query: ListQuery, signal: AbortSignal) => Promise<ListResult<T>>
  rowKey: (row: T) => string
  /** Address of the row's page. */
  open?: (row: T) => string
  /** Instead of a page: a drawer of the list's own. */
  onOpen?: (row: T) => void
  preview?: (row: T) => ReactNode
  /** Shipped views; the first is the default. */
  views?: ListView[]
  /** Number beside each view; asked again each 60 s. */
  countOf?: (filter: FilterValues, signal: AbortSignal) => Promise<{ value: number; capped: boolean }>
  bulkActs?: BulkAct<T>[]
  rowActs?: (row: T) => RowAct[]
  searchHint?: string
  /** The API of this list has no search: the box is left out. */
  noSearch?: boolean
  /** Turns what was typed into conditions, where the API has no common search parameter; exports and views then hold it too. */
  searchTo?: (text: string) => FilterValues
  /** Parameter name of the search in the API, for exports; default `q`. */
  searchKey?: string
  defaultSort?: string
  /** Realtime topic that makes the list ask again. */
  topic?: string
  /** Buttons at the right of the title. */
  acts?: ReactNode
  /** Manual section of the question mark. */
  help?: string
  exportable?: boolean
  /** Words for an empty list without conditions. */
  empty?: { text: string; hint?: ReactNode }
  /** Fixed conditions of the page that are not shown as chips. */
  fixed?: FilterValues
  /** Inside another page: no title bar and no views panel. */
  embedded?: boolean
}

export function rangeKeys(filter: Filter): [string, string] {
  return filter.keys ?? [`${filter.key}From`, `${filter.key}To`]
}

/** Every parameter name a list may have in its address. */
export function parameterNames(filters: readonly Filter[]): string[] {
  return filters.flatMap((filter) => (filter.kind === 'dates' || filter.kind === 'numbers' ? rangeKeys(filter) : [filter.key]))
}
