// Beside the conversation: registering an order from it, who asks, and replies prepared beforehand.
import { Button, Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Loading } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { insertReply } from './canned-bus.ts'
import { wordsOf, type Opened } from './chat-types.ts'
import { RegisterPanel } from './RegisterPanel.tsx'
import { t } from './texts.zh-CN.ts'

export function Aside({ id, refresh }: { id: string; refresh: () => Promise<void> }): ReactElement {
  const read = useQueryOf('getChatSession', { id })
  const register = useCommand('registerFromChat')
  const [made, setMade] = useState(0)
  const opened = read.data
  if (!opened) return <div className="ms-desk-pad"><Loading lines={6} /></div>
  return (
    <Tabs className="ms-chat-tabs" size="small" items={[
      { key: 'order', label: t('tab.order'), children: (
        <RegisterPanel key={made} words={() => wordsOf(opened.messages)} person={opened.requester.name} draftKey={`chat-order:${id}`} note={t('filesToo')}
          submit={async (body) => {
            const order = await register.mutateAsync({ id, ...body })
            say(t('registered', { number: order.number }))
            setMade(made + 1)
            await refresh()
          }} />
      ) },
      { key: 'person', label: t('tab.person'), children: <Person opened={opened} /> },
      { key: 'canned', label: t('tab.canned'), children: <Canned /> },
    ]} />
  )
}

function Person({ opened }: { opened: Opened }): ReactElement {
  const { requester, session } = opened
  return (
    <div className="ms-desk-pad ms-stack">
      <Facts items={[
        { label: t('person'), value: <span className="ms-row">{requester.name || t('noName')}<Tag tone={requester.realName ? 'ok' : 'calm'}>{requester.realName ? t('real') : t('notReal')}</Tag></span> },
        { label: t('mobile'), value: session.mobile },
        { label: t('address'), value: requester.address ?? '', hidden: !requester.address },
        { label: t('rating'), value: [session.stars ? t('stars', { n: session.stars }) : '', session.ratingText].filter(Boolean).join(' '), hidden: !session.stars },
        { label: t('bar'), value: session.barredUntil ? t('barred', { at: when(session.barredUntil) }) : '', hidden: !session.barredUntil },
      ]} />
      {opened.orders.length > 0 ? <Orders title={t('thisChat')} orders={opened.orders} /> : null}
      <Orders title={t('earlierOrders')} orders={opened.ownOrders} empty={t('noOrders')} />
      <section className="ms-desk-part">
        <h3>{t('earlierChats')}</h3>
        {opened.earlier.length === 0 ? <span className="ms-hint">{t('noChats')}</span> : null}
        {opened.earlier.map((e) => <div key={e.id} className="ms-desk-entry"><Link to={`/desk/chat?session=${e.id}`}>{e.topic || t('noTopic')}</Link><span className="ms-hint"><Time iso={e.at} /> {e.agentName}</span></div>)}
      </section>
    </div>
  )
}

function Orders({ title, orders, empty }: { title: string; orders: readonly { id: string; number: string; title: string; stateName: string }[]; empty?: string }): ReactElement {
  return (
    <section className="ms-desk-part">
      <h3>{title}</h3>
      {orders.length === 0 ? <span className="ms-hint">{empty}</span> : null}
      {orders.map((o) => <div key={o.id} className="ms-desk-entry"><Link to={`/orders/${o.number}`}>{o.title}</Link><span className="ms-hint"><bdi className="ms-code">{o.number}</bdi> {o.stateName}</span></div>)}
    </section>
  )
}

type Reply = { id: string; own: boolean; title: string; text: string; sort: number }

function Canned(): ReactElement {
  const list = useQueryOf('listCannedReplies', {})
  const add = useCommand('addCannedReply', { invalidates: ['listCannedReplies'] })
  const change = useCommand('changeCannedReply', { invalidates: ['listCannedReplies'] })
  const drop = useCommand('dropCannedReply', { invalidates: ['listCannedReplies'] })
  const [edited, setEdited] = useState<Reply | 'new' | null>(null)
  const items = list.data?.items ?? []
  const shared = list.data?.mayEditShared ?? false
  const old = edited === 'new' ? null : edited
  const remove = async (one: Reply) => {
    if (!(await confirm({ title: t('removeTitle', { title: one.title }), text: one.text, verb: t('remove'), danger: true }))) return
    await drop.mutateAsync({ id: one.id }).catch((error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <div className="ms-desk-pad ms-stack">
      <span className="ms-row"><span className="ms-grow" /><Button size="small" onClick={() => setEdited('new')}>{t('cannedAdd')}</Button></span>
      {list.data && items.length === 0 ? <span className="ms-hint">{t('cannedNone')}</span> : null}
      <ul className="ms-chat-canned">
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => insertReply.put(one.text)} title={one.text}><span className="ms-row"><strong>{one.title}</strong><Tag tone={one.own ? 'calm' : 'primary'}>{one.own ? t('cannedOwn') : t('cannedShared')}</Tag></span><span className="ms-hint">{one.text}</span></button>
            {one.own || shared ? <span className="ms-row"><button type="button" className="ms-link-button" onClick={() => setEdited(one)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => void remove(one)}>{t('remove')}</button></span> : null}
          </li>
        ))}
      </ul>
      <ActDrawer open={edited !== null} onClose={() => setEdited(null)} title={t('canned')} submitLabel={t('save')} initial={old ? { title: old.title, text: old.text, sort: old.sort } : { sort: 0 }}
        schema={{ type: 'object', required: ['title', 'text'], properties: { title: { type: 'string', title: t('cannedTitle'), maxLength: 30 }, text: { type: 'string', format: 'textarea', title: t('cannedText'), maxLength: 1000 }, sort: { type: 'integer', title: t('sort'), minimum: 0, maximum: 999 }, ...(old || !shared ? {} : { shared: { type: 'boolean' as const, title: t('cannedIsShared') } }) } }}
        submit={async (values) => {
          const body = { title: String(values.title), text: String(values.text), sort: Number(values.sort ?? 0) }
          if (old) await change.mutateAsync({ id: old.id, ...body })
          else await add.mutateAsync({ ...body, shared: values.shared === true })
        }} />
    </div>
  )
}
