// What a unit asks for: to give the order back (window shown), to have more time (effect on the clock shown).
import { Choices, TextArea } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { t } from '../texts.zh-CN.ts'
import { instant, moment } from '../time.ts'
import type { FormProps } from './ActPage.tsx'
import { ActFrame, Moment, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

export function ReturnForm({ order, assignment }: FormProps): ReactElement {
  const name = `return:${assignment.id}`
  const photos = usePhotos(`${name}:photos`, 'request')
  const act = useAct<{ reasonClass: string | null; reason: string }>(name, { reasonClass: null, reason: '' }, { label: t('act.requestReturn'), number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const classes = useQueryOf('orderOptions', {}, { staleTime: 300_000 }).data?.returnReasons ?? []
  const until = assignment.acts.find((one) => one.act === 'requestReturn')?.until
  const submit = () => {
    const ids = sentIds(photos)
    act.submit({
      ...(v.reasonClass ? {} : { reasonClass: t('form.choose', { name: t('return.class') }) }),
      ...(v.reason.trim() ? {} : { reason: t('form.required', { name: t('return.reason') }) }), ...waitingFiles(photos, ids),
    }, (options) => call('requestReturn', { id: assignment.id, reasonClass: v.reasonClass ?? '', reason: v.reason.trim(), fileIds: ids ?? [] }, options))
  }
  return (
    <ActFrame title={t('act.requestReturn')} number={order.number} subject={order.title} act={act} onSubmit={submit} notice={<>{until ? <p><strong>{t('return.window', { at: moment(until) })}</strong></p> : null}<p>{t('return.chain')}</p></>}>
      <Choices name="reasonClass" label={t('return.class')} columns options={classes.map((value) => ({ value, label: value }))} value={v.reasonClass} onValue={(reasonClass) => set({ reasonClass })} error={errors.reasonClass} />
      <TextArea name="reason" label={t('return.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
      <Photos queue={photos} label={t('return.files')} error={errors.fileIds} onChanged={() => act.clear('fileIds')} />
    </ActFrame>
  )
}

export function ExtensionForm({ order, assignment }: FormProps): ReactElement {
  const name = `extension:${assignment.id}`
  const photos = usePhotos(`${name}:photos`, 'request')
  const act = useAct(name, { newDueAt: '', reason: '' }, { label: t('act.requestExtension'), number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const clock = order.clocks.find((one) => one.assignmentId === assignment.id && one.kind === 'handling')
  const old = clock?.dueAt ?? assignment.dueAt
  const words = clock?.name ?? t('extension.clock')
  const submit = () => {
    const ids = sentIds(photos)
    act.submit({
      ...(!v.newDueAt ? { newDueAt: t('form.choose', { name: t('extension.due') }) } : old && instant(v.newDueAt) <= instant(old) ? { newDueAt: t('extension.later', { at: moment(old) }) } : {}),
      ...(v.reason.trim() ? {} : { reason: t('form.required', { name: t('extension.reason') }) }), ...waitingFiles(photos, ids),
    }, (options) => call('requestExtension', { id: assignment.id, newDueAt: v.newDueAt, reason: v.reason.trim(), fileIds: ids ?? [] }, options))
  }
  return (
    <ActFrame title={t('act.requestExtension')} number={order.number} subject={order.title} act={act} onSubmit={submit}
      notice={<>{old ? <p><strong>{v.newDueAt ? t('extension.effect', { clock: words, old: moment(old), next: moment(v.newDueAt) }) : t('extension.choose', { clock: words, old: moment(old) })}</strong></p> : null}<p>{t('extension.chain')}</p></>}>
      <Moment name="newDueAt" label={t('extension.due')} value={v.newDueAt} onValue={(newDueAt) => set({ newDueAt })} error={errors.newDueAt} />
      <TextArea name="reason" label={t('extension.reason')} limit={1000} value={v.reason} onValue={(reason) => set({ reason })} error={errors.reason} />
      <Photos queue={photos} label={t('return.files')} error={errors.fileIds} onChanged={() => act.clear('fileIds')} />
    </ActFrame>
  )
}
