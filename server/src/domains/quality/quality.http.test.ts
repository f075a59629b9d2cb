// Inspection through the API: the four modes, claims, scores with trace, appeals, trials, alerts.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTenant, type Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { testApp, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, HOUR, plus, toIso } from '../../kernel/time/index.ts'
import { seedCall, silenced } from '../telephony/index.ts'
import { alertOn } from './alerts.ts'
import { inspectBatch } from './inspect-batch.ts'

let app: TestApp
let manager: Client
let inspector: Client
let agent: Client
let agent2: Client
let ids: { agent: string; agent2: string; inspector: string; shiftLeader: string; tenant: string }
const CALL_SHEET = '5a000000-0000-4000-8000-000000000001'
const good = ['您好，一二三四五热线，很高兴为您服务', '请问具体在哪条路', '好的，给您登记了，感谢来电，再见']
const bad = ['您好', '这个不归我们管', '感谢来电，再见']
const plain = ['您好', '在哪条路', '哦', '行', '知道了', '先这样吧', '嗯', '就到这']

async function call(ctx: Ctx, agentId: string, words: string[], hoursAgo: number): Promise<string> {
  const id = newId()
  const at = toIso(plus(ctx.clock.now(), -hoursAgo * HOUR))
  await sql`insert into telephony_call (tenant_id, id, started_at, direction, state, phone_mask, queue_name, agent_id, agent_name, agent_ids, answered_at, ended_at, talk_ms) values (${ids.tenant}, ${id}, ${at}::timestamptz, 'inbound', 'ended', '138****0001', '综合受理', ${agentId}, '座席', array[${agentId}]::uuid[], ${at}::timestamptz, ${at}::timestamptz + interval '2 minutes', 120000)`.execute(ctx.acrossTenants('test data'))
  for (const [index, text] of words.entries()) await sql`insert into telephony_utterance (tenant_id, id, call_id, recording_id, speaker, start_ms, end_ms, text, confidence, at) values (${ids.tenant}, ${newId()}, ${id}, ${newId()}, 'agent', ${index * 8000}, ${index * 8000 + 6000}, ${text}, 0.9, ${at}::timestamptz)`.execute(ctx.acrossTenants('test data'))
  return id
}

beforeAll(async () => {
  app = await testApp()
  ;[manager, inspector, agent, agent2] = await Promise.all([app.as('shiftLeader'), app.as('inspector'), app.as('agent'), app.as('agent2')])
  const of = async (login: string): Promise<string> => (await app.actor(login)).id ?? ''
  ids = { agent: await of('agent'), agent2: await of('agent2'), inspector: await of('inspector'), shiftLeader: await of('shiftLeader'), tenant: (await app.actor('agent')).tenantId }
  // Ten calls of the agent: seven good, one with a serious word, one without text, one that fails.
  await app.command(async (ctx) => {
    for (let i = 0; i < 7; i++) await call(ctx, ids.agent, good, i + 1)
    await call(ctx, ids.agent, bad, 8)
    await call(ctx, ids.agent, [], 9)
    await call(ctx, ids.agent, plain, 10)
  })
})
afterAll(() => app.stop())

const planBody = (more: object = {}) => ({ id: null, name: '计划', kind: 'call', mode: 'machineFirst', filter: { days: 30 }, draw: { by: 'ratio', value: 100, perAgent: false }, sheetId: CALL_SHEET, verifyRatio: 20, ...more })
async function drawn(more: object = {}): Promise<{ planId: string; tasks: any[] }> { // oxlint-disable-line no-explicit-any -- answers are asserted on
  const plan = await manager.post('/api/quality/plans', planBody(more))
  expect(plan.status).toBe(200)
  const run = await manager.post(`/api/quality/plans/${plan.body.id}/run`, { seed: 'seed' })
  expect(run.status).toBe(200)
  if (run.body.mode !== 'personOnly') await inspectBatch.run((fn) => app.command(fn), { tenantId: ids.tenant, batchId: run.body.batches[0].id }, { attempt: 1, maxAttempts: 1 })
  return { planId: plan.body.id, tasks: (await manager.get(`/api/quality/tasks?planId=${plan.body.id}&limit=200`)).body.items }
}
const filled = (task: any, more: object = {}) => ({ scored: task.sheet.definition.groups.flatMap((g: any) => g.items.map((i: any) => i.code)), choices: Object.fromEntries((task.machine?.deductions ?? []).map((d: any) => [d.id, { choice: 'accepted' }])), ...more }) // oxlint-disable-line no-explicit-any -- answers are asserted on

