// 定期确认: what units have still to confirm, earliest deadline first, and how punctual they are.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { request } from '../../api/http.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Segmented } from 'antd'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { knowledgeQueries } from './EditPage.tsx'
import { EvidencePart } from './EvidencePart.tsx'
import { FindingsPart } from './FindingsPart.tsx'
import { PoliciesPart } from './PoliciesPart.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'

type Row = OutputOf<'listKnowledgeConfirmations'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'code', title: t('code'), width: 90, render: (row) => row.code },
  { key: 'title', title: t('col.title'), width: 320, wide: true, render: (row) => row.title, text: (row) => row.title },
  { key: 'state', title: t('col.state'), width: 100, render: (row) => <Tag tone={row.overdue ? 'over' : row.state === 'done' ? 'ok' : row.state === 'open' ? 'near' : 'calm'}>{row.overdue ? t('overdue') : row.stateName}</Tag> },
  { key: 'due', title: t('due'), width: 120, render: (row) => <Time iso={row.dueAt} /> },
  { key: 'unit', title: t('col.owner'), width: 160, render: (row) => row.unitName },
  { key: 'type', title: t('col.type'), width: 100, render: (row) => row.typeName },
  { key: 'policy', title: t('policy'), width: 160, render: (row) => row.policyName },
  { key: 'begun', title: t('begunAt'), width: 120, render: (row) => <Time iso={row.begunAt} /> },
  { key: 'done', title: t('confirmedBy'), width: 160, render: (row) => (row.doneAt ? <>{row.doneByName} <Time iso={row.doneAt} /></> : '–') },
]
const filters: Filter[] = [{ key: 'state', label: t('state'), kind: 'select', options: [{ value: 'open', label: t('toConfirm') }, { value: 'done', label: t('act.confirm') }, { value: 'gone', label: t('noNeed') }] }, { key: 'overdue', label: t('overdue'), kind: 'boolean' }]
const tabs = ['tasks', 'rates', 'policies', 'stock', 'evidence'] as const

export default function ConfirmationsPage(): ReactElement {
  const { can } = useSession()
  const [tab, setTab] = useState<(typeof tabs)[number]>('tasks')
  const pick = <Segmented size="small" value={tab} options={tabs.filter((one) => (one !== 'policies' || can('knowledge.manage')) && (one !== 'evidence' || can('knowledge.publish'))).map((value) => ({ value, label: t(`confirm.${value}`) }))} onChange={(value) => setTab(value)} />
  return tab === 'tasks' ? <Tasks pick={pick} /> : <Page title={t('confirmations')} help="knowledge" state={pick}>{tab === 'rates' ? <Rates /> : tab === 'policies' ? <PoliciesPart /> : tab === 'evidence' ? <EvidencePart /> : <FindingsPart />}</Page>
}

function Tasks({ pick }: { pick: ReactElement }): ReactElement {
  const client = useQueryClient()
  const send = useAct(...knowledgeQueries)
  const confirm = async (ids: string[]) => {
    const { results } = await send('bulkKnowledge', { ids, act: 'confirm' })
    const bad = results.filter((one) => !one.ok)
    say(`${t('bulkDone', { ok: results.length - bad.length, bad: bad.length })}${bad[0] ? `：${bad[0].title} ${bad[0].message ?? ''}` : ''}`, bad.length > 0 ? 'over' : 'ok')
    await client.invalidateQueries({ queryKey: ['list'] })
  }
  return <ListPage<Row> noSearch page="knowledgeConfirmations" title={t('confirmations')} columns={columns} filters={filters} rowKey={(row) => row.itemId} open={(row) => `/knowledge/items/${row.itemId}`} topic="knowledge.items" load={(query, signal) => request<ListResult<Row>>('GET', '/api/knowledge/confirmations', query, { signal })}
    views={[{ id: 'open', name: t('toConfirm'), filter: { state: ['open'] } }, { id: 'overdue', name: t('overdue'), filter: { overdue: ['true'] } }, { id: 'done', name: t('act.confirm'), filter: { state: ['done'] } }]} acts={pick}
    bulkActs={[{ id: 'confirm', label: t('bulk.confirm'), run: (selection) => { if (!selection.all) void confirm(selection.ids) } }]} empty={{ text: t('nothingToConfirm') }} />
}

function Rates(): ReactElement {
  const rates = useQueryOf('knowledgeConfirmationRates', {})
  return (
    <Section title={t('confirm.rates')} flush><QueryView query={rates}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('nothing')} /> : (
      <table className="ms-plain-table"><thead><tr><th scope="col">{t('owner')}</th>{(['dueN', 'inTime', 'late', 'overdue', 'rate'] as const).map((key) => <th key={key} scope="col" className="ms-num">{t(key)}</th>)}</tr></thead>
        <tbody>{data.items.map((one) => <tr key={one.unitName}><td>{one.unitName}</td><td className="ms-num">{one.due}</td><td className="ms-num">{one.inTime}</td><td className="ms-num">{one.late}</td><td className="ms-num">{one.overdue > 0 ? <Tag tone="over">{one.overdue}</Tag> : 0}</td><td className="ms-num">{one.due === 0 ? '–' : `${Math.round((one.inTime / one.due) * 100)}%`}</td></tr>)}</tbody></table>
    ))}</QueryView></Section>
  )
}
