// The exchange itself: tenants with their worlds, media below, journal beside, servers and desks above. Everything that happened is in the journal before anybody is told.
import { mkdir, readFile, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type CommandResult, type Deployment, type EngineCommand, type Policy, type ToDesk, deployment as deploymentShape, policy as policyShape } from '../engine-port.ts'
import { audit } from '../control/audit.ts'
import type { Agent } from '../control/agent.ts'
import { type Driver, newDriver } from '../control/driver.ts'
import type { Call } from '../control/call.ts'
import { checkFlow } from '../control/flow-check.ts'
import { liveOf } from '../control/live.ts'
import { normaliseNumber } from '../control/numbers.ts'
import { indexPolicy } from '../control/policy-index.ts'
import { load } from '../control/recovery.ts'
import { type Input, type Reduced, resultOf } from '../control/reduce.ts'
import { type Answer, type Callback, type World, newWorld, no, ok } from '../control/world.ts'
import { type Journal, type JournalRecord, openJournal } from '../journal/journal.ts'
import { seal, unsealed } from '../journal/seal.ts'
import type { MediaHappening, MediaOrder, MediaPort } from '../media-port.ts'
import { simulateFlow } from '../simulate/flow-simulation.ts'
import { newId, now } from './clock.ts'
import { type Delivery, newDelivery } from './delivery.ts'
import { askHttp } from './http-node.ts'
import type { Leases } from './leases.ts'
import { type RecordingMeta, forgetFile, recordingFile, repairWav } from './spool.ts'

export type Log = (level: 'info' | 'warn' | 'error', text: string, data?: Record<string, unknown>) => void
export type EngineOptions = { folder: string, media: MediaPort, leases: Leases, log: Log, /** 32 bytes */ key: Buffer, /** bytes of a journal segment */ segment?: number }
type Tenant = { name: string, driver: Driver, changed: boolean, timer: NodeJS.Timeout | null, tables: string }
export type Engine = {
  delivery: Delivery
  tenants: ReadonlyMap<string, Tenant>
  policies: () => Record<string, number>
  deploymentNumber: () => number
  /** Carries out a command; the answer comes when what it did is on disk. */
  command: (command: EngineCommand) => Promise<CommandResult>
  /** An input that is no command (desk, sign-in); null for an unknown tenant. */
  feed: (tenant: string, input: Input) => Answer | null
  /** Runs once everything so far is on disk. */
  durable: (run: () => void) => void
  onDesk: (tell: (tenant: string, agent: string, message: ToDesk) => void) => void
  onChange: (tell: (tenant: string, done: Reduced) => void) => void
  onHappening: (tell: (happening: MediaHappening) => boolean) => void
  /** Legs that a citizen's page holds: answered by us, not by media. */
  citizenLegs: Set<string>
  order: (order: MediaOrder) => void
  ownLeg: (leg: string, tenant: string) => void
  figures: () => Record<string, number>
  recording: (id: string) => Promise<{ file: string, size: number } | null>
  stop: () => Promise<void>
}

const RESULT_MS = 600_000

