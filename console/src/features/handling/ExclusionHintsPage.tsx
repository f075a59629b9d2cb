// 申报提示: orders that may qualify for exclusion or shelving, each with its item and a drafted reason; taken, changed or refused here.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { rate } from '../../ui/numbers.ts'
import { Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { claimFrom, claimOf, exclusionFields } from './exclusion-form.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { RowAct } from './RowAct.tsx'
import type { RowForm } from './RowAct.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listExclusionHints'>['items'][number]
const load = reads<Row>('/api/exclusion-hints')
const columns: Column<Row>[] = [
  numberColumn(), titleColumn(),
  { key: 'kind', title: t('col.kind'), width: 72, render: (row) => <Tag tone="primary">{t(row.kind === 'exclude' ? 'view.excluded' : 'view.shelved')}</Tag> },
  { key: 'class', title: t('col.class'), width: 120, render: (row) => row.reasonClass },
  { key: 'because', title: t('hint.because'), width: 190, render: (row) => row.because },
  { key: 'reason', title: t('hint.draft'), width: 220, yields: 2, render: (row) => row.reason },
  { key: 'unit', title: t('col.unit'), width: 120, yields: 1, render: (row) => row.unitName },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => (row.decidedAt ? <>{row.decidedByName} <Time iso={row.decidedAt} />{row.decidedWhy ? `　${row.decidedWhy}` : ''}</> : <Time iso={row.createdAt} />) },
]

const rejectForm = (row: Row): RowForm => ({ title: t('hint.reject'), sub: <><bdi className="ms-code">{row.number}</bdi> {row.title}</>, notice: t('hint.rejectEffect'), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 200 }) }), send: (v, o) => call('rejectExclusionHint', { id: row.id, reason: words(v, 'reason') }, o) })

/** Declared while the window of its kind is open, else prepared. */
function Declare({ row, onClose }: { row: Row; onClose: () => void }): ReactElement | null {
  const form = useQueryOf('exclusionForm', { id: row.assignmentId })
  const windows = useQueryOf('listDeclarationWindows', {})
  if (!form.data || !windows.data) return null
  const now = windows.data[row.kind].open
  const title = t(now ? 'exclude.title' : 'draft.title')
  return <RowAct draftKey={`hint:${row.id}`} onClose={onClose} form={{ title, sub: <><bdi className="ms-code">{row.number}</bdi> {row.title}</>, notice: `${t('exclude.hinted', { because: row.because })}${t(now ? 'exclude.effect' : 'draft.effect')}`, initial: claimFrom(row), schema: exclusionFields(form.data, now), send: (v, o) => call(now ? 'declareExclusion' : 'prepareExclusion', { id: row.assignmentId, ...claimOf(v) }, o) }} />
}

export default function ExclusionHintsPage(): ReactElement {
  const { can } = useSession()
  const [acting, setActing] = useState<{ act: 'declare' | 'reject'; row: Row } | null>(null)
  const share = useQueryOf('exclusionHintShare', {}).data
  const handles = can('orders.handle')
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }, { key: 'kind', label: t('col.kind'), kind: 'select', options: [{ value: 'exclude', label: t('view.excluded') }, { value: 'shelve', label: t('view.shelved') }] }], [])
  const views = useMemo((): ListView[] => [{ id: 'open', name: t('hint.open'), filter: {} }, { id: 'confirmed', name: t('hint.confirmed'), filter: { state: ['confirmed'] } }, { id: 'changed', name: t('hint.changed'), filter: { state: ['changed'] } }, { id: 'rejected', name: t('hint.rejected'), filter: { state: ['rejected'] } }], [])
  return (
    <>
      <ListPage<Row> page="handlingExclusionHints" noSearch title={t('hints')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} empty={{ text: t('hint.none'), hint: t('hint.noneHint') }}
        {...(share ? { acts: <span className="ms-hint" role="status">{t('hint.share', { share: rate(share.share), confirmed: share.confirmed, changed: share.changed, rejected: share.rejected })}</span> } : {})}
        rowActs={(row) => (row.mayAct && handles ? [{ id: 'declare', label: t('hint.take'), run: () => setActing({ act: 'declare', row }) }, { id: 'reject', label: t('hint.reject'), run: () => setActing({ act: 'reject', row }) }] : [])} />
      {acting?.act === 'declare' ? <Declare row={acting.row} onClose={() => setActing(null)} /> : null}
      {acting?.act === 'reject' ? <RowAct form={rejectForm(acting.row)} draftKey={`rejectHint:${acting.row.id}`} onClose={() => setActing(null)} /> : null}
    </>
  )
}
