// Automatic assignment and the words of dispatch over HTTP (ORD-30, ORD-31).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'
import { sweepRules } from './auto-dispatch.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const rule = (more: Record<string, unknown> = {}) => ({ name: '供热一律派供热办', enabled: true, condition: { anyWords: ['暖气'] }, action: { units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }], opinion: '请按供热应急要求办理' }, ...more })
const create = async (body: Record<string, unknown>) => (await walk.who('businessAdmin')).post('/api/assign-rules', body)
const waiting = async (title: string) => {
  const order = await walk.register({ title })
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
  return order
}
const auto = async (orderId: string) => (await walk.ok((await walk.who('dispatcher')).get(`/api/auto-assignments?orderId=${orderId}`))).items[0]

describe('自动交办规则', () => {
  test('试运行数出命中和与人工一致的件数，不改变任何工单', async () => {
    const done = await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }], { title: '暖气不热一' })
    await walk.register({ title: '暖气不热二' })
    const before = await walk.rows(sql`select count(*) as n from order_timeline`)
    const trial = await walk.ok((await walk.who('businessAdmin')).post('/api/assign-rules/trial', { condition: rule().condition, action: rule().action }))
    expect(trial).toMatchObject({ hits: 2, agree: 1, capped: false })
    expect(trial.sample.find((s: { number: string }) => s.number === done.number).agrees).toBe(true)
    expect(await walk.rows(sql`select count(*) as n from order_timeline`)).toEqual(before)
  })

  test('空条件、无单位、重名、无权维护、同条件不同去向均被拒', async () => {
    expect((await create(rule({ condition: {} }))).body.fields[0].path).toBe('condition')
    expect((await create(rule({ action: { units: [{ unitId: walk.unit('C-URBAN'), role: 'lead' }] } }))).status).toBe(422)
    await walk.ok(create(rule()))
    expect((await create(rule())).status).toBe(409)
    expect((await create(rule({ name: '另一条', action: { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] } }))).body).toMatchObject({ rule: 'orders.assignRule.contradiction' })
    expect((await (await walk.who('dispatcher')).post('/api/assign-rules', rule({ name: '私自' }))).status).toBe(403)
  })

  test('命中：无人经手即派出，时间轴盖规则名；未命中的留在待派发', async () => {
    const hit = await waiting('整栋楼暖气不热')
    const miss = await waiting('路灯不亮')
    await app.command((ctx) => sweepRules(ctx))
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.order(hit.id)).toMatchObject({ state: 'inProgress', lead_unit_id: walk.unit('T-HEAT') })
    expect(await walk.order(miss.id)).toMatchObject({ state: 'pendingDispatch' })
    const entries = await walk.rows(sql<{ actor_name: string; data: { rule: { name: string } } }>`select actor_name, data from order_timeline where order_id = ${hit.id} and act = 'dispatch'`)
    expect(entries).toMatchObject([{ actor_name: '系统', data: { rule: { name: '供热一律派供热办' } } }])
  })

  test('排在前面的工单都不命中也轮得到后来的；改了内容的再看一次；挂办的不挡路，解除后照派', async () => {
    const first = await waiting('路灯不亮二')
    // Two hundred and more that no rule matches, as a backlog of an hour would be.
    await walk.rows(sql`insert into order_order select made.* from order_order o, generate_series(1, 210) n cross join lateral jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'number', o.number || 'X' || n, 'enquiry_code', o.enquiry_code || n, 'stage_since_at', o.stage_since_at - interval '1 hour')) made where o.id = ${first.id}`)
    const hit = await waiting('暖气又不热了')
    const seen = async () => Number((await walk.rows(sql<{ n: string }>`select count(*) as n from order_dispatch_look where sweep = 'rules'`))[0]?.n)
    await app.command((ctx) => sweepRules(ctx))
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.order(hit.id)).toMatchObject({ state: 'inProgress', lead_unit_id: walk.unit('T-HEAT') })
    const before = await seen()
    expect(before).toBeGreaterThan(210)
    const { version } = await walk.ok((await walk.who('reviewer')).get(`/api/orders/${first.id}`))
    await walk.ok((await walk.who('reviewer')).patch(`/api/orders/${first.id}`, { content: '其实是暖气不热', version }))
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.order(first.id)).toMatchObject({ state: 'inProgress', lead_unit_id: walk.unit('T-HEAT') })
    const contested = await waiting('暖气归谁管')
    await walk.rows(sql`update order_order set flags = array_append(flags, 'disputed') where id = ${contested.id}`)
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.rows(sql`select sweep from order_dispatch_look where order_id = ${contested.id}`)).toEqual([{ sweep: 'rules' }])
    await walk.rows(sql`update order_order set flags = array_remove(flags, 'disputed'), version = version + 1 where id = ${contested.id}`)
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.order(contested.id)).toMatchObject({ state: 'inProgress', lead_unit_id: walk.unit('T-HEAT') })
    await walk.rows(sql`delete from order_dispatch_look where order_id not in (select id from order_order where number not like '%X%')`)
    await walk.rows(sql`delete from order_order where number like '%X%'`)
  })

  test('判定有误：收回改派并计数；再判被拒', async () => {
    const order = await waiting('暖气管道占道')
    await app.command((ctx) => sweepRules(ctx))
    const row = await auto(order.id)
    const judge = async (body: Record<string, unknown>) => (await walk.who('dispatcher')).post(`/api/auto-assignments/${row.id}/judge`, body)
    expect((await judge({ verdict: 'wrong' })).body).toMatchObject({ rule: 'orders.autoAssignment.units' })
    await walk.ok(judge({ verdict: 'wrong', note: '占道归城管', units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] }))
    expect(await walk.order(order.id)).toMatchObject({ state: 'inProgress', lead_unit_id: walk.unit('T-URBAN') })
    expect((await judge({ verdict: 'right' })).status).toBe(409)
    const [counted] = (await walk.ok((await walk.who('businessAdmin')).get('/api/assign-rules'))).items
    expect(counted).toMatchObject({ wrong: 1 })
  })

  test('被限制的单位永远不由规则选中；过期规则不再生效', async () => {
    const order = await waiting('暖气漏水')
    await walk.rows(sql`insert into order_unit_block (tenant_id, order_id, unit_id, cause, at) select tenant_id, id, ${walk.unit('T-HEAT')}::uuid, 'returnApproved', now() from order_order where id = ${order.id}`)
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.order(order.id)).toMatchObject({ state: 'pendingDispatch' })
    expect(await auto(order.id)).toMatchObject({ state: 'failed', why: expect.stringContaining('不能再派') })
    const [held] = (await walk.ok((await walk.who('businessAdmin')).get('/api/assign-rules'))).items
    await walk.ok((await walk.who('businessAdmin')).patch(`/api/assign-rules/${held.id}`, { ...rule(), version: held.version, validTo: toIso(plus(app.clock.now(), DAY)) }))
    app.clock.advance(2 * DAY)
    const late = await waiting('暖气不热三')
    await app.command((ctx) => sweepRules(ctx))
    expect(await walk.order(late.id)).toMatchObject({ state: 'pendingDispatch' })
  })
})

