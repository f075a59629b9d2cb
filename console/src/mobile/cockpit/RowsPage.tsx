// The orders behind a number of the cockpit, newest first.
import { Button, Empty, Item, Skeleton, Tag, Trouble } from '@minsheng/portal/kit'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { Page } from '../frame/Frame.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'

type Rows = OutputOf<'figureRows'>

export default function RowsPage(): ReactElement {
  const [search] = useSearchParams()
  const keys = search.getAll('key').map((one) => { const [dimension = '', ...key] = one.split(':'); return { dimension, key: key.join(':') || null } })
  const words = search.getAll('word')
  const input = { indicator: search.get('indicator') ?? '', from: search.get('from') ?? '', to: search.get('to') ?? '', keys, where: words.length > 0 ? [{ dimension: 'words', values: words }] : [], limit: 30 }
  const query = useInfiniteQuery<Rows, Problem>({
    queryKey: ['figureRows', 'paged', input], initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => call('figureRows', { ...input, ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}) }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <Page title={search.get('name') ?? t('orders')} back="/m/cockpit">
      <div className="k-stack">
        <p className="k-hint">{input.from === input.to ? input.from : `${input.from} – ${input.to}`}</p>
        {rows ? (rows.length === 0 ? <Empty kind="filter" title={t('cockpit.rowsNone')} /> : (
          <div className="k-list">
            {rows.map((row) => <Item key={row.rowId} {...(query.data?.pages[0]?.object === 'order' ? { to: `/m/orders/${row.number}` } : {})} title={<span className="m-two">{row.title}</span>} meta={[<bdi key="n" className="k-code">{row.number}</bdi>, row.unitName]}><span className="k-line" data-spread><span className="k-hint">{when(row.registeredAt)}</span><Tag>{row.stateName}</Tag></span></Item>)}
          </div>
        )) : query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={9} />}
        {query.hasNextPage ? <Button block busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('loadMore')}</Button> : null}
      </div>
    </Page>
  )
}
