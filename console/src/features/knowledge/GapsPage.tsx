// 查漏纠错: gaps and errors with stage, elapsed time, next step; overdue first and red.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useSession } from '../../app/session.tsx'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { duration } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { ReportDrawer, reportKinds } from './no-hit.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listKnowledgeReports'>['items'][number]
const tones = { open: 'near', forwarded: 'primary', replied: 'low', closed: 'ok' } as const
const maintenances = (['revise', 'add', 'revoke', 'none'] as const).map((value) => ({ const: value, title: t(`maintenance.${value}`) }))

const DAY_MINUTES = 24 * 60
/** `duration` leaves the minutes out from one day on; here they count (KNO-25). */
const toTheMinute = (minutes: number): string => `${minutes >= DAY_MINUTES ? t('elapsedDays', { n: Math.floor(minutes / DAY_MINUTES) }) : ''}${duration((minutes % DAY_MINUTES) * 60_000)}`

const columns: Column<Row>[] = [
  { key: 'number', title: t('number'), width: 130, render: (row) => row.number },
  { key: 'state', title: t('stage'), width: 110, render: (row) => <Tag tone={row.overdue ? 'over' : tones[row.state]}>{row.overdue ? `${t('overdue')} · ${row.stateName}` : row.stateName}</Tag> },
  { key: 'elapsed', title: t('elapsed'), width: 130, render: (row) => <span style={row.overdue ? { color: 'var(--ms-over-text)' } : {}}>{toTheMinute(row.elapsedMinutes)}</span> },
  { key: 'title', title: t('col.title'), width: 300, wide: true, render: (row) => row.itemTitle ?? row.text, text: (row) => row.itemTitle ?? row.text },
  { key: 'kind', title: t('reportKind'), width: 110, render: (row) => row.kindName },
  { key: 'source', title: t('source'), width: 80, render: (row) => row.sourceName },
  { key: 'unit', title: t('questionUnit'), width: 140, render: (row) => row.unitName },
  { key: 'maintenance', title: t('maintenanceTitle'), width: 90, render: (row) => row.maintenanceName },
  { key: 'next', title: t('next'), width: 150, render: (row) => row.next },
  { key: 'by', title: t('reporter'), width: 90, render: (row) => row.reportedByName },
]
const filters: Filter[] = [
  { key: 'box', label: t('scope'), kind: 'select', options: (['all', 'unit', 'mine'] as const).map((value) => ({ value, label: t(`box2.${value}`) })) },
  { key: 'state', label: t('stage'), kind: 'select', options: (['open', 'forwarded', 'replied', 'closed'] as const).map((value) => ({ value, label: t(`reportState.${value}`) })) },
  { key: 'kind', label: t('reportKind'), kind: 'select', options: reportKinds.map((one) => ({ value: one.const, label: one.title })) },
  { key: 'source', label: t('source'), kind: 'select', options: (['item', 'search', 'order', 'web'] as const).map((value) => ({ value, label: t(`reportSource.${value}`) })) },
  ...(orderLoaders.unit ? [{ key: 'unitId', label: t('questionUnit'), kind: 'pick' as const, loader: orderLoaders.unit }] : []),
  { key: 'maintenance', label: t('maintenanceTitle'), kind: 'select', options: maintenances.map((one) => ({ value: one.const, label: one.title })) },
  { key: 'overdue', label: t('overdue'), kind: 'boolean' },
]

