// Native media: SIP in this thread, sound in a worker, together the MediaPort that control orders about.
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { CreateMedia, LegCause, MediaFigures, MediaHappening, MediaOptions, MediaOrder, MediaPort, TapFrame } from '../media-port.ts'
import { readBinding, storeBinding } from '../sip/registrar.ts'
import { startUserAgent, type UserAgent } from '../sip/user-agent.ts'
import { createLines } from './lines.ts'
import { startMediaThread, type MediaThread } from './workers.ts'
import type { FromWorker, SoundOrder } from './worker-messages.ts'

/** Prompts that come with the exchange. */
export const SHIPPED_PROMPTS = join(import.meta.dirname, '../../prompts')

type Log = Parameters<CreateMedia>[1]
type Listeners = Parameters<MediaPort['start']>[0]

const FLOOD_OVER_MS = 10_000

/** The address to write into descriptions when all are bound. */
function spokenAddress(options: MediaOptions): string {
  if (options.publicAddress) return options.publicAddress
  if (options.address !== '0.0.0.0' && options.address !== '::') return options.address
  const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find((one) => !one.internal && (options.address === '::' || one.family === 'IPv4'))
  return outside?.address ?? '127.0.0.1'
}

export const createMedia: CreateMedia = (options, log) => new NativeMedia(options, log)

class NativeMedia implements MediaPort {
  readonly #options: MediaOptions
  readonly #log: Log
  #listeners: Listeners | null = null
  #agent: UserAgent | null = null
  #thread: MediaThread | null = null
  #lines: ReturnType<typeof createLines> | null = null
  readonly #browsers = new Map<string, { lost: boolean; told: boolean; cause: LegCause | null }>()
  readonly #floods = new Map<string, NodeJS.Timeout>()
  readonly #recordings = new Set<string>()
  #threadDeaths = 0
  readonly #counts = { offers_refused_total: 0, sound_lost_total: 0 }

  constructor(options: MediaOptions, log: Log) {
    this.#options = options
    this.#log = log
  }