it('静音只盖住指定的时段，两个声道都盖住', () => {
  const sound = Buffer.alloc(44 + 2 * 8000 * 2, 0x2a)
  sound.write('RIFF', 0, 'latin1')
  sound.write('WAVEfmt ', 8, 'latin1')
  sound.writeUInt32LE(16, 16)
  for (const [at, value] of [[20, 6], [22, 2], [32, 2], [34, 8]] as const) sound.writeUInt16LE(value, at)
  sound.writeUInt32LE(8000, 24)
  sound.write('data', 36, 'latin1')
  sound.writeUInt32LE(sound.length - 44, 40)
  const bytes = silenced(sound, [{ fromMs: 500, toMs: 1000 }, { fromMs: -300, toMs: 100 }, { fromMs: 1900, toMs: 9000 }])
  const at = (ms: number): number => bytes[44 + ms * 16 + 1] ?? 0
  expect([50, 101, 499, 501, 999, 1001, 1899, 1901, 1999].map((ms) => at(ms) === 0xd5)).toEqual([true, false, false, true, true, false, false, true, true])
})

describe('四种方式', () => {
  it('先机检后人检：高风险、不合格、未检的和合格的两成到质检员，其余以机检为准', async () => {
    const { tasks } = await drawn()
    const reasons = tasks.map((one) => one.reason ?? 'concluded').toSorted()
    // 8 of 10 pass without risk (one of them with deductions only); 20 % of 8 is 2.
    expect(reasons.filter((one) => one === 'sampled')).toHaveLength(2)
    expect(reasons.filter((one) => one === 'highRisk')).toHaveLength(1)
    expect(reasons.filter((one) => one === 'unchecked')).toHaveLength(1)
    expect(tasks.filter((one) => one.state === 'concluded').every((one) => one.points === one.machinePoints && one.humanPoints === null)).toBe(true)
    expect(tasks.filter((one) => one.reason).every((one) => one.inspectorId === ids.inspector)).toBe(true)
  })
  it('仅人工没有机检分，仅机检全部直接出结果、没有文字的列为未检', async () => {
    const person = await drawn({ mode: 'personOnly' })
    expect(person.tasks.every((one) => one.state === 'first' && one.machinePoints === null)).toBe(true)
    const machine = await drawn({ mode: 'machineOnly' })
    expect(machine.tasks.filter((one) => one.state === 'concluded')).toHaveLength(9)
    const told = (await agent.get('/api/messages?limit=20')).body.items.find((one: { title: string }) => one.title.startsWith('机检结果 9 件'))
    expect(told.link).toBe('/quality/mine')
    expect(machine.tasks.filter((one) => one.state === 'unchecked').map((one) => one.uncheckedName)).toEqual(['没有转写文字'])
  })
  it('人机并行：人评分之前看不到机检，两个分数分开保存', async () => {
    const { planId, tasks } = await drawn({ mode: 'parallel' })
    const one = tasks.find((t) => t.reason === 'mode')
    const shown = await inspector.get(`/api/quality/tasks/${one.id}`)
    expect(shown.body).toMatchObject({ machine: null, task: { machinePoints: null, highRisk: false, violation: false } })
    expect(tasks.filter((t) => t.reason === 'mode').every((t) => t.machinePoints === null)).toBe(true)
    expect((await manager.get(`/api/quality/tasks?planId=${planId}&highRisk=true`)).body.items).toEqual([])
    const done = await inspector.post(`/api/quality/tasks/${one.id}/submit`, filled(shown.body, { deductions: [{ itemCode: 'greeting', points: 2, atMs: 1000, quote: '您好' }] }))
    expect(done.body.task).toMatchObject({ state: 'concluded', humanPoints: 98, points: 98 })
    const after = (await inspector.get(`/api/quality/tasks/${one.id}`)).body
    expect(after.task.machinePoints).toBe(after.machine.points)
    // What was said is not for everybody who reads results.
    expect(shown.body.object).toMatchObject({ withheld: false })
    expect(shown.body.object.sentences.length).toBeGreaterThan(0)
    expect((await (await app.as('tenantAdmin')).get(`/api/quality/tasks/${one.id}`)).body.object).toMatchObject({ withheld: true, sentences: [] })
  })
})

