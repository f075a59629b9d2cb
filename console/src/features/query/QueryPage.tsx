// 综合查询: any conditions combined, sorted, kept as views, exported (ORD-67).
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import type { InputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Filter, ListView } from '../../ui/list-types.ts'
import { orderColumns } from '../orders/columns.tsx'
import { OrderPreview } from '../orders/OrderPreview.tsx'
import type { OrderRow } from '../orders/order-types.ts'
import { ConditionBuilder } from './ConditionBuilder.tsx'
import { describe, isComplete, prune, readTree } from './tree.ts'
import type { Group } from './tree.ts'
import { t } from './texts.zh-CN.ts'

const columns = orderColumns.map(({ sort: _sort, ...column }) => {
  const sort = ({ clockDueAt: 'nextDueAt', registeredAt: 'registeredAt', closedAt: 'closedAt', number: 'number', urgeCount: 'urgeCount', returnCount: 'returnCount' } as Record<string, string>)[column.key]
  return sort ? { ...column, sort } : column
})

const view = (id: string, name: string, where: unknown, sort?: string): ListView => ({ id, name, filter: { where: [JSON.stringify(where)] }, ...(sort ? { sort } : {}) })
const views: ListView[] = [
  { id: 'all', name: '全部工单', filter: {} },
  view('old', '七天以上未办结', { all: [{ field: 'openDays', op: 'gte', value: 7 }] }, 'registeredAt'),
  view('returned', '退回两次以上', { all: [{ field: 'returnCount', op: 'gte', value: 2 }] }, '-returnCount'),
  view('urged', '多次催办未办结', { all: [{ field: 'urgeCount', op: 'gte', value: 2 }, { field: 'state', op: 'in', value: ['pendingDispatch', 'inProgress', 'pendingResultReview'] }] }, '-urgeCount'),
  view('redo', '近 30 天重办', { all: [{ field: 'round', op: 'gte', value: 2 }, { field: 'registeredAt', op: 'lastDays', value: 30 }] }),
]

export default function QueryPage(): ReactElement {
  const { can } = useSession()
  const known = useQueryOf('orderQueryFields', {}, { staleTime: 600_000 })
  const [params, setParams] = useSearchParams()
  const [editing, setEditing] = useState<Group | null>(null)
  const fields = useMemo(() => (known.data?.fields ?? []).filter((one) => !one.rulesOnly), [known.data])
  const current = (): Group => readTree(params.get('where') ?? views.find((one) => one.id === params.get('view'))?.filter.where?.[0])
  const filters = useMemo<Filter[]>(() => [{ key: 'where', label: t('conditions'), kind: 'text', words: (values) => describe(readTree(values[0]), fields) || '…', edit: () => setEditing(current()) }, { key: 'below', label: t('below'), kind: 'boolean' }],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `current` reads the address
    [fields, params])
  const apply = (tree: Group) => {
    const pruned = prune(tree)
    setParams((before) => {
      const next = new URLSearchParams(before)
      for (const name of ['cursor', 'row', 'where']) next.delete(name)
      if (pruned) next.set('where', JSON.stringify(pruned))
      else next.set('f', '')
      return next
    })
    setEditing(null)
  }
  return (
    <>
      <ListPage<OrderRow>
        page="query" title={t('title')} columns={columns} filters={filters} views={views} noSearch rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <OrderPreview key={row.id} order={row} />} defaultSort="-registeredAt" topic="orders.list"
        load={(query, signal) => call('queryOrders', query as InputOf<'queryOrders'>, { signal })} countOf={async (filter, signal) => (await call('queryOrders', { ...(filter.where?.[0] ? { where: filter.where[0] } : {}), ...(filter.below?.[0] ? { below: filter.below[0] } : {}), limit: 1 } as InputOf<'queryOrders'>, { signal })).count}
        exportable={can('orders.export')} acts={<Button type="primary" icon={<Icon name="filter" size={14} />} onClick={() => setEditing(current())}>{t('edit')}</Button>} empty={{ text: t('none'), hint: t('noneHint') }}
      />
      <Drawer open={editing !== null} onClose={() => setEditing(null)} size={860} title={t('edit')} destroyOnHidden
        footer={editing ? <div className="ms-row"><Button onClick={() => setEditing({ all: [] })}>{t('clear')}</Button><span className="ms-grow" />{isComplete(editing) ? null : <span className="ms-hint" role="status">{t('incomplete')}</span>}<Button type="primary" disabled={!isComplete(editing)} onClick={() => apply(editing)}>{t('apply')}</Button></div> : null}>
        {editing ? <div className="ms-stack"><ConditionBuilder fields={fields} value={editing} onChange={setEditing} />{prune(editing) ? <p className="ms-hint">{describe(editing, fields)}</p> : <p className="ms-hint">{t('empty')}</p>}</div> : null}
      </Drawer>
    </>
  )
}
