// 审核记录: every check of a result, by this centre or as the second check of another one's (ORD-58).
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listResultChecks'>['items'][number]
const outcomes: Record<string, [string, Tone]> = { accept: [t('k.accept'), 'ok'], return: [t('k.return'), 'over'], reject: [t('k.reject'), 'near'] }

const columns: Column<Row>[] = [
  { key: 'number', title: t('c.number'), width: 160, render: (row) => <bdi className="ms-code">{row.number}</bdi> },
  { key: 'title', title: t('c.title'), width: 220, wide: true, render: (row) => row.title },
  { key: 'level', title: t('k.level'), width: 88, render: (row) => (row.level === 'upper' ? t('k.upper') : t('k.own')) },
  { key: 'outcome', title: t('k.outcome'), width: 110, render: (row) => <><Tag tone={outcomes[row.outcome]?.[1] ?? 'plain'}>{outcomes[row.outcome]?.[0] ?? row.outcome}</Tag>{row.automatic ? <Tag>{t('k.automatic')}</Tag> : null}</> },
  { key: 'units', title: t('k.units'), width: 150, render: (row) => row.unitNames || '–' },
  { key: 'from', title: t('k.from'), width: 120, render: (row) => row.fromTenantName ?? '–' },
  { key: 'by', title: t('k.by'), width: 88, render: (row) => row.checkedByName },
  { key: 'at', title: t('k.at'), width: 120, render: (row) => <Time iso={row.checkedAt} /> },
  { key: 'opinion', title: t('k.opinion'), width: 220, render: (row) => row.opinion ?? row.ruleText ?? '–' },
]
const filters: Filter[] = [
  { key: 'level', label: t('k.level'), kind: 'select', options: [{ value: 'own', label: t('k.own') }, { value: 'upper', label: t('k.upper') }] },
  { key: 'outcome', label: t('k.outcome'), kind: 'select', options: Object.entries(outcomes).map(([value, [label]]) => ({ value, label })) },
  { key: 'automatic', label: t('k.automatic'), kind: 'boolean' },
  { key: 'number', label: t('k.number'), kind: 'text' },
]

export default function ChecksPage(): ReactElement {
  return (
    <ListPage<Row> page="orders.checks" title={t('checks')} columns={columns} filters={filters} views={[]} noSearch rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list"
      load={(query: ListQuery, signal) => call('listResultChecks', query as never, { signal })} empty={{ text: t('k.none'), hint: t('k.noneHint') }} /> // the engine's query is the API's
  )
}
