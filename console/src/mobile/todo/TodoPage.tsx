// 待办: to sign, in hand, to approve; each split by time with the desktop's own figures.
import { Button, Empty, PullToRefresh, Skeleton, Trouble } from '@minsheng/portal/kit'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Page } from '../frame/Frame.tsx'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { useKept } from '../use-kept.ts'
import { Approvals, useApprovals } from './Approvals.tsx'
import { Attention } from './Attention.tsx'
import { TaskCard } from './TaskCard.tsx'

const tabs = ['toSign', 'handling', 'rejected', 'children', 'approve'] as const
type Tab = (typeof tabs)[number]
const timings = ['overdue', 'near', 'inTime'] as const
type Timing = (typeof timings)[number]
const shapes: Record<Timing, string> = { overdue: '◆', near: '▲', inTime: '●' }

export function TodoPage(): ReactElement {
  const session = useSession()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const handles = session.can('orders.handle')
  const tab: Tab = tabs.find((one) => one === search.get('tab')) ?? (handles ? 'toSign' : 'approve')
  const boardQuery = useQueryOf('unitBoard', {}, { refetchEvery: 60_000 })
  const board = useKept('board', boardQuery)
  const approvals = useApprovals()
  useTopic('orders.list', ['unitBoard', 'unitAssignments', 'listOrderRequests'])
  const count = (box: Tab): number => (box === 'approve' ? approvals.count : (board.data?.boxes.find((one) => one.box === box)?.total ?? 0))
  const refresh = () => Promise.all(['unitBoard', 'unitAssignments', 'listOrderRequests', 'listMyFlowTasks'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  return (
    <Page title={session.user.unitName} end={board.data ? <span className="k-hint k-num">{boardQuery.isFetching ? t('updating') : t('asOf', { at: when(board.data.at).slice(-5) })}</span> : null}>
      <Attention />
      <div className="m-tabs" role="tablist" aria-label={t('tab.label')}>
        {tabs.filter((one) => (one !== 'rejected' && one !== 'children') || one === tab || count(one) > 0).map((one) => (
          <button key={one} type="button" role="tab" aria-selected={one === tab} onClick={() => setSearch({ tab: one }, { replace: true })}>{t(`tab.${one}`)} <b className="k-num">{count(one)}</b></button>
        ))}
      </div>
      <PullToRefresh onRefresh={refresh}>
        {tab === 'approve' ? <Approvals lists={approvals} /> : <Tasks key={tab} box={tab} board={board.data} />}
      </PullToRefresh>
    </Page>
  )
}

type Rows = OutputOf<'unitAssignments'>

function Tasks({ box, board }: { box: Exclude<Tab, 'approve'>; board: OutputOf<'unitBoard'> | undefined }): ReactElement {
  const [search, setSearch] = useSearchParams()
  const timing = timings.find((one) => one === search.get('timing'))
  const split = board?.boxes.find((one) => one.box === box)
  const query = useInfiniteQuery<Rows, Problem>({
    queryKey: ['unitAssignments', 'paged', { box, timing }], initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => call('unitAssignments', { box, ...(timing ? { timing } : {}), limit: 30, ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}) }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const fresh = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data])
  const rows = useKept(`rows:${box}:${timing ?? ''}`, { data: fresh, error: query.error, fetchStatus: query.fetchStatus })
  const filters = [{ key: undefined, label: t('timing.all'), count: split?.total }, ...timings.map((key) => ({ key, label: `${shapes[key]} ${t(`timing.${key}`)}`, count: split?.split.find((one) => one.timing === key)?.count ?? 0 }))]
  return (
    <div className="k-stack">
      <div className="m-filters" role="group" aria-label={t('timing.label')}>
        {filters.map((one) => <button key={one.label} type="button" aria-pressed={one.key === timing} data-timing={one.key} onClick={() => setSearch({ tab: box, ...(one.key ? { timing: one.key } : {}) }, { replace: true })}>{one.label} <b className="k-num">{one.count ?? ''}</b></button>)}
      </div>
      {rows.keptAt ? <p className="k-hint">{t('keptAt', { at: when(rows.keptAt) })}</p> : null}
      {rows.data ? (rows.data.length === 0 ? <Empty kind={timing ? 'filter' : 'done'} title={timing ? t('empty.timing') : t(`empty.${box}`)} text={t('emptyHint')} /> : (
        <div className="k-list">{rows.data.map((row) => <TaskCard key={row.id} row={row} />)}</div>
      )) : query.error && query.fetchStatus !== 'paused' ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : query.fetchStatus === 'paused' ? <Empty kind="scope" title={t('notKept')} /> : <Skeleton lines={9} />}
      {query.hasNextPage ? <Button block busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('loadMore')}</Button> : null}
    </div>
  )
}
