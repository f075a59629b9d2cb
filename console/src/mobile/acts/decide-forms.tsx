// Deciding what units ask: returns with both sides' words, extensions as steps of their approval.
import { Card, Choices, Skeleton, Tag, TextArea, Timeline, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../frame/Frame.tsx'
import type { OrderDetail } from '../kept.ts'
import { Files } from '../order/Files.tsx'
import { t } from '../texts.zh-CN.ts'
import { moment, when } from '../time.ts'
import { ActFrame } from './parts.tsx'
import { useAct } from './use-act.ts'

type Request = OrderDetail['requests'][number]
type ReturnOutcome = 'approve' | 'refuse' | 'arbitrate' | 'adjudicate' | 'answerSelf'

/** What the server allows where the request stands; passing to another centre needs the desktop's picker. */
const outcomesAt = (request: Request): ReturnOutcome[] => (['approve', 'refuse', 'arbitrate', 'adjudicate', 'answerSelf'] as const).filter((one) => request.outcomes.includes(one))

export function DecideReturn({ order, request }: { order: OrderDetail; request: Request }): ReactElement {
  const act = useAct<{ outcome: ReturnOutcome | null; opinion: string }>(`decide:${request.id}`, { outcome: null, opinion: '' }, { label: t('act.decideReturn'), number: order.number })
  const { value: v, set, errors } = act
  const assignment = order.assignments.find((one) => one.id === request.assignmentId)
  const offered = outcomesAt(request)
  const submit = () => act.submit({
    ...(v.outcome ? {} : { outcome: t('form.choose', { name: t('decide.outcome') }) }),
    ...(v.outcome && v.outcome !== 'approve' && !v.opinion.trim() ? { opinion: t('form.required', { name: t('decide.opinion') }) } : {}),
  }, (options) => call('decideReturn', { id: request.id, outcome: v.outcome ?? 'refuse', opinion: v.opinion.trim(), fileIds: [] }, options))
  return (
    <ActFrame title={t('act.decideReturn')} number={order.number} subject={order.title} act={act} submitLabel={t('decide.submit')} onSubmit={submit} notice={<p>{request.stage === 'leader' ? t('decide.effectLeader') : t('decide.effect')}</p>}>
      <Asked request={request} />
      <Card title={t('decide.given')}>
        <p className="k-pre">{assignment?.opinion ?? t('decide.noOpinion')}</p>
        {assignment?.requirement ? <p className="k-pre">{assignment.requirement}</p> : null}
        {order.matter ? <p className="k-hint">{order.matter.path.concat(order.matter.name).join(' / ')}</p> : null}
      </Card>
      <Choices name="outcome" label={t('decide.outcome')} columns options={offered.map((value) => ({ value, label: value === 'approve' && request.stage === 'leader' ? t('decide.leaderApprove') : t(`decide.${value}`) }))} value={v.outcome} onValue={(outcome) => set({ outcome })} error={errors.outcome} />
      <TextArea name="opinion" label={t('decide.opinion')} optional={v.outcome === 'approve'} rows={3} limit={1000} value={v.opinion} onValue={(opinion) => set({ opinion })} error={errors.opinion} />
    </ActFrame>
  )
}

function Asked({ request }: { request: Request }): ReactElement {
  return (
    <Card title={t('decide.asks', { unit: request.unitName, name: request.applicantName })} extra={<span className="k-hint">{when(request.createdAt)}</span>}>
      <span className="k-line">
        {request.reasonClass ? <Tag tone="primary">{request.reasonClass}</Tag> : null}
        {request.withinWindow === null ? null : <Tag tone={request.withinWindow ? 'ok' : 'near'}>{request.withinWindow ? t('decide.within') : t('decide.beyond')}</Tag>}
      </span>
      {request.oldDueAt && request.newDueAt ? <p><strong>{t('decide.change', { old: moment(request.oldDueAt), next: moment(request.newDueAt) })}</strong></p> : null}
      <p className="k-pre">{request.reason}</p>
      <Files files={request.files} />
    </Card>
  )
}

export function DecideFlow({ order, flowId }: { order: OrderDetail; flowId: string }): ReactElement {
  const flow = useQueryOf('showFlowInstance', { id: flowId })
  const act = useAct<{ outcome: 'approve' | 'return' | 'passUp' | null; opinion: string }>(`flow:${flowId}`, { outcome: null, opinion: '' }, { label: t('act.decideFlow'), number: order.number })
  const { value: v, set, errors } = act
  if (!flow.data) return <Page title={t('act.decideFlow')} back={`/m/orders/${order.number}`}>{flow.error ? <Trouble problem={flow.error} retry={() => void flow.refetch()} /> : <Skeleton lines={8} />}</Page>
  const { steps, graph, title, mayDecide } = flow.data
  const current = steps.find((one) => one.state === 'current')
  const passUp = graph.nodes.find((one) => one.key === current?.node)?.passUp ?? false
  const request = order.requests.find((one) => one.flowInstanceId === flowId)
  const outcomes = [...(['approve', 'return'] as const), ...(passUp ? (['passUp'] as const) : [])]
  const submit = () => act.submit({
    ...(v.outcome ? {} : { outcome: t('form.choose', { name: t('decide.outcome') }) }),
    ...(v.outcome === 'return' && !v.opinion.trim() ? { opinion: t('form.required', { name: t('decide.opinion') }) } : {}),
  }, (options) => call('decideFlowStep', { id: flowId, outcome: v.outcome ?? 'return', opinion: v.opinion.trim() }, options))
  const chain = (
    <Card title={t('decide.steps')}>
      <Timeline items={steps.map((one, i) => ({ key: `${one.node}${i}`, at: one.decidedAt ?? '', title: one.name, children: <><span className="k-line"><Tag tone={one.state === 'approved' ? 'ok' : one.state === 'returned' ? 'over' : one.state === 'current' ? 'primary' : 'plain'}>{t(`step.${one.state}`)}</Tag><span className="k-hint">{one.decidedBy ?? one.actor}</span></span>{one.opinion ? <p>{one.opinion}</p> : null}</> }))} />
    </Card>
  )
  if (!mayDecide) return <Page title={title} back={`/m/orders/${order.number}`}><div className="k-stack">{request ? <Asked request={request} /> : null}{chain}</div></Page>
  return (
    <ActFrame title={title.split('：')[0] ?? title} number={order.number} subject={order.title} act={act} submitLabel={t('decide.submit')} onSubmit={submit} notice={request?.kind === 'extension' ? <p>{t('decide.effectFlow')}</p> : undefined}>
      {request ? <Asked request={request} /> : null}
      {chain}
      <Choices name="outcome" label={t('decide.outcome')} columns options={outcomes.map((value) => ({ value, label: t(`decide.${value}`) }))} value={v.outcome} onValue={(outcome) => set({ outcome })} error={errors.outcome} />
      <TextArea name="opinion" label={t('decide.opinion')} optional={v.outcome !== 'return'} rows={3} limit={1000} value={v.opinion} onValue={(opinion) => set({ opinion })} error={errors.opinion} />
    </ActFrame>
  )
}
