// 关注事项: one's own followed orders, and those that leaders follow.
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { StateTag } from '../../ui/Tags.tsx'
import { words } from '../orders/acts/form-values.ts'
import { form } from './fields.ts'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

type Row = OutputOf<'listFocus'>['items'][number]
const load = reads<Row>('/api/supervision/focus')
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 260, wide: true, render: (row) => row.title },
  { key: 'state', title: t('col.orderState'), width: 120, render: (row) => <StateTag state={row.state} /> },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'user', title: w('follow'), width: 110, render: (row) => row.userName },
  { key: 'due', title: t('col.nextDue'), width: 112, render: (row) => <Time iso={row.nextDueAt} /> },
  { key: 'since', title: w('since'), width: 112, render: (row) => <Time iso={row.createdAt} /> },
]

export default function FocusPage(): ReactElement {
  const { user, can } = useSession()
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const filters = useMemo((): Filter[] => [{ key: 'list', label: w('focus'), kind: 'select', options: [{ value: 'mine', label: w('myFocus') }, { value: 'leaders', label: w('leaders') }] }], [])
  const views = useMemo((): ListView[] => [{ id: 'mine', name: w('myFocus'), filter: { list: ['mine'] } }, { id: 'leaders', name: w('leaders'), filter: { list: ['leaders'] } }], [])
  const again = () => Promise.all(['list', 'viewCount'].map((key) => client.invalidateQueries({ queryKey: [key] })))
  const drop = (row: Row) => void call('unfollowOrder', { id: row.orderId }).then(again).then(() => say(w('done', { act: w('unfollow') })), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <>
      <ListPage<Row> page="supervisionFocus" noSearch title={w('focus')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => `${row.orderId}${row.userName}`} open={(row) => `/orders/${row.number}?tab=supervising`} topic="orders.list" empty={{ text: w('noFocus'), hint: w('noFocusHint') }} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        acts={can('supervision.read') ? <Button type="primary" onClick={() => setAdding(true)}>{w('addFocus')}</Button> : null}
        rowActs={(row) => (row.userName === user.name ? [{ id: 'unfollow', label: w('unfollow'), run: () => drop(row) }] : [])} />
      {adding ? (
        <ActDrawer open onClose={() => setAdding(false)} title={w('addFocus')} submitLabel={w('follow')} draftKey="focus:new" schema={form({ number: { type: 'string', title: t('col.number'), maxLength: 40 } }, ['number'])}
          submit={async (v) => {
            const order = await call('getOrderByNumber', { number: words(v, 'number').trim() })
            await call('followOrder', { id: order.id })
            setAdding(false)
            await again()
          }} />
      ) : null}
    </>
  )
}
