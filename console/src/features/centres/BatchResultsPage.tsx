// 批量办结审核: eligible results accepted in one act, ticked or by the whole query; what failed is listed with its reason (ORD-56).
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { BatchReport } from '../../ui/BatchReport.tsx'
import type { BatchResult } from '../../ui/BatchReport.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { ListQuery, Selection } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { orderColumns } from '../orders/columns.tsx'
import { useOrderFilters } from '../orders/filters.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import { OrderPreview } from '../orders/OrderPreview.tsx'
import type { OrderRow } from '../orders/order-types.ts'
import { searchTo } from '../orders/search-to.ts'
import { t } from './texts.zh-CN.ts'

const fixed = { state: ['pendingResultReview'], own: ['true'] }
const load = (query: ListQuery, signal?: AbortSignal) => call('listOrders', { ...query, state: 'pendingResultReview', own: 'true' } as never, { signal }) // the engine's query is the API's

export default function BatchResultsPage(): ReactElement {
  const filters = useOrderFilters().filter((one) => one.key !== 'state')
  const [result, setResult] = useState<BatchResult | null>(null)
  const refresh = useRefreshOrders()
  const pass = async (selection: Selection<OrderRow>) => {
    const n = selection.all ? Math.min(selection.count, 200) : selection.ids.length
    if (!(await confirm({ title: t('b.title', { n }), text: t('b.text'), verb: t('b.verb', { n }) }))) return
    try {
      const filter = selection.all ? Object.fromEntries([...Object.entries(selection.filter).map(([key, values]) => [key, values.join(',')]), ...Object.entries(searchTo(selection.q)).map(([key, values]) => [key, values.join(',')])]) : undefined
      setResult(await call('batchReviewResult', { ...(filter ? { filter } : {}), ...(selection.all ? {} : { ids: selection.ids }), opinion: '', tellRequester: true }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await refresh()
  }
  return (
    <>
      <ListPage<OrderRow> page="orders.batchResults" title={t('batchResults')} columns={orderColumns} filters={filters} fixed={fixed} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <OrderPreview key={row.id} order={row} />}
        views={[]} searchHint={t('b.search')} searchTo={searchTo} defaultSort="nearestClock" topic="orders.list" empty={{ text: t('b.none'), hint: t('b.noneHint') }}
        bulkActs={[{ id: 'pass', label: t('b.pass'), wholeResult: true, run: (selection) => void pass(selection) }]} />
      {result ? <BatchReport title={t('b.report')} result={result} onClose={() => setResult(null)} /> : null}
    </>
  )
}
