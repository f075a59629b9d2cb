// Supervision of warning events over HTTP, on a source that keeps the contract (SUP-20).
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { applySetting } from '../../platform/index.ts'
import { scene, type Scene } from '../testing/scene.ts'
import { memorySource, warningSourceContract } from '../testing/warning-source.ts'
import { orderEventPanels } from './order-event-panels.ts'
import { orderEvents, orderRules } from './order-events.ts'
import { warningEvents, warningPanels } from './warning-events.ts'

const memory = memorySource()
const rules = { heat: newId(), noise: newId() }
const made: { id: string; orders: { id: string; assignment: string }[] }[] = []
let s: Scene

beforeAll(async () => {
  s = await scene('2026-11-02T10:00:00+08:00')
  warningEvents.add(memory.source.events)
  warningPanels.add(memory.source.panels)
  const [tenant] = await s.rows<{ id: string }>(sql`select tenant_id as id from platform_unit where code = 'T-URBAN'`)
  for (const [n, rule] of [['heat', '供热集中投诉'], ['heat', '供热集中投诉'], ['noise', '夜间噪声']].entries()) {
    const orders = n === 2 ? [] : [await s.signed(), await s.signed()]
    const id = newId()
    made.push({ id, orders })
    memory.add(tenant?.id ?? '', { id, number: `YJ${n}`, title: `${rule[1]} ${n}`, rule: { id: rules[rule[0] as 'heat'], name: rule[1] ?? '' }, level: n === 0 ? 'high' : 'middle', stateName: '待处理', raisedAt: plus(s.app.clock.now(), -n * HOUR), unitId: s.units['T-URBAN'] ?? null, unitName: '测试市城管局', orderIds: orders.map((o) => o.id) })
  }
})
afterAll(async () => {
  warningEvents.clear()
  warningPanels.clear()
  await s.app.stop()
})

warningSourceContract('内存', () => ({ source: memory.source, run: (fn) => s.app.command(fn, 'supervisor'), other: (fn) => s.app.command(fn, 'otherReviewer') }))

const list = (query: string, login = 'supervisor') => s.who(login).get(`/api/supervision/events?${query}`)
const body = (more: Record<string, unknown> = {}) => ({ unitId: s.units['T-URBAN'], replyDueAt: toIso(plus(s.app.clock.now(), DAY)), demand: '请核实并报告整改措施', ...more })

test('待督办的事件可看六类信息；发起督办后单位答复、结案，日志按状态列出每一步', async () => {
  const [first] = made
  expect((await s.ok(list('status=awaiting'))).items.map((e: { number: string }) => e.number)).toEqual(['YJ0', 'YJ1', 'YJ2'])
  const shown = await s.ok(s.who('supervisor').get(`/api/supervision/events/${first?.id}`))
  expect(shown.panels.map((p: { kind: string }) => p.kind)).toEqual(['summary', 'handling', 'analysis', 'orders', 'firstCase', 'similar'])
  for (const panel of shown.panels) expect(panel.facts[0].value).toBe('供热集中投诉 0')
  expect(shown.panels[3].orders).toHaveLength(2)
  expect(shown).toMatchObject({ maySupervise: true, units: [{ name: '测试市城管局' }] })
  const { taskId } = await s.ok(s.who('supervisor').post(`/api/supervision/events/${first?.id}/supervise`, body({ leaderId: s.users['leader'] })))
  expect((await s.who('supervisor').post(`/api/supervision/events/${first?.id}/supervise`, body())).body).toMatchObject({ rule: 'supervision.event.eventSupervised' })
  expect((await s.ok(list('status=awaiting'))).items.map((e: { number: string }) => e.number)).toEqual(['YJ1', 'YJ2'])
  expect((await s.ok(list(`status=open&unitId=${s.units['T-URBAN']}`))).items).toMatchObject([{ number: 'YJ0', taskId, startedByName: '测试supervisor', overdue: false }])
  expect((await s.ok(s.who('leader').get('/api/supervision/instructions?mine=true&state=requested'))).items[0].request).toContain('YJ0')
  const seen = await s.ok(s.who('handler').get(`/api/supervision/tasks/${taskId}`))
  expect(seen).toMatchObject({ source: 'warning', ruleName: '预警事件督办', mayReply: true })
  expect(seen.orders).toHaveLength(2)
  await s.ok(s.who('handler').post(`/api/supervision/tasks/${taskId}/reply`, { content: '已排查，今晚恢复' }))
  expect((await s.ok(list('status=replied'))).items).toHaveLength(1)
  const stats = await s.ok(s.who('supervisor').get('/api/supervision/statistics?from=2026-11-01&to=2026-11-30&by=type'))
  expect(stats.lines.map((l: { name: string }) => l.name)).toEqual(['预警事件督办'])
  await s.ok(s.who('supervisor').post(`/api/supervision/tasks/${taskId}/close`, { outcome: 'accept', opinion: '同意' }))
  expect((await s.ok(list('status=closed&from=2026-11-01&to=2026-11-30'))).items).toMatchObject([{ number: 'YJ0', statusName: '已结案' }])
  expect((await s.ok(s.who('supervisor').get(`/api/supervision/events/${first?.id}`))).tasks).toHaveLength(1)
  expect((await s.ok(s.who('supervisor').get(`/api/supervision/tasks/${taskId}`))).steps.map((x: { node: string }) => x.node)).toEqual(['opened', 'replied', 'closed'])
})

