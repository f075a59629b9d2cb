import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { HOUR, DAY } from '../../kernel/time/index.ts'
import { lineCity, type LineCity, type PersonName } from '../platform/testing/line-city.ts'
import { approvalFlow } from './approval-flow.ts'
import { fireTimers } from './fire-timers.ts'
import type { FlowNode, Graph } from './graph.ts'
import { decideFlow, ensureDefinitions, flowFinished, flowOperations, flowsOf, startFlow, withdrawFlow, type Decision, type FinishedFlow } from './index.ts'
import { publishDue } from './publish-flows.ts'

let city: LineCity
let finished: FinishedFlow[] = []
let served: unknown[] = []
beforeAll(async () => {
  city = await lineCity()
  flowFinished.add(async (_ctx, ended) => void finished.push(ended))
  flowOperations.add(() => [{ name: 'test.note', label: '记一笔', takes: [{ name: 'text', label: '内容', type: 'text' }], gives: [{ name: 'noted', label: '已记', type: 'boolean' }], run: async (_ctx, call) => (served.push(call.input), { noted: true }) }])
  await city.app.command(ensureDefinitions, { tenantId: city.tenant })
})
afterAll(() => city.stop())
beforeEach(() => {
  finished = []
  served = []
})

const as = <T>(who: PersonName, fn: (ctx: Ctx) => Promise<T>): Promise<T> => city.app.command(fn, who.toLowerCase())
const decide = (who: PersonName, instanceId: string, outcome: Decision['outcome'], more: Partial<Decision> = {}) => as(who, (ctx) => decideFlow(ctx, { instanceId, outcome, opinion: '意见', ...more }))
const view = async (instanceId: string, who: PersonName = 'admin') => (await city.app.query((ctx) => flowsOf(ctx, [instanceId]), who.toLowerCase())).get(instanceId)
const current = async (instanceId: string) => (await view(instanceId))?.steps.filter((s) => s.state === 'current').map((s) => s.name)
const code = (promise: Promise<unknown>) => promise.then(() => 'ok', (error: { code?: string }) => error.code ?? String(error))

const leader = { permission: 'flow.approveInUnit', unit: 'subject' as const }
const bureau = { permission: 'flow.approveInUnit', unit: 'subjectParent' as const }
const centre = { permission: 'flow.approveExtension', unit: 'centre' as const }
const task = (key: string, actor: FlowNode['actor'], more: Partial<FlowNode> = {}): FlowNode => ({ key, kind: 'userTask', name: key, actor, ...more })
const ends: FlowNode[] = [{ key: 'yes', kind: 'end', name: '通过', result: 'approved' }, { key: 'no', kind: 'end', name: '退回', result: 'returned' }]
const next = (from: string, to: string, condition?: string) => ({ from, to, outcome: 'next' as const, ...(condition ? { condition } : {}) })
const yes = (from: string, to: string) => ({ from, to, outcome: 'approve' as const })
const no = (from: string, to = 'no') => ({ from, to, outcome: 'return' as const })

let serial = 0
async function run(graph: Graph, by: PersonName = 'handler', variables = {}): Promise<string> {
  const admin = await city.app.as('admin')
  const key = `run${(serial += 1)}`
  const made = await admin.post('/api/flow/definitions', { key, name: `测试-运行${serial}`, businessType: '测试', graph })
  expect(made.body.problems).toEqual([])
  expect((await admin.post(`/api/flow/versions/${made.body.versionId}/publish`, {})).status).toBe(200)
  return start(key, by, variables)
}
const start = async (key: string, by: PersonName = 'handler', variables = {}): Promise<string> =>
  (await as(by, (ctx) => startFlow(ctx, { key, objectType: 'x', objectId: newId(), subjectUnitId: city.units.station, applicantName: '甲', title: '事由', link: '/', variables }))).instanceId

const bothSides = (join: 'parallel' | 'inclusive'): Graph => ({
  nodes: [{ key: 's', kind: 'start', name: 's' }, { key: 'g', kind: join, name: '分' }, task('a', leader), task('b', bureau), { key: 'j', kind: join, name: '合' }, task('c', centre), ...ends],
  edges: [next('s', 'g'), next('g', 'a', ...(join === 'inclusive' ? ['days > 1'] : [])), next('g', 'b', ...(join === 'inclusive' ? ['days > 5'] : [])), ...(join === 'inclusive' ? [next('g', 'j')] : []), yes('a', 'j'), yes('b', 'j'), no('a'), no('b'), next('j', 'c'), yes('c', 'yes'), no('c')],
  variables: [{ name: 'days', label: '天数', type: 'number' }],
})

