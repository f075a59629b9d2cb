// 联合评审: results that are settled by several people together, those that wait for my word first.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { ListPage, type Column, type ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { jointTone, type JointRow } from './Joint.tsx'
import { j } from './joint.zh-CN.ts'

const load = reads<JointRow>('/api/quality/joints')
const columns: Column<JointRow>[] = [
  { key: 'label', title: j('task'), width: 280, wide: true, render: (row) => row.label, text: (row) => row.label }, { key: 'agent', title: j('agent'), width: 100, render: (row) => row.agentName }, { key: 'points', title: j('points'), width: 120, render: (row) => <span className="ms-num">{row.state === 'open' ? `${row.oldPoints ?? '–'} → ${row.points}` : row.points}</span> },
  { key: 'progress', title: j('progress'), width: 120, render: (row) => j('confirmed', { n: row.confirmed, all: row.members.length }) }, { key: 'state', title: j('state'), width: 96, render: (row) => <Tag tone={jointTone(row.state)}>{row.stateName}</Tag> }, { key: 'by', title: j('by'), width: 100, render: (row) => row.openedByName }, { key: 'at', title: j('at'), width: 120, render: (row) => <Time iso={row.at} /> },
]

export default function JointsPage(): ReactElement {
  const views = useMemo((): ListView[] => [{ id: 'mine', name: j('mine'), filter: { mine: ['true'] } }, { id: 'open', name: j('running'), filter: { state: ['open'] } }, { id: 'agreed', name: j('done'), filter: { state: ['agreed'] } }, { id: 'ended', name: j('stopped'), filter: { state: ['ended'] } }], [])
  return <ListPage<JointRow> noSearch page="qualityJoints" title={j('joint')} columns={columns} views={views} filters={[]} load={load} rowKey={(row) => row.id} open={(row) => `/quality/inspect/${row.taskId}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} empty={{ text: j('none'), hint: j('noneHint') }} />
}
