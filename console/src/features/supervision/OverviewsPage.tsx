// 每日案件短信: what was sent to which unit; each row opens the frozen list behind its numbers.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSession } from '../../app/session.tsx'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { reads } from '../../ui/reads.ts'
import { o } from './overview-words.zh-CN.ts'
import { OverviewReceivers } from './OverviewReceivers.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listOverviews'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'slot', title: o('slot'), width: 150, render: (row) => row.slot },
  { key: 'unit', title: t('col.unit'), width: 200, render: (row) => row.unitName },
  { key: 'figures', title: o('figures'), width: 420, wide: true, render: (row) => row.figures.map((f) => `${f.name} ${f.count}`).join('，') },
  { key: 'recipients', title: t('col.recipients'), width: 260, render: (row) => (row.recipients.length === 0 ? <span className="ms-hint">{o('nobody')}</span> : row.recipients.map((p) => (p.sms ? p.name : o('noMobile', { name: p.name }))).join('、')) },
]
const load = reads<Row>('/api/supervision/overviews')

export default function OverviewsPage(): ReactElement {
  const { can } = useSession()
  const [open, setOpen] = useState(false)
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' }], [])
  return (
    <>
      <ListPage<Row> page="overviews" noSearch title={o('overviews')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/supervision/overviews/${row.id}`} empty={{ text: o('none') }}
        acts={can('supervision.keepOverview') ? <Button onClick={() => setOpen(true)}>{o('receivers')}</Button> : null} />
      {open ? <OverviewReceivers onClose={() => setOpen(false)} /> : null}
    </>
  )
}
