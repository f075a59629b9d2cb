// A supervision task on the phone: what is asked until when, every step, and the unit's answer (SUP-18).
import { Button, Card, ClockChip, Empty, LinkButton, Rows, say, Skeleton, Tag, Timeline, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { useParams } from 'react-router'
import { useCommand, useQueryOf } from '../api/queries.ts'
import { actPath } from './acts/act-names.ts'
import { Page } from './frame/Frame.tsx'
import { Files } from './order/Files.tsx'
import { t } from './texts.zh-CN.ts'
import { when } from './time.ts'

export default function TaskPage(): ReactElement {
  const { id = '' } = useParams()
  const query = useQueryOf('showSupervisionTask', { id })
  const acknowledge = useCommand('acknowledgeSupervisionTask', { invalidates: ['showSupervisionTask', 'listSupervisionTasks'], onDone: () => say(t('form.done', { act: t('task.acknowledge') })) })
  const task = query.data
  if (!task) return <Page title={t('watch.tasks')} back="/m">{query.error?.status === 404 ? <Empty kind="scope" title={t('task.missing')} /> : query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={8} />}</Page>
  const bar = task.mayReply ? (
    <div className="m-bar">
      <div className="m-bar-act"><LinkButton to={actPath(task.number, 'replyTask', { target: id })} tone="primary" block>{t('act.replyTask')}</LinkButton></div>
      <div className="m-bar-act"><LinkButton to={actPath(task.number, 'progressTask', { target: id })} block>{t('act.progressTask')}</LinkButton></div>
    </div>
  ) : undefined
  return (
    <Page title={t('watch.tasks')} back="/m" end={<Tag tone={task.overdue ? 'over' : task.state === 'open' ? 'near' : 'plain'}>{task.stateName}</Tag>} bar={bar}>
      <div className="k-stack">
        <h2>{task.title}</h2>
        {task.state === 'open' ? <ClockChip name={t('task.due')} state="running" dueAt={task.replyDueAt} /> : null}
        <Card title={t('task.demand')} tone="soft">
          <p className="k-pre">{task.demand}</p>
          {task.description ? <p className="k-pre">{task.description}</p> : null}
          {task.opinion ? <p className="k-pre">{task.opinion}</p> : null}
          {task.mayReply && task.acknowledgedAt === null ? <Button block busy={acknowledge.isPending} onClick={() => acknowledge.mutate({ id })}>{t('task.acknowledge')}</Button> : null}
          {acknowledge.error ? <Trouble problem={acknowledge.error} /> : null}
        </Card>
        <Card title={t('facts')}>
          <Rows rows={[
            { label: t('unit'), value: task.unitName }, { label: t('task.cause'), value: task.ruleName }, { label: t('task.level'), value: task.levelName },
            ...(task.supervisorName ? [{ label: t('task.supervisor'), value: task.supervisorName }] : []), { label: t('task.due'), value: when(task.replyDueAt) },
          ]} />
        </Card>
        <Card title={t('task.orders')}>{task.orders.map((one) => <LinkButton key={one.id} to={`/m/orders/${one.number}`} block>{one.title}</LinkButton>)}</Card>
        <Card title={t('timeline')}>
          <Timeline items={task.steps.map((one) => ({ key: one.id, at: one.at, title: one.nodeName, children: <><span className="k-hint">{[one.unitName, one.actorName].filter(Boolean).join(' ')}</span>{one.content ? <p className="k-pre">{one.content}</p> : null}<Files files={one.files} /></> }))} />
        </Card>
      </div>
    </Page>
  )
}
