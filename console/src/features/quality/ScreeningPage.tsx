// 案件筛查: scores of handled cases and the two pools; a candidate leaves its pool only by a person's choice.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader } from '../orders/pickers.ts'
import { s } from './screening.zh-CN.ts'
import './quality.css'

type Row = OutputOf<'listScreenedCases'>['items'][number]
const load = reads<Row>('/api/quality/screening/cases')
const tone = (row: Row) => (row.pool === 'classic' ? 'ok' : row.pool === 'inspection' ? 'over' : 'calm')
const columns: Column<Row>[] = [
  { key: 'number', title: s('number'), width: 172, render: (row) => <Link to={`/orders/${row.number}`}><bdi className="ms-code">{row.number}</bdi></Link>, text: (row) => row.number },
  { key: 'title', title: s('title'), width: 150, wide: true, render: (row) => row.title },
  { key: 'unit', title: s('unit'), width: 132, render: (row) => row.unitName },
  { key: 'closed', title: s('closed'), width: 114, render: (row) => <Time iso={row.closedAt} /> },
  { key: 'points', title: s('points'), width: 56, align: 'end', render: (row) => <b className="ms-num">{row.points}</b> },
  { key: 'hits', title: s('hits'), width: 190, render: (row) => <span title={row.hits.map((hit) => `${hit.name}：${hit.detail}`).join('；')}>{row.hits.length === 0 ? s('noHits') : row.hits.map((hit) => hit.name).join('、')}</span>, text: (row) => row.hits.map((hit) => hit.name).join('、') },
  { key: 'pool', title: s('pool'), width: 120, render: (row) => (row.pool ? <span className="ms-row ms-quality-acts"><Tag tone={tone(row)}>{s(row.pool)}</Tag>{row.stateName}</span> : null), text: (row) => (row.poolName ? `${row.poolName} ${row.stateName}` : '') },
  { key: 'by', title: s('decided'), width: 90, render: (row) => row.decidedByName, hidden: true },
  { key: 'model', title: s('model'), width: 120, render: (row) => row.modelName, hidden: true },
]

export default function ScreeningPage(): ReactElement {
  const parts = useQueryOf('listQualityScreening', {}, { staleTime: 60_000 })
  const [deciding, setDeciding] = useState<{ row: Row; pick: boolean } | null>(null)
  const views = useMemo((): ListView[] => [{ id: 'low', name: s('lowPool'), filter: { pool: ['inspection'], state: ['waiting'] } }, { id: 'good', name: s('goodPool'), filter: { pool: ['classic'], state: ['waiting'] } }, { id: 'all', name: s('allScores'), filter: {} }], [])
  const filters = useMemo((): Filter[] => [
    { key: 'modelId', label: s('model'), kind: 'select', options: (parts.data?.screenings ?? []).map((one) => ({ value: one.id, label: one.name })) }, { key: 'indicatorId', label: s('indicator'), kind: 'select', options: (parts.data?.indicators ?? []).map((one) => ({ value: one.id, label: one.name })) },
    { key: 'unitId', label: s('unit'), kind: 'pick', loader: unitLoader() }, { key: 'closed', label: s('closed'), kind: 'dates', keys: ['from', 'to'] },
  ], [parts.data])
  return (
    <>
      <ListPage<Row> noSearch page="qualityScreening" title={s('screening')} columns={columns} views={views} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="quality.screening" empty={{ text: s('none'), hint: s('noneHint') }} acts={<Link to="/quality/screening/models">{s('toModels')}</Link>}
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        rowActs={(row) => [...(row.mayPick ? [{ id: 'take', label: s('take'), run: () => setDeciding({ row, pick: true }) }] : []), ...(row.mayLeave ? [{ id: 'leave', label: s('leave'), run: () => setDeciding({ row, pick: false }) }] : [])]} />
      {deciding ? <Decide row={deciding.row} pick={deciding.pick} onClose={() => setDeciding(null)} /> : null}
    </>
  )
}

function Decide({ row, pick, onClose }: { row: Row; pick: boolean; onClose: () => void }): ReactElement {
  const send = useAct('list')
  const [draft, setDraft] = useState<string | null>(null)
  const notice = pick ? s(row.pool === 'classic' ? 'takeClassic' : 'takeInspection') : undefined
  return (
    <ActDrawer open onClose={onClose} title={pick ? s('take') : s('leave')} sub={`${row.number} ${row.title}`} {...(notice ? { notice } : {})} submitLabel={pick ? s('take') : s('leave')}
      schema={{ type: 'object', properties: { note: { type: 'string', format: 'textarea', title: s('note'), maxLength: 500 } } }}
      submit={async (values) => { const done = await send('decideScreenedCase', { id: row.id, pick, note: values.note ?? '' }); say(s(pick ? 'taken' : 'left')); setDraft(done.itemId) }} {...(row.pool === 'classic' && pick ? {} : { onDone: onClose })}>
      {draft ? <Link to={`/knowledge/items/${draft}`}><Button type="primary">{s('openDraft')}</Button></Link> : null}
    </ActDrawer>
  )
}
