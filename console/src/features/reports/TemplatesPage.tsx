// The library of templates, by owning department and category.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { grouped } from '../../ui/grouped.ts'
import { notify } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { Categories } from './Categories.tsx'
import { WordButton } from './WordButton.tsx'
import { t } from './texts.zh-CN.ts'
import './reports.css'

export default function TemplatesPage(): ReactElement {
  const templates = useQueryOf('listReportTemplates', {})
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [sorting, setSorting] = useState(false)
  const manages = templates.data?.mayManage ?? false
  return (
    <Page title={t('templates')} acts={<><Link to="/analytics/reports">{t('reports')}</Link><Input.Search aria-label={t('search')} allowClear style={{ inlineSize: 200 }} value={text} onChange={(e) => setText(e.target.value)} />{manages ? <Button onClick={() => setSorting(true)}>{t('categories')}</Button> : null}{manages ? <WordButton label={t('uploadWord')} onRead={(definition) => void navigate('/analytics/reports/templates/new', { state: { definition } })} onFail={(error) => notify({ level: 'P2', title: asProblem(error).title })} /> : null}{manages ? <Button type="primary" onClick={() => void navigate('/analytics/reports/templates/new')}>{t('newTemplate')}</Button> : null}</>}>
      <QueryView query={templates}>
        {({ items }) => {
          const found = items.filter((one) => text === '' || one.name.includes(text) || one.description.includes(text) || one.departmentName.includes(text) || (one.createdByName ?? '').includes(text) || one.code === text)
          return found.length === 0 ? <Empty kind="filter" /> : <>{[...grouped(found, (one) => `${one.departmentName || t('wholeCentre')} · ${one.category}`)].map(([group, list]) => (
            <Section key={group} title={`${group} ${list.length}`} flush>
              <table className="ms-plain-table">
                <caption className="ms-hidden">{group}</caption>
                <thead><tr>{(['templateName', 'kind', 'cycle', 'description', 'sort', 'creator', 'state'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th /></tr></thead>
                <tbody>{list.map((one) => (
                  <tr key={one.code}>
                    <td>{manages ? <Link to={`/analytics/reports/templates/${one.code}`}>{one.name}</Link> : one.name}</td><td>{one.kindName}</td><td>{one.cycleName}</td><td>{one.description}</td><td>{one.sort}</td><td>{one.createdByName ? <>{one.createdByName} {one.createdAt ? <Time iso={one.createdAt} /> : null}</> : t('delivered')}</td>
                    <td><Tag tone={one.state === 'published' ? 'ok' : 'calm'}>{one.stateName}</Tag> <span className="ms-hint">{[one.shipped ? t('delivered') : t('own'), one.changed ? t('changedHere') : null, one.hasDraft ? t('hasDraft') : null, one.reports > 0 ? t('reportsMade', { n: one.reports }) : null].filter(Boolean).join(' · ')}</span></td>
                    <td className="ms-data-end">{one.state === 'published' ? <Link to={`/analytics/reports?new=${one.code}`}>{t('new')}</Link> : null} {manages ? <Link to={`/analytics/reports/templates/new?copy=${one.code}`}>{t('copy')}</Link> : null}</td>
                  </tr>
                ))}</tbody>
              </table>
            </Section>
          ))}</>
        }}
      </QueryView>
      {sorting ? <Categories onClose={() => setSorting(false)} /> : null}
    </Page>
  )
}
