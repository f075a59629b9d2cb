// Handing down to a subordinate unit, or to one of its people.
import { Choices, Empty, Skeleton, TextArea, TextInput } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { t } from '../texts.zh-CN.ts'
import { moment } from '../time.ts'
import type { FormProps } from './ActPage.tsx'
import { ActFrame, Moment, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

const MANY = 7

export function HandDownForm({ order, assignment }: FormProps): ReactElement {
  const photos = usePhotos(`handDown:${assignment.id}:photos`, 'order')
  const act = useAct<{ find: string; unitId: string | null; handlerId: string; opinion: string; dueAt: string }>(`handDown:${assignment.id}`, { find: '', unitId: null, handlerId: '', opinion: '', dueAt: '' }, { label: t('act.handDown'), number: order.number, after: () => photos?.clear() })
  const { value: v, set, errors } = act
  const units = useQueryOf('pickUnits', { under: assignment.unitId, limit: 100, ...(v.find.trim() ? { query: v.find.trim() } : {}) }, { keepPrevious: true, staleTime: 300_000 })
  const people = useQueryOf('pickUsers', { unitId: v.unitId ?? '', permission: 'orders.handle', limit: 50 }, { enabled: v.unitId !== null, staleTime: 300_000 })
  const found = (units.data?.items ?? []).filter((one) => one.id !== assignment.unitId)
  const submit = () => {
    const ids = sentIds(photos)
    act.submit({ ...(v.unitId ? {} : { unitId: t('form.choose', { name: t('handDown.unit') }) }), ...waitingFiles(photos, ids) }, (options) => call('handDown', {
      id: assignment.id, unitId: v.unitId ?? '', fileIds: ids ?? [], ...(v.handlerId ? { handlerId: v.handlerId } : {}), ...(v.opinion.trim() ? { opinion: v.opinion.trim() } : {}), ...(v.dueAt ? { dueAt: v.dueAt } : {}),
    }, options))
  }
  return (
    <ActFrame title={t('act.handDown')} number={order.number} subject={order.title} act={act} notice={<p>{t('handDown.notice')}</p>} onSubmit={submit}>
      {found.length > MANY || v.find ? <TextInput name="find" label={t('handDown.find')} optional type="search" value={v.find} onValue={(find) => set({ find })} /> : null}
      {!units.data ? <Skeleton lines={3} /> : found.length === 0 ? <Empty kind={v.find ? 'filter' : 'scope'} title={t('handDown.none')} /> : (
        <Choices name="unitId" label={t('handDown.unit')} options={found.slice(0, 30).map((one) => ({ value: one.id, label: one.name, hint: one.parentName && one.parentId !== assignment.unitId ? one.parentName : undefined }))} value={v.unitId} onValue={(unitId) => set({ unitId, handlerId: '' })} error={errors.unitId} />
      )}
      {v.unitId && people.data?.items.length ? <Choices name="handlerId" label={t('handDown.handler')} options={[{ value: '', label: t('handDown.anybody') }, ...people.data.items.map((one) => ({ value: one.id, label: one.name, hint: one.unitName ?? undefined }))]} value={v.handlerId} onValue={(handlerId) => set({ handlerId })} error={errors.handlerId} /> : null}
      <TextArea name="opinion" label={t('handDown.opinion')} optional rows={3} limit={1000} value={v.opinion} onValue={(opinion) => set({ opinion })} error={errors.opinion} />
      <Moment name="dueAt" label={t('handDown.due')} optional help={assignment.dueAt ? t('handDown.dueHelp', { at: moment(assignment.dueAt) }) : undefined} value={v.dueAt} onValue={(dueAt) => set({ dueAt })} error={errors.dueAt} />
      <Photos queue={photos} label={t('answer.files')} error={errors.fileIds} onChanged={() => act.clear('fileIds')} />
    </ActFrame>
  )
}
