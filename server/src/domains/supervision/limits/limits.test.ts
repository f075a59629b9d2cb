// Limit boards, receivers of cards, the overdue report (MAT-20).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { publishDue } from '../../matters/standard/decide-change.ts'
import { scene, type Scene } from '../testing/scene.ts'

let s: Scene
const industry = { id: '' }
beforeAll(async () => {
  s = await scene('2026-11-02T10:00:00+08:00')
  const [node] = await s.rows<{ id: string }>(sql`insert into matter_scheme_node (tenant_id, id, scheme, code, name, path, level, owner_unit_id, search_key, state, version, created_by_name, created_at, updated_at)
    select tenant_id, gen_random_uuid(), 'industry', 'GR', '供热行业', '{}', 1, id, 'gongre', 'effective', 1, '测试', now(), now() from platform_unit where code = 'T-HEAT' returning id`)
  industry.id = node?.id ?? ''
  await s.rows(sql`update matter_scheme_node set path = array[id] where id = ${industry.id} returning id`)
  await s.rows(sql`insert into matter_epoch (tenant_id, epoch) select tenant_id, gen_random_uuid() from platform_unit where code = 'T-HEAT' on conflict (tenant_id) do update set epoch = excluded.epoch returning epoch`)
})
afterAll(() => s.app.stop())

const told = async (login: string, colour: string) => (await s.messages(login, `supervision.${colour}`)).length
const board = (query: string) => s.ok(s.who('supervisor').get(`/api/supervision/limits?${query}`))
const rowsOf = async (list: { path: string; query: Record<string, string> }, login = 'supervisor') => (await s.ok(s.who(login).get(`${list.path}?${new URLSearchParams(list.query).toString()}`))).items as { orderId: string }[]

test('黄牌另告行业负责人，红牌另告上级部门，各一次；挂起的工单不发；上级部门可督办下级单位', async () => {
  const due = plus(s.app.clock.now(), 2 * DAY)
  const order = await s.dispatched({ unit: 'T-URBAN-1', dueAt: due, order: { industryId: industry.id } })
  await s.ok(s.who('sectionHandler').post(`/api/assignments/${order.assignment}/sign`))
  const quiet = await s.signed({ dueAt: due, order: { industryId: industry.id } })
  await s.rows(sql`update order_clock set state = 'paused', paused_at = now() where order_id = ${quiet.id} and state = 'running' returning id`)
  await s.rows(sql`update order_clock set state = 'cancelled' where order_id = ${order.id} and kind <> 'handling' and state = 'running' returning id`)
  const before = { owner: await told('unitLeader2', 'yellow'), superior: await told('unitLeader', 'red') }
  s.app.clock.set(plus(due, -DAY))
  await s.sweep()
  await s.sweep()
  expect(await told('unitLeader2', 'yellow')).toBe(before.owner + 1)
  expect((await s.messages('unitLeader2', 'supervision.yellow')).at(-1)?.title).not.toContain('路灯')
  expect(await told('sectionHandler', 'yellow')).toBe(1)
  s.app.clock.set(plus(due, HOUR))
  await s.sweep()
  await s.sweep()
  expect(await told('unitLeader', 'red')).toBe(before.superior + 1)
  expect(await told('sectionHandler', 'red')).toBe(1)
  expect(await s.rows(sql`select id from supervision_card where order_id = ${quiet.id}`)).toEqual([])

  const task = (unit: string) => ({ orderIds: [order.id], unitId: s.units[unit], replyDueAt: toIso(plus(s.app.clock.now(), DAY)), demand: '说明超期原因' })
  expect((await s.who('sectionHandler').post('/api/supervision/tasks', task('T-URBAN-1'))).status).toBe(403)
  expect((await s.who('unitLeader2').post('/api/supervision/tasks', task('T-URBAN-1'))).status).toBe(404)
  const made = await s.ok(s.who('unitLeader').post('/api/supervision/tasks', task('T-URBAN-1')))
  expect(made).toMatchObject({ supervisorName: '测试unitLeader', mayClose: true })
  const own = await s.signed()
  expect((await s.who('unitLeader').post('/api/supervision/tasks', { ...task('T-URBAN'), orderIds: [own.id] })).body).toMatchObject({ rule: 'supervision.task.unit' })
  await s.ok(s.who('sectionHandler').post(`/api/supervision/tasks/${made.id}/reply`, { content: '人手不足，今日办结' }))
  expect(await s.ok(s.who('unitLeader').post(`/api/supervision/tasks/${made.id}/close`, { outcome: 'accept', opinion: '同意' }))).toMatchObject({ state: 'closed' })
  await s.finish(own)
})

