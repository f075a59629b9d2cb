// Online chat: begin, wait, talk, rate; leave a message where nobody can answer now. Gone on with after any loss of the page.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { newKey } from '../../api/http.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { SignIn } from '../../app/SignIn.tsx'
import { useCitizen, usePortal } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Item, Tag } from '../../kit/Blocks.tsx'
import { TextArea } from '../../kit/Fields.tsx'
import { say as tell, Sheet } from '../../kit/Layers.tsx'
import { Skeleton, Trouble } from '../../kit/States.tsx'
import { Stars } from '../../kit/Stars.tsx'
import { when } from '../../kit/time.ts'
import { device } from '../../kit/device-store.ts'
import { dialogueId, ended, forget, lastAsked } from '../../robot/robot-dialogue.ts'
import { RobotPanel } from '../../robot/RobotPanel.tsx'
import { CallCard } from './CallCard.tsx'
import './chat.css'
import { Composer, Log, Registered } from './Talk.tsx'
import { useChat, type Chat, type Session } from './use-chat.ts'
import { t } from './texts.zh-CN.ts'

export default function ChatPage(): ReactElement {
  const citizen = useCitizen()
  if (citizen === undefined) return <Page title={t('title')}><Skeleton /></Page>
  return citizen === null ? <Visitor /> : <Room />
}

/** Who is not signed in asks the robot; a person answers whose mobile is known. */
function Visitor(): ReactElement {
  const [search] = useSearchParams()
  const [human, setHuman] = useState(search.get('human') !== null)
  if (human) return <Page title={t('title')} intro={t('signInIntro')}><Card><SignIn /></Card></Page>
  return <Page title={t('title')} intro={t('intro')}><Card title={t('robotTitle')}><RobotPanel onHuman={() => setHuman(true)} /></Card></Page>
}

function Room(): ReactElement {
  const chat = useChat()
  const { session } = chat
  const [dismissed, setDismissed] = useState('')
  const shown = session && session.id !== dismissed ? session : null
  if (!chat.known) return <Page title={t('title')}>{chat.problem ? <Trouble problem={chat.problem} retry={() => void chat.refresh()} /> : <Skeleton />}</Page>
  if (!shown) return <Page title={t('title')} intro={t('intro')}><Start chat={chat} /><History /></Page>
  return (
    <Page title={t('title')} state={<State session={shown} />}>
      {chat.lost ? <p className="p-strip" role="status">{t('lost')}</p> : null}
      <Log messages={chat.messages} waiting={chat.waiting} />
      <Registered orders={shown.orders} />
      {chat.call && shown.state === 'open' ? <CallCard key={chat.call.id} asked={chat.call} refresh={chat.refresh} /> : null}
      {shown.state === 'closed' ? <Rate session={shown} onDone={() => { setDismissed(shown.id); void chat.refresh() }} /> : <><Composer chat={chat} /><Finish session={shown} chat={chat} /></>}
    </Page>
  )
}

function State({ session }: { session: Session }): ReactElement {
  if (session.state === 'open') return <Tag tone="ok" icon="check">{t('open')}</Tag>
  if (session.state === 'closed') return <Tag>{session.closedBy === 'idle' ? t('endedIdle') : t('ended')}</Tag>
  const ahead = (session.position ?? 1) - 1
  return <span role="status"><Tag tone="near" icon="clock">{ahead === 0 ? t('queuedNext') : t('queued', { n: ahead })}</Tag> <span className="k-hint">{session.waitMinutes === null ? t('waitUnknown') : t('wait', { n: session.waitMinutes })}</span></span>
}

/** The robot first; a person at once when one is wanted, with all that was said. */
function Start({ chat }: { chat: Chat }): ReactElement {
  const [search] = useSearchParams()
  const [human, setHuman] = useState(search.get('human') !== null)
  if (!human) return <Card title={t('robotTitle')}><RobotPanel onHuman={() => setHuman(true)} /></Card>
  return chat.closed ? <Closed why={chat.closed} /> : <Begin chat={chat} />
}

function Begin({ chat }: { chat: Chat }): ReactElement {
  const [topic, setTopic] = useState(() => (dialogueId() ? '' : lastAsked()))
  const [key] = useState(newKey)
  const start = useCommand('startChat')
  const begin = (event: FormEvent) => {
    event.preventDefault()
    const before = dialogueId()
    void start.mutateAsync({ topic: topic.trim(), clientKey: key, ...(before ? { robot: { dialogueId: before, device: device() } } : {}) }).then(() => { forget(); return chat.refresh() }, () => chat.refresh())
  }
  return (
    <Card>
      <form className="k-stack" onSubmit={begin}>
        {start.error ? <Trouble problem={start.error} /> : null}
        <TextArea name="topic" label={t('topic')} help={t('topicHelp')} placeholder={t('topicHolder')} optional value={topic} onValue={setTopic} limit={500} rows={3} maxLength={500} />
        <Button tone="primary" block type="submit" icon="chat" busy={start.isPending}>{t('begin')}</Button>
      </form>
    </Card>
  )
}

