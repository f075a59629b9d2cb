// What waits for a decision: feedback of the own unit and of units below, returns, steps of approvals. Counts as on the desktop.
import { Card, ClockChip, Empty, Skeleton, Tag, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { actPath } from '../acts/act-names.ts'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { TaskCard } from './TaskCard.tsx'

const LIMIT = 100
type List<T> = { data: { items: T[]; count: { value: number } } | undefined; error: Problem | null }
type Lists = { own: List<OutputOf<'unitAssignments'>['items'][number]>; below: List<OutputOf<'unitAssignments'>['items'][number]>; returns: List<OutputOf<'listOrderRequests'>['items'][number]>; flow: List<OutputOf<'listMyFlowTasks'>['items'][number]>; count: number }

const nothing = { data: { items: [], count: { value: 0 } }, error: null }

export function useApprovals(): Lists {
  // what the own unit reports is decided by its leader only; handlers decide on units below
  const leads = useSession().can('orders.approve')
  const own = useQueryOf('unitAssignments', { box: 'toApprove', limit: LIMIT }, { refetchEvery: 60_000, enabled: leads })
  const below = useQueryOf('unitAssignments', { box: 'toAccept', limit: LIMIT }, { refetchEvery: 60_000 })
  const returns = useQueryOf('listOrderRequests', { kind: 'return', mine: 'true', limit: LIMIT }, { refetchEvery: 60_000 })
  const flow = useQueryOf('listMyFlowTasks', { limit: LIMIT }, { refetchEvery: 60_000 })
  const all = { own: leads ? own : nothing, below, returns, flow }
  return { ...all, count: Object.values(all).reduce((sum, one) => sum + (one.data?.count.value ?? 0), 0) }
}

export function Approvals({ lists }: { lists: Lists }): ReactElement {
  const { own, below, returns, flow } = lists
  const failed = [own, below, returns, flow].find((one) => one.error)?.error
  if (failed && lists.count === 0) return <Trouble problem={failed} />
  if (![own, below, returns, flow].every((one) => one.data)) return <Skeleton lines={9} />
  if (lists.count === 0) return <Empty kind="done" title={t('empty.approve')} text={t('emptyHint')} />
  return (
    <div className="k-stack">
      <Group title={t('approve.feedback')} list={own}>{own.data?.items.map((row) => <TaskCard key={row.id} row={row} />)}</Group>
      <Group title={t('approve.below')} list={below}>{below.data?.items.map((row) => <TaskCard key={row.id} row={row} />)}</Group>
      <Group title={t('approve.return')} list={returns}>
        {returns.data?.items.map((one) => (
          <Link key={one.id} className="k-item" to={actPath(one.number, 'decideReturn', { request: one.id })}>
            <span className="k-line" data-spread>{one.dueAt ? <ClockChip dueAt={one.dueAt} /> : <span />}{one.reasonClass ? <Tag tone="primary">{one.reasonClass}</Tag> : null}</span>
            <span className="k-item-title m-two">{one.title}</span>
            <span className="m-two">{one.reason}</span>
            <span className="k-item-meta"><span>{t('approve.applied', { unit: one.unitName, name: one.applicantName })}</span><span>{when(one.createdAt)}</span></span>
          </Link>
        ))}
      </Group>
      <Group title={t('approve.flow')} list={flow}>
        {flow.data?.items.map((task) => {
          const number = /^\/orders\/([\w-]+)$/.exec(task.link ?? '')?.[1]
          return number ? (
            <Link key={task.id} className="k-item" to={actPath(number, 'decideFlow', { flow: task.instanceId })}>
              <span className="k-line" data-spread>{task.dueAt ? <ClockChip dueAt={task.dueAt} /> : <span className="k-hint">{when(task.at)}</span>}<Tag>{task.nodeName}</Tag></span>
              <span className="k-item-title m-two">{task.title}</span>
              <span className="k-item-meta"><span>{t('approve.applied', { unit: task.unitName ?? '', name: task.applicantName })}</span><span>{when(task.at)}</span></span>
            </Link>
          ) : <div key={task.id} className="k-item"><span className="k-item-title">{task.title}</span><span className="k-hint">{t('messageDesktop')}</span></div>
        })}
      </Group>
    </div>
  )
}

function Group({ title, list, children }: { title: string; list: List<unknown>; children: ReactElement[] | undefined }): ReactElement | null {
  const total = list.data?.count.value ?? 0
  if (total === 0) return null
  return (
    <section className="k-stack" data-gap="small">
      <h2 className="m-group">{title} <b className="k-num">{total}</b></h2>
      <div className="k-list">{children}</div>
      {total > LIMIT ? <Card><p className="k-hint">{t('approve.only', { n: total - LIMIT })}</p></Card> : null}
    </section>
  )
}