it('抽样数量按比例取整，同一种子再抽一次结果相同，空结果给出说明', async () => {
  const preview = await manager.post('/api/quality/draws/preview', { kind: 'call', filter: { days: 30 }, draw: { by: 'ratio', value: 15 } })
  expect(preview.body).toMatchObject({ hits: 10, drawn: 2 })
  await app.command((ctx) => call(ctx, ids.agent2, good, 3))
  const perAgent = { draw: { by: 'ratio', value: 14, perAgent: true } }
  // 14 % of ten is one, of one at least one: the preview says what is drawn.
  expect((await manager.post('/api/quality/draws/preview', { kind: 'call', filter: { days: 30 }, ...perAgent })).body).toEqual({ hits: 11, drawn: 2, agents: 2 })
  expect((await drawn({ mode: 'personOnly', ...perAgent })).tasks).toHaveLength(2)
  await app.command((ctx) => sql`update telephony_call set ended_at = null where agent_id = ${ids.agent2}`.execute(ctx.acrossTenants('test data')))
  const [first, second] = [await drawn({ mode: 'personOnly', draw: { by: 'ratio', value: 30 } }), await drawn({ mode: 'personOnly', draw: { by: 'ratio', value: 30 } })]
  expect(first.tasks).toHaveLength(3)
  expect(first.tasks.map((one) => one.objectId).toSorted()).toEqual(second.tasks.map((one) => one.objectId).toSorted())
  expect((await manager.post('/api/quality/draws/preview', { kind: 'call', filter: {}, draw: { by: 'ratio', value: 101 } })).status).toBe(422)
  const none = await manager.post('/api/quality/plans', planBody({ filter: { minSeconds: 9000 } }))
  expect((await manager.post(`/api/quality/plans/${none.body.id}/run`, {})).body.code).toBe('quality.noHits')
})

it('分值不满一百的评分表被拒；发布第二版后，第一版的结果不变', async () => {
  const { planId, tasks } = await drawn({ mode: 'machineOnly' })
  const sheet = (await manager.get('/api/quality/sheets')).body.items.find((one: { id: string }) => one.id === CALL_SHEET)
  const change = structuredClone(sheet.definition)
  change.groups[0].items[0].points = 3
  expect((await manager.post('/api/quality/sheets', { id: CALL_SHEET, number: 1, name: sheet.name, kind: 'call', definition: change })).body.code).toBe('quality.sheetFault')
  change.groups[0].items[1].points = 11
  expect((await manager.post('/api/quality/sheets', { id: CALL_SHEET, number: 1, name: sheet.name, kind: 'call', definition: change })).body.number).toBe(2)
  expect((await manager.post('/api/quality/sheets', { id: CALL_SHEET, number: 1, name: sheet.name, kind: 'call', definition: change })).status).toBe(409)
  expect((await manager.get(`/api/quality/tasks/${tasks[0].id}`)).body.sheet.number).toBe(1)
  expect((await manager.get(`/api/quality/tasks?planId=${planId}&limit=200`)).body.items.map((one: { points: number }) => one.points)).toEqual(tasks.map((one) => one.points))
})

it('明天生效的规则组今天不扣分，停用的规则不扣分，版本可比', async () => {
  const rule = (await manager.get('/api/quality/rules')).body.items.find((one: { name: string; kind: string }) => one.name === '推诿用语' && one.kind === 'call')
  expect((await manager.post('/api/quality/rule-groups/issue', { group: '通话服务规范', enabled: false, effectiveFrom: toIso(plus(app.clock.now(), DAY)) })).status).toBe(200)
  const today = await drawn({ mode: 'machineOnly' })
  expect(today.tasks.some((one) => one.violation)).toBe(true)
  app.clock.advance(DAY + HOUR)
  const tomorrow = await drawn({ mode: 'machineOnly' })
  expect(tomorrow.tasks.filter((one) => one.state === 'concluded').every((one) => one.points === 100)).toBe(true)
  expect((await manager.post('/api/quality/rule-groups/issue', { group: '通话服务规范', enabled: true })).status).toBe(200)
  const held = (await manager.get('/api/quality/rules')).body.items.find((one: { id: string }) => one.id === rule.id)
  expect(held.versions.map((one: { number: number; enabled: boolean }) => [one.number, one.enabled])).toEqual([[3, true], [2, false], [1, true]])
  // What is planned for later neither comes forward with the group nor gets lost.
  const later = toIso(plus(app.clock.now(), 7 * DAY))
  const save = (definition: Record<string, unknown>, more: object = {}) => manager.post('/api/quality/rules', { id: rule.id, number: 3, name: rule.name, group: rule.group, kind: 'call', enabled: true, definition, reason: '下周起加重', ...more })
  expect(await save({ ...rule.definition, condition: { ...rule.definition.condition, words: [] } })).toMatchObject({ status: 422, body: { fields: [{ path: 'definition.condition.words' }] } })
  expect((await save({ ...rule.definition, points: 9 }, { effectiveFrom: later })).status).toBe(200)
  expect((await manager.post('/api/quality/rule-groups/issue', { group: '通话服务规范', enabled: true })).status).toBe(200)
  const after = (await manager.get('/api/quality/rules')).body.items.find((one: { id: string }) => one.id === rule.id)
  expect(after.versions.slice(0, 3).map((one: { number: number; effectiveFrom: string; definition: { points: number } }) => [one.number, one.effectiveFrom === later, one.definition.points])).toEqual([[6, true, 9], [5, false, rule.definition.points], [4, true, 9]])
  expect(after.live).toMatchObject({ number: 5 })
})

