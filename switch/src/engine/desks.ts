// Desks' and citizens' sockets: tickets, one desk per agent, liveness asked by us, own calls only.
import { createHash } from 'node:crypto'
import type { WebSocket } from 'ws'
import { type AgentView, type CallAct, type CallView, type CommandResult, type AgentAct, ENGINE_PORT_VERSION, type FromDesk, type TicketClaims, type ToDesk, fromDesk, readTicket } from '../engine-port.ts'
import { viewAgent } from '../control/agent.ts'
import { type Call, viewCall } from '../control/call.ts'
import { queueView } from '../control/live.ts'
import type { Reduced } from '../control/reduce.ts'
import { newId, now } from './clock.ts'
import type { Engine, Log } from './engine.ts'

type Desk = { socket: WebSocket, claims: TicketClaims | null, page: string, probe: number, alive: boolean, /** null until the page has said */ microphone: boolean | null, leg: string | null, sdp: string | null, /** calls that the page shows */ shown: Set<string>, messages: number, opened: number }
const PROBE_MS = 5000
const FORGET_MS = 2000
const MESSAGES_A_SECOND = 50
const keyOf = (tenant: string, agent: string): string => `${tenant}\n${agent}`
/** Pages choose their own names and numbers: one agent's must never be given another's result. */
const idOf = (seat: { tenant: string, agent: string }, page: string, request: string): string => createHash('sha256').update(JSON.stringify([seat.tenant, seat.agent, page, request])).digest('base64url')

export type Desks = { open: (socket: WebSocket) => void, count: () => number, close: () => void }

