// How many and how long, per version and per node.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Section } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'

const hours = (value: number | null): string => (value === null ? '–' : t('hours', { n: value }))

export function FlowStatistics({ id, flowKey }: { id: string; flowKey: string }): ReactElement {
  const stats = useQueryOf('flowStatistics', { key: id })
  return (
    <Section title={t('stats')} extra={<Link to={`/admin/flow-instances?flow=${encodeURIComponent(flowKey)}`}>{t('instances')}</Link>} flush={(stats.data?.versions.length ?? 0) > 0}>
      <QueryView query={stats}>
        {(data) => (data.versions.length === 0 ? <span className="ms-muted">{t('noInstances')}</span> : (
          <>
            <table className="ms-plain-table">
              <caption className="ms-hint">{t('statsVersions')}</caption>
              <thead><tr><th scope="col">{t('versions')}</th>{(['started_', 'running_', 'approved', 'returned', 'ended', 'mean', 'median'] as const).map((one) => <th key={one} scope="col">{t(one)}</th>)}</tr></thead>
              <tbody>{data.versions.map((one) => <tr key={one.version}><td>v{one.version}</td><td>{one.started}</td><td>{one.running}</td><td>{one.approved}</td><td>{one.returned}</td><td>{one.ended}</td><td>{hours(one.meanHours)}</td><td>{hours(one.medianHours)}</td></tr>)}</tbody>
            </table>
            <table className="ms-plain-table">
              <caption className="ms-hint">{t('statsNodes')}</caption>
              <thead><tr><th scope="col">{t('versions')}</th>{(['node', 'waiting', 'decided', 'mean', 'median', 'overdueCount'] as const).map((one) => <th key={one} scope="col">{t(one)}</th>)}</tr></thead>
              <tbody>{data.nodes.map((one) => <tr key={`${one.version}${one.key}`}><td>v{one.version}</td><td>{one.name}</td><td>{one.waiting}</td><td>{one.count}</td><td>{hours(one.meanHours)}</td><td>{hours(one.medianHours)}</td><td>{one.overdue}</td></tr>)}</tbody>
            </table>
          </>
        ))}
      </QueryView>
    </Section>
  )
}
