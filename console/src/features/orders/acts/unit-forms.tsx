// Acts of a unit on its assignment that are a few fields each, and hand-down with its picker of subordinates.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { call } from '../../../api/call.ts'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { UnitPicker, UserPicker } from '../../../ui/Pickers.tsx'
import { instant, moment } from '../../../ui/time.ts'
import type { AssignmentRef, OrderDetail } from '../order-types.ts'
import { unitLoader, userLoader } from '../pickers.ts'
import { fault, fields, filesField, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { fileIds, oneOf, text, words, yes } from './form-values.ts'
import { acceptWithCorrection, FlowChain, lifeUnitForms } from './life-acts.tsx'
import { t } from './texts.zh-CN.ts'

type Build = (order: OrderDetail, ref: AssignmentRef) => ActForm
const own = (order: OrderDetail, ref: AssignmentRef) => order.assignments.find((one) => one.id === ref.id)

const contact: Build = (_, ref) => ({
  title: t('contact.title'), submitLabel: t('contact.title'), initial: { method: 'phone', outcome: 'reached', met: false },
  schema: fields({
    method: { type: 'string', title: t('contact.method'), oneOf: [{ const: 'phone', title: t('contact.phone') }, { const: 'visit', title: t('contact.visit') }, { const: 'message', title: t('contact.message') }, { const: 'other', title: t('contact.other') }], 'x-buttons': true },
    outcome: { type: 'string', title: t('contact.outcome'), oneOf: [{ const: 'reached', title: t('contact.reached') }, { const: 'notReached', title: t('contact.notReached') }], 'x-buttons': true },
    met: { type: 'boolean', title: t('contact.met'), 'x-visibleIf': { field: 'outcome', equals: 'reached' } },
    promised: { type: 'boolean', title: t('contact.promised'), 'x-visibleIf': { field: 'outcome', equals: 'reached' } },
    promisedAt: { type: 'string', format: 'date-time', title: t('contact.promisedAt'), 'x-visibleIf': { field: 'promised', equals: true } },
    at: { type: 'string', format: 'date-time', title: t('contact.at') },
    note: { type: 'string', format: 'textarea', title: t('contact.note'), maxLength: 500 },
  }, ['method', 'outcome']),
  send: (v, o) => call('recordContact', { id: ref.id, method: oneOf(v, 'method', ['phone', 'visit', 'message', 'other'], 'other'), outcome: oneOf(v, 'outcome', ['reached', 'notReached'], 'notReached'), met: yes(v, 'met'), promised: yes(v, 'promised'), promisedAt: text(v, 'promisedAt'), note: text(v, 'note'), at: text(v, 'at') }, o),
})

const takeBack: Build = (_, ref) => ({
  title: t('takeBack.title'), submitLabel: t('takeBack.title'), notice: t('takeBack.notice', { unit: ref.unitName }), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 500 }) }),
  send: (v, o) => call('takeBackAssignment', { id: ref.id, reason: text(v, 'reason') }, o),
})

/** The unit's leader on a top assignment, the unit above on what it handed down: two routes, one act. */
const review = (outcome: 'accept' | 'sendBack'): Build => (order, ref) => {
  const route = own(order, ref)?.parentId ? 'reviewChild' : 'reviewFeedback'
  return {
    title: t(`review.${outcome}`), submitLabel: t(`review.${outcome}`), notice: outcome === 'accept' ? t('review.acceptNotice') : t('review.sendBackNotice', { unit: ref.unitName }),
    schema: fields({ opinion: opinionField() }, outcome === 'sendBack' ? ['opinion'] : []),
    send: (v, o) => call(route, { id: ref.id, outcome, opinion: text(v, 'opinion') }, o),
  }
}

