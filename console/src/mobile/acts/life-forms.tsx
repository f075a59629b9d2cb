// Acts around a result and a return on the phone: correcting a rejected closing, second handling, appeal, reopening returning, report.
import { Button, Check, Skeleton, TextArea, TextInput } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { FeedbackText } from '../order/FeedbackText.tsx'
import { t } from '../texts.zh-CN.ts'
import type { FormProps } from './ActPage.tsx'
import { ActFrame, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

export function CorrectForm({ order, assignment }: FormProps): ReactElement {
  const before = order.feedback.filter((one) => one.assignmentId === assignment.id && one.kind === 'result' && one.state === 'rejected').sort((a, b) => b.version - a.version)[0]
  const name = `correct:${assignment.id}:${before?.version ?? 0}`
  const photos = usePhotos(`${name}:photos`, 'feedback')
  const act = useAct(name, { result: before?.result ?? '', basis: before?.basis ?? '', keep: true }, { label: t('act.correctClosing'), number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const submit = () => {
    const ids = sentIds(photos)
    const same = v.result.trim() === before?.result.trim() && v.basis.trim() === (before?.basis ?? '').trim() && (ids ?? []).length === 0 && v.keep
    act.submit({ ...(v.result.trim() ? (same ? { result: t('correct.same') } : {}) : { result: t('form.required', { name: t('feedback.result') }) }), ...waitingFiles(photos, ids) },
      (options) => call('correctClosing', { id: assignment.id, result: v.result.trim(), basis: v.basis.trim(), fileIds: ids ?? [], keepFiles: v.keep }, options))
  }
  return (
    <ActFrame title={t('act.correctClosing')} number={order.number} subject={order.title} act={act} submitLabel={t('correct.submit')} onSubmit={submit} notice={before?.reviewOpinion ? <p><strong>{t('correct.why', { who: before.reviewedByName ?? '', why: before.reviewOpinion })}</strong></p> : undefined}>
      <TextArea name="result" label={t('feedback.result')} rows={6} limit={5000} value={v.result} onValue={(result) => set({ result })} error={errors.result} />
      <TextArea name="basis" label={t('feedback.basis')} optional rows={2} limit={1000} value={v.basis} onValue={(basis) => set({ basis })} error={errors.basis} />
      {before && before.files.length > 0 ? <Check label={t('correct.keep', { n: before.files.length })} value={v.keep} onValue={(keep) => set({ keep })} /> : null}
      <Photos queue={photos} label={t('correct.photos')} error={errors.fileIds} onChanged={() => act.clear('fileIds')} />
    </ActFrame>
  )
}

type Words = { name: string; label: string; notice: string; reason: string; files?: { label: string; needed: string | null }; send: (reason: string, fileIds: string[], options: { idempotencyKey?: string }) => Promise<unknown> }

/** A reason, and files where the act takes them. */
function ReasonForm({ order, words }: { order: FormProps['order']; words: Words }): ReactElement {
  const photos = usePhotos(`${words.name}:photos`, 'request')
  const act = useAct(words.name, { reason: '' }, { label: words.label, number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const submit = () => {
    const ids = words.files ? sentIds(photos) : []
    const needed: Record<string, string> = words.files?.needed && (ids ?? []).length === 0 ? { fileIds: words.files.needed } : {}
    act.submit({ ...(v.reason.trim() ? {} : { reason: t('form.required', { name: words.reason }) }), ...needed, ...(words.files ? waitingFiles(photos, ids) : {}) }, (options) => words.send(v.reason.trim(), ids ?? [], options))
  }
  return (
    <ActFrame title={words.label} number={order.number} subject={order.title} act={act} onSubmit={submit} notice={<p>{words.notice}</p>}>
      <TextArea name="reason" label={words.reason} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
      {words.files ? <Photos queue={photos} label={words.files.label} error={errors.fileIds} onChanged={() => act.clear('fileIds')} /> : null}
    </ActFrame>
  )
}

export const SecondHandlingForm = ({ order, assignment }: FormProps): ReactElement => (
  <ReasonForm order={order} words={{ name: `second:${assignment.id}`, label: t('act.secondHandling'), notice: t('second.notice'), reason: t('second.reason'), send: (reason, _, o) => call('secondHandling', { id: assignment.id, reason }, o) }} />
)

export const AppealForm = ({ order, assignment }: FormProps): ReactElement => (
  <ReasonForm order={order} words={{ name: `appeal:${assignment.id}`, label: t('act.appeal'), notice: t('appeal.notice'), reason: t('appeal.reason'), files: { label: t('appeal.files'), needed: t('appeal.filesNeeded') }, send: (reason, fileIds, o) => call('appealDissatisfaction', { id: assignment.id, reason, fileIds }, o) }} />
)

export const ResetForm = ({ order, assignment }: FormProps): ReactElement => (
  <ReasonForm order={order} words={{ name: `reset:${assignment.id}`, label: t('act.requestReturnReset'), notice: t('reset.notice'), reason: t('reset.reason'), files: { label: t('return.files'), needed: null }, send: (reason, fileIds, o) => call('requestReturnReset', { id: assignment.id, reason, fileIds }, o) }} />
)

export function ReportForm(props: FormProps): ReactElement {
  const template = useQueryOf('reportTemplate', { id: props.assignment.id }, { staleTime: Infinity })
  return template.data ? <Report {...props} template={template.data} /> : <Skeleton lines={8} />
}

function Report({ order, assignment, template }: FormProps & { template: { title: string; content: string } }): ReactElement {
  const name = `report:${assignment.id}`
  const photos = usePhotos(`${name}:photos`, 'request')
  const act = useAct(name, { title: template.title, content: template.content }, { label: t('act.writeReport'), number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const submit = () => {
    const ids = sentIds(photos)
    act.submit({ ...(v.title.trim() ? {} : { title: t('form.required', { name: t('report.title') }) }), ...(v.content.trim() ? {} : { content: t('form.required', { name: t('report.content') }) }), ...waitingFiles(photos, ids) },
      (options) => call('writeHandlingReport', { id: assignment.id, title: v.title.trim(), content: v.content.trim(), fileIds: ids ?? [] }, options))
  }
  return (
    <ActFrame title={t('act.writeReport')} number={order.number} subject={order.title} act={act} onSubmit={submit} notice={<p>{t('report.notice')}</p>}>
      <TextInput name="title" label={t('report.title')} value={v.title} onValue={(title) => set({ title })} error={errors.title} />
      <TextArea name="content" label={t('report.content')} rows={14} limit={20_000} value={v.content} onValue={(content) => set({ content })} error={errors.content} />
      <Photos queue={photos} label={t('return.files')} error={errors.fileIds} onChanged={() => act.clear('fileIds')} />
    </ActFrame>
  )
}

/** The leader mends the words before accepting. */
export function Corrected({ order, assignment, value, onValue }: FormProps & { value: string | null; onValue: (text: string | null) => void }): ReactElement | null {
  const before = order.feedback.filter((one) => one.assignmentId === assignment.id && one.kind === 'result' && one.state === 'submitted').sort((a, b) => b.version - a.version)[0]
  const [open, setOpen] = useState(value !== null)
  if (!before) return null
  if (!open) return <><FeedbackText feedback={before} /><Button onClick={() => { setOpen(true); onValue(before.result) }}>{t('correct.toggle')}</Button></>
  return <TextArea name="corrected" label={t('correct.toggle')} rows={6} limit={5000} value={value ?? before.result} onValue={onValue} />
}
