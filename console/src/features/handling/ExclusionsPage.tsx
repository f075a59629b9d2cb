// 剔除挂账: approved exclusions and shelvings, and what was declared at closing.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from './RowAct.tsx'
import type { RowForm } from './RowAct.tsx'
import { extendShelvingForm, liftForm } from './row-forms.tsx'
import type { ExclusionRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<ExclusionRow>('/api/order-exclusions')
const columns: Column<ExclusionRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'kind', title: t('col.kind'), width: 72, render: (row) => <Tag tone="primary">{row.kind === 'exclude' ? t('view.excluded') : t('view.shelved')}</Tag> },
  { key: 'class', title: t('col.class'), width: 104, render: (row) => row.reasonClass },
  { key: 'reason', title: t('reason'), width: 104, render: (row) => row.reason },
  { key: 'unit', title: t('col.unit'), width: 132, render: (row) => row.unitName },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.approvedAt} /> },
  { key: 'expires', title: t('col.expires'), width: 180, render: (row) => (row.endedAt ? <>{row.endReason} <Time iso={row.endedAt} />{row.expiresAt ? <span className="ms-hint"> {t('exclude.was')} <Time iso={row.expiresAt} /></span> : null}</> : row.expiresAt ? <><Time iso={row.expiresAt} />{row.extensions > 0 ? <span className="ms-hint"> {t('exclude.extended', { n: row.extensions })}</span> : null}</> : '–') },
]

export default function ExclusionsPage(): ReactElement {
  const [acting, setActing] = useState<{ key: string; form: RowForm } | null>(null)
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }], [])
  const views = useMemo((): ListView[] => [{ id: 'all', name: t('view.all'), filter: {} }, { id: 'exclude', name: t('view.excluded'), filter: { kind: ['exclude'] } }, { id: 'shelve', name: t('view.shelved'), filter: { kind: ['shelve'] } }, { id: 'due', name: t('exclude.due', { n: 30 }), filter: { kind: ['shelve'], dueWithin: ['30'] } }, { id: 'expired', name: t('exclude.expired'), filter: { state: ['expired'] } }, { id: 'ended', name: t('view.ended'), filter: { state: ['lifted'] } }], [])
  return (
    <>
      <ListPage<ExclusionRow> page="handlingExclusions" noSearch title={t('exclusions')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        rowActs={(row) => [...(row.mayExtend ? [{ id: 'extend', label: t('exclude.extend'), run: () => setActing({ key: `extend:${row.id}`, form: extendShelvingForm(row) }) }] : []), ...(row.mayLift ? [{ id: 'lift', label: t('exclude.lift'), run: () => setActing({ key: `exclusion:${row.id}`, form: liftForm(row) }) }] : [])]} empty={{ text: t('none') }} />
      {acting ? <RowAct form={acting.form} draftKey={acting.key} onClose={() => setActing(null)} /> : null}
    </>
  )
}
