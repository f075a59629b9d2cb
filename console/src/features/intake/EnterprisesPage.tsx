// 企业账号: what waits for verification first; opened, paused and closed with reasons (INT-24).
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { enterpriseTone, t } from './enterprise-texts.zh-CN.ts'

type Row = OutputOf<'listEnterpriseAccounts'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'name', title: t('name'), width: 260, wide: true, render: (row) => row.name },
  { key: 'code', title: t('creditCode'), width: 190, render: (row) => <bdi>{row.creditCode}</bdi> },
  { key: 'state', title: t('state'), width: 90, render: (row) => <Tag tone={enterpriseTone(row.state)}>{row.stateName}</Tag> },
  { key: 'industry', title: t('industry'), width: 110, render: (row) => row.industry },
  { key: 'level', title: t('level'), width: 110, render: (row) => row.levelName },
  { key: 'contacts', title: t('contacts'), width: 80, align: 'end', render: (row) => row.contacts },
  { key: 'orders', title: t('orders'), width: 80, align: 'end', render: (row) => row.orders },
  { key: 'created', title: t('created'), width: 130, render: (row) => <Time iso={row.createdAt} /> },
]
const filters: Filter[] = [{ key: 'state', label: t('state'), kind: 'select', options: (['pending', 'active', 'paused', 'refused', 'closed'] as const).map((value) => ({ value, label: t(`state.${value}`) })) }]

export default function EnterprisesPage(): ReactElement {
  return <ListPage<Row> page="enterpriseAccounts" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/content/enterprises/${row.id}`} searchHint={t('searchHint')} searchKey="query" empty={{ text: t('noAccounts'), hint: t('noAccountsHint') }} load={(query, signal) => request<ListResult<Row>>('GET', '/api/enterprise-accounts', query, { signal })} />
}