function Closed({ why }: { why: string }): ReactElement {
  return <><Card tone="near"><p><strong>{t('closedTitle')}</strong><br />{why}</p></Card><Card title={t('leaveTitle')}><Leave /></Card></>
}

function Leave({ onDone }: { onDone?: () => void }): ReactElement {
  const { hotline } = usePortal()
  const [content, setContent] = useState(lastAsked)
  const [short, setShort] = useState(false)
  const [key, setKey] = useState(newKey)
  const command = useCommand('leaveMessage', { invalidates: ['ownChats'] })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const missing = content.trim().length < 5
    setShort(missing)
    if (missing) return
    void command.mutateAsync({ clientKey: key, content: content.trim() }).then((answer) => {
      tell(t('leaveDone', { n: Math.max(0, answer.waiting - 1) }))
      setContent('')
      setKey(newKey())
      ended('left')
      onDone?.()
    }, () => undefined)
  }
  return (
    <form className="k-stack" onSubmit={send} noValidate>
      {command.error ? <Trouble problem={command.error} /> : null}
      <TextArea name="content" label={t('leaveLabel')} help={t('leaveHelp', { number: hotline })} value={content} onValue={setContent} error={short ? t('leaveShort') : undefined} limit={1000} rows={4} />
      <Button tone="primary" block type="submit" busy={command.isPending}>{t('leaveSend')}</Button>
    </form>
  )
}

function Finish({ session, chat }: { session: Session; chat: Chat }): ReactElement {
  const [ask, setAsk] = useState<'end' | 'leave' | null>(null)
  const close = useCommand('leaveChat')
  const end = () => void close.mutateAsync({ sessionId: session.id }).then(() => { setAsk(null); return chat.refresh() }, () => undefined)
  return (
    <>
      <p className="k-line">
        <Button tone="quiet" onClick={() => setAsk('end')}>{t('finish')}</Button>
        {session.state === 'queued' ? <Button tone="quiet" onClick={() => setAsk('leave')}>{t('queuedLeave')}</Button> : null}
      </p>
      <Sheet open={ask === 'end'} title={t('finishAsk')} onClose={() => setAsk(null)} footer={<><Button onClick={() => setAsk(null)}>{t('keep')}</Button><Button tone="primary" busy={close.isPending} onClick={end}>{t('finish')}</Button></>}>
        {close.error ? <Trouble problem={close.error} /> : null}
        <p>{t('finishText')}</p>
      </Sheet>
      <Sheet open={ask === 'leave'} title={t('leaveTitle')} onClose={() => setAsk(null)}><Leave onDone={end} /></Sheet>
    </>
  )
}

function Rate({ session, onDone }: { session: Session; onDone: () => void }): ReactElement {
  const [stars, setStars] = useState(0)
  const [text, setText] = useState('')
  const command = useCommand('rateChat')
  const send = () => void command.mutateAsync({ sessionId: session.id, stars, text: text.trim() }).then(() => { tell(t('rateThanks')); onDone() }, () => undefined)
  return (
    <Card title={t('rateTitle')}>
      {command.error ? <Trouble problem={command.error} /> : null}
      <Stars label={t('stars')} value={stars} onValue={setStars} />
      <TextArea name="text" label={t('rateWords')} optional value={text} onValue={setText} limit={300} rows={2} />
      <div className="p-two"><Button tone="primary" disabled={stars === 0} busy={command.isPending} onClick={send}>{t('rateSend')}</Button><Button onClick={onDone}>{t('skip')}</Button></div>
    </Card>
  )
}

function History(): ReactElement | null {
  const { data } = useQueryOf('ownChats', {})
  if (!data || data.items.length + data.left.length === 0) return null
  return (
    <section className="k-stack" data-gap="small" aria-label={t('history')}>
      <h2>{t('history')}</h2>
      <ul className="k-list">
        {data.left.map((l) => (
          <li key={l.id}>
            <Card title={<span className="k-line">{t('leftState')}<Tag tone={l.state === 'waiting' ? 'near' : 'ok'}>{l.state === 'waiting' ? t('leftWaiting') : l.state === 'answered' ? t('leftAnswered') : t('leftRegistered', { number: l.orderNumber ?? '' })}</Tag></span>} extra={<span className="k-hint">{when(l.at)}</span>}>
              <p className="k-pre">{l.content}</p>
              {l.reply ? <p className="c-reply">{l.reply}</p> : null}
            </Card>
          </li>
        ))}
        {data.items.filter((s) => s.state === 'closed').map((s) => <li key={s.id}><Item to={`/chat/${s.id}`} title={s.topic || t('title')} meta={[when(s.startedAt), s.orders.length > 0 ? t('leftRegistered', { number: s.orders.map((o) => o.number).join('、') }) : null]} /></li>)}
      </ul>
    </section>
  )
}