/** Reasons are the tenant's own ⚙. */
export const returnForm = (order: OrderDetail, ref: AssignmentRef, reasons: string[]): ActForm => {
  const until = own(order, ref)?.acts.find((one) => one.act === 'requestReturn')?.until
  return {
    title: t('return.title'), submitLabel: t('return.title'),
    notice: <>{until ? <div>{t('return.window', { moment: moment(until) })}</div> : null}<div>{t('return.chain')}</div></>,
    schema: fields({
      reasonClass: { type: 'string', title: t('return.class'), enum: reasons, 'x-buttons': true },
      reason: { type: 'string', format: 'textarea', title: t('return.reason'), maxLength: 1000 },
      fileIds: filesField({ title: t('return.files') }),
    }, ['reasonClass', 'reason']),
    send: (v, o) => call('requestReturn', { id: ref.id, reasonClass: words(v, 'reasonClass'), reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
  }
}

const requestExtension: Build = (order, ref) => {
  const clock = order.clocks.find((one) => one.assignmentId === ref.id && one.kind === 'handling')
  const old = clock?.dueAt ?? own(order, ref)?.dueAt ?? null
  const name = clock?.name ?? ''
  return {
    title: t('extension.title'), submitLabel: t('extension.title'),
    notice: (form: ActFormHandle) => {
      const next = text(form.value, 'newDueAt')
      if (!old) return null
      return next ? t('extension.effect', { clock: name, old: moment(old), next: moment(next) }) : t('extension.choose', { clock: name, old: moment(old) })
    },
    side: <FlowChain flow="orders.extension" unitId={ref.unitId} />,
    schema: fields({
      newDueAt: { type: 'string', format: 'date-time', title: t('extension.newDueAt') },
      reason: { type: 'string', format: 'textarea', title: t('extension.reason'), maxLength: 1000 },
      fileIds: filesField({ title: t('return.files') }),
    }, ['newDueAt', 'reason']),
    check: (v) => fault('newDueAt', old !== null && text(v, 'newDueAt') !== undefined && instant(words(v, 'newDueAt')) <= instant(old) && t('extension.earlier', { moment: moment(old) })),
    send: (v, o) => call('requestExtension', { id: ref.id, newDueAt: words(v, 'newDueAt'), reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
  }
}

const handDown: Build = (order, ref) => {
  const due = own(order, ref)?.dueAt
  return {
    title: t('handDown.title'), submitLabel: t('handDown.title'), notice: t('handDown.notice'),
    own: { names: ['unitId', 'handlerId'], render: (form) => <Below unitId={ref.unitId} form={form} /> },
    schema: fields({
      opinion: opinionField(),
      dueAt: { type: 'string', format: 'date-time', title: t('handDown.dueAt'), description: due ? t('handDown.dueHelp', { moment: moment(due) }) : undefined },
      fileIds: filesField(),
    }),
    check: (v) => fault('unitId', !text(v, 'unitId') && t('handDown.choose')),
    send: (v, o) => call('handDown', { id: ref.id, unitId: words(v, 'unitId'), handlerId: text(v, 'handlerId'), opinion: text(v, 'opinion'), dueAt: text(v, 'dueAt'), fileIds: fileIds(v) }, o),
  }
}

function Below({ unitId, form }: { unitId: string; form: ActFormHandle }): ReactElement {
  const chosen = text(form.value, 'unitId')
  const units = useMemo(() => unitLoader({ under: unitId }), [unitId])
  const users = useMemo(() => userLoader({ ...(chosen ? { unitId: chosen } : {}), permission: 'orders.handle' }), [chosen])
  return (
    <div className="ms-form-line">
      <div className="ms-field" data-field="unitId">
        <span className="ms-field-label"><b aria-hidden="true">*</b>{t('handDown.unit')}</span>
        <UnitPicker loader={units} value={chosen} status={form.errors.unitId ? 'error' : ''} onChange={(next) => form.set({ unitId: typeof next === 'string' ? next : undefined, handlerId: undefined })} />
        {form.errors.unitId ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{form.errors.unitId}</span></div> : null}
      </div>
      <div className="ms-field" data-field="handlerId">
        <span className="ms-field-label">{t('handDown.handler')}</span>
        <UserPicker loader={users} value={text(form.value, 'handlerId')} disabled={!chosen} placeholder={t('handDown.anybody')} onChange={(next) => form.set({ handlerId: typeof next === 'string' ? next : undefined })} />
      </div>
    </div>
  )
}

export const unitForms: Record<string, Build> = { contact, takeBack, accept: (order, ref) => (own(order, ref)?.parentId ? review('accept') : acceptWithCorrection)(order, ref), sendBack: review('sendBack'), requestExtension, handDown, ...lifeUnitForms }
