// Supervision tasks: who owes which answer until when.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { areaLoader, unitLoader } from '../orders/pickers.ts'
import { useSession } from '../../app/session.tsx'
import { NewTask } from './NewTask.tsx'
import { reads } from '../../ui/reads.ts'
import type { TaskRow } from './lists.ts'
import { b } from './board-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

const tones: Record<TaskRow['state'], Tone> = { open: 'near', replied: 'primary', closed: 'ok' }

export function TaskState({ task }: { task: Pick<TaskRow, 'state' | 'stateName' | 'overdue' | 'late' | 'voided'> }): ReactElement {
  return <><Tag tone={task.voided ? 'calm' : task.overdue ? 'over' : tones[task.state]}>{task.voided ? w('void') : task.overdue ? t('task.overdue') : task.stateName}</Tag>{task.late && !task.overdue ? <> <Tag tone="over">{t('task.late')}</Tag></> : null}</>
}

const columns: Column<TaskRow>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'state', title: t('col.state'), width: 110, render: (row) => <TaskState task={row} /> },
  { key: 'left', title: t('col.replyDue'), width: 140, render: (row) => (row.state === 'open' ? <ClockChip plain clock={{ state: 'running', dueAt: row.replyDueAt }} /> : <Time iso={row.replyDueAt} />) },
  { key: 'title', title: t('col.title'), width: 200, wide: true, render: (row) => <>{row.title}{row.moreOrders > 0 ? <span className="ms-hint"> {w('moreOrders', { n: row.moreOrders + 1 })}</span> : null}</>, text: (row) => row.title },
  { key: 'unit', title: t('col.unit'), width: 150, render: (row) => row.unitName },
  { key: 'cause', title: t('col.cause'), width: 100, render: (row) => row.ruleName },
  { key: 'level', title: t('col.level'), width: 70, render: (row) => <Tag tone={row.raisedCount > 0 ? 'over' : 'calm'}>{row.levelName}</Tag> },
  { key: 'supervisor', title: w('supervisorCol'), width: 90, render: (row) => row.supervisorName ?? <Tag tone="near">{w('pool')}</Tag> },
  { key: 'source', title: w('source'), width: 100, render: (row) => row.sourceName, hidden: true },
  { key: 'evaluation', title: w('evaluation'), width: 80, render: (row) => row.evaluationName, hidden: true },
  { key: 'demand', title: t('col.demand'), width: 220, render: (row) => row.demand, hidden: true },
  { key: 'opened', title: t('col.opened'), width: 104, render: (row) => <Time iso={row.openedAt} />, hidden: true },
  { key: 'firstReply', title: t('col.firstReply'), width: 112, render: (row) => <Time iso={row.firstReplyAt} />, hidden: true },
  { key: 'closed', title: t('col.closed'), width: 112, render: (row) => <Time iso={row.closedAt} />, hidden: true },
]
const load = reads<TaskRow>('/api/supervision/tasks')
const states = ['open', 'replied', 'closed'] as const

export default function TasksPage(): ReactElement {
  const { can } = useSession()
  const filters = useMemo((): Filter[] => [
    { key: 'state', label: t('col.state'), kind: 'multi', options: states.map((value) => ({ value, label: t(`task.${value}`) })) },
    { key: 'overdue', label: t('filter.overdue'), kind: 'boolean' },
    { key: 'source', label: w('source'), kind: 'select', options: (['auto', 'manual', 'instruction', 'warning'] as const).map((value) => ({ value, label: w(value) })) },
    { key: 'level', label: w('level'), kind: 'select', options: ['1', '2', '3'].map((value, i) => ({ value, label: w('levelN', { n: i + 1 }) })) },
    { key: 'opened', label: w('period'), kind: 'dates', keys: ['from', 'to'] },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' }, { key: 'areaCode', label: b('area'), kind: 'pick', loader: areaLoader }, { key: 'areaOnly', label: b('other'), kind: 'boolean' },
  ], [])
  const views = useMemo((): ListView[] => [
    { id: 'open', name: t('task.open'), filter: { state: ['open'] } },
    { id: 'overdue', name: t('view.overdueTasks'), filter: { overdue: ['true'] } },
    { id: 'replied', name: t('task.replied'), filter: { state: ['replied'] } },
    { id: 'mine', name: w('mine'), filter: { supervisor: ['mine'], state: ['open', 'replied'] } },
    ...(can('supervision.assign') ? [{ id: 'pool', name: w('pool'), filter: { supervisor: ['none'] } }] : []),
    { id: 'closed', name: t('task.closed'), filter: { state: ['closed'] } },
  ], [can])
  return <ListPage<TaskRow> page="supervisionTasks" noSearch exportable title={t('tasks')} acts={can('supervision.manage') ? <NewTask /> : null} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/supervision/tasks/${row.id}`} topic="supervision.board"
    countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} empty={{ text: t('none.tasks') }} />
}
