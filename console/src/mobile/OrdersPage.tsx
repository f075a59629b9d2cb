// 工单: search by number or words, lists behind figures, and what this device keeps.
import { Button, ClockChip, Empty, Icon, Item, Skeleton, Tag, Trouble } from '@minsheng/portal/kit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { request } from '../api/http.ts'
import type { OutputOf } from '../api/call.ts'
import type { Problem } from '../api/problem.ts'
import { Page } from './frame/Frame.tsx'
import { keptIndex } from './kept.ts'
import { t } from './texts.zh-CN.ts'
import { when } from './time.ts'
import { useOnline } from './use-kept.ts'

type Orders = OutputOf<'listOrders'>
/** Filters that figures hand over; everything else of the address is not for the server. */
const filters = ['state', 'overdue', 'dueWithinHours', 'registeredFrom', 'closedFrom', 'urgency', 'unitId']

export default function OrdersPage(): ReactElement {
  const online = useOnline()
  const [search, setSearch] = useSearchParams()
  const q = search.get('q') ?? ''
  const [typed, setTyped] = useState(q)
  const name = search.get('name')
  const input: Record<string, string> = Object.fromEntries(filters.flatMap((key) => { const value = search.get(key); return value ? [[key, value]] : [] }))
  // numbers begin with a digit and hold no Chinese; all else are words
  if (q) Object.assign(input, /^[0-9][0-9A-Za-z-]{3,39}$/.test(q) ? { number: q } : { text: q })
  const query = useInfiniteQuery<Orders, Problem>({
    queryKey: ['listOrders', 'paged', input], initialPageParam: undefined, enabled: online,
    queryFn: ({ pageParam, signal }) => request<Orders>('GET', '/api/orders', { ...input, limit: 30, ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}) }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  const count = query.data?.pages[0]?.count
  const send = (event: FormEvent) => {
    event.preventDefault()
    setSearch(typed.trim() ? { q: typed.trim() } : {}, { replace: true })
  }
  const clear = () => { setTyped(''); setSearch({}, { replace: true }) }
  return (
    <Page title={name ?? t('orders')} end={count ? <span className="k-hint k-num">{t(count.capped ? 'countMore' : 'count', { n: count.value })}</span> : null}>
      <div className="k-stack">
        <form className="m-search" role="search" onSubmit={send}>
          <input className="k-input" type="search" enterKeyHint="search" aria-label={t('search')} placeholder={t('search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
          <Button type="submit" tone="soft" aria-label={t('searchDo')}><Icon name="search" /></Button>
        </form>
        {name ? <p className="k-line" data-spread><span className="k-hint">{t('filtered', { name })}</span><Button tone="quiet" onClick={clear}>{t('ordersClear')}</Button></p> : null}
        {!online ? <Kept /> : rows ? (rows.length === 0 ? <Empty kind="filter" title={t('ordersNone')} text={t('ordersNoneHint')}><Button onClick={clear}>{t('ordersClear')}</Button></Empty> : (
          <div className="k-list">
            {rows.map((row) => (
              <Item key={row.id} to={`/m/orders/${row.number}`} title={<span className="m-two">{row.title}</span>} meta={[<bdi key="n" className="k-code">{row.number}</bdi>, row.leadUnitName, row.address ?? row.areaName]}>
                <span className="k-line" data-spread>
                  {row.nextClock ? <ClockChip name={row.nextClock.name} state={row.nextClock.paused ? 'paused' : 'running'} dueAt={row.nextClock.dueAt} /> : <span className="k-hint">{when(row.closedAt ?? row.registeredAt)}</span>}
                  <span className="k-line">{row.urgency === 'normal' ? null : <Tag tone={row.urgency === 'urgent' ? 'near' : 'over'}>{row.urgencyName}</Tag>}<Tag>{row.stateName}</Tag></span>
                </span>
              </Item>
            ))}
          </div>
        )) : query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={9} />}
        {query.hasNextPage ? <Button block busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('loadMore')}</Button> : null}
      </div>
    </Page>
  )
}

function Kept(): ReactElement {
  const list = keptIndex()
  if (list.length === 0) return <Empty kind="scope" title={t('notKept')} />
  return (
    <section className="k-list">
      <h2 className="m-group">{t('recent')} <b>{list.length}</b></h2>
      {list.map((one) => <Item key={one.number} to={`/m/orders/${one.number}`} title={one.title} end={<Tag>{one.stateName}</Tag>} meta={[<bdi key="n" className="k-code">{one.number}</bdi>, one.place, t('keptAt', { at: when(one.at) })]} />)}
    </section>
  )
}
