// The desk's own line to the exchange: one socket and one nailed-up sound connection for the whole console. It outlives pages, and the server.
import type { AgentAct, AgentView, CallAct, CallView, CommandResult, FromDesk, QueueView, ToDesk } from '../../../../switch/src/engine-port.ts'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { now } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

/** Form of the wire; the exchange refuses another by name. */
const VERSION = 1
/** How long the sound connection may take before it is made anew. */
const SOUND_MS = 15_000

export type Microphone = 'unasked' | 'on' | 'denied' | 'missing' | 'insecure'
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
  hint: { hint: string; callId: string | null; detail: string } | null
  level: number
}

const blank: Phone = { link: 'off', media: 'off', microphone: 'unasked', me: null, calls: [], queues: [], ringing: null, refused: null, hint: null, level: 0 }
let phone: Phone = blank
const watchers = new Set<() => void>()
export const currentPhone = (): Phone => phone
export function watchPhone(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
function set(change: Partial<Phone>): void {
  phone = { ...phone, ...change }
  for (const watcher of watchers) watcher()
}

export type Act = CallAct | AgentAct
/** Acts of one's own calls without the agent: the socket says who one is. */
export type OwnAct = Act extends infer A ? (A extends unknown ? Omit<A, 'agent'> : never) : never

type Wanted = { queues: string[]; device: 'browser' | 'phone'; answerMode: 'manual' | 'automatic' }
let wanted: Wanted | null = null
let socket: WebSocket | null = null
let peer: RTCPeerConnection | null = null
let microphone: MediaStream | null = null
let ear: HTMLAudioElement | null = null
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
  set({ refused: null, link: 'connecting' })
  if (how.device === 'browser' && !(await openMicrophone())) {
    set({ link: 'off' })
    return
  }
  ticket = null
  await connect()
}

/** Signs out and closes the line; refused while a call is on. */
export async function signOut(): Promise<string | null> {
  if (phone.calls.some((one) => one.state === 'talking' || one.state === 'held')) return t('inCall')
  if (phone.link === 'up') await act(null, { kind: 'signOut' } as OwnAct)
  hangLine()
  return null
}

function hangLine(): void {
  wanted = null
  const closing = socket
  socket = null
  closing?.close()
  closeMedia()
  set({ ...blank, microphone: phone.microphone === 'on' ? 'unasked' : phone.microphone })
}

/** Asks for the microphone; browsers give one only on localhost or HTTPS. */
export async function openMicrophone(): Promise<boolean> {
  if (!window.isSecureContext || navigator.mediaDevices === undefined) {
    set({ microphone: 'insecure' })
    return false
  }
  try {
    microphone ??= await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    set({ microphone: 'on' })
    return true
  } catch (error) {
    set({ microphone: error instanceof DOMException && error.name === 'NotFoundError' ? 'missing' : 'denied' })
    return false
  }
}

async function connect(): Promise<void> {
  if (!wanted || socket) return
  try {
    // The ticket lasts twelve hours: without the server the line comes back by the one in hand.
    ticket ??= await call('softphoneTicket', {})
  } catch (error) {
    set({ link: 'away', refused: asProblem(error).title })
    return later()
  }
  const opened = new WebSocket(ticket.url)
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
    set({ link: 'away', ringing: null })
    later()
  }
}

const tellMicrophone = (n: number): boolean => send({ type: 'alive', n, microphone: phone.microphone === 'insecure' ? 'missing' : phone.microphone })

function later(): void {
  tries += 1
  setTimeout(() => void connect(), Math.min(5000, 300 * 2 ** Math.min(tries, 4)))
}

