import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql, type KyselyPlugin } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { lineCity, type LineCity, type PersonName } from '../platform/testing/line-city.ts'
import { decideFlow, ensureDefinitions, flowFinished, flowsOf, previewFlow, startFlow, type FinishedFlow, type Graph } from './index.ts'

let city: LineCity
let finished: FinishedFlow[] = []
beforeAll(async () => {
  city = await lineCity()
  flowFinished.add(async (_ctx, ended) => void finished.push(ended))
  await city.app.command(ensureDefinitions, { tenantId: city.tenant })
})
afterAll(() => city.stop())
beforeEach(() => {
  finished = []
})

const as = <T>(who: PersonName, fn: (ctx: Ctx) => Promise<T>): Promise<T> => city.app.command(fn, who.toLowerCase())
const ask = (key: string, by: PersonName = 'handler', variables = {}) =>
  as(by, (ctx) => startFlow(ctx, { key, objectType: 'orderRequest', objectId: newId(), subjectUnitId: city.units.station, applicantName: '承办员甲', title: '延时三天', link: '/orders/1', variables }))
const decide = (who: PersonName, instanceId: string, outcome: 'approve' | 'return' | 'passUp', opinion = '意见') => as(who, (ctx) => decideFlow(ctx, { instanceId, outcome, opinion }))
const view = async (instanceId: string, who: PersonName = 'admin') => (await city.app.query((ctx) => flowsOf(ctx, [instanceId]), who.toLowerCase())).get(instanceId)
const code = (promise: Promise<unknown>) => promise.then(() => 'ok', (error: { code?: string }) => error.code ?? String(error))

test('两级延时审批：逐级同意，最后中心同意后才完成', async () => {
  const { instanceId, state } = await ask('orders.extension')
  expect(state).toBe('running')
  expect(await decide('stationLeader', instanceId, 'approve')).toEqual({ state: 'running' })
  expect(await decide('bureauLeader', instanceId, 'approve')).toEqual({ state: 'running' })
  expect(finished).toEqual([])
  expect((await view(instanceId))?.steps.map((s) => [s.actor, s.state])).toEqual([['城管一站', 'approved'], ['城管局', 'approved'], ['热线中心', 'current']])
  expect(await decide('reviewer', instanceId, 'approve', '同意')).toEqual({ state: 'approved' })
  expect(finished).toEqual([expect.objectContaining({ objectType: 'orderRequest', outcome: 'approved', instanceId, opinion: '同意' })])
  expect((await view(instanceId))?.state).toBe('approved')
})

test('任一级不同意即退回，且须写意见', async () => {
  const { instanceId } = await ask('orders.extension')
  expect(await code(decide('stationLeader', instanceId, 'return', ' '))).toBe('flow.opinionWanted')
  expect(await decide('stationLeader', instanceId, 'return', '理由不足')).toEqual({ state: 'returned' })
  expect(finished[0]).toMatchObject({ outcome: 'returned', opinion: '理由不足' })
  expect(await code(decide('stationLeader', instanceId, 'approve'))).toBe('flow.ended')
})

test('只有当前环节的人能审批，申请人不能审批自己的申请，无关的人查无此流程', async () => {
  const { instanceId } = await ask('orders.extension')
  expect(await code(decide('bureauLeader', instanceId, 'approve'))).toBe('flow.notYours')
  expect(await code(decide('reviewer', instanceId, 'approve'))).toBe('kernel.notFound')
  expect(await code(decide('neighbour', instanceId, 'approve'))).toBe('kernel.notFound')
  const own = await ask('orders.extension', 'stationLeader')
  // The leader of the unit is the applicant: his step is passed over, the level above decides.
  expect((await view(own.instanceId))?.steps.map((s) => [s.actor, s.state])).toEqual([['城管一站', 'skipped'], ['城管局', 'current'], ['热线中心', 'waiting']])
  const centreOwn = await as('reviewer', (ctx) => startFlow(ctx, { key: 'orders.return', objectType: 'x', objectId: newId(), subjectUnitId: city.units.station, applicantName: '审核员丁', title: 't', link: '/' }))
  expect(await code(decide('reviewer', centreOwn.instanceId, 'approve'))).toBe('flow.ownRequest')
})