test('时限规则写明接收人的，按规则告知', async () => {
  await s.rows(sql`insert into matter_limit_rule (tenant_id, id, scope_kind, scope_id, clock, duration, receivers, created_by_name, created_at, updated_at)
    select tenant_id, gen_random_uuid(), 'industry', ${industry.id}, 'handling', '{"amount": 3, "unit": "naturalDays"}', '{"yellow": ["centre"]}', '测试', now(), now() from platform_unit where code = 'T-HEAT' returning id`)
  await s.rows(sql`update matter_epoch set epoch = gen_random_uuid() where tenant_id = (select tenant_id from platform_unit where code = 'T-HEAT') returning epoch`)
  const order = await s.signed({ order: { industryId: industry.id } })
  await s.rows(sql`update order_clock set state = 'cancelled' where order_id = ${order.id} and kind <> 'handling' and state = 'running' returning id`)
  const before = { owner: await told('unitLeader2', 'yellow'), centre: await told('supervisor', 'yellow'), leader: await told('unitLeader', 'yellow'), handler: await told('handler', 'yellow') }
  s.app.clock.advance(2 * DAY + HOUR)
  await s.sweep()
  expect({ owner: await told('unitLeader2', 'yellow'), centre: await told('supervisor', 'yellow'), leader: await told('unitLeader', 'yellow'), handler: await told('handler', 'yellow') })
    .toEqual({ owner: before.owner, centre: before.centre + 1, leader: before.leader, handler: before.handler + 1 })
  await s.finish(order)
})

test('看板按紧急程度、层级、行业、归口列在办工单，每个数字打开同样多的行；单位只见自己', async () => {
  const street = await s.dispatched({ unit: 'T-STREET', order: { urgency: 'urgent' } })
  const data = await board('clock=handling')
  for (const panel of data.panels) {
    expect(panel.lines.reduce((sum: number, line: { running: { count: number } }) => sum + line.running.count, 0)).toBe(data.total.running.count)
    for (const line of panel.lines) for (const part of ['running', 'inTime', 'near', 'overdue', 'paused'] as const) expect((await rowsOf(line[part].list)).length).toBe(line[part].count)
  }
  const level = data.panels.find((p: { by: string }) => p.by === 'level').lines.find((l: { key: string }) => l.key === '4')
  expect(level).toMatchObject({ name: '乡镇街道' })
  expect((await rowsOf(level.running.list)).map((r) => r.orderId)).toEqual([street.id])
  const heat = data.panels.find((p: { by: string }) => p.by === 'industry').lines.find((l: { key: string }) => l.key === industry.id)
  expect(heat).toMatchObject({ name: '供热行业', overdue: { count: 1 }, paused: { count: 1 } })
  expect((await board('clock=handling&level=4&urgency=urgent')).total.running.count).toBe(1)
  expect((await s.ok(s.who('handler2').get('/api/supervision/limits?clock=handling'))).total.running.count).toBe(0)
  expect((await s.who('agent').get('/api/supervision/limits')).status).toBe(403)
})

test('报告等于清单：到期、办结、超期、超期率和平均时长按行业和层级', async () => {
  for (const by of ['industry', 'level', 'urgency', 'category']) {
    const report = await s.ok(s.who('supervisor').get(`/api/supervision/limit-report?from=2026-11-01&to=2026-11-30&by=${by}`))
    expect(report.total.due.count).toBeGreaterThan(0)
    for (const line of report.lines) for (const part of ['due', 'closed', 'overdue'] as const) expect((await rowsOf(line[part].list)).length).toBe(line[part].count)
  }
  const report = await s.ok(s.who('supervisor').get(`/api/supervision/limit-report?from=2026-11-01&to=2026-11-30&by=industry`))
  const heat = report.lines.find((l: { key: string }) => l.key === industry.id)
  expect(heat).toMatchObject({ overdue: { count: 1 }, closed: { count: 1 }, overdueRate: 33.3, averageHours: 49 })
})

