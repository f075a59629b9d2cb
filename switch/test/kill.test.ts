// Kills of the exchange and of the server's connection under live calls (ten of each with fifty calls: `npm run bench -- calls-restart`): who talks goes on talking or is promised a call back, and nothing is stuck.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signTicket } from '../src/engine-port.ts'
import { aPolicy, aQueue } from '../src/simulate/city.ts'
import { type Crowd, startCrowd } from './crowd.ts'
import { freePort } from './desk.ts'
import { type Site, eventually, openSite, standIn } from './site.ts'
import { SPEECH, hasSipp, startSipp, staying } from './sipp.ts'

const CALLS = 4
const KILLS = 2

describe.skipIf(!hasSipp)('killed under live calls', () => {
  let site: Site
  let server: ReturnType<typeof standIn>
  let crowd: Crowd
  let port = 0

  beforeAll(async () => {
    port = await freePort()
    site = await openSite({ rtp: { from: 26_000, to: 26_999 } })
    server = standIn(site, 'demo')
    const policy = aPolicy({ queues: [aQueue('general', { wrapUpSeconds: 0 }), aQueue('complaints')], settings: { ...aPolicy().settings, answerDelayMs: 0, repeatCallsPerHour: 0 } }, CALLS)
    await server.must({ kind: 'deploy', deployment: { number: 1, trunks: [{ id: 'trunk-1', name: 'line', transport: 'udp', host: '127.0.0.1', port, user: null, password: null, realm: null, register: false, accept: [], codecs: ['PCMA'], channels: 100, reserved: 0, probeSeconds: 0, tenants: ['demo'] }] } })
    await server.must({ kind: 'publishPolicy', policy })
    const tickets = await Promise.all(policy.agents.map((a) => signTicket(site.token(), { kind: 'agent', tenant: 'demo', agent: a.id, jti: a.id, until: Date.now() + 3_600_000, remote: false })))
    crowd = await startCrowd({ url: `ws://127.0.0.1:${site.port}/softphone`, tickets, queues: ['general'], tone: 600, listen: null })
  })
  afterAll(async () => {
    await crowd.stop()
    server.stop()
    await site.close()
  })

  test('the exchange is killed: every call is taken up again with sound, events keep their order, recordings are mended, nothing is stuck', async () => {
    const callers = startSipp({ scenario: staying({ talkMs: 60_000, sound: SPEECH }), target: site.target, port, calls: CALLS, rate: 10, timeoutS: 100, keys: { caller: '13900000001', called: '12346' }, args: ['-mp', '30500'] })
    const broken = callers.done.then((run) => Promise.reject(new Error(`the callers ended with ${run.code}: ${run.errors.slice(0, 1000)} ${run.stdout.slice(-1000)}`)))
    await Promise.race([broken, server.until(() => server.of('callAnswered').length === CALLS, 'answers')])
    broken.catch(() => {})
    const talking = new Set(server.of('callAnswered').map((e) => e.callId))
    for (let kill = 1; kill <= KILLS; kill++) {
      server.cut() // the server dies in the same breath: the exchange tells it later
      await site.kill()
      await site.start()
      await server.until(() => server.of('engineStarted').length === kill, 'start')
      await server.until(() => server.of('seatBack').length >= CALLS * kill, `seats back after kill ${kill}`)
      const live = await server.live()
      expect(live.calls.filter((c) => talking.has(c.callId)).map((c) => [c.state, c.parties.filter((p) => p.state === 'up').length])).toEqual(Array.from({ length: CALLS }, () => ['talking', 2]))
    }
    const heard = (await crowd.report()).received
    await eventually(async () => (await crowd.report()).received > heard + CALLS * 20, 'sound after the last kill')
    crowd.hangUp()
    await server.until(() => server.of('callEnded').length === CALLS, 'ends')
    expect(server.of('callEnded').map((e) => e.data.cause)).toEqual(Array.from({ length: CALLS }, () => 'normal'))
    expect(server.of('dialTaskNeeded')).toEqual([])
    const run = await callers.done
    expect(run.code).toBe(0)
    // A segment that was killed in its first second never came to disk: that is told too.
    await server.until(() => server.of('recordingReady').length + server.of('recordingFailed').length === CALLS * (KILLS + 1), 'recordings')
    expect([server.gaps, server.wrongOrder]).toEqual([0, 0])
    await eventually(async () => (await server.live()).agents.every((a) => a.state === 'ready'), 'all agents free')
    expect(await site.metrics()).toMatchObject({ calls: 0, calls_talking: 0, audit_findings_total: 0 })
  }, 120_000)
})
