// Calls and orders together: citizens call over a line, telephones ring at desks, each desk's page asks for its pop-up, binds a form and registers the order, while whole lifecycles of other orders run beside.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type AgentView, ENGINE_PORT_VERSION, type FromDesk, toDesk } from '../switch/src/engine-port.ts'
import { freePort } from '../switch/test/desk.ts'
import { registerTelephone } from '../switch/test/register.ts'
import { eventually, openSite } from '../switch/test/site.ts'
import { called, caller, hasSipp, runSipp, sippMissing, startSipp } from '../switch/test/sipp.ts'
import { measured, response } from './calls-figures.ts'
import { lifecycle, team, type Team } from './lifecycle.ts'
import { people, signIn, startProduct, type Session } from './product.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'
import { benchData } from './volume.ts'

const PORT = 4800
const SIP = 4820
const NUMBER = '12366'
const RING_MS = 1500
/** As the console does. */
const ASK_AGAIN_MS = 200
const LIFECYCLES_A_SECOND = 5

type Seat = { session: Session; extension: string; password: string; realm: string }
type Tally = { pop: number[]; registered: number; errors: string[] }

const must = (what: string, answer: { status: number; body: any }): any => {
  if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
  return answer.body
}

/** Every seat of the city gets a telephone on the desk, a queue of their own and a number that leads there. */
async function prepare(port: number, linePort: number): Promise<{ seats: Seat[]; queue: string; admin: Session }> {
  const all = await people(port)
  const city = all.find((p) => p.role === 'dispatcher')?.tenantName
  const of = (role: string) => all.filter((p) => p.role === role && p.tenantName === city)
  const [first] = of('tenantAdmin')
  if (!first) throw new Error('no administrator')
  const admin = await signIn(port, first)
  const extensions = must('extensions', await admin.call('GET', '/api/telephony/extensions')).items as { id: string; extension: string; userId: string | null; version: number; realm: string }[]
  const seats: Seat[] = []
  for (const person of of('agent')) {
    const own = extensions.find((one) => one.userId === person.id)
    if (!own) continue
    const made = must('a telephone', await admin.call('PATCH', `/api/telephony/extensions/${own.id}`, { version: own.version, kind: 'phone', newPassword: true }))
    seats.push({ session: await signIn(port, person), extension: own.extension, password: made.password, realm: made.realm })
  }
  const { items } = must('queues', await admin.call('GET', '/api/telephony/queues')) as { items: { id: string; code: string }[] }
  let queue = items.find((one) => one.code === 'bench')?.id
  if (!queue) {
    queue = must('queue', await admin.call('POST', '/api/telephony/queues', { code: 'bench', name: '压测队列', service: '压测', wrapUpSeconds: 0, surveyFlowId: null, callbackAfterSeconds: 0, tellPositionSeconds: 0 })).id as string
    must('number', await admin.call('POST', '/api/telephony/numbers', { number: NUMBER, name: '压测', queueId: queue, enabled: true }))
  }
  must('members', await admin.call('PUT', `/api/telephony/queues/${queue}/members`, { members: seats.map((one) => ({ userId: one.session.user.id })) }))
  must('open', await admin.call('POST', `/api/telephony/queues/${queue}/open`, { open: true }))
  must('line', await admin.call('POST', '/api/telephony/trunks', { name: `压测线路 ${linePort}`, unitId: null, transport: 'udp', host: '127.0.0.1', port: linePort, codecs: ['PCMA'], channels: 1000, reserved: 0, inbound: true, outbound: false, priority: 9, enabled: true, username: null, shownNumber: null }))
  return { seats, queue, admin }
}

