// The exchange itself: tenants with their worlds, media below, journal beside, servers and desks above. Everything that happened is in the journal before anybody is told.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { CommandResult, EngineCommand, ToDesk } from '../engine-port.ts'
import { audit } from '../control/audit.ts'
import { type Driver, newDriver } from '../control/driver.ts'
import { checkFlow } from '../control/flow-check.ts'
import { liveOf } from '../control/live.ts'
import { normaliseNumber } from '../control/numbers.ts'
import { load } from '../control/recovery.ts'
import { type Input, type Reduced, resultOf } from '../control/reduce.ts'
import { type Answer, type World, newWorld, no, ok } from '../control/world.ts'
import { type JournalRecord, openJournal } from '../journal/journal.ts'
import type { MediaHappening, MediaOrder, MediaPort } from '../media-port.ts'
import { simulateFlow } from '../simulate/flow-simulation.ts'
import { newId, now } from './clock.ts'
import { type Delivery, newDelivery } from './delivery.ts'
import { figuresOf } from './figures.ts'
import { askHttp } from './http-node.ts'
import { AWAY, type Draining, newDraining } from './draining.ts'
import type { Leases } from './leases.ts'
import { newPublished } from './published.ts'
import { newRecordings } from './recordings.ts'
import { type Taps, newTaps } from './taps.ts'
import { newSavedState, readRecord, tablesOf } from './saved-state.ts'

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
  /** Nothing new begins until `end` or a restart. */
  drain: Draining
  /** Opens the sound of a running call. */
  tap: Taps['open']
  stop: () => Promise<void>
}

const RESULT_MS = 600_000

