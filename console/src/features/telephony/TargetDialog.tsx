// Whom to dial, to pass a call to, or to bring in: queues, seats, emergency lines, or a number as typed. All by keyboard (TEL-31, TEL-32, TEL-33).
import { Button, Input, Modal, Radio } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { CallView, TransferTarget } from '../../../../switch/src/engine-port.ts'
import { call as request } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { composing } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { keepOpenForms } from './open-forms.ts'
import { doAct } from './SoftphoneHost.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { mode: 'dial' | 'transfer' | 'conference'; call: CallView | null; options: OutputOf<'deskOptions'> | undefined; onClose: () => void }
type Item = OutputOf<'telephoneDirectory'>['items'][number]
const titles = { dial: 'dialTitle', transfer: 'transferTitle', conference: 'conferenceTitle' } as const
const kinds = { queue: 'kindQueue', agent: 'kindAgent', number: 'kindNumber' } as const
const numberLike = /^\+?[\d*# -]{3,20}$/

export default function TargetDialog({ mode, call, options, onClose }: Props): ReactElement {
  const [text, setText] = useState('')
  const [way, setWay] = useState<'blind' | 'consult'>('blind')
  const [reason, setReason] = useState('')
  const [at, setAt] = useState(0)
  const [busy, setBusy] = useState(false)
  const list = useQueryOf('telephoneDirectory', text.trim() && !numberLike.test(text.trim()) ? { q: text.trim() } : {}, { keepPrevious: true, staleTime: 1000, refetchEvery: 2000 }) // who is free changes while one looks
  const items = (list.data?.items ?? []).filter((one) => mode !== 'dial' || one.kind !== 'queue').filter((one) => mode !== 'conference' || one.kind !== 'queue')
  const typed = numberLike.test(text.trim()) ? text.replaceAll(/[\s-]/g, '') : null
  const outside = (number: string): boolean => number.length > 6
  const run = async (to: TransferTarget, shownAs: string) => {
    setBusy(true)
    if (mode === 'transfer') await keepOpenForms()
    const done = mode === 'dial' ? await dialTo(to) : await doAct(call?.callId ?? null, mode === 'conference' ? { kind: 'invite', to } : way === 'consult' ? { kind: 'consult', to, context: {} } : { kind: 'transfer', to, reason: reason || null, context: {} })
    setBusy(false)
    if (!done) return
    if (mode === 'dial') say(t('dialled', { who: shownAs }))
    onClose()
  }
  const chooseItem = (item: Item) => void run(item.kind === 'queue' ? { kind: 'queue', queue: item.id } : item.kind === 'agent' ? { kind: 'agent', agent: item.id } : { kind: 'number', number: item.id }, item.name)
  const enter = () => {
    if (typed) {
      if (mode !== 'dial' && outside(typed) && !options?.functions.transferOut) return say(t('outsideDenied'), 'over')
      void run(typed.length <= 5 ? { kind: 'extension', extension: typed } : { kind: 'number', number: typed }, typed)
      return
    }
    const item = items[at]
    if (item) chooseItem(item)
  }
  return (
    <Modal open title={t(titles[mode])} onCancel={onClose} footer={null} width={520} destroyOnHidden>
      <div className="ms-stack">
        {mode === 'transfer' ? <Radio.Group value={way} onChange={(event) => setWay(event.target.value as 'blind')} options={[{ value: 'blind', label: t('blind') }, { value: 'consult', label: t('consult') }]} /> : null}
        <Input autoFocus value={text} placeholder={mode === 'dial' ? t('numberHint') : t('search')} aria-label={t('search')} maxLength={30} disabled={busy}
          onChange={(event) => { setText(event.target.value); setAt(0) }}
          onKeyDown={(event) => {
            if (composing(event.nativeEvent)) return
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              setAt(Math.max(0, Math.min(items.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
            } else if (event.key === 'Enter') {
              event.preventDefault()
              enter()
            }
          }} suffix={typed ? <Button size="small" type="primary" loading={busy} onClick={enter}>{mode === 'dial' ? t('dial') : t('transfer')}</Button> : <span />} />
        {mode === 'transfer' ? <Input value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('reason')} aria-label={t('reason')} maxLength={200} /> : null}
        <ul className="ms-targets" role="listbox" aria-label={t('directory')}>
          {items.map((item, index) => (
            <li key={`${item.kind}${item.id}`} role="option" aria-selected={index === at}>
              <Tag tone={item.kind === 'queue' ? 'primary' : item.kind === 'number' ? 'over' : 'plain'}>{t(kinds[item.kind])}</Tag>
              <strong>{item.name}</strong><span className="ms-hint ms-grow">{item.detail}</span>
              {item.stateName ? <Tag tone={item.state === 'ready' ? 'ok' : item.state === 'signedOut' ? 'calm' : 'near'}>{item.stateName}</Tag> : null}
              <Button size="small" disabled={busy || !item.reachable} onClick={() => chooseItem(item)}>{mode === 'dial' ? t('dial') : mode === 'conference' ? t('conference') : t('transfer')}</Button>
            </li>
          ))}
          {items.length === 0 && !typed ? <li className="ms-hint">{t('noMatch')}</li> : null}
        </ul>
      </div>
    </Modal>
  )
}

/** Numbers go through the server: it knows who may dial what. Seats are the exchange's own. */
async function dialTo(to: TransferTarget): Promise<boolean> {
  if (to.kind !== 'number') return doAct(null, { kind: 'dial', to, displayed: null, context: {} })
  try {
    await request('dial', { number: to.number })
    return true
  } catch (error) {
    say(asProblem(error).message, 'over')
    return false
  }
}
