// The desk's own line to the exchange: one socket and one nailed-up sound connection for the whole console. It outlives pages, and the server.
import type { AgentAct, CallAct, CommandResult, FromDesk, ToDesk } from '../../../../switch/src/engine-port.ts'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { now } from '../../ui/time.ts'
import { blank, currentPhone, ringsAt, setPhone } from './phone-state.ts'
import { closeMedia, openMedia, openMicrophone, soundLost, takeAnswer } from './sound.ts'
import { t } from './texts.zh-CN.ts'

/** Form of the wire; the exchange refuses another by name. */
const VERSION = 1

export type Act = CallAct | AgentAct
/** Acts of one's own calls without the agent: the socket says who one is. */
export type OwnAct = Act extends infer A ? (A extends unknown ? Omit<A, 'agent'> : never) : never

type Wanted = { queues: string[]; device: 'browser' | 'phone'; answerMode: 'manual' | 'automatic' }
let wanted: Wanted | null = null
/** Signing in was asked for by hand and not yet told. */
let fresh = false
let socket: WebSocket | null = null
let ticket: { ticket: string; url: string } | null = null
let tries = 0
let agentId = ''
const page = newKey()
const waiting = new Map<string, (result: CommandResult) => void>()

function send(message: FromDesk): boolean {
  if (socket?.readyState !== WebSocket.OPEN) return false
  socket.send(JSON.stringify(message))
  return true
}

/** Signs in: microphone first, so that nobody becomes ready without one. */
export async function signIn(agent: string, how: Wanted): Promise<void> {
  agentId = agent
  wanted = how
  fresh = true
  setPhone({ refused: null, link: 'connecting' })
  if (how.device === 'browser' && !(await openMicrophone())) {
    setPhone({ link: 'off' })
    return
  }
  ticket = null
  await connect()
}

/** Signs out and closes the line; refused while a call is on. */
export async function signOut(): Promise<string | null> {
  if (currentPhone().calls.some((one) => one.state === 'talking' || one.state === 'held')) return t('inCall')
  if (currentPhone().link === 'up') await act(null, { kind: 'signOut' } as OwnAct)
  hangLine()
  return null
}

function hangLine(): void {
  wanted = null
  const closing = socket
  socket = null
  closing?.close()
  closeMedia()
  setPhone({ ...blank, microphone: currentPhone().microphone === 'on' ? 'unasked' : currentPhone().microphone })
}

async function connect(): Promise<void> {
  if (!wanted || socket) return
  try {
    // The ticket lasts twelve hours: without the server the line comes back by the one in hand.
    ticket ??= await call('softphoneTicket', {})
  } catch (error) {
    setPhone({ link: 'away', refused: asProblem(error).title })
    return later()
  }
  const opened = new WebSocket(ticket.url.replace('//0.0.0.0:', `//${location.hostname}:`))
  socket = opened
  opened.onopen = () => send({ type: 'hello', version: VERSION, ticket: ticket?.ticket ?? '', page })
  opened.onmessage = (event: MessageEvent<unknown>) => {
    if (opened === socket && typeof event.data === 'string') receive(JSON.parse(event.data) as ToDesk) // the exchange's own form, checked at its end
  }
  opened.onclose = () => {
    if (opened !== socket) return
    socket = null
    for (const done of waiting.values()) done({ commandId: '', status: 503, code: 'away', detail: null, data: null })
    waiting.clear()
    if (!wanted) return
    setPhone({ link: 'away', ringing: null })
    later()
  }
}

/** The wire knows fewer reasons. */
const microphoneTold = { unasked: 'unasked', on: 'on', denied: 'denied', missing: 'missing', insecure: 'missing', unsupported: 'missing' } as const
const tellMicrophone = (n: number): boolean => send({ type: 'alive', n, microphone: microphoneTold[currentPhone().microphone] })

function later(): void {
  tries += 1
  setTimeout(() => void connect(), Math.min(5000, 300 * 2 ** Math.min(tries, 4)))
}