test('没有人可审批的最后一级单位环节不会自动通过', async () => {
  await publish('onlyUnit', twoSteps({ first: 'platform.nobodyHoldsThis', passUp: true, single: true }))
  const { instanceId, state } = await ask('onlyUnit')
  expect(state).toBe('running')
  expect((await view(instanceId))?.steps.map((s) => [s.actor, s.state])).toEqual([['城管一站', 'current']])
})

test('上报把本环节交给上一级单位，到中心后不能再上报', async () => {
  await publish('withPassUp', twoSteps({ first: 'flow.approveInUnit', passUp: true }))
  const { instanceId } = await ask('withPassUp')
  await decide('stationLeader', instanceId, 'passUp', '请局里定')
  expect(await code(decide('stationLeader', instanceId, 'approve'))).toBe('flow.alreadyDecided')
  expect((await view(instanceId, 'bureauLeader'))?.mayDecide).toBe(true)
  await decide('bureauLeader', instanceId, 'approve')
  expect(await code(decide('reviewer', instanceId, 'passUp'))).toBe('flow.cannotPassUp')
  expect(await decide('reviewer', instanceId, 'approve')).toEqual({ state: 'approved' })
})

test('发布第二版后，进行中的仍按第一版走完，新的按第二版', async () => {
  await publish('versions', twoSteps({ first: 'flow.approveInUnit' }))
  const old = await ask('versions')
  await publish('versions', twoSteps({ first: 'flow.approveInUnit', single: true }), true)
  const young = await ask('versions')
  expect(await decide('stationLeader', old.instanceId, 'approve')).toEqual({ state: 'running' })
  expect(await decide('stationLeader', young.instanceId, 'approve')).toEqual({ state: 'approved' })
  expect(await decide('reviewer', old.instanceId, 'approve')).toEqual({ state: 'approved' })
  const shown = await (await city.app.as('admin')).get('/api/flow/definitions/versions')
  expect(shown.body.versions.map((v: { version: number; state: string }) => [v.version, v.state])).toEqual([[2, 'published'], [1, 'history']])
})

test('会签：全部同意才进入下一环节', async () => {
  const graph = twoSteps({ first: 'flow.approveInUnit', single: true })
  const node = graph.nodes.find((n) => n.key === 'first')
  if (node) Object.assign(node, { mode: 'all', actor: { permission: 'flow.approveExtension', unit: 'centre' } })
  await publish('together', graph)
  const extra = await secondReviewer()
  const { instanceId } = await ask('together')
  expect(await decide('reviewer', instanceId, 'approve')).toEqual({ state: 'running' })
  expect(await code(decide('reviewer', instanceId, 'approve'))).not.toBe('ok')
  expect(await city.app.command((ctx) => decideFlow(ctx, { instanceId, outcome: 'approve', opinion: '' }), extra)).toEqual({ state: 'approved' })
})

test('两人同时审批同一环节，只有一人成功', async () => {
  const { instanceId } = await ask('orders.extension')
  await decide('stationLeader', instanceId, 'approve')
  const results = await Promise.all([1, 2, 3].map(() => code(decide('bureauLeader', instanceId, 'approve'))))
  expect(results.toSorted()).toEqual(['flow.alreadyDecided', 'flow.alreadyDecided', 'ok'])
  const { rows } = await city.app.query((ctx) => sql`select 1 from flow_record where tenant_id = ${city.tenant} and instance_id = ${instanceId} and outcome = 'approve'`.execute(ctx.db()), { tenantId: city.tenant })
  expect(rows).toHaveLength(2)
})

