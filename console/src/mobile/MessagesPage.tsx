// 消息: newest first; opening one marks it read and leads to its order.
import { Button, Empty, PullToRefresh, say, Skeleton, Tag, Trouble } from '@minsheng/portal/kit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../api/call.ts'
import type { OutputOf } from '../api/call.ts'
import type { Problem } from '../api/problem.ts'
import { useCommand } from '../api/queries.ts'
import { Page } from './frame/Frame.tsx'
import { phoneLink } from './links.ts'
import { t } from './texts.zh-CN.ts'
import { when } from './time.ts'
import { useKept } from './use-kept.ts'

type Messages = OutputOf<'listMessages'>
type Message = Messages['items'][number]

export default function MessagesPage(): ReactElement {
  const navigate = useNavigate()
  const query = useInfiniteQuery<Messages, Problem>({
    queryKey: ['listMessages', 'paged'], initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => call('listMessages', { limit: 30, ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}) }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const read = useCommand('readMessages', { invalidates: ['listMessages', 'countUnreadMessages'] })
  const readAll = useCommand('readAllMessages', { invalidates: ['listMessages', 'countUnreadMessages'] })
  const fresh = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data])
  const list = useKept<Message[]>('messages', { data: fresh, error: query.error, fetchStatus: query.fetchStatus })
  const open = (one: Message) => {
    if (!one.readAt) read.mutate({ ids: [one.id] })
    const to = phoneLink(one.link)
    if (to) void navigate(to)
    else if (one.link) say(t('messageDesktop'))
  }
  return (
    <Page title={t('messages')} end={list.data?.some((one) => !one.readAt) ? <Button tone="quiet" busy={readAll.isPending} onClick={() => readAll.mutate({})}>{t('readAll')}</Button> : null}>
      <PullToRefresh onRefresh={() => query.refetch()}>
        {list.data ? (list.data.length === 0 ? <Empty kind="done" title={t('messagesNone')} text={t('messagesNoneHint')} /> : (
          <div className="k-list">
            {list.data.map((one) => (
              <button key={one.id} type="button" className="k-item m-message" data-unread={one.readAt === null || undefined} onClick={() => open(one)}>
                <span className="k-line" data-spread><Tag tone={one.level === 'P1' || one.level === 'P2' ? 'near' : 'plain'}>{one.typeName}</Tag><span className="k-hint">{one.readAt ? null : <b className="m-dot">{t('unread')} </b>}{when(one.at)}</span></span>
                {one.recalledAt ? <span className="k-item-title"><del>{one.title}</del> <span className="k-hint">{t('recalled')}</span></span> : <span className="k-item-title">{one.title}{one.repeats > 1 ? ` ×${one.repeats}` : ''}</span>}
                {one.text ? <span className="k-hint m-two">{one.text}</span> : null}
              </button>
            ))}
          </div>
        )) : query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={9} />}
        {query.hasNextPage ? <Button block busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('loadMore')}</Button> : null}
      </PullToRefresh>
    </Page>
  )
}
