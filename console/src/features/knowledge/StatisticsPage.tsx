// 使用统计: what is read and quoted, what callers asked and nobody had written.
import { Segmented } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'

const figures = { published: '/knowledge/stock?view=published', drafts: '/knowledge/stock?view=drafts', inReview: '/knowledge/tickets?box=all', expiring: '/knowledge/stock?view=expiring', expired: '/knowledge/stock?view=expired', searches: '#words', noHit: '#none', cites: '#cited' } as const
type Name = keyof typeof figures

export default function StatisticsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { can } = useSession()
  const days = Number(search.get('days')) || 30
  const read = useQueryOf('knowledgeStatistics', { days })
  const table = (title: string, id: string, heads: string[], rows: ReactNode[][]) => (
    <Section title={title} flush><div id={id}>{rows.length === 0 ? <p className="ms-muted" style={{ padding: '8px 16px' }}>{t('nothing')}</p> : <table className="ms-plain-table"><thead><tr>{heads.map((head, at) => <th key={head} scope="col" className={at > 0 ? 'ms-num' : ''}>{head}</th>)}</tr></thead><tbody>{rows.map((row, at) => <tr key={at}>{row.map((cell, i) => <td key={i} className={i > 0 ? 'ms-num' : ''}>{cell}</td>)}</tr>)}</tbody></table>}</div></Section>
  )
  return (
    <Page title={t('statistics')} help="knowledge" state={<Segmented size="small" value={days} options={[7, 30, 90, 365].map((value) => ({ value, label: t('days', { n: value }) }))} onChange={(value) => setSearch({ days: String(value) })} />}>
      <QueryView query={read}>{(data) => (
        <div className="ms-stack">
          <div className="ms-row" style={{ gap: 12, alignItems: 'stretch' }}>{(Object.keys(figures) as Name[]).map((name) => <Figure key={name} label={t(`fig.${name}`)} value={data.figures[name]} to={figures[name]} />)}</div>
          <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(420px, 1fr))', gap: 12, alignItems: 'start' }}>
            {table(t('noHits'), 'none', [t('words'), t('times'), t('last'), ''], data.noHits.map((one) => [one.words, one.n, <Time key="t" iso={one.last} />, can('knowledge.edit') ? <Link key="n" to={`/knowledge/items/new?title=${encodeURIComponent(one.words)}`}>{t('newItem')}</Link> : null]))}
            {table(t('hotWords'), 'words', [t('words'), t('times')], data.hotWords.map((one) => [<Link key="w" to={`/knowledge?q=${encodeURIComponent(one.words)}`}>{one.words}</Link>, one.n]))}
            {table(t('mostRead'), 'read', [t('title'), t('type'), t('times')], data.mostRead.map((one) => [<Link key="t" to={`/knowledge/items/${one.id}`}>{one.title}</Link>, one.typeName, one.n]))}
            {table(t('mostCited'), 'cited', [t('title'), t('type'), t('times')], data.mostCited.map((one) => [<Link key="t" to={`/knowledge/items/${one.id}`}>{one.title}</Link>, one.typeName, one.n]))}
            {table(t('byUnit'), 'units', [t('owner'), t('fig.published'), t('fig.expired'), t('fig.cites'), t('useless2')], data.byUnit.map((one) => [one.unitName, one.published, one.expired, one.cites, one.useless]))}
          </div>
        </div>
      )}</QueryView>
    </Page>
  )
}
