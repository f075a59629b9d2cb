// One instruction with the reports of its units and what the reader may do.
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { oneOf, words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { choice, dueField, form, inHours, listOf, long, many } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import type { Instruction } from './lists.ts'
import { w } from './words.zh-CN.ts'

export const instructionTone = { requested: 'near', issued: 'primary', reported: 'ok', closed: 'calm', declined: 'calm' } as const
const urgencies = ['normal', 'urgent', 'major'] as const
type Unit = { id: string; name: string }
const urgencyField = choice(w('urgency'), urgencies.map((value) => ({ value, label: w(value) })), { 'x-buttons': true, 'x-half': true })

/** Without units that hold the order the words go to the desks of the centre, which owe no report. */
export const instructionForm = (units: Unit[]) => units.length === 0 ? form({ text: long(w('words')), urgency: urgencyField }, ['text']) : form({
  text: long(w('words')), unitIds: many(w('units'), units.map((unit) => ({ value: unit.id, label: unit.name }))), reportDueAt: dueField(w('reportDue')), urgency: urgencyField,
}, ['text', 'unitIds', 'reportDueAt'])
const headLoaders = { unit: unitLoader() }
const headForm = () => form({ text: long(w('words')), unitId: { type: 'string', format: 'unit', title: w('headUnit') }, reportDueAt: dueField(w('reportDue')), urgency: urgencyField }, ['text', 'unitId', 'reportDueAt'])
export const instructionStart = (units: Unit[]): FormValue => (units.length === 0 ? { urgency: 'normal' } : { unitIds: units.map((unit) => unit.id).slice(0, 1), reportDueAt: inHours(72), urgency: 'normal' })
export const instructionWord = (units: Unit[]): string => w(units.length === 0 ? 'instructionToDesk' : 'instructionNotice')
export const instructionOf = (v: FormValue) => ({ text: words(v, 'text'), unitIds: listOf(v['unitIds']), ...(listOf(v['unitIds']).length > 0 ? { reportDueAt: words(v, 'reportDueAt') } : {}), urgency: oneOf(v, 'urgency', urgencies, 'normal') })

export function InstructionCard({ item, units }: { item: Instruction; units: Unit[] }): ReactElement {
  const id = item.id
  return (
    <article className="ms-quote">
      <header className="ms-row"><Tag tone={item.overdue ? 'over' : instructionTone[item.state]}>{item.overdue ? w('overdueReports') : item.stateName}</Tag>{item.head ? <Tag tone="primary">{w('toHead')}</Tag> : null}{item.urgency === 'normal' ? null : <Tag tone="over">{item.urgencyName}</Tag>}<strong>{item.leaderName}</strong><span className="ms-grow" /><span className="ms-hint"><Time iso={item.issuedAt ?? item.requestedAt} /></span></header>
      {item.request ? <p className="ms-text"><span className="ms-hint">{w('requestWords')} {item.requestedByName}</span> {item.request}</p> : null}
      {item.files.length > 0 ? <Attachments readOnly value={item.files} /> : null}
      {item.state === 'requested' && item.steps.length > 0 ? <p className="ms-hint">{item.steps.map((one) => `${one.name}${one.decidedAt ? ` ${one.actor ?? ''}：${one.opinion ?? ''}` : one.state === 'current' ? ` ${w('stepNow')}` : ''}`).join(' → ')}</p> : null}
      {item.state === 'declined' && item.declinedReason ? <p className="ms-text"><span className="ms-hint">{w('declined')}</span> {item.declinedReason}</p> : null}
      {item.text ? <p className="ms-text">{item.text}</p> : item.textHidden ? <p className="ms-hint">{w('hidden')}</p> : null}
      {item.units.map((unit) => <p key={unit.unitId} className="ms-text"><strong>{unit.unitName}</strong> {unit.reportedAt ? <>{unit.report} <span className="ms-hint">{unit.reportedByName} <Time iso={unit.reportedAt} /></span></> : <Tag tone="near">{w('owed')}</Tag>}</p>)}
      {item.reportDueAt && item.state === 'issued' ? <p className="ms-hint">{w('reportDue')} <Time iso={item.reportDueAt} /></p> : null}
      <FormActs draft={`instruction:${id}`} sub={<bdi className="ms-code">{item.number}</bdi>} acts={[
        item.mayIssue && item.head && { id: 'issue', label: w('decideHead'), loaders: headLoaders, schema: headForm(), initial: { reportDueAt: inHours(72), urgency: 'urgent' }, notice: w('headNotice'), send: (v) => call('answerInstructionRequest', { id, text: words(v, 'text'), unitIds: [words(v, 'unitId')], reportDueAt: words(v, 'reportDueAt'), urgency: oneOf(v, 'urgency', urgencies, 'normal') }) },
        item.mayIssue && !item.head && { id: 'issue', label: w('answerRequest'), schema: instructionForm(units), initial: instructionStart(units), notice: instructionWord(units), send: (v) => call('answerInstructionRequest', { id, ...instructionOf(v) }) },
        item.mayPassUp && { id: 'passUp', label: w('passOn'), schema: form({ opinion: long(w('passWords')) }, ['opinion']), send: (v) => call('referInstruction', { id, outcome: 'passUp', opinion: words(v, 'opinion') }) },
        item.mayIssue && { id: 'decline', label: w('declineRequest'), schema: form({ opinion: long(w('f.reason')) }, ['opinion']), send: (v) => call('referInstruction', { id, outcome: 'return', opinion: words(v, 'opinion') }) },
        item.units.some((unit) => unit.mayReport) && { id: 'report', label: w('report'), schema: form({ content: long(w('report'), 2000) }, ['content']), send: (v) => call('reportInstruction', { id, content: words(v, 'content') }) },
        item.mayClose && { id: 'close', label: w('closeInstruction'), run: () => call('closeInstruction', { id }) },
      ]} />
    </article>
  )
}
