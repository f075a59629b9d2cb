// 工单列表: views, conditions, preview, acts of a row (ux.md §3.3).
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useSession } from '../../app/session.tsx'
import type { FilterValues, ListQuery } from '../../ui/ListPage.tsx'
import type { BulkAct, Selection } from '../../ui/list-types.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { BulkLabels } from '../labels/BulkLabels.tsx'
import { BulkAct as GatherOrders } from '../sets/BulkActs.tsx'
import { useSupervise } from '../supervision/use-supervise.tsx'
import { OrderAct } from './acts/order-acts.tsx'
import { orderColumns } from './columns.tsx'
import { useOrderFilters, useOrderViews } from './filters.ts'
import { OrderPreview } from './OrderPreview.tsx'
import type { OrderRow } from './order-types.ts'
import { searchTo } from './search-to.ts'
import { t } from './texts.zh-CN.ts'

export const loadOrders = (query: ListQuery, signal: AbortSignal) => call('listOrders', listInput(query), { signal })

/** The engine's query in the API's types: one value or several come as text or list, both are joined by commas on the way. */
function listInput(query: ListQuery): { limit: number } {
  return query
}

const countOrders = async (filter: FilterValues, signal: AbortSignal) => (await call('listOrders', listInput({ ...filter, limit: 1 }), { signal })).count

const rowActNames: Record<string, string> = {
  passReview: t('act.passReview'), returnToAgent: t('act.returnToAgent'), answer: t('act.answer'), dispatch: t('act.dispatch'), transfer: t('act.transfer'), recall: t('act.recall'), acceptResult: t('act.reviewResult'), withdraw: t('act.withdraw'),
  supplement: t('act.supplement'), urge: t('act.urge'),
}

export default function OrdersPage(): ReactElement {
  const { can } = useSession()
  const filters = useOrderFilters()
  const views = useOrderViews()
  const supervise = useSupervise<OrderRow>((row) => ({ id: row.id, number: row.number, title: row.title }))
  const [labelled, setLabelled] = useState<string[] | null>(null)
  const [bulk, setBulk] = useState<{ kind: 'set' | 'merge'; rows: OrderRow[] } | null>(null)
  const gather = (kind: 'set' | 'merge') => (selection: Selection<OrderRow>) => {
    if (selection.all) return say(t('bulk.pick'), 'over')
    if (kind === 'merge' && selection.rows.length < 2) return say(t('bulk.two'), 'over')
    setBulk({ kind, rows: selection.rows })
  }
  const bulkActs: BulkAct<OrderRow>[] = [
    ...(can('orders.label') ? [{ id: 'label', label: t('bulk.label'), run: (selection: Selection<OrderRow>) => (selection.all ? say(t('bulk.pick'), 'over') : setLabelled(selection.ids)) }] : []),
    ...(can('orders.manageSets') ? [{ id: 'set', label: t('bulk.set'), run: gather('set') }] : []),
    ...(can('orders.merge') ? [{ id: 'merge', label: t('bulk.merge'), run: gather('merge') }] : []),
    ...supervise.bulkActs,
  ]
  const [act, setAct] = useState<{ row: OrderRow; act: string } | null>(null)
  return (
    <>
      <ListPage<OrderRow>
        page="orders" title={t('orders')} columns={orderColumns} filters={filters} load={loadOrders} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <OrderPreview key={row.id} order={row} />}
        views={views} countOf={countOrders} searchHint={t('searchHint')} searchTo={searchTo} defaultSort="nearestClock" topic="orders.list" exportable={can('orders.export')} help="orders"
        rowActs={(row) => row.acts.flatMap((name) => (rowActNames[name] ? [{ id: name, label: rowActNames[name], danger: name === 'withdraw', run: () => setAct({ row, act: name }) }] : []))}
        bulkActs={bulkActs}
        empty={{ text: t('none'), hint: t('noneHint') }}
      />
      {supervise.drawer}
      {labelled ? <BulkLabels orderIds={labelled} onClose={() => setLabelled(null)} /> : null}
      {bulk ? <GatherOrders kind={bulk.kind} rows={bulk.rows} onClose={() => setBulk(null)} onDone={() => setBulk(null)} /> : null}
      {act ? <OrderAct key={`${act.row.id}${act.act}`} act={act.act} order={act.row} onClose={() => setAct(null)} switchTo={(name) => setAct({ ...act, act: name })} /> : null}
    </>
  )
}