/** Serves `/softphone`. `secret` is what tickets are signed with. */
export function serveDesks(engine: Engine, secret: string, log: Log): Desks {
  const all = new Set<Desk>()
  /** The desk that an agent is signed in at. */
  const seats = new Map<string, Desk>()
  const citizens = new Map<string, Desk>()
  const send = (desk: Desk, message: ToDesk): void => { if (desk.socket.readyState === 1 && desk.socket.bufferedAmount < 1_000_000) desk.socket.send(JSON.stringify(message)) }
  const refuse = (desk: Desk, code: Extract<ToDesk, { type: 'refused' }>['code'], detail = ''): void => {
    send(desk, { type: 'refused', code, detail })
    desk.socket.close(4001, code)
  }
  const worldOf = (tenant: string): Engine['tenants'] extends ReadonlyMap<string, infer T> ? T extends { driver: { world: infer W } } ? W | undefined : never : never => engine.tenants.get(tenant)?.driver.world
  const agentOf = (desk: Desk): { tenant: string, agent: string } | null => desk.claims?.kind === 'agent' && seats.get(keyOf(desk.claims.tenant, desk.claims.agent)) === desk ? { tenant: desk.claims.tenant, agent: desk.claims.agent } : null
  const meOf = (tenant: string, agent: string): AgentView | null => { const found = worldOf(tenant)?.agents.get(agent); return found ? viewAgent(found) : null }

  /** What an agent is in now, as his desk shows it. */
  const callsOf = (tenant: string, agent: string): CallView[] => {
    const world = worldOf(tenant)
    const running = world?.agents.get(agent)
    return [running?.callId, running?.consultId].flatMap((id) => { const call = id ? world?.calls.get(id) : undefined; return call ? [viewCall(call)] : [] })
  }

  engine.onDesk((tenant, agent, message) => { const desk = seats.get(keyOf(tenant, agent)); if (desk) send(desk, message) })
  engine.onChange((tenant, done) => engine.durable(() => show(tenant, done)))
  engine.onHappening((it) => {
    if (it.kind === 'browserAnswer' || it.kind === 'media') {
      for (const desk of all) if (desk.leg === it.leg) send(desk, it.kind === 'media' ? { type: 'media', state: it.state } : { type: 'answer', sdp: it.sdp })
    }
    if (it.kind === 'media' && engine.citizenLegs.has(it.leg)) return false
    // A desk whose sound has ended for good offers a new connection.
    if (it.kind === 'ended') {
      for (const desk of all) if (desk.leg === it.leg && agentOf(desk)) send(desk, { type: 'media', state: 'lost' })
    }
    // The page is told by the call that follows from it; a leg without a call is forgotten.
    if (it.kind === 'ended' && citizens.has(it.leg)) setTimeout(() => forget(it.leg), FORGET_MS).unref()
    return it.kind === 'browserAnswer'
  })
  function forget(leg: string): void {
    const desk = citizens.get(leg)
    citizens.delete(leg)
    if (desk?.leg === leg) desk.leg = null
  }
  /** Whole views of what changed to the desks it belongs to. */
  function show(tenant: string, done: Reduced): void {
    for (const { id, agent } of done.agents) {
      const desk = seats.get(keyOf(tenant, id))
      if (!desk) continue
      desk.leg = agent?.leg ?? null
      send(desk, { type: 'me', me: agent ? viewAgent(agent) : null })
      if (!agent) seats.delete(keyOf(tenant, id))
    }
    const shown = (call: Call): void => {
      for (const agent of new Set(call.parties.flatMap((p) => p.agent ?? []))) {
        const desk = seats.get(keyOf(tenant, agent))
        if (!desk) continue
        const over = call.state === 'ended' || !call.parties.some((p) => p.agent === agent && p.state !== 'ended')
        // Who has left a call (passed it on, was not first to answer) is told once that for him it is over.
        if (over && !desk.shown.delete(call.id)) continue
        if (!over) desk.shown.add(call.id)
        send(desk, { type: 'call', call: over ? { ...viewCall(call), state: 'ended' } : viewCall(call) })
      }
      for (const p of call.parties) {
        const desk = citizens.get(p.leg)
        // A citizen sees that it rings and talks, not who is there.
        if (!desk) continue
        const over = call.state === 'ended' || p.state === 'ended'
        send(desk, { type: 'call', call: { ...viewCall(call), ...(over ? { state: 'ended' as const } : {}), parties: [], agent: null, marks: [], class: '', context: {}, queue: null } })
        if (over) forget(p.leg)
      }
    }
    for (const call of [...done.calls, ...done.ended]) shown(call)
  }

  async function hello(desk: Desk, message: Extract<FromDesk, { type: 'hello' }>): Promise<void> {
    if (message.version !== ENGINE_PORT_VERSION) return refuse(desk, 'version', String(ENGINE_PORT_VERSION))
    const claims = await readTicket(secret, message.ticket, now())
    if (!claims) return refuse(desk, 'badTicket')
    desk.claims = claims
    desk.page = message.page
    const world = worldOf(claims.tenant)
    if (claims.kind === 'citizen') return send(desk, { type: 'welcome', version: ENGINE_PORT_VERSION, agent: null, me: null, calls: [], at: now(), iceServers: [] })
    if (!world?.index?.agents.has(claims.agent)) return refuse(desk, 'unknownAgent', claims.agent)
    if (world.locked.has(claims.agent)) return refuse(desk, 'locked')
    const running = world.agents.get(claims.agent)
    // A page that was reloaded takes its seat up again without signing in.
    if (running && !seats.get(keyOf(claims.tenant, claims.agent))) sit(desk, claims.tenant, claims.agent)
    // A second page of an agent who sits elsewhere knows nothing of his calls until it has taken the seat.
    const seated = agentOf(desk) !== null
    const calls = seated ? callsOf(claims.tenant, claims.agent) : []
    for (const { callId } of calls) desk.shown.add(callId)
    send(desk, { type: 'welcome', version: ENGINE_PORT_VERSION, agent: claims.agent, me: seated ? meOf(claims.tenant, claims.agent) : null, calls, at: now(), iceServers: [] })
  }
  function sit(desk: Desk, tenant: string, agent: string): void {
    seats.set(keyOf(tenant, agent), desk)
    engine.feed(tenant, { kind: 'desk', agent, what: { kind: 'back' } })
    // A page that was loaded anew keeps what it said before until it says otherwise.
    if (desk.microphone !== null) engine.feed(tenant, { kind: 'desk', agent, what: { kind: 'microphone', on: desk.microphone } })
    if (desk.sdp) offer(desk, desk.sdp)
  }
  function offer(desk: Desk, sdp: string): void {
    // A connection that does not come up is made anew, for the same call.
    if (desk.claims?.kind === 'citizen' && desk.leg) return engine.order({ kind: 'browserOffer', leg: desk.leg, sdp })
    const seat = agentOf(desk)
    desk.sdp = sdp
    if (!seat) return
    engine.feed(seat.tenant, { kind: 'desk', agent: seat.agent, what: { kind: 'offer', sdp } })
    desk.leg = worldOf(seat.tenant)?.agents.get(seat.agent)?.leg ?? null
    desk.sdp = null
  }
  const answer = (desk: Desk, requestId: string, result: Omit<CommandResult, 'commandId'>): void => engine.durable(() => send(desk, { type: 'result', requestId, result: { commandId: requestId, ...result } }))

  /** Signs in; another desk of the same agent is asked whether it is alive first. */
  async function signIn(desk: Desk, message: Extract<FromDesk, { type: 'signIn' }>): Promise<void> {
    const claims = desk.claims
    if (claims?.kind !== 'agent') return refuse(desk, 'protocol')
    const { tenant, agent } = claims
    const world = worldOf(tenant)
    const policy = world?.index?.policy.settings
    if (claims.remote && !world?.index?.agents.get(agent)?.functions.includes('remote')) return refuse(desk, 'notRemote')
    const other = seats.get(keyOf(tenant, agent))
    // Who sits here already (a page that took its seat up by its hello) signs in anew: with the queues chosen now.
    let takeOver = other === desk
    if (other && other !== desk) {
      takeOver = !(await alive(other, policy?.probeMs ?? 2000)) || (message.force && policy?.secondLogin === 'takeOver')
      if (!takeOver) return refuse(desk, 'signedInElsewhere', policy?.secondLogin ?? 'refuse')
      seats.delete(keyOf(tenant, agent))
      refuse(other, 'replaced')
    }
    const result = engine.feed(tenant, { kind: 'signIn', signIn: { agent, queues: message.queues, device: message.device, answerMode: message.answerMode, remote: claims.remote, takeOver } })
    if (result?.status === 200) {
      sit(desk, tenant, agent)
      for (const call of callsOf(tenant, agent)) { desk.shown.add(call.callId); send(desk, { type: 'call', call }) }
    }
    if (result) answer(desk, message.requestId, result)
  }
  function alive(desk: Desk, ms: number): Promise<boolean> {
    desk.alive = false
    desk.probe += 1
    send(desk, { type: 'probe', n: desk.probe })
    return new Promise((resolve) => { setTimeout(() => resolve(desk.alive), ms) })
  }

  function act(desk: Desk, message: Extract<FromDesk, { type: 'act' }>): void {
    const seat = agentOf(desk)
    if (!seat) return answer(desk, message.requestId, { status: 409, code: 'notSignedIn', detail: null, data: null })
    // Whatever the page says, it acts as its own agent.
    const own: CallAct | AgentAct = { ...message.act, agent: seat.agent }
    engine.command({ commandId: idOf(seat, desk.page, message.requestId), tenant: seat.tenant, callId: message.callId, act: own }).then((result) => send(desk, { type: 'result', requestId: message.requestId, result }), () => {})
  }
  function citizenCall(desk: Desk, message: Extract<FromDesk, { type: 'call' }>): void {
    const claims = desk.claims
    if (claims?.kind !== 'citizen' || !desk.sdp || desk.leg) return answer(desk, message.requestId, { status: 409, code: 'wrongState', detail: null, data: null })
    const to = claims.to.includes(message.to) ? message.to : null
    const busy = [...citizens.values()].some((d) => d.claims?.kind === 'citizen' && d.claims.number === claims.number)
    if (!to || busy) return answer(desk, message.requestId, { status: to ? 409 : 403, code: to ? 'busy' : 'numberNotAllowed', detail: null, data: null })
    if (engine.drain.refuses('incoming')) return answer(desk, message.requestId, { status: 503, code: 'draining', detail: null, data: null })
    const leg = newId()
    desk.leg = leg
    citizens.set(leg, desk)
    engine.citizenLegs.add(leg)
    engine.ownLeg(leg, claims.tenant)
    engine.order({ kind: 'browserOffer', leg, sdp: desk.sdp })
    desk.sdp = null
    engine.feed(claims.tenant, { kind: 'media', happening: { kind: 'incoming', leg, source: { kind: 'trunk', trunk: 'web', address: '' }, from: { number: claims.number, name: '', hidden: false }, to, reference: leg } })
    answer(desk, message.requestId, { status: 200, code: null, detail: null, data: null })
  }

  function take(desk: Desk, message: FromDesk): void {
    if (message.type === 'hello') { if (desk.claims) refuse(desk, 'protocol'); else hello(desk, message).catch(() => refuse(desk, 'protocol')); return }
    if (!desk.claims) return refuse(desk, 'protocol')
    const seat = agentOf(desk)
    switch (message.type) {
      case 'alive': {
        if (message.n === desk.probe) desk.alive = true
        const on = message.microphone === 'on'
        if (on !== desk.microphone && seat) engine.feed(seat.tenant, { kind: 'desk', agent: seat.agent, what: { kind: 'microphone', on } })
        desk.microphone = on
        return
      }
      case 'offer': return offer(desk, message.sdp)
      case 'candidate': if (desk.leg) engine.order({ kind: 'browserCandidate', leg: desk.leg, candidate: message.candidate }); return
      case 'signIn': signIn(desk, message).catch((error: unknown) => log('error', 'sign-in', { error: String(error) })); return
      case 'act': return act(desk, message)
      case 'echo': if (desk.leg) engine.order({ kind: 'echo', leg: desk.leg, on: message.on }); return
      case 'call': return citizenCall(desk, message)
      case 'digits': if (desk.claims.kind === 'citizen' && desk.leg) for (const digit of message.digits) engine.feed(desk.claims.tenant, { kind: 'media', happening: { kind: 'digit', leg: desk.leg, digit } }); return
      case 'hangUp': if (desk.claims.kind === 'citizen' && desk.leg) hangUp(desk, desk.claims.tenant)
    }
  }
  function hangUp(desk: Desk, tenant: string): void {
    const leg = desk.leg
    if (!leg) return
    engine.order({ kind: 'hangUp', leg, cause: 'normal' })
    engine.feed(tenant, { kind: 'media', happening: { kind: 'ended', leg, cause: 'normal', by: 'far' } })
    citizens.delete(leg)
    engine.citizenLegs.delete(leg)
    desk.leg = null
  }
  function gone(desk: Desk): void {
    all.delete(desk)
    const seat = agentOf(desk)
    if (seat) { seats.delete(keyOf(seat.tenant, seat.agent)); engine.feed(seat.tenant, { kind: 'desk', agent: seat.agent, what: { kind: 'lost' } }) }
    if (desk.claims?.kind === 'citizen') hangUp(desk, desk.claims.tenant)
  }

  const probing = setInterval(() => {
    for (const desk of all) {
      desk.messages = 0
      if (!desk.claims) { if (now() - desk.opened > 5000) refuse(desk, 'protocol', 'no hello'); continue }
      // A page that did not answer since the last time is frozen: its socket is closed, its seat waits for a new one.
      if (desk.probe > 0 && !desk.alive && agentOf(desk)) { desk.socket.terminate(); continue }
      desk.alive = false
      desk.probe += 1
      send(desk, { type: 'probe', n: desk.probe })
      const seat = agentOf(desk)
      const world = seat ? worldOf(seat.tenant) : undefined
      const agent = seat ? world?.agents.get(seat.agent) : undefined
      if (world && agent) send(desk, { type: 'queues', queues: agent.queues.map((q) => queueView(world, q, now())) })
    }
  }, PROBE_MS)
  return {
    count: () => all.size,
    close: () => clearInterval(probing),
    open(socket) {
      const desk: Desk = { socket, claims: null, page: '', probe: 0, alive: true, microphone: null, leg: null, sdp: null, shown: new Set(), messages: 0, opened: now() }
      all.add(desk)
      socket.on('close', () => gone(desk))
      socket.on('error', () => {})
      socket.on('message', (data, binary) => {
        desk.messages += 1
        if (binary || desk.messages > MESSAGES_A_SECOND * PROBE_MS / 1000) return refuse(desk, 'limit')
        let parsed
        try {
          parsed = fromDesk.safeParse(JSON.parse((data as Buffer).toString('utf8')))
        } catch {
          return refuse(desk, 'protocol', 'not JSON')
        }
        if (!parsed.success) return refuse(desk, 'protocol', parsed.error.issues[0]?.message ?? '')
        take(desk, parsed.data)
      })
    },
  }
}