/** A desk: rings, shows the pop-up, binds and registers its form while it talks, hangs up, is ready again. */
function desk(seat: Seat, ticket: { ticket: string; url: string }, queue: string, areaCode: string, tally: Tally) {
  const socket = new WebSocket(`${ticket.url}`)
  let [me, requests, handling]: [AgentView | null, number, string | null] = [null, 0, null]
  const send = (message: FromDesk): void => socket.send(JSON.stringify(message))
  const act = (one: Extract<FromDesk, { type: 'act' }>['act'], callId: string | null = null): void => send({ type: 'act', requestId: `r${++requests}`, callId, act: one })

  async function handle(callId: string, rangAt: number): Promise<void> {
    const path = `/api/telephony/calls/${callId}`
    let pop = await seat.session.call('GET', `${path}/pop`)
    while (pop.status === 404 && performance.now() - rangAt < 20_000) {
      await sleep(ASK_AGAIN_MS)
      pop = await seat.session.call('GET', `${path}/pop`)
    }
    const shown = must('pop-up', pop)
    tally.pop.push(performance.now() - rangAt)
    const { draftId } = must('form', await seat.session.call('POST', `${path}/draft`, { draftId: shown.draftId ?? crypto.randomUUID() }))
    must('order', await seat.session.call('POST', '/api/orders', { requester: { name: '测试人', phone: shown.number }, appealType: 'help', areaCode, title: `来电反映路灯损坏 ${callId.slice(-6)}`, content: '小区东门路灯损坏三天，夜间出行不便，请尽快维修。', channel: 'phone', draftId }))
    tally.registered++
    await sleep(Math.max(0, RING_MS + 500 - (performance.now() - rangAt)))
    act({ kind: 'hangUp', agent: 'self' }, callId)
  }
  const signInAgain = (): void => send({ type: 'signIn', requestId: 'in', queues: [queue], device: 'phone', answerMode: 'manual', force: true })
  socket.on('open', () => send({ type: 'hello', version: ENGINE_PORT_VERSION, ticket: ticket.ticket, page: seat.extension }))
  socket.on('message', (data) => {
    const message = toDesk.parse(JSON.parse(String(data)))
    if (message.type === 'welcome') signInAgain()
    // The exchange may not have the new queue or telephone yet.
    if (message.type === 'result' && message.requestId === 'in' && message.result.status >= 400) setTimeout(signInAgain, 500)
    if (message.type === 'probe') send({ type: 'alive', n: message.n, microphone: 'missing' })
    if (message.type === 'refused') tally.errors.push(`${message.code} ${message.detail}`)
    if (message.type === 'me') {
      me = message.me
      if (me?.state === 'busy' || me?.state === 'forcedBusy') act({ kind: 'setState', agent: 'self', state: 'ready', minutes: null, reason: null })
      if (me?.state === 'ready') handling = null
    }
    if (message.type === 'ring' && handling !== message.call.callId) {
      handling = message.call.callId
      handle(handling, performance.now()).catch((error: unknown) => {
        tally.errors.push(String(error))
        act({ kind: 'hangUp', agent: 'self' }, message.call.callId)
      })
    }
  })
  return { ready: () => me?.state === 'ready', close: () => socket.terminate() }
}