it('试跑规则指出句子和时间，改了再试命中消失，结果不变', async () => {
  const definition = { condition: { kind: 'forbidden', words: ['不归我们管'] }, item: 'patience', points: 5 }
  const before = (await manager.get('/api/quality/tasks?box=concluded&limit=200')).body.items
  const first = await manager.post('/api/quality/rules/try', { kind: 'call', definition })
  expect(first.body).toMatchObject({ objects: 1, hits: 1, unchecked: 1, sample: [{ atMs: 8000, quote: '这个不归我们管' }] })
  expect((await manager.post('/api/quality/rules/try', { kind: 'call', definition: { ...definition, condition: { kind: 'forbidden', words: ['别处'] } } })).body.hits).toBe(0)
  expect((await manager.get('/api/quality/tasks?box=concluded&limit=200')).body.items).toEqual(before)
  expect((await manager.post('/api/quality/rules/try', { kind: 'call', definition, text: '诉求人：不归我们管吗\n座席：不归我们管' })).body).toMatchObject({ hits: 1 })
})

it('两人抢同一件只有一人成功，本人的工作不能领取', async () => {
  const { tasks } = await drawn({ mode: 'personOnly', assign: 'grab' })
  expect(tasks.every((one) => one.state === 'pending')).toBe(true)
  expect((await inspector.post(`/api/quality/tasks/${tasks[0].id}/claim`)).body.state).toBe('first')
  await app.command(async (ctx) => sql`update quality_task set agent_id = ${ids.inspector} where tenant_id = ${ids.tenant} and id = ${tasks[1].id}`.execute(ctx.acrossTenants('test data')))
  expect((await inspector.post(`/api/quality/tasks/${tasks[1].id}/claim`)).body.code).toBe('quality.ownWork')
  const assigned = await manager.post('/api/quality/tasks/assign', { ids: [tasks[1].id, tasks[2].id], inspectorId: ids.inspector })
  expect(assigned.body).toMatchObject({ done: 1, refused: [{ reason: '不能质检本人的工作' }] })
  expect((await agent.post(`/api/quality/tasks/${tasks[3].id}/claim`)).status).toBe(403)
})

