// The softphone bar under the top bar: state, call, queue, and every act with its key; only what is valid now is active (TEL-28).
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { call as request } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { now, stopwatch } from '../../ui/time.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useNow } from '../../ui/use-now.ts'
import { CallActs } from './CallActs.tsx'
import { PopStrip } from './PopStrip.tsx'
import { ringTone } from './ring-tone.ts'
import { shown } from './shown.ts'
import { consultation, mainCall } from './phone-state.ts'
import { act, watchTeamNotices } from './softphone.ts'
import type { CallView } from '../../../../switch/src/engine-port.ts'
import type { OwnAct } from './softphone.ts'
import { StateMenu } from './StateMenu.tsx'
import { TeamNotices } from './TeamNotices.tsx'
import { t } from './texts.zh-CN.ts'
import { usePhone } from './use-phone.ts'
import './telephony.css'

const SignInDialog = lazy(() => import('./SignInDialog.tsx'))
const SignOutDialog = lazy(() => import('./SignOutDialog.tsx'))
const TargetDialog = lazy(() => import('./TargetDialog.tsx'))

export type Layer = 'signIn' | 'signOut' | 'dial' | 'transfer' | 'conference' | null
export async function doAct(callId: string | null, what: OwnAct): Promise<boolean> {
  const why = await act(callId, what)
  if (why) say(why, 'over')
  return why === null
}

/** Leaves a call that one only listens to or has joined. */
async function leave(callId: string): Promise<void> {
  await request('intervene', { id: callId, kind: 'stopIntervention', reason: t('stop') }).then(() => undefined, (error: unknown) => say(asProblem(error).message, 'over'))
}

