// One call through everything, with telephones only: SIPp is the line the citizen calls by, the hard phones of two agents and the department that is called in. Who hears whom is measured at each ear.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type AgentView, type CommandResult, ENGINE_PORT_VERSION, type Flow, type FromDesk, signTicket, toDesk } from '../src/engine-port.ts'
import { anAgent, aPolicy, aQueue, aSurvey } from '../src/simulate/city.ts'
import { ha1Of } from '../src/sip/digest.ts'
import { type Crowd, startCrowd } from './crowd.ts'
import { freePort } from './desk.ts'
import { type Probe, startProbe } from './probe.ts'
import { type Site, eventually, openSite, standIn } from './site.ts'
import { called, caller, hasSipp, registering, runSipp, sippMissing, startSipp, type SippOptions } from './sipp.ts'

if (!hasSipp) console.log(sippMissing)

const REALM = 'demo.local'
const CITIZEN = 440
const FIRST = 600
const SECOND = 750
const LEADER = 900
const DEPARTMENT = 1100
const listen = [CITIZEN, FIRST, SECOND, LEADER, DEPARTMENT]

const menu: Flow = {
  id: 'main', version: 1, name: '主流程', use: 'inbound', start: 'menu', person: 'general', language: 'zh', speed: 1,
  nodes: {
    menu: { kind: 'menu', name: '主菜单', say: [{ kind: 'text', text: '咨询请按一，人工请按零。' }], choices: { 1: { label: '咨询', next: 'general' } }, repeatChoice: false },
    general: { kind: 'queue', name: '综合队列', queue: 'general', full: 'bye', noAgents: 'bye', timeout: 'bye', timeoutSeconds: 120 },
    bye: { kind: 'end', name: '再见', say: [], cause: 'normal' },
  },
}

