// 挂起: the live list with time suspended and time left.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { duration } from '../../ui/time.ts'
import { unitLoader } from '../orders/pickers.ts'
import { Left, numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from './RowAct.tsx'
import { resumeForm } from './row-forms.tsx'
import type { PauseRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<PauseRow>('/api/order-pauses')
const columns: Column<PauseRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'condition', title: t('col.condition'), width: 120, render: (row) => row.conditionName },
  { key: 'reason', title: t('col.reason'), width: 200, yields: 2, render: (row) => row.reason },
  { key: 'unit', title: t('col.unit'), width: 150, yields: 3, render: (row) => row.unitName },
  { key: 'stood', title: t('col.stood'), width: 100, render: (row) => duration(row.stoodMs) },
  { key: 'left', title: t('col.left'), width: 112, render: (row) => (row.state === 'active' ? <Left ms={row.leftMs} /> : row.endKindName) },
  { key: 'promised', title: t('col.promised'), width: 112, yields: 1, render: (row) => (row.promisedAt ? <Time iso={row.promisedAt} /> : '–') },
  { key: 'round', title: t('version'), width: 72, render: (row) => t('round', { n: row.round }), hidden: true },
]

export default function PausesPage(): ReactElement {
  const [acting, setActing] = useState<PauseRow | null>(null)
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }, { key: 'over', label: t('view.over'), kind: 'boolean' }, { key: 'promised', label: t('view.promised'), kind: 'boolean' }], [])
  const views = useMemo((): ListView[] => [
    { id: 'active', name: t('view.active'), filter: { state: ['active'] } }, { id: 'over', name: t('view.over'), filter: { state: ['active'], over: ['true'] } }, { id: 'promised', name: t('view.promised'), filter: { state: ['active'], promised: ['true'] } }, { id: 'ended', name: t('view.ended'), filter: { state: ['ended'] } },
  ], [])
  return (
    <>
      <ListPage<PauseRow> page="handlingPauses" noSearch title={t('pauses')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        preview={(row) => <PauseFacts row={row} />} rowActs={(row) => (row.mayResume ? [{ id: 'resume', label: t('resume.by'), run: () => setActing(row) }] : [])} empty={{ text: t('none') }} />
      {acting ? <RowAct form={resumeForm(acting)} draftKey={`pause:${acting.id}`} onClose={() => setActing(null)} /> : null}
    </>
  )
}

export function PauseFacts({ row }: { row: PauseRow }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><Tag tone={row.state === 'active' ? 'near' : 'plain'}>{row.state === 'active' ? t('active') : t('ended')}</Tag><strong>{row.conditionName}</strong><span className="ms-hint">{row.unitName} {t('round', { n: row.round })}</span></div>
      <p className="ms-text">{row.reason}</p>
      <Facts items={[
        { label: t('col.stood'), value: duration(row.stoodMs) }, { label: t('col.left'), value: <Left ms={row.leftMs} />, hidden: row.leftMs === null }, { label: t('col.promised'), value: <Time iso={row.promisedAt} />, hidden: row.promisedAt === null },
        { label: t('confirm.progress'), value: row.progress, hidden: row.progress === null }, { label: t('view.ended'), value: <>{row.endKindName} {row.endReason} <Time iso={row.endedAt} /></>, hidden: row.endedAt === null },
      ]} />
    </div>
  )
}
