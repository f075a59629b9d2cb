// 全链路进度: four groups per centre, live; every figure opens its orders (ORD-66).
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { day } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

type Tenant = OutputOf<'orderProgress'>['tenants'][number]
const levels: Record<number, string> = { 1: t('p.level1'), 2: t('p.level2'), 3: t('p.level3'), 4: t('p.level4'), 5: t('p.level5') }

export default function ProgressPage(): ReactElement {
  const board = useQueryOf('orderProgress', {}, { keepPrevious: true })
  useTopic('orders.list', ['orderProgress'])
  return (
    <Page title={t('progress')} sub={board.data ? t('p.since', { day: day(board.data.since) }) : undefined}>
      <Section flush>
        <QueryView query={board}>
          {(data) => {
            const top = Math.min(...data.tenants.map((one) => one.level))
            const groups = data.tenants[0]?.groups ?? []
            return (
              <ListTable caption={t('progress')} rowKey={(row: Tenant) => row.tenantId} rows={data.tenants} columns={[
                { key: 'tenant', title: t('p.level'), width: 320, wide: true, render: (row) => <span style={{ paddingInlineStart: (row.level - top) * 20 }}>{row.name} <span className="ms-hint">{levels[row.level]}</span> {row.own ? <Tag tone="primary">{t('p.own')}</Tag> : null}</span> },
                ...groups.map((group) => ({ key: group.group, title: group.name, width: 110, align: 'end' as const, render: (row: Tenant) => <Count row={row} group={group.group} since={data.since} /> })),
                { key: 'overdue', title: t('p.overdue'), width: 90, align: 'end', render: (row) => (row.overdue > 0 ? <Link to={`/orders?${new URLSearchParams({ tenantId: row.tenantId, overdue: 'true' })}`}><Tag tone="over">{row.overdue}</Tag></Link> : '0') },
              ]} />
            )
          }}
        </QueryView>
      </Section>
    </Page>
  )
}

function Count({ row, group, since }: { row: Tenant; group: string; since: string }): ReactElement {
  const found = row.groups.find((one) => one.group === group)
  if (!found || found.count === 0) return <span className="ms-hint">0</span>
  return <Link to={`/orders?${new URLSearchParams({ ...found.query, ...(group === 'done' ? { registeredFrom: since } : {}) })}`}>{found.count.toLocaleString()}</Link>
}
