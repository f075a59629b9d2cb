// The duty list: who leads, assists or must not get a matter, where. As a list, or as a matrix that shows gaps and overlaps.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { areaLoader, matterLoader, unitLoader } from '../../orders/pickers.ts'
import { StandardImport } from '../parts/StandardImport.tsx'
import { StandardTag, stateOptions } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { DutyDrawer, NewDutyDrawer } from './DutyDrawer.tsx'
import type { NewDuty } from './DutyDrawer.tsx'
import { DutyMatrix } from './DutyMatrix.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Duty = OutputOf<'listDutyEntries'>['items'][number]
const tones = { lead: 'primary', assist: 'low', negative: 'over' } as const

const columns: Column<Duty>[] = [
  { key: 'matter', title: t('matter'), width: 230, wide: true, render: (row) => row.matterName, text: (row) => `${row.matterName} ${row.matterCode}` },
  { key: 'unit', title: t('unit'), width: 220, render: (row) => row.unitName },
  { key: 'role', title: t('role'), width: 90, render: (row) => <Tag tone={tones[row.role]}>{row.roleName}</Tag> },
  { key: 'area', title: t('area'), width: 150, render: (row) => row.areaName },
  { key: 'implementationName', title: t('implementationName'), width: 170, render: (row) => row.implementationName },
  { key: 'boundary', title: t('boundary'), width: 220, render: (row) => row.boundary },
  { key: 'status', title: t('state'), width: 130, render: (row) => <StandardTag state={row.state} name={row.stateName} pending={row.pendingChangeId !== null} /> },
  { key: 'implementationCode', title: t('implementationCode'), width: 120, render: (row) => row.implementationCode, hidden: true },
  { key: 'matterType', title: t('matterType'), width: 110, render: (row) => row.matterType, hidden: true },
  { key: 'implementationType', title: t('implementationType'), width: 110, render: (row) => row.implementationType, hidden: true },
  { key: 'validFrom', title: t('validFrom'), width: 110, render: (row) => row.validFrom, hidden: true },
  { key: 'validTo', title: t('validTo'), width: 110, render: (row) => row.validTo, hidden: true },
  { key: 'version', title: t('version'), width: 60, render: (row) => (row.version ? `v${row.version}` : null), hidden: true },
  { key: 'updatedAt', title: t('updated'), width: 130, render: (row) => <Time iso={row.updatedAt} />, hidden: true },
]

export default function DutiesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const matrix = search.get('mode') === 'matrix'
  const [adding, setAdding] = useState<NewDuty | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  const [importing, setImporting] = useState(false)
  const tree = useQueryOf('matterDirectoryTree', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`directories:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const edit = can('matters.edit')
  const filters: Filter[] = [
    { key: 'matterId', label: t('matter'), kind: 'pick', loader: matterLoader() },
    { key: 'directoryId', label: t('directory'), kind: 'pick', loader: directories },
    { key: 'unitId', label: t('unit'), kind: 'pick', loader: unitLoader() },
    { key: 'role', label: t('role'), kind: 'multi', options: [{ value: 'lead', label: shared('role_lead') }, { value: 'assist', label: shared('role_assist') }, { value: 'negative', label: shared('role_negative') }] },
    { key: 'areaCode', label: t('area'), kind: 'pick', loader: areaLoader },
    { key: 'state', label: t('state'), kind: 'multi', options: stateOptions },
    { key: 'code', label: t('implementationCode'), kind: 'text' },
    { key: 'matterType', label: t('matterType'), kind: 'text' },
    { key: 'implementationType', label: t('implementationType'), kind: 'text' },
    { key: 'period', label: t('period'), kind: 'dates', keys: ['from', 'to'] },
    { key: 'mine', label: t('mine'), kind: 'boolean' },
  ]
  const mode = <Segmented size="small" value={matrix ? 'matrix' : 'list'} options={[{ value: 'list', label: t('list') }, { value: 'matrix', label: t('matrix') }]} onChange={(next) => setSearch(next === 'matrix' ? { mode: 'matrix', ...(search.get('directoryId') ? { directoryId: search.get('directoryId') ?? '' } : {}) } : {})} />
  const acts = edit ? (
    <>
      <Button type="text" icon={<Icon name="upload" />} onClick={() => setImporting(true)}>{t('import')}</Button>
      <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding({})}>{t('add')}<kbd className="ms-kbd">c</kbd></Button>
    </>
  ) : null
  useKeys(t('title'), [{ keys: 'c', label: t('add'), run: () => setAdding({}), enabled: edit }])
  return (
    <Page fill title={t('title')} state={mode} help="duties" acts={acts}>
      {matrix ? <DutyMatrix directories={directories} mayEdit={edit} onAdd={setAdding} onOpen={setOpen} /> : (
        <div className="ms-split-list" style={{ flex: 1 }}>
          <ListPage<Duty> embedded page="matterDuties" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={(row) => setOpen(row.id)} exportable searchHint={t('search')} searchKey="query" topic="matters.standard" empty={{ text: t('empty') }}
            load={(query, signal) => { const { q, sort: _sort, ...rest } = query; return call('listDutyEntries', { ...rest, ...(q ? { query: q } : {}) }, { signal }) }} />
        </div>
      )}
      <NewDutyDrawer prefill={adding} onClose={() => setAdding(null)} />
      <DutyDrawer id={open} onClose={() => setOpen(null)} />
      <StandardImport kind="dutyEntry" open={importing} onClose={() => setImporting(false)} />
    </Page>
  )
}
