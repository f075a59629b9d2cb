// One step of an approval: agree, refuse, or pass up where the flow allows it.
import type { ReactElement } from 'react'
import { useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { ActPanel } from '../../ui/ActDrawer.tsx'
import type { ActFormHandle } from '../../ui/ActDrawer.tsx'
import { Empty } from '../../ui/Empty.tsx'
import type { FormErrors, FormSchema } from '../../ui/form-rules.ts'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { oneOf, words } from '../orders/acts/form-values.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import { t } from './texts.zh-CN.ts'

const outcomes = ['approve', 'return', 'passUp'] as const
type Task = OutputOf<'listMyFlowTasks'>['items'][number]
type Props = { task: Task; instance: OutputOf<'showFlowInstance'>; onDone: (go: boolean) => void; continuous: boolean }

export function FlowDecision({ task, instance, onDone, continuous }: Props): ReactElement {
  const form = useRef<ActFormHandle | null>(null)
  const attempt = useRef({ text: '', key: '' })
  const refresh = useRefreshOrders()
  const client = useQueryClient()
  const current = instance.steps.find((step) => step.state === 'current')
  const passUp = instance.graph.nodes.find((node) => node.key === current?.node)?.passUp ?? false
  const choose = (outcome: (typeof outcomes)[number]) => {
    form.current?.set({ outcome })
    form.current?.jump('opinion')
  }
  useKeys(t('desk.requests'), [
    { keys: 'a', label: t('flow.approve'), run: () => choose('approve') },
    { keys: 'r', label: t('flow.return'), run: () => choose('return') },
  ])
  if (!instance.mayDecide) return <Empty kind="scope" text={t('flow.mayNot')} />
  const schema: FormSchema = {
    type: 'object', required: ['outcome'],
    properties: {
      outcome: { type: 'string', title: t('flow.outcome'), 'x-buttons': true, oneOf: [{ const: 'approve', title: t('flow.approve') }, { const: 'return', title: t('flow.return') }, ...(passUp ? [{ const: 'passUp', title: t('flow.passUp') }] : [])] },
      opinion: { type: 'string', format: 'textarea', title: t('flow.opinion'), maxLength: 1000 },
    },
  }
  return (
    <div className="ms-desk-form">
      <ActPanel schema={schema} submitLabel={t('flow.submit')} draftKey={`flow-step:${task.id}`} onClose={() => undefined}
        notice={(handle) => {
          form.current = handle
          return <span className="ms-row"><span className="ms-grow">{task.flow === 'orders.extension' ? t('flow.effect') : t('flow.waits', { step: current?.name ?? '' })}</span><Link to={`/flow/instances/${task.instanceId}`}>{t('flow.show')}</Link></span>
        }}
        check={(v): FormErrors => (v.outcome === 'return' && words(v, 'opinion') === '' ? { opinion: t('flow.opinionNeeded') } : {})}
        submit={async (v) => {
          // the same words again are the same attempt: pressing twice decides once
          const text = JSON.stringify(v)
          if (attempt.current.text !== text) attempt.current = { text, key: newKey() }
          await call('decideFlowStep', { id: task.instanceId, outcome: oneOf(v, 'outcome', outcomes, 'return'), opinion: words(v, 'opinion') }, { idempotencyKey: attempt.current.key })
          await Promise.all([refresh(), client.invalidateQueries({ queryKey: ['listMyFlowTasks'] })])
          say(t('flow.done', { title: task.title }))
        }}
        onDone={() => onDone(continuous)} next={{ label: t('flow.submitNext'), run: () => onDone(true) }} />
    </div>
  )
}