test('评分规则只给单位加减分并说明来由，不自动派发；以往同类工单的办结单位也列出', async () => {
  const admin = await walk.who('businessAdmin')
  const score = (name: string, unit: string, points: number) => walk.ok(admin.post('/api/assign-rules', rule({ name, effect: 'score', score: points, condition: { anyWords: ['占道'] }, action: { units: [{ unitId: walk.unit(unit), role: 'lead' }] } })))
  await score('占道优先城管', 'T-URBAN', 30)
  await walk.ok(admin.post('/api/assign-rules', rule({ name: '占道不派供热', effect: 'score', score: -40, condition: { anyWords: ['占道', '摊贩'] }, action: { units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }] } })))
  const order = await waiting('流动摊贩占道经营')
  await app.command((ctx) => sweepRules(ctx))
  expect(await walk.order(order.id)).toMatchObject({ state: 'pendingDispatch' })
  const options = async (id: string) => (await walk.ok((await walk.who('dispatcher')).get(`/api/orders/${id}/dispatch-options`))).recommended
  expect((await options(order.id))[0]).toMatchObject({ unitId: walk.unit('T-URBAN'), reason: '规则“占道优先城管”+30 分', barred: null })
  expect((await options(order.id)).map((r: { unitId: string }) => r.unitId)).not.toContain(walk.unit('T-HEAT'))
  await walk.rows(sql`insert into order_unit_block (tenant_id, order_id, unit_id, cause, at) select tenant_id, id, ${walk.unit('T-URBAN')}::uuid, 'returnApproved', now() from order_order where id = ${order.id}`)
  expect((await options(order.id))[0].barred).not.toBeNull()
  const [category] = await walk.rows(sql<{ id: string }>`select gen_random_uuid() as id`)
  const past = []
  for (let n = 0; n < 4; n += 1) past.push((await walk.register({ title: `窨井盖缺失 ${n}` })).id)
  await walk.rows(sql`update order_order set category_id = ${category?.id}, close_kind = 'handled', state = 'archived', lead_unit_id = ${walk.unit('T-HEAT')}::uuid where id = any(${past}::uuid[])`)
  const like = await waiting('窨井盖又缺失')
  await walk.rows(sql`update order_order set category_id = ${category?.id} where id = ${like.id}`)
  expect((await options(like.id))[0]).toMatchObject({ unitId: walk.unit('T-HEAT'), reason: '近期同类工单 4 件由其办结' })
})

