// 外呼任务: take the next one, dial it, say that the number is wrong; managers place lists, change priority, see when people answer (TEL-46).
import { Button, Drawer, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { reads } from '../../ui/reads.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Task = OutputOf<'listDialTasks'>['items'][number]
const load = reads<Task>('/api/telephony/dial-tasks')
const tones: Record<Task['state'], 'ok' | 'near' | 'over' | 'calm' | 'plain' | 'primary'> = { waiting: 'plain', claimed: 'primary', dialling: 'near', reached: 'ok', notReached: 'over', skipped: 'calm', cancelled: 'calm' }
const businesses = ['callback', 'notice', 'survey', 'contact'] as const
const columns: Column<Task>[] = [
  { key: 'due', title: t('task.due'), width: 116, render: (row) => <Time iso={row.dueAt} /> }, { key: 'business', title: t('task.business'), width: 64, render: (row) => row.businessName }, { key: 'title', title: t('task.title'), width: 220, wide: true, render: (row) => row.title },
  { key: 'person', title: t('task.person'), width: 96, render: (row) => row.personName ?? '–' }, { key: 'phone', title: t('col.phone'), width: 128, render: (row) => <bdi className="ms-num">{row.phone}</bdi> }, { key: 'priority', title: t('priority'), width: 64, align: 'end', render: (row) => row.priority },
  { key: 'state', title: t('col.state'), width: 96, render: (row) => <Tag tone={tones[row.state]}>{row.stateName}</Tag> }, { key: 'attempts', title: t('task.attempts'), width: 150, render: (row) => (row.attempts.length === 0 ? '–' : `${row.attempts.length} / ${row.maxAttempts} ${row.attempts.at(-1)?.resultName ?? ''}`) }, { key: 'agent', title: t('col.agent'), width: 88, render: (row) => row.agentName ?? '–' }, { key: 'reason', title: t('col.reason'), width: 150, render: (row) => row.reason ?? '–' },
  { key: 'order', title: t('col.orders'), width: 150, render: (row) => (row.orderNumber ? <a className="ms-link" href={`/orders/${row.orderNumber}`}>{row.orderNumber}</a> : '–') },
]
const filters: Filter[] = [{ key: 'business', label: t('task.business'), kind: 'select', options: businesses.map((value) => ({ value, label: t(`business.${value}`) })) }]

export default function DialTasksPage(): ReactElement {
  const { can } = useSession()
  const manages = can('telephony.dialTasks')
  const [shown, setShown] = useState<string | null>(null)
  const [layer, setLayer] = useState<'place' | 'rates' | null>(null)
  const [wrong, setWrong] = useState<Task | null>(null)
  const [cancelling, setCancelling] = useState<Task | null>(null)
  const mine = useQueryOf('listDialTasks', { mine: 'true', state: 'claimed,dialling', limit: 20 }, { enabled: can('telephony.dial') })
  const send = useAct('listDialTasks', 'showDialTask', 'dialRates')
  const told = (error: unknown): void => say(asProblem(error).message, 'over')
  const next = async () => {
    const { task, reason } = await send('nextDialTask', {})
    if (task) setShown(task.id)
    else say(reason ?? t('task.none'), 'over')
  }
  const dial = async (task: Task) => {
    const done = await send('dialTask', { id: task.id })
    say(done.callId ? t('dialled', { who: done.shown }) : (done.task.reason ?? ''), done.callId ? 'ok' : 'over')
  }
  const inHand = mine.data?.items.find((one) => one.mine) ?? null
  const acts = (row: Task) => [
    ...(row.mine && row.state === 'claimed' ? [{ id: 'dial', label: t('dial'), run: () => void dial(row).catch(told) }, { id: 'release', label: t('task.release'), run: () => void send('releaseDialTask', { id: row.id }).catch(told) }] : []),
    ...(row.mine && row.attempts.length > 0 && row.state !== 'dialling' ? [{ id: 'wrong', label: t('task.wrong'), run: () => setWrong(row) }] : []),
    ...(manages && (row.state === 'waiting' || row.state === 'claimed') ? [{ id: 'first', label: t('task.first'), run: () => void send('changeDialTask', { id: row.id, version: row.version, priority: 1 }).catch(told) }, { id: 'cancel', label: t('task.cancel'), run: () => setCancelling(row) }] : []),
  ]
  return (
    <>
      <ListPage<Task> page="telephony.dialTasks" title={t('dialTasks')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} searchHint={t('task.search')} topic="telephony.dialTasks" onOpen={(row) => setShown(row.id)}
        views={[{ id: 'open', name: t('task.open'), filter: { state: ['waiting', 'claimed', 'dialling'] } }, { id: 'mine', name: t('view.mine'), filter: { mine: ['true'] } }, { id: 'lost', name: t('task.lost'), filter: { state: ['notReached', 'skipped'] } }, { id: 'all', name: t('view.all'), filter: {} }]}
        acts={<>{manages ? <><Button onClick={() => setLayer('rates')}>{t('task.rates')}</Button><Button onClick={() => setLayer('place')}>{t('task.place')}</Button></> : null}{can('telephony.dial') ? <Button type="primary" onClick={() => (inHand ? setShown(inHand.id) : void next().catch(told))}>{inHand ? t('task.inHand', { who: inHand.personName ?? inHand.phone }) : t('task.next')}</Button> : null}</>}
        rowActs={acts} empty={{ text: t('task.none') }} />
      <Drawer open={shown !== null} size={520} title={t('dialTasks')} onClose={() => setShown(null)} destroyOnHidden>{shown ? <TaskDetail id={shown} dial={(task) => void dial(task).catch(told)} wrong={setWrong} /> : null}</Drawer>
      <Drawer open={layer === 'rates'} size={520} title={t('task.rates')} onClose={() => setLayer(null)} destroyOnHidden><Rates /></Drawer>
      <PlaceDrawer open={layer === 'place'} onClose={() => setLayer(null)} />
      <ActDrawer open={wrong !== null} onClose={() => setWrong(null)} title={t('task.wrong')} submitLabel={t('task.wrong')} schema={{ type: 'object', properties: { corrected: { type: 'string', title: t('task.corrected'), maxLength: 30, description: t('task.correctedHelp') }, note: { type: 'string', title: t('task.note'), maxLength: 200 } } }}
        submit={async (v) => { if (wrong) await send('wrongDialNumber', { id: wrong.id, ...(v.corrected ? { corrected: v.corrected } : {}), ...(v.note ? { note: v.note } : {}) }) }} />
      <ActDrawer open={cancelling !== null} onClose={() => setCancelling(null)} title={t('task.cancel')} submitLabel={t('task.cancel')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('col.reason'), maxLength: 200 } } }}
        submit={async (v) => { if (cancelling) await send('changeDialTask', { id: cancelling.id, version: cancelling.version, cancel: v.reason }) }} />
    </>
  )
}

