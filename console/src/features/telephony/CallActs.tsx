// What can be done with the call in hand; what cannot be done now is not active.
import { Button, Popover, Space } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { CallView } from '../../../../switch/src/engine-port.ts'
import type { OutputOf } from '../../api/call.ts'
import { useNow } from '../../ui/use-now.ts'
import { doAct } from './SoftphoneHost.tsx'
import type { Layer } from './SoftphoneHost.tsx'
import { consultation } from './phone-state.ts'
import type { Phone } from './phone-state.ts'
import { t } from './texts.zh-CN.ts'

type Props = { phone: Phone; call: CallView | null; options: OutputOf<'deskOptions'> | undefined; muted: boolean; onLayer: (layer: Layer) => void }

export function CallActs({ phone, call, options, muted, onLayer }: Props): ReactElement {
  const at = useNow(1)
  const [mutedAt, setMutedAt] = useState(0)
  useEffect(() => setMutedAt(muted ? at : 0), [muted]) // oxlint-disable-line react-hooks/exhaustive-deps -- the moment of muting, not of every tick
  const id = call?.callId ?? null
  const talking = call?.state === 'talking'
  const held = call?.state === 'held'
  const consult = consultation(phone)
  const aside = call?.kind === 'consult'
  const third = call?.parties.filter((party) => party.role === 'third' && party.state !== 'ended') ?? []
  const left = mutedAt > 0 ? Math.max(0, Math.ceil((options?.muteCountdown ?? 30) - (at - mutedAt) / 1000)) : null
  const button = (label: string, key: string | null, on: boolean, run: () => void, kind?: 'danger' | 'primary') => <Button size="small" disabled={!on} danger={kind === 'danger'} type={kind === 'primary' ? 'primary' : 'default'} onClick={run}>{label}{key ? <kbd className="ms-kbd">{key}</kbd> : null}</Button>
  if (!call && phone.ringing === null) return <Space size={4}>{options?.functions.dial ? button(t('dial'), '⇧F9', true, () => onLayer('dial')) : null}</Space>
  return (
    <Space size={4} wrap>
      {phone.ringing ? <>{button(t('answer'), 'F2', true, () => void doAct(phone.ringing?.call.callId ?? null, { kind: 'answer' }), 'primary')}{button(t('reject'), null, true, () => void doAct(phone.ringing?.call.callId ?? null, { kind: 'reject', reason: null }))}</> : null}
      {button(muted ? `${t('unmute')}${left === null ? '' : ` ${left}`}` : t('mute'), 'F8', talking === true, () => void doAct(id, { kind: muted ? 'unmute' : 'mute' }))}
      {button(held && !consult ? t('retrieve') : t('hold'), 'F9', !consult && !aside && (talking === true || held === true), () => void doAct(id, { kind: held ? 'resume' : 'hold' }))}
      {consult ? (
        <>{button(t('complete'), null, consult.state === 'talking', () => void doAct(consult.linkedTo, { kind: 'consultComplete' }), 'primary')}{button(t('join'), null, consult.state === 'talking', () => void doAct(consult.linkedTo, { kind: 'consultJoin' }))}{button(t('cancelConsult'), null, true, () => void doAct(consult.linkedTo, { kind: 'consultCancel' }))}</>
      ) : (
        <>{button(t('transfer'), 'F10', !aside && (talking === true || held === true), () => onLayer('transfer'))}{button(t('conference'), '⇧F10', !aside && talking === true, () => onLayer('conference'))}</>
      )}
      {third.map((party) => <span key={party.legId}>{button(`${t('drop')} ${party.name ?? party.number ?? ''}`, null, true, () => void doAct(id, { kind: 'dropParty', legId: party.legId }))}</span>)}
      {button(t('park'), null, talking === true && !aside && !consult, () => void doAct(id, { kind: 'park' }))}
      {(options?.surveyFlows.length ?? 0) > 0 ? button(t('survey'), null, talking === true && call?.direction === 'inbound', () => void doAct(id, { kind: 'survey', flow: options?.surveyFlows[0]?.id ?? '' })) : null}
      <Popover trigger="click" content={<Keypad onKey={(digits) => void doAct(id, { kind: 'sendDigits', digits })} />}><Button size="small" disabled={!talking}>{t('keypad')}</Button></Popover>
      {button(t('hangUp'), '⇧F2', call !== null, () => void doAct(id, { kind: 'hangUp' }), 'danger')}
      {held && call && !consult && at - call.since > (options?.holdPrompt ?? 90) * 1000 ? <button type="button" className="ms-link-button ms-over" onClick={() => onLayer('transfer')}>{t('holdLong')}</button> : null}
    </Space>
  )
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const Keypad = ({ onKey }: { onKey: (digits: string) => void }): ReactElement => <div className="ms-keypad">{keys.map((key) => <Button key={key} onClick={() => onKey(key)}>{key}</Button>)}</div>
