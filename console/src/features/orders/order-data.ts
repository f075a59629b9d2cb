// Reading orders, and what is out of date after an act.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import type { Problem } from '../../api/problem.ts'
import type { OrderDetail, OrderRef } from './order-types.ts'

export const fetchOrder = (id: string, signal?: AbortSignal): Promise<OrderDetail> => call('getOrder', { id }, { signal })

export function isDetail(order: OrderRef): order is OrderDetail {
  return 'assignments' in order && 'version' in order && 'acts' in order
}

/** The whole order behind a row; an order that is already whole is taken as it stands. */
export function useOrder(order: OrderRef | undefined): { data: OrderDetail | undefined; error: Problem | null } {
  const whole = order && isDetail(order) ? order : undefined
  const read = useQuery<OrderDetail, Problem>({ queryKey: ['getOrder', { id: order?.id }], queryFn: ({ signal }) => fetchOrder(order?.id ?? '', signal), enabled: order !== undefined && whole === undefined })
  return whole ? { data: whole, error: null } : { data: read.data, error: read.error }
}

/** The order page's reading: it changes only when the reader asks, so that an open form is never touched. */
export function useOrderByNumber(number: string): UseQueryResult<OrderDetail, Problem> {
  return useQuery<OrderDetail, Problem>({ queryKey: ['getOrderByNumber', { number }], queryFn: ({ signal }) => call('getOrderByNumber', { number }, { signal }), staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false })
}

/** The newest entries, shared by the timeline and the bars that quote it. */
export const useTimeline = (id: string) => useQueryOf('orderTimeline', { id, limit: 200 }, { staleTime: 60_000 })

const staleAfterAct = [
  'getOrder', 'getOrderByNumber', 'orderTimeline', 'listOrders', 'orderCounts', 'unitBoard', 'unitAssignments', 'listOrderRequests', 'dispatchOptions', 'orderUrges', 'orderCards', 'orderProfile', 'orderKeyMarks', 'ownQueues', 'home', 'homeCounts', 'list', 'viewCount',
]

/** Marks everything that shows orders as out of date; call it after an act of one's own. */
export function useRefreshOrders(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await Promise.all(staleAfterAct.map((name) => client.invalidateQueries({ queryKey: [name] })))
  }
}