export default function GapsPage(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const send = useAct('listKnowledgeReports', 'list')
  const [reporting, setReporting] = useState(false)
  const [shown, setShown] = useState<Row | null>(null)
  const [doing, setDoing] = useState<{ act: 'forward' | 'reply' | 'close'; row: Row } | null>(null)
  const done = async () => { setShown(null); say(t('done')); await client.invalidateQueries({ queryKey: ['list'] }) }
  const replied = doing?.row.state === 'replied'
  const sentBack = doing?.act === 'forward' && replied
  const preview = (row: Row) => (
    <div className="ms-stack">
      <p className="ms-pre">{row.text}</p>
      <Facts items={[{ label: t('item'), value: row.itemId ? <Link to={`/knowledge/items/${row.itemId}${row.itemVersion ? `?version=${row.itemVersion}` : ''}`}>{row.itemTitle}</Link> : '', hidden: !row.itemId }, { label: t('fromOrder'), value: row.sourceLabel ? <Link to={`/orders/${row.sourceLabel}`}>{row.sourceLabel}</Link> : '', hidden: row.source !== 'order' }, { label: t('reporter'), value: <>{row.reportedByName} <Time iso={row.reportedAt} /></> }, { label: t('due'), value: <Time iso={row.dueAt} /> }, { label: t('questionUnit'), value: row.unitName ?? '', hidden: !row.unitName }, { label: t('opinion'), value: row.forwardOpinion ?? '', hidden: !row.forwardOpinion }, { label: t('reply'), value: row.reply ? `${row.reply}（${row.repliedByName ?? ''}）` : '', hidden: !row.reply }, { label: t('maintenanceTitle'), value: row.maintenanceName ?? '', hidden: !row.maintenanceName }]} />
      <ActBar acts={row.acts} main={row.state === 'forwarded' ? 'reply' : row.state === 'open' ? 'forward' : 'close'} known={{ forward: { run: () => setDoing({ act: 'forward', row }) }, reply: { run: () => setDoing({ act: 'reply', row }) }, close: { run: () => setDoing({ act: 'close', row }) } }} />
    </div>
  )
  return (
    <>
      <ListPage<Row> searchHint={t('gapSearch')} page="knowledgeReports" title={t('gaps')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={setShown} topic="knowledge.feedback" load={(query, signal) => request<ListResult<Row>>('GET', '/api/knowledge/reports', query, { signal })}
        acts={can('knowledge.read') ? <Button type="primary" onClick={() => setReporting(true)}>{t('reportTitle')}</Button> : null} empty={{ text: t('noReports') }} />
      <Drawer open={shown !== null} onClose={() => setShown(null)} title={shown ? `${shown.number} ${shown.itemTitle ?? ''}` : ''} size={520}>{shown ? preview(shown) : null}</Drawer>
      {reporting ? <ReportDrawer close={() => { setReporting(false); void client.invalidateQueries({ queryKey: ['list'] }) }} initial={{ kind: 'gap', text: '' }} more={{ source: 'search' }} /> : null}
      {doing?.act === 'forward' ? <ActDrawer open onClose={() => setDoing(null)} title={t(sentBack ? 'sendBack' : 'forward')} sub={doing.row.number} submitLabel={t(sentBack ? 'sendBack' : 'forward')} loaders={orderLoaders} initial={doing.row.unitId ? { unitId: doing.row.unitId } : {}} schema={{ type: 'object', required: sentBack ? ['unitId', 'opinion'] : ['unitId'], properties: { unitId: { type: 'string', format: 'unit', title: t('questionUnit') }, opinion: { type: 'string', format: 'textarea', title: t(sentBack ? 'sendBackWhy' : 'opinion'), maxLength: 500 } } }} submit={async (values) => { await send('forwardKnowledgeReport', { id: doing.row.id, version: doing.row.version, ...values }); await done() }} /> : null}
      {doing?.act === 'reply' ? <ActDrawer open onClose={() => setDoing(null)} title={t('reply')} sub={doing.row.number} submitLabel={t('reply')} schema={{ type: 'object', required: ['reply', 'maintenance'], properties: { maintenance: { type: 'string', title: t('maintenanceTitle'), oneOf: maintenances, 'x-buttons': true }, reply: { type: 'string', format: 'textarea', title: t('reply'), maxLength: 2000 } } }} submit={async (values) => { await send('replyKnowledgeReport', { id: doing.row.id, version: doing.row.version, ...values }); await done() }} /> : null}
      {doing?.act === 'close' ? <ActDrawer open onClose={() => setDoing(null)} title={t('closeReport')} sub={doing.row.number} submitLabel={t('closeReport')} notice={replied ? t('closeWithReply', { reply: doing.row.reply ?? '' }) : t('closeNeedsReply')} schema={{ type: 'object', required: replied ? [] : ['reply'], properties: { maintenance: { type: 'string', title: t('maintenanceTitle'), oneOf: maintenances, 'x-buttons': true }, reply: { type: 'string', format: 'textarea', title: t('reply'), maxLength: 2000 } } }} submit={async (values) => { await send('closeKnowledgeReport', { id: doing.row.id, version: doing.row.version, ...values }); await done() }} /> : null}
    </>
  )
}
