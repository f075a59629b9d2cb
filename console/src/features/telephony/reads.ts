import { request } from '../../api/http.ts'
import type { ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { useAct } from '../admin/parts/use-act.ts'
import '../admin/parts/parts.css'

/** Reading for lists whose rows are one operation's. */
export const reads = <T,>(path: string) => (query: ListQuery, signal?: AbortSignal): Promise<ListResult<T>> => request('GET', path, query, { signal })
export const useTelephonyAct = useAct
