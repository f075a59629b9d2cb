// State of a list as its address: view, search, sort, filters, page, row. Pure; shared links give the same view.

/** Filter values by API parameter name; several values mean any of them. */
export type FilterValues = Record<string, string[]>

export type ListState = {
  view: string | null
  q: string
  /** `-registeredAt` is descending. */
  sort: string | null
  cursor: string | null
  limit: number
  /** Row under the cursor, so that "back" returns to it. */
  row: string | null
  filter: FilterValues
}

/** What the server gets; the filters are further properties under their parameter names. */
export type ListQuery = { q?: string; sort?: string; cursor?: string; limit: number }

const reserved = new Set(['view', 'q', 'sort', 'cursor', 'limit', 'row', 'preview'])
export const limits = [20, 50, 100, 200] as const
const defaultLimit = 50

/** Reads the address; parameters unknown to the page are dropped, wrong limits become the default. */
export function readList(search: URLSearchParams, known: readonly string[]): ListState {
  const limit = Number(search.get('limit'))
  const filter: FilterValues = {}
  for (const key of new Set(search.keys())) {
    if (reserved.has(key) || !known.includes(key)) continue
    const values = search.getAll(key).filter((one) => one !== '')
    if (values.length) filter[key] = values
  }
  return {
    view: search.get('view'),
    q: search.get('q') ?? '',
    sort: search.get('sort'),
    cursor: search.get('cursor'),
    limit: limits.some((one) => one === limit) ? limit : defaultLimit,
    row: search.get('row'),
    filter,
  }
}

/** Writes the address: defaults are left out and keys sorted, so that equal states are equal links. */
export function writeList(state: ListState): URLSearchParams {
  const search = new URLSearchParams()
  if (state.view) search.set('view', state.view)
  if (state.q) search.set('q', state.q)
  for (const key of Object.keys(state.filter).sort()) for (const value of state.filter[key] ?? []) search.append(key, value)
  if (state.sort) search.set('sort', state.sort)
  if (state.limit !== defaultLimit) search.set('limit', String(state.limit))
  if (state.cursor) search.set('cursor', state.cursor)
  if (state.row) search.set('row', state.row)
  return search
}

/** Any change of what is listed begins at its first page. */
export function changeList(state: ListState, change: Partial<ListState>): ListState {
  const sameRows = Object.keys(change).every((key) => key === 'row' || key === 'cursor')
  return { ...state, ...(sameRows ? {} : { cursor: null, row: null }), ...change }
}

/** The query for the server. */
export function listQuery(state: ListState): ListQuery {
  const query: ListQuery = { ...filterQuery(state.filter), limit: state.limit }
  if (state.q) query.q = state.q
  if (state.sort) query.sort = state.sort
  if (state.cursor) query.cursor = state.cursor
  return query
}

/** One value goes as text, several as a list. */
function filterQuery(filter: FilterValues): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(filter).flatMap(([key, values]) => (values.length ? [[key, values.length === 1 ? (values[0] ?? '') : values]] : [])))
}

/** The filter as the list's query string has it (several values joined by commas): what exports are given. */
export function filterText(filter: FilterValues): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).flatMap(([key, values]) => (values.length ? [[key, values.join(',')]] : [])))
}

/** A stored filter may come from anywhere: values become lists of texts, the rest is dropped. */
export function parseFilter(stored: Record<string, unknown>): FilterValues {
  const text = (value: unknown): string[] => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [])
  return Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, Array.isArray(value) ? value.flatMap(text) : text(value)]))
}

export function sameFilter(a: FilterValues, b: FilterValues): boolean {
  const flat = (f: FilterValues) => JSON.stringify(Object.entries(f).filter(([, v]) => v.length).sort(([x], [y]) => (x < y ? -1 : 1)).map(([k, v]) => [k, [...v].sort()]))
  return flat(a) === flat(b)
}

/** The server's names of a column's two directions. */
export const sortNames = (sort: string | readonly [string, string]): readonly [ascending: string, descending: string] => (typeof sort === 'string' ? [sort, `-${sort}`] : sort)

/** Next state of a column's sort on click: ascending, descending, none. */
export function nextSort(current: string | null, sort: string | readonly [string, string]): string | null {
  const [up, down] = sortNames(sort)
  if (current === up) return down
  if (current === down) return null
  return up
}

/** Rows before this page, known from the cursors that led here. */
export function pageRange(pagesBefore: number, limit: number, rows: number): { from: number; to: number } {
  const from = pagesBefore * limit
  return rows === 0 ? { from: 0, to: 0 } : { from: from + 1, to: from + rows }
}

/** Moves a column to a new place, keeping the rest in order. */
export function moveKey(keys: readonly string[], key: string, by: -1 | 1): string[] {
  const from = keys.indexOf(key)
  const to = from + by
  if (from < 0 || to < 0 || to >= keys.length) return [...keys]
  const next = [...keys]
  next.splice(from, 1)
  next.splice(to, 0, key)
  return next
}
