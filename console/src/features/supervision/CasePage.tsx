// One inspection case: approval, handling by inspector and unit, accountability, close.
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { InspectionCallbacks } from '../callback/InspectionCallbacks.tsx'
import { fileIds, oneOf, text, words } from '../orders/acts/form-values.ts'
import { CaseState } from './CasesPage.tsx'
import { choice, dueField, files, form, inHours, long } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import type { CaseDetail } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

const tones: Record<string, 'ok' | 'over' | 'near' | 'calm'> = { closed: 'ok', approved: 'ok', returned: 'over', sentBack: 'over', opinion: 'over', supervised: 'near', created: 'near' }

export default function CasePage(): ReactElement {
  const { id = '' } = useParams()
  const found = useQueryOf('showInspectionCase', { id })
  useTopic('supervision.board', ['showInspectionCase'])
  return (
    <QueryView query={found}>
      {(data) => (
        <Page title={data.title} state={<CaseState row={data} />} stateText={data.stateName} sub={data.unitName} acts={<CaseActs item={data} />}>
          <Section title={w('case')}>
            <Facts columns={3} items={[
              { label: t('col.unit'), value: data.unitName }, { label: w('caseDue'), value: <Time iso={data.dueAt} /> }, { label: t('task.source'), value: data.createdByName },
              { label: t('col.opened'), value: <Time iso={data.createdAt} /> }, { label: w('approveIt'), value: <Time iso={data.approvedAt} />, hidden: !data.approvedAt }, { label: w('judged'), value: data.solved === null ? null : data.solved ? w('solved') : w('notSolved'), hidden: data.solved === null },
            ]} />
            <p className="ms-text"><strong>{w('caseDemand')}</strong> {data.demand}</p>
          </Section>
          {data.approval.length > 0 ? (
            <Section title={w('caseApproval')}>
              <ul className="ms-plain-list">{data.approval.map((step, i) => <li key={i}>{step.name} {step.actor} {step.opinion} {step.decidedAt ? <span className="ms-hint"><Time iso={step.decidedAt} /></span> : <span className="ms-hint">{w('stepNow')}</span>}</li>)}</ul>
            </Section>
          ) : null}
          <Section title={w('caseOrders')}>
            <ul className="ms-plain-list">{data.orderList.map((order) => <li key={order.id}><Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi> {order.title}</Link> <span className="ms-hint">{order.stateName}</span></li>)}</ul>
          </Section>
          {data.state === 'closed' ? <InspectionCallbacks caseId={data.id} /> : null}
          <Section title={w('caseSteps')}>
            <Timeline entries={data.steps.map((step) => ({ id: step.id, at: step.at, kind: step.node, title: step.recipientName ? `${step.nodeName} → ${step.recipientName}` : step.nodeName, by: step.actorName, unit: step.unitName, text: step.content, files: step.files, tone: tones[step.node] ?? 'calm' }))} />
          </Section>
        </Page>
      )}
    </QueryView>
  )
}

function CaseActs({ item }: { item: CaseDetail }): ReactElement {
  const id = item.id
  const words2000 = form({ content: long(w('f.content'), 2000) }, ['content'])
  const inspect = (act: 'supervise' | 'return' | 'report') => (v: Record<string, unknown>) => call('inspectCase', { id, act, content: words(v, 'content'), dueAt: text(v, 'dueAt') })
  return (
    <FormActs draft={`case:${id}`} sub={item.title} main={item.mayReport ? 'report' : item.mayDecide ? 'decide' : item.state === 'reported' ? 'close' : 'supervise'} acts={[
      item.mayDecide && { id: 'decide', label: w('decide'), key: 'a', schema: form({ outcome: choice(w('decide'), [{ value: 'approve', label: w('approveIt') }, { value: 'return', label: w('returnIt') }, { value: 'passUp', label: w('passUp') }], { 'x-buttons': true }), opinion: long(w('f.judgement')) }, ['outcome', 'opinion']), send: (v) => call('decideInspectionCase', { id, outcome: oneOf(v, 'outcome', ['approve', 'return', 'passUp'], 'return'), opinion: words(v, 'opinion') }) },
      item.mayRevise && { id: 'revise', label: w('revise'), initial: { title: item.title, demand: item.demand, dueAt: item.dueAt }, schema: form({ title: { type: 'string', title: w('caseTitle'), maxLength: 100 }, demand: long(w('caseDemand')), dueAt: dueField(w('caseDue')) }, ['title', 'demand', 'dueAt']), send: (v) => call('reviseInspectionCase', { id, title: words(v, 'title'), demand: words(v, 'demand'), dueAt: words(v, 'dueAt') }) },
      item.mayReport && !item.materialOwed && { id: 'report', label: w('reportCase'), key: 'a', schema: form({ content: long(w('f.content'), 4000), fileIds: files }, ['content']), send: (v) => call('reportInspectionCase', { id, kind: 'report', content: words(v, 'content'), fileIds: fileIds(v) }) },
      item.mayReport && { id: 'material', label: w('material'), schema: form({ content: long(w('f.content'), 4000), fileIds: files }, ['content']), send: (v) => call('reportInspectionCase', { id, kind: 'material', content: words(v, 'content'), fileIds: fileIds(v) }) },
      item.mayInspect && item.state === 'reported' && !item.materialOwed && { id: 'close', label: w('closeCase'), key: 'r', schema: form({ solved: choice(w('judged'), [{ value: 'yes', label: w('solved') }, { value: 'no', label: w('notSolved') }], { 'x-buttons': true }), opinion: long(w('f.judgement'), 2000) }, ['solved', 'opinion']), send: (v) => call('closeInspectionCase', { id, solved: v['solved'] === 'yes', opinion: words(v, 'opinion') }) },
      item.mayInspect && { id: 'supervise', label: w('superviseCase'), schema: words2000, send: inspect('supervise') },
      item.mayInspect && (item.state === 'reported' || item.overdue) && { id: 'return', label: w('returnCase'), schema: form({ content: long(w('f.reason'), 2000), dueAt: dueField(w('caseDue')) }, ['content']), initial: { dueAt: inHours(72) }, send: inspect('return') },
      item.mayInspect && { id: 'opinion', label: w('opinionIssue'), danger: true, schema: form({ recipientId: choice(w('recipient'), item.leaders.map((one) => ({ value: one.id, label: one.name }))), content: long(w('f.content'), 2000), dueAt: dueField(w('caseDue')) }, ['recipientId', 'content', 'dueAt']), initial: { dueAt: inHours(72), ...(item.leaders.length === 1 ? { recipientId: item.leaders[0]?.id } : {}) }, send: (v) => call('issueInspectionOpinion', { id, recipientId: words(v, 'recipientId'), content: words(v, 'content'), dueAt: words(v, 'dueAt') }) },
      item.mayInspect && { id: 'reportUp', label: w('reportUp'), schema: words2000, send: inspect('report') },
    ]} />
  )
}
