// 办理反馈 on the phone: what was done first, then proof by camera, basis and rates.
import { Button, Card, Check, Choices, Tag, TextArea } from '@minsheng/portal/kit'
import type { FieldErrors } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { t } from '../texts.zh-CN.ts'
import { nowIso, when } from '../time.ts'
import type { FormProps } from './ActPage.tsx'
import { ActFrame, Moment, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

type Stated = 'yes' | 'no' | 'notStated'
type Solved = Stated | 'partly'
type Value = { result: string; basis: string; method: string | null; handledAt: string; contacted: Stated; solved: Solved; satisfied: Stated; opinion: string; callbackRequested: boolean; outsideArea: boolean; public: boolean; ticked: string[]; quotedFrom: string | null }

const methods = [t('method.1'), t('method.2'), t('method.3'), t('method.4'), t('method.5'), t('method.6')]
const stated = (['yes', 'no', 'notStated'] as const).map((value) => ({ value, label: t(`rate.${value}`) }))
const solved = (['yes', 'partly', 'no', 'notStated'] as const).map((value) => ({ value, label: t(`rate.${value}`) }))

/** The newest version of what lower units reported to this assignment. */
function lowerFeedback({ order, assignment }: FormProps) {
  const children = new Set(order.assignments.filter((one) => one.parentId === assignment.id).map((one) => one.id))
  const latest = new Map<string, FormProps['order']['feedback'][number]>()
  for (const one of order.feedback) if (one.kind === 'result' && children.has(one.assignmentId) && (latest.get(one.assignmentId)?.version ?? 0) < one.version) latest.set(one.assignmentId, one)
  return [...latest.values()]
}

export function FeedbackForm({ order, assignment }: FormProps): ReactElement {
  const name = `feedback:${assignment.id}`
  const photos = usePhotos(`${name}:photos`, 'feedback')
  const act = useAct<Value>(name, { result: '', basis: '', method: null, handledAt: nowIso(), contacted: 'notStated', solved: 'notStated', satisfied: 'notStated', opinion: '', callbackRequested: false, outsideArea: false, public: false, ticked: [], quotedFrom: null }, { label: t('act.feedback'), number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const standard = order.matter?.closingStandard ?? []
  const evidence = standard.filter((one) => one.evidence).map((one) => one.text)
  const basisNeeded = order.matter?.closingBasis ?? false
  const lower = lowerFeedback({ order, assignment })

  const submit = () => {
    const ids = sentIds(photos)
    const faults: FieldErrors = {
      ...(v.result.trim() ? {} : { result: t('form.required', { name: t('feedback.result') }) }),
      ...(basisNeeded && !v.basis.trim() ? { basis: t('form.required', { name: t('feedback.basis') }) } : {}),
      ...(evidence.length > 0 && !v.quotedFrom && (photos?.photos().length ?? 0) === 0 ? { fileIds: t('feedback.evidenceNeeded', { names: evidence.join('、') }) } : waitingFiles(photos, ids)),
      ...(v.handledAt ? {} : { handledAt: t('form.badDate') }),
    }
    act.submit(faults, (options) => call('submitFeedback', {
      id: assignment.id, kind: 'result', result: v.result.trim(), handledAt: v.handledAt, contacted: v.contacted, solved: v.solved, satisfied: v.satisfied, callbackRequested: v.callbackRequested, outsideArea: v.outsideArea, public: v.public, fileIds: ids ?? [],
      ...(v.basis.trim() ? { basis: v.basis.trim() } : {}), ...(v.method ? { method: v.method } : {}), ...(v.opinion.trim() ? { opinion: v.opinion.trim() } : {}), ...(v.quotedFrom ? { quotedFrom: v.quotedFrom } : {}),
      ...(standard.length > 0 ? { checklist: standard.map((one) => ({ text: one.text, done: one.evidence ? (ids ?? []).length > 0 : v.ticked.includes(one.text) })) } : {}),
    }, options))
  }
  return (
    <ActFrame title={t('act.feedback')} number={order.number} subject={order.title} act={act} submitLabel={t('feedback.submit')} onSubmit={submit} notice={assignment.contactedAt ? undefined : <p>{t('feedback.noContact')}</p>}>
      {lower.length > 0 ? (
        <Card title={t('feedback.lower')}>
          {lower.map((one) => (
            <div key={one.id} className="k-stack" data-gap="small">
              <span className="k-line" data-spread><strong>{one.unitName}</strong>{v.quotedFrom === one.id ? <Tag tone="ok">{t('feedback.quoted')}</Tag> : <Button onClick={() => set({ quotedFrom: one.id, result: one.result, ...(one.basis ? { basis: one.basis } : {}) })}>{t('feedback.quote')}</Button>}</span>
              <p className="k-pre">{one.result}</p><span className="k-hint">{one.submittedByName} {when(one.submittedAt)}</span>
            </div>
          ))}
        </Card>
      ) : null}
      <TextArea name="result" label={t('feedback.result')} help={t('feedback.resultHelp')} limit={5000} value={v.result} onValue={(result) => set({ result })} error={errors.result} />
      <Photos queue={photos} label={t('feedback.photos')} help={evidence.length > 0 ? t('feedback.needed', { names: evidence.join('、') }) : undefined} error={errors.fileIds} onChanged={() => act.clear('fileIds')} />
      {standard.length > evidence.length ? (
        <Card title={t('standard')}>
          {standard.filter((one) => !one.evidence).map((one) => <Check key={one.text} label={one.text} value={v.ticked.includes(one.text)} onValue={(on) => set({ ticked: on ? [...v.ticked, one.text] : v.ticked.filter((text) => text !== one.text) })} />)}
        </Card>
      ) : null}
      <TextArea name="basis" label={t('feedback.basis')} help={t('feedback.basisHelp')} optional={!basisNeeded} rows={2} limit={1000} value={v.basis} onValue={(basis) => set({ basis })} error={errors.basis} />
      <Choices name="method" label={t('feedback.method')} columns options={methods.map((value) => ({ value, label: value }))} value={v.method} onValue={(method) => set({ method })} error={errors.method} />
      <Moment name="handledAt" label={t('feedback.handledAt')} value={v.handledAt} onValue={(handledAt) => set({ handledAt })} error={errors.handledAt} />
      <Card title={t('feedback.rates')}>
        <div className="m-rates">
          <Choices name="contacted" label={t('feedback.contacted')} columns options={stated} value={v.contacted} onValue={(contacted) => set({ contacted })} />
          <Choices name="solved" label={t('feedback.solved')} columns options={solved} value={v.solved} onValue={(next) => set({ solved: next })} />
          <Choices name="satisfied" label={t('feedback.satisfied')} columns options={stated} value={v.satisfied} onValue={(satisfied) => set({ satisfied })} />
        </div>
      </Card>
      <details className="k-card">
        <summary className="m-summary">{t('feedback.more')}</summary>
        <div className="k-stack">
          <Check label={t('feedback.callback')} value={v.callbackRequested} onValue={(callbackRequested) => set({ callbackRequested })} />
          <Check label={t('feedback.outside')} value={v.outsideArea} onValue={(outsideArea) => set({ outsideArea })} />
          <Check label={t('feedback.public')} value={v.public} onValue={(next) => set({ public: next })} />
          <TextArea name="opinion" label={t('feedback.opinion')} help={t('feedback.opinionHelp')} optional rows={2} limit={1000} value={v.opinion} onValue={(opinion) => set({ opinion })} error={errors.opinion} />
        </div>
      </details>
    </ActFrame>
  )
}