/** `calls` over a line at a steady rate that the seats can take, and five lifecycles a second beside them. */
export async function benchCallsWithOrders(calls = 50): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const [linePort, bankPort, exchangePort] = [await freePort(), await freePort(), await freePort()]
  const site = await openSite({ folder: join(benchData, 'exchange'), port: exchangePort, sipPort: SIP, rtp: { from: 24_000, to: 25_999 } })
  const product = await startProduct(benchData, PORT)
  const tally: Tally = { pop: [], registered: 0, errors: [] }
  const desks: ReturnType<typeof desk>[] = []
  try {
    const teams = await team(product.staff)
    const { seats, queue } = await prepare(product.staff, linePort)
    const table = (name: string, rows: string[]): string => {
      const file = join(benchData, name)
      writeFileSync(file, ['SEQUENTIAL', ...rows, ''].join('\n'))
      return file
    }
    // The telephones of all desks are one process behind one port.
    // A second apart: who tries in vain too often is held to his measure.
    for (const { extension, password, realm } of seats) {
      const attempt = async (): Promise<boolean> => (await registerTelephone({ host: '127.0.0.1', port: SIP }, bankPort, { realm, user: extension, password })) === 200
      for (let tries = 1; !(await attempt()); tries++) {
        if (tries === 30) throw new Error(`the telephone ${extension} is not let in`)
        await sleep(1000)
      }
    }
    const bank = startSipp({ scenario: called({ ringMs: RING_MS }), port: bankPort, calls: calls * 4, timeoutS: 3600, trace: false, keys: { probe_port: '9' } })
    for (const seat of seats) desks.push(desk(seat, must('ticket', await seat.session.call('POST', '/api/telephony/ticket', {})), queue, teams[0]?.areaCode ?? '', tally))
    await eventually(() => desks.every((one) => one.ready()), 'all desks ready', 60_000)

    const lifecycles: { ms: number[]; errors: string[]; running: Promise<void>[] } = { ms: [], errors: [], running: [] }
    const beside = setInterval(() => {
      const began = performance.now()
      lifecycles.running.push(lifecycle(teams[lifecycles.running.length % teams.length] as Team).then(() => void lifecycles.ms.push(performance.now() - began), (error: unknown) => void lifecycles.errors.push(String(error))))
    }, 1000 / LIFECYCLES_A_SECOND)
    const rate = Math.max(1, Math.floor(seats.length / 4))
    const began = performance.now()
    const callers = table('callers.csv', Array.from({ length: calls }, (_, i) => `1990${1_000_001 + i};`))
    const run = response(await runSipp({ scenario: measured(caller({ talkMs: 0, hangUp: 'them' })).replaceAll('[caller]', '[field0]'), target: site.target, port: linePort, calls, rate, limit: calls, timeoutS: 120 + calls, trace: false, keys: { called: NUMBER, probe_port: '9' }, args: ['-inf', callers] }))
    const lasted = (performance.now() - began) / 1000
    clearInterval(beside)
    await Promise.all(lifecycles.running)
    bank.child.kill()
    const metrics = await site.metrics()
    writeResult('calls-with-orders', {
      command: `npm run bench -- calls-with-orders ${calls}`, base: `${calls} calls, ${rate} a second, to ${seats.length} desks with telephones; each desk asks for the pop-up when it rings, binds a form and registers the order; ${LIFECYCLES_A_SECOND} whole lifecycles of other orders a second beside`,
      metrics: {
        calls: least(run.calls, '', calls), 'calls failed': most(run.failed, '', 0), 'calls a second': figure(run.calls / lasted, '/s'), 'orders registered in calls': least(tally.registered, '', calls),
        'pop-up shown after ringing p50': figure(percentile(tally.pop, 50), 'ms'), 'pop-up shown after ringing p95': most(percentile(tally.pop, 95), 'ms', 500), 'pop-up shown after ringing, worst': figure(Math.max(...tally.pop), 'ms'), '200 OK p99 (upper edge of its class)': figure(run.p99, 'ms'),
        'lifecycles a second': figure(lifecycles.ms.length / lasted, '/s'), 'lifecycle p95': figure(percentile(lifecycles.ms, 95), 'ms'), errors: most(tally.errors.length + lifecycles.errors.length, '', 0), 'calls left': most(metrics['calls'] ?? -1, '', 0), 'findings of the audit': most(metrics['audit_findings_total'] ?? -1, '', 0),
      },
      notes: ['pop-up: from the ring at the desk’s own socket to its answer over HTTP, asked again each 200 ms until the server has stored the call, as the console does', 'SIPp is line and telephones; nobody speaks', ...tally.errors.slice(0, 3), ...lifecycles.errors.slice(0, 3)],
    })
  } finally {
    for (const one of desks) one.close()
    await product.stop()
    await site.close(true)
  }
}