test('并行：两边都同意后才到中心，汇合只通过一次；一边退回则全部结束', async () => {
  const id = await run(bothSides('parallel'))
  expect(await current(id)).toEqual(['a', 'b'])
  await decide('bureauLeader', id, 'approve')
  expect(await current(id)).toEqual(['a'])
  await decide('stationLeader', id, 'approve')
  expect(await current(id)).toEqual(['c'])
  expect(await decide('reviewer', id, 'approve')).toEqual({ state: 'approved' })
  expect(finished).toEqual([expect.objectContaining({ outcome: 'approved', endKey: 'yes', withdrawn: false })])
  const other = await start(`run${serial}`)
  expect(await decide('stationLeader', other, 'return')).toEqual({ state: 'returned' })
  expect(await code(decide('bureauLeader', other, 'approve'))).toBe('flow.ended')
})

test.each([[0, ['c']], [3, ['a']], [9, ['a', 'b']]])('包容：%i 天时需要的环节是 %j，到齐后汇合', async (days, first) => {
  const id = await run(bothSides('inclusive'), 'handler', { days })
  expect(await current(id)).toEqual(first)
  for (const [key, who] of [['a', 'stationLeader'], ['b', 'bureauLeader']] as const) if (first.includes(key)) await decide(who, id, 'approve')
  expect(await current(id)).toEqual(['c'])
  expect(await decide('reviewer', id, 'approve')).toEqual({ state: 'approved' })
})

const oneStep = (more: Partial<FlowNode>): Graph => ({ nodes: [{ key: 's', kind: 'start', name: 's' }, task('a', leader), task('b', bureau, more), ...ends], edges: [next('s', 'a'), yes('a', 'b'), no('a'), yes('b', 'yes'), no('b')] })

test('退申请人补充：申请人补充后回到退回的环节；只能退到环节允许的地方', async () => {
  const id = await run(oneStep({ returnTo: ['applicant', 'previous'] }))
  await decide('stationLeader', id, 'approve')
  expect(await code(decide('bureauLeader', id, 'return', { returnTo: 'a' }))).toBe('flow.cannotReturn')
  await decide('bureauLeader', id, 'return', { returnTo: 'applicant', opinion: '缺照片' })
  expect(await current(id)).toEqual(['补充材料（b）'])
  expect((await view(id, 'handler'))?.mayDecide).toBe(true)
  expect(await code(decide('bureauLeader', id, 'approve'))).toBe('flow.alreadyDecided')
  expect(await code(decide('handler', id, 'return'))).toBe('flow.cannotReturn')
  await decide('handler', id, 'approve')
  expect(await current(id)).toEqual(['b'])
  await decide('bureauLeader', id, 'return', { returnTo: 'previous', opinion: '请站长再看' })
  expect(await current(id)).toEqual(['a'])
  await decide('stationLeader', id, 'approve')
  expect(await decide('bureauLeader', id, 'approve')).toEqual({ state: 'approved' })
})

test('转办与加签：转办后由新人办理，加签的人也同意才通过；没有开放的环节不能', async () => {
  const id = await run(oneStep({ addSigner: true, forward: true, opinion: 'always' }))
  const chief = await city.app.as('bureauleader')
  expect((await (await city.app.as('stationleader')).post(`/api/flow/instances/${id}/forward`, { userId: city.users.smsReader })).body.code).toBe('flow.cannotForward')
  await decide('stationLeader', id, 'approve')
  expect((await chief.post(`/api/flow/instances/${id}/add-signer`, { userId: city.users.handler })).body.code).toBe('flow.userUnfit')
  expect((await chief.post(`/api/flow/instances/${id}/add-signer`, { userId: city.users.smsReader, opinion: '请把关' })).status).toBe(200)
  expect((await chief.post(`/api/flow/instances/${id}/forward`, { userId: city.users.reviewer })).status).toBe(200)
  expect(await code(decide('bureauLeader', id, 'approve'))).toBe('flow.notYours')
  expect(await code(decide('reviewer', id, 'approve', { opinion: ' ' }))).toBe('flow.opinionWanted')
  expect(await decide('reviewer', id, 'approve')).toEqual({ state: 'running' })
  expect(await decide('smsReader', id, 'approve')).toEqual({ state: 'approved' })
  expect((await chief.get(`/api/flow/instances/${id}`)).body.records.map((r: { outcome: string }) => r.outcome)).toEqual(['start', 'approve', 'addSigner', 'forward', 'approve', 'approve'])
})

