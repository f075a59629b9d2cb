// What a unit does around a long or contested task on the phone: suspension, promise, tracking, exclusion, whistle, report-in, industry mark.
import { Check, Choices, Empty, Skeleton, TextArea, TextInput } from '@minsheng/portal/kit'
import type { FieldErrors } from '@minsheng/portal/kit'
import type { ReactElement, ReactNode } from 'react'
import type { RequestOptions } from '../../api/http.ts'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { t } from '../texts.zh-CN.ts'
import { moment, nowIso } from '../time.ts'
import type { FormProps } from './ActPage.tsx'
import { ActFrame, Moment, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

type Values = Record<string, unknown>
type Field<V extends Values> = (form: { value: V; set: (change: Partial<V>) => void; errors: FieldErrors }) => ReactNode

/** A form of a few fields with photos: what differs between the acts is its words, its fields and what is sent. */
function SmallForm<V extends Values>({ order, name, label, notice, initial, check, send, fields, files }: {
  order: FormProps['order']; name: string; label: string; notice?: ReactNode; initial: V; check: (v: V, fileCount: number) => FieldErrors; send: (v: V, fileIds: string[], options: RequestOptions) => Promise<unknown>; fields: Field<V>; files?: string
}): ReactElement {
  const photos = usePhotos(`${name}:photos`, 'request')
  const act = useAct<V>(name, initial, { label, number: order.number, after: () => photos?.clear() })
  const submit = () => {
    const ids = files ? sentIds(photos) : []
    act.submit({ ...check(act.value, (ids ?? []).length), ...(files ? waitingFiles(photos, ids) : {}) }, (options) => send(act.value, ids ?? [], options))
  }
  return (
    <ActFrame title={label} number={order.number} subject={order.title} act={act} onSubmit={submit} notice={notice ? <p>{notice}</p> : undefined}>
      {fields(act)}
      {files ? <Photos queue={photos} label={files} error={act.errors.fileIds} onChanged={() => act.clear('fileIds')} /> : null}
    </ActFrame>
  )
}

const none = (list: readonly unknown[], field: string, name: string): FieldErrors => (list.length > 0 ? {} : { [field]: t('form.choose', { name }) })
const need = (text: string, field: string, name: string): FieldErrors => (text.trim() ? {} : { [field]: t('form.required', { name }) })
const pick = (text: string, field: string, name: string): FieldErrors => (text ? {} : { [field]: t('form.choose', { name }) })

export function SuspensionForm({ order, assignment }: FormProps): ReactElement {
  const conditions = useQueryOf('listPauseConditions', {}, { staleTime: 60_000 }).data?.items
  if (!conditions) return <Skeleton lines={8} />
  const chosen = (id: string) => conditions.find((one) => one.id === id)
  return (
    <SmallForm order={order} name={`suspend:${assignment.id}`} label={t('act.requestSuspension')} notice={t('suspend.notice')} initial={{ conditionId: '', promisedAt: '', reason: '' }} files={t('return.files')}
      check={(v, n) => {
        const one = chosen(v.conditionId)
        return { ...pick(v.conditionId, 'conditionId', t('suspend.condition')), ...need(v.reason, 'reason', t('suspend.reason')), ...(one?.promise === 'required' ? pick(v.promisedAt, 'promisedAt', t('suspend.promised')) : {}), ...(one?.evidenceRequired && n === 0 ? { fileIds: t('suspend.files') } : {}) }
      }}
      send={(v, fileIds, o) => call('requestSuspension', { id: assignment.id, conditionId: v.conditionId, reason: v.reason.trim(), fileIds, ...(v.promisedAt ? { promisedAt: v.promisedAt } : {}) }, o)}
      fields={({ value: v, set, errors }) => (
        <>
          {conditions.length === 0 ? <Empty kind="scope" title={t('suspend.none')} /> : <Choices name="conditionId" label={t('suspend.condition')} options={conditions.map((one) => ({ value: one.id, label: one.name, hint: t('suspend.days', { n: one.permittedDays }) }))} value={v.conditionId || null} onValue={(conditionId) => set({ conditionId })} error={errors.conditionId} />}
          {chosen(v.conditionId) && chosen(v.conditionId)?.promise !== 'none' ? <Moment name="promisedAt" label={t('suspend.promised')} optional={chosen(v.conditionId)?.promise !== 'required'} value={v.promisedAt} onValue={(promisedAt) => set({ promisedAt })} error={errors.promisedAt} /> : null}
          <TextArea name="reason" label={t('suspend.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
        </>
      )} />
  )
}

export const ResumptionForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`resume:${assignment.id}`} label={t('act.requestResumption')} notice={t('resume.notice')} initial={{ reason: '' }} files={t('return.files')} check={(v) => need(v.reason, 'reason', t('suspend.reason'))}
    send={(v, fileIds, o) => call('requestResumption', { id: assignment.id, reason: v.reason.trim(), fileIds }, o)}
    fields={({ value: v, set, errors }) => <TextArea name="reason" label={t('suspend.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />} />
)

const until = (assignment: FormProps['assignment'], act: string): string => {
  const at = assignment.acts.find((one) => one.act === act)?.until
  return at ? moment(at) : '–'
}

export const ConfirmPromiseForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`confirm:${assignment.id}`} label={t('act.confirmPromise')} notice={t('promise.notice', { at: until(assignment, 'confirmPromise') })} initial={{ onTrack: 'yes', progress: '' }} check={(v) => need(v.progress, 'progress', t('promise.progress'))}
    send={(v, _, o) => call('confirmPromise', { id: assignment.id, onTrack: v.onTrack === 'yes', progress: v.progress.trim() }, o)}
    fields={({ value: v, set, errors }) => (
      <>
        <Choices name="onTrack" label={t('promise.onTrack')} columns options={[{ value: 'yes', label: t('promise.can') }, { value: 'no', label: t('promise.cannot') }]} value={v.onTrack} onValue={(onTrack) => set({ onTrack })} />
        <TextArea name="progress" label={t('promise.progress')} limit={1000} value={v.progress} onValue={(progress) => set({ progress })} error={errors.progress} />
      </>
    )} />
)

export const NewPromiseForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`promise:${assignment.id}`} label={t('act.requestPromise')} notice={t('promise.notice', { at: until(assignment, 'requestPromise') })} initial={{ promisedAt: '', reason: '' }} files={t('return.files')}
    check={(v) => ({ ...pick(v.promisedAt, 'promisedAt', t('suspend.promised')), ...need(v.reason, 'reason', t('suspend.reason')) })} send={(v, fileIds, o) => call('requestPromise', { id: assignment.id, promisedAt: v.promisedAt, reason: v.reason.trim(), fileIds }, o)}
    fields={({ value: v, set, errors }) => (
      <>
        <Moment name="promisedAt" label={t('suspend.promised')} value={v.promisedAt} onValue={(promisedAt) => set({ promisedAt })} error={errors.promisedAt} />
        <TextArea name="reason" label={t('suspend.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
      </>
    )} />
)

export const TrackingForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`track:${assignment.id}`} label={t('act.requestTracking')} notice={t('track.notice')} initial={{ untilAt: '', plan: '', reason: '' }} files={t('return.files')}
    check={(v) => ({ ...pick(v.untilAt, 'untilAt', t('track.until')), ...need(v.plan, 'plan', t('track.plan')), ...need(v.reason, 'reason', t('suspend.reason')) })} send={(v, fileIds, o) => call('requestTracking', { id: assignment.id, untilAt: v.untilAt, plan: v.plan.trim(), reason: v.reason.trim(), fileIds }, o)}
    fields={({ value: v, set, errors }) => (
      <>
        <Moment name="untilAt" label={t('track.until')} value={v.untilAt} onValue={(untilAt) => set({ untilAt })} error={errors.untilAt} />
        <TextArea name="plan" label={t('track.plan')} limit={2000} value={v.plan} onValue={(plan) => set({ plan })} error={errors.plan} />
        <TextArea name="reason" label={t('suspend.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
      </>
    )} />
)

export const StageReportForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`stage:${assignment.id}`} label={t('act.reportTracking')} notice={t('stage.notice')} initial={{ text: '', shown: true }} files={t('feedback.photos')} check={(v) => need(v.text, 'text', t('progress.result'))}
    send={(v, fileIds, o) => call('reportTracking', { id: assignment.id, text: v.text.trim(), public: v.shown, fileIds }, o)}
    fields={({ value: v, set, errors }) => (
      <>
        <TextArea name="text" label={t('progress.result')} limit={5000} value={v.text} onValue={(text) => set({ text })} error={errors.text} />
        <Check label={t('stage.public')} value={v.shown} onValue={(shown) => set({ shown })} />
      </>
    )} />
)

