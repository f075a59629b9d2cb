// What happened, newest first or oldest first, page by page.
import { Button, Card, Skeleton, Timeline, Trouble } from '@minsheng/portal/kit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { t } from '../texts.zh-CN.ts'
import { Files } from './Files.tsx'

export function OrderTimeline({ orderId }: { orderId: string }): ReactElement {
  const [sort, setSort] = useState<'desc' | 'asc'>('desc')
  const query = useInfiniteQuery<OutputOf<'orderTimeline'>, Problem>({
    queryKey: ['orderTimeline', { id: orderId, sort }], initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => call('orderTimeline', { id: orderId, order: sort, limit: 20, ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}) }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = query.data?.pages.flatMap((page) => page.items)
  return (
    <Card title={t('timeline')} extra={<Button tone="quiet" onClick={() => setSort(sort === 'desc' ? 'asc' : 'desc')}>{sort === 'desc' ? t('newest') : t('oldest')}</Button>}>
      {items ? (
        <Timeline items={items.map((one) => ({
          key: one.id, at: one.at, title: one.actName,
          children: (
            <>
              <span className="k-hint">{[one.unitName, one.actorName].filter(Boolean).join(' ')}</span>
              {one.hidden ? <p className="k-hint">{t('timelineHidden')}</p> : one.text ? <p className="k-pre">{one.text}</p> : null}
              <Files files={one.files} />
            </>
          ),
        }))} />
      ) : query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={5} />}
      {query.hasNextPage ? <Button block busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('loadMore')}</Button> : null}
    </Card>
  )
}