test('申请人可以撤回，别人不能；撤回告知业务', async () => {
  const id = await run(oneStep({}))
  expect(await code(as('stationLeader', (ctx) => withdrawFlow(ctx, { instanceId: id, reason: '不需要了' })))).toBe('kernel.notFound')
  await as('handler', (ctx) => withdrawFlow(ctx, { instanceId: id, reason: '不需要了' }))
  expect(finished).toEqual([expect.objectContaining({ outcome: 'returned', withdrawn: true })])
  const strict = await run({ ...oneStep({}), withdraw: 'undecided' })
  await decide('stationLeader', strict, 'approve')
  expect(await code(as('handler', (ctx) => withdrawFlow(ctx, { instanceId: strict, reason: '不需要了' })))).toBe('flow.cannotWithdraw')
})

test('指定人员会签与任一人办理', async () => {
  const people = [city.users.reviewer, city.users.smsReader]
  const all = await run({ nodes: [{ key: 's', kind: 'start', name: 's' }, task('a', { unit: 'centre', userIds: people }, { mode: 'all' }), ...ends], edges: [next('s', 'a'), yes('a', 'yes'), no('a')] })
  expect(await decide('reviewer', all, 'approve')).toEqual({ state: 'running' })
  expect(await decide('smsReader', all, 'approve')).toEqual({ state: 'approved' })
  const any = await run({ nodes: [{ key: 's', kind: 'start', name: 's' }, task('a', { unit: 'centre', userIds: people }), ...ends], edges: [next('s', 'a'), yes('a', 'yes'), no('a')] })
  expect((await (await city.app.as('smsreader')).get('/api/flow/tasks')).body.items.map((t: { instanceId: string }) => t.instanceId)).toContain(any)
  expect(await code(decide('bureauLeader', any, 'approve'))).toBe('kernel.notFound')
  expect(await decide('smsReader', any, 'approve')).toEqual({ state: 'approved' })
})

test('会签单位：每个单位各一人同意', async () => {
  const id = await run({ nodes: [{ key: 's', kind: 'start', name: 's' }, task('a', { unit: 'fixed', unitIds: [city.units.station, city.units.bureau], permission: 'flow.approveInUnit' }, { mode: 'all' }), ...ends], edges: [next('s', 'a'), yes('a', 'yes'), no('a')] })
  expect(await decide('stationLeader', id, 'approve')).toEqual({ state: 'running' })
  expect(await decide('bureauLeader', id, 'approve')).toEqual({ state: 'approved' })
})

const withTimer = (interrupting: boolean): Graph => ({
  nodes: [{ key: 's', kind: 'start', name: 's' }, task('a', leader), { key: 't', kind: 'timer', name: '超时', attachedTo: 'a', interrupting, after: { amount: 1, unit: 'workingDays' } }, { key: 'v', kind: 'serviceTask', name: '记', operation: { name: 'test.note', input: { text: '"超时：" + 原因' } } }, ...(interrupting ? [task('c', centre)] : [{ key: 'z', kind: 'end' as const, name: '提醒完' }]), ...ends],
  edges: [next('s', 'a'), yes('a', 'yes'), no('a'), next('t', 'v'), ...(interrupting ? [next('v', 'c'), yes('c', 'yes'), no('c')] : [next('v', 'z')])],
  variables: [{ name: '原因', label: '原因', type: 'text' }],
})