test('转办意见：不同来源带出不同的文本并填好占位；私人意见别人看不见、改不了', async () => {
  const admin = await walk.who('businessAdmin')
  await walk.ok(admin.post('/api/opinion-templates', { name: '电话', channel: 'phone', text: '工单{number}，请于{deadline}前办结', own: false }))
  await walk.ok(admin.post('/api/opinion-templates', { name: '来信', channel: 'letter', text: '来信件请书面答复', own: false }))
  expect((await (await walk.who('dispatcher')).post('/api/opinion-templates', { name: '库', text: '私自入库', own: false })).status).toBe(403)
  const own = await walk.ok((await walk.who('dispatcher')).post('/api/opinion-templates', { name: '我的', text: '请李工对接' }))
  const best = async (more: Record<string, unknown>) => {
    const order = await walk.register(more)
    await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
    const { templates } = await walk.ok((await walk.who('dispatcher')).get(`/api/orders/${order.id}/dispatch-options`))
    return { order, templates, best: templates.find((t: { best: boolean }) => t.best)?.text as string }
  }
  const phone = await best({})
  expect(phone.best).toContain(phone.order.number)
  expect(phone.best).not.toContain('{')
  expect(phone.templates.some((t: { own: boolean }) => t.own)).toBe(true)
  expect((await best({ channel: 'letter', registrationSource: '本系统' })).best).toBe('来信件请书面答复')
  expect((await walk.ok((await walk.who('reviewer')).get('/api/opinion-templates'))).items.map((t: { name: string }) => t.name)).not.toContain('我的')
  expect((await (await walk.who('reviewer')).patch(`/api/opinion-templates/${own.id}`, { name: '改', text: '改', version: 1 })).status).toBe(404)
})

test('负面清单上的单位不推荐，手工派发须写理由；时间轴写明由哪一条清单得出单位', async () => {
  const order = await waiting('供热不达标')
  const matter = { id: newId() }
  await walk.rows(sql`insert into matter_directory (tenant_id, id, code, name, path, level, search_key, state, version, created_by_name, created_at, updated_at) select tenant_id, ${matter.id}::uuid, 'ND', '供热', array[${matter.id}]::uuid[], 0, 'nd', 'effective', 1, '测试', now(), now() from order_order where id = ${order.id}`)
  await walk.rows(sql`insert into matter_matter (tenant_id, id, code, name, directory_id, directory_path, search_key, state, version, created_by_name, created_at, updated_at) select tenant_id, ${matter.id}::uuid, 'ND1', '供热不达标', ${matter.id}::uuid, array[${matter.id}]::uuid[], 'nd1', 'effective', 1, '测试', now(), now() from order_order where id = ${order.id}`)
  await walk.rows(sql`update order_order set matter_id = ${matter.id}, area_code = '990101' where id = ${order.id}`)
  await walk.rows(sql`insert into matter_duty_line (tenant_id, id, kind, matter_id, unit_id, text, state, version, revision, created_by_name, created_at, updated_at) select tenant_id, gen_random_uuid(), 'negative', ${matter.id}::uuid, ${walk.unit('T-URBAN')}::uuid, '不负责供热', 'effective', 1, 1, '测试', now(), now() from order_order where id = ${order.id}`)
  await walk.rows(sql`insert into matter_duty_entry (tenant_id, id, matter_id, unit_id, role, area_code, state, version, revision, created_by_name, created_at, updated_at) select tenant_id, gen_random_uuid(), ${matter.id}::uuid, ${walk.unit('T-HEAT')}::uuid, 'lead', '990101', 'effective', 1, 1, '测试', now(), now() from order_order where id = ${order.id} on conflict do nothing`)
  const dispatcher = await walk.who('dispatcher')
  const options = await walk.ok(dispatcher.get(`/api/orders/${order.id}/dispatch-options`))
  expect(options.barred).toMatchObject([{ unitId: walk.unit('T-URBAN'), cause: '在该事项的负面清单上：不负责供热', absolute: false }])
  const send = (unit: string, more: Record<string, unknown> = {}) => dispatcher.post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit(unit), role: 'lead' }], ...more })
  expect((await send('T-URBAN')).body).toMatchObject({ rule: 'orders.block.negative', fields: [{ path: 'overrideReason' }] })
  await walk.ok(send('T-HEAT'))
  const [entry] = await walk.rows(sql<{ data: { units: { origin?: string }[] } }>`select data from order_timeline where order_id = ${order.id} and act = 'dispatch'`)
  expect(entry?.data.units[0]?.origin).toContain('职责清单：')
})

