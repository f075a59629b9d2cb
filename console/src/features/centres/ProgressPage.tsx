// 全链路进度: four groups per centre, live; every figure opens its orders (ORD-66).
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { day } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

const levels: Record<number, string> = { 1: t('p.level1'), 2: t('p.level2'), 3: t('p.level3'), 4: t('p.level4'), 5: t('p.level5') }

export default function ProgressPage(): ReactElement {
  const board = useQueryOf('orderProgress', {}, { keepPrevious: true })
  useTopic('orders.list', ['orderProgress'])
  return (
    <Page title={t('progress')} stateText={board.data ? t('p.since', { day: day(board.data.since) }) : undefined}>
      <Section flush>
        <QueryView query={board}>
          {(data) => {
            const top = Math.min(...data.tenants.map((one) => one.level))
            return (
              <table className="ms-tree">
                <thead><tr><th scope="col">{t('p.level')}</th>{data.tenants[0]?.groups.map((group) => <th key={group.group} scope="col" style={{ textAlign: 'end' }}>{group.name}</th>)}<th scope="col" style={{ textAlign: 'end' }}>{t('p.overdue')}</th></tr></thead>
                <tbody>
                  {data.tenants.map((tenant) => (
                    <tr key={tenant.tenantId}>
                      <td style={{ paddingInlineStart: 8 + (tenant.level - top) * 20 }}>{tenant.name} <span className="ms-hint">{levels[tenant.level]}</span> {tenant.own ? <Tag tone="primary">{t('p.own')}</Tag> : null}</td>
                      {tenant.groups.map((group) => (
                        <td key={group.group} style={{ textAlign: 'end' }}>
                          {group.count > 0 ? <Link to={`/orders?${new URLSearchParams({ ...group.query, ...(group.group === 'done' ? { registeredFrom: data.since } : {}) })}`}>{group.count.toLocaleString()}</Link> : <span className="ms-hint">0</span>}
                        </td>
                      ))}
                      <td style={{ textAlign: 'end' }}>{tenant.overdue > 0 ? <Link to={`/orders?${new URLSearchParams({ tenantId: tenant.tenantId, overdue: 'true' })}`}><Tag tone="over">{tenant.overdue}</Tag></Link> : <span className="ms-hint">0</span>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }}
        </QueryView>
      </Section>
    </Page>
  )
}