function receive(message: ToDesk): void {
  switch (message.type) {
    case 'welcome':
      tries = 0
      set({ link: 'up', me: message.me, calls: message.calls, refused: null })
      // Told before it is asked for, so that one can be ready at once.
      tellMicrophone(0)
      if (wanted?.device === 'browser') void openMedia(message.iceServers)
      if (!message.me && wanted) send({ type: 'signIn', requestId: newKey(), ...wanted, force: false })
      return
    case 'refused':
      set({ refused: t(`refused.${message.code}`), link: 'off' })
      if (message.code === 'badTicket') ticket = null
      else wanted = null
      return
    case 'probe':
      tellMicrophone(message.n)
      return
    case 'answer':
      void peer?.setRemoteDescription({ type: 'answer', sdp: message.sdp })
      return
    case 'media':
      set({ media: message.state === 'lost' ? 'lost' : 'up' })
      return
    case 'me':
      set({ me: message.me })
      return
    case 'call':
      set({
        calls: message.call.state === 'ended' ? phone.calls.filter((one) => one.callId !== message.call.callId) : [...phone.calls.filter((one) => one.callId !== message.call.callId), message.call],
        ringing: phone.ringing?.call.callId === message.call.callId && message.call.state !== 'ringing' ? null : phone.ringing,
      })
      return
    case 'ring':
      set({ ringing: { call: message.call, answerBy: message.answerInMs === null ? null : now() + message.answerInMs }, calls: [...phone.calls.filter((one) => one.callId !== message.call.callId), message.call] })
      return
    case 'result':
      waiting.get(message.requestId)?.(message.result)
      waiting.delete(message.requestId)
      return
    case 'queues':
      set({ queues: message.queues })
      return
    case 'hint':
      set({ hint: message })
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
  if (phone.me?.state === 'wrapUp') await act(null, { kind: 'finishWrapUp' })
}

const reasonOf = (result: CommandResult): string => (result.code && result.code in reasons ? t(reasons[result.code as keyof typeof reasons]) : t('act.failed', { why: result.detail ?? result.code ?? String(result.status) }))
const reasons = {
  callEnded: 'why.callEnded', notYourCall: 'why.notYourCall', wrongState: 'why.wrongState', barred: 'why.barred', noFunction: 'why.noFunction', unknownQueue: 'why.unknownQueue', agentNotReady: 'why.agentNotReady', noMicrophone: 'why.noMicrophone', locked: 'why.locked', signedInElsewhere: 'why.signedInElsewhere', away: 'why.away', busy: 'why.busy',
} as const

// Sound ------------------------------------------------------------------------

async function openMedia(iceServers: RTCIceServer[]): Promise<void> {
  closePeer()
  if (!(await openMicrophone()) || !microphone) return
  set({ media: 'connecting' })
  const connection = new RTCPeerConnection({ iceServers })
  peer = connection
  for (const track of microphone.getAudioTracks()) connection.addTrack(track, microphone)
  connection.ontrack = (event) => {
    ear ??= new Audio()
    ear.autoplay = true
    ear.srcObject = event.streams[0] ?? new MediaStream([event.track])
    void ear.play().catch(() => undefined)
  }
  connection.onconnectionstatechange = () => {
    if (connection === peer) set({ media: connection.connectionState === 'connected' ? 'up' : connection.connectionState === 'failed' || connection.connectionState === 'disconnected' ? 'lost' : phone.media })
  }
  await connection.setLocalDescription(await connection.createOffer())
  // All candidates at once: the exchange is near, and one message is simpler than many.
  await new Promise<void>((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve()
    const done = setTimeout(resolve, 1500)
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState !== 'complete') return
      clearTimeout(done)
      resolve()
    }
  })
  if (connection === peer && connection.localDescription) send({ type: 'offer', sdp: connection.localDescription.sdp })
  // Sound that does not come is asked for again: a desk without it would answer in silence.
  setTimeout(() => {
    if (connection === peer && connection.connectionState !== 'connected' && phone.link === 'up') void openMedia(iceServers)
  }, SOUND_MS)
}

function closePeer(): void {
  const closing = peer
  peer = null
  closing?.close()
}

function closeMedia(): void {
  closePeer()
  for (const track of microphone?.getTracks() ?? []) track.stop()
  microphone = null
}

/** Devices, for choosing and for the check before signing in. */
export async function devices(): Promise<{ inputs: MediaDeviceInfo[]; outputs: MediaDeviceInfo[] }> {
  const all = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? []
  return { inputs: all.filter((one) => one.kind === 'audioinput'), outputs: all.filter((one) => one.kind === 'audiooutput') }
}

export async function chooseInput(deviceId: string): Promise<boolean> {
  const next = await navigator.mediaDevices.getUserMedia({ audio: { deviceId: { exact: deviceId }, echoCancellation: true, noiseSuppression: true } }).catch(() => null)
  if (!next) return false
  const [track] = next.getAudioTracks()
  await Promise.all((peer?.getSenders() ?? []).map((sender) => sender.replaceTrack(track ?? null)))
  for (const old of microphone?.getTracks() ?? []) old.stop()
  microphone = next
  return true
}

/** Loudness of the own microphone, 0–1, some times a second; stop by calling what comes back. */
export function meter(report: (level: number) => void): () => void {
  if (!microphone) return () => undefined
  const audio = new AudioContext()
  const analyser = audio.createAnalyser()
  analyser.fftSize = 512
  audio.createMediaStreamSource(microphone).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    report(Math.min(1, Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length) * 4))
  }, 120)
  return () => {
    clearInterval(timer)
    void audio.close()
  }
}

export const echo = (on: boolean): boolean => send({ type: 'echo', on })

/** The call that the bar speaks of: what rings, else what is talked, else what is held. */
export function mainCall({ calls, ringing }: Phone): CallView | null {
  const order = ['talking', 'held', 'dialling', 'parked', 'survey']
  return ringing?.call ?? [...calls].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null
}
