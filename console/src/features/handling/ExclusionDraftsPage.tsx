// 申报暂存: what is prepared until the window opens, reviewed by the unit's leader, submitted one by one or in batch.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { BatchReport } from '../../ui/BatchReport.tsx'
import type { BatchResult } from '../../ui/BatchReport.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView, Selection } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { oneOf, words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { openingText } from './DeclarationWindows.tsx'
import { numberColumn, titleColumn } from './lists.tsx'
import { RowAct, useRefreshHandling } from './RowAct.tsx'
import type { RowForm } from './RowAct.tsx'
import { t } from './texts.zh-CN.ts'

type Draft = OutputOf<'listExclusionDrafts'>['items'][number]
const load = reads<Draft>('/api/exclusion-drafts')
const tones = { draft: 'plain', passed: 'ok', sentBack: 'over', submitted: 'primary', discarded: 'plain' } as const
const columns: Column<Draft>[] = [
  numberColumn(), titleColumn(),
  { key: 'kind', title: t('col.kind'), width: 72, render: (row) => (row.kind === 'exclude' ? t('view.excluded') : t('view.shelved')) },
  { key: 'class', title: t('col.class'), width: 104, render: (row) => row.reasonClass },
  { key: 'reason', title: t('reason'), width: 128, yields: 3, render: (row) => row.reason },
  { key: 'unit', title: t('col.unit'), width: 120, yields: 2, render: (row) => row.unitName },
  { key: 'state', title: t('col.state'), width: 96, render: (row) => <Tag tone={tones[row.state]}>{t(`draft.${row.state}`)}</Tag> },
  { key: 'problem', title: t('draft.problem'), width: 132, render: (row) => (row.problem ? <span style={{ color: 'var(--ms-over-text)' }}>{row.problem}</span> : (row.opinion ?? '–')) },
  { key: 'by', title: t('col.by'), width: 88, yields: 4, render: (row) => row.preparedByName },
  { key: 'at', title: t('col.at'), width: 112, yields: 1, render: (row) => <Time iso={row.preparedAt} /> },
]

const reviewForm = (row: Draft): RowForm => ({
  title: t('draft.review'), sub: <><bdi className="ms-code">{row.number}</bdi> {row.title}</>, notice: t('draft.reviewEffect'), initial: { outcome: 'pass', opinion: '同意' },
  schema: fields({ outcome: { type: 'string', title: t('draft.outcome'), oneOf: [{ const: 'pass', title: t('draft.pass') }, { const: 'sendBack', title: t('draft.sendBack') }], 'x-buttons': true }, opinion: opinionField({ maxLength: 500 }) }, ['outcome', 'opinion']),
  send: (v, o) => call('reviewExclusionDraft', { id: row.id, outcome: oneOf(v, 'outcome', ['pass', 'sendBack'], 'pass'), opinion: words(v, 'opinion') }, o),
})

export default function ExclusionDraftsPage(): ReactElement {
  const { can } = useSession()
  const refresh = useRefreshHandling()
  const [acting, setActing] = useState<Draft | null>(null)
  const [result, setResult] = useState<BatchResult | null>(null)
  const knows = can('orders.handle') || can('orders.approveExclusion') || can('orders.manageRules') || can('flow.approveInUnit')
  const windows = useQueryOf('listDeclarationWindows', {}, { enabled: knows }).data
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }, { key: 'kind', label: t('col.kind'), kind: 'select', options: [{ value: 'exclude', label: t('view.excluded') }, { value: 'shelve', label: t('view.shelved') }] }], [])
  const views = useMemo((): ListView[] => [
    { id: 'all', name: t('view.all'), filter: {} }, { id: 'draft', name: t('draft.draft'), filter: { state: ['draft'] } }, { id: 'passed', name: t('draft.passed'), filter: { state: ['passed'] } }, { id: 'sentBack', name: t('draft.sentBack'), filter: { state: ['sentBack'] } }, { id: 'invalid', name: t('draft.invalid'), filter: { invalid: ['true'] } }, { id: 'submitted', name: t('draft.submitted'), filter: { state: ['submitted'] } },
  ], [])
  const attempt = async (run: () => Promise<unknown>) => {
    await run().catch((error: unknown) => say(asProblem(error).message, 'over'))
    await refresh()
  }
  const submit = (ids: readonly string[]) => attempt(async () => setResult(await call('submitExclusionDrafts', { ids: [...ids] })))
  const discard = async (row: Draft) => {
    if (await confirm({ title: t('draft.discardAsk', { number: row.number }), text: t('draft.discardText'), verb: t('draft.discard'), danger: true })) await attempt(() => call('discardExclusionDraft', { id: row.id }))
  }
  return (
    <>
      <ListPage<Draft> page="handlingExclusionDrafts" noSearch title={t('drafts')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        {...(windows ? { acts: <span className="ms-hint" role="status">{openingText(windows)}</span> } : {})}
        {...(can('orders.handle') ? { bulkActs: [{ id: 'submit', label: t('draft.submit'), run: (s: Selection<Draft>) => void ('ids' in s && submit(s.ids)) }] } : {})}
        rowActs={(row) => [...(row.maySubmit ? [{ id: 'submit', label: t('draft.submit'), run: () => void submit([row.id]) }] : []), ...(row.mayReview ? [{ id: 'review', label: t('draft.review'), run: () => setActing(row) }] : []), ...(row.maySubmit ? [{ id: 'discard', label: t('draft.discard'), danger: true, run: () => void discard(row) }] : [])]}
        empty={{ text: t('draft.none'), hint: t('draft.noneHint') }} />
      {acting ? <RowAct form={reviewForm(acting)} draftKey={`exclusion-draft:${acting.id}`} onClose={() => setActing(null)} /> : null}
      {result ? <BatchReport title={t('draft.report')} result={result} onClose={() => setResult(null)} /> : null}
    </>
  )
}
