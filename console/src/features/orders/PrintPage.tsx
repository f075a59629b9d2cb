// The order on paper: A4, masks as on the screen, nothing cut (ux.md §5.9).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, Loading } from '../../ui/Empty.tsx'
import { Facts, usePageTitle } from '../../ui/Page.tsx'
import { nowIso, whenFull } from '../../ui/time.ts'
import { useOrderByNumber } from './order-data.ts'
import type { OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'
import { timelineEntries } from './timeline-entries.ts'
import { placeOf, shownValue } from './values.ts'
import './orders.css'
import './print.css'

export default function PrintPage(): ReactElement {
  const number = useParams().number ?? ''
  const query = useOrderByNumber(number)
  usePageTitle(`${t('print.title')} ${number}`)
  if (query.data) return <Sheet order={query.data} />
  return query.error ? <Empty kind="scope" text={query.error.status === 404 ? t('p.notFound') : query.error.title} /> : <Loading lines={10} />
}

/** Paper has no today. */
const onPaper = (iso: string | null): string => (iso ? whenFull(iso).slice(0, 16) : '–')

function Sheet({ order }: { order: OrderDetail }): ReactElement {
  const { user } = useSession()
  const timeline = useQueryOf('orderTimeline', { id: order.id, limit: 200, order: 'asc' })
  const who = order.requester
  return (
    <main className="ms-sheet">
      <div className="ms-no-print ms-row ms-sheet-bar">
        <Button type="primary" onClick={() => window.print()}>{t('print.do')}</Button>
        <Link to={`/orders/${order.number}`}>{t('print.close')}</Link>
      </div>
      <div className="ms-watermark" aria-hidden="true">{Array.from({ length: 12 }, (_, i) => <span key={i}>{user.name} {user.staffNo} {onPaper(nowIso())}</span>)}</div>
      <header><div>{order.tenantName}</div><h1>{t('print.title')}</h1><div className="ms-row"><span>{t('print.page', { number: order.number })}</span><span className="ms-grow" /><span>{order.stateName}{order.round > 1 ? ` · ${t('p.round', { n: order.round })}` : ''}</span></div></header>
      <h2>{order.title}</h2>
      <Facts columns={2} items={[
        { label: t('d.requester'), value: who.anonymous ? t('d.anonymous') : who.name },
        { label: t('d.phone'), value: who.phone },
        { label: t('d.appealType'), value: `${order.appealTypeName} ${order.urgencyName}` },
        { label: t('d.source'), value: `${order.channelName} ${onPaper(order.registeredAt)}` },
        { label: t('d.place'), value: [placeOf(order), order.detailAddress].filter(Boolean).join(' ') },
        { label: t('d.matter'), value: order.matter?.name },
        ...order.formFields.map((field) => ({ label: field.label, value: shownValue(field.value) })),
      ]} />
      <h3>{t('d.content')}</h3>
      <p className="ms-text">{order.content}</p>
      {order.assignments.length > 0 ? (
        <>
          <h3>{t('print.units')}</h3>
          <table>
            <thead><tr><th>{t('print.unit')}</th><th>{t('print.role')}</th><th>{t('c.state')}</th><th>{t('print.dispatched')}</th><th>{t('k.due')}</th></tr></thead>
            <tbody>{order.assignments.map((one) => <tr key={one.id}><td>{one.unitName}</td><td>{one.roleName}</td><td>{one.stateName}</td><td>{onPaper(one.dispatchedAt)}</td><td>{onPaper(one.dueAt)}</td></tr>)}</tbody>
          </table>
        </>
      ) : null}
      {order.feedback.length > 0 ? (
        <>
          <h3>{t('print.feedback')}</h3>
          {order.feedback.map((one) => <div key={one.id} className="ms-sheet-block"><strong>{one.unitName}</strong> {one.submittedByName} {onPaper(one.submittedAt)}<p className="ms-text">{one.result}</p>{one.basis ? <p>{t('fb.basis')}：{one.basis}</p> : null}</div>)}
        </>
      ) : null}
      {order.reply ? <><h3>{t('d.reply')}</h3><p className="ms-text">{order.reply}</p></> : null}
      <h3>{t('print.timeline')}</h3>
      <table>
        <tbody>
          {timelineEntries(timeline.data?.items ?? []).map((entry) => <tr key={entry.id}><td className="ms-nowrap">{onPaper(entry.at)}</td><td>{entry.title}</td><td>{[entry.unit, entry.by].filter(Boolean).join('·')}</td><td className="ms-text">{[entry.text, ...(entry.changes ?? []).map((change) => `${change.label}：${change.old ?? ''} → ${change.new ?? ''}`)].filter(Boolean).join('\n')}</td></tr>)}
        </tbody>
      </table>
      <footer>{t('print.by', { name: user.name, unit: user.unitName, time: onPaper(nowIso()) })}</footer>
    </main>
  )
}
