// The server is killed under live calls, in their midst and while they end: nobody is cut off, and when it is back the call log is whole and nothing stands in it twice.
import { strict as assert } from 'node:assert'
import { startCrowd } from '../switch/test/crowd.ts'
import { freePort } from '../switch/test/desk.ts'
import { caller, hasSipp, runSipp, sippMissing, SPEECH, startSipp, staying } from '../switch/test/sipp.ts'
import { as, people, type Api, type World } from './harness.ts'
import { city } from './roles.ts'
import { until } from './telephone.ts'

const CALLS = 3
const NUMBER = '12388'

type Row = { id: string; state: string; called: string; endCause: string | null; talkMs: number | null; waitMs: number | null; agentId: string | null; recorded: boolean; ringBack: string | null }

export async function killedUnderCalls(world: World): Promise<void> {
  if (!hasSipp) return console.log(`  ${sippMissing}：通话中杀掉服务进程未走`)
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  const leader = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  // Those at the end of the list: journeys before this one leave their seats busy or signed in elsewhere.
  const seats = (await people(world)).filter((p) => p.role === 'agent' && city(p.tenantName)).slice(-CALLS)
  assert.equal(seats.length, CALLS, 'seats enough')
  const target = `127.0.0.1:${world.sipPort}`
  const [port, late] = [await freePort(), await freePort()]
  for (const [name, at] of [['杀进程线路', port], ['杀进程线路二', late]] as const) await admin.api.post('/api/telephony/trunks', { name, unitId: null, transport: 'udp', host: '127.0.0.1', port: at, codecs: ['PCMA'], channels: 10, reserved: 0, inbound: true, outbound: false, priority: 9, enabled: true, username: null, shownNumber: null })
  const queue = await admin.api.post('/api/telephony/queues', { code: 'kill', name: '杀进程队列', service: '测试', wrapUpSeconds: 0, surveyFlowId: null })
  await admin.api.put(`/api/telephony/queues/${queue.id}/members`, { members: seats.map((one) => ({ userId: one.id })) })
  // The number stands before the queue opens: whoever sees seats ready in it knows that the exchange knows the number too.
  await admin.api.post('/api/telephony/numbers', { number: NUMBER, name: '直达', queueId: queue.id, enabled: true })
  await admin.api.post(`/api/telephony/queues/${queue.id}/open`, { open: true })

  // Agents' pages of their own (sound by WebRTC), with tickets as the desk gets them.
  const tickets: string[] = []
  let url = ''
  for (const seat of seats) {
    const signed = await as(world, (p) => p.id === seat.id)
    const given = (await signed.api.post('/api/telephony/ticket')) as { ticket: string; url: string }
    tickets.push(given.ticket)
    url = given.url
    await signed.close()
  }
  await until('the policy with the new queue', async () => ((await leader.api.get('/api/telephony/monitor')) as { queues: { id: string }[] }).queues.some((one) => one.id === queue.id) || undefined)
  const crowd = await startCrowd({ url, tickets, queues: [queue.id], tone: 600, listen: null })
  await until('the seats are ready', async () => ((await leader.api.get('/api/telephony/monitor')) as { seats: { userId: string; state: string }[] }).seats.filter((one) => one.state === 'ready' && seats.some((seat) => seat.id === one.userId)).length === CALLS || undefined)
  const rtp = ['-mp', '29000']
  const talkers = startSipp({ scenario: staying({ talkMs: 240_000, sound: SPEECH }), target, port, calls: CALLS, rate: 10, timeoutS: 240, keys: { caller: '13900000001', called: NUMBER }, args: rtp })
  try {
    const calls = async (): Promise<Row[]> => ((await leader.api.get(`/api/telephony/calls?called=${NUMBER}&limit=50`)) as { items: Row[] }).items
    await until('all talk', async () => (await calls()).filter((one) => one.state === 'talking').length === CALLS || undefined, 45)

    // First kill: sound goes on, a caller comes and gives up while nobody of ours is there.
    await world.killServer()
    const heard = (await crowd.report()).received
    const impatient = await runSipp({ scenario: caller({ talkMs: 2500 }), target, port: late, keys: { caller: '13900000002', called: NUMBER, probe_port: '29900' } })
    assert.equal(impatient.code, 0, 'a new caller is answered while the server is away')
    assert.ok((await crowd.report()).received > heard + CALLS * 50, 'every agent goes on hearing')
    await world.startServer()
    await until('the log after the first kill', async () => {
      const rows = await calls()
      return (rows.length === CALLS + 1 && rows.filter((one) => one.state === 'talking').length === CALLS && rows.some((one) => one.endCause === 'abandonedInQueue')) || undefined
    }, 60)

    // Second kill: in the breath in which all hang up, with events and recordings on their way.
    crowd.hangUp()
    await world.killServer()
    assert.equal((await talkers.done).code, 0, 'every caller gets his BYE while the server is away')
    await world.startServer()
    const rows = await until('all ended and every recording stored', async () => {
      const all = await calls()
      if (all.length !== CALLS + 1 || all.some((one) => one.state !== 'ended')) return undefined
      const details = await Promise.all(all.map((one) => detail(leader.api, one.id)))
      return details.every(({ recordings }) => recordings.every((one) => one.state === 'stored')) ? all : undefined
    }, 90)
    const talked = rows.filter((one) => one.endCause === 'normal')
    assert.deepEqual(new Set(talked.map((one) => one.agentId)), new Set(seats.map((one) => one.id)), 'each agent has one call')
    assert.ok(talked.every((one) => (one.talkMs ?? 0) > 2000), 'the talk is counted through the kills')
    const [lost] = rows.filter((one) => one.endCause === 'abandonedInQueue')
    assert.deepEqual([lost?.ringBack, lost?.recorded], ['open', false], 'who gave up meanwhile is to be rung back')
    for (const row of rows) {
      const { log, recordings } = await detail(leader.api, row.id)
      const count = (kind: string): number => log.filter((one) => one.kind === kind).length
      assert.deepEqual([count('callArrived'), count('callAnswered'), count('callEnded'), recordings.length], row === lost ? [1, 0, 1, 0] : [1, 1, 1, 1], `each event of ${row.id} once: ${JSON.stringify(log)}`)
    }
  } finally {
    talkers.child.kill()
    await crowd.stop()
  }
}

const detail = (api: Api, id: string): Promise<{ log: { kind: string }[]; recordings: { state: string }[] }> => api.get(`/api/telephony/calls/${id}`)
