// One conversation: the log, the line to write in, and its acts. What could not be sent stays and is sent again by its key.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fileAddress, uploadFile } from '../../ui/upload.ts'
import { CallButtons, CallPanel } from './CallPanel.tsx'
import { insertReply } from './canned-bus.ts'
import type { Desk, Message, Opened } from './chat-types.ts'
import { t } from './texts.zh-CN.ts'

type Unsent = { clientKey: string; text: string; fileId?: string; fileName?: string; why: string | null }
/** Survives switching between conversations; a reload loses only what was never acknowledged, and says so by its absence. */
const unsentOf = new Map<string, Unsent[]>()
const draftOf = new Map<string, string>()
const MOST_MB = 10

export function Talk({ id, colleagues, refresh }: { id: string; colleagues: Desk['colleagues']; refresh: () => Promise<void> }): ReactElement {
  const read = useQueryOf('getChatSession', { id }, { refetchEvery: 20_000 })
  const [unsent, setUnsent] = useState<Unsent[]>(() => unsentOf.get(id) ?? [])
  const put = (next: Unsent[]) => {
    unsentOf.set(id, next)
    setUnsent(next)
  }
  const last = read.data?.session.lastAt
  const seq = read.data?.messages.at(-1)?.seq
  const unread = read.data?.session.mine ? read.data.session.unread : 0
  useEffect(() => {
    if (unread > 0 && seq !== undefined && !document.hidden) void call('seenChat', { id, seq }).then(refresh, () => undefined)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each new message
  }, [id, seq, unread])
  if (!read.data) return <div className="ms-desk-pad">{read.error ? <ProblemLine problem={read.error} onRetry={() => void read.refetch()} /> : <Loading lines={8} />}</div>
  const { session } = read.data
  const deliver = async (one: Unsent) => {
    put([...(unsentOf.get(id) ?? []).filter((u) => u.clientKey !== one.clientKey), { ...one, why: null }])
    try {
      await call('answerChat', { id, clientKey: one.clientKey, text: one.text, ...(one.fileId ? { fileId: one.fileId } : {}) }, { idempotencyKey: one.clientKey })
      await read.refetch()
      put((unsentOf.get(id) ?? []).filter((u) => u.clientKey !== one.clientKey))
    } catch (error) {
      put((unsentOf.get(id) ?? []).map((u) => (u.clientKey === one.clientKey ? { ...u, why: asProblem(error).message } : u)))
    }
  }
  return (
    <>
      <header className="ms-desk-head">
        <span className="ms-row"><h2>{session.citizen || t('somebody')}</h2><span className="ms-muted">{session.mobile}</span>{session.state === 'closed' ? <Tag tone="calm">{t('ended')}</Tag> : null}{session.stars ? <Tag tone="ok">{t('stars', { n: session.stars })}</Tag> : null}</span>
        <Acts opened={read.data} colleagues={colleagues} refresh={refresh} />
      </header>
      <CallPanel sessionId={id} />
      <Log messages={read.data.messages} unsent={unsent} last={last} sessionId={id} mayHide={session.mine} onAgain={(one) => void deliver(one)} onDrop={(one) => put(unsent.filter((u) => u !== one))} refresh={refresh} />
      {session.mine && session.state === 'open' ? <Composer id={id} onSend={(text) => void deliver({ clientKey: newKey(), text, why: null })} onFile={(fileId, fileName) => void deliver({ clientKey: newKey(), text: '', fileId, fileName, why: null })} /> : null}
    </>
  )
}