test('不中断的定时只触发一次，环节照常办理；中断的定时转到下一环节', async () => {
  const [reminded, moved] = [await run(withTimer(false), 'handler', { 原因: '无人' }), await run(withTimer(true), 'handler', { 原因: '无人' })]
  await city.app.command(fireTimers, { tenantId: city.tenant })
  expect(served).toEqual([])
  city.app.clock.advance(5 * DAY)
  await city.app.command(fireTimers, { tenantId: city.tenant })
  await city.app.command(fireTimers, { tenantId: city.tenant })
  expect(served).toEqual([{ text: '超时：无人' }, { text: '超时：无人' }])
  expect(await current(reminded)).toEqual(['a'])
  expect(await current(moved)).toEqual(['c'])
  expect(await code(decide('stationLeader', moved, 'approve'))).toBe('flow.alreadyDecided')
  expect(await decide('stationLeader', reminded, 'approve')).toEqual({ state: 'approved' })
  expect(await decide('reviewer', moved, 'approve')).toEqual({ state: 'approved' })
  const { rows } = await city.app.query((ctx) => sql<{ n: number }>`select count(*)::int as n from flow_timer where tenant_id = ${city.tenant} and fired_at is null and cancelled_at is null`.execute(ctx.db()), { tenantId: city.tenant })
  expect(rows[0]?.n).toBe(0)
})

test('子流程通过后主流程继续，子流程退回走退回出口；主流程结束时子流程一并结束', async () => {
  const inner = approvalFlow({ key: 'inner', name: '测试-子-审批', businessType: '测试', steps: [{ key: 'in', name: 'in', actor: leader }] })
  const admin = await city.app.as('admin')
  const made = await admin.post('/api/flow/definitions', { key: 'inner', name: inner.name, businessType: '测试', graph: inner.graph })
  expect((await admin.post(`/api/flow/versions/${made.body.versionId}/publish`, {})).status).toBe(200)
  const outer: Graph = { nodes: [{ key: 's', kind: 'start', name: 's' }, { key: 'k', kind: 'call', name: '子', call: { key: 'inner' } }, task('c', centre), ...ends], edges: [next('s', 'k'), next('k', 'c'), no('k'), yes('c', 'yes'), no('c')] }
  const id = await run(outer)
  const child = async (of: string) => (await admin.get(`/api/flow/instances/${of}`)).body.children[0].id as string
  expect(await decide('stationLeader', await child(id), 'approve')).toEqual({ state: 'approved' })
  expect(await current(id)).toEqual(['c'])
  expect(finished).toEqual([])
  expect(await decide('reviewer', id, 'approve')).toEqual({ state: 'approved' })
  const refused = await start(`run${serial}`)
  await decide('stationLeader', await child(refused), 'return')
  expect((await view(refused))?.state).toBe('returned')
  const dropped = await start(`run${serial}`)
  const inside = await child(dropped)
  expect((await admin.post(`/api/flow/instances/${dropped}/end`, { reason: '不再需要' })).status).toBe(200)
  expect((await view(inside))?.state).toBe('ended')
})

test('服务失败时整个审批不生效', async () => {
  flowOperations.add(() => [{ name: 'test.fail', label: '失败', run: async () => { throw new Error('设备故障') } }])
  const id = await run({ nodes: [{ key: 's', kind: 'start', name: 's' }, task('a', leader), { key: 'v', kind: 'serviceTask', name: '失败', operation: { name: 'test.fail' } }, ...ends], edges: [next('s', 'a'), yes('a', 'v'), no('a'), next('v', 'yes')] })
  expect(await code(decide('stationLeader', id, 'approve'))).toContain('设备故障')
  expect(await current(id)).toEqual(['a'])
})

test('管理员跳转、暂停和恢复：暂停期间不能办理，时限顺延；跳进并行分支也能走完', async () => {
  const id = await run(bothSides('parallel'))
  const admin = await city.app.as('admin')
  expect((await admin.post(`/api/flow/instances/${id}/suspend`, { reason: '核实情况' })).status).toBe(200)
  expect(await code(decide('stationLeader', id, 'approve'))).toBe('flow.suspended')
  expect((await (await city.app.as('stationleader')).get('/api/flow/tasks')).body.items.map((t: { instanceId: string }) => t.instanceId)).not.toContain(id)
  city.app.clock.advance(3 * HOUR)
  expect((await admin.post(`/api/flow/instances/${id}/resume`, { reason: '已核实' })).status).toBe(200)
  expect((await admin.post(`/api/flow/instances/${id}/jump`, { nodeKey: 'nowhere', reason: '试试' })).status).toBe(422)
  expect((await admin.post(`/api/flow/instances/${id}/jump`, { nodeKey: 'b', reason: '直接由局里定' })).status).toBe(200)
  expect(await current(id)).toEqual(['b'])
  await decide('bureauLeader', id, 'approve')
  expect(await decide('reviewer', id, 'approve')).toEqual({ state: 'approved' })
  expect((await (await city.app.as('stationleader')).post(`/api/flow/instances/${id}/jump`, { nodeKey: 'a', reason: '不该能' })).status).toBe(403)
})

