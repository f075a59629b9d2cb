// The registry of enterprises: one record for all modules; units keep it, managers review it.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useSession } from '../../../app/session.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { Page, Time } from '../../../ui/Page.tsx'
import { areaLoader } from '../../orders/pickers.ts'
import { StandardImport } from '../parts/StandardImport.tsx'
import { StandardTag, stateOptions } from '../parts/standard.tsx'
import { EnterpriseDrawer, NewEnterpriseDrawer } from './EnterpriseDrawer.tsx'
import { ownerships } from './enterprise-form.ts'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Enterprise = OutputOf<'listEnterprises'>['items'][number]

const columns: Column<Enterprise>[] = [
  { key: 'name', title: t('name'), width: 260, wide: true, render: (row) => row.name, text: (row) => [row.name, ...row.aliases].join(' ') },
  { key: 'creditCode', title: t('creditCode'), width: 190, render: (row) => <span className="ms-code">{row.creditCode}</span>, text: (row) => row.creditCode },
  { key: 'area', title: t('area'), width: 170, render: (row) => row.areaName },
  { key: 'industry', title: t('industry'), width: 120, render: (row) => row.industry },
  { key: 'ownership', title: t('ownership'), width: 90, render: (row) => row.ownership },
  { key: 'state', title: t('state'), width: 130, render: (row) => <StandardTag state={row.state} name={row.stateName} pending={row.pendingChangeId !== null} /> },
  { key: 'aliases', title: t('aliases'), width: 180, render: (row) => row.aliases.join('、'), hidden: true },
  { key: 'address', title: t('address'), width: 220, render: (row) => row.address, hidden: true },
  { key: 'legalPerson', title: t('legalPerson'), width: 110, render: (row) => row.legalPerson, hidden: true },
  { key: 'labels', title: t('labels'), width: 150, render: (row) => row.labels.join('、'), hidden: true },
  { key: 'updated', title: t('updated'), width: 130, render: (row) => <Time iso={row.updatedAt} /> },
]
const filters: Filter[] = [
  { key: 'state', label: t('state'), kind: 'multi', options: stateOptions },
  { key: 'areaCode', label: t('area'), kind: 'pick', loader: areaLoader },
  { key: 'ownership', label: t('ownership'), kind: 'multi', options: ownerships.map((name) => ({ value: name, label: name })) },
  { key: 'industry', label: t('industry'), kind: 'text' },
  { key: 'label', label: t('labels'), kind: 'text' },
]

export default function EnterprisesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const [importing, setImporting] = useState(false)
  const keep = can('matters.enterprises') || can('matters.edit')
  const open = (id: string | null) => setSearch((before) => { const next = new URLSearchParams(before); if (id) next.set('open', id); else next.delete('open'); return next })
  useKeys(t('title'), [{ keys: 'c', label: t('add'), run: () => setAdding(true), enabled: keep }])
  return (
    <Page fill title={t('title')} help="enterprises" acts={keep ? <>
      {can('matters.edit') ? <Button type="text" icon={<Icon name="upload" />} onClick={() => setImporting(true)}>{t('import')}</Button> : null}
      <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>{t('add')}<kbd className="ms-kbd">c</kbd></Button>
    </> : null}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <ListPage<Enterprise> embedded page="enterprises" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={(row) => open(row.id)} searchHint={t('search')} searchKey="query" topic="matters.standard" empty={{ text: t('empty') }}
          load={(query, signal) => { const { q, sort: _sort, ...rest } = query; return call('listEnterprises', { ...rest, ...(q ? { query: q } : {}) }, { signal }) }} />
      </div>
      <NewEnterpriseDrawer open={adding} onClose={() => setAdding(false)} />
      <EnterpriseDrawer id={search.get('open')} onClose={() => open(null)} />
      <StandardImport kind="enterprise" open={importing} onClose={() => setImporting(false)} />
    </Page>
  )
}