test('发起和审批各不超过五条语句', async () => {
  await ask('orders.return')
  const counted = async (who: PersonName, fn: (ctx: Ctx) => Promise<unknown>): Promise<number> => {
    let statements = 0
    await as(who, async (ctx) => {
      const counter: KyselyPlugin = { transformQuery: ({ node }) => ((statements += 1), node), transformResult: async ({ result }) => result }
      const observed: Ctx = { ...ctx, db: <T>() => ctx.db<T>().withPlugin(counter), acrossTenants: <T>(reason: string) => ctx.acrossTenants<T>(reason).withPlugin(counter) }
      await fn(observed)
    })
    return statements
  }
  let id = ''
  const started = await counted('handler', async (ctx) => {
    id = (await startFlow(ctx, { key: 'orders.return', objectType: 'x', objectId: newId(), subjectUnitId: city.units.station, applicantName: '甲', title: 't', link: '/', variables: { leaderFirst: true } })).instanceId
  })
  const decided = await counted('stationLeader', (ctx) => decideFlow(ctx, { instanceId: id, outcome: 'approve', opinion: '' }))
  expect(started).toBeGreaterThan(1)
  expect(started).toBeLessThanOrEqual(5)
  expect(decided).toBeGreaterThan(1)
  expect(decided).toBeLessThanOrEqual(5)
})

test('预览列出各环节和可审批的人', async () => {
  expect(await city.app.query((ctx) => previewFlow(ctx, 'orders.extension', city.units.station), 'handler')).toEqual([
    { name: '逐级领导审批（城管一站）', actors: ['站长乙'] },
    { name: '逐级领导审批（城管局）', actors: ['局长丙'] },
    { name: '热线中心审批（热线中心）', actors: expect.arrayContaining(['审核员丁']) },
  ])
})

test('我的审批、实例详情与首页；申请人收到结果通知', async () => {
  const { instanceId } = await ask('orders.extension')
  await city.app.drain()
  const leader = await city.app.as('stationleader')
  const mine = await leader.get('/api/flow/tasks')
  expect(mine.body.items.map((t: { instanceId: string }) => t.instanceId)).toContain(instanceId)
  expect((await (await city.app.as('handler')).get('/api/flow/tasks')).body.items).toEqual([])
  expect((await leader.get('/api/home')).body.todo.map((t: { title: string }) => t.title)).toContain('延时三天')
  expect((await leader.get('/api/messages')).body.items[0]).toMatchObject({ typeName: '审批', title: '待审批：延时三天' })
  expect((await leader.post(`/api/flow/instances/${instanceId}/decide`, { outcome: 'return', opinion: '不同意' })).body).toEqual({ state: 'returned' })
  await city.app.drain()
  expect((await (await city.app.as('handler')).get('/api/messages')).body.items[0]).toMatchObject({ title: '审批未通过：延时三天', text: '不同意' })
  const shown = await (await city.app.as('handler')).get(`/api/flow/instances/${instanceId}`)
  expect(shown.body.records.map((r: { outcome: string }) => r.outcome)).toEqual(['start', 'return'])
  expect((await (await city.app.as('smsreader')).get(`/api/flow/instances/${instanceId}`)).status).toBe(404)
  expect((await (await city.app.as('neighbour')).get(`/api/flow/instances/${instanceId}`)).status).toBe(404)
})

test('重复的标识被拒绝，有问题的流程图不能发布', async () => {
  const admin = await city.app.as('admin')
  const body = { key: 'orders.extension', name: '测试-又一个延时', businessType: '工单', graph: twoSteps({ first: 'flow.approveInUnit' }) }
  expect(await admin.post('/api/flow/definitions', body)).toMatchObject({ status: 409, body: { code: 'flow.keyTaken' } })
  expect(await admin.post('/api/flow/definitions', { ...body, key: 'other', name: '工单-延时-逐级审批' })).toMatchObject({ status: 409, body: { code: 'flow.nameTaken' } })
  const graph = twoSteps({ first: 'flow.approveInUnit' })
  graph.nodes.push({ key: 'alone', kind: 'userTask', name: '孤立', actor: { permission: 'x', unit: 'centre' } })
  const made = await admin.post('/api/flow/definitions', { ...body, key: 'broken', name: '测试-坏流程', graph })
  expect(made.body.problems).not.toEqual([])
  const refused = await admin.post(`/api/flow/versions/${made.body.versionId}/publish`)
  expect(refused).toMatchObject({ status: 422, body: { code: 'flow.graphProblems' } })
  expect(refused.body.fields[0].path).toBe('nodes.alone')
  expect((await (await city.app.as('handler')).get('/api/flow/definitions')).status).toBe(403)
})

