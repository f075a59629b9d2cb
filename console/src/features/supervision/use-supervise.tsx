// 督办 of chosen rows of a list: the act for the list, and its drawer beside it.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSession } from '../../app/session.tsx'
import type { BulkAct } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { SuperviseDrawer } from './SuperviseDrawer.tsx'
import type { Supervised } from './SuperviseDrawer.tsx'
import { w } from './words.zh-CN.ts'

export function useSupervise<T>(orderOf: (row: T) => Supervised): { bulkActs: BulkAct<T>[]; drawer: ReactElement | null } {
  const { can } = useSession()
  const [orders, setOrders] = useState<Supervised[] | null>(null)
  const bulkActs: BulkAct<T>[] = can('supervision.manage') ? [{ id: 'supervise', label: w('supervise'), run: (selection) => (selection.all ? say(w('noOrders'), 'over') : setOrders([...new Map(selection.rows.map((row) => [orderOf(row).id, orderOf(row)])).values()])) }] : []
  return { bulkActs, drawer: orders && orders.length > 0 ? <SuperviseDrawer orders={orders} onClose={() => setOrders(null)} /> : null }
}