test('草稿自动保存有先后：别人先存的，后存的被告知；已发布的不能改', async () => {
  const admin = await city.app.as('admin')
  const graph = oneStep({})
  const made = await admin.post('/api/flow/definitions', { key: 'drafted', name: '测试-草稿', businessType: '测试', graph })
  const path = `/api/flow/versions/${made.body.versionId}`
  expect((await admin.put(path, { graph, revision: 1 })).body).toMatchObject({ revision: 2 })
  expect(await admin.put(path, { graph, revision: 1 })).toMatchObject({ status: 409, body: { code: 'kernel.conflict' } })
  expect((await (await city.app.as('handler')).put(path, { graph, revision: 2 })).status).toBe(403)
  await admin.post(`${path}/publish`, {})
  expect(await admin.put(path, { graph, revision: 2 })).toMatchObject({ status: 409, body: { code: 'flow.notDraft' } })
})

test('定时生效：到时间前按旧版本，之后按新版本；停用后不能再发起', async () => {
  const admin = await city.app.as('admin')
  const first = await run(oneStep({}))
  const key = `run${serial}`
  const two = await admin.post(`/api/flow/definitions/${key}/versions`, { graph: { ...oneStep({}), edges: [next('s', 'a'), yes('a', 'yes'), no('a'), yes('b', 'yes'), no('b')], nodes: oneStep({}).nodes.filter((n) => n.key !== 'b') } })
  expect(two.status).toBe(422) // routes of a node that is gone
  const graph: Graph = { nodes: oneStep({}).nodes.filter((n) => n.key !== 'b'), edges: [next('s', 'a'), yes('a', 'yes'), no('a')] }
  const made = await admin.post(`/api/flow/definitions/${key}/versions`, { graph })
  const at = new Date(city.app.clock.now() + DAY).toISOString()
  expect((await admin.post(`/api/flow/versions/${made.body.versionId}/publish`, { effectiveAt: at, note: '只要站长' })).body).toEqual({ state: 'scheduled' })
  const before = await start(key)
  city.app.clock.advance(2 * DAY)
  await city.app.command(publishDue, { tenantId: city.tenant })
  const after = await start(key)
  expect(await decide('stationLeader', after, 'approve')).toEqual({ state: 'approved' })
  for (const id of [first, before]) expect(await decide('stationLeader', id, 'approve')).toEqual({ state: 'running' })
  const shown = (await admin.get(`/api/flow/definitions/${key}`)).body
  const diff = (await admin.get(`/api/flow/versions/${shown.versions[0].id}/compare?with=${shown.versions[1].id}`)).body
  expect(diff.changes.map((c: { kind: string; what: string }) => `${c.kind} ${c.what}`)).toEqual(expect.arrayContaining(['removed 环节“b”', 'added 连线“a → 通过”', 'removed 连线“a → b”']))
  const stats = (await admin.get(`/api/flow/definitions/${key}/statistics`)).body
  expect(stats.versions.map((v: { version: number; started: number; approved: number; running: number }) => [v.version, v.started, v.approved, v.running])).toEqual([[2, 1, 1, 0], [1, 2, 0, 2]])
  expect(stats.nodes.filter((n: { version: number }) => n.version === 1).map((n: { key: string; count: number; waiting: number }) => [n.key, n.count, n.waiting])).toEqual([['a', 2, 0], ['b', 0, 2]])
  expect((await admin.post(`/api/flow/versions/${made.body.versionId}/retire`, { reason: '不用了' })).status).toBe(200)
  expect(await code(start(key))).toBe('flow.unknownFlow')
})