/** An agent with a telephone on the desk: the page only says what to do, the sound goes to the telephone. */
function openDeskPage(port: number, ticket: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/softphone`)
  const results = new Map<string, (result: CommandResult) => void>()
  let [me, requests]: [AgentView | null, number] = [null, 0]
  const send = (message: FromDesk): void => socket.send(JSON.stringify(message))
  const asked = (make: (requestId: string) => FromDesk): Promise<CommandResult> => new Promise((resolve) => {
    const requestId = `r${++requests}`
    results.set(requestId, resolve)
    send(make(requestId))
  })
  const welcome = new Promise<void>((resolve) => {
    socket.on('open', () => send({ type: 'hello', version: ENGINE_PORT_VERSION, ticket, page: 'a-page' }))
    socket.on('message', (data) => {
      const message = toDesk.parse(JSON.parse(String(data)))
      if (message.type === 'welcome') resolve()
      if (message.type === 'me') me = message.me
      if (message.type === 'probe') send({ type: 'alive', n: message.n, microphone: 'missing' })
      if (message.type === 'result') results.get(message.requestId)?.(message.result)
    })
  })
  const act = (one: Extract<FromDesk, { type: 'act' }>['act'], callId: string | null = null): Promise<CommandResult> => asked((requestId) => ({ type: 'act', requestId, callId, act: one }))
  return {
    act, get state() { return me?.state ?? 'signedOut' },
    async signIn(): Promise<void> {
      await welcome
      expect(await asked((requestId) => ({ type: 'signIn', requestId, queues: ['general'], device: 'phone', answerMode: 'manual', force: false }))).toMatchObject({ status: 200 })
    },
    ready: () => act({ kind: 'setState', agent: 'self', state: 'ready', minutes: null, reason: null }),
    close: () => socket.terminate(),
  }
}

describe.skipIf(!hasSipp)('agents with telephones on their desks', () => {
  let [site, server, leader]: [Site, ReturnType<typeof standIn>, Crowd] = [] as never
  let [linePort, departmentPort, phone1, phone2] = [0, 0, 0, 0]
  const pages = new Map<string, ReturnType<typeof openDeskPage>>()
  const probes: Probe[] = []
  const sipps: ReturnType<typeof startSipp>[] = []
  const keys = { caller: '13900000001', called: '12345' }

  beforeAll(async () => {
    linePort = await freePort()
    ;[departmentPort, phone1, phone2] = [await freePort(), await freePort(), await freePort()]
    site = await openSite({ rtp: { from: 24_000, to: 24_999 } })
    server = standIn(site, 'demo')
    const phone = (n: number) => anAgent(n, ['general'], { ha1: ha1Of(String(8000 + n), REALM, 'secret').MD5 ?? null })
    const line = { transport: 'udp' as const, host: '127.0.0.1', user: null, password: null, realm: null, register: false, accept: [], codecs: ['PCMA' as const], channels: 10, reserved: 0, probeSeconds: 0, tenants: ['demo'] }
    await server.must({ kind: 'deploy', deployment: { number: 1, trunks: [{ ...line, id: 'in', name: '呼入线路', port: linePort }, { ...line, id: 'out', name: '呼出线路', port: departmentPort }] } })
    await server.must({ kind: 'publishPolicy', policy: aPolicy({ trunks: ['out'], flows: [menu, aSurvey()], queues: [aQueue('general', { wrapUpSeconds: 0, survey: 'survey', ringSeconds: 10 }), aQueue('complaints')], agents: [phone(1), phone(2), anAgent(3, ['general'])] }) })
    const ticket = (agent: string): Promise<string> => signTicket(site.token(), { kind: 'agent', tenant: 'demo', agent, jti: agent, until: Date.now() + 3_600_000, remote: false })
    leader = await startCrowd({ url: `ws://127.0.0.1:${site.port}/softphone`, tickets: [await ticket('agent-03')], queues: [], tone: LEADER, listen: null })
    for (const [name, port] of [['8001', phone1], ['8002', phone2]] as const) expect((await runSipp({ scenario: registering(REALM, name, 'secret'), target: site.target, port, keys: { caller: name, called: name } })).code).toBe(0)
    for (const agent of ['agent-01', 'agent-02']) {
      const page = openDeskPage(site.port, await ticket(agent))
      await page.signIn()
      pages.set(agent, page)
    }
  })
  const started = (options: SippOptions): ReturnType<typeof startSipp> => {
    const one = startSipp(options)
    sipps.push(one)
    return one
  }
  afterAll(async () => {
    for (const one of sipps) one.child.kill('SIGKILL')
    await Promise.all(probes.map((one) => one.stop()))
    for (const page of pages.values()) page.close()
    await leader.stop()
    server.stop()
    await site.close()
  })
  const pageOf = (agent: string): ReturnType<typeof openDeskPage> => pages.get(agent) ?? expect.fail(agent)

  async function ear(port: number, tone: number): Promise<Probe> {
    const probe = await startProbe({ ports: [port], tone, seconds: 120, listen })
    probes.push(probe)
    return probe
  }
  /** What an ear hears now: exactly these tones, each in a fair share of the frames. */
  async function hears(who: string, probe: Probe, tones: number[]): Promise<void> {
    let last = ''
    await probe.hear()
    await eventually(async () => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      const heard = await probe.hear()
      last = JSON.stringify(heard)
      return listen.every((tone) => (tones.includes(tone) ? (heard.tones[tone] ?? 0) > 0.6 : (heard.tones[tone] ?? 0) === 0))
    }, `${who} hears ${tones.join(' and ')}`, 6000).catch((error: unknown) => { throw new Error(`${String(error)}; heard ${last}`) })
  }

  test('a call from the line goes through menu and queue to a hard phone, is listened to and forced into, transferred to another phone, made three-party and rated', async () => {
    const [citizen, first, second, department] = [await ear(31_300, CITIZEN), await ear(31_302, FIRST), await ear(31_304, SECOND), await ear(31_306, DEPARTMENT)]
    const desk1 = started({ scenario: called(), port: phone1, keys: { ...keys, probe_port: '31302' } })
    const desk2 = started({ scenario: called(), port: phone2, keys: { ...keys, probe_port: '31304' } })
    const office = started({ scenario: called(), port: departmentPort, keys: { ...keys, probe_port: '31306' } })
    await pageOf('agent-01').ready()
    const line = started({ scenario: caller({ talkMs: 0, hangUp: 'them' }), target: site.target, port: linePort, timeoutS: 90, keys: { ...keys, probe_port: '31300' } })

    await server.when('callArrived', (e) => e.data.direction === 'inbound')
    await citizen.hear()
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect((await citizen.hear()).received, 'the menu at the ear').toBeGreaterThan(20)
    citizen.press('1')
    const { callId, data } = await server.when('callAnswered', (e) => e.data.agent === 'agent-01')
    const id = callId ?? ''
    expect(data.queue).toBe('general')
    expect(server.of('flowStep').map((e) => [e.data.node, e.data.key])).toContainEqual(['menu', '1'])
    await hears('the citizen', citizen, [FIRST])
    await hears('the first agent', first, [CITIZEN])

    // Monitored: nobody notices; then forced in, and all hear the leader.
    await server.must({ kind: 'listen', by: 'agent-03', reason: '抽听' }, id)
    await hears('the citizen while the leader listens', citizen, [FIRST])
    await hears('the first agent while the leader listens', first, [CITIZEN])
    const heard = (await leader.report()).received
    await eventually(async () => (await leader.report()).received > heard + 20, 'sound at the leader')
    await server.must({ kind: 'forceIn', by: 'agent-03', reason: '协助' }, id)
    await hears('the citizen with the leader', citizen, [FIRST, LEADER])
    await hears('the first agent with the leader', first, [CITIZEN, LEADER])
    await server.must({ kind: 'stopIntervention', by: 'agent-03', reason: null }, id)
    await hears('the citizen after the leader', citizen, [FIRST])

    // Held: music for the citizen, nothing for the agent; then passed on to the other telephone.
    expect(await pageOf('agent-01').act({ kind: 'hold', agent: 'self' }, id)).toMatchObject({ status: 200 })
    await hears('the held citizen', citizen, [])
    expect(await pageOf('agent-01').act({ kind: 'resume', agent: 'self' }, id)).toMatchObject({ status: 200 })
    await pageOf('agent-02').ready()
    expect(await pageOf('agent-01').act({ kind: 'transfer', agent: 'self', to: { kind: 'agent', agent: 'agent-02' }, reason: '业务转办', context: { form: '路灯' } }, id)).toMatchObject({ status: 200 })
    await server.when('callAnswered', (e) => e.callId === id && e.data.agent === 'agent-02')
    expect((await server.when('callOffered', (e) => e.data.agent === 'agent-02')).data.context).toMatchObject({ form: '路灯' })
    await hears('the citizen after the transfer', citizen, [SECOND])
    await hears('the second agent', second, [CITIZEN])
    expect((await desk1.done).code).toBe(0)

    // Three: the department is rung over another line.
    const invited = await pageOf('agent-02').act({ kind: 'invite', agent: 'self', to: { kind: 'number', number: '057688880000' } }, id)
    expect(invited).toMatchObject({ status: 200 })
    await server.when('partyJoined', (e) => e.callId === id && e.data.role === 'third')
    await hears('the citizen of three', citizen, [SECOND, DEPARTMENT])
    await hears('the second agent of three', second, [CITIZEN, DEPARTMENT])
    await hears('the department', department, [CITIZEN, SECOND])
    expect(await pageOf('agent-02').act({ kind: 'dropParty', agent: 'self', legId: String(invited.data?.['legId']) }, id)).toMatchObject({ status: 200 })
    await hears('the citizen after the department', citizen, [SECOND])
    expect((await office.done).code).toBe(0)

    // The agent hangs up; the citizen is asked how it was and the call ends of itself.
    expect(await pageOf('agent-02').act({ kind: 'hangUp', agent: 'self' }, id)).toMatchObject({ status: 200 })
    await eventually(async () => (await server.live()).calls.some((c) => c.callId === id && c.state === 'survey'), 'survey')
    citizen.press('5')
    expect((await server.when('callRated', (e) => e.callId === id)).data).toMatchObject({ value: 5 })
    expect((await server.when('callEnded', (e) => e.callId === id)).data).toMatchObject({ cause: 'normal', agents: ['agent-01', 'agent-02'], queues: ['general'] })
    expect([(await line.done).code, (await desk2.done).code]).toEqual([0, 0])
    await server.until(() => server.of('recordingReady').filter((e) => e.callId === id).length === 2, 'a recording for each agent')
    expect(server.of('intervened').map((e) => e.data.kind)).toEqual(['listen', 'forceIn', 'stopIntervention'])
    for (const probe of probes.splice(0)) expect((await probe.stop())[0]).toMatchObject({ lost: 0 })
  }, 90_000)

  test('the handset is put down: the citizen is asked for a rating, the agent is free; a citizen who hangs up frees the telephone', async () => {
    await pageOf('agent-02').act({ kind: 'setState', agent: 'self', state: 'busy', minutes: null, reason: null })
    const before = server.of('callEnded').length
    const phone = started({ scenario: called({ talkMs: 600 }), target: site.target, port: phone1, keys: { ...keys, probe_port: '31310' } })
    const line = started({ scenario: caller({ talkMs: 0, hangUp: 'them' }), target: site.target, port: linePort, timeoutS: 60, keys: { ...keys, called: '12346', probe_port: '31312' } })
    const citizen = await ear(31_312, CITIZEN)
    expect((await phone.done).code).toBe(0)
    await eventually(async () => (await server.live()).calls.some((c) => c.state === 'survey'), 'survey')
    expect((await server.live()).agents.find((a) => a.agent === 'agent-01')).toMatchObject({ state: 'ready', callId: null })
    citizen.press('4')
    await server.until(() => server.of('callRated').some((e) => e.data.value === 4), 'rating')
    expect((await line.done).code).toBe(0)
    const again = started({ scenario: called(), port: phone1, keys: { ...keys, probe_port: '31310' } })
    expect((await runSipp({ scenario: caller({ talkMs: 800 }), target: site.target, port: linePort, keys: { ...keys, called: '12346', probe_port: '31312' } })).code).toBe(0)
    expect((await again.done).code).toBe(0)
    await server.until(() => server.of('callEnded').length === before + 2, 'ends')
    await eventually(async () => (await server.live()).agents.find((a) => a.agent === 'agent-01')?.state === 'ready', 'the agent is free')
  }, 60_000)

  test('an agent dials: the own telephone rings first, then the number, and both hear each other', async () => {
    const [own, far] = [await ear(31_320, FIRST), await ear(31_322, DEPARTMENT)]
    const phone = started({ scenario: called(), port: phone1, keys: { ...keys, probe_port: '31320' } })
    const office = started({ scenario: called(), port: departmentPort, keys: { ...keys, probe_port: '31322' } })
    const dialled = await pageOf('agent-01').act({ kind: 'dial', agent: 'self', to: { kind: 'number', number: '057688880000' }, displayed: null, context: {} })
    expect(dialled).toMatchObject({ status: 200 })
    await hears('the agent', own, [DEPARTMENT])
    await hears('the department', far, [FIRST])
    expect(await pageOf('agent-01').act({ kind: 'hangUp', agent: 'self' }, String(dialled.data?.['callId']))).toMatchObject({ status: 200 })
    expect([(await phone.done).code, (await office.done).code]).toEqual([0, 0])
    expect(await site.metrics()).toMatchObject({ calls: 0, audit_findings_total: 0 })
  }, 60_000)
})
