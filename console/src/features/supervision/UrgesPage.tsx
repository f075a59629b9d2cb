// Urges with their answers; those the own unit owes come first.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Attachments } from '../../ui/Attachments.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { AnswerUrge } from '../orders/SupervisionTab.tsx'
import { reads } from '../../ui/reads.ts'
import type { UrgeRow } from './lists.ts'
import { t } from './texts.zh-CN.ts'

const columns: Column<UrgeRow>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'nth', title: t('col.nth'), width: 72, render: (row) => t('nth', { n: row.nth }) },
  { key: 'answer', title: t('col.answer'), width: 110, render: (row) => (row.owed ? <Tag tone="near">{t('filter.owed')}</Tag> : row.answer), text: (row) => row.answer ?? '' },
  { key: 'title', title: t('col.title'), width: 200, wide: true, render: (row) => row.title },
  { key: 'content', title: t('col.content'), width: 160, render: (row) => row.content },
  { key: 'unit', title: t('col.unit'), width: 140, render: (row) => row.unitNames },
  { key: 'source', title: t('col.source'), width: 90, render: (row) => row.sourceName, hidden: true },
  { key: 'by', title: t('col.by'), width: 80, render: (row) => row.createdByName, hidden: true },
  { key: 'created', title: t('col.created'), width: 112, render: (row) => <Time iso={row.createdAt} /> },
  { key: 'answered', title: t('col.answered'), width: 112, render: (row) => <Time iso={row.answeredAt} />, hidden: true },
  { key: 'orderState', title: t('col.orderState'), width: 110, render: (row) => row.orderStateName, hidden: true },
]
const load = reads<UrgeRow>('/api/urges')

export default function UrgesPage(): ReactElement {
  const [answering, setAnswering] = useState<UrgeRow | null>(null)
  const filters = useMemo((): Filter[] => [
    { key: 'owed', label: t('filter.owed'), kind: 'boolean' },
    { key: 'source', label: t('col.source'), kind: 'select', options: (['staff', 'requester', 'upper'] as const).map((value) => ({ value, label: t(`source.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
    { key: 'created', label: t('filter.created'), kind: 'dates', keys: ['from', 'to'] },
  ], [])
  const views = useMemo((): ListView[] => [
    { id: 'owed', name: t('view.owed'), filter: { owed: ['true'] } },
    { id: 'answered', name: t('view.answered'), filter: { owed: ['false'] } },
    { id: 'all', name: t('view.allUrges'), filter: {} },
  ], [])
  return (
    <>
      <ListPage<UrgeRow> page="supervisionUrges" noSearch title={t('urges')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board"
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} preview={(row) => <Preview urge={row} onAnswer={() => setAnswering(row)} />}
        rowActs={(row) => (row.mayAnswer ? [{ id: 'answer', label: t('answer'), run: () => setAnswering(row) }] : [])} empty={{ text: t('none.urges') }} />
      {answering ? <AnswerUrge urge={answering} onClose={() => setAnswering(null)} /> : null}
    </>
  )
}

function Preview({ urge, onAnswer }: { urge: UrgeRow; onAnswer: () => void }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><bdi className="ms-code">{urge.number}</bdi><Tag tone="near">{t('nth', { n: urge.nth })}</Tag><Tag>{urge.sourceName}</Tag></div>
      <strong>{urge.title}</strong>
      {urge.mayAnswer ? <div><Button type="primary" onClick={onAnswer}>{t('answer')}</Button></div> : null}
      <p style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{urge.content}</p>
      {urge.files.length ? <Attachments readOnly value={urge.files} /> : null}
      <Facts items={[
        { label: t('col.by'), value: <>{[urge.createdUnitName, urge.createdByName].filter(Boolean).join(' ')} <Time iso={urge.createdAt} /></> },
        { label: t('col.unit'), value: urge.unitNames },
        { label: t('col.orderState'), value: urge.orderStateName },
        { label: t('col.answer'), value: urge.answer ?? <Tag tone="near">{t('filter.owed')}</Tag> },
        { label: t('col.answered'), value: <>{t('answeredBy', { unit: urge.answeredUnitName ?? '', name: urge.answeredByName ?? '' })} <Time iso={urge.answeredAt} /></>, hidden: !urge.answeredAt },
      ]} />
    </div>
  )
}
