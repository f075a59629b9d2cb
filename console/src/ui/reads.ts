// Loaders for lists whose rows are one operation's.
import { request } from '../api/http.ts'
import type { ListQuery } from './list-state.ts'
import type { ListResult } from './list-types.ts'

/** Reads one API path with all conditions of the list. */
export const reads = <T,>(path: string) => (query: ListQuery, signal?: AbortSignal): Promise<ListResult<T>> => request('GET', path, { ...query }, { signal })