describe('评分与申诉', () => {
  let task: any // oxlint-disable-line no-explicit-any -- an answer
  it('机检的每一处扣分都有规则、句子和时间；必评未评、未采纳未驳回都被拒', async () => {
    const { tasks } = await drawn()
    task = tasks.find((one) => one.reason === 'highRisk')
    const shown = (await inspector.get(`/api/quality/tasks/${task.id}`)).body
    expect(shown.machine.deductions.map((d: any) => [d.ruleName, d.quote, d.atMs])).toContainEqual(['推诿用语', '这个不归我们管', 8000]) // oxlint-disable-line no-explicit-any -- an answer
    expect((await inspector.post(`/api/quality/tasks/${task.id}/submit`, { ...filled(shown), scored: [] })).body.code).toBe('quality.unscored')
    expect((await inspector.post(`/api/quality/tasks/${task.id}/submit`, { ...filled(shown), choices: {} })).body.code).toBe('quality.undecided')
    expect((await inspector.post(`/api/quality/tasks/${task.id}/submit`, { ...filled(shown), choices: { [shown.machine.deductions[0].id]: { choice: 'rejected' } } })).body.code).toBe('quality.rejectReason')
    const done = await inspector.post(`/api/quality/tasks/${task.id}/submit`, filled(shown))
    expect(done.body.task).toMatchObject({ state: 'concluded', points: 95, violation: true })
    const after = (await inspector.get(`/api/quality/tasks/${task.id}`)).body
    expect(Object.values(after.scores[0].choices)).toEqual([{ choice: 'accepted', reason: '' }])
    expect(after.machine.deductions).toHaveLength(1)
  })
  it('同事看不到别人的结果，本人看得到扣分和理由', async () => {
    expect((await agent2.get(`/api/quality/tasks/${task.id}`)).status).toBe(404)
    expect((await agent.get(`/api/quality/tasks/${task.id}`)).body.scores[0].deductions[0]).toMatchObject({ ruleName: '推诿用语', points: 5 })
    expect((await agent.get('/api/quality/mine')).body.items.map((one: { id: string }) => one.id)).toContain(task.id)
    expect((await (await app.as('otherAdmin')).get(`/api/quality/tasks/${task.id}`)).status).toBe(404)
  })
  it('申诉流程 A：主管审核、复评打分，分数随之改变，轨迹都在；再次申诉被拒', async () => {
    expect((await agent2.post(`/api/quality/tasks/${task.id}/appeal`, { reason: '与我无关的结果' })).status).toBe(404)
    const made = await agent.post(`/api/quality/tasks/${task.id}/appeal`, { reason: '该句是复述诉求人的话', excerpt: [{ sentenceId: 'x', atMs: 8000, text: '这个不归我们管' }] })
    expect(made.body).toMatchObject({ state: 'running', oldPoints: 95, current: { node: 'review', scores: false } })
    expect(await manager.post(`/api/quality/tasks/${task.id}/correct`, { points: 90, reason: '顺手更正', version: (await manager.get(`/api/quality/tasks/${task.id}`)).body.task.version })).toMatchObject({ status: 409, body: { code: 'quality.appealRuns' } })
    expect((await inspector.post(`/api/quality/appeals/${made.body.id}/decide`, { outcome: 'approve', opinion: '同意' })).status).not.toBe(200)
    const step = await manager.post(`/api/quality/appeals/${made.body.id}/decide`, { outcome: 'approve', opinion: '有道理，复评' })
    expect(step.body.current).toMatchObject({ node: 'score', scores: true })
    expect((await manager.post(`/api/quality/appeals/${made.body.id}/decide`, { outcome: 'approve', opinion: '复评' })).body.code).toBe('quality.scoreWanted')
    const shown = (await manager.get(`/api/quality/tasks/${task.id}`)).body
    const sheet = { ...filled(shown), choices: { [shown.machine.deductions[0].id]: { choice: 'rejected', reason: '属于复述' } } }
    const done = await manager.post(`/api/quality/appeals/${made.body.id}/decide`, { outcome: 'approve', opinion: '撤销该项扣分', sheet })
    expect(done.body).toMatchObject({ state: 'approved', oldPoints: 95, newPoints: 100 })
    const after = (await agent.get(`/api/quality/tasks/${task.id}`)).body
    expect(after.task.points).toBe(100)
    expect(after.changes.map((one: { oldPoints: number | null; newPoints: number }) => [one.oldPoints, one.newPoints])).toEqual([[null, 95], [95, 100]])
    expect((await agent.post(`/api/quality/tasks/${task.id}/appeal`, { reason: '还想再申诉一次' })).body.code).toBe('quality.appealedBefore')
  })
  it('申诉流程 B：质检组打分、本人重新评分、组长审批后才生效；过期的申诉被拒', async () => {
    expect((await (await app.as('tenantAdmin')).put('/api/admin/settings/quality.appeal.preset', { value: 'B', version: 0 })).status).toBe(200)
    const { tasks } = await drawn({ mode: 'machineOnly' })
    const bads = tasks.find((one) => one.violation)
    const made = (await agent.post(`/api/quality/tasks/${bads.id}/appeal`, { reason: '请重新听这段录音' })).body
    const shown = (await manager.get(`/api/quality/tasks/${bads.id}`)).body
    const kept = filled(shown)
    const dropped = { ...kept, choices: { [shown.machine.deductions[0].id]: { choice: 'rejected', reason: '语气正常' } } }
    expect((await manager.post(`/api/quality/appeals/${made.id}/decide`, { outcome: 'approve', opinion: '保留', sheet: kept })).body.current.node).toBe('rescore')
    expect((await agent.post(`/api/quality/appeals/${made.id}/decide`, { outcome: 'approve', opinion: '我认为不应扣', sheet: dropped })).body.current.node).toBe('leader')
    expect((await manager.get(`/api/quality/tasks/${bads.id}`)).body.task.points).toBe(95)
    const end = await (await app.as('businessAdmin')).post(`/api/quality/appeals/${made.id}/decide`, { outcome: 'approve', opinion: '同意本人意见' })
    expect(end.body).toMatchObject({ state: 'approved', newPoints: 100 })
    app.clock.advance(9 * DAY)
    const late = tasks.find((one) => one.id !== bads.id && one.state === 'concluded')
    expect((await agent.post(`/api/quality/tasks/${late.id}/appeal`, { reason: '过了很久才想起来' })).body.code).toBe('quality.appealLate')
  })
})

