// 留言: worked off in order of arrival, answered or registered.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { ActPanel } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import '../../ui/desk.css'
import './chat.css'
import { RegisterPanel } from './RegisterPanel.tsx'
import { t } from './texts.zh-CN.ts'

type Left = OutputOf<'listLeftMessages'>['items'][number]
const views = ['open', 'done'] as const

export default function LeftPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const view = views.find((v) => v === search.get('view')) ?? 'open'
  const list = useQueryOf('listLeftMessages', { view, limit: 100 })
  useTopic('chat', ['listLeftMessages', 'homeCounts'])
  const take = useCommand('takeLeftMessage', { invalidates: ['listLeftMessages'] })
  const { can } = useSession()
  const [chosen, setChosen] = useState<string | null>(null)
  const items = list.data?.items ?? []
  const row = items.find((one) => one.id === chosen) ?? items.find((one) => one.mine) ?? items[0]
  const pick = async (id?: string) => {
    await take.mutateAsync(id ? { id } : {}).then((one) => setChosen(one.id), (error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <Page title={t('left')} fill state={<span className="ms-muted">{list.data ? cappedCount(list.data.count) : ''}</span>}
      bar={<Segmented style={{ alignSelf: 'flex-start' }} value={view} options={views.map((value) => ({ value, label: value === 'open' ? t('leftOpen') : t('leftDone') }))} onChange={(next) => setSearch(next === 'open' ? {} : { view: next }, { replace: true })} />}
      acts={view === 'open' ? <Button type="primary" loading={take.isPending} disabled={!items.some((one) => one.state === 'waiting')} onClick={() => void pick()}>{t('takeLeft')}</Button> : null}>
      <div className="ms-desk">
        <section aria-label={t('list')} data-region><div className="ms-desk-scroll"><QueryView query={list}>{(page) => (page.items.length === 0 ? <Empty kind="done" text={view === 'open' ? t('leftEmpty') : t('leftNone')} /> : <ul className="ms-desk-rows">{page.items.map((one) => <li key={one.id}><button type="button" className="ms-desk-row" aria-current={one.id === row?.id} onClick={() => setChosen(one.id)}><Lines row={one} /></button></li>)}</ul>)}</QueryView></div></section>
        <section aria-label={t('left')} data-region>{row ? <div className="ms-desk-body"><div className="ms-row"><strong>{row.citizen || t('somebody')}</strong><span className="ms-muted">{row.mobile}</span><span className="ms-hint"><Time iso={row.at} /></span></div><p className="ms-desk-text">{row.content}</p>{row.reply ? <div className="ms-desk-entry"><span className="ms-hint">{t('reply')} {row.takenBy}</span><p className="ms-desk-text">{row.reply}</p></div> : null}{row.orderNumber ? <Link to={`/orders/${row.orderNumber}`}>{row.orderNumber}</Link> : null}{row.state === 'waiting' && can('intake.chatManage') ? <div><Button onClick={() => void pick(row.id)}>{t('takeThis')}</Button></div> : null}</div> : null}</section>
        <section aria-label={t('answer')} data-region>{row?.state === 'taken' && row.mine ? <Decide key={row.id} row={row} /> : null}</section>
      </div>
    </Page>
  )
}

function Decide({ row }: { row: Left }): ReactElement {
  const [way, setWay] = useState<'answer' | 'order'>('answer')
  const answer = useCommand('answerLeftMessage', { invalidates: ['listLeftMessages'] })
  const register = useCommand('registerLeftMessage', { invalidates: ['listLeftMessages'] })
  return (
    <>
      <div className="ms-desk-acts"><Segmented block value={way} options={[{ value: 'answer', label: t('answer') }, { value: 'order', label: t('leftOrder') }]} onChange={(next) => setWay(next === 'order' ? 'order' : 'answer')} /></div>
      {way === 'order' ? (
        <RegisterPanel words={() => row.content} person={row.citizen} draftKey={`left-order:${row.id}`} submit={async (body) => { const order = await register.mutateAsync({ id: row.id, ...body }); say(t('registered', { number: order.number })) }} />
      ) : (
        <div className="ms-desk-form"><ActPanel schema={{ type: 'object', required: ['reply'], properties: { reply: { type: 'string', format: 'textarea', title: t('reply'), maxLength: 1000 } } }} notice={t('replyHelp')} submitLabel={t('answer')} draftKey={`left-answer:${row.id}`} onClose={() => undefined} submit={async (values) => { await answer.mutateAsync({ id: row.id, reply: String(values.reply) }); say(t('answered')) }} /></div>
      )}
    </>
  )
}

function Lines({ row }: { row: Left }): ReactElement {
  return (
    <>
      <span className="ms-desk-row-line"><strong>{row.citizen || t('somebody')}</strong><span className="ms-hint">{row.mobile}</span><span className="ms-grow" />{row.state === 'taken' && !row.mine ? <Tag icon="lock">{row.takenBy}</Tag> : <Tag tone={row.state === 'waiting' ? 'near' : row.state === 'taken' ? 'primary' : 'ok'}>{t(`state.${row.state}`)}</Tag>}</span>
      <span className="ms-desk-row-title">{row.content}</span>
      <span className="ms-hint"><Time iso={row.at} /></span>
    </>
  )
}