function Log({ messages, unsent, last, sessionId, mayHide, onAgain, onDrop, refresh }: { messages: readonly Message[]; unsent: readonly Unsent[]; last: string | undefined; sessionId: string; mayHide: boolean; onAgain: (one: Unsent) => void; onDrop: (one: Unsent) => void; refresh: () => Promise<void> }): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const [hiding, setHiding] = useState<Message | null>(null)
  const hide = useCommand('hideChatMessage')
  useEffect(() => { box.current?.scrollTo({ top: box.current.scrollHeight }) }, [last, messages.length, unsent.length])
  return (
    <div ref={box} className="ms-chat-log" role="log" aria-label={t('talk')} tabIndex={0}>
      {messages.map((m) => (
        <div key={m.seq} className="ms-chat-line" data-author={m.author}>
          <span className="ms-hint">{m.author === 'citizen' ? t('somebody') : m.author === 'agent' ? t('agentOf', { name: m.name }) : m.author === 'robot' ? m.name : t('systemLine')} <Time iso={m.at} />{m.author === 'system' && m.hiddenReason ? ` · ${t('internal')}` : ''}</span>
          <div className="ms-chat-bubble" data-hidden={(m.hidden && m.author !== 'system') || undefined}>
            {m.text}
            {m.file ? <a href={fileAddress(m.file.id)} target="_blank" rel="noreferrer">{m.file.type.startsWith('image/') ? <img src={fileAddress(m.file.id)} alt={m.file.name} /> : m.file.name}</a> : null}
            {m.hidden && m.author !== 'system' ? <em className="ms-hint">{t('hidden', { why: m.hiddenReason ?? '' })}</em> : mayHide && m.author === 'citizen' ? <button type="button" className="ms-link-button ms-chat-hide" onClick={() => setHiding(m)}>{t('hide')}</button> : null}
          </div>
        </div>
      ))}
      {unsent.map((one) => (
        <div key={one.clientKey} className="ms-chat-line" data-author="agent" data-unsent>
          <span className="ms-hint" role="status">{one.why ? t('failed', { why: one.why }) : t('sending')}{one.why ? <> <button type="button" className="ms-link-button" onClick={() => onAgain(one)}>{t('again')}</button> <button type="button" className="ms-link-button" onClick={() => onDrop(one)}>{t('drop')}</button></> : null}</span>
          <div className="ms-chat-bubble">{one.text || one.fileName}</div>
        </div>
      ))}
      <ActDrawer open={hiding !== null} onClose={() => setHiding(null)} title={t('hideTitle')} sub={hiding?.text} submitLabel={t('hide')}
        schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), maxLength: 200, 'x-phrases': [t('reason.abuse'), t('reason.private'), t('reason.ad')] } } }}
        submit={async (values) => { await hide.mutateAsync({ id: sessionId, seq: hiding?.seq ?? 0, reason: String(values.reason) }); say(t('hideDone')); await refresh() }} />
    </div>
  )
}

const faces = ['🙂', '😊', '🙏', '👍', '👌', '❤️', '🌹', '☎️']

function Composer({ id, onSend, onFile }: { id: string; onSend: (text: string) => void; onFile: (fileId: string, name: string) => void }): ReactElement {
  const [text, setText] = useState(() => draftOf.get(id) ?? '')
  const [progress, setProgress] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const write = (next: string) => {
    draftOf.set(id, next)
    setText(next)
  }
  useEffect(() => {
    field.current?.focus()
    return insertReply.listen((reply) => {
      const next = draftOf.get(id) ? `${draftOf.get(id)}${reply}` : reply
      draftOf.set(id, next)
      setText(next)
      field.current?.focus()
    })
  }, [id])
  const send = () => {
    if (text.trim() === '') return
    onSend(text.trim())
    write('')
    field.current?.focus()
  }
  const attach = async (files: readonly File[]) => {
    for (const file of files.slice(0, 5)) {
      if (file.size > MOST_MB * 1024 * 1024) {
        say(t('tooLarge', { name: file.name, n: MOST_MB }), 'over')
        continue
      }
      try {
        const held = await uploadFile(file, 'chat', (percent) => setProgress(`${file.name} ${percent}%`), new AbortController().signal)
        onFile(held.id, held.name)
      } catch (error) {
        say(asProblem(error).message, 'over')
      }
    }
    setProgress(null)
  }
  return (
    <div className="ms-chat-write">
      <textarea ref={field} value={text} rows={3} maxLength={2000} aria-label={t('write')} placeholder={t('writeHolder')} onChange={(event) => write(event.target.value)}
        onPaste={(event) => { const files = [...event.clipboardData.files]; if (files.length > 0) { event.preventDefault(); void attach(files) } }}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.nativeEvent.isComposing) { event.preventDefault(); send() } }} />
      <div className="ms-row">
        <label className="ms-icon-button ms-chat-attach" title={t('attach')}><Icon name="clip" label={t('attach')} /><input type="file" multiple onChange={(event) => { const files = [...(event.target.files ?? [])]; event.target.value = ''; void attach(files) }} /></label>
        {faces.map((face) => <button key={face} type="button" className="ms-icon-button" onClick={() => { write(text + face); field.current?.focus() }}>{face}</button>)}
        {progress ? <span className="ms-hint" role="status">{progress}</span> : null}
        <span className="ms-grow" />
        <Button type="primary" onClick={send}>{t('send')} <kbd className="ms-kbd">Enter</kbd></Button>
      </div>
    </div>
  )
}

