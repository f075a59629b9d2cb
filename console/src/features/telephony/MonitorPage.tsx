// 坐席监控: queues, seats as a map, a list or by unit, what waits; a click on a seat tells all and acts on it (TEL-36, TEL-37, TEL-38, TEL-39).
import { Button, Drawer, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { instant, stopwatch } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { useSearchParams } from 'react-router'
import { useAct } from '../../ui/use-act.ts'
import { SeatPanel } from './SeatPanel.tsx'
import { t } from './texts.zh-CN.ts'
import './telephony.css'

type Data = OutputOf<'telephonyMonitor'>
export type Seat = Data['seats'][number]
export const signOf = { idle: '●', call: '▲', busy: '■', off: '○' } as const
const tags = { idle: 'ok', call: 'near', busy: 'over', off: 'calm' } as const

export default function MonitorPage(): ReactElement {
  const monitor = useQueryOf('telephonyMonitor', {}, { staleTime: 1000, keepPrevious: true })
  useTopic('telephony.live', ['telephonyMonitor'])
  useTopic('telephony.agents', ['telephonyMonitor'])
  const [params, setParams] = useSearchParams()
  const view = params.get('view') ?? 'map'
  const chosen = params.get('seat')
  const [notice, setNotice] = useState(false)
  const send = useAct('listTeamNotices')
  const change = (key: string, value: string | null) => setParams((before) => {
    const next = new URLSearchParams(before)
    if (value) next.set(key, value)
    else next.delete(key)
    return next
  }, { replace: true })
  const units = useQueryOf('listQueues', {})
  return (
    <Page title={t('monitor')} acts={<><Button onClick={() => setNotice(true)}>{t('sendNotice')}</Button><a className="ms-link" href="/telephony/wallboard" target="_blank" rel="noreferrer">{t('wallboard')}</a></>}
      bar={monitor.data?.exchange === 'down' ? <div className="ms-note ms-over" role="alert">{t('exchangeDown')}</div> : null}>
      <QueryView query={monitor}>
        {(data) => (
          <div className="ms-stack">
            <Queues data={data} />
            <Section title={`${t('map')} · ${t('idle')} ${data.seats.filter((s) => s.tone === 'idle').length} · ${t('talkingN')} ${data.seats.filter((s) => s.tone === 'call').length} · ${t('busyN')} ${data.seats.filter((s) => s.tone === 'busy').length} · ${t('off')} ${data.seats.filter((s) => s.tone === 'off').length}`}
              extra={<Segmented size="small" value={view} onChange={(next) => change('view', next === 'map' ? null : String(next))} options={[{ value: 'map', label: t('map') }, { value: 'list', label: t('list') }, { value: 'tree', label: t('tree') }]} />}>
              {data.seats.length === 0 ? <Empty kind="scope" text={t('noSeats')} /> : view === 'map' ? <SeatMap seats={data.seats} chosen={chosen} onChoose={(id) => change('seat', id)} /> : view === 'tree' ? <Units seats={data.seats} chosen={chosen} onChoose={(id) => change('seat', id)} /> : <SeatList seats={data.seats} onChoose={(id) => change('seat', id)} />}
            </Section>
            <Section title={t('waitingNow')}>
              {data.waiting.length === 0 ? <span className="ms-hint">{t('nobodyWaiting')}</span> : <Waiting data={data} />}
            </Section>
          </div>
        )}
      </QueryView>
      <Drawer open={chosen !== null} size={560} title={t('seatOf', { name: monitor.data?.seats.find((s) => s.userId === chosen)?.name ?? '' })} onClose={() => change('seat', null)} destroyOnHidden>{chosen && monitor.data ? <SeatPanel userId={chosen} acts={monitor.data.acts} seats={monitor.data.seats} /> : null}</Drawer>
      <ActDrawer open={notice} onClose={() => setNotice(false)} title={t('sendNotice')} submitLabel={t('sendNotice')} initial={{ minutes: 60, to: 'all' }}
        schema={{ type: 'object', required: ['text', 'to'], properties: { text: { type: 'string', title: t('noticeText'), format: 'textarea', maxLength: 500 }, to: { type: 'string', title: t('noticeTo'), oneOf: [{ const: 'all', title: t('everyone') }, ...(units.data?.items ?? []).map((queue) => ({ const: queue.id, title: `${t('kindQueue')} ${queue.name}` }))] }, minutes: { type: 'integer', title: t('noticeMinutes'), minimum: 1, maximum: 1440 } } }}
        submit={async (values) => {
          const sent = await send('sendTeamNotice', { text: values.text, minutes: values.minutes ?? 60, ...(values.to === 'all' ? {} : { queueId: values.to }) })
          say(t('noticeSent', { n: sent.addressed }))
        }}><NoticeLog /></ActDrawer>
    </Page>
  )
}

function NoticeLog(): ReactElement | null {
  const log = useQueryOf('listTeamNotices', {})
  useTopic('telephony.notices', ['listTeamNotices'])
  if (!log.data?.items.length) return null
  return <Section title={t('notices')}>{log.data.items.slice(0, 8).map((one) => <div key={one.id} className="ms-row"><Time iso={one.at} /><span>{one.toName}</span><span className="ms-grow">{one.text}</span><span className="ms-hint" title={one.reads.map((read) => read.name).join('、')}>{t('readBy', { n: one.reads.length, all: one.addressed })}</span></div>)}</Section>
}

function Queues({ data }: { data: Data }): ReactElement {
  return (
    <div className="ms-queues">
      {data.queues.map((queue) => (
        <div key={queue.id} className="ms-queue-card" data-tone={queue.tone}>
          <strong>{queue.name}</strong>
          <span className="ms-num">{queue.tone === 'red' ? '◆' : queue.tone === 'yellow' ? '▲' : '●'} {t('queue.waiting')} {queue.waiting} · {t('queue.longest')} {stopwatch(queue.longestMs)}</span>
          <span className="ms-hint ms-num">{t('queue.ready')} {queue.ready} · {t('queue.talking')} {queue.talking} · {t('queue.average')} {stopwatch(queue.averageMs)}</span>
          <span className="ms-hint ms-num">{t('queue.answered')} {queue.answered} · {t('queue.abandoned')} {queue.abandoned}</span>
        </div>
      ))}
    </div>
  )
}

type Choose = { chosen?: string | null; onChoose: (id: string) => void }
function SeatMap({ seats, chosen, onChoose }: { seats: Seat[] } & Choose): ReactElement {
  const at = useNow(1)
  return (
    <div className="ms-seat-map">
      {seats.map((seat) => (
        <button key={seat.userId} type="button" className="ms-seat" data-tone={seat.tone} aria-pressed={seat.userId === chosen} onClick={() => onChoose(seat.userId)}>
          <span><strong>{seat.name}</strong> <bdi className="ms-hint">{seat.extension ?? seat.staffNo}</bdi></span>
          <span>{signOf[seat.tone]} {seat.stateName} {seat.since && seat.tone !== 'off' ? <bdi className="ms-num">{stopwatch(Math.max(0, at - instant(seat.since)))}</bdi> : null}</span>
          <span className="ms-hint ms-ellipsis">{seat.call ? `${seat.call.stateName} ${seat.call.phone ?? ''}` : seat.tone === 'off' ? '' : t('callsToday', { n: seat.callsToday })}</span>
          {seat.warnings.length > 0 ? <span className="ms-warn">{seat.warnings.join('、')}</span> : null}
        </button>
      ))}
    </div>
  )
}

function Units({ seats, chosen, onChoose }: { seats: Seat[] } & Choose): ReactElement {
  return <div className="ms-stack">{[...new Set(seats.map((seat) => seat.unitName ?? '–'))].map((unit) => ({ unit, list: seats.filter((seat) => (seat.unitName ?? '–') === unit) })).map(({ unit, list }) => <div key={unit}><h3 style={{ margin: '0 0 6px' }}>{unit} {list.length}</h3><SeatMap seats={list} chosen={chosen} onChoose={onChoose} /></div>)}</div>
}

function SeatList({ seats, onChoose }: { seats: Seat[] } & Choose): ReactElement {
  const at = useNow(1)
  return (
    <ListTable caption={t('list')} rows={seats} rowKey={(row) => row.userId} onOpen={(row) => onChoose(row.userId)} columns={[
      { key: 'staff', title: t('extensionsTitle'), width: 80, render: (row) => row.extension ?? row.staffNo }, { key: 'name', title: t('col.agent'), width: 100, render: (row) => <button type="button" className="ms-link-button" onClick={() => onChoose(row.userId)}>{row.name}</button> }, { key: 'state', title: t('col.state'), width: 110, render: (row) => <Tag tone={tags[row.tone]}>{signOf[row.tone]} {row.stateName}</Tag> },
      { key: 'since', title: t('col.length'), width: 80, align: 'end', render: (row) => (row.since && row.tone !== 'off' ? stopwatch(Math.max(0, at - instant(row.since))) : '–') }, { key: 'unit', title: t('tree'), width: 130, render: (row) => row.unitName ?? '–' }, { key: 'queues', title: t('col.queue'), width: 150, render: (row) => row.queues.join('、') || '–' },
      { key: 'call', title: t('currentCall'), width: 160, render: (row) => (row.call ? `${row.call.stateName} ${row.call.phone ?? ''}` : '–') }, { key: 'warn', title: t('warnings'), width: 140, wide: true, render: (row) => <span className="ms-over">{row.warnings.join('、')}</span> },
    ]} />
  )
}

function Waiting({ data }: { data: Data }): ReactElement {
  const at = useNow(1)
  return <ListTable caption={t('waitingNow')} rows={data.waiting} rowKey={(row) => row.id} columns={[
    { key: 'phone', title: t('col.phone'), width: 130, render: (row) => row.phone ?? t('hiddenNumber') }, { key: 'state', title: t('col.state'), width: 90, render: (row) => row.stateName }, { key: 'queue', title: t('col.queue'), width: 120, render: (row) => row.queueName ?? '–' }, { key: 'class', title: t('col.class'), width: 90, render: (row) => row.className },
    { key: 'wait', title: t('col.wait'), width: 90, align: 'end', wide: true, render: (row) => stopwatch(Math.max(0, at - instant(row.since))) },
  ]} />
}
