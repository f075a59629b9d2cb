// FreeSWITCH as media: orders become commands of its event socket, its events become happenings. Signalling, sound and recordings are its own;
// control, queues and policy stay here. Browser legs and taps of sound it does not carry: see docs/telephone.md.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { CreateMedia, LegCause, MediaFigures, MediaHappening, MediaLines, MediaOrder, MediaPort } from '../media-port.ts'
import { openEsl, type Esl, type EslEvent } from './esl.ts'
import { causeOf, killOf, killOfStatus, originateOf, safe, soundsOf, type Folders } from './words.ts'

export type FreeSwitchOptions = { host: string; port: number; password: string; spool: string; folders: Folders }
type Log = Parameters<CreateMedia>[1]
type Playing = { play: string; left: number; mode: 'replace' | 'over'; path: string; stopped: boolean }
type Leg = { up: boolean; incoming: boolean; killed: LegCause | null; playing: Playing | null; collects: boolean; trunk?: string; room: string | null; member: string | null }
type Recording = { on: string; file: string; masked: boolean }

const EVENTS = ['CHANNEL_PARK', 'CHANNEL_PROGRESS', 'CHANNEL_PROGRESS_MEDIA', 'CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE', 'PLAYBACK_STOP', 'DTMF', 'RECORD_START', 'RECORD_STOP', 'CUSTOM', 'conference::maintenance', 'sofia::gateway_state', 'sofia::register', 'sofia::unregister', 'sofia::expire']

export const freeSwitchMedia = (options: FreeSwitchOptions, log: Log): MediaPort => new FreeSwitchMedia(options, log)

class FreeSwitchMedia implements MediaPort {
  readonly #options: FreeSwitchOptions
  readonly #log: Log
  #esl: Esl | null = null
  #tellUp: ((happening: MediaHappening) => void) | null = null
  #lines: MediaLines = { trunks: [], users: [] }
  readonly #legs = new Map<string, Leg>()
  readonly #rooms = new Map<string, string[]>()
  readonly #recordings = new Map<string, Recording>()
  readonly #counts = { ignored_orders_total: 0, refused_commands_total: 0, down_total: 0 }

  constructor(options: FreeSwitchOptions, log: Log) {
    this.#options = options
    this.#log = log
  }

