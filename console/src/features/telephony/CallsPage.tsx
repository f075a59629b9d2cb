// 话单: every call, answered or not; those owed a call back; each opens with what happened in it (TEL-48).
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { call as request, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import { userLoader } from '../orders/pickers.ts'
import { CallDetail } from './CallDetail.tsx'
import { reads } from '../../ui/reads.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listCalls'>['items'][number]
const load = reads<Row>('/api/telephony/calls')
const length = (ms: number | null): string => (ms === null ? '–' : stopwatch(ms))
const ringTones = { open: 'near', done: 'ok', dropped: 'calm' } as const

const columns: Column<Row>[] = [
  { key: 'startedAt', title: t('col.at'), width: 116, render: (row) => <Time iso={row.startedAt} /> },
  { key: 'direction', title: t('col.direction'), width: 64, render: (row) => row.directionName },
  { key: 'phone', title: t('col.phone'), width: 128, render: (row) => <bdi className="ms-num">{row.phone ?? t('hiddenNumber')}</bdi> },
  { key: 'called', title: t('col.called'), width: 96, render: (row) => row.called ?? '–' },
  { key: 'queue', title: t('col.queue'), width: 112, render: (row) => row.queueName ?? '–' },
  { key: 'wait', title: t('col.wait'), width: 72, align: 'end', render: (row) => length(row.waitMs) },
  { key: 'class', title: t('col.class'), width: 80, render: (row) => (row.class && row.class !== 'ordinary' ? <Tag tone={row.class === 'emergency' ? 'over' : 'near'}>{row.className}</Tag> : (row.className ?? '–')) },
  { key: 'agent', title: t('col.agent'), width: 88, render: (row) => `${row.agentName ?? '–'}${row.remote ? t('remoteMark') : ''}` },
  { key: 'talk', title: t('col.talk'), width: 88, align: 'end', render: (row) => length(row.talkMs) },
  { key: 'cause', title: t('col.cause'), width: 112, render: (row) => (row.endedAt ? <Tag tone={row.answeredAt ? 'plain' : 'near'}>{row.endCauseName}</Tag> : <Tag tone="ok">{row.stateName}</Tag>) },
  { key: 'ringBack', title: t('col.ringBack'), width: 88, render: (row) => (row.ringBack ? <Tag tone={ringTones[row.ringBack as 'open']}>{t(`ring.${row.ringBack as 'open'}`)}</Tag> : '–') },
  { key: 'rating', title: t('col.rating'), width: 56, align: 'end', render: (row) => row.rating ?? '–', hidden: true },
  { key: 'hungUp', title: t('col.hungUp'), width: 72, render: (row) => row.hungUpBy ?? '–', hidden: true },
  { key: 'orders', title: t('col.orders'), width: 180, wide: true, render: (row) => (row.orders.length ? row.orders.map((order) => <a key={order.id} className="ms-link" href={`/orders/${order.number}`}>{order.number} </a>) : '–') },
]

export default function CallsPage(): ReactElement {
  const { can } = useSession()
  const [params, setParams] = useSearchParams()
  const shown = params.get('call')
  const [dropping, setDropping] = useState<Row | null>(null)
  const queues = useQueryOf('listQueues', {}, { enabled: can('telephony.queues') || can('telephony.monitor') })
  const send = useAct('listCalls', 'deskOptions')
  const filters = useMemo((): Filter[] => [
    { key: 'direction', label: t('filter.direction'), kind: 'select', options: (['inbound', 'outbound', 'internal'] as const).map((value) => ({ value, label: t(value) })) },
    ...(queues.data ? [{ key: 'queueId', label: t('filter.queue'), kind: 'select' as const, options: queues.data.items.map((one) => ({ value: one.id, label: one.name })) }] : []),
    { key: 'agentId', label: t('col.agent'), kind: 'pick', loader: userLoader() }, { key: 'answered', label: t('filter.answered'), kind: 'boolean' }, { key: 'recorded', label: t('filter.recorded'), kind: 'boolean' }, { key: 'at', label: t('col.at'), kind: 'dates', keys: ['from', 'to'], instants: true },
  ], [queues.data])
  const views = useMemo((): ListView[] => [
    { id: 'all', name: t('view.all'), filter: {} }, { id: 'mine', name: t('view.mine'), filter: { mine: ['true'] } }, { id: 'ringBack', name: t('view.ringBack'), filter: { ringBack: ['open'] } }, { id: 'missed', name: t('view.missed'), filter: { direction: ['inbound'], answered: ['false'] } }, { id: 'outbound', name: t('view.outbound'), filter: { direction: ['outbound'] } },
  ], [])
  const open = (id: string | null) => setParams((before) => {
    const next = new URLSearchParams(before)
    if (id) next.set('call', id)
    else next.delete('call')
    return next
  }, { replace: true })
  const ringBack = async (row: Row) => {
    try {
      const done = await request('dial', { ringBackOf: row.id })
      say(t('dialled', { who: done.shown }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <>
      <ListPage<Row> page="telephony.calls" title={t('calls')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/telephony/calls?call=${row.id}`} searchHint={t('searchCalls')} topic="telephony.calls" exportable
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        rowActs={(row) => [{ id: 'open', label: t('detail'), run: () => open(row.id) }, ...(row.ringBack === 'open' && row.mayDial ? [{ id: 'ring', label: t('callBack'), run: () => void ringBack(row) }, { id: 'drop', label: t('dropRing'), run: () => setDropping(row) }] : [])]} empty={{ text: t('noCalls') }} />
      <Drawer open={shown !== null} size={760} title={t('detail')} onClose={() => open(null)} destroyOnHidden>{shown ? <CallDetail id={shown} /> : null}</Drawer>
      <ActDrawer open={dropping !== null} onClose={() => setDropping(null)} title={t('dropTitle')} submitLabel={t('dropRing')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), format: 'textarea', maxLength: 200 } } }} submit={async (values) => { await send('dropRingBack', { id: dropping?.id ?? '', reason: values.reason }) }} />
    </>
  )
}
