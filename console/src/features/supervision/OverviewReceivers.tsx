// Whom a unit wants to receive its overview. The centre picks the unit first; a unit keeps its own.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { unitLoader } from '../orders/pickers.ts'
import { words } from '../orders/acts/form-values.ts'
import { choice, form, listOf, many } from './fields.ts'
import { o } from './overview-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

const loaders = { unit: unitLoader() }

export function OverviewReceivers({ onClose }: { onClose: () => void }): ReactElement {
  const { user } = useSession()
  const wide = user.scopes?.['supervision.keepOverview'] === 'tenant'
  const [unitId, setUnitId] = useState(wide ? '' : user.unitId)
  if (unitId !== '') return <OneUnit unitId={unitId} onClose={onClose} />
  return <ActDrawer open onClose={onClose} title={o('receivers')} submitLabel={o('next')} loaders={loaders} schema={form({ unitId: { type: 'string', format: 'unit', title: t('col.unit') } }, ['unitId'])} submit={async (v) => setUnitId(words(v, 'unitId'))} />
}

function OneUnit({ unitId, onClose }: { unitId: string; onClose: () => void }): ReactElement | null {
  const client = useQueryClient()
  const kept = useQueryOf('overviewRecipients', { unitId })
  if (kept.error) return <ProblemLine problem={kept.error} onRetry={() => void kept.refetch()} />
  if (!kept.data) return null
  const list = kept.data
  return (
    <ActDrawer open onClose={onClose} title={o('receivers')} sub={list.unitName} submitLabel={o('save')} notice={list.byDefault ? o('byDefault') : o('kept')}
      initial={{ enabled: list.enabled ? 'yes' : 'no', userIds: list.users.map((p) => p.id) }}
      schema={form({ enabled: choice(o('send'), [{ value: 'yes', label: w('yes') }, { value: 'no', label: w('no') }], { 'x-buttons': true }), userIds: many(t('col.recipients'), list.people.map((p) => ({ value: p.id, label: p.name })), { 'x-visibleIf': { field: 'enabled', equals: 'yes' } }) }, ['enabled'])}
      submit={async (v) => {
        await call('saveOverviewRecipients', { unitId, enabled: v['enabled'] === 'yes', userIds: listOf(v['userIds']) })
        await client.invalidateQueries()
        say(w('done', { act: o('save') }))
      }} />
  )
}
