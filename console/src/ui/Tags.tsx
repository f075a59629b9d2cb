// Words with a shape and a colour pair: state, urgency, level, card, clock. Colour is never alone.
import { Tooltip } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { readClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import { t } from './texts.zh-CN.ts'
import { moment, whenFull } from './time.ts'
import { cssVar } from './tokens.ts'
import type { ColorToken } from './tokens.ts'
import { useNow } from './use-now.ts'

export type { Clock } from './clock.ts'

export type Tone = 'ok' | 'near' | 'over' | 'calm' | 'low' | 'primary' | 'plain'

const tonePairs: Record<Tone, [ColorToken, ColorToken]> = {
  ok: ['ok-text', 'ok-bg'],
  near: ['near-text', 'near-bg'],
  over: ['over-text', 'over-bg'],
  calm: ['calm-text', 'calm-bg'],
  low: ['low-text', 'low-bg'],
  primary: ['primary', 'primary-soft'],
  plain: ['text-2', 'bg-sunk'],
}

function pair([color, background]: [ColorToken, ColorToken]) {
  return { color: cssVar(color), background: cssVar(background) }
}

/** A small word on a soft ground; for flags and labels. */
export function Tag({ tone = 'plain', icon, children, title }: { tone?: Tone; icon?: IconName; children: ReactNode; title?: string }): ReactElement {
  return (
    <span className="ms-tag" style={pair(tonePairs[tone])} title={title}>
      {icon ? <Icon name={icon} size={12} /> : null}
      {children}
    </span>
  )
}

const orderStates = {
  draft: ['state.draft', 'draft', 'pencil'],
  pendingReview: ['state.pendingReview', 'review', 'eye'],
  pendingDispatch: ['state.pendingDispatch', 'dispatch', 'dispatch'],
  inProgress: ['state.inProgress', 'progress', 'gear'],
  pendingResultReview: ['state.pendingResultReview', 'result', 'clipboard'],
  pendingCallback: ['state.pendingCallback', 'callback', 'phoneOut'],
  closed: ['state.closed', 'closed', 'check'],
  answered: ['state.answered', 'closed', 'check'],
  archived: ['state.archived', 'archived', 'box'],
  withdrawn: ['state.withdrawn', 'draft', 'undo'],
  merged: ['state.merged', 'draft', 'merge'],
} as const

export type OrderState = keyof typeof orderStates

function isOrderState(state: string): state is OrderState {
  return Object.hasOwn(orderStates, state)
}

/** State of an order; `closeKind: 'answered'` shows 直接答复. Unknown states are shown as they come. */
export function StateTag({ state, closeKind, round }: { state: string; closeKind?: string | null; round?: number }): ReactElement {
  const name = state === 'closed' && closeKind === 'answered' ? 'answered' : state
  if (!isOrderState(name)) return <Tag>{state}</Tag>
  const [text, color, icon] = orderStates[name]
  return (
    <span className="ms-tag ms-state" style={pair([`state-${color}-text`, `state-${color}-bg`])}>
      <Icon name={icon} size={12} />
      {t(text)}
      {round && round > 1 ? `·第${round}轮` : ''}
    </span>
  )
}

const assignmentStates = { pendingSign: 'near', handling: 'primary', pendingReport: 'low', done: 'ok', returned: 'calm', cancelled: 'plain' } as const

export function AssignmentStateTag({ state }: { state: string }): ReactElement {
  if (!isAssignmentState(state)) return <Tag>{state}</Tag>
  return <Tag tone={assignmentStates[state]}>{t(`assignment.${state}`)}</Tag>
}

function isAssignmentState(state: string): state is keyof typeof assignmentStates {
  return Object.hasOwn(assignmentStates, state)
}

/** 普通 shows nothing: only what is urgent may ask for attention. */
export function UrgencyTag({ urgency }: { urgency: string }): ReactElement | null {
  if (urgency === 'urgent') return <Tag tone="near">{t('urgency.urgent')}</Tag>
  if (urgency === 'major') return <span className="ms-tag" style={pair(['card-red-text', 'card-red-bg'])}>! {t('urgency.major')}</span>
  return null
}

/** Warning, risk and queue level: one to three bars and the word. */
export function LevelTag({ level }: { level: 'low' | 'middle' | 'high' }): ReactElement {
  const bars = { low: 1, middle: 2, high: 3 }[level]
  const tone = ({ low: 'low', middle: 'near', high: 'over' } as const)[level]
  return (
    <Tag tone={tone}>
      <span className="ms-bars" aria-hidden="true">{[1, 2, 3].map((n) => <i key={n} data-on={n <= bars} />)}</span>
      {t(`level.${level}`)}
    </Tag>
  )
}

/** Yellow or red card of a deadline; a void card stays, struck through. */
export function Card({ kind, at, voided, label }: { kind: 'yellow' | 'red'; at?: string; voided?: boolean; label?: string }): ReactElement {
  return (
    <span className="ms-card" data-void={voided || undefined} style={pair([`card-${kind}-text`, `card-${kind}-bg`])} title={at ? whenFull(at) : undefined}>
      {t(`card.${kind}`)}
      {label ? ` ${label}` : ''}
      {voided ? <em>{t('card.void')}</em> : null}
    </span>
  )
}

/**
 * Remaining time of one clock, ticking by itself. `plain` for table cells (no ground), `onClick` opens its history.
 */
export function ClockChip({ clock, plain, seconds, large, onClick }: { clock: Clock; plain?: boolean; seconds?: boolean; large?: boolean; onClick?: () => void }): ReactElement {
  const at = useNow(seconds ? 1 : 15)
  const { shape, tone, text } = readClock(clock, at, seconds)
  const words = (
    <>
      <span className="ms-clock-shape" data-tone={tone} aria-hidden="true">{shape}</span>
      {clock.name && !plain ? <span className="ms-clock-name">{clock.name}</span> : null}
      <span className="ms-clock-text">{text}</span>
      {clock.name && plain ? <span className="ms-clock-after">{clock.name}</span> : null}
    </>
  )
  const tip = clock.dueAt ? `${t('clock.until', { moment: moment(clock.dueAt, at) })}（${whenFull(clock.dueAt)}）` : undefined
  const className = `ms-clock${plain ? ' ms-clock-plain' : ''}${large ? ' ms-clock-large' : ''}`
  const body = onClick ? (
    <button type="button" className={className} data-tone={tone} onClick={onClick}>{words}</button>
  ) : (
    <span className={className} data-tone={tone}>{words}</span>
  )
  // what opens says it all, and more
  return tip && !onClick ? <Tooltip title={tip} mouseEnterDelay={0.4}>{body}</Tooltip> : body
}
