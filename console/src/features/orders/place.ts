// Where the order stands in the list it was opened from: 3/128, the one before and the one after.
import { useLocation, useNavigate } from 'react-router'
import type { FromList } from '../../ui/ListPage.tsx'
import { t } from './texts.zh-CN.ts'

export type Place = { listPath: string; position: string | null; previous: boolean; next: boolean; goPrevious: () => void; goNext: () => void }

function fromList(state: unknown): FromList['list'] | null {
  if (typeof state !== 'object' || state === null || !('list' in state)) return null
  const list = state.list
  if (typeof list !== 'object' || list === null || !('path' in list) || !('paths' in list) || !('index' in list) || !('total' in list)) return null
  if (typeof list.path !== 'string' || !Array.isArray(list.paths) || typeof list.index !== 'number' || typeof list.total !== 'number') return null
  return { path: list.path, paths: list.paths.filter((one) => typeof one === 'string'), index: list.index, total: list.total, capped: 'capped' in list && list.capped === true }
}

/** Next and previous stay within the page of the list that was loaded. */
export function usePlace(): Place {
  const list = fromList(useLocation().state)
  const navigate = useNavigate()
  const go = (by: number) => {
    const path = list?.paths[list.index + by]
    if (list && path) void navigate(path, { state: { list: { ...list, index: list.index + by } } satisfies FromList })
  }
  return {
    listPath: list?.path ?? '/orders',
    position: list ? t('p.position', { n: list.index + 1, total: `${list.total}${list.capped ? '+' : ''}` }) : null,
    previous: list !== null && list.index > 0,
    next: list !== null && list.index < list.paths.length - 1,
    goPrevious: () => go(-1),
    goNext: () => go(1),
  }
}
