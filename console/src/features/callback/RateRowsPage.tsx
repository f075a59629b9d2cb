// The answers behind a figure of the three rates.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { questions } from './answers.ts'
import { month } from '../../ui/period.ts'
import { outcomeTone, statedWords } from './ResultCard.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'callbackRateRows'>['items'][number]
const breakdowns = ['seat', 'manner', 'outcome', 'attempts', 'month', 'source'] as const
const answered = ['yes', 'no', 'notStated'] as const
const figures = [
  ...(['calledBack', 'notReached', 'formUnanswered', 'notAttributable'] as const).map((value) => ({ value: value as string, label: t(`stats.${value}`) })),
  ...questions.flatMap((question) => answered.map((answer) => ({ value: `${question}.${answer}`, label: t('figure.pair', { question: t(`short.${question}`), answer: t(`stats.${answer}`) }) }))),
]

const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 220, wide: true, render: (row) => row.title },
  { key: 'outcome', title: t('col.outcome'), width: 120, render: (row) => <Tag tone={outcomeTone(row.outcome)}>{row.outcomeName}</Tag> },
  { key: 'contacted', title: t('col.contacted'), width: 64, render: (row) => (row.contacted ? statedWords(row.contacted) : null) },
  { key: 'solved', title: t('col.solved'), width: 64, render: (row) => (row.solved ? statedWords(row.solved) : null) },
  { key: 'satisfied', title: t('col.satisfied'), width: 64, render: (row) => (row.satisfied ? statedWords(row.satisfied) : null) },
  { key: 'reasons', title: t('col.reasons'), width: 130, render: (row) => row.reasons.join('、') },
  { key: 'opinion', title: t('col.opinion'), width: 120, render: (row) => row.opinion },
  { key: 'unit', title: t('col.unit'), width: 140, render: (row) => row.unitName },
  { key: 'round', title: t('col.round'), width: 64, render: (row) => t('object.round', { n: row.round }), hidden: true },
  { key: 'attempts', title: t('col.attempts'), width: 80, align: 'end', render: (row) => row.attempts, hidden: true },
  { key: 'actor', title: t('col.actor'), width: 80, render: (row) => row.actorName, hidden: true },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.at} /> },
]

export default function RateRowsPage(): ReactElement {
  const filters = useMemo((): Filter[] => [
    { key: 'figure', label: t('filter.figure'), kind: 'select', options: figures },
    { key: 'by', label: t('filter.by'), kind: 'select', options: breakdowns.map((value) => ({ value, label: t(`by.${value}`) })) }, { key: 'key', label: t('filter.key'), kind: 'text' },
    { key: 'period', label: t('stats.range'), kind: 'dates', keys: ['from', 'to'] },
    { key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() },
  ], [])
  const load = (query: ListQuery, signal: AbortSignal) => request<ListResult<Row>>('GET', '/api/callback/rates/rows', { ...month(), ...query }, { signal })
  return <ListPage<Row> page="callbackRates" noSearch title={t('rows')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <Preview row={row} />} empty={{ text: t('rows.none') }} />
}

function Preview({ row }: { row: Row }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><bdi className="ms-code">{row.number}</bdi><Tag tone={outcomeTone(row.outcome)}>{row.outcomeName}</Tag></div>
      <strong>{row.title}</strong>
      <Facts items={[
        ...questions.map((question) => ({ label: t(`short.${question}`), value: row[question] ? statedWords(row[question]) : null })),
        { label: t('col.reasons'), value: row.reasons.join('、') }, { label: t('col.opinion'), value: row.opinion }, { label: t('col.unit'), value: row.unitName }, { label: t('col.actor'), value: row.actorName }, { label: t('col.at'), value: <Time iso={row.at} /> },
      ]} />
    </div>
  )
}