function receive(message: ToDesk): void {
  switch (message.type) {
    case 'welcome':
      tries = 0
      setPhone({ link: 'up', me: message.me, calls: message.calls, refused: null })
      // Told before it is asked for, so that one can be ready at once.
      tellMicrophone(0)
      if (wanted?.device === 'browser') void openMedia(message.iceServers, (sdp) => send({ type: 'offer', sdp }))
      // What was chosen at sign-in counts, also where an earlier page's seat is taken up again.
      if (wanted && (!message.me || fresh)) { send({ type: 'signIn', requestId: newKey(), ...wanted, force: true }); fresh = false }
      return
    case 'refused':
      setPhone({ refused: t(`refused.${message.code}`), link: 'off' })
      if (message.code === 'badTicket') ticket = null
      else wanted = null
      return
    case 'probe':
      tellMicrophone(message.n)
      return
    case 'answer':
      return takeAnswer(message.sdp)
    case 'media':
      // Let go by the exchange, or without a packet for long: a new connection tells which.
      if (message.state === 'lost') soundLost()
      else setPhone({ media: 'up' })
      return
    case 'me':
      setPhone({ me: message.me })
      return
    case 'call':
      setPhone({
        calls: message.call.state === 'ended' ? currentPhone().calls.filter((one) => one.callId !== message.call.callId) : [...currentPhone().calls.filter((one) => one.callId !== message.call.callId), message.call],
        ringing: currentPhone().ringing?.call.callId === message.call.callId && !ringsAt(message.call, currentPhone().me?.agent) ? null : currentPhone().ringing,
      })
      return
    case 'ring':
      setPhone({ ringing: { call: message.call, answerBy: message.answerInMs === null ? null : now() + message.answerInMs }, calls: [...currentPhone().calls.filter((one) => one.callId !== message.call.callId), message.call] })
      return
    case 'result':
      waiting.get(message.requestId)?.(message.result)
      waiting.delete(message.requestId)
      return
    case 'queues':
      setPhone({ queues: message.queues })
      return
    case 'hint':
      if (message.hint === 'lineBad' && message.callId) setPhone({ line: { callId: message.callId, trouble: message.detail } })
      else if (message.hint === 'lineGood') setPhone({ line: null })
      else if (message.hint === 'notRecorded') setPhone({ notRecorded: message.callId })
      return
    case 'notice':
      for (const watcher of noticeWatchers) watcher()
  }
}

const noticeWatchers = new Set<() => void>()
/** Told when a leader sends a notice to this desk. */
export function watchTeamNotices(watcher: () => void): () => void {
  noticeWatchers.add(watcher)
  return () => noticeWatchers.delete(watcher)
}

/** Carries an act to the exchange; the answer's reason in words, or null when it was done. */
export async function act(callId: string | null, what: OwnAct): Promise<string | null> {
  const requestId = newKey()
  const result = await new Promise<CommandResult>((resolve) => {
    waiting.set(requestId, resolve)
    if (!send({ type: 'act', requestId, callId, act: { ...what, agent: agentId } as Act })) resolve({ commandId: '', status: 503, code: 'away', detail: null, data: null })
  })
  if (result.status < 300) return null
  return reasonOf(result)
}

/** The form is submitted: 整理 is over (telephone.md). */
export async function endWrapUp(): Promise<void> {
  if (currentPhone().me?.state === 'wrapUp') await act(null, { kind: 'finishWrapUp' })
}

const reasonOf = (result: CommandResult): string => (result.code && result.code in reasons ? t(reasons[result.code as keyof typeof reasons]) : t('act.failed', { why: result.detail ?? result.code ?? String(result.status) }))
const reasons = {
  callEnded: 'why.callEnded', notYourCall: 'why.notYourCall', wrongState: 'why.wrongState', barred: 'why.barred', noFunction: 'why.noFunction', unknownQueue: 'why.unknownQueue', agentNotReady: 'why.agentNotReady', noMicrophone: 'why.noMicrophone', locked: 'why.locked', signedInElsewhere: 'why.signedInElsewhere', away: 'why.away', busy: 'why.busy',
} as const

/** Sends the desk its own voice back (device test). */
export const echo = (on: boolean): boolean => send({ type: 'echo', on })