test('管理员改派或终止，均写原因并留痕', async () => {
  const { instanceId } = await ask('orders.extension')
  const admin = await city.app.as('admin')
  expect((await admin.post(`/api/flow/instances/${instanceId}/reassign`, { userId: city.users.handler, reason: '站长出差' })).body.code).toBe('flow.userUnfit')
  expect((await admin.post(`/api/flow/instances/${instanceId}/reassign`, { userId: city.users.smsReader, reason: '站长出差' })).status).toBe(200)
  expect(await code(decide('stationLeader', instanceId, 'approve'))).toBe('flow.notYours')
  expect(await decide('smsReader', instanceId, 'approve')).toEqual({ state: 'running' })
  expect((await admin.post(`/api/flow/instances/${instanceId}/end`, { reason: '' })).status).toBe(422)
  expect((await admin.post(`/api/flow/instances/${instanceId}/end`, { reason: '工单已撤销' })).status).toBe(200)
  expect(finished.at(-1)).toMatchObject({ outcome: 'returned', opinion: '工单已撤销' })
  expect((await view(instanceId))?.state).toBe('ended')
  const records = await admin.get(`/api/flow/instances/${instanceId}`)
  expect(records.body.records.map((r: { outcome: string }) => r.outcome)).toEqual(['start', 'reassign', 'approve', 'end'])
})

test('再次装入定义不改变任何东西', async () => {
  const count = () => city.app.query(async (ctx) => (await sql<{ n: number }>`select count(*)::int as n from flow_version`.execute(ctx.db())).rows[0]?.n, { tenantId: city.tenant })
  const before = await count()
  await city.app.command(ensureDefinitions, { tenantId: city.tenant })
  expect(await count()).toBe(before)
})

function twoSteps(options: { first: string; passUp?: boolean; single?: boolean }): Graph {
  return {
    nodes: [
      { key: 'start', kind: 'start', name: '开始' },
      { key: 'first', kind: 'userTask', name: '初审', actor: { permission: options.first, unit: 'subject' }, passUp: options.passUp ?? false },
      ...(options.single ? [] : [{ key: 'second', kind: 'userTask' as const, name: '复审', actor: { permission: 'flow.approveExtension', unit: 'centre' as const }, passUp: true }]),
      { key: 'yes', kind: 'end', name: '通过', result: 'approved' },
      { key: 'no', kind: 'end', name: '退回', result: 'returned' },
    ],
    edges: [
      { from: 'start', to: 'first', outcome: 'next' },
      { from: 'first', to: options.single ? 'yes' : 'second', outcome: 'approve' },
      { from: 'first', to: 'no', outcome: 'return' },
      ...(options.single ? [] : [{ from: 'second', to: 'yes', outcome: 'approve' as const }, { from: 'second', to: 'no', outcome: 'return' as const }]),
    ],
  }
}

async function publish(key: string, graph: Graph, again = false): Promise<void> {
  const admin = await city.app.as('admin')
  const made = again ? await admin.post(`/api/flow/definitions/${key}/versions`, { graph }) : await admin.post('/api/flow/definitions', { key, name: `测试-${key}`, businessType: '测试', graph })
  expect(made).toMatchObject({ status: 200, body: { problems: [] } })
  expect((await admin.post(`/api/flow/versions/${made.body.versionId}/publish`)).status).toBe(200)
}

async function secondReviewer(): Promise<string> {
  const id = newId()
  await city.app.command(async (ctx) => {
    const db = ctx.acrossTenants('fixture')
    await sql`insert into platform_user (tenant_id, id, login, staff_no, name, created_at, changed_at, changed_by) select tenant_id, ${id}, 'line-reviewer2', 'r2', '审核员二', created_at, changed_at, changed_by from platform_user where login = 'line-reviewer'`.execute(db)
    await sql`insert into platform_post (tenant_id, user_id, unit_id, main) values (${city.tenant}, ${id}, ${city.units.centre}, true)`.execute(db)
    await sql`insert into platform_grant (tenant_id, id, user_id, role_id, granted_by, granted_at) select tenant_id, ${newId()}, ${id}, role_id, granted_by, granted_at from platform_grant where user_id = ${city.users.reviewer}`.execute(db)
  }, { tenantId: city.tenant })
  return 'reviewer2'
}