describe('ORD-28 垂管单位', () => {
  const set = async (value: string, login = 'tenantAdmin') => {
    const admin = await walk.who(login)
    const at = await walk.ok(admin.get('/api/admin/settings/verticalRule'))
    await walk.ok(admin.put('/api/admin/settings/verticalRule', { value, version: at.version }))
  }
  const vertical = (unit: string, is: boolean) => walk.rows(sql`update platform_unit set vertical = ${is} where code = ${unit}`)
  const units = async (id: string) => (await walk.ok((await walk.who('reviewer')).get(`/api/orders/${id}`))).assignments.map((a: { unitName: string; role: string }) => [a.unitName, a.role])

  test('一并：只派垂管单位时属地单位作为协办同时收到，时间轴写明；已有属地单位不重复；设为直派则只有它', async () => {
    await vertical('T-HEAT', true)
    const order = await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }], { areaCode: '990101001' })
    expect(await units(order.id)).toEqual([['测试市供热办', 'lead'], ['澜湾街道办', 'assist']])
    const [entry] = await walk.rows(sql<{ data: { units: { name: string; origin?: string }[] } }>`select data from order_timeline where order_id = ${order.id} and act = 'dispatch'`)
    expect(entry?.data.units.find((u) => u.name === '澜湾街道办')?.origin).toBe('垂管事项，属地单位一并办理')
    const both = await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }, { unit: 'T-DISTRICT', role: 'assist' }], { areaCode: '990101001' })
    expect((await units(both.id)).length).toBe(2)
    await set('direct')
    expect(await units((await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }], { areaCode: '990101001' })).id)).toEqual([['测试市供热办', 'lead']])
    await set('together')
    await vertical('T-HEAT', false)
  })

  test('经上级：没有上级中心的照常直派；有上级的本级不能派，什么也没有改变', async () => {
    await vertical('T-HEAT', true)
    await set('upper')
    expect(await units((await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }])).id)).toEqual([['测试市供热办', 'lead']])
    await set('together')
    await vertical('T-HEAT', false)
    const [county] = await walk.rows(sql<{ id: string; tenant_id: string }>`select id, tenant_id from platform_unit where code = 'C-URBAN'`)
    await set('upper', 'countyAdmin')
    await vertical('C-URBAN', true)
    const order = await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${(await waiting('河道排污')).id}/transfer`, { tenantId: county?.tenant_id }))
    const client = await walk.who('countyReviewer')
    const mirror = await walk.ok(client.get(`/api/orders/by-number/${order.toNumber}`))
    expect(await client.post(`/api/orders/${mirror.id}/dispatch`, { units: [{ unitId: county?.id, role: 'lead' }] })).toMatchObject({ status: 409, body: { rule: 'verticalRule' } })
    expect((await walk.ok(client.get(`/api/orders/${mirror.id}`))).assignments).toEqual([])
    await vertical('C-URBAN', false)
  })
})
