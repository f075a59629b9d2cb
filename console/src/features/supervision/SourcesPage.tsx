// 待督查案源: orders picked for inspection; chosen ones become a case.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { fileIds, words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { dueField, files, form, inHours, long } from './fields.ts'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

type Row = OutputOf<'listInspectionSources'>['items'][number]
const load = reads<Row>('/api/supervision/sources')
const loaders = { unit: unitLoader() }
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 240, wide: true, render: (row) => row.title },
  { key: 'state', title: t('col.orderState'), width: 110, render: (row) => row.stateName },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'reason', title: w('pickReason'), width: 200, render: (row) => row.reason },
  { key: 'by', title: w('picked'), width: 180, render: (row) => <>{row.pickedByName} <Time iso={row.pickedAt} /></> },
  { key: 'case', title: w('case'), width: 80, render: (row) => (row.caseId ? <Link to={`/supervision/cases/${row.caseId}`}>{w('case')}</Link> : null) },
]

export default function SourcesPage(): ReactElement {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [rows, setRows] = useState<Row[] | null>(null)
  const [version, setVersion] = useState(0)
  const views = useMemo((): ListView[] => [{ id: 'free', name: w('sources'), filter: { used: ['false'] } }, { id: 'used', name: w('usedSources'), filter: { used: ['true'] } }], [])
  return (
    <>
      <ListPage<Row> key={version} page="inspectionSources" noSearch title={w('sources')} columns={columns} filters={[{ key: 'used', label: w('case'), kind: 'boolean' }]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board" empty={{ text: w('noSources') }}
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        bulkActs={[{ id: 'case', label: w('newCase'), run: (selection) => { if (!selection.all) setRows(selection.rows.filter((row) => row.caseId === null)) } }]}
        rowActs={(row) => (row.caseId ? [] : [{ id: 'case', label: w('newCase'), run: () => setRows([row]) }, { id: 'drop', label: w('drop'), danger: true, run: () => void call('dropInspectionSource', { id: row.id }).then(() => { say(w('done', { act: w('drop') })); setVersion((n) => n + 1) }) }])} />
      {rows && rows.length > 0 ? (
        <ActDrawer open onClose={() => setRows(null)} title={w('newCase')} sub={rows.map((row) => row.number).join('、')} submitLabel={w('newCase')} notice={w('approvalHint')} draftKey="inspection:new" loaders={loaders}
          initial={{ title: rows[0]?.title, unitId: rows[0]?.unitId ?? undefined, dueAt: inHours(120) }}
          schema={form({ title: { type: 'string', title: w('caseTitle'), maxLength: 100 }, unitId: { type: 'string', format: 'unit', title: t('col.unit') }, dueAt: dueField(w('caseDue')), demand: long(w('caseDemand')), fileIds: files }, ['title', 'unitId', 'dueAt', 'demand'])}
          submit={async (v) => {
            const made = await call('createInspectionCase', { title: words(v, 'title'), unitId: words(v, 'unitId'), dueAt: words(v, 'dueAt'), demand: words(v, 'demand'), orderIds: rows.map((row) => row.id), fileIds: fileIds(v) })
            await client.invalidateQueries()
            void navigate(`/supervision/cases/${made.id}`)
          }} />
      ) : null}
    </>
  )
}