/** Opens journal and policies, starts media, recovers what was live. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { folder, media, leases, log } = options
  const policyFolder = path.join(folder, 'policies')
  await mkdir(policyFolder, { recursive: true, mode: 0o700 })
  const tenants = new Map<string, Tenant>()
  const legs = new Map<string, string>()
  const dialogs = new Map<string, string>()
  const recordings = new Map<string, RecordingMeta>()
  const results = new Map<string, { result: CommandResult, at: number }>()
  const trunks: World['trunks'] = new Map()
  let site: Deployment | null = null
  let tellDesk: (tenant: string, agent: string, message: ToDesk) => void = () => {}
  let tellChange: (tenant: string, done: Reduced) => void = () => {}
  let hear: (happening: MediaHappening) => boolean = () => false
  let healed = 0
  let rotating = false
  const citizenLegs = new Set<string>()

  // 1. What the journal knows.
  const old = { epoch: '', last: 0, acknowledged: 0, at: now(), events: [] as { seq: number }[], calls: new Map<string, { tenant: string, call: Call }>(), agents: new Map<string, { tenant: string, agent: Agent }>(), callbacks: new Map<string, { tenant: string, callback: Callback }>(), tables: new Map<string, Tables>() }
  const journal = await openJournal(path.join(folder, 'journal'), options.key, (r) => readRecord(r), (error) => log('error', 'journal cannot be written', { error: String(error) }))
  function readRecord(r: JournalRecord): void {
    switch (r.k) {
      case 'h': old.epoch = String(r.epoch); old.last = Math.max(old.last, Number(r.last)); old.acknowledged = Math.max(old.acknowledged, Number(r.acknowledged)); break
      case 'e': { const event = r.event as { seq: number, at: number }; old.last = Math.max(old.last, event.seq); old.at = event.at; old.events.push(event); break }
      case 'ack': old.acknowledged = Math.max(old.acknowledged, Number(r.upTo)); break
      case 'c': old.calls.set(String(r.id), { tenant: String(r.tenant), call: r.call as Call }); break
      case 'x': old.calls.delete(String(r.id)); break
      case 'a': if (r.agent) old.agents.set(`${String(r.tenant)} ${String(r.id)}`, { tenant: String(r.tenant), agent: r.agent as Agent }); else old.agents.delete(`${String(r.tenant)} ${String(r.id)}`); break
      case 'b': if (r.callback) old.callbacks.set(String(r.id), { tenant: String(r.tenant), callback: r.callback as Callback }); else old.callbacks.delete(String(r.id)); break
      case 'd': if (typeof r.dialog === 'string') dialogs.set(String(r.leg), r.dialog); else dialogs.delete(String(r.leg)); break
      case 'r': if (r.meta) recordings.set(String(r.id), r.meta as RecordingMeta); else recordings.delete(String(r.id)); break
      case 't': old.tables.set(String(r.tenant), r.tables as Tables); break
      default:
    }
  }
  const first = old.epoch === ''
  const epoch = first ? newId() : old.epoch
  const delivery = newDelivery(journal, { epoch, last: old.last, acknowledged: old.acknowledged, events: old.events.filter((e) => e.seq > old.acknowledged).sort((a, b) => a.seq - b.seq) })
  old.events = []
  const header = (): JournalRecord => ({ k: 'h', epoch, last: delivery.lastSeq(), acknowledged: delivery.acknowledged() })
  journal.append(header())

  function* snapshot(): Iterable<JournalRecord> {
    yield header()
    for (const [tenant, { driver: { world } }] of tenants) {
      for (const call of world.calls.values()) yield { k: 'c', tenant, id: call.id, call }
      for (const agent of world.agents.values()) yield { k: 'a', tenant, id: agent.id, agent }
      for (const callback of world.callbacks.values()) yield { k: 'b', tenant, id: callback.id, callback }
      yield { k: 't', tenant, tables: tablesOf(world) }
    }
    for (const [leg, dialog] of dialogs) yield { k: 'd', leg, dialog }
    for (const [id, meta] of recordings) yield { k: 'r', id, meta }
  }

  // 2. Tenants.
  function wake(tenant: Tenant): void {
    if (tenant.timer) clearTimeout(tenant.timer)
    const next = tenant.driver.nextDue()
    tenant.timer = next === null ? null : setTimeout(() => { tenant.driver.runDue(); wake(tenant) }, Math.min(Math.max(0, next - now()), 60_000))
  }
  function changed(name: string, done: Reduced): void {
    const tenant = tenants.get(name)
    for (const call of done.calls) {
      journal.append({ k: 'c', tenant: name, id: call.id, call })
      noteRecording(name, call)
    }
    for (const call of done.ended) { noteRecording(name, call); journal.append({ k: 'x', id: call.id }) }
    for (const { id, agent } of done.agents) journal.append({ k: 'a', tenant: name, id, agent })
    for (const { id, callback } of done.callbacks) journal.append({ k: 'b', tenant: name, id, callback })
    if (tenant) tenant.changed = true
    tellChange(name, done)
  }
  function noteRecording(tenant: string, call: Call): void {
    const running = call.recording
    for (const meta of [running ? recordings.get(running.id) : undefined]) {
      if (!running || (meta && meta.agents.length === call.agents.length)) continue
      const made: RecordingMeta = { id: running.id, tenant, call: call.id, segment: running.segment, startedAt: running.startedAt, offsetMs: running.startedAt - call.startedAt, agents: call.agents, box: running.box, number: call.direction === 'inbound' ? call.from : call.to, ready: false }
      recordings.set(running.id, made)
      journal.append({ k: 'r', id: running.id, meta: made })
    }
  }
  function order(name: string, it: MediaOrder): void {
    if ('leg' in it) {
      if (it.kind === 'originate' || it.kind === 'browserOffer' || it.kind === 'restore') legs.set(it.leg, name)
      if (it.kind === 'answer' && citizenLegs.has(it.leg)) return void setImmediate(() => feed(name, { kind: 'media', happening: { kind: 'answered', leg: it.leg, codec: 'PCMA' } }))
    }
    media.order(it)
  }
  function open(name: string): Tenant {
    const world = newWorld(name, newId)
    world.trunks = trunks
    const tenant: Tenant = { name, changed: true, timer: null, tables: '', driver: newDriver(world, {
      now, order: (it) => order(name, it), event: (callId, kind, data) => delivery.emit(name, callId, kind, data), desk: (agent, message) => journal.after(() => tellDesk(name, agent, message)),
      http: (request) => { askHttp(request).then((values) => feed(name, { kind: 'httpAnswer', call: request.call, values }), () => {}) },
      changed: (done) => changed(name, done),
    }) }
    tenants.set(name, tenant)
    return tenant
  }
  function feed(name: string, input: Input): Answer | null {
    const tenant = tenants.get(name)
    if (!tenant) return null
    try {
      const answer = tenant.driver.feed(input)
      wake(tenant)
      return answer
    } catch (error) {
      // One input that breaks a rule of ours must not take the other calls along.
      log('error', 'an input broke the control', { tenant: name, kind: input.kind, error: error instanceof Error ? error.stack ?? error.message : String(error) })
      delivery.emit(name, null, 'alarm', { alarm: 'controlFault', detail: input.kind, over: false })
      wake(tenant)
      return no(503, 'engineFault')
    }
  }

  // 3. Media's happenings to the tenant they are about.
  function happened(it: MediaHappening): void {
    if (hear(it)) return
    switch (it.kind) {
      case 'incoming': return incoming(it)
      case 'dialog': dialogs.set(it.leg, it.dialog); journal.append({ k: 'd', leg: it.leg, dialog: it.dialog }); return
      case 'trunk': {
        const known = trunks.get(it.trunk)
        const row = site?.trunks.find((t) => t.id === it.trunk)
        trunks.set(it.trunk, { state: it.state, channels: it.channels ?? known?.channels ?? 0, most: row?.channels ?? 10_000, reserved: row?.reserved ?? 0, reason: it.reason ?? null })
        for (const name of tenants.keys()) {
          if (known?.state !== it.state && (row?.tenants.includes(name) ?? true)) delivery.emit(name, null, 'trunkState', { trunk: it.trunk, state: it.state, reason: it.reason ?? null, channels: it.channels ?? 0 })
          feed(name, { kind: 'trunks', trunks })
        }
        return
      }
      case 'alarm':
        log(it.over ? 'info' : 'warn', `media alarm ${it.alarm}`, { detail: it.detail, over: it.over })
        for (const name of tenants.keys()) delivery.emit(name, null, 'alarm', { alarm: it.alarm, detail: it.detail, over: it.over })
        return
      case 'registered': case 'unregistered': feed(it.tenant, { kind: 'media', happening: it }); return
      case 'recording': return recorded(it)
      default:
    }
    const tenant = legs.get(it.leg)
    if (it.kind === 'ended') { legs.delete(it.leg); citizenLegs.delete(it.leg); if (dialogs.delete(it.leg)) journal.append({ k: 'd', leg: it.leg, dialog: null }) }
    if (tenant !== undefined) feed(tenant, { kind: 'media', happening: it })
  }
  function incoming(it: Extract<MediaHappening, { kind: 'incoming' }>): void {
    const source = it.source
    const row = source.kind === 'trunk' ? site?.trunks.find((t) => t.id === source.trunk) : undefined
    const candidates = source.kind === 'extension' ? [source.tenant] : row?.tenants ?? [...tenants.keys()]
    const name = candidates.find((c) => {
      const index = tenants.get(c)?.driver.world.index
      return source.kind === 'extension' ? index !== undefined : index?.numbers.has(normaliseNumber(it.to, index.policy))
    })
    if (name === undefined) {
      log('warn', 'call to a number of nobody', { to: it.to, reference: it.reference })
      return media.order({ kind: 'refuse', leg: it.leg, status: 404, reason: 'Unknown number' })
    }
    legs.set(it.leg, name)
    feed(name, { kind: 'media', happening: it })
  }
  function recorded(it: Extract<MediaHappening, { kind: 'recording' }>): void {
    const meta = recordings.get(it.recording)
    if (!meta) return
    feed(meta.tenant, { kind: 'media', happening: it })
    const kind = meta.box === null ? 'call' as const : 'voicemail' as const
    if (it.state === 'failed') {
      delivery.emit(meta.tenant, meta.call, 'recordingFailed', { recordingId: meta.id, kind, reason: it.reason ?? '' })
      recordings.delete(meta.id)
      journal.append({ k: 'r', id: meta.id, meta: null })
    } else if (it.state === 'finished') ready({ ...meta, ready: true }, { ms: it.ms ?? 0, bytes: it.bytes ?? 0, sha256: it.sha256 ?? '' }, false)
  }
  function ready(meta: RecordingMeta, file: { ms: number, bytes: number, sha256: string }, repaired: boolean): void {
    recordings.set(meta.id, meta)
    journal.append({ k: 'r', id: meta.id, meta })
    delivery.emit(meta.tenant, meta.call, 'recordingReady', { recordingId: meta.id, segment: meta.segment, kind: meta.box === null ? 'call' : 'voicemail', ...file, offsetMs: meta.offsetMs, agents: meta.agents, box: meta.box, number: meta.number, repaired })
  }

  // 4. Commands that concern the exchange rather than a world.
  async function take(it: Policy): Promise<Answer> {
    if (!await leases.take(it.tenant)) return no(409, 'ownedElsewhere')
    const world = tenants.get(it.tenant)?.driver.world
    const has = world?.index?.policy.number ?? 0
    if (it.number < has) return no(409, 'older', String(has))
    const files = new Set(it.prompts.flatMap((p) => p.parts.flatMap((part) => 'file' in part && !part.file.startsWith('shipped/') ? [part.file] : [])))
    const missing: string[] = []
    for (const hash of files) if (!await stat(path.join(folder, 'prompts', `${hash}.alaw`)).catch(() => null)) missing.push(hash)
    if (missing.length > 0) return { status: 422, code: 'missingFiles', detail: null, data: { missing } }
    const wrong = it.flows.flatMap((f) => checkFlow(f, it)).filter((f) => f.severity === 'error')
    if (wrong.length > 0) return { status: 422, code: 'badFlow', detail: wrong[0]?.detail ?? null, data: { findings: wrong } }
    if (it.number > has) await writeFile(path.join(policyFolder, policyName(it)), seal(options.key, JSON.stringify(it)), { mode: 0o600 })
    if (!tenants.has(it.tenant)) open(it.tenant)
    feed(it.tenant, { kind: 'policy', policy: it })
    configure()
    delivery.emit(it.tenant, null, 'policyTaken', { policy: it.number })
    await forgetPolicies(it.tenant)
    return ok({ number: it.number })
  }
  async function forgetPolicies(tenant: string): Promise<void> {
    const used = tenants.get(tenant)?.driver.world.indexes
    for (const name of await readdir(policyFolder)) {
      const [hex, number] = name.split('-')
      if (hex === Buffer.from(tenant).toString('hex') && !used?.has(Number(number))) await unlink(path.join(policyFolder, name))
    }
  }
  function configure(): void {
    const users = [...tenants.values()].flatMap(({ name, driver: { world } }) => world.index ? world.index.policy.agents.flatMap((a) => a.extension && a.ha1 ? [{ tenant: name, user: a.extension, realm: world.index?.policy.realm ?? '', ha1: a.ha1, ...(a.ha1Sha256 ? { ha1Sha256: a.ha1Sha256 } : {}) }] : []) : [])
    media.order({ kind: 'configure', lines: { users, trunks: (site?.trunks ?? []).map((t) => ({ id: t.id, transport: t.transport, host: t.host, port: t.port, user: t.user ?? undefined, password: t.password ?? undefined, realm: t.realm ?? undefined, register: t.register, accept: t.accept, codecs: t.codecs, channels: t.channels, probeSeconds: t.probeSeconds })) } })
  }
  async function deploy(it: Deployment): Promise<Answer> {
    if (site && it.number < site.number) return no(409, 'older', String(site.number))
    site = it
    await writeFile(path.join(policyFolder, 'deployment'), seal(options.key, JSON.stringify(it)), { mode: 0o600 })
    for (const id of trunks.keys()) if (!it.trunks.some((t) => t.id === id)) trunks.delete(id)
    for (const t of it.trunks) trunks.set(t.id, { state: trunks.get(t.id)?.state ?? 'up', channels: trunks.get(t.id)?.channels ?? 0, most: t.channels, reserved: t.reserved, reason: null })
    configure()
    return ok({ number: it.number })
  }
  async function carryOut(command: EngineCommand): Promise<Answer> {
    const { act, tenant } = command
    switch (act.kind) {
      case 'publishPolicy': return act.policy.tenant === tenant ? take(act.policy) : no(400, 'tenant')
      case 'deploy': return deploy(act.deployment)
      case 'forgetRecording': {
        const meta = recordings.get(act.recordingId)
        if (meta?.tenant !== tenant) return no(404, 'unknownRecording')
        await forgetFile(path.join(folder, 'spool'), meta.id)
        recordings.delete(meta.id)
        journal.append({ k: 'r', id: meta.id, meta: null })
        return ok()
      }
      default:
    }
    const there = tenants.get(tenant)
    const index = there?.driver.world.index
    if (!there || !index) return no(404, 'unknownTenant')
    switch (act.kind) {
      case 'checkFlow': return ok({ findings: checkFlow(act.flow, { ...index.policy, flows: [...index.policy.flows.filter((f) => f.id !== act.flow.id), act.flow] }, act.with) })
      case 'simulateFlow': return ok({ steps: simulateFlow(index.policy, act.flow, act.caller, now()) })
      case 'readLive': return ok({ ...liveOf(there.driver.world, now()) })
      default: return feed(tenant, { kind: 'command', callId: command.callId, act }) ?? no(404, 'unknownTenant')
    }
  }

  // 5. Start: policies, worlds, media, then everything that was live.
  for (const name of await readdir(policyFolder)) {
    try {
      const text = unsealed(options.key, await readFile(path.join(policyFolder, name)))
      if (name === 'deployment') { site = deploymentShape.parse(JSON.parse(text)); continue }
      const read = policyShape.parse(JSON.parse(text))
      if (!await leases.take(read.tenant)) { log('warn', 'another exchange owns the tenant', { tenant: read.tenant }); continue }
      const { driver: { world } } = tenants.get(read.tenant) ?? open(read.tenant)
      const index = indexPolicy(read)
      world.indexes.set(read.number, index)
      if (!world.index || world.index.policy.number < read.number) world.index = index
    } catch (error) {
      log('error', 'a policy file cannot be read', { name, error: String(error) })
    }
  }
  for (const t of site?.trunks ?? []) trunks.set(t.id, { state: 'up', channels: 0, most: t.channels, reserved: t.reserved, reason: null })
  for (const [name, { driver: { world } }] of tenants) {
    const tables = old.tables.get(name)
    load(world, {
      calls: [...old.calls.values()].filter((c) => c.tenant === name).map((c) => c.call), agents: [...old.agents.values()].filter((a) => a.tenant === name).map((a) => a.agent), callbacks: [...old.callbacks.values()].filter((b) => b.tenant === name).map((b) => b.callback),
      locked: tables?.locked ?? [], tally: tables?.tally ?? [], lastAgents: tables?.lastAgents ?? [],
    })
    for (const leg of world.legs.keys()) legs.set(leg, name)
  }
  await media.start({ tell: happened, frames: () => {} })
  configure()
  if (!first) {
    for (const name of tenants.keys()) feed(name, { kind: 'recover', dialogs, downMs: now() - old.at })
    for (const meta of [...recordings.values()]) {
      if (meta.ready) continue
      const file = recordingFile(path.join(folder, 'spool'), meta.id)
      const repaired = file ? await repairWav(file) : null
      if (repaired) ready({ ...meta, ready: true }, repaired, true)
      else { recordings.delete(meta.id); journal.append({ k: 'r', id: meta.id, meta: null }) }
    }
  }
  for (const tenant of tenants.values()) wake(tenant)

  // 6. Housekeeping each second: rotation, old results, the watch over what must hold.
  const housekeeping = setInterval(() => {
    const at = now()
    for (const [id, { at: since }] of results) if (at - since > RESULT_MS) results.delete(id)
    for (const tenant of tenants.values()) {
      const { world } = tenant.driver
      for (const [id, since] of world.ended) if (at - since > RESULT_MS) world.ended.delete(id)
      for (const [number, times] of world.recent) if ((times.at(-1) ?? 0) < at - 3_600_000) world.recent.delete(number)
      const tables = JSON.stringify(tablesOf(world))
      if (tables !== tenant.tables) { tenant.tables = tables; journal.append({ k: 't', tenant: tenant.name, tables: tablesOf(world) }) }
      for (const finding of audit(world)) {
        healed += 1
        log('error', 'audit', { tenant: tenant.name, ...finding })
      }
    }
    if (journal.size() > (options.segment ?? 16_777_216) && !rotating) {
      rotating = true
      void journal.rotate(snapshot, delivery.acknowledged()).catch((error: unknown) => log('error', 'journal rotation', { error: String(error) })).finally(() => { rotating = false })
    }
  }, 1000)

  return {
    delivery, tenants, citizenLegs, feed,
    policies: () => Object.fromEntries([...tenants].flatMap(([name, t]) => t.driver.world.index ? [[name, t.driver.world.index.policy.number]] : [])),
    deploymentNumber: () => site?.number ?? 0,
    async command(command) {
      const known = results.get(command.commandId)
      if (known) return { ...known.result, status: known.result.status === 200 ? 202 : known.result.status }
      const result = resultOf(command.commandId, await carryOut(command))
      if (command.act.kind !== 'readLive') results.set(command.commandId, { result, at: now() })
      return new Promise((resolve) => { journal.after(() => resolve(result)) })
    },
    durable: journal.after,
    onDesk(tell) { tellDesk = tell },
    onChange(tell) { tellChange = tell },
    onHappening(tell) { hear = tell },
    order: (it) => media.order(it),
    ownLeg: (leg, tenant) => { legs.set(leg, tenant) },
    figures: () => figuresOf(tenants, delivery, journal, media, healed),
    async recording(id) {
      const file = recordings.has(id) ? recordingFile(path.join(folder, 'spool'), id) : null
      const found = file ? await stat(file).catch(() => null) : null
      return file && found ? { file, size: found.size } : null
    },
    async stop() {
      clearInterval(housekeeping)
      for (const tenant of tenants.values()) if (tenant.timer) clearTimeout(tenant.timer)
      await media.stop()
      await journal.close()
      await leases.close()
    },
  }
}

type Tables = { locked: string[], tally: [string, { day: number, calls: number, talkMs: number }][], lastAgents: [string, { agent: string, at: number }][] }
const tablesOf = (w: World): Tables => ({ locked: [...w.locked], tally: [...w.tally], lastAgents: [...w.lastAgents].slice(-2000) })

const policyName = (it: Policy): string => `${Buffer.from(it.tenant).toString('hex')}-${String(it.number)}`
function figuresOf(tenants: ReadonlyMap<string, Tenant>, delivery: Delivery, journal: Journal, media: MediaPort, healed: number): Record<string, number> {
  const all = [...tenants.values()].map((t) => t.driver.world)
  const j = journal.figures()
  const count = (of: (w: World) => number): number => all.reduce((sum, w) => sum + of(w), 0)
  return {
    calls: count((w) => w.calls.size), calls_queued: count((w) => [...w.calls.values()].filter((c) => c.state === 'queued').length), calls_talking: count((w) => [...w.calls.values()].filter((c) => c.state === 'talking' || c.state === 'held').length),
    agents: count((w) => w.agents.size), agents_ready: count((w) => [...w.agents.values()].filter((a) => a.state === 'ready').length), callbacks: count((w) => w.callbacks.size), audit_findings_total: healed,
    events_total: delivery.lastSeq(), events_backlog: delivery.backlog(), journal_flushes_total: j.flushes, journal_bytes_total: j.bytes, journal_worst_ms: Math.round(j.worstMs), journal_failed: j.failed ? 1 : 0, ...media.figures(),
  }
}
