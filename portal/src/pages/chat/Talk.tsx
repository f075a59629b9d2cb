// One conversation: the log, what is on its way, and the line to write in.
import { useEffect, useRef, useState } from 'react'
import type { FormEvent, KeyboardEvent, ReactElement } from 'react'
import { Link } from 'react-router'
import { usePortal } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { say as tell } from '../../kit/Layers.tsx'
import { compress } from '../../kit/photo-queue.ts'
import { readValue, writeValue } from '../../kit/device-store.ts'
import { when } from '../../kit/time.ts'
import { outbox, type Message, type Said } from './outbox.ts'
import type { Chat } from './use-chat.ts'
import { t } from './texts.zh-CN.ts'

export function Log({ messages, waiting = [] }: { messages: readonly Message[]; waiting?: readonly Said[] }): ReactElement {
  const end = useRef<HTMLLIElement>(null)
  const count = messages.length + waiting.length
  useEffect(() => {
    // Braces: newer browsers answer with a promise, which is no cleanup.
    void end.current?.scrollIntoView({ block: 'nearest' })
  }, [count])
  return (
    <div role="log" aria-label={t('log')}><ol className="c-log">
      {messages.map((m) => (
        <li key={m.seq} data-author={m.author}>
          {m.author === 'system' ? <p>{m.text}</p> : (
            <>
              <span className="k-hint">{m.author === 'agent' ? t('agent') : m.author === 'robot' ? t('robot') : t('you')} <time dateTime={m.at}>{when(m.at)}</time></span>
              <div className="c-bubble">{m.hidden ? <em>{t('hidden')}</em> : <Content text={m.text} file={m.file} />}</div>
            </>
          )}
        </li>
      ))}
      {waiting.map((one) => (
        <li key={one.clientKey} data-author="citizen" data-waiting>
          <span className="k-hint" role="status">{one.refused ? t('refused', { why: one.refused }) : navigator.onLine ? t('sending') : t('unsent')}{one.refused ? <button type="button" className="c-drop" onClick={() => outbox.drop(one.clientKey)}>{t('drop')}</button> : null}</span>
          <div className="c-bubble">{one.text}{one.file ? <span>{one.file.name}</span> : null}</div>
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol></div>
  )
}

function Content({ text, file }: Pick<Message, 'text' | 'file'>): ReactElement {
  const address = file ? `/api/public/attachments/${file.id}` : ''
  return (
    <>
      {text ? <p className="k-pre">{text}</p> : null}
      {file ? <a href={address} target="_blank" rel="noreferrer">{file.type.startsWith('image/') ? <img src={address} alt={t('image', { name: file.name })} width="180" loading="lazy" /> : file.name}</a> : null}
    </>
  )
}

const faces = ['🙂', '😀', '🙏', '👍', '👌', '❤️', '😢', '😡', '❓', '🎉']
const KEY = 'ms.chat.text'
const isText = (value: unknown): value is string => typeof value === 'string'

export function Composer({ chat }: { chat: Chat }): ReactElement {
  const { settings } = usePortal()
  const [text, setText] = useState(() => readValue(KEY, isText) ?? '')
  const [open, setOpen] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const most = settings?.files.sizeMb ?? 10
  const write = (value: string) => {
    setText(value)
    writeValue(KEY, value === '' ? null : value)
  }
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === '') return
    void chat.say(text.trim())
    write('')
    field.current?.focus()
  }
  const key = (event: KeyboardEvent) => {
    // An IME uses Enter to take a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  const attach = async (files: readonly File[]) => {
    for (const file of files.slice(0, 5)) {
      const made = await compress(file)
      if (made.blob.size > most * 1024 * 1024) tell(t('tooLarge', { name: file.name, n: most }))
      else await chat.say('', made)
    }
  }
  return (
    <form className="c-write" onSubmit={send}>
      {open ? <div className="c-faces">{faces.map((face) => <button key={face} type="button" onClick={() => { write(text + face); setOpen(false); field.current?.focus() }}>{face}</button>)}</div> : null}
      <label className="k-hidden" htmlFor="chat-text">{t('write')}</label>
      <textarea id="chat-text" ref={field} className="k-input" rows={2} maxLength={1000} value={text} placeholder={t('writeHolder')} onChange={(event) => write(event.target.value)} onKeyDown={key} />
      <div className="k-line" data-spread>
        <span className="k-line">
          <label className="k-button c-attach" data-tone="plain"><Icon name="camera" /><span className="k-hidden">{t('attach')}</span><input type="file" multiple onChange={(event) => { const files = [...(event.target.files ?? [])]; event.target.value = ''; void attach(files) }} /></label>
          <Button aria-expanded={open} aria-label={t('faces')} onClick={() => setOpen(!open)}>🙂</Button>
        </span>
        <Button tone="primary" type="submit">{t('send')}</Button>
      </div>
    </form>
  )
}

export function Registered({ orders }: { orders: readonly { number: string; title: string }[] }): ReactElement | null {
  if (orders.length === 0) return null
  return <p className="k-note k-hint"><Icon name="check" /><span>{t('registered')} {orders.map((o) => <Link key={o.number} to={`/orders/${o.number}`}>{o.title}</Link>)}</span></p>
}
