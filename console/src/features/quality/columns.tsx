// Columns of tasks and results, shared by their lists.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import type { Column } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag, type Tone } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export type Task = OutputOf<'listQualityTasks'>['items'][number]
export const stateTone = (state: Task['state']): Tone => (state === 'concluded' ? 'ok' : state === 'unchecked' || state === 'withdrawn' ? 'calm' : state === 'pending' ? 'near' : 'primary')

export function Points({ task }: { task: Task }): ReactElement | null {
  if (task.points === null) return null
  return <span className="ms-row"><b className="ms-num">{task.points}</b>{task.grade ? <Tag tone={task.passed ? 'ok' : 'over'}>{task.grade}</Tag> : null}</span>
}

const flags = (task: Task): ReactElement => <>{task.highRisk ? <Tag tone="over">{t('highRisk')}</Tag> : null}{task.violation ? <Tag tone="over">{t('violation')}</Tag> : null}{task.abnormal ? <Tag tone="near">{t('abnormal')}</Tag> : null}</>

export const columnOf = {
  object: { key: 'label', title: t('col.object'), width: 280, wide: true, render: (row) => row.label, text: (row) => row.label },
  kind: { key: 'kind', title: t('col.kind'), width: 76, render: (row) => row.kindName },
  agent: { key: 'agent', title: t('col.agent'), width: 92, render: (row) => row.agentName },
  team: { key: 'team', title: t('col.team'), width: 92, render: (row) => row.teamName, hidden: true },
  unit: { key: 'unit', title: t('col.unit'), width: 150, render: (row) => row.unitName, hidden: true },
  plan: { key: 'plan', title: t('col.plan'), width: 130, render: (row) => row.planName },
  state: { key: 'state', title: t('col.state'), width: 96, render: (row) => <Tag tone={stateTone(row.state)}>{row.stateName}</Tag> },
  why: { key: 'why', title: t('col.why'), width: 110, render: (row) => <span className="ms-row">{row.reasonName}{row.highRisk && row.reason !== 'highRisk' ? <Tag tone="over">{t('highRisk')}</Tag> : null}</span> },
  machine: { key: 'machine', title: t('col.machine'), width: 58, align: 'end', render: (row) => row.machinePoints },
  human: { key: 'human', title: t('col.human'), width: 58, align: 'end', render: (row) => row.humanPoints },
  points: { key: 'points', title: t('col.points'), width: 110, render: (row) => <Points task={row} /> },
  marks: { key: 'marks', title: t('marks'), width: 116, render: (row) => <span className="ms-row">{flags(row)}</span> },
  inspector: { key: 'inspector', title: t('col.inspector'), width: 80, render: (row) => row.inspectorName },
  due: { key: 'due', title: t('col.due'), width: 112, render: (row) => (row.dueAt ? <span className={row.overdue ? 'ms-quality-over' : undefined}><Time iso={row.dueAt} />{row.overdue ? ' ◆' : ''}</span> : null) },
  at: { key: 'objectAt', title: t('col.at'), width: 112, render: (row) => <Time iso={row.objectAt} /> },
  concluded: { key: 'concludedAt', title: t('col.concluded'), width: 112, render: (row) => (row.concludedAt ? <Time iso={row.concludedAt} /> : null) },
  cause: { key: 'cause', title: t('col.cause'), width: 140, render: (row) => row.uncheckedName },
} satisfies Record<string, Column<Task>>

export const kinds = (['call', 'chat', 'order'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))
