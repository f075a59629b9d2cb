// The robot's callback as a telephone hears it: a real exchange dials, SIPp answers, keys are pressed; what follows stands on the order (CBK-06).
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../../../../switch/test/desk.ts'
import { startProbe, type Probe } from '../../../../../switch/test/probe.ts'
import { openSite, type Site } from '../../../../../switch/test/site.ts'
import { called, hasSipp, sippMissing, startSipp } from '../../../../../switch/test/sipp.ts'
import { DAY, MINUTE, instant, localDate } from '../../../kernel/time/index.ts'
import { startExchange } from '../../telephony/engine/start-exchange.ts'
import { keepFlow, seedTelephony } from '../../telephony/index.ts'
import { dialRobots, dialRobotTask } from '../../telephony/tasks/robot-tasks.ts'
import { mannerOrder } from '../forms/form.settings.ts'
import { robotFlow, robotOn } from '../outbound/outbound.settings.ts'
import { callbackCity, ok, type City } from '../testing/accepted-orders.ts'
import { robotCallFlow } from './robot-flow.zh-CN.ts'
import { workRobots } from './work-robots.ts'

if (!hasSipp) console.log(sippMissing)

/** The flow as it ships but for its words: one syllable each, so that the test need not listen to them. */
const brief = { ...robotCallFlow, code: 'brief-callback', name: '短句回访', graph: { ...robotCallFlow.graph, nodes: Object.fromEntries(Object.entries(robotCallFlow.graph.nodes).map(([key, node]) => [key, { ...node, say: [{ kind: 'text', text: '好' }] }])) } }

describe.skipIf(!hasSipp)('机器人回访：真实通话', () => {
  let [city, site, near, tenant, linePort, dataDir]: [City, Site, { stop(): Promise<void> }, string, number, string] = [] as never
  const ends: (() => unknown)[] = []

  async function until<T>(what: string, check: () => Promise<T | undefined | false>): Promise<T> {
    for (let i = 0; i < 100; i++) {
      const found = await check()
      if (found) return found
      await sleep(200)
    }
    throw new Error(`${what} did not happen`)
  }

  beforeAll(async () => {
    ;[city, linePort] = [await callbackCity(['tenantAdmin']), await freePort()]
    tenant = (await city.app.actor('agent')).tenantId
    await city.app.command((ctx) => seedTelephony(ctx, { number: '12345' }))
    await ok(city.who('tenantAdmin').post('/api/telephony/trunks', { name: '外线', transport: 'udp', host: '127.0.0.1', port: linePort, codecs: ['PCMA'], channels: 5, reserved: 0, inbound: true, outbound: true, priority: 1, enabled: true }))
    await city.app.command((ctx) => keepFlow(ctx, brief))
    await city.set(robotOn, true)
    await city.set(robotFlow, brief.code)
    await city.set(mannerOrder, ['robot', 'person'])
    await city.app.drain()
    dataDir = await mkdtemp(join(tmpdir(), 'minsheng-robot-'))
    await mkdir(join(dataDir, 'exchange'))
    site = await openSite({ folder: join(dataDir, 'exchange'), rtp: { from: 25_000, to: 25_499 } })
    near = await startExchange({ config: { ...city.app.app.config, dataDir }, runtime: city.app.app.runtime, behind: city.app.app.runtime })
    const now = city.app.clock.now()
    const ten = instant(`${localDate(now, 'Asia/Shanghai')}T10:00:00+08:00`)
    city.app.clock.advance(ten > now ? ten - now : ten + DAY - now)
  }, 60_000)
  afterAll(async () => {
    for (const end of ends) await end()
    await near.stop()
    await site.close()
    await rm(dataDir, { recursive: true, force: true })
    await city.app.stop()
  })

  /** The robot calls about the order; the citizen presses the keys, each when he is asked. Returns when the call is over and told. */
  async function answers(order: { task: string }, keys: string[], probePort: string): Promise<void> {
    const probe: Probe = await startProbe({ ports: [Number(probePort)], tone: 440, seconds: 60, listen: [] })
    const phone = startSipp({ scenario: called(), port: linePort, timeoutS: 60, keys: { caller: 'citizen', called: 'citizen', probe_port: probePort }, calls: 50, args: ['-aa'] }) // the platform asks now and then whether the line is there: to SIPp each question is a call
    ends.push(() => probe.stop().catch(() => undefined), () => phone.child.kill('SIGKILL'))
    const told = (await city.rows(sql`select 1 from telephony_event where kind = 'flowStep'`)).length
    await city.app.command(workRobots)
    const dial = await until('a dial task', async () => (await city.rows<{ id: string }>(sql`select id from telephony_dial_task where origin_id = ${order.task} and state = 'waiting'`))[0])
    await until('the robot has the number', async () => {
      await city.app.command(dialRobots)
      await dialRobotTask.run((fn) => city.app.command(fn), { tenantId: tenant, id: dial.id }, { attempt: 1, maxAttempts: 1 })
      const state = (await city.rows<{ state: string }>(sql`select state from telephony_dial_task where id = ${dial.id}`))[0]?.state
      // The line or the flow is not at the exchange yet: the robot tries again in a minute.
      if (state === 'waiting') city.app.clock.advance(MINUTE)
      return state === 'dialling'
    })
    const steps = async () => (await city.rows(sql`select 1 from telephony_event where kind = 'flowStep'`)).length - told
    for (const [i, key] of keys.entries()) {
      // A key that is no answer is asked for again, without a step.
      if (i === 0 || keys[i - 1] !== '9') await until(`question ${i + 1}`, async () => (await steps()) > i)
      await sleep(600)
      probe.press(key)
    }
    await until('the end is told', async () => (await city.rows<{ state: string }>(sql`select state from telephony_dial_task where id = ${dial.id}`))[0]?.state === 'reached')
    phone.child.kill('SIGKILL')
    await phone.done
    await city.app.drain()
  }

  test('按“不满意”：退回原单位第 2 轮，回答和通话留在结果上；按错键的转人工，没有编造的三率', async () => {
    const bad = await city.accepted()
    await answers(bad, ['1', '2', '3'], '31410')
    expect(await city.stateOf(bad.id)).toMatchObject({ state: 'inProgress', round: 2 })
    const { result } = await ok(city.who('callbackAgent').get(`/api/callbacks/${bad.task}`))
    expect(result).toMatchObject({ byKind: 'robot', contacted: 'yes', solved: 'no', satisfied: 'no' })
    expect(await city.rows(sql`select direction, state from telephony_call where id = ${result.callId}`)).toEqual([{ direction: 'outbound', state: 'ended' }])

    const unclear = await city.accepted()
    await answers(unclear, ['1', '9', '9'], '31412')
    expect((await city.rows(sql`select manner, state from callback_task where id = ${unclear.task}`))[0]).toEqual({ manner: 'person', state: 'due' })
    expect(await city.rows(sql`select 1 from callback_result where task_id = ${unclear.task}`)).toEqual([])
  }, 60_000)
})
