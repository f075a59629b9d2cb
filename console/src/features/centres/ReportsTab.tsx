// Handling reports of one order, as the reader may see them.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { SlotProps } from '../orders/slots.ts'
import { reportStates } from './report-states.ts'
import { t } from './texts.zh-CN.ts'

export default function ReportsTab({ order }: SlotProps): ReactElement {
  const list = useQueryOf('listHandlingReports', { orderId: order.id, limit: 100 })
  return (
    <QueryView query={list}>
      {(data) => data.items.length === 0 ? <Empty kind="done" text={t('d.none')} hint={t('d.noneHint')} /> : <div className="ms-stack">{data.items.map((one, i) => <ReportCard key={one.id} id={one.id} first={i === 0} />)}</div>}
    </QueryView>
  )
}

export function ReportCard({ id, first = false }: { id: string; first?: boolean }): ReactElement {
  const [shown, setShown] = useState(first)
  const read = useQueryOf('getHandlingReport', { id })
  const report = read.data
  if (!report) return <span className="ms-hint">…</span>
  const [state, tone] = reportStates[report.state]
  return (
    <article className="ms-quote">
      <header className="ms-row">
        <strong>{report.title}</strong><Tag>{t('d.nth', { n: report.version })}</Tag><Tag tone={tone}>{state}</Tag><span className="ms-grow" />
        <span className="ms-hint">{report.unitName}·{report.writtenByName} <Time iso={report.writtenAt} /></span>
        <Link to={`/orders/reports/${id}/print`}>{t('d.print')}</Link>
        <button type="button" className="ms-link-button" aria-expanded={shown} onClick={() => setShown(!shown)}>{shown ? '−' : '+'}</button>
      </header>
      {shown ? <p className="ms-text">{report.content}</p> : null}
      {shown && report.files.length > 0 ? <Attachments readOnly value={report.files} /> : null}
      {report.opinion ? <p className="ms-hint">{t('d.opinion')}：{report.opinion}</p> : null}
    </article>
  )
}