test('停用一个有 100 件工单的分类：列出 100 件，对应后按分类合计不变，撤销即还原；仍有在办工单的不能作废', async () => {
  const tenant = sql`(select tenant_id from platform_unit where code = 'T-HEAT')`
  const node = async (code: string, name: string): Promise<string> => (await s.rows<{ id: string }>(sql`with made as (select gen_random_uuid() as id) insert into matter_scheme_node (tenant_id, id, scheme, code, name, path, level, external_code, search_key, state, version, created_by_name, created_at, updated_at) select ${tenant}, id, 'category', ${code}, ${name}, array[id], 1, ${code}, '', 'effective', 1, '测试', now(), now() from made returning id`))[0]?.id ?? ''
  const [old, kept] = [await node('X1', '供热问题'), await node('X2', '供热管理')]
  const touch = () => s.rows(sql`update matter_epoch set epoch = gen_random_uuid() where tenant_id = ${tenant} returning epoch`)
  await touch()
  const first = await s.signed({ order: { categoryId: old } })
  await s.signed({ order: { categoryId: kept } })
  await s.rows(sql`insert into order_order select made.* from order_order o cross join generate_series(1, 99) i cross join lateral jsonb_populate_record(null::order_order, to_jsonb(o) || jsonb_build_object('id', gen_random_uuid(), 'number', o.number || '-' || i)) made where o.id = ${first.id} returning id`)
  await s.rows(sql`insert into order_clock select made.* from order_clock c cross join order_order o cross join lateral jsonb_populate_record(null::order_clock, to_jsonb(c) || jsonb_build_object('id', gen_random_uuid(), 'order_id', o.id, 'assignment_id', null)) made where c.order_id = ${first.id} and c.kind = 'handling' and o.number like ${`${first.number}-%`} returning id`)
  const manager = await s.app.as('matterManager')
  const refused = await manager.post(`/api/matters/objects/schemeNode/${old}/acts`, { act: 'void', reason: '撤并' })
  expect(refused).toMatchObject({ status: 409, body: { code: 'matters.inUse' } })
  expect(JSON.stringify(refused.body)).toContain('工单 100 项')
  const byClass = async (): Promise<Record<string, number>> => Object.fromEntries((await board('clock=handling')).panels.find((p: { by: string }) => p.by === 'category').lines.map((l: { key: string; running: { count: number } }) => [l.key, l.running.count]))
  const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, n) => sum + n, 0)
  const before = await byClass()
  expect([before[old], before[kept]]).toEqual([100, 1])
  const sync = await s.ok(manager.post('/api/matters/sync', { scheme: 'category', nodes: [{ code: 'X2', name: '供热管理' }] }))
  expect(sync.counts).toMatchObject({ deleted: 1 })
  await s.ok(manager.post(`/api/matters/sync/${sync.id}/decide`, { outcome: 'apply' }))
  const listed = await s.ok(manager.get('/api/matters/node-mappings?scheme=category'))
  expect(listed).toMatchObject({ unsettled: 100, items: [{ old: { id: old }, orders: 100, mapping: null, proposal: { id: kept } }] })
  const { id } = await s.ok(manager.post('/api/matters/node-mappings', { oldId: old, newId: kept }))
  expect((await manager.post('/api/matters/node-mappings', { oldId: old, newId: kept })).status).toBe(409)
  expect((await s.who('agent').post('/api/matters/node-mappings', { oldId: old, newId: kept })).status).toBe(403)
  const after = await byClass()
  expect([after[old], after[kept], total(after)]).toEqual([undefined, 101, total(before)])
  expect(JSON.stringify(await s.ok(s.who('supervisor').get(`/api/orders/${first.id}`)))).toContain('供热问题')
  expect((await rowsOf({ path: '/api/supervision/clocks/rows', query: { kind: 'handling', categoryId: kept, limit: '200' } })).length).toBe(101)
  await s.ok(manager.delete(`/api/matters/node-mappings/${id}`))
  expect(await byClass()).toEqual(before)
  // A theme's problem point that is bound to the category counts its orders.
  const point = await s.ok(manager.post('/api/matters/problem-points', { theme: '供热', name: '供热投诉', bindings: { categoryIds: [old], words: [] } }))
  expect((await s.ok(s.who('supervisor').get(`/api/matters/problem-points/${point.id}/orders?limit=10`))).count.value).toBe(100)
  expect((await s.ok(s.who('handler2').get(`/api/matters/problem-points/${point.id}/orders`))).count.value).toBe(0)
})

