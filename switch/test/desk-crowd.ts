// Agents' pages in a process of their own: each keeps its socket and a WebRTC leg to the exchange, answers by itself, speaks a tone and counts what it hears; comes back when the exchange does.
// `node desk-crowd.ts '{"url":"ws://…/softphone","tickets":[…],"queues":["general"],"tone":600}'` → "ready" when all are ready for calls; words on stdin: `report`, `hangUp`, `stop`; a line of JSON for report and stop.
import { createInterface } from 'node:readline'
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { WebSocket } from 'ws'
import { ENGINE_PORT_VERSION, toDesk, type AgentView, type FromDesk } from '../src/engine-port.ts'
import { ALAW, FRAME, TO_ALAW } from '../src/rtp/g711.ts'
import { energyOf, toneEnergy } from '../src/rtp/goertzel.ts'
import { seqDelta } from '../src/rtp/packet.ts'

export type CrowdOrder = { url: string; tickets: string[]; queues: string[]; tone: number; listen: number | null }
export type CrowdReport = { connected: number; states: Record<string, number>; received: number; lost: number; sent: number; rings: number; answered: number; connections: number; refused: string[]; /** share of loud frames in which the tone asked for was the loudest part */ tone: number; ringMs: number[] }

const order = JSON.parse(process.argv[2] ?? '{}') as CrowdOrder
const codec = (mimeType: string, payloadType: number): RTCRtpCodecParameters => new RTCRtpCodecParameters({ mimeType, clockRate: 8000, channels: 1, payloadType })
const sound = Uint8Array.from({ length: 8000 }, (_, i) => TO_ALAW[32_768 + Math.round(8000 * Math.sin((2 * Math.PI * order.tone * i) / 8000))] ?? 0)
const total = { received: 0, lost: 0, sent: 0, rings: 0, answered: 0, connections: 0, loud: 0, toned: 0 }
const refused: string[] = []
const linear = new Int16Array(FRAME)
let stopping = false