export const ExclusionForm = (props: FormProps): ReactElement => <Exclusion {...props} act="declareExclusion" />
export const ExclusionDraftForm = (props: FormProps): ReactElement => <Exclusion {...props} act="prepareExclusion" />

function Exclusion({ order, assignment, act }: FormProps & { act: 'declareExclusion' | 'prepareExclusion' }): ReactElement {
  const now = act === 'declareExclusion'
  const form = useQueryOf('exclusionForm', { id: assignment.id }).data
  if (!form) return <Skeleton lines={8} />
  const hint = form.hints[0]
  return (
    <SmallForm order={order} name={`${act}:${assignment.id}`} label={t(`act.${act}`)} notice={`${hint ? t('exclude.hinted', { because: hint.because }) : ''}${t(now ? 'exclude.notice' : 'exclude.draftNotice')}`} initial={{ kind: hint?.kind ?? 'exclude', reasonClass: hint?.reasonClass ?? '', reason: hint?.reason ?? '', expiresAt: '' }} files={t('return.files')}
      check={(v, n) => ({ ...pick(v.reasonClass, 'reasonClass', t('exclude.class')), ...need(v.reason, 'reason', t('suspend.reason')), ...(n === 0 && now && form.items.find((one) => one.name === v.reasonClass)?.files !== false ? { fileIds: t('suspend.files') } : {}) })}
      send={(v, fileIds, o) => call(act, { id: assignment.id, kind: v.kind === 'shelve' ? 'shelve' : 'exclude', reasonClass: v.reasonClass, reason: v.reason.trim(), fileIds, ...(v.kind === 'shelve' && v.expiresAt ? { expiresAt: v.expiresAt } : {}) }, o)}
      fields={({ value: v, set, errors }) => (
        <>
          <Choices name="kind" label={t('exclude.kind')} columns options={[{ value: 'exclude', label: t('exclude.exclude') }, { value: 'shelve', label: t('exclude.shelve') }]} value={v.kind} onValue={(kind) => set({ kind, reasonClass: '' })} />
          <Choices name="reasonClass" label={t('exclude.class')} options={form.items.filter((one) => one.kind === 'both' || one.kind === v.kind).map(({ name }) => ({ value: name, label: name }))} value={v.reasonClass || null} onValue={(reasonClass) => set({ reasonClass })} error={errors.reasonClass} />
          {v.kind === 'shelve' ? <Moment name="expiresAt" label={t('exclude.expires')} optional value={v.expiresAt} onValue={(expiresAt) => set({ expiresAt })} error={errors.expiresAt} /> : null}
          <TextArea name="reason" label={t('suspend.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
        </>
      )} />
  )
}

/** Units found by name, several or one. */
function UnitChoice({ label, values, onValues, many, error }: { label: string; values: string[]; onValues: (ids: string[]) => void; many: boolean; error?: string | undefined }): ReactElement {
  const units = useQueryOf('pickUnits', { limit: 100 }, { staleTime: 300_000 }).data?.items
  if (!units) return <Skeleton lines={3} />
  if (!many) return <Choices name="unitIds" label={label} options={units.map((one) => ({ value: one.id, label: one.name, hint: one.parentName ?? undefined }))} value={values[0] ?? null} onValue={(id) => onValues([id])} error={error} />
  return (
    <fieldset className="k-field" data-field="unitIds">
      <legend className="k-label">{label}</legend>
      {units.map((one) => <Check key={one.id} label={one.name} value={values.includes(one.id)} onValue={(on) => onValues(on ? [...values, one.id] : values.filter((id) => id !== one.id))} />)}
      {error ? <p className="k-error">{error}</p> : null}
    </fieldset>
  )
}

export const WhistleForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`whistle:${assignment.id}`} label={t('act.blowWhistle')} notice={t('whistle.notice')} initial={{ unitIds: [] as string[], reason: '', place: order.address ?? '' }} files={t('whistle.files')}
    check={(v) => ({ ...none(v.unitIds, 'unitIds', t('whistle.units')), ...need(v.reason, 'reason', t('whistle.reason')) })} send={(v, fileIds, o) => call('blowWhistle', { id: assignment.id, unitIds: v.unitIds, reason: v.reason.trim(), fileIds, ...(v.place.trim() ? { place: v.place.trim() } : {}) }, o)}
    fields={({ value: v, set, errors }) => (
      <>
        <TextArea name="reason" label={t('whistle.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
        <TextInput name="place" label={t('whistle.place')} optional value={v.place} onValue={(place) => set({ place })} />
        <UnitChoice many label={t('whistle.units')} values={v.unitIds} onValues={(unitIds) => set({ unitIds })} error={errors.unitIds} />
      </>
    )} />
)

export const IndustryForm = ({ order, assignment }: FormProps): ReactElement => (
  <SmallForm order={order} name={`industry:${assignment.id}`} label={t('act.markIndustry')} notice={t('industry.notice')} initial={{ unitIds: [] as string[] }} check={(v) => none(v.unitIds, 'unitIds', t('industry.unit'))} send={(v, _, o) => call('markIndustry', { id: assignment.id, industryUnitId: v.unitIds[0] ?? '' }, o)}
    fields={({ value: v, set, errors }) => <UnitChoice many={false} label={t('industry.unit')} values={v.unitIds} onValues={(unitIds) => set({ unitIds })} error={errors.unitIds} />} />
)

type OrderForm = { order: FormProps['order'] }

/** A department on the spot: who came, what was done, photos. */
export function ReportInForm({ order }: OrderForm): ReactElement {
  const query = useQueryOf('listWhistles', { orderId: order.id, state: 'blown', limit: 1 })
  const whistle = query.data?.items[0]
  if (!query.data) return <Skeleton lines={8} />
  if (!whistle) return <Empty kind="done" title={t('form.gone')} />
  return (
    <SmallForm order={order} name={`reportIn:${whistle.id}`} label={t('act.reportIn')} notice={[whistle.reason, whistle.place].filter(Boolean).join('；')} initial={{ person: '', result: '', at: nowIso() }} files={t('whistle.files')}
      check={(v) => ({ ...need(v.person, 'person', t('report.person')), ...need(v.result, 'result', t('report.result')) })} send={(v, fileIds, o) => call('reportIn', { id: whistle.id, person: v.person.trim(), result: v.result.trim(), fileIds, ...(v.at ? { at: v.at } : {}) }, o)}
      fields={({ value: v, set, errors }) => (
        <>
          <TextInput name="person" label={t('report.person')} value={v.person} onValue={(person) => set({ person })} error={errors.person} />
          <Moment name="at" label={t('report.at')} value={v.at} onValue={(at) => set({ at })} error={errors.at} />
          <TextArea name="result" label={t('report.result')} limit={2000} value={v.result} onValue={(result) => set({ result })} error={errors.result} />
        </>
      )} />
  )
}

export const ObjectionForm = ({ order }: OrderForm): ReactElement => (
  <SmallForm order={order} name={`object:${order.id}`} label={t('act.objectIndustry')} notice={t('object.notice')} initial={{ reason: '' }} files={t('return.files')} check={(v) => need(v.reason, 'reason', t('suspend.reason'))} send={(v, fileIds, o) => call('objectIndustry', { id: order.id, reason: v.reason.trim(), fileIds }, o)}
    fields={({ value: v, set, errors }) => <TextArea name="reason" label={t('suspend.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />} />
)

/** A linked unit's part of a joint task. */
export function DeliverForm({ order }: OrderForm): ReactElement {
  const query = useQueryOf('listJoints', { orderId: order.id, state: 'open', limit: 1 })
  const joint = query.data?.items[0]
  const member = joint?.members.find((one) => one.mayDeliver)
  if (!query.data) return <Skeleton lines={8} />
  if (!joint || !member) return <Empty kind="done" title={t('form.gone')} />
  return (
    <SmallForm order={order} name={`deliver:${member.id}`} label={t('act.deliverJoint')} notice={`${joint.name}：${member.duty}`} initial={{ text: '' }} files={t('return.files')} check={(v) => need(v.text, 'text', t('progress.result'))} send={(v, fileIds, o) => call('deliverJoint', { id: joint.id, memberId: member.id, text: v.text.trim(), fileIds }, o)}
      fields={({ value: v, set, errors }) => <TextArea name="text" label={t('progress.result')} limit={3000} value={v.text} onValue={(text) => set({ text })} error={errors.text} />} />
  )
}