function TaskDetail({ id, dial, wrong }: { id: string; dial: (task: Task) => void; wrong: (task: Task) => void }): ReactElement {
  const list = useQueryOf('showDialTask', { id })
  return (
    <QueryView query={list}>{(task) => (
      <div className="ms-stack">
        <Facts columns={2} items={[{ label: t('task.business'), value: task.businessName }, { label: t('task.title'), value: task.title }, { label: t('task.person'), value: task.personName ?? '–' }, { label: t('col.phone'), value: task.phone }, { label: t('col.state'), value: <Tag tone={tones[task.state]}>{task.stateName}</Tag> }, { label: t('col.reason'), value: task.reason ?? '–' }, { label: t('task.due'), value: <Time iso={task.dueAt} /> }, { label: t('priority'), value: task.priority }, { label: t('col.agent'), value: task.agentName ?? '–' }, { label: t('col.orders'), value: task.orderNumber ? <a className="ms-link" href={`/orders/${task.orderNumber}`}>{task.orderNumber}</a> : '–' }]} />
        <div className="ms-row"><Button type="primary" disabled={!task.mayDial} onClick={() => dial(task)}>{t('dial')}</Button>{task.mine && task.attempts.length > 0 && task.state !== 'dialling' ? <Button onClick={() => wrong(task)}>{t('task.wrong')}</Button> : null}<span className="ms-hint">{task.dialReason}</span></div>
        <Section title={t('task.attempts')}>{task.attempts.length === 0 ? <span className="ms-hint">{t('none')}</span> : task.attempts.map((one) => <div key={one.callId} className="ms-row"><Time iso={one.at} /><span>{one.agentName}</span><span>{one.resultName}</span></div>)}</Section>
      </div>
    )}</QueryView>
  )
}

function Rates(): ReactElement {
  const rates = useQueryOf('dialRates', { days: 7 })
  return (
    <QueryView query={rates}>{(data) => (
      <Section title={t('task.ratesOf', { windows: data.windows.map((one) => `${one.from}–${one.to}`).join('、') })} flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('task.noRates')} /> : <table className="ms-plain-table"><thead><tr><th scope="col">{t('task.hour')}</th><th scope="col" className="ms-num">{t('task.dialled')}</th><th scope="col" className="ms-num">{t('task.connected')}</th><th scope="col" className="ms-num">{t('task.rate')}</th></tr></thead>
        <tbody>{data.items.map((one) => <tr key={one.hour}><td>{one.hour}:00–{one.hour + 1}:00</td><td className="ms-num">{one.dialled}</td><td className="ms-num">{one.connected}</td><td className="ms-num">{one.rate}%</td></tr>)}</tbody></table>}</Section>
    )}</QueryView>
  )
}

/** A list typed or pasted: a number and, after a blank, a name on each line. */
function PlaceDrawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactElement {
  const [text, setText] = useState('')
  const send = useAct('listDialTasks')
  const rows = text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => { const [phone = '', ...name] = line.split(/[\s,，、\t]+/); return { phone, ...(name.length > 0 ? { name: name.join(' ') } : {}) } })
  return (
    <ActDrawer open={open} onClose={onClose} title={t('task.place')} submitLabel={t('task.place')} initial={{ business: 'notice', priority: 5 }}
      schema={{ type: 'object', required: ['business', 'title'], properties: { business: { type: 'string', title: t('task.business'), 'x-buttons': true, oneOf: businesses.map((value) => ({ const: value, title: t(`business.${value}`) })) }, title: { type: 'string', title: t('task.title'), maxLength: 100 }, priority: { type: 'integer', title: t('task.priorityHelp'), minimum: 1, maximum: 9 } } }}
      submit={async (v) => {
        const done = await send('placeDialTasks', { business: v.business, title: v.title, priority: v.priority ?? 5, rows })
        say(done.skipped.length === 0 ? t('task.placed', { n: done.placed }) : t('task.placedSome', { n: done.placed, list: done.skipped.slice(0, 5).map((one) => t('task.skippedRow', { row: one.row, phone: one.phone, reason: one.reason })).join('；') }), done.skipped.length === 0 ? 'ok' : 'over')
        setText('')
      }}>
      <label>{t('task.rows', { n: rows.length })}<Input.TextArea rows={8} value={text} placeholder={t('task.rowsHint')} onChange={(event) => setText(event.target.value)} /></label>
    </ActDrawer>
  )
}