  async start(listeners: Listeners): Promise<void> {
    this.#listeners = listeners
    const { address, publicAddress, rtpPorts, spool, prompts, sipPort, tls } = this.#options
    mkdirSync(spool, { recursive: true, mode: 0o700 })
    const spoken = spokenAddress(this.#options)
    this.#thread = await startMediaThread({ address, ...(spoken === address ? {} : { publicAddress: spoken }), rtpPorts, spool, prompts: [prompts, SHIPPED_PROMPTS] }, (message) => this.#heard(message), (error) => this.#threadDied(error))
    this.#agent = await startUserAgent({
      listen: [{ transport: 'udp', address, port: sipPort }, { transport: 'tcp', address, port: sipPort }, ...(tls ? [{ transport: 'tls' as const, address, port: tls.port }] : [])],
      ...(tls ? { tls } : {}),
      ...(spoken === address ? {} : { publicAddress: publicAddress ?? spoken }),
      onCall: (call, source) => this.#lines?.incoming(call, source),
      onTrunk: (trunk) => this.#tell({ kind: 'trunk', trunk: trunk.config.id, state: trunk.state === 'up' ? 'up' : 'down', reason: trunk.reason, channels: trunk.channels }),
      onRegistered: (user, binding, expiresInS) => this.#tell({ kind: 'registered', tenant: user.tenant, user: user.user, contact: binding.contact, expiresInS, binding: storeBinding(binding) }),
      onUnregistered: (user) => this.#tell({ kind: 'unregistered', tenant: user.tenant, user: user.user }),
      onFlood: (from) => this.#flood(from),
      onLog: (what, data) => this.#log('warn', what, data),
    })
    this.#lines = createLines({ agent: this.#agent, address: spoken, post: (message) => this.#thread?.post(message), tell: (happening) => this.#tell(happening), newId: () => randomUUID(), unspeakable: (reference) => this.#unspeakable(reference) })
    this.#log('info', 'media started', { address, sipPort, rtp: `${rtpPorts.from}-${rtpPorts.to}` })
  }

  /** Never inside `order`: control's reducers must not be entered again while they speak. */
  #tell(happening: MediaHappening): void {
    queueMicrotask(() => this.#listeners?.tell(happening))
  }

  order(order: MediaOrder): void {
    try {
      this.#carryOut(order)
    } catch (error) {
      this.#log('error', 'order failed', { kind: order.kind, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }

  #carryOut(order: MediaOrder): void {
    const [lines, thread, agent] = [this.#lines, this.#thread, this.#agent]
    if (!lines || !thread || !agent) return
    switch (order.kind) {
      case 'configure':
        return agent.configure(order.lines)
      case 'originate':
        return lines.originate(order)
      case 'ring':
        return lines.ring(order.leg, order.early)
      case 'answer':
        return lines.answer(order.leg)
      case 'refuse':
        return lines.refuse(order.leg, order.status)
      case 'restore':
        return lines.restore(order.leg, order.dialog)
      case 'rebind': {
        const user = agent.userOf(order.tenant, order.user)
        const binding = readBinding(order.binding)
        if (user && binding) agent.registrar.restore(user, binding, order.expiresInS)
        return
      }
      case 'hangUp':
        return this.#hangUp(order.leg, order.cause)
      case 'probe':
        return this.#probe(order.leg)
      case 'browserOffer':
        this.#browsers.set(order.leg, { lost: false, told: this.#browsers.get(order.leg)?.told ?? false, cause: null })
        return thread.post(order)
      case 'record':
        this.#recordings.add(order.recording)
        return thread.post(order)
      default:
        return thread.post(order satisfies SoundOrder)
    }
  }

  #hangUp(leg: string, cause: LegCause): void {
    if (!this.#browsers.delete(leg)) return this.#lines?.hangUp(leg, cause)
    this.#thread?.post({ kind: 'close', leg })
    this.#tell({ kind: 'ended', leg, cause, by: 'near' })
  }

  #probe(leg: string): void {
    const browser = this.#browsers.get(leg)
    if (browser) this.#tell({ kind: 'probed', leg, alive: !browser.lost })
    else this.#lines?.probe(leg)
  }

  #heard(message: FromWorker): void {
    switch (message.kind) {
      case 'opened':
        return this.#lines?.opened(message.leg, message.port)
      case 'closed':
        if (!this.#browsers.delete(message.leg)) return this.#lines?.failed(message.leg, message.reason)
        return this.#tell({ kind: 'ended', leg: message.leg, cause: 'mediaLost', by: 'far', reason: message.reason })
      case 'frames':
        for (const frame of message.frames) this.#listeners?.frames(frame satisfies TapFrame)
        return
      case 'log':
        return this.#log(message.level, message.text, message.data)
      case 'browserAnswer': {
        const browser = this.#browsers.get(message.leg)
        if (!browser) return
        this.#tell(message)
        if (!browser.told) this.#tell({ kind: 'answered', leg: message.leg, codec: 'PCMA' })
        browser.told = true
        return
      }
      case 'media': {
        const browser = this.#browsers.get(message.leg)
        if (browser) browser.lost = message.state === 'lost'
        if (message.state === 'lost') {
          this.#counts.sound_lost_total++
          this.#log('warn', 'no sound comes from a leg', { leg: message.leg })
        }
        return this.#ofKnownLeg(message)
      }
      case 'digit': case 'played': case 'quality':
        return this.#ofKnownLeg(message)
      case 'recording':
        if (message.state !== 'started') this.#recordings.delete(message.recording)
        return this.#tell(message)
      case 'alarm':
        return this.#tell(message)
      default:
    }
  }

  /** Nothing is told of a leg after its end. */
  #ofKnownLeg(happening: MediaHappening & { leg: string }): void {
    if (this.#browsers.has(happening.leg) || this.#lines?.has(happening.leg)) this.#tell(happening)
  }

  #unspeakable(reference: string): void {
    this.#counts.offers_refused_total++
    this.#log('warn', 'an offer without a codec of ours: 488', { reference })
  }

  #flood(from: string): void {
    const running = this.#floods.get(from)
    if (running) return void running.refresh()
    if (this.#floods.size > 1000) return
    this.#tell({ kind: 'alarm', alarm: 'flood', detail: from, over: false })
    this.#floods.set(from, setTimeout(() => {
      this.#floods.delete(from)
      this.#tell({ kind: 'alarm', alarm: 'flood', detail: from, over: true })
    }, FLOOD_OVER_MS).unref())
  }

  /** Sound is gone, calls cannot be kept: each is ended honestly, and what was being recorded is closed by its own head on disk. */
  #threadDied(error: string): void {
    this.#threadDeaths++
    this.#log('error', 'the media thread died and was started again', { error })
    this.#tell({ kind: 'alarm', alarm: 'worker', detail: error, over: false })
    for (const leg of this.#browsers.keys()) this.#tell({ kind: 'ended', leg, cause: 'engineFailure', by: 'media', reason: error })
    this.#browsers.clear()
    for (const recording of this.#recordings) this.#tell({ kind: 'recording', recording, state: 'failed', reason: 'the media thread died' })
    this.#recordings.clear()
    this.#lines?.hangUpAll('engineFailure')
    this.#tell({ kind: 'alarm', alarm: 'worker', detail: 'started again', over: true })
  }

  figures(): MediaFigures {
    const sip: MediaFigures = {}
    for (const [name, value] of Object.entries(this.#agent?.figures() ?? {})) sip[`sip_${name.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`] = value
    return { ...this.#thread?.figures(), ...sip, media_browser_legs: this.#browsers.size, media_thread_deaths_total: this.#threadDeaths, media_offers_refused_total: this.#counts.offers_refused_total, media_sound_lost_total: this.#counts.sound_lost_total }
  }

  async stop(): Promise<void> {
    for (const timer of this.#floods.values()) clearTimeout(timer)
    await this.#agent?.close()
    await this.#thread?.stop()
    this.#listeners = null
  }
}
