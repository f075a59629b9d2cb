// 在线会话: several conversations at once, the longest unanswered on top (ux.md §3.2).
import { useQueryClient } from '@tanstack/react-query'
import { Button, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { instant } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import '../../ui/desk.css'
import { Aside } from './Aside.tsx'
import type { Desk, Line } from './chat-types.ts'
import './chat.css'
import { rest, tellDuty } from './duty.ts'
import { Talk } from './Talk.tsx'
import { t } from './texts.zh-CN.ts'

export default function ChatDesk(): ReactElement {
  const desk = useQueryOf('listChatDesk', {}, { refetchEvery: 30_000 })
  useTopic('chat', ['listChatDesk', 'getChatSession', 'homeCounts'])
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const data = desk.data
  const shown = search.get('session') ?? data?.mine[0]?.id
  const open = (id: string) => setSearch({ session: id }, { replace: true })
  const refresh = async () => { await Promise.all(['listChatDesk', 'getChatSession'].map((name) => client.invalidateQueries({ queryKey: [name] }))) }
  const [busy, setBusy] = useState(false)
  const duty = async (on: boolean) => {
    setBusy(true)
    await tellDuty(on).catch((error: unknown) => say(asProblem(error).message, 'over'))
    await refresh()
    setBusy(false)
  }
  const held = data?.mine.length ?? 0
  const onDuty = data?.onDuty
  const busyNow = held > 0
  useEffect(() => {
    // After a reload the window goes on telling that its agent is at work.
    if (onDuty === undefined) return
    if (onDuty || busyNow) void tellDuty(onDuty).catch(() => undefined)
    else rest()
  }, [onDuty, busyNow])
  const move = (by: number) => {
    const lines = data?.mine ?? []
    const at = lines.findIndex((line) => line.id === shown)
    const next = lines[(at + by + lines.length) % Math.max(1, lines.length)]
    if (next) open(next.id)
  }
  useKeys(t('desk'), [
    { keys: 'Alt ]', label: t('key.next'), run: () => move(1) },
    { keys: 'Alt [', label: t('key.previous'), run: () => move(-1) },
  ])
  const unread = data?.mine.reduce((sum, line) => sum + line.unread, 0) ?? 0
  return (
    <Page title={t('desk')} fill
      state={data ? <span className="ms-muted">{[t('held', { n: held, max: data.max }), t('unread', { n: unread }), t('queueN', { n: data.queue.length })].join(' · ')}</span> : null}
      acts={<span className="ms-row" title={t('dutyHelp')}><Switch checked={onDuty ?? false} loading={busy} onChange={(on) => void duty(on)} aria-label={t('onDuty')} checkedChildren={t('onDuty')} unCheckedChildren={t('offDuty')} /></span>}>
      <div className="ms-desk ms-chat">
        <section aria-label={t('list')} data-region><div className="ms-desk-scroll"><QueryView query={desk}>{(page) => <Lists desk={page} shown={shown} onOpen={open} refresh={refresh} />}</QueryView></div></section>
        <section aria-label={t('talk')} data-region>{shown ? <Talk key={shown} id={shown} colleagues={data?.colleagues ?? []} refresh={refresh} /> : <Empty kind="done" text={onDuty ? t('noneMine') : t('noneMineOff')} hint={t('noneMineHint')} />}</section>
        <section aria-label={t('aside')} data-region>{shown ? <Aside key={shown} id={shown} refresh={refresh} /> : null}</section>
      </div>
    </Page>
  )
}

function Lists({ desk, shown, onOpen, refresh }: { desk: Desk; shown: string | undefined; onOpen: (id: string) => void; refresh: () => Promise<void> }): ReactElement {
  const take = useCommand('takeChat')
  const [promise, setPromise] = useState<Desk['promises'][number] | null>(null)
  const keep = useCommand('keepPromise')
  const at = useNow()
  const next = desk.queue[0]
  const pick = async (id: string) => {
    await take.mutateAsync({ id }).then(() => onOpen(id), (error: unknown) => say(asProblem(error).message, 'over'))
    await refresh()
  }
  return (
    <>
      <h2 className="ms-chat-group">{t('mine')}</h2>
      {desk.mine.length === 0 ? <p className="ms-hint ms-desk-pad">{desk.onDuty ? t('noneMine') : t('noneMineOff')}</p> : null}
      <ul className="ms-desk-rows">{desk.mine.map((line) => <li key={line.id}><button type="button" className="ms-desk-row" aria-current={line.id === shown} onClick={() => onOpen(line.id)}><Lines line={line} desk={desk} at={at} /></button></li>)}</ul>
      {next ? <h2 className="ms-chat-group">{t('queue')}<Button size="small" loading={take.isPending} disabled={!desk.onDuty} onClick={() => void pick(next.id)}>{t('takeNext')}</Button></h2> : null}
      <ul className="ms-desk-rows">
        {desk.queue.map((line, i) => (
          <li key={line.id} className="ms-desk-row">
            <Lines line={line} desk={desk} at={at} />
            {desk.mayTakeAny && i > 0 && desk.onDuty ? <button type="button" className="ms-link-button" onClick={() => void pick(line.id)}>{t('take')}</button> : null}
          </li>
        ))}
      </ul>
      {desk.promises.length > 0 ? <h2 className="ms-chat-group">{t('promises')}</h2> : null}
      <ul className="ms-desk-rows">
        {desk.promises.map((p) => (
          <li key={p.id}>
            <button type="button" className="ms-desk-row" onClick={() => setPromise(p)}>
              <span className="ms-desk-row-line">{instant(p.dueAt) < at ? <Tag tone="over">{t('overdue')}</Tag> : null}<Time iso={p.dueAt} /><span className="ms-grow" /><span className="ms-hint">{p.citizen || t('somebody')}</span></span>
              <span className="ms-desk-row-title">{p.text}</span>
            </button>
          </li>
        ))}
      </ul>
      <ActDrawer open={promise !== null} onClose={() => setPromise(null)} title={t('keep')} sub={promise?.text} submitLabel={t('keep')} draftKey={`chat-promise:${promise?.id ?? ''}`}
        schema={{ type: 'object', required: ['text'], properties: { text: { type: 'string', format: 'textarea', title: t('keepText'), maxLength: 1000 } } }}
        submit={async (values) => { await keep.mutateAsync({ id: promise?.id ?? '', text: String(values.text) }); say(t('kept')); await refresh() }} />
    </>
  )
}

function Lines({ line, desk, at }: { line: Line; desk: Desk; at: number }): ReactElement {
  const seconds = line.unansweredSince ? Math.max(0, Math.floor((at - instant(line.unansweredSince)) / 1000)) : 0
  const tone = !line.unansweredSince ? null : seconds >= desk.redSeconds ? 'over' : seconds >= desk.amberSeconds ? 'near' : 'calm'
  return (
    <>
      <span className="ms-desk-row-line">
        <strong className="ms-ellipsis">{line.citizen || t('somebody')}</strong><span className="ms-hint">{line.mobile}</span>
        <span className="ms-grow" />
        {line.unread > 0 ? <Tag tone="primary">{line.unread}</Tag> : null}
        {tone ? <Tag tone={tone}>{seconds < 60 ? t('waitedSeconds', { n: seconds }) : t('waitedMinutes', { n: Math.floor(seconds / 60) })}</Tag> : null}
      </span>
      <span className="ms-desk-row-title" title={line.lastText}>{line.lastText || line.topic}</span>
      {line.transfers > 0 || line.orders > 0 ? <span className="ms-hint">{[line.transfers > 0 ? t('transferred', { n: line.transfers }) : '', line.orders > 0 ? t('registeredN', { n: line.orders }) : ''].filter(Boolean).join(' · ')}</span> : null}
    </>
  )
}