it('不合格的转复检，复检不能是初检的人；更正得分保留新旧值和理由', async () => {
  const { tasks } = await drawn({ mode: 'personOnly' })
  const one = tasks[0]
  const shown = (await inspector.get(`/api/quality/tasks/${one.id}`)).body
  const first = await inspector.post(`/api/quality/tasks/${one.id}/submit`, filled(shown, { deductions: [{ itemCode: 'patience', points: 10 }, { itemCode: 'greeting', points: 8 }, { itemCode: 'empathy', points: 7 }] }))
  expect(first.body).toMatchObject({ consequence: '转复检', task: { state: 'second', points: null } })
  expect((await inspector.post(`/api/quality/tasks/${one.id}/claim`)).status).toBe(403)
  await manager.post(`/api/quality/tasks/${one.id}/claim`)
  const second = await manager.post(`/api/quality/tasks/${one.id}/submit`, filled(shown, { deductions: [{ itemCode: 'patience', points: 10 }, { itemCode: 'greeting', points: 8 }] }))
  expect(second.body.task).toMatchObject({ state: 'concluded', points: 82 })
  const corrected = await manager.post(`/api/quality/tasks/${one.id}/correct`, { points: 85, reason: '重复扣分', version: second.body.task.version })
  expect(corrected.body.points).toBe(85)
  expect((await manager.get(`/api/quality/tasks/${one.id}`)).body.changes.at(-1)).toMatchObject({ oldPoints: 82, newPoints: 85, reason: '重复扣分' })
  expect((await inspector.post(`/api/quality/tasks/${one.id}/correct`, { points: 90, reason: 'x', version: 1 })).status).toBe(403)
})

it('统计与明细一致：按人、按指标、按规则', async () => {
  const day = toIso(app.clock.now()).slice(0, 10)
  const stats = (await manager.get(`/api/quality/statistics?from=2020-01-01&to=${day}&by=agent`)).body
  const rows = (await manager.get('/api/quality/tasks?box=concluded&state=concluded&limit=200')).body.items
  expect(stats.total.total).toBe(rows.length)
  expect(stats.total.mean).toBe(Math.round((rows.reduce((sum: number, one: { points: number }) => sum + one.points, 0) * 10) / rows.length) / 10)
  const rule = stats.rules.find((one: { name: string }) => one.name === '推诿用语')
  expect((await manager.get(`/api/quality/tasks?box=concluded&state=concluded&ruleId=${rule.id}&limit=200`)).body.items).toHaveLength(rule.tasks)
})

it('工单机检：未填地址、正文留有身份证号各有一处结果', async () => {
  const created = await agent.post('/api/orders', { requester: { name: '王先生', phone: '19900002001' }, appealType: 'help', title: '楼道灯不亮', content: '楼道灯坏了一周，身份证 110101199003074512，请尽快维修处理。', areaCode: '990101' })
  expect(created.status).toBe(200)
  const { tasks } = await drawn({ kind: 'order', mode: 'machineOnly', sheetId: '5a000000-0000-4000-8000-000000000003', filter: { days: 60 } })
  const shown = (await manager.get(`/api/quality/tasks/${tasks[0].id}`)).body
  expect(shown.machine.deductions.map((d: { ruleName: string }) => d.ruleName)).toEqual(expect.arrayContaining(['正文留有身份证号', '地址未填']))
  expect(shown.object.order.number).toBe(created.body.number)
})

it('被检单位看得到本单位工单的结果并可申诉，别的单位看不到；指标失分不超过分值', async () => {
  const [plan] = (await manager.get('/api/quality/plans')).body.items.filter((one: { kind: string }) => one.kind === 'order')
  const [one] = (await manager.get(`/api/quality/tasks?planId=${plan.id}&limit=10`)).body.items
  const [leader, other] = [await app.as('unitLeader'), await app.as('unitLeader2')]
  const unit = (await app.actor('unitLeader')).unitIds[0] ?? ''
  expect((await leader.get(`/api/quality/tasks/${one.id}`)).status).toBe(404)
  await app.command((ctx) => sql`update quality_task set unit_id = ${unit} where tenant_id = ${ids.tenant} and id = ${one.id}`.execute(ctx.acrossTenants('test data')))
  const shown = (await leader.get(`/api/quality/tasks/${one.id}`)).body
  expect(shown.acts.find((act: { act: string }) => act.act === 'appeal').enabled).toBe(true)
  expect((await other.get(`/api/quality/tasks/${one.id}`)).status).toBe(404)
  // A rule that hits again and again takes no more than the indicator is worth.
  const first = shown.machine.deductions[0]
  await app.command((ctx) => sql`update quality_deduction set points = 90 where tenant_id = ${ids.tenant} and id = ${first.id}`.execute(ctx.acrossTenants('test data')))
  const worth = shown.sheet.definition.groups.flatMap((g: { items: { code: string; points: number }[] }) => g.items).find((item: { code: string }) => item.code === first.itemCode).points
  const mine = (await leader.get('/api/quality/mine')).body
  expect(mine.items.map((row: { id: string }) => row.id)).toEqual([one.id])
  expect(mine.weakest.find((row: { name: string }) => row.name === first.itemName).lost).toBe(worth)
  expect((await leader.post(`/api/quality/tasks/${one.id}/appeal`, { reason: '地址在正文里' })).status).toBe(200)
  expect((await other.post(`/api/quality/tasks/${one.id}/appeal`, { reason: '地址在正文里' })).status).toBe(404)
})

