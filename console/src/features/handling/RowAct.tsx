// An act on a row of one of the lists of handling: a few fields, sent, and the lists read anew.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { RequestOptions } from '../../api/http.ts'
import { newKey } from '../../api/http.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { ActDrawerProps } from '../../ui/ActDrawer.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

export type RowForm = Pick<ActDrawerProps, 'schema' | 'initial' | 'notice' | 'check' | 'own' | 'side' | 'sub' | 'loaders'> & { title: string; submitLabel?: string; send: (values: FormValue, options: RequestOptions) => Promise<unknown> }

const lists = ['listPauses', 'listTrackings', 'listDisputes', 'listHards', 'listOrderContacts', 'listAutoAssignments', 'listAssignRules', 'listOpinions', 'listPauseConditions', 'listClosingTemplates', 'listDeclarations', 'listExclusions', 'listExclusionDrafts', 'listExclusionHints', 'exclusionHintShare', 'listFaultyDeclarations', 'declarationQuality', 'listDeclarationRepairs', 'exclusionForm', 'listDeclarationWindows', 'contactRates', 'dispatchOptions', 'listWhistles', 'listJoints', 'listMarkObjections', 'listLinkedUnits', 'jointCooperation', 'listReexaminations']

export function useRefreshHandling(): () => Promise<void> {
  const client = useQueryClient()
  const refresh = useRefreshOrders()
  return async () => { await Promise.all([refresh(), ...lists.map((name) => client.invalidateQueries({ queryKey: [name] }))]) }
}

export function RowAct({ form, draftKey, onClose }: { form: RowForm; draftKey: string; onClose: () => void }): ReactElement {
  const refresh = useRefreshHandling()
  const { title, submitLabel, send, ...parts } = form
  const submit = async (values: FormValue) => {
    await send(values, { idempotencyKey: newKey() })
    await refresh()
    say(t('done', { act: title }))
  }
  return <ActDrawer {...parts} open title={title} submitLabel={submitLabel ?? title} draftKey={draftKey} submit={submit} onClose={onClose} onDone={onClose} loaders={{ ...orderLoaders, ...parts.loaders }} />
}