function page(ticket: string, index: number) {
  let socket: WebSocket | null = null
  let connection: RTCPeerConnection | null = null
  let track = new MediaStreamTrack({ kind: 'audio' })
  let me: AgentView | null = null
  let [requests, sequence, live, signedIn] = [0, 0, false, false]
  const send = (message: FromDesk): void => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(message))
  }
  const act = (one: Extract<FromDesk, { type: 'act' }>['act'], callId: string | null = null): void => send({ type: 'act', requestId: `r${++requests}`, callId, act: one })

  /** As an agent does: 'ready' is pressed again until it is so. */
  function ready(): void {
    if (live && (me?.state === 'busy' || me?.state === 'forcedBusy')) act({ kind: 'setState', agent: 'self', state: 'ready', minutes: null, reason: null })
  }
  let offeredAt = 0
  const pressing = setInterval(() => {
    ready()
    // A handshake that a busy machine did not finish in time is begun anew.
    if (!live && offeredAt > 0 && performance.now() - offeredAt > 20_000) void offer()
  }, 500)

  function hear(made: RTCPeerConnection): void {
    const [highest, first] = [new Map<number, number>(), new Map<number, number>()]
    made.onTrack.subscribe((remote) => remote.onReceiveRtp.subscribe(({ header, payload }) => {
      total.received++
      const at = highest.get(header.ssrc)
      if (at === undefined) {
        highest.set(header.ssrc, header.sequenceNumber)
        first.set(header.ssrc, header.sequenceNumber)
      } else {
        const delta = seqDelta(header.sequenceNumber, at & 0xffff)
        if (delta > 1) total.lost += delta - 1
        else if (delta < 0) total.lost-- // came after all
        if (delta > 0) highest.set(header.ssrc, at + delta)
      }
      // Every tenth frame is listened to: the ear must not cost more than the mouth.
      if (order.listen === null || payload.length !== FRAME || header.sequenceNumber % 10 !== 0) return
      for (let i = 0; i < FRAME; i++) linear[i] = ALAW[payload[i] ?? 0] ?? 0
      const energy = energyOf(linear, 0, FRAME)
      if (energy < 10_000) return
      total.loud++
      if (toneEnergy(linear, 0, FRAME, order.listen) / 2 > energy * 0.25) total.toned++
    }))
  }
  async function offer(): Promise<void> {
    offeredAt = performance.now()
    void connection?.close().catch(() => {})
    const made = new RTCPeerConnection({ codecs: { audio: [codec('audio/PCMA', 8), codec('audio/telephone-event', 101)], video: [] }, iceServers: [], bundlePolicy: 'max-bundle', iceInterfaceAddresses: { udp4: '127.0.0.1' }, iceAdditionalHostAddresses: ['127.0.0.1'], iceUseIpv6: false })
    connection = made
    live = false
    track = new MediaStreamTrack({ kind: 'audio' })
    made.addTransceiver(track, { direction: 'sendrecv' })
    hear(made)
    made.connectionStateChange.subscribe((state) => {
      if (connection !== made) return
      live = state === 'connected'
      if (live) total.connections++
      if (live) ready()
    })
    await made.setLocalDescription(await made.createOffer())
    if (connection === made) send({ type: 'offer', sdp: made.localDescription?.sdp ?? '' })
  }
  function take(text: string): void {
    const message = toDesk.parse(JSON.parse(text))
    switch (message.type) {
      case 'welcome':
        me = message.me
        send({ type: 'alive', n: 0, microphone: 'on' })
        // Signing in is the agent's own act, also where somebody else's page left the seat.
        if (!me || !signedIn) send({ type: 'signIn', requestId: `r${++requests}`, queues: order.queues, device: 'browser', answerMode: 'automatic', force: true })
        signedIn = true
        void offer()
        return
      case 'probe': return send({ type: 'alive', n: message.n, microphone: 'on' })
      case 'answer': return void connection?.setRemoteDescription({ type: 'answer', sdp: message.sdp }).catch((error: unknown) => refused.push(String(error)))
      case 'me': {
        const was = me
        me = message.me
        ready()
        if (me?.state === 'talking' && was?.state !== 'talking') total.answered++
        return
      }
      case 'ring':
        total.rings++
        return
      case 'refused':
        refused.push(`${message.code} ${message.detail}`)
        return
      case 'result':
        if (message.result.status >= 400) refused.push(`${message.result.code ?? ''} ${message.result.status}`)
        return
      default:
    }
  }
  function connect(): void {
    const made = new WebSocket(order.url)
    socket = made
    made.on('open', () => send({ type: 'hello', version: ENGINE_PORT_VERSION, ticket, page: `page-${process.pid}-${index}` }))
    made.on('message', (data) => take(String(data)))
    made.on('error', () => {})
    made.on('close', () => {
      if (!stopping) setTimeout(connect, 200)
    })
  }
  setTimeout(connect, index * 100)
  return {
    speak(at: number): void {
      if (!live) return
      sequence = (sequence + 1) & 0xffff
      const from = (at % 50) * FRAME
      track.writeRtp(new RtpPacket(new RtpHeader({ payloadType: 8, sequenceNumber: sequence, timestamp: (at * FRAME) >>> 0, ssrc: index + 1, marker: false }), Buffer.from(sound.subarray(from, from + FRAME))))
      total.sent++
    },
    view: () => ({ state: me?.state ?? 'none', live }),
    hangUp(): void {
      if (me?.callId) act({ kind: 'hangUp', agent: 'self' }, me.callId)
    },
    close(): void {
      clearInterval(pressing)
      socket?.terminate()
      void connection?.close().catch(() => {})
    },
  }
}

const pages = order.tickets.map(page)
let frame = 0
const began = performance.now()
setInterval(() => {
  while (frame < Math.floor((performance.now() - began) / 20)) {
    frame++
    for (const one of pages) one.speak(frame)
  }
}, 10)

function report(): CrowdReport {
  const states: Record<string, number> = {}
  for (const one of pages) states[one.view().state] = (states[one.view().state] ?? 0) + 1
  const { loud, toned, ...rest } = total
  return { ...rest, connected: pages.filter((one) => one.view().live).length, states, refused: refused.slice(0, 20), tone: loud > 0 ? toned / loud : 0, ringMs: [] }
}
setTimeout(() => process.stderr.write(pages.every((one) => one.view().state !== 'none') ? '' : `pages: ${JSON.stringify(report())}\n`), 15_000).unref()
const waiting = setInterval(() => {
  if (!pages.every((one) => one.view().live && one.view().state === 'ready')) return
  clearInterval(waiting)
  process.stdout.write('ready\n')
}, 50)
process.on('unhandledRejection', (error) => refused.push(String(error)))
for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'hangUp') for (const one of pages) one.hangUp()
  if (word === 'report' || word === 'stop') process.stdout.write(`${JSON.stringify(report())}\n`)
  if (word === 'stop') break
}
stopping = true
for (const one of pages) one.close()
process.exit(0)
