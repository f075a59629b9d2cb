// The citizen's line to the exchange: one socket and one sound connection for one page; gone with the page.
import type { CallView, FromDesk, ToDesk } from '../../../../switch/src/engine-port.ts'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { now } from '../../kit/time.ts'

/** Form of the wire; the exchange refuses another by name. */
const VERSION = 1
/** A connection that is not there by then is made anew, so often. */
const PATIENCE_MS = 6000
const TRIES = 3
const SAMPLE = '/call-sample.wav'

export type Source = 'microphone' | 'sample'
export type Fault = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'lost' | 'refused' | 'busy'
export type Line = {
  step: 'idle' | 'connecting' | 'calling' | 'ended'
  /** Of the exchange, while a call is on. */
  state: CallView['state'] | null
  talkingSince: number | null
  muted: boolean
  fault: Fault | null
  problem: Problem | null
}

const idle: Line = { step: 'idle', state: null, talkingSince: null, muted: false, fault: null, problem: null }
let line = idle
const watchers = new Set<() => void>()
export const currentLine = (): Line => line
export function watchLine(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
function set(change: Partial<Line>): void {
  line = { ...line, ...change }
  for (const watcher of watchers) watcher()
}

let socket: WebSocket | null = null
let peer: RTCPeerConnection | null = null
let mouth: MediaStream | null = null
let audio: AudioContext | null = null
let watch: ReturnType<typeof setTimeout> | undefined
let attempts = 1
const ear = typeof Audio === 'undefined' ? null : new Audio()

/** What stands in the way of calling from this browser; null where nothing does. */
export function obstacle(): Fault | null {
  if (!window.isSecureContext) return 'insecure'
  return typeof RTCPeerConnection === 'undefined' || typeof WebSocket === 'undefined' || navigator.mediaDevices === undefined ? 'unsupported' : null
}

/** Calls the hotline; what becomes of it is told by `watchLine`. */
export async function ring(source: Source, trialNumber?: string): Promise<void> {
  if (line.step === 'connecting' || line.step === 'calling') return
  const stands = obstacle()
  if (stands) return set({ ...idle, fault: stands })
  set({ ...idle, step: 'connecting' })
  try {
    mouth = await openMouth(source)
  } catch (error) {
    return set({ ...idle, fault: error instanceof DOMException && error.name === 'NotFoundError' ? 'missing' : 'denied' })
  }
  try {
    const ticket = await call('webCallTicket', trialNumber ? { trialNumber } : {})
    await connect(ticket)
  } catch (error) {
    close()
    set({ ...idle, problem: asProblem(error) })
  }
}

async function openMouth(source: Source): Promise<MediaStream> {
  if (source === 'microphone') return navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
  audio = new AudioContext()
  const sound = audio.createBufferSource()
  sound.buffer = await audio.decodeAudioData(await (await fetch(SAMPLE)).arrayBuffer())
  sound.loop = true
  const out = audio.createMediaStreamDestination()
  sound.connect(out)
  sound.start()
  return out.stream
}

async function connect(ticket: { ticket: string; url: string; to: string }): Promise<void> {
  const opened = new WebSocket(ticket.url.replace('//0.0.0.0:', `//${location.hostname}:`))
  socket = opened
  const send = (message: FromDesk): void => opened.send(JSON.stringify(message))
  const sdp = await offer()
  opened.onmessage = (event: MessageEvent<string>) => {
    const message = JSON.parse(event.data) as ToDesk // the exchange's own form, checked at its end
    switch (message.type) {
      case 'welcome':
        send({ type: 'offer', sdp })
        send({ type: 'call', requestId: newKey(), to: ticket.to })
        return
      case 'answer':
        void peer?.setRemoteDescription({ type: 'answer', sdp: message.sdp })
        patient(send, attempts)
        return
      case 'probe': return send({ type: 'alive', n: message.n, microphone: 'on' })
      case 'call': return follow(message.call)
      case 'result': if (message.result.status >= 300) end(message.result.code === 'busy' ? 'busy' : 'refused')
        return
      case 'refused': return end('refused')
      default:
    }
  }
  opened.onclose = () => {
    if (opened === socket) end(line.step === 'calling' || line.step === 'connecting' ? 'lost' : null)
  }
  const hello = (): void => send({ type: 'hello', version: VERSION, ticket: ticket.ticket, page: newKey() })
  if (opened.readyState === WebSocket.OPEN) hello()
  else opened.onopen = hello
}

/** Sound that does not come is asked for again; after the last try the call ends with that reason, instead of in silence. */
function patient(send: (message: FromDesk) => void, tries: number): void {
  clearTimeout(watch)
  watch = setTimeout(() => {
    if (!peer || peer.connectionState === 'connected') return
    if (tries >= TRIES) return hangUp('lost')
    peer.close()
    void offer().then((sdp) => {
      attempts = tries + 1
      send({ type: 'offer', sdp })
    })
  }, PATIENCE_MS)
}

function follow(view: CallView): void {
  if (view.state === 'ended') return end(null)
  set({ step: 'calling', state: view.state, talkingSince: view.state === 'talking' || view.state === 'held' ? (line.talkingSince ?? now()) : null })
}

async function offer(): Promise<string> {
  const connection = new RTCPeerConnection()
  peer = connection
  for (const track of mouth?.getAudioTracks() ?? []) connection.addTrack(track, mouth ?? new MediaStream())
  connection.ontrack = (event) => {
    if (!ear) return
    ear.srcObject = event.streams[0] ?? new MediaStream([event.track])
    void ear.play().catch(() => undefined)
  }
  connection.onconnectionstatechange = () => {
    if (connection === peer && connection.connectionState === 'failed') end('lost')
  }
  await connection.setLocalDescription(await connection.createOffer())
  await new Promise<void>((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve()
    const waited = setTimeout(resolve, 1500)
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState !== 'complete') return
      clearTimeout(waited)
      resolve()
    }
  })
  return connection.localDescription?.sdp ?? ''
}

/** Keys of menus. */
export function press(digits: string): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'digits', digits } satisfies FromDesk))
}

export function mute(muted: boolean): void {
  for (const track of mouth?.getAudioTracks() ?? []) track.enabled = !muted
  set({ muted })
}

export function hangUp(fault: Fault | null = null): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'hangUp' } satisfies FromDesk))
  end(fault)
}

function end(fault: Fault | null): void {
  if (line.step !== 'connecting' && line.step !== 'calling') return
  close()
  set({ ...idle, step: 'ended', fault })
}

function close(): void {
  clearTimeout(watch)
  attempts = 1
  const closing = socket
  socket = null
  closing?.close()
  peer?.close()
  peer = null
  for (const track of mouth?.getTracks() ?? []) track.stop()
  mouth = null
  void audio?.close()
  audio = null
  if (ear) ear.srcObject = null
}
