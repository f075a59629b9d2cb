// A handling report on paper: A4, who printed it and when, nothing cut (ux.md §5.9).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, Loading } from '../../ui/Empty.tsx'
import { usePageTitle } from '../../ui/Page.tsx'
import { nowIso, whenFull } from '../../ui/time.ts'
import { reportStates } from './report-states.ts'
import { t } from './texts.zh-CN.ts'
import '../orders/orders.css'
import '../orders/print.css'

const onPaper = (iso: string): string => whenFull(iso).slice(0, 16)

export default function ReportPrintPage(): ReactElement {
  const id = useParams().id ?? ''
  const { user } = useSession()
  const read = useQueryOf('getHandlingReport', { id })
  const report = read.data
  usePageTitle(report?.title ?? t('reports'))
  if (!report) return read.error ? <Empty kind="scope" text={read.error.title} /> : <Loading lines={10} />
  return (
    <main className="ms-sheet">
      <div className="ms-no-print ms-row ms-sheet-bar"><Button type="primary" onClick={() => window.print()}>{t('d.print')}</Button><Link to={`/orders/${report.number}?tab=reports`}>{t('d.back')}</Link></div>
      <div className="ms-watermark" aria-hidden="true">{Array.from({ length: 12 }, (_, i) => <span key={i}>{user.name} {user.staffNo} {onPaper(nowIso())}</span>)}</div>
      <header><h1>{report.title}</h1><div className="ms-row"><bdi className="ms-code">{report.number}</bdi><span>{report.unitName}</span><span className="ms-grow" /><span>{t('d.nth', { n: report.version })} {reportStates[report.state][0]}</span></div></header>
      <p className="ms-text">{report.content}</p>
      {report.files.length > 0 ? <><h3>{t('d.files')}</h3><ul>{report.files.map((one) => <li key={one.id}>{one.name}</li>)}</ul></> : null}
      <footer>{report.writtenByName} {onPaper(report.writtenAt)}{report.opinion ? `；${t('d.opinion')}：${report.opinion}` : ''}</footer>
    </main>
  )
}