test('试运行给出环节、真实的人和到期时间，不留任何数据', async () => {
  const admin = await city.app.as('admin')
  const count = async () => (await city.app.query((ctx) => sql<{ n: number }>`select (select count(*) from flow_instance) + (select count(*) from flow_token) + (select count(*) from flow_record) as n`.execute(ctx.acrossTenants('count')), { tenantId: city.tenant })).rows[0]?.n
  const held = await count()
  const graph = { ...bothSides('inclusive'), nodes: bothSides('inclusive').nodes.map((n) => (n.key === 'a' ? { ...n, limit: { amount: 2, unit: 'naturalDays' as const } } : n)) }
  const trial = await admin.post('/api/flow/simulate', { graph, unitId: city.units.station, variables: { days: 9 }, decisions: {} })
  expect(trial.body.steps.map((s: { name: string; people: string[] }) => [s.name, s.people])).toEqual([['a', ['站长乙']], ['b', ['局长丙']], ['c', ['审核员丁']]])
  expect(Date.parse(trial.body.steps[0].dueAt) - city.app.clock.now()).toBe(2 * DAY)
  expect(trial.body.outcome).toBe('approved')
  expect((await admin.post('/api/flow/simulate', { graph, unitId: city.units.station, variables: { days: 9 }, decisions: { c: 'return' } })).body.outcome).toBe('returned')
  expect(await admin.post('/api/flow/simulate', { graph, unitId: city.units.station, variables: { days: '九' } })).toMatchObject({ status: 422, body: { code: 'flow.variablesUnfit' } })
  expect(await count()).toBe(held)
})

test('下级中心沿用上级流程，直到发布自己的；停用后恢复上级的；区划变体最具体的优先', async () => {
  const child = newId()
  await city.app.command(async (ctx) => {
    await sql`insert into platform_tenant (id, code, name, area_code, parent_id, level, path, created_at) select ${child}, 'line-child', '下级中心', area_code, id, 3, array[id, ${child}::uuid], created_at from platform_tenant where id = ${city.tenant}`.execute(ctx.acrossTenants('fixture'))
  }, { tenantId: city.tenant })
  const { publishedVersion, nearest } = await import('./definition-store.ts')
  const inForce = () => city.app.query(async (ctx) => (await publishedVersion(ctx, 'orders.extension')).definitionId, { tenantId: child })
  const upper = await inForce()
  const { createFlowVariant } = await import('./draw-flows.ts')
  const { publishFlow, retireFlow } = await import('./publish-flows.ts')
  const made = await city.app.command((ctx) => createFlowVariant(ctx, { key: 'orders.extension' }), { tenantId: child })
  expect(await inForce()).toBe(upper)
  await city.app.command((ctx) => publishFlow(ctx, { id: made.versionId }), { tenantId: child })
  expect(await inForce()).toBe(made.id)
  expect((await city.app.query(async (ctx) => (await publishedVersion(ctx, 'orders.extension')).definitionId, { tenantId: city.tenant }))).toBe(upper)
  await city.app.command((ctx) => retireFlow(ctx, { id: made.versionId, reason: '改用上级' }), { tenantId: child })
  expect(await inForce()).toBe(upper)
  const rows = [{ tenantId: null, areaCode: null, n: 1 }, { tenantId: 't', areaCode: null, n: 2 }, { tenantId: 't', areaCode: '990100', n: 3 }, { tenantId: 't', areaCode: '990101', n: 4 }, { tenantId: 'other', areaCode: null, n: 5 }]
  expect([nearest(rows, ['t', 'up'], '990101001')?.n, nearest(rows, ['t', 'up'], '990102')?.n, nearest(rows, ['t'], '980000')?.n, nearest(rows, ['up'], '990101')?.n]).toEqual([4, 3, 2, 1])
})

test('导入导出经过接口：导出的能读回，坏文件不留数据', async () => {
  const admin = await city.app.as('admin')
  const shown = (await admin.get('/api/flow/definitions/orders.extension')).body
  const file = (await admin.get(`/api/flow/versions/${shown.versions[0].id}/bpmn`)).body
  expect(file.fileName).toBe('orders.extension-v1.bpmn')
  expect((await admin.post('/api/flow/import', { xml: file.xml })).body.graph.nodes.map((n: { key: string }) => n.key)).toEqual(shown.versions[0].graph.nodes.map((n: { key: string }) => n.key))
  const versions = async () => (await admin.get('/api/flow/definitions/orders.extension')).body.versions.length
  const before = await versions()
  expect(await admin.post('/api/flow/import', { xml: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' })).toMatchObject({ status: 422, body: { code: 'flow.badXml' } })
  expect(await versions()).toBe(before)
  expect((await (await city.app.as('handler')).post('/api/flow/import', { xml: file.xml })).status).toBe(403)
})
