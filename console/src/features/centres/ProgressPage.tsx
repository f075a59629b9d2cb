// 全链路进度: four groups per centre, live; every figure opens its orders (ORD-66).
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { day } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

type Tenant = OutputOf<'orderProgress'>['tenants'][number]
const levels: Record<number, string> = { 1: t('p.level1'), 2: t('p.level2'), 3: t('p.level3'), 4: t('p.level4'), 5: t('p.level5') }

export default function ProgressPage(): ReactElement {
  // signals stay within a centre: steps of lower centres are asked for every few seconds
  const board = useQueryOf('orderProgress', {}, { keepPrevious: true, refetchEvery: 10_000 })
  useTopic('orders.list', ['orderProgress', 'orderProgressUnits'])
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
                ...groups.map((group) => ({ key: group.group, title: group.name, width: 110, align: 'end' as const, render: (row: Tenant) => <Count row={row} group={group.group} /> })),
                { key: 'overdue', title: t('p.overdue'), width: 90, align: 'end', render: (row) => (row.overdue > 0 ? <Link to={`/orders?${new URLSearchParams({ tenantId: row.tenantId, overdue: 'true' })}`}><Tag tone="over">{row.overdue}</Tag></Link> : '0') },
              ]} />
            )
          }}
        </QueryView>
      </Section>
      <UnitProgress />
    </Page>
  )
}

/** Units of the own centre level by level, down to the village; each figure opens its orders. */
function UnitProgress(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const parentId = search.get('unit') ?? undefined
  const query = useQueryOf('orderProgressUnits', parentId ? { parentId } : {}, { keepPrevious: true, refetchEvery: 10_000 })
  const open = (id: string | null) => setSearch(id ? { unit: id } : {})
  return (
    <Section flush title={<nav className="ms-row ms-wrap" aria-label={t('p.units')}>{(query.data?.path ?? []).map((one, i, all) => (i === all.length - 1 ? <span key={one.id}>{one.name}</span> : <span key={one.id}><button type="button" className="ms-link-button" onClick={() => open(i === 0 ? null : one.id)}>{one.name}</button> ›</span>))}</nav>}>
      <QueryView query={query}>
        {({ units, since }) => (units.length === 0 ? <Empty kind="done" text={t('p.noUnits')} /> : (
          <ListTable caption={t('p.units')} rowKey={(row) => row.id} rows={units} columns={[
            { key: 'unit', title: t('p.unit'), width: 320, wide: true, render: (row) => (row.hasChildren ? <button type="button" className="ms-link-button" onClick={() => open(row.id)}>{row.name} ›</button> : row.name) },
            ...(units[0]?.groups ?? []).map((group) => ({ key: group.group, title: group.name, width: 110, align: 'end' as const, render: (row: UnitRow) => <UnitCount row={row} group={group.group} since={since} /> })),
            { key: 'overdue', title: t('p.overdue'), width: 90, align: 'end', render: (row) => (row.overdue > 0 ? <Link to={asked(row.id, [{ field: 'overdue', op: 'is', value: true }])}><Tag tone="over">{row.overdue}</Tag></Link> : '0') },
          ]} />
        ))}
      </QueryView>
    </Section>
  )
}

type UnitRow = OutputOf<'orderProgressUnits'>['units'][number]
const asked = (unitId: string, more: unknown[]): string => `/orders/query?where=${encodeURIComponent(JSON.stringify({ all: [{ field: 'unitLine', op: 'has', value: [unitId] }, ...more] }))}`

function UnitCount({ row, group, since }: { row: UnitRow; group: string; since: string }): ReactElement {
  const found = row.groups.find((one) => one.group === group)
  if (!found || found.count === 0) return <span className="ms-hint">0</span>
  return <Link to={asked(row.id, [{ field: 'state', op: 'in', value: found.states }, ...(group === 'done' ? [{ field: 'registeredAt', op: 'after', value: since }] : [])])}>{found.count.toLocaleString()}</Link>
}

function Count({ row, group }: { row: Tenant; group: string }): ReactElement {
  const found = row.groups.find((one) => one.group === group)
  if (!found || found.count === 0) return <span className="ms-hint">0</span>
  return <Link to={`/orders?${new URLSearchParams(found.query)}`}>{found.count.toLocaleString()}</Link>
}