/** Opens journal and policies, starts media, recovers what was live. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { folder, media, leases, log } = options
  await mkdir(path.join(folder, 'policies'), { recursive: true, mode: 0o700 })
  const tenants = new Map<string, Tenant>()
  const legs = new Map<string, string>()
  const results = new Map<string, { result: CommandResult, at: number }>()
  const trunks: World['trunks'] = new Map()
  let tellDesk: (tenant: string, agent: string, message: ToDesk) => void = () => {}
  let tellChange: (tenant: string, done: Reduced) => void = () => {}
  let hear: (happening: MediaHappening) => boolean = () => false
  let healed = 0
  let httpUnavailable = 0
  let rotating = false
  const citizenLegs = new Set<string>()
  const draining = newDraining(() => [...tenants.values()].reduce((n, { driver }) => n + driver.world.calls.size, 0), (state) => {
    log('info', state.draining ? 'takes no new calls' : 'takes calls again', { calls: state.calls })
    for (const name of tenants.keys()) {
      feed(name, { kind: 'draining', on: state.draining })
      delivery.emit(name, null, 'alarm', { alarm: 'draining', detail: String(state.calls), over: !state.draining })
    }
  })

  // 1. What the journal knows.
  const old = newSavedState()
  const { dialogs, phones } = old
  const journal = await openJournal(path.join(folder, 'journal'), options.key, (r) => readRecord(old, r), (error) => log('error', 'journal cannot be written', { error: String(error) }))
  const first = old.epoch === ''
  const epoch = first ? newId() : old.epoch
  const delivery = newDelivery(journal, { epoch, last: old.last, acknowledged: old.acknowledged, events: old.events.filter((e) => e.seq > old.acknowledged).sort((a, b) => a.seq - b.seq) })
  old.events = []
  const recordings = newRecordings(path.join(folder, 'spool'), old.recordings, journal, delivery)
  const published = newPublished({ folder, key: options.key, media, leases, log, delivery, trunks, tenants, open, feed })
  const taps = newTaps((it) => media.order(it), (name, id) => tenants.get(name)?.driver.world.calls.get(id))
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
    for (const phone of phones.values()) yield { k: 'p', tenant: phone.tenant, user: phone.user, phone }
    yield* recordings.records()
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
      recordings.note(name, call)
    }
    for (const call of done.ended) { recordings.note(name, call); journal.append({ k: 'x', id: call.id }) }
    for (const { id, agent } of done.agents) journal.append({ k: 'a', tenant: name, id, agent })
    for (const { id, callback } of done.callbacks) journal.append({ k: 'b', tenant: name, id, callback })
    if (tenant) tenant.changed = true
    taps.changed(name, done)
    tellChange(name, done)
  }
  function order(name: string, it: MediaOrder): void {
    if ('leg' in it) {
      if (it.kind === 'originate' || it.kind === 'browserOffer' || it.kind === 'restore') legs.set(it.leg, name)
      if (it.kind === 'answer' && citizenLegs.has(it.leg)) return void setImmediate(() => feed(name, { kind: 'media', happening: { kind: 'answered', leg: it.leg, codec: 'PCMA' } }))
    }
    media.order(it)
  }
  function httpFailed(host: string, reason: string): void {
    httpUnavailable += 1
    log('warn', 'an HTTP node got no answer', { host, reason })
  }
  function open(name: string): Tenant {
    const world = newWorld(name, newId)
    world.trunks = trunks
    world.draining = draining.state().draining
    const tenant: Tenant = { name, changed: true, timer: null, tables: '', driver: newDriver(world, {
      now, order: (it) => order(name, it), event: (callId, kind, data) => delivery.emit(name, callId, kind, data), desk: (agent, message) => journal.after(() => tellDesk(name, agent, message)),
      http: (request) => { askHttp(request, httpFailed).then((values) => feed(name, { kind: 'httpAnswer', call: request.call, values }), () => {}) },
      changed: (done) => changed(name, done),
    }) }
    tenants.set(name, tenant)
    return tenant
  }
  function feed(name: string, input: Input): Answer | null {
    const tenant = tenants.get(name)
    if (!tenant) return null
    if (input.kind === 'command' && draining.refuses(input.act.kind)) return no(503, 'draining')
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
        const row = published.trunk(it.trunk)
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
      case 'registered': case 'unregistered': {
        const key = `${it.tenant} ${it.user}`
        const phone = it.kind === 'registered' ? { tenant: it.tenant, user: it.user, binding: it.binding, until: now() + it.expiresInS * 1000 } : null
        if (phone) phones.set(key, phone)
        else phones.delete(key)
        journal.append({ k: 'p', tenant: it.tenant, user: it.user, phone })
        feed(it.tenant, { kind: 'media', happening: it })
        return
      }
      case 'recording': {
        const tenant = recordings.tenantOf(it.recording)
        if (tenant !== undefined) feed(tenant, { kind: 'media', happening: it })
        return recordings.happened(it)
      }
      default:
    }
    const tenant = legs.get(it.leg)
    if (it.kind === 'ended') { legs.delete(it.leg); citizenLegs.delete(it.leg); if (dialogs.delete(it.leg)) journal.append({ k: 'd', leg: it.leg, dialog: null }) }
    if (tenant !== undefined) feed(tenant, { kind: 'media', happening: it })
  }
  function incoming(it: Extract<MediaHappening, { kind: 'incoming' }>): void {
    if (draining.refuses('incoming')) return media.order({ kind: 'refuse', leg: it.leg, ...AWAY })
    const source = it.source
    const row = source.kind === 'trunk' ? published.trunk(source.trunk) : undefined
    if (row?.inbound === false) {
      log('warn', 'call over a trunk that takes none', { trunk: row.name, to: it.to, reference: it.reference })
      return media.order({ kind: 'refuse', leg: it.leg, status: 403, reason: 'No incoming calls on this line' })
    }
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

  // 4. Commands that concern the exchange rather than a world.
  async function carryOut(command: EngineCommand): Promise<Answer> {
    const { act, tenant } = command
    switch (act.kind) {
      case 'publishPolicy': return act.policy.tenant === tenant ? published.publish(act.policy) : no(400, 'tenant')
      case 'deploy': return published.deploy(act.deployment)
      case 'forgetRecording': return await recordings.forget(tenant, act.recordingId) ? ok() : no(404, 'unknownRecording')
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
  await published.load()
  for (const [name, { driver: { world } }] of tenants) {
    const tables = old.tables.get(name)
    load(world, {
      calls: [...old.calls.values()].filter((c) => c.tenant === name).map((c) => c.call), agents: [...old.agents.values()].filter((a) => a.tenant === name).map((a) => a.agent), callbacks: [...old.callbacks.values()].filter((b) => b.tenant === name).map((b) => b.callback),
      locked: tables?.locked ?? [], tally: tables?.tally ?? [], lastAgents: tables?.lastAgents ?? [], recent: tables?.recent ?? [],
    })
    for (const leg of world.legs.keys()) legs.set(leg, name)
  }
  await media.start({ tell: happened, frames: taps.frame })
  published.configure()
  if (!first) {
    // Telephones are where they were: nobody has to wait for their next registration.
    for (const { tenant, user, binding, until } of phones.values()) if (until > now()) media.order({ kind: 'rebind', tenant, user, binding, expiresInS: Math.ceil((until - now()) / 1000) })
    for (const name of tenants.keys()) feed(name, { kind: 'recover', dialogs, downMs: now() - old.at })
    await recordings.mend()
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
    deploymentNumber: published.number,
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
    figures: () => ({ ...figuresOf(tenants, delivery, journal, media, healed), ...taps.figures(), http_unavailable_total: httpUnavailable, draining: draining.state().draining ? 1 : 0 }),
    drain: draining,
    recording: recordings.file, tap: taps.open,
    async stop() {
      clearInterval(housekeeping)
      for (const tenant of tenants.values()) if (tenant.timer) clearTimeout(tenant.timer)
      await media.stop()
      await journal.close()
      await leases.close()
    },
  }
}
