// The agent's state and how to leave it: 示闲, 示忙 with a reason, 小休 with its length, the end of 整理.
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { Icon } from '../../ui/icons.tsx'
import { stopwatch } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { doAct } from './SoftphoneHost.tsx'
import type { Phone } from './phone-state.ts'
import { t } from './texts.zh-CN.ts'

type Props = { phone: Phone; options: OutputOf<'deskOptions'> | undefined; canReady: boolean }
const signs = { ready: '●', talking: '▲', ringing: '▲', dialling: '▲', reserved: '▲' } as Record<string, string>
const toneOf = (state: string): string => (state === 'ready' ? 'idle' : signs[state] ? 'call' : state === 'signedOut' ? 'off' : 'busy')

/** Reasons that the exchange gives are codes; those that people choose are words already. */
const given = ['signIn', 'breakOver', 'deskLost', 'engineFailure', 'forced', 'lostSeat', 'missedRings', 'noMicrophone', 'ringFailed', 'busy'] as const
const reasonOf = (reason: string): string => {
  const code = given.find((one) => one === reason)
  return code ? t(`given.${code}`) : reason
}

export function StateMenu({ phone, options, canReady }: Props): ReactElement {
  const at = useNow(1)
  const me = phone.me
  if (!me) return <span />
  const inCall = phone.calls.length > 0
  const set = (state: 'ready' | 'busy' | 'break', minutes: number | null, reason: string | null) => void doAct(null, { kind: 'setState', state, minutes, reason })
  const micHelp = canReady ? undefined : t(`mic.${phone.microphone}`)
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: [
        { key: 'ready', label: t('ready'), extra: 'F4', disabled: !canReady || me.state === 'ready', title: micHelp, onClick: () => set('ready', null, null) },
        { type: 'group', label: t('busyReason'), children: (options?.busyReasons ?? []).map((reason) => ({ key: `busy-${reason}`, label: reason, onClick: () => set('busy', null, reason) })) },
        { type: 'group', label: t('break'), children: (options?.breakLengths ?? []).map((n) => ({ key: `break-${n}`, label: t('minutes', { n }), disabled: inCall, onClick: () => set('break', n, null) })) },
      ] }}>
        <button type="button" className="ms-phone-state" data-tone={me.lacks ? 'busy' : toneOf(me.state)}>
          <span aria-hidden="true">{me.lacks ? '■' : (signs[me.state] ?? '■')}</span> {t(`state.${me.state}`)} <bdi className="ms-num">{stopwatch(me.until && me.state === 'break' ? Math.max(0, me.until - at) : Math.max(0, at - me.since))}</bdi><Icon name="chevronDown" size={12} />
        </button>
      </Dropdown>
      {me.reason && me.state === 'busy' ? <span className="ms-hint">{reasonOf(me.reason)}</span> : null}
      {me.lacks ? <span className="ms-over" role="alert">{t(`lacks.${me.lacks}`)}</span> : null}
      {me.next ? <span className="ms-hint">{t('nextState', { state: t(`state.${me.next}`) })}</span> : null}
      {me.state === 'break' ? <Button size="small" disabled={!canReady} onClick={() => set('ready', null, null)}>{t('resume')}</Button> : null}
      {me.state === 'wrapUp' ? <Button size="small" onClick={() => void doAct(null, { kind: 'finishWrapUp' })}>{t('finishWrapUp')}</Button> : null}
      {me.state === 'busy' || me.state === 'forcedBusy' ? <Button size="small" type="primary" title={micHelp} disabled={!canReady || me.state === 'forcedBusy'} onClick={() => set('ready', null, null)}>{t('ready')} <kbd className="ms-kbd">F4</kbd></Button> : null}
    </>
  )
}