it('优秀案例经确认才可见，文字已隐去号码；同一结果只推荐一次', async () => {
  const [one] = (await manager.get('/api/quality/tasks?box=concluded&state=concluded&kind=call&limit=1')).body.items
  const made = await manager.post(`/api/quality/tasks/${one.id}/case`, { kind: 'classic', title: '张先生的来电 13812345678' })
  expect((await manager.post(`/api/quality/tasks/${one.id}/case`, { kind: 'classic', title: '再来一次' })).status).toBe(409)
  expect((await agent.get('/api/quality/cases')).body.items).toEqual([])
  expect((await agent.get(`/api/quality/cases/${made.body.id}`)).status).toBe(404)
  await manager.post(`/api/quality/cases/${made.body.id}/decide`, { state: 'published', title: '张先生的来电 13812345678', tags: ['安抚'], version: 1 })
  const seen = (await agent.get(`/api/quality/cases/${made.body.id}`)).body
  expect(seen).toMatchObject({ title: '某先生的来电 ******', taskId: null })
  expect((await agent.get(`/api/quality/cases/${made.body.id}`)).body.views).toBe(1)
  // The sound is heard only where the publisher said so; another call's recording never.
  const sound = await app.command(async (ctx) => {
    const seeded = await seedCall(inTenant(ctx, ids.tenant), { agent: { id: ids.agent, name: '座席' }, at: ctx.clock.now(), phone: '19900003001', queueName: '综合受理', orderId: null, rating: null, sentences: [{ speaker: 'citizen', text: '想问一下公交线路的末班车时间是几点' }] })
    const { rows } = await sql<{ id: string }>`update telephony_recording set call_id = ${one.objectId} where tenant_id = ${ids.tenant} and call_id = ${seeded} returning id`.execute(ctx.acrossTenants('test data'))
    return rows[0]?.id ?? ''
  })
  expect(seen).toMatchObject({ withSound: false, recordings: [] })
  expect((await agent.get(`/api/quality/cases/${made.body.id}/recordings/${sound}`)).status).toBe(404)
  await manager.post(`/api/quality/cases/${made.body.id}/decide`, { state: 'published', title: '安抚来电人', withSound: true, mutes: [{ fromMs: 1000, toMs: 2000 }], version: 2 })
  expect((await agent.get(`/api/quality/cases/${made.body.id}`)).body.recordings.map((r: { id: string }) => r.id)).toEqual([sound])
  const heard = await agent.get(`/api/quality/cases/${made.body.id}/recordings/${sound}`)
  expect([heard.status, heard.headers['content-type']]).toEqual([200, 'audio/wav'])
  expect((await agent.get(`/api/quality/cases/${made.body.id}/recordings/${newId()}`)).status).toBe(404)
})

it('投诉类工单不论得分都到质检员；人机都评分时可改为以机检为准', async () => {
  const sheetId = '5a000000-0000-4000-8000-000000000003'
  const admin = await app.as('tenantAdmin')
  const set = async (key: string, value: unknown, version = 0) => expect((await admin.put(`/api/admin/settings/${key}`, { value, version })).status).toBe(200)
  const created = await agent.post('/api/orders', { requester: { name: '王先生', phone: '19900002002' }, appealType: 'complaint', title: '物业停电梯不通知', content: '物业停电梯检修没有提前通知，老人下不了楼，请督促物业改正。', areaCode: '990101', address: '临澜区和平小区' })
  const reasonOf = async (more: object) => (await drawn({ kind: 'order', sheetId, filter: { days: 60, appealTypes: ['complaint'] }, verifyRatio: 0, ...more })).tasks.find((one) => one.label.includes(created.body.number))
  expect(await reasonOf({})).toMatchObject({ reason: 'highRisk', highRisk: true })
  await set('quality.highRisk.kinds', ['serious'])
  expect((await reasonOf({})).highRisk).toBe(false)
  await set('quality.result.precedence', 'machine')
  const task = await reasonOf({ mode: 'parallel' })
  const shown = (await inspector.get(`/api/quality/tasks/${task.id}`)).body
  const item = shown.sheet.definition.groups[0].items[0]
  await inspector.post(`/api/quality/tasks/${task.id}/submit`, filled(shown, { deductions: [{ itemCode: item.code, points: 1 }] }))
  const done = (await inspector.get(`/api/quality/tasks/${task.id}`)).body.task
  expect([done.points, done.humanPoints]).toEqual([done.machinePoints, shown.sheet.definition.fullScore - 1])
  await set('quality.result.precedence', 'human', 1)
})

