// The directory of matters: tree at the left, matters of the chosen branch at the right, with conditions, export and import.
import { Button, Checkbox, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import { useTopic } from '../../../api/realtime.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { count } from '../../../ui/numbers.ts'
import { Page, Time } from '../../../ui/Page.tsx'
import { TreePane } from '../../../ui/TreePane.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { categoryLoader, unitLoader } from '../../orders/pickers.ts'
import { StandardImport } from '../parts/StandardImport.tsx'
import { durationText, levelName, levels, levelsText, stateOptions, StandardTag } from '../parts/standard.tsx'
import type { MatterRow } from '../parts/standard.tsx'
import { DirectoryBar } from './DirectoryBar.tsx'
import { t } from './texts.zh-CN.ts'

const units = unitLoader()

export default function MattersPage(): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('directoryId')
  const [all, setAll] = useState(false)
  const [importing, setImporting] = useState(false)
  const by = search.get('by') ?? ''
  const browse = useQueryOf('browseMatters', { by: by || 'unit' }, { keepPrevious: true })
  const key = by === '' ? 'directoryId' : by === 'unit' ? 'competentUnitId' : 'nodeId'
  const tree = useQueryOf('matterDirectoryTree', { ...(all ? { all: 'true' } : {}) })
  const types = useQueryOf('listAppealTypes', {}, { staleTime: 300_000 })
  useTopic('matters.standard', ['matterDirectoryTree', 'list'])
  const items = useMemo(() => tree.data?.items ?? [], [tree.data])
  const directory = items.find((one) => one.id === chosen) ?? null
  const loader = useMemo(() => localLoader(`directories:${items.length}`, items), [items])
  const typeNames = useMemo(() => new Map((types.data?.items ?? []).map((type) => [type.id, type.name])), [types.data])
  const choose = (id: string | null) => setSearch((before) => {
    const next = new URLSearchParams(before)
    for (const name of ['cursor', 'row']) next.delete(name)
    if (id) next.set(key, id)
    else next.delete(key)
    return next
  })
  const seeBy = (next: string) => setSearch(next ? { by: next } : {})
  const views = (
    <span className="ms-row" style={{ gap: 8 }}>
      <Select size="small" aria-label={t('browse')} style={{ inlineSize: 132 }} value={by} options={[{ value: '', label: t('byDirectory') }, ...(browse.data?.dimensions ?? []).map((one) => ({ value: one.by, label: t('byOther', { name: one.name }) }))]} onChange={seeBy} />
      {by === '' ? <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)}>{t('showAll')}</Checkbox> : null}
    </span>
  )
  const columns = useMemo((): Column<MatterRow>[] => [
    { key: 'code', title: t('code'), width: 90, render: (row) => <span className="ms-code">{row.code}</span>, text: (row) => row.code },
    { key: 'name', title: t('name'), width: 200, wide: true, render: (row) => row.name },
    { key: 'directory', title: t('directory'), width: 160, render: (row) => row.directoryPath.slice(-2).join(' / '), text: (row) => row.directoryPath.join(' / ') },
    { key: 'competentUnit', title: t('unit'), width: 170, render: (row) => row.competentUnitName },
    { key: 'duration', title: t('duration'), width: 90, render: (row) => durationText(row.duration) },
    { key: 'appealTypes', title: t('types'), width: 150, render: (row) => row.appealTypes.map((type) => typeNames.get(type) ?? type).join('、'), hidden: true },
    { key: 'status', title: t('state'), width: 110, render: (row) => <StandardTag state={row.state} name={row.stateName} pending={row.pendingChangeId !== null} /> },
    { key: 'version', title: t('version'), width: 60, render: (row) => (row.version ? `v${row.version}` : null), hidden: true },
    { key: 'levels', title: t('levels'), width: 130, render: (row) => levelsText(row.levels), hidden: true },
    { key: 'division', title: t('division'), width: 130, render: (row) => row.division, hidden: true },
    { key: 'keywords', title: t('keywords'), width: 160, render: (row) => row.keywords.join('、'), hidden: true },
    { key: 'conditions', title: t('conditions'), width: 200, render: (row) => row.conditions, hidden: true },
    { key: 'materials', title: t('materials'), width: 200, render: (row) => row.materials, hidden: true },
    { key: 'closingStandard', title: t('closingStandard'), width: 220, render: (row) => row.closingStandard.map((item) => item.text).join('；'), hidden: true },
    { key: 'closingBasis', title: t('closingBasis'), width: 160, render: (row) => row.closingBasis, hidden: true },
    { key: 'updatedAt', title: t('updated'), width: 130, render: (row) => <Time iso={row.updatedAt} />, hidden: true },
  ], [typeNames])
  const filters: Filter[] = [
    { key: 'directoryId', label: t('directory'), kind: 'pick', loader },
    { key: 'state', label: t('state'), kind: 'multi', options: stateOptions },
    { key: 'competentUnitId', label: t('unit'), kind: 'pick', loader: units },
    { key: 'appealType', label: t('types'), kind: 'select', options: [...typeNames].map(([value, label]) => ({ value, label })) },
    { key: 'level', label: t('level'), kind: 'select', options: levels.map((level) => ({ value: String(level), label: levelName(level) })) },
    { key: 'name', label: t('name'), kind: 'text' },
    { key: 'code', label: t('code'), kind: 'text' },
    { key: 'division', label: t('division'), kind: 'text' },
    { key: 'period', label: t('period'), kind: 'dates', keys: ['from', 'to'] },
    ...(by && by !== 'unit' ? [{ key: 'nodeId', label: t('browse'), kind: 'pick' as const, loader: categoryLoader(by) }] : []),
    { key: 'mine', label: t('mine'), kind: 'boolean' },
  ]
  const edit = can('matters.edit')
  return (
    <Page fill title={t('title')} help="matters" acts={edit ? <>
      <Button type="text" icon={<Icon name="upload" />} onClick={() => setImporting(true)}>{t('import')}</Button>
      <Button type="primary" icon={<Icon name="plus" />} disabled={!directory?.leaf} title={directory?.leaf ? undefined : directory ? t('notLeaf') : t('notHere')} onClick={() => void navigate(`/matters/items/new?directoryId=${chosen ?? ''}`)}>{t('newMatter')}</Button>
    </> : null}>
      <div className="ms-split">
        {by ? <QueryView query={browse}>{(data) => <TreePane key={by} label={t('browse')} clearable selected={search.get(key)} onSelect={choose} extra={views} items={data.items.map((one) => ({ id: one.id, parentId: one.parentId, name: one.name, code: one.code, note: one.matters ? count(one.matters) : undefined }))} />}</QueryView> : <QueryView query={tree}>
          {(data) => (
            <TreePane label={t('tree')} clearable selected={chosen} onSelect={choose} extra={views}
              items={data.items.map((one) => ({ id: one.id, parentId: one.parentId, name: one.name, code: one.code, off: one.state === 'offline' || one.state === 'void' || one.state === 'withdrawn', note: one.state === 'effective' ? (one.matters ? count(one.matters) : undefined) : <StandardTag state={one.state} /> }))} />
          )}
        </QueryView>}
        <div className="ms-split-list">
          {by ? null : <DirectoryBar id={chosen} loader={loader} />}
          <ListPage<MatterRow> embedded page="matters" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/matters/items/${encodeURIComponent(row.code)}`} exportable searchHint={t('search')} searchKey="query" topic="matters.standard"
            load={(query, signal) => { const { q, sort: _sort, ...rest } = query; return call('listMatters', { ...rest, ...(q ? { query: q } : {}) }, { signal }) }} empty={{ text: t('empty') }} />
        </div>
      </div>
      <StandardImport kind="matter" open={importing} onClose={() => setImporting(false)} />
    </Page>
  )
}
