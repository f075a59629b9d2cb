// Acts of a unit that are a few fields each: progress, contact, review, taking back.
import { Check, Choices, TextArea } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { FeedbackText } from '../order/FeedbackText.tsx'
import { t } from '../texts.zh-CN.ts'
import { nowIso } from '../time.ts'
import type { FormProps } from './ActPage.tsx'
import { Corrected } from './life-forms.tsx'
import { ActFrame, Moment, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

export function ProgressForm({ order, assignment }: FormProps): ReactElement {
  const name = `progress:${assignment.id}`
  const photos = usePhotos(`${name}:photos`, 'feedback')
  const act = useAct(name, { result: '' }, { label: t('act.progress'), number: order.number, after: () => photos?.clear() })
  const { value: v, set } = act
  const submit = () => {
    const ids = sentIds(photos)
    act.submit({ ...(v.result.trim() ? {} : { result: t('form.required', { name: t('progress.result') }) }), ...waitingFiles(photos, ids) }, (options) => call('submitFeedback', { id: assignment.id, kind: 'progress', result: v.result.trim(), fileIds: ids ?? [] }, options))
  }
  return (
    <ActFrame title={t('act.progress')} number={order.number} subject={order.title} act={act} notice={<p>{t('progress.help')}</p>} onSubmit={submit}>
      <TextArea name="result" label={t('progress.result')} limit={5000} value={v.result} onValue={(result) => set({ result })} error={act.errors.result} />
      <Photos queue={photos} label={t('feedback.photos')} error={act.errors.fileIds} onChanged={() => act.clear('fileIds')} />
    </ActFrame>
  )
}

type Method = 'phone' | 'visit' | 'message' | 'other'
type Outcome = 'reached' | 'notReached'
const methods = (['phone', 'visit', 'message', 'other'] as const).map((value) => ({ value, label: t(`contact.${value}`) }))
const outcomes = (['reached', 'notReached'] as const).map((value) => ({ value, label: t(`contact.${value}`) }))

export function ContactForm({ order, assignment }: FormProps): ReactElement {
  const act = useAct<{ method: Method; outcome: Outcome; met: boolean; at: string; note: string }>(`contact:${assignment.id}`, { method: 'phone', outcome: 'reached', met: false, at: nowIso(), note: '' }, { label: t('act.contact'), number: order.number })
  const { value: v, set, errors } = act
  const submit = () => act.submit(v.at ? {} : { at: t('form.badDate') }, (options) => call('recordContact', { id: assignment.id, method: v.method, outcome: v.outcome, met: v.outcome === 'reached' && v.met, at: v.at, ...(v.note.trim() ? { note: v.note.trim() } : {}) }, options))
  return (
    <ActFrame title={t('act.contact')} number={order.number} subject={order.title} act={act} onSubmit={submit}>
      <Choices name="method" label={t('contact.method')} columns options={methods} value={v.method} onValue={(method) => set({ method })} error={errors.method} />
      <Choices name="outcome" label={t('contact.outcome')} columns options={outcomes} value={v.outcome} onValue={(outcome) => set({ outcome })} error={errors.outcome} />
      {v.outcome === 'reached' ? <Check label={t('contact.met')} value={v.met} onValue={(met) => set({ met })} /> : null}
      <Moment name="at" label={t('contact.at')} value={v.at} onValue={(at) => set({ at })} error={errors.at} />
      <TextArea name="note" label={t('contact.note')} optional rows={3} limit={500} value={v.note} onValue={(note) => set({ note })} error={errors.note} />
    </ActFrame>
  )
}

/** The unit's leader on a top assignment, the unit above on what it handed down: two routes, one act. */
export function ReviewForm({ order, assignment, outcome }: FormProps & { outcome: 'accept' | 'sendBack' }): ReactElement {
  const act = useAct<{ opinion: string; corrected: string | null }>(`${outcome}:${assignment.id}`, { opinion: '', corrected: null }, { label: t(`act.${outcome}`), number: order.number })
  const { value: v, set } = act
  const below = assignment.parentId !== null
  const last = order.feedback.filter((one) => one.assignmentId === assignment.id && one.kind === 'result').sort((a, b) => b.version - a.version)[0]
  const opinion = v.opinion.trim() ? { opinion: v.opinion.trim() } : {}
  const corrected = v.corrected?.trim() && v.corrected.trim() !== last?.result.trim() ? { corrected: { result: v.corrected.trim(), fileIds: [] } } : {}
  const submit = () => act.submit(outcome === 'sendBack' && !v.opinion.trim() ? { opinion: t('form.required', { name: t('review.opinion') }) } : {}, (options) => (below ? call('reviewChild', { id: assignment.id, outcome, ...opinion }, options) : call('reviewFeedback', { id: assignment.id, outcome, ...opinion, ...(outcome === 'accept' ? corrected : {}) }, options)))
  const notice = outcome === 'sendBack' ? t('review.sendBack', { unit: assignment.unitName }) : below ? t('review.acceptChild') : t('review.accept')
  return (
    <ActFrame title={t(`act.${outcome}`)} number={order.number} subject={order.title} act={act} notice={<p>{notice}</p>} onSubmit={submit}>
      {outcome === 'accept' && !below ? <Corrected order={order} assignment={assignment} value={v.corrected} onValue={(next) => set({ corrected: next })} /> : last ? <FeedbackText feedback={last} /> : null}
      <TextArea name="opinion" label={t('review.opinion')} optional={outcome === 'accept'} rows={3} limit={1000} value={v.opinion} onValue={(opinion) => set({ opinion })} error={act.errors.opinion} />
    </ActFrame>
  )
}

export function TakeBackForm({ order, assignment }: FormProps): ReactElement {
  const act = useAct(`takeBack:${assignment.id}`, { reason: '' }, { label: t('act.takeBack'), number: order.number })
  return (
    <ActFrame title={t('act.takeBack')} number={order.number} subject={order.title} act={act} notice={<p>{t('takeBack.notice', { unit: assignment.unitName })}</p>} onSubmit={() => act.submit({}, (options) => call('takeBackAssignment', { id: assignment.id, ...(act.value.reason.trim() ? { reason: act.value.reason.trim() } : {}) }, options))}>
      <TextArea name="reason" label={t('takeBack.reason')} optional rows={3} limit={500} value={act.value.reason} onValue={(reason) => act.set({ reason })} error={act.errors.reason} />
    </ActFrame>
  )
}
