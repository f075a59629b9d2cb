// One supervision task: what is asked, what was answered, and closing it or sending it back.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { fileIds, words } from '../orders/acts/form-values.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import type { Task } from './lists.ts'
import { TaskState } from './TasksPage.tsx'
import { t } from './texts.zh-CN.ts'

export default function TaskPage(): ReactElement {
  const { id = '' } = useParams()
  const task = useQueryOf('showSupervisionTask', { id })
  useTopic('supervision.board', ['showSupervisionTask'])
  return (
    <QueryView query={task}>
      {(data) => (
        <Page title={data.title} state={<TaskState task={data} />} stateText={data.stateName} sub={<bdi className="ms-code">{data.number}</bdi>} acts={<TaskActs task={data} />}>
          <Section title={t('task.facts')} extra={<Link to={`/orders/${data.number}`}>{t('task.orderLink')}</Link>}>
            <Facts columns={3} items={[
              { label: t('col.unit'), value: data.unitName },
              { label: t('col.cause'), value: data.ruleName },
              { label: t('col.level'), value: data.levelName },
              { label: t('col.orderState'), value: data.orderStateName },
              { label: t('task.source'), value: data.source === 'auto' ? t('task.auto') : t('task.manual') },
              { label: t('col.opened'), value: <Time iso={data.openedAt} /> },
              { label: t('col.replyDue'), value: data.state === 'open' ? <ClockChip plain clock={{ state: 'running', dueAt: data.replyDueAt }} /> : <Time iso={data.replyDueAt} /> },
              { label: t('col.firstReply'), value: <Time iso={data.firstReplyAt} /> },
              { label: t('col.closed'), value: <>{data.closeKindName} {data.closedByName} <Time iso={data.closedAt} /></>, hidden: !data.closedAt },
            ]} />
            <p style={{ marginBlock: '12px 0' }}><strong>{t('col.demand')}</strong> {data.round > 1 ? <Tag tone="near">{t('task.round', { n: data.round })}</Tag> : null} {data.demand}</p>
          </Section>
          <Section title={t('task.steps')}>
            <Timeline entries={data.steps.map((step) => ({ id: step.id, at: step.at, kind: step.node, title: step.nodeName, by: step.actorName, unit: step.unitName, text: step.content, files: step.files, tone: step.node === 'closed' ? 'ok' : step.node === 'returned' ? 'over' : step.node === 'opened' ? 'near' : 'calm' }))} />
          </Section>
        </Page>
      )}
    </QueryView>
  )
}

function TaskActs({ task }: { task: Task }): ReactElement {
  const [act, setAct] = useState<'reply' | 'close' | null>(null)
  const client = useQueryClient()
  const refresh = useRefreshOrders()
  const done = async (name: string) => {
    await Promise.all([refresh(), ...['showSupervisionTask', 'supervisionBoard', 'listCards'].map((key) => client.invalidateQueries({ queryKey: [key] }))])
    say(t('task.done', { act: name, number: task.number }))
  }
  const acts = [{ act: 'reply', label: t('task.reply'), enabled: task.mayReply }, { act: 'close', label: t('task.close'), enabled: task.mayClose }].filter((one) => one.enabled)
  const shared = { open: true, onClose: () => setAct(null), sub: <><bdi className="ms-code">{task.number}</bdi> {task.title}</>, draftKey: `supervision-task:${task.id}:${act ?? ''}` }
  return (
    <>
      <ActBar acts={acts} group={t('task.acts')} main={task.mayReply ? 'reply' : 'close'} known={{ reply: { key: 'a', run: () => setAct('reply') }, close: { key: 'r', run: () => setAct('close') } }} />
      {act === 'reply' ? (
        <ActDrawer {...shared} title={t('task.reply')} submitLabel={t('task.reply')} notice={<><div>{task.demand}</div><div>{t('task.replied.notice')}</div></>}
          schema={{ type: 'object', required: ['content'], properties: { content: { type: 'string', format: 'textarea', title: t('task.replyContent'), description: t('task.replyHelp'), maxLength: 2000 }, fileIds: { type: 'array', format: 'file', title: t('task.files'), maxItems: 20 } } }}
          submit={async (v) => {
            await call('replySupervisionTask', { id: task.id, content: words(v, 'content'), fileIds: fileIds(v) })
            await done(t('task.reply'))
          }} />
      ) : null}
      {act === 'close' ? (
        <ActDrawer {...shared} title={t('task.close')} submitLabel={t('task.close')} notice={t('task.return.notice')}
          schema={{ type: 'object', required: ['outcome', 'opinion'], properties: { outcome: { type: 'string', title: t('task.outcome'), 'x-buttons': true, oneOf: [{ const: 'accept', title: t('task.accept') }, { const: 'return', title: t('task.return') }] }, opinion: { type: 'string', format: 'textarea', title: t('task.opinion'), maxLength: 1000 } } }}
          submit={async (v) => {
            const outcome = v.outcome === 'accept' ? 'accept' : 'return'
            await call('closeSupervisionTask', { id: task.id, outcome, opinion: words(v, 'opinion') })
            await done(t(`task.${outcome}`))
          }} />
      ) : null}
    </>
  )
}