export default function SoftphoneHost(): ReactElement {
  const phone = usePhone()
  const [layer, setLayer] = useState<Layer>(null)
  const options = useQueryOf('deskOptions', {}, { staleTime: 60_000 })
  useTopic('telephony.queues', ['deskOptions'])
  const call = mainCall(phone)
  const beside = consultation(phone)
  const up = phone.link === 'up' && phone.me !== null && phone.me.state !== 'signedOut'
  // A leader in somebody else's call has no form and no acts of his own but to leave.
  const watching = call?.parties.some((party) => party.agent === phone.me?.agent && party.role === 'monitor' && party.state !== 'ended') ?? false
  const talking = call?.state === 'talking' && !watching
  // Asked by a colleague: his caller is no caller of this desk, and no form opens.
  const aside = call?.kind === 'consult' ? call : null
  const [noticeAt, setNoticeAt] = useState(0)
  useEffect(() => watchTeamNotices(() => setNoticeAt(now())), [])
  useEffect(() => {
    if (!phone.ringing) return undefined
    if (typeof Notification !== 'undefined' && Notification.permission === 'granted' && document.hidden) new Notification(t('pop'), { body: shown(phone.ringing.call.from), tag: 'softphone' })
    return ringTone()
  }, [phone.ringing?.call.callId])
  const ready = phone.me?.state === 'ready'
  const canReady = phone.microphone === 'on' || phone.me?.device === 'phone'
  const muted = call?.parties.some((party) => party.agent === phone.me?.agent && party.muted) ?? false
  useKeys(t('bar'), [
    { keys: 'F2', label: t('key.answer'), run: () => { if (phone.ringing) void doAct(phone.ringing.call.callId, { kind: 'answer' }) }, inLayers: true, enabled: phone.ringing !== null },
    { keys: 'Shift F2', label: t('key.hangUp'), run: () => { if (call) void doAct(call.callId, { kind: 'hangUp' }) }, inLayers: true, enabled: call !== null },
    { keys: 'F8', label: t('key.mute'), run: () => { if (call) void doAct(call.callId, { kind: muted ? 'unmute' : 'mute' }) }, inLayers: true, enabled: talking },
    { keys: 'F9', label: t('key.hold'), run: () => { if (call) void doAct(call.callId, { kind: call.state === 'held' ? 'resume' : 'hold' }) }, inLayers: true, enabled: !beside && (talking || call?.state === 'held') },
    { keys: 'F10', label: t('key.transfer'), run: () => setLayer('transfer'), inLayers: true, enabled: !beside && (talking || call?.state === 'held') },
    { keys: 'Shift F10', label: t('key.conference'), run: () => setLayer('conference'), inLayers: true, enabled: talking },
    { keys: 'F4', label: t('key.state'), run: () => { if (ready || canReady) void doAct(null, { kind: 'setState', state: ready ? 'busy' : 'ready', minutes: null, reason: null }) }, inLayers: true, enabled: up },
    { keys: 'Shift F4', label: t('key.break'), run: () => void doAct(null, { kind: 'setState', state: 'break', minutes: options.data?.breakLengths[0] ?? 10, reason: null }), inLayers: true, enabled: up && call === null },
    { keys: 'Shift F9', label: t('key.dial'), run: () => setLayer('dial'), inLayers: true, enabled: up && call === null && options.data?.functions.dial === true },
  ])
  const queue = phone.queues.filter((one) => phone.me?.queues.includes(one.queue))
  const waiting = queue.reduce((sum, one) => sum + one.waiting, 0)
  const longest = Math.max(0, ...queue.map((one) => one.longestMs))
  const colours = options.data?.colours ?? { yellow: 60, red: 120 }
  return (
    <section className="ms-phone" aria-label={t('bar')} data-region data-tone={phone.link === 'away' || options.data?.exchange === 'down' ? 'over' : phone.ringing ? 'ring' : undefined}>
      <div className="ms-phone-line">
        {up ? (
          <>
            <StateMenu phone={phone} options={options.data} canReady={canReady} />
            {call ? <CallState since={call.state === 'talking' ? (call.answeredAt ?? call.since) : call.since} state={phone.ringing ? 'ringing' : call.state} number={numberOf(call)} /> : <span className="ms-hint">{t('extension', { n: options.data?.extension ?? '–' })}</span>}
            {beside ? <Tag tone={beside.state === 'talking' ? 'primary' : 'near'}>{t(beside.state === 'talking' ? 'consultingWith' : 'consultRinging', { who: otherIn(beside, phone.me?.agent) })}</Tag> : null}
            {watching && call ? <><Tag tone="near">{t('watching')}</Tag><Button size="small" onClick={() => void leave(call.callId)}>{t('stop')}</Button></> : <CallActs phone={phone} call={call} options={options.data} muted={muted} onLayer={setLayer} />}
          </>
        ) : (
          <>
            <span className="ms-phone-state" data-tone="off">○ {phone.link === 'connecting' ? t('connecting') : t('notSignedIn')}</span>
            <Button size="small" type="primary" disabled={options.data?.exchange === 'down'} loading={phone.link === 'connecting'} onClick={() => setLayer('signIn')}>{t('signIn')}</Button>
            {options.data?.exchange === 'down' ? <span className="ms-over">{t('exchangeDown')}</span> : phone.refused ? <span className="ms-over" role="alert">{phone.refused}</span> : phone.microphone !== 'on' && phone.microphone !== 'unasked' ? <span className="ms-over" role="alert">{t(`mic.${phone.microphone}`)}</span> : null}
          </>
        )}
        <span className="ms-grow" />
        {phone.link === 'away' && phone.me ? <span className="ms-over" role="alert">{t('away')}</span> : phone.media === 'lost' ? <span className="ms-over" role="alert">{t('mediaLost')}</span> : phone.line && phone.line.callId === call?.callId ? <span className="ms-over" role="alert">{t(`line.${phone.line.trouble}` as 'line.self:quiet')}</span> : null}
        {call && phone.notRecorded === call.callId ? <span className="ms-over" role="alert">{t('notRecorded')}</span> : null}
        {up ? <span className="ms-phone-queue" data-tone={longest > colours.red * 1000 ? 'red' : longest >= colours.yellow * 1000 ? 'yellow' : 'green'}>{waiting === 0 ? t('noQueue') : `${t('waiting', { n: waiting })} · ${t('longest', { time: stopwatch(longest) })}`}</span> : null}
        {(options.data?.ringBack ?? 0) > 0 ? <a className="ms-link" href="/telephony/calls?view=ringBack">{t('ringBackN', { n: options.data?.ringBack ?? 0 })}</a> : null}
        {up ? (
          <Dropdown trigger={['click']} menu={{ items: [
            { key: 'mode', label: phone.me?.answerMode === 'automatic' ? t('manualAnswer') : t('autoAnswer'), onClick: () => void doAct(null, { kind: 'setAnswerMode', mode: phone.me?.answerMode === 'automatic' ? 'manual' : 'automatic' }) },
            { key: 'pick', label: t('pickUp'), onClick: () => void doAct(null, { kind: 'pickUp', extension: null }) },
            { key: 'out', label: t('signOut'), disabled: call !== null, onClick: () => setLayer('signOut') },
          ] }}><Button size="small" icon={<Icon name="more" size={14} label={t('more')} />} /></Dropdown>
        ) : null}
      </div>
      {aside ? <div className="ms-pop" role="status" aria-label={t('pop')}><strong>{t('consultFrom', { who: otherIn(aside, phone.me?.agent) })}</strong>{Object.values(aside.context).filter((one) => /[\u4e00-\u9fff]/.test(one)).slice(0, 3).map((one) => <span key={one} className="ms-hint">{one}</span>)}</div> : phone.ringing || (call && call.state !== 'ended' && !watching) ? <PopStrip callId={(phone.ringing?.call ?? call)?.callId ?? ''} ringing={phone.ringing} /> : null}
      <TeamNotices at={noticeAt} />
      <Suspense fallback={null}>
        {layer === 'signIn' && options.data ? <SignInDialog options={options.data} onClose={() => setLayer(null)} /> : null}
        {layer === 'signOut' ? <SignOutDialog onClose={() => setLayer(null)} /> : null}
        {layer === 'dial' || layer === 'transfer' || layer === 'conference' ? <TargetDialog mode={layer} call={call} options={options.data} onClose={() => setLayer(null)} /> : null}
      </Suspense>
    </section>
  )
}

/** Who is at the other end, as far as it may be shown. */
const numberOf = (call: CallView): string => (call.kind === 'consult' ? '' : shown(call.direction === 'outbound' ? call.to : call.from))
const otherIn = (call: CallView, me: string | undefined): string => {
  const other = call.parties.findLast((party) => party.agent !== me && party.state !== 'ended')
  return other?.name ?? (other?.number ? shown(other.number) : shown(call.to))
}

function CallState({ since, state, number }: { since: number; state: string; number: string }): ReactElement {
  const at = useNow(1)
  return <span className="ms-phone-call" role="status"><strong>{t(`call.${state}` as 'call.talking')}</strong> <bdi className="ms-num">{stopwatch(Math.max(0, at - since))}</bdi> <bdi>{number}</bdi></span>
}
