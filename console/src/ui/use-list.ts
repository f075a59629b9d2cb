// The list engine's state: the address, the rows of this page, the cursors behind it, the views, the layout.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { request } from '../api/http.ts'
import type { Problem } from '../api/problem.ts'
import { useTopic } from '../api/realtime.ts'
import { keepLayout, recallLayout } from './list-layout.ts'
import type { ListLayout } from './list-layout.ts'
import { changeList, listQuery, parseFilter, readList, sameFilter, writeList } from './list-state.ts'
import type { FilterValues, ListState } from './list-state.ts'
import { parameterNames } from './list-types.ts'
import type { ListPageProps, ListResult, ListView, SavedQuery } from './list-types.ts'

export type ListEngine<T> = {
  state: ListState
  /** Conditions in force: those of the address, or of the view while the address has none. */
  filter: FilterValues
  query: UseQueryResult<ListResult<T>, Problem>
  pagesBefore: number
  view: ListView | undefined
  views: ListView[]
  saved: SavedQuery[]
  reloadViews: () => void
  changed: boolean
  layout: ListLayout
  setLayout: (change: Partial<ListLayout>) => void
  set: (change: Partial<ListState>) => void
  openView: (view: ListView) => void
  next: () => void
  previous: () => void
  first: () => void
  remember: (row: string | null) => void
}

/** Cursors of the pages before this one ('' is the first page); they live in the history entry and survive reload. */
function cursorsOf(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('before' in state) || !Array.isArray(state.before)) return []
  return state.before.filter((one) => typeof one === 'string')
}

export function useList<T>(props: ListPageProps<T>): ListEngine<T> {
  const { page, filters = [], load, views = [], defaultSort, fixed, topic, embedded } = props
  const [search, setSearch] = useSearchParams()
  const location = useLocation()
  const before = cursorsOf(location.state)
  // conditions of views are addresses too: figures elsewhere link to exactly what they count
  const known = useMemo(() => [...new Set([...parameterNames(filters), ...views.flatMap((one) => Object.keys(one.filter))])], [filters, views])
  const state = readList(search, known)

  const savedQuery = useQuery({
    queryKey: ['savedQueries', page],
    queryFn: ({ signal }) => request<{ items: SavedQuery[] }>('GET', '/api/saved-queries', { page }, { signal }),
    enabled: !embedded,
    retry: false,
    staleTime: 60_000,
  })
  const saved = useMemo(() => (savedQuery.data?.items ?? []).map((one) => ({ ...one, filter: parseFilter(one.filter) })), [savedQuery.data])
  const all: ListView[] = [...views, ...saved]
  const linked = state.view || Object.keys(state.filter).length === 0 ? undefined : all.find((one) => sameFilter(one.filter, state.filter))
  const view = all.find((one) => one.id === state.view) ?? (state.view ? undefined : (linked ?? views[0]))
  // a link that names only a view carries its conditions; as soon as somebody changes them they are written out
  const bare = Object.keys(state.filter).length === 0 && !search.has('f')
  const filter = bare && view ? view.filter : state.filter
  const sort = state.sort ?? view?.sort ?? defaultSort ?? null
  const q = state.q || (bare ? (view?.q ?? '') : '')
  const effective: ListState = { ...state, filter, sort, q }

  const query = useQuery<ListResult<T>, Problem>({
    queryKey: ['list', page, listQuery({ ...effective, filter: { ...filter, ...fixed } })],
    queryFn: ({ signal }) => load(listQuery({ ...effective, filter: { ...filter, ...fixed } }), signal),
    placeholderData: keepPreviousData,
    enabled: !state.view || view !== undefined || !savedQuery.isPending,
  })
  const refetch = query.refetch
  useTopic(topic, useCallback(() => void refetch(), [refetch]))

  const write = (next: ListState, cursors: string[], replace = false) => {
    const params = writeList(next)
    // "f" says: these are all the conditions, even when there are none
    if (view && Object.keys(next.filter).length === 0 && Object.keys(view.filter).length > 0) params.set('f', '')
    setSearch(params, { replace, state: { before: cursors } })
  }
  const set = (change: Partial<ListState>) => write(changeList({ ...state, filter, q }, change), [])

  const layoutOf = view?.id ?? state.view ?? 'default'
  const [layouts, setLayouts] = useState<Record<string, ListLayout>>({})
  const stored = useMemo(() => recallLayout(page, layoutOf), [page, layoutOf])
  const layout = layouts[layoutOf] ?? (stored.columns || !view?.columns ? stored : { ...stored, columns: view.columns })
  const setLayout = (change: Partial<ListLayout>) => {
    const next = { ...layout, ...change }
    keepLayout(page, layoutOf, next)
    setLayouts((before_) => ({ ...before_, [layoutOf]: next }))
  }

  return {
    state: effective,
    filter,
    query,
    pagesBefore: before.length,
    view,
    views: [...views],
    saved,
    reloadViews: () => void savedQuery.refetch(),
    changed: view !== undefined && (!sameFilter(filter, view.filter) || q !== (view.q ?? '')),
    layout,
    setLayout,
    set,
    openView: (one) => setSearch(writeList({ ...state, view: one.id, filter: {}, q: '', sort: null, cursor: null, row: null })),
    next: () => {
      const cursor = query.data?.next
      if (cursor) write({ ...state, cursor, row: null }, [...before, state.cursor ?? ''])
    },
    previous: () => {
      if (before.length) write({ ...state, cursor: before.at(-1) || null, row: null }, before.slice(0, -1))
    },
    first: () => write({ ...state, cursor: null, row: null }, []),
    remember: (row) => write({ ...state, row }, before, true),
  }
}