  start(listeners: Parameters<MediaPort['start']>[0]): Promise<void> {
    this.#tellUp = listeners.tell
    return new Promise((resolve) => {
      const { host, port, password } = this.#options
      this.#esl = openEsl({
        host, port, password, events: EVENTS, onEvent: (event) => this.#happened(event),
        onUp: () => {
          this.#tell({ kind: 'alarm', alarm: 'freeswitch', detail: '', over: true })
          this.#log('info', 'FreeSWITCH is connected', { host, port })
          void this.#lookAgain()
          resolve()
        },
        onDown: (reason) => {
          this.#counts.down_total += 1
          this.#log('error', 'FreeSWITCH is away', { reason })
          this.#tell({ kind: 'alarm', alarm: 'freeswitch', detail: reason, over: false })
        },
      })
    })
  }

  #tell(happening: MediaHappening): void {
    queueMicrotask(() => this.#tellUp?.(happening))
  }

  /** A command whose answer does not matter to control; what FreeSWITCH refuses is counted and logged. */
  #do(command: string): void {
    void this.#esl?.api(command).then((answer) => {
      if (!answer.startsWith('-')) return
      this.#counts.refused_commands_total += 1
      this.#log('warn', 'FreeSWITCH refused a command', { command: command.split(' ')[0], answer: answer.slice(0, 120) })
    })
  }

  order(order: MediaOrder): void {
    if ('leg' in order && order.kind !== 'originate' && order.kind !== 'browserOffer' && order.kind !== 'restore' && (!this.#legs.has(order.leg) || !safe(order.leg))) {
      this.#counts.ignored_orders_total += 1
      return
    }
    switch (order.kind) {
      case 'configure': this.#lines = order.lines; return
      case 'originate': return this.#originate(order)
      case 'ring': return this.#do(order.early ? `uuid_pre_answer ${order.leg}` : `uuid_ring_ready ${order.leg}`)
      case 'answer': return this.#do(`uuid_answer ${order.leg}`)
      case 'refuse': return this.#kill(order.leg, 'refused', killOfStatus(order.status))
      case 'hangUp': return this.#kill(order.leg, order.cause, killOf(order.cause))
      case 'mix': return this.#mix(order.room, order.members)
      case 'play': return this.#play(order)
      case 'stopPlaying': return this.#stopPlaying(order.leg)
      case 'collect': { const leg = this.#legs.get(order.leg); if (leg) leg.collects = order.on; return }
      case 'sendDigits': return /^[0-9*#A-D]{1,40}$/.test(order.digits) ? this.#do(`uuid_send_dtmf ${order.leg} ${order.digits}`) : undefined
      case 'record': return this.#record(order)
      case 'stopRecording': { const held = this.#recordings.get(order.recording); if (held) this.#do(`uuid_record ${held.on} stop ${held.file}`); return }
      case 'echo': return this.#do(order.on ? `uuid_transfer ${order.leg} echo inline` : `uuid_park ${order.leg}`)
      case 'probe': void this.#esl?.api(`uuid_exists ${order.leg}`).then((answer) => this.#tell({ kind: 'probed', leg: order.leg, alive: answer === 'true' })); return
      case 'restore': return void this.#restore(order.leg)
      case 'rebind': return void this.#rebind(order)
      case 'browserOffer': return this.#tell({ kind: 'ended', leg: order.leg, cause: 'engineFailure', by: 'media', reason: 'browser legs need native media' })
      case 'tap': case 'stopTap': case 'browserCandidate': this.#counts.ignored_orders_total += 1; return
    }
  }

  #add(leg: string, incoming: boolean): Leg {
    const one: Leg = { up: false, incoming, killed: null, playing: null, collects: false, room: null, member: null }
    this.#legs.set(leg, one)
    return one
  }

  #originate(order: Extract<MediaOrder, { kind: 'originate' }>): void {
    const command = originateOf(order, this.#lines)
    if (command === null || !this.#esl?.connected()) return this.#tell({ kind: 'ended', leg: order.leg, cause: order.target.kind === 'number' ? 'trunkFailure' : 'noAnswer', by: 'media', reason: command === null ? 'nowhere to call' : 'FreeSWITCH is away' })
    const leg = this.#add(order.leg, false)
    if (order.target.kind === 'number' && order.target.trunks[0]) leg.trunk = order.target.trunks[0]
    // `originate` answers only when it is answered or over: commands behind it must not wait.
    void this.#esl.background(command).then((answer) => { if (answer.startsWith('-')) this.#ended(order.leg, causeOf(answer.replace(/^-ERR /, '')), 'far') })
  }

  #kill(id: string, cause: LegCause, word: string): void {
    const leg = this.#legs.get(id)
    if (!leg || leg.killed !== null) return
    leg.killed = cause
    this.#do(`uuid_kill ${id} ${word}`)
  }

  #ended(id: string, cause: LegCause, by: 'far' | 'near' | 'media', status?: number): void {
    if (!this.#legs.delete(id)) return
    this.#tell({ kind: 'ended', leg: id, cause, by, ...(status ? { status } : {}) })
  }

  /** Two that hear each other are bridged; more, or one-sided hearing, is a conference in which relations say who hears whom. */
  #mix(room: string, members: { leg: string; hears: string[] }[]): void {
    const known = members.filter((m) => this.#legs.has(m.leg))
    const before = this.#rooms.get(room) ?? []
    for (const gone of before.filter((id) => !known.some((m) => m.leg === id))) if (this.#legs.get(gone)?.room === room) this.#leave(gone)
    if (known.length === 0) { this.#rooms.delete(room); return }
    this.#rooms.set(room, known.map((m) => m.leg))
    const [a, b] = known
    for (const m of known) { const leg = this.#legs.get(m.leg); if (leg) leg.room = room }
    if (a && b && known.length === 2 && a.hears.includes(b.leg) && b.hears.includes(a.leg) && !this.#legs.get(a.leg)?.member && !this.#legs.get(b.leg)?.member) return this.#do(`uuid_bridge ${a.leg} ${b.leg}`)
    if (!safe(room)) return
    for (const m of known) if (!this.#legs.get(m.leg)?.member) this.#do(`uuid_transfer ${m.leg} conference:${room}@minsheng inline`)
    this.#relate(room, known)
  }

  #relate(room: string, members: { leg: string; hears: string[] }[]): void {
    for (const one of members) for (const two of members) {
      const [mine, theirs] = [this.#legs.get(one.leg)?.member, this.#legs.get(two.leg)?.member]
      if (one.leg !== two.leg && mine && theirs) this.#do(`conference ${room} relate ${mine} ${theirs} ${one.hears.includes(two.leg) ? 'clear' : 'nohear'}`)
    }
    this.#wanted.set(room, members)
  }

  readonly #wanted = new Map<string, { leg: string; hears: string[] }[]>()

  #leave(id: string): void {
    const leg = this.#legs.get(id)
    if (!leg) return
    leg.room = null
    leg.member = null
    this.#do(`uuid_park ${id}`)
  }

  #play(order: Extract<MediaOrder, { kind: 'play' }>): void {
    const leg = this.#legs.get(order.leg)
    if (!leg) return
    if (leg.playing) this.#stopPlaying(order.leg)
    const found = soundsOf(order.sounds, this.#options.folders)
    if ('missing' in found) return this.#tell({ kind: 'played', leg: order.leg, play: order.play, how: 'failed', file: found.missing })
    leg.playing = { play: order.play, left: order.times, mode: order.mode, path: found.path, stopped: false }
    this.#begin(order.leg, leg.playing)
  }

  #begin(id: string, playing: Playing): void {
    this.#do(playing.mode === 'over' ? `uuid_displace ${id} start ${playing.path} 0 mux` : `uuid_broadcast ${id} ${playing.left === 0 ? 'endless_playback' : 'playback'}::${playing.path} aleg`)
  }

  #stopPlaying(id: string): void {
    const leg = this.#legs.get(id)
    if (!leg?.playing) return
    const { play, mode, path: file } = leg.playing
    leg.playing = null
    this.#do(mode === 'over' ? `uuid_displace ${id} stop ${file}` : `uuid_break ${id} all`)
    this.#tell({ kind: 'played', leg: id, play, how: 'stopped' })
  }

  /** Of the outside leg: its own voice is left, all it hears is right. Silence (hold) is a mask, so that the length is that of the call. */
  #record(order: Extract<MediaOrder, { kind: 'record' }>): void {
    const held = this.#recordings.get(order.recording)
    const silent = order.left.length === 0 && order.right.length === 0
    if (held) {
      if (silent !== held.masked) this.#do(`uuid_record ${held.on} ${silent ? 'mask' : 'unmask'} ${held.file}`)
      held.masked = silent
      return
    }
    const on = order.left[0] ?? order.right[0]
    if (!on || !this.#legs.has(on) || !safe(order.recording)) return this.#tell({ kind: 'recording', recording: order.recording, state: 'failed', reason: 'nobody to record' })
    const file = path.join(this.#options.spool, `${order.recording}.wav`)
    this.#recordings.set(order.recording, { on, file, masked: false })
    if (order.left.length === 0) this.#do(`uuid_setvar ${on} RECORD_STEREO_SWAP true`)
    void this.#esl?.api(`uuid_record ${on} start ${file}${order.maxMs ? ` ${Math.ceil(order.maxMs / 1000)}` : ''}`).then((answer) => {
      if (!answer.startsWith('-')) return
      this.#recordings.delete(order.recording)
      this.#tell({ kind: 'recording', recording: order.recording, state: 'failed', reason: answer.slice(0, 120) })
    })
  }

  async #recorded(recording: string, held: Recording, ms: number): Promise<void> {
    this.#recordings.delete(recording)
    try {
      const hash = createHash('sha256')
      await pipeline(createReadStream(held.file), hash)
      this.#tell({ kind: 'recording', recording, state: 'finished', ms, bytes: (await stat(held.file)).size, sha256: hash.digest('hex') })
    } catch (error) {
      this.#tell({ kind: 'recording', recording, state: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }

  /** Calls go on in FreeSWITCH while the exchange is away: a leg is there or it is not. */
  async #restore(id: string): Promise<void> {
    if (!safe(id) || (await this.#esl?.api(`uuid_exists ${id}`)) !== 'true') return this.#tell({ kind: 'ended', leg: id, cause: 'engineFailure', by: 'media', reason: 'gone meanwhile' })
    this.#add(id, false).up = true
    this.#tell({ kind: 'restored', leg: id })
  }

  async #lookAgain(): Promise<void> {
    for (const id of this.#legs.keys()) if ((await this.#esl?.api(`uuid_exists ${id}`)) === 'false') this.#ended(id, 'engineFailure', 'media')
  }

  async #rebind(order: Extract<MediaOrder, { kind: 'rebind' }>): Promise<void> {
    const user = this.#lines.users.find((u) => u.tenant === order.tenant && u.user === order.user)
    const contact = user && safe(user.user) && safe(user.realm) ? await this.#esl?.api(`sofia_contact ${user.user}@${user.realm}`) : undefined
    if (contact && contact.startsWith('sofia/')) this.#tell({ kind: 'registered', tenant: order.tenant, user: order.user, contact, expiresInS: order.expiresInS, binding: order.binding })
  }

  #happened(e: EslEvent): void {
    const id = e['Unique-ID'] ?? ''
    const leg = this.#legs.get(id)
    switch (e['Event-Name']) {
      case 'CHANNEL_PARK':
        // A channel that nobody here began and that has not been seen: the dial plan hands it over.
        return !leg && e['Call-Direction'] === 'inbound' ? this.#incoming(id, e) : undefined
      case 'CHANNEL_PROGRESS': case 'CHANNEL_PROGRESS_MEDIA':
        return leg && !leg.incoming && !leg.up ? this.#tell({ kind: 'progress', leg: id, early: e['Event-Name'] === 'CHANNEL_PROGRESS_MEDIA', ...trunkOf(leg, e) }) : undefined
      case 'CHANNEL_ANSWER':
        if (!leg || leg.up) return
        leg.up = true
        this.#tell({ kind: 'answered', leg: id, codec: e['Channel-Read-Codec-Name'] ?? 'PCMA', ...trunkOf(leg, e) })
        return this.#tell({ kind: 'dialog', leg: id, dialog: JSON.stringify({ freeswitch: id }) })
      case 'CHANNEL_HANGUP_COMPLETE': {
        if (!leg) return
        const status = Number(e['variable_sip_invite_failure_status'] ?? e['variable_sip_term_status'] ?? 0)
        return this.#ended(id, leg.killed ?? causeOf(e['Hangup-Cause'] ?? ''), leg.killed ? 'near' : 'far', status >= 300 ? status : undefined)
      }
      case 'PLAYBACK_STOP': return leg ? this.#playbackStopped(id, leg, e) : undefined
      case 'DTMF': return leg?.collects && /^[0-9*#A-D]$/.test(e['DTMF-Digit'] ?? '') ? this.#tell({ kind: 'digit', leg: id, digit: e['DTMF-Digit'] ?? '' }) : undefined
      case 'RECORD_START': case 'RECORD_STOP': {
        const found = [...this.#recordings].find(([, r]) => r.file === e['Record-File-Path'])
        if (!found) return
        if (e['Event-Name'] === 'RECORD_START') return this.#tell({ kind: 'recording', recording: found[0], state: 'started' })
        return void this.#recorded(found[0], found[1], Number(e['variable_record_ms'] ?? 0))
      }
      case 'CUSTOM': return this.#custom(e)
      default:
    }
  }

  #playbackStopped(id: string, leg: Leg, e: EslEvent): void {
    const { playing } = leg
    if (!playing || playing.left === 0) return
    if (e['Playback-Status'] !== 'done') {
      leg.playing = null
      return this.#tell({ kind: 'played', leg: id, play: playing.play, how: e['Playback-Status'] === 'break' ? 'stopped' : 'failed' })
    }
    playing.left -= 1
    if (playing.left > 0) return this.#begin(id, playing)
    leg.playing = null
    this.#tell({ kind: 'played', leg: id, play: playing.play, how: 'done' })
  }

  #incoming(id: string, e: EslEvent): void {
    const gateway = e['variable_sip_gateway_name'] ?? e['variable_sip_gateway'] ?? ''
    const user = this.#lines.users.find((u) => u.user === e['variable_user_name'] && u.realm === e['variable_domain_name'])
    const address = e['variable_sip_network_ip'] ?? ''
    const trunk = this.#lines.trunks.find((t) => t.id === gateway) ?? this.#lines.trunks.find((t) => t.host === address || t.accept.includes(address))
    if (!user && !trunk) return this.#do(`uuid_kill ${id} CALL_REJECTED`)
    const leg = this.#add(id, true)
    if (trunk) leg.trunk = trunk.id
    this.#do(`uuid_setvar_multi ${id} hangup_after_bridge=false;park_after_bridge=true;RECORD_STEREO=true`)
    const number = e['Caller-Caller-ID-Number'] ?? ''
    this.#tell({ kind: 'incoming', leg: id, source: user ? { kind: 'extension', tenant: user.tenant, user: user.user, address } : { kind: 'trunk', trunk: trunk?.id ?? '', address }, from: { number, name: e['Caller-Caller-ID-Name'] ?? '', hidden: number === '' || /anonymous/i.test(number) || e['Caller-Privacy-Hide-Number'] === 'true' }, to: e['Caller-Destination-Number'] ?? '', reference: e['variable_sip_call_id'] ?? randomUUID() })
  }

  #custom(e: EslEvent): void {
    switch (e['Event-Subclass']) {
      case 'conference::maintenance': {
        const leg = this.#legs.get(e['Unique-ID'] ?? '')
        if (e['Action'] !== 'add-member' || !leg?.room || leg.room !== e['Conference-Name']) return
        leg.member = e['Member-ID'] ?? null
        return this.#relate(leg.room, this.#wanted.get(leg.room) ?? [])
      }
      case 'sofia::gateway_state': {
        const trunk = this.#lines.trunks.find((t) => t.id === e['Gateway'])
        const up = e['Ping-Status'] === 'UP' || (e['Ping-Status'] === undefined && (e['State'] === 'REGED' || e['State'] === 'NOREG'))
        return trunk ? this.#tell({ kind: 'trunk', trunk: trunk.id, state: up ? 'up' : 'down', ...(up ? {} : { reason: [e['State'], e['Phrase']].filter(Boolean).join(' ') }) }) : undefined
      }
      case 'sofia::register': case 'sofia::unregister': case 'sofia::expire': {
        const user = this.#lines.users.find((u) => u.user === (e['from-user'] ?? e['user']) && u.realm === (e['from-host'] ?? e['host']))
        if (!user) return
        if (e['Event-Subclass'] !== 'sofia::register') return this.#tell({ kind: 'unregistered', tenant: user.tenant, user: user.user })
        return this.#tell({ kind: 'registered', tenant: user.tenant, user: user.user, contact: e['contact'] ?? '', expiresInS: Number(e['expires'] ?? 60), binding: JSON.stringify({ freeswitch: e['contact'] ?? '' }) })
      }
      default:
    }
  }

  figures(): MediaFigures {
    return { ...this.#counts, legs: this.#legs.size, recordings: this.#recordings.size, freeswitch_up: this.#esl?.connected() ? 1 : 0 }
  }

  /** Calls stay in FreeSWITCH; the next start finds them. */
  stop(): Promise<void> {
    this.#esl?.close()
    return Promise.resolve()
  }
}

const trunkOf = (leg: Leg, e: EslEvent): { trunk?: string } => {
  const trunk = e['variable_sip_gateway_name'] ?? leg.trunk
  return trunk ? { trunk } : {}
}
