// Limit boards, receivers of cards, the overdue report (MAT-20).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
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