type Act = 'transfer' | 'promise' | 'bar' | null

function Acts({ opened, colleagues, refresh }: { opened: Opened; colleagues: Desk['colleagues']; refresh: () => Promise<void> }): ReactElement | null {
  const { session } = opened
  const [act, setAct] = useState<Act>(null)
  const end = useCommand('closeChat')
  const transfer = useCommand('transferChat')
  const promise = useCommand('promiseInChat')
  const bar = useCommand('barChat')
  if (!session.mine) return null
  const close = async () => {
    if (!(await confirm({ title: t('endTitle', { name: session.citizen || t('somebody') }), text: t('endText'), verb: t('end') }))) return
    await end.mutateAsync({ id: session.id }).catch((error: unknown) => say(asProblem(error).message, 'over'))
    await refresh()
  }
  const done = async (text: string) => {
    say(text)
    await refresh()
  }
  const live = session.state === 'open'
  return (
    <span className="ms-row">
      {live ? <CallButtons sessionId={session.id} /> : null}
      {live ? <Button size="small" onClick={() => setAct('transfer')}>{t('transfer')}</Button> : null}
      <Button size="small" onClick={() => setAct('promise')}>{t('promise')}</Button>
      {live ? <Button size="small" onClick={() => setAct('bar')}>{t('bar')}</Button> : null}
      <span className="ms-grow" />
      {live ? <Button size="small" danger onClick={() => void close()}>{t('end')}</Button> : null}
      <ActDrawer open={act === 'transfer'} onClose={() => setAct(null)} title={t('transfer')} submitLabel={t('transfer')} notice={t('transferNoteHelp')}
        schema={{ type: 'object', required: ['to', 'note'], properties: { to: { type: 'string', title: t('transferTo'), oneOf: [{ const: '-', title: t('toQueue') }, ...colleagues.map((c) => ({ const: c.id, title: t('colleagueLoad', { name: c.name, n: c.open }) }))] }, note: { type: 'string', format: 'textarea', title: t('transferNote'), maxLength: 300 } } }}
        submit={async (values) => { await transfer.mutateAsync({ id: session.id, note: String(values.note), ...(values.to === '-' ? {} : { toUserId: String(values.to) }) }); await done(t('transferDone')) }} />
      <ActDrawer open={act === 'promise'} onClose={() => setAct(null)} title={t('promise')} submitLabel={t('promise')} notice={t('promiseHelp')}
        schema={{ type: 'object', required: ['text'], properties: { text: { type: 'string', format: 'textarea', title: t('promiseText'), maxLength: 300 } } }}
        submit={async (values) => { await promise.mutateAsync({ id: session.id, text: String(values.text) }); await done(t('promiseDone')) }} />
      <ActDrawer open={act === 'bar'} onClose={() => setAct(null)} title={t('barTitle')} submitLabel={t('bar')} notice={t('barHelp')} initial={{ hours: 24 }}
        schema={{ type: 'object', required: ['hours', 'reason'], properties: { hours: { type: 'integer', title: t('barHours'), minimum: 1, maximum: 720 }, reason: { type: 'string', title: t('reason'), maxLength: 200, 'x-phrases': [t('reason.abuse'), t('reason.flood'), t('reason.ad')] } } }}
        submit={async (values) => { await bar.mutateAsync({ id: session.id, hours: Number(values.hours), reason: String(values.reason) }); await done(t('barDone')) }} />
    </span>
  )
}