it('通话中的严重用语通知值班长和座席，同一句只报一次；关掉后不报', async () => {
  const heard = { callId: newId(), sentenceId: newId(), speaker: 'agent', startMs: 4000, endMs: 6000, text: '你听不懂吗' }
  await app.command(async (ctx) => { await alertOn(ctx, heard); await alertOn(ctx, heard) })
  const list = (await manager.get('/api/quality/alerts')).body.items
  expect(list.map((one: { ruleName: string; gradeName: string; text: string }) => [one.ruleName, one.gradeName, one.text])).toEqual([['责备反问', '严重', '你听不懂吗']])
  expect((await manager.post(`/api/quality/alerts/${list[0].id}/handle`, { handling: '已提醒座席' })).status).toBe(200)
  expect((await manager.post(`/api/quality/alerts/${list[0].id}/handle`, { handling: '再次' })).status).toBe(404)
  expect((await inspector.get('/api/quality/alerts')).status).toBe(403)
})

it('词库的质检关键词：待确认的不起作用，确认后命中标出位置；高等级的通话中按严重预警', async () => {
  const keeper = await app.as('businessAdmin')
  const definition = { condition: { kind: 'lexicon', store: 'quality', speaker: 'agent' }, item: 'patience', points: 2 }
  const attempt = async () => (await manager.post('/api/quality/rules/try', { kind: 'call', definition, text: '座席：先 这样吧' })).body
  const proposed = await keeper.put('/api/words', { kind: 'quality', word: '先这样吧', grade: 'high', state: 'proposed' })
  expect((await attempt()).hits).toBe(0)
  expect((await keeper.put('/api/words', { id: proposed.body.id, version: 1, kind: 'quality', word: '先这样吧', grade: 'high', state: 'active' })).status).toBe(200)
  expect(await attempt()).toMatchObject({ hits: 1, points: 2, sample: [{ note: '质检关键词“先这样吧”', quote: '先 这样吧' }] })
  const callId = newId()
  await app.command((ctx) => alertOn(ctx, { callId, sentenceId: newId(), speaker: 'agent', startMs: 0, endMs: 900, text: '那先这样吧' }))
  expect((await manager.get('/api/quality/alerts')).body.items.filter((one: { callId: string }) => one.callId === callId).map((one: { ruleName: string; grade: string }) => [one.ruleName, one.grade])).toEqual([['质检关键词', 'serious']])
})

it('说话人标反：对调后重新机检，再对调又恢复；已有结论的不能对调', async () => {
  const { tasks } = await drawn({ name: '对调', mode: 'parallel', inspectorIds: [ids.inspector] })
  const hits = async (id: string) => (await manager.get(`/api/quality/tasks/${id}`)).body
  const rows = await sql<{ id: string; n: number }>`select s.task_id as id, count(d.id)::int as n from quality_score s join quality_deduction d on d.tenant_id = s.tenant_id and d.score_id = s.id where s.stage = 'machine' and s.task_id in (${sql.join(tasks.map((one) => one.id))}) group by 1`.execute(app.app.runtime.db.withoutPlugins())
  const counted = async (id: string) => (await sql<{ n: number }>`select count(d.id)::int as n from quality_score s join quality_deduction d on d.tenant_id = s.tenant_id and d.score_id = s.id where s.stage = 'machine' and s.task_id = ${id} and d.rule_name = '推诿用语'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.n
  const shirking = await Promise.all(rows.rows.map(async (one) => ({ id: one.id, n: await counted(one.id) })))
  const task = shirking.find((one) => one.n === 1)
  expect(task).toBeDefined()
  const id = task?.id ?? ''
  expect((await agent.post(`/api/quality/tasks/${id}/swap-speakers`, {})).status).toBe(403)
  expect((await inspector.post(`/api/quality/tasks/${id}/swap-speakers`, {})).body).toMatchObject({ id })
  expect(await counted(id)).toBe(0)
  expect((await hits(id)).object.sentences.every((one: { speaker: string }) => one.speaker === 'citizen')).toBe(true)
  expect((await inspector.post(`/api/quality/tasks/${id}/swap-speakers`, {})).body).toMatchObject({ id })
  expect(await counted(id)).toBe(1)
  const done = (await manager.get('/api/quality/tasks?box=concluded&kind=call&limit=1')).body.items[0]
  expect((await manager.post(`/api/quality/tasks/${done.id}/swap-speakers`, {})).body.code).toBe('quality.wrongState')
})
