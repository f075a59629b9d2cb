// What the desk knows of its telephone; one for the whole console, watched by its pages.
import type { AgentView, CallView, QueueView } from '../../../../switch/src/engine-port.ts'

export type Microphone = 'unasked' | 'on' | 'denied' | 'missing' | 'insecure' | 'unsupported'
export type Phone = {
  link: 'off' | 'connecting' | 'up' | 'away'
  /** Sound connection. */
  media: 'off' | 'connecting' | 'up' | 'lost'
  microphone: Microphone
  me: AgentView | null
  calls: CallView[]
  queues: QueueView[]
  ringing: { call: CallView; answerBy: number | null } | null
  /** Why the exchange let us go. */
  refused: string | null
  /** What is wrong with the sound of a call now, as `self:` or `far:` and what. */
  line: { callId: string; trouble: string } | null
  /** A call whose recording broke off. */
  notRecorded: string | null
  level: number
}

export const blank: Phone = { link: 'off', media: 'off', microphone: 'unasked', me: null, calls: [], queues: [], ringing: null, refused: null, line: null, notRecorded: null, level: 0 }
let phone: Phone = blank
const watchers = new Set<() => void>()
export const currentPhone = (): Phone => phone
export function watchPhone(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
export function setPhone(change: Partial<Phone>): void {
  phone = { ...phone, ...change }
  for (const watcher of watchers) watcher()
}

/** The consultation that this agent began beside a call in hand. */
export const consultation = ({ calls }: Phone): CallView | null => calls.find((one) => one.kind === 'consult' && calls.some((main) => main.callId === one.linkedTo)) ?? null

/** The call that the bar speaks of: what rings, else what is talked, else what is held. A consultation is beside its call, not instead of it. */
export function mainCall(phone: Phone): CallView | null {
  const order = ['talking', 'held', 'dialling', 'parked', 'survey']
  const beside = consultation(phone)
  if (beside) return phone.calls.find((one) => one.callId === beside.linkedTo) ?? null
  const { calls, ringing } = phone
  return ringing?.call ?? [...calls].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null
}

/** Whether a call rings at this agent. The call's own state does not tell: one who is asked aside is rung in a call that is being dialled. */
export const ringsAt = (call: CallView, agent: string | undefined): boolean => call.state === 'ringing' || (agent !== undefined && call.parties.some((one) => one.agent === agent && one.state === 'ringing'))