test('规则不参与、没有工单、单位不承办、没有权限：都不能督办，什么也没有改变', async () => {
  const [, second, empty] = made
  const supervise = (login: string, id: string | undefined, more: Record<string, unknown> = {}) => s.who(login).post(`/api/supervision/events/${id}/supervise`, body(more))
  expect((await supervise('supervisor', empty?.id)).body).toMatchObject({ rule: 'supervision.event.eventWithoutOrder' })
  expect((await supervise('supervisor', second?.id, { unitId: s.units['T-HEAT'] })).status).toBe(422)
  expect((await supervise('supervisor', newId())).status).toBe(404)
  for (const login of ['handler', 'unitLeader', 'agent']) expect((await supervise(login, second?.id)).status).toBe(403)
  expect((await list('status=awaiting', 'handler')).status).toBe(404)
  await s.ok(s.who('tenantAdmin').put('/api/admin/settings/supervision.warningRules', { value: [rules.noise], version: 0 }))
  expect((await s.ok(list('status=awaiting'))).items.map((e: { number: string }) => e.number)).toEqual(['YJ2'])
  expect((await supervise('supervisor', second?.id)).body).toMatchObject({ rule: 'supervision.event.eventRule' })
  expect(await s.rows(sql`select 1 from supervision_event where event_id = ${second?.id}`)).toEqual([])
})

describe('没有预警模块时，工单自己成为预警事件', () => {
  const source = { events: orderEvents, panels: orderEventPanels }
  let set: { id: string; orders: { id: string }[] }
  beforeAll(async () => {
    warningEvents.clear()
    warningPanels.clear()
    await s.ok(s.who('tenantAdmin').put('/api/admin/settings/supervision.warningRules', { value: [], version: 1 }))
    const orders = [await s.signed(), await s.registered(), await s.registered()]
    set = { ...(await s.ok(s.who('reviewer').post('/api/order-sets', { title: '北门路灯集中不亮', core: '三盏路灯同时不亮', orderIds: orders.map((o) => o.id) }))), orders }
    for (const [flag, urgency] of [['emergency', 'major'], ['unstable', 'urgent']]) {
      s.app.clock.advance(HOUR)
      const order = await s.registered()
      await s.rows(sql`update order_order set flags = array[${flag}], urgency = ${urgency} where id = ${order.id} returning id`)
    }
  })
  warningSourceContract('工单', () => ({ source, run: (fn) => s.app.command(fn, 'supervisor'), other: (fn) => s.app.command(fn, 'otherReviewer') }))

  test('事件集达到件数才成为事件；六类信息由工单算出；督办落到承办单位，件数和规则由管理员点选', async () => {
    const listed = async () => (await s.ok(list('status=awaiting'))).items as { id: string; ruleName: string; levelName: string }[]
    expect((await listed()).map((e) => e.ruleName)).toEqual(['不稳定因素工单', '突发事件工单', '同诉事件集'])
    expect((await s.ok(list('status=awaiting&limit=1'))).count).toEqual({ value: 3, capped: false })
    const shown = await s.ok(s.who('supervisor').get(`/api/supervision/events/${set.id}`))
    expect(shown.panels.map((p: { kind: string }) => p.kind)).toEqual(['summary', 'handling', 'analysis', 'orders', 'firstCase', 'similar'])
    expect(shown.panels[0].facts).toContainEqual({ label: '核心问题', value: '三盏路灯同时不亮' })
    expect(shown.panels[3].orders).toHaveLength(3)
    expect(shown.panels[4].orders).toMatchObject([{ id: set.orders[0]?.id }])
    const { taskId } = await s.ok(s.who('supervisor').post(`/api/supervision/events/${set.id}/supervise`, body()))
    expect(await s.ok(s.who('handler').get(`/api/supervision/tasks/${taskId}`))).toMatchObject({ source: 'warning', mayReply: true })
    const choose = (login: string, ruleIds: string[]) => s.who(login).put('/api/supervision/event-rules', { ruleIds })
    expect((await choose('supervisor', [newId()])).status).toBe(422)
    for (const login of ['handler', 'leader']) expect((await choose(login, [])).status).toBe(403)
    expect((await s.ok(choose('supervisor', [orderRules.emergency]))).rules.map((r: { chosen: boolean }) => r.chosen)).toEqual([false, true, false])
    expect((await listed()).map((e) => e.ruleName)).toEqual(['突发事件工单'])
    await s.ok(choose('supervisor', []))
    await s.app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'supervision.warningSetSize', 4, '测试'), 'supervisor')
    expect((await s.app.command((ctx) => orderEvents(ctx, { ids: [set.id], limit: 1 }), 'supervisor')).items).toEqual([])
  })
})