test('月中改规则：办结标准和新时限审核后自 16 日起生效，试算看得到；在办工单保留原版本和原时限，新工单按新的', async () => {
  const [author, reviewer] = [await s.app.as('matterManager'), await s.app.as('tenantAdmin')]
  const publish = async (made: { id: string; changeId: string | null }): Promise<string> => {
    await s.ok(reviewer.post(`/api/matters/changes/${made.changeId ?? ''}/decide`, { outcome: 'approve' }))
    return made.id
  }
  const directoryId = await publish(await s.ok(author.post('/api/matters/directories', { code: 'JZ', name: '旅程目录', submit: true })))
  const standard = { conditions: '本市范围', closingBasis: '示例办法', closingStandard: [{ text: '已修复' }] }
  const matterId = await publish(await s.ok(author.post('/api/matters/items', { code: 'JZ01', name: '路灯维修', directoryId, competentUnitId: s.units['T-URBAN'], ...standard, submit: true })))
  const running = await s.signed({ order: { matterId } })
  const now = await s.rows<{ month: string }>(sql`select to_char((${toIso(s.app.clock.now())}::timestamptz at time zone 'Asia/Shanghai') + interval '1 month', 'YYYY-MM') as month`)
  const day = `${now[0]?.month ?? ''}-16`
  const { revision } = await s.ok(author.get(`/api/matters/items/${matterId}`))
  const stricter = await s.ok(author.patch(`/api/matters/items/${matterId}`, { revision, closingStandard: [{ text: '已修复并附现场照片', evidence: true }], effectiveOn: day, submit: true }))
  expect((await author.post(`/api/matters/changes/${stricter.changeId}/decide`, { outcome: 'approve' })).status).toBe(403)
  expect(await s.ok(reviewer.post(`/api/matters/changes/${stricter.changeId}/decide`, { outcome: 'approve' }))).toMatchObject({ state: 'scheduled' })
  await s.ok(author.post('/api/matters/limits', { scopeKind: 'matter', scopeId: matterId, clock: 'handling', duration: { amount: 7, unit: 'naturalDays' }, validFrom: day }))
  const trial = async (startAt: string) => (await s.ok(author.post('/api/matters/limits/test', { matterId, appealType: 'help', startAt, clocks: ['handling'] }))).items[0].limit.durationText as string
  expect(await trial(`${day}T10:00:00+08:00`)).toBe('7天')
  const old = await trial(toIso(s.app.clock.now()))
  expect(old).not.toBe('7天')
  const clockOf = async (id: string) => (await s.rows<{ rule_text: string; due_at: string; version: number }>(sql`select c.rule_text, c.due_at::text, o.matter_version as version from order_clock c join order_order o on o.tenant_id = c.tenant_id and o.id = c.order_id where c.order_id = ${id} and c.kind = 'handling'`))[0]
  const before = await clockOf(running.id)
  expect(before?.rule_text).toContain(old)
  s.app.clock.set(`${day}T10:00:00+08:00`)
  await s.app.command(publishDue)
  await s.app.drain()
  const fresh = await s.signed({ order: { matterId } })
  expect(await clockOf(running.id)).toEqual(before)
  expect(await clockOf(fresh.id)).toMatchObject({ rule_text: expect.stringContaining('7天'), version: (before?.version ?? 0) + 1 })
})
