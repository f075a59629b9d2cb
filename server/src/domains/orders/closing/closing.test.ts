// Composed closings, declarations and exclusions over HTTP (ORD-52, ORD-53).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { feedbackText } from '../reading/test-orders.ts'
import { exclusionItems } from './closing.settings.ts'
import { hintExclusions } from './exclusion-hints.ts'
import { sweepShelvings } from './exclusions.ts'
import { likeliest } from './likeliest.ts'
import { announceShelvings, noticeStep } from './shelvings.ts'
import { tellOpenWindows } from './windows.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
let template: string
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
  const body = { name: '求助-通用', appealType: 'help', layout: '经核查，{found}。{done}。', parts: [{ key: 'found', label: '核查情况' }, { key: 'done', label: '处理结果' }] }
  template = (await walk.ok((await walk.who('businessAdmin')).post('/api/closing-templates', body))).id
  await walk.ok((await walk.who('businessAdmin')).post('/api/closing-templates', { ...body, name: '投诉-通用', appealType: 'complaint' }))
})
afterAll(() => app.stop())

const feedback = async (order: { first: string }, more: Record<string, unknown> = {}) => (await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, { ...feedbackText, ...more })
const setSetting = async (key: string, value: unknown) => {
  const admin = await walk.who('tenantAdmin')
  const { body } = await admin.get(`/api/admin/settings/${key}`)
  await walk.ok(admin.put(`/api/admin/settings/${key}`, { value, version: body.version ?? 0 }))
}

describe('结案意见模板', () => {
  test('只提供适用的模板；版式漏掉要素、重名、无权维护均被拒', async () => {
    const order = await walk.handled()
    const form = await walk.ok((await walk.who('handler')).get(`/api/assignments/${order.first}/closing-form`))
    expect(form.templates.map((t: { name: string }) => t.name)).toEqual(['求助-通用'])
    const admin = await walk.who('businessAdmin')
    expect((await admin.post('/api/closing-templates', { name: '坏', layout: '{found}', parts: [{ key: 'found', label: '核查' }, { key: 'done', label: '结果' }] })).body.fields[0].path).toBe('layout')
    expect((await admin.post('/api/closing-templates', { name: '求助-通用', layout: '{a}', parts: [{ key: 'a', label: '甲' }] })).status).toBe(409)
    expect((await (await walk.who('handler')).post('/api/closing-templates', { name: '私自', layout: '{a}', parts: [{ key: 'a', label: '甲' }] })).status).toBe(403)
    expect((await (await walk.who('handler2')).get(`/api/assignments/${order.first}/closing-form`)).status).toBe(404)
  })

  test('合成文本含全部必填要素；空白要素被拒且什么也没存', async () => {
    const order = await walk.handled()
    const parts = { found: '路灯线路短路', done: '已更换线路' }
    expect((await walk.ok((await walk.who('handler')).post(`/api/closing-templates/${template}/compose`, { parts }))).text).toBe('经核查，路灯线路短路。已更换线路。')
    expect(await feedback(order, { closing: { templateId: template, parts: { ...parts, done: ' ' } } })).toMatchObject({ status: 422, body: { rule: 'orders.closingTemplate', fields: [{ path: 'closing.parts.done' }] } })
    expect((await walk.rows(sql`select 1 from order_feedback where order_id = ${order.id}`)).length).toBe(0)
    await walk.ok(feedback(order, { closing: { templateId: template, parts } }))
    expect((await walk.rows(sql<{ closing: { name: string } }>`select closing from order_feedback where order_id = ${order.id}`))[0]?.closing).toMatchObject({ name: '求助-通用', parts })
  })

  test('同一事项的第二件：带出第一件的结案内容', async () => {
    const [matter] = await walk.rows(sql<{ id: string }>`select gen_random_uuid() as id`)
    const one = await walk.handled()
    await walk.rows(sql`update order_order set matter_id = ${matter?.id} where id = ${one.id}`)
    await walk.rows(sql`insert into order_feedback (tenant_id, id, order_id, assignment_id, unit_id, unit_name, version, kind, state, result, submitted_by_name, submitted_at, closing)
      select tenant_id, gen_random_uuid(), order_id, id, unit_id, unit_name, 9, 'result', 'accepted', '已更换线路', 'x', now(), ${JSON.stringify({ templateId: template, parts: { found: '短路', done: '已更换' } })}::jsonb from order_assignment where id = ${one.first}`)
    const two = await walk.handled()
    await walk.rows(sql`update order_order set matter_id = ${matter?.id} where id = ${two.id}`)
    const form = await walk.ok((await walk.who('handler')).get(`/api/assignments/${two.first}/closing-form`))
    expect(form.earlier).toMatchObject({ orderNumber: one.number, templateId: template, parts: { found: '短路', done: '已更换' } })
  })
})

describe('办结申报', () => {
  test('设为必填时，缺行业部门或依据的办结被拒；外地清单恰好列出申报的工单', async () => {
    await setSetting('closingRequired', ['industryUnit', 'basis'])
    const order = await walk.handled()
    expect((await feedback(order, { basis: '' })).body).toMatchObject({ rule: 'closingRequired' })
    expect((await feedback(order, { basis: '' })).body.fields.map((f: { path: string }) => f.path)).toEqual(['industryUnitId', 'basis'])
    expect((await feedback(order, { industryUnitId: walk.unit('C-URBAN') })).status).toBe(422)
    await walk.ok(feedback(order, { industryUnitId: walk.unit('T-URBAN'), outsideArea: true, outsideDetail: '位于邻市' }))
    const local = await walk.handled()
    await walk.ok(feedback(local, { industryUnitId: walk.unit('T-URBAN') }))
    const outside = await walk.ok((await walk.who('reviewer')).get('/api/order-declarations?outsideArea=true'))
    expect(outside.items.map((d: { number: string }) => d.number)).toEqual([order.number])
    await setSetting('closingRequired', [])
  })

  test('审核岗更正申报，时间轴有前后对照；单位无权更正', async () => {
    const order = await walk.handled()
    await walk.ok(feedback(order, { industryUnitId: walk.unit('T-URBAN') }))
    const body = { industryUnitId: walk.unit('T-HEAT'), basis: '城市供热条例', outsideArea: false, outsideDetail: null, reason: '行业归属有误' }
    expect((await (await walk.who('handler')).post(`/api/orders/${order.id}/declaration`, body)).status).toBe(403)
    await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/declaration`, body))
    const [entry] = await walk.rows(sql<{ changes: Record<string, { old: string; new: string }> }>`select changes from order_timeline where order_id = ${order.id} and act = 'correctDeclaration'`)
    expect(entry?.changes['归属行业部门']).toMatchObject({ old: '测试市城管局', new: '测试市供热办' })
  })
})

describe('剔除与挂账', () => {
  const ask = async (order: { first: string }, more: Record<string, unknown> = {}) => (await walk.who('handler')).post(`/api/assignments/${order.first}/declare-exclusion`, { kind: 'exclude', reasonClass: more['kind'] === 'shelve' ? '客观条件不具备' : '不合理诉求', reason: '诉求无法律依据', fileIds: [await walk.file('handler')], ...more })
  const approved = async (more: Record<string, unknown> = {}) => {
    const order = await walk.handled()
    await walk.ok(ask(order, more))
    await walk.ok(walk.decide(order.id, 'exclusion', 'unitLeader'))
    await walk.ok(walk.decide(order.id, 'exclusion', 'reviewer'))
    return order
  }

  test('没有材料、不在情形内均被拒；批准前不作数，批准后标记', async () => {
    const order = await walk.handled()
    expect((await ask(order, { fileIds: [] })).body).toMatchObject({ rule: 'orders.exclusion.evidence' })
    expect((await ask(order, { reasonClass: '随意' })).body).toMatchObject({ rule: 'exclusion.items' })
    await walk.ok(ask(order))
    expect((await walk.order(order.id)).flags).not.toContain('excluded')
    await walk.ok(walk.decide(order.id, 'exclusion', 'unitLeader'))
    await walk.ok(walk.decide(order.id, 'exclusion', 'reviewer'))
    expect((await walk.order(order.id)).flags).toContain('excluded')
    expect((await ask(order)).body).toMatchObject({ rule: 'orders.exclusion.stands' })
  })

  test('一件工单只申报一次：另一单位已申报的被拒；挂账期限不能在过去', async () => {
    const order = await walk.handled([{ unit: 'T-URBAN', role: 'lead' }, { unit: 'T-HEAT', role: 'assist' }])
    expect(await ask(order, { kind: 'shelve', expiresAt: toIso(plus(app.clock.now(), -DAY)) })).toMatchObject({ status: 422, body: { fields: [{ path: 'expiresAt' }] } })
    const heat = await walk.who('handler2')
    const second = order.assignments[1].id
    await walk.ok(heat.post(`/api/assignments/${second}/sign`))
    await walk.ok(ask(order))
    expect(await heat.post(`/api/assignments/${second}/declare-exclusion`, { kind: 'exclude', reasonClass: '不合理诉求', reason: '诉求无法律依据', fileIds: [await walk.file('handler2')] })).toMatchObject({ status: 409, body: { rule: 'orders.exclusion.asked' } })
  })

  test('情形分剔除与挂账：别的种类的情形被拒；规定不须材料的可以不附', async () => {
    const order = await walk.handled()
    expect(await ask(order, { kind: 'shelve', reasonClass: '诉求人撤诉' })).toMatchObject({ status: 422, body: { rule: 'exclusion.items', fields: [{ message: '“诉求人撤诉”只能申报剔除' }] } })
    expect(await ask(order, { reason: '' })).toMatchObject({ status: 422 })
    await setSetting('exclusion.items', [{ name: '不合理诉求', kind: 'both', files: false, words: ['无法律依据'], draft: '诉求没有依据' }])
    await walk.ok(ask(order, { fileIds: [] }))
    expect((await ask(order)).status).toBe(409)
  })

  test('提示：按工单里的原文拟好情形和理由；采用、改写、不采用都记数，不采用的不再出现；用过的理由供选', async () => {
    await setSetting('exclusion.items', [{ name: '诉求人撤诉', kind: 'exclude', files: true, words: ['不再要求处理'], draft: '诉求人已撤诉' }])
    const said = async (result: string) => { const order = await walk.handled(); await walk.ok(feedback(order, { result })); return order }
    const [taken, refused] = [await said('已联系诉求人。诉求人表示不再要求处理。另已回复。'), await said('已联系诉求人，诉求人不再要求处理。')]
    await app.drain()
    const handler = await walk.who('handler')
    const hints = async (query: string, login = 'handler') => (await walk.ok((await walk.who(login)).get(`/api/exclusion-hints?${query}`))).items
    const form = await walk.ok(handler.get(`/api/assignments/${taken.first}/exclusion-form`))
    expect(form).toMatchObject({ items: [{ name: '诉求人撤诉', kind: 'exclude', files: true }], hints: [{ kind: 'exclude', reasonClass: '诉求人撤诉', reason: '诉求人已撤诉。办理反馈：“诉求人表示不再要求处理。”', because: '办理反馈中有“不再要求处理”' }] })
    expect(form.texts).toContainEqual({ reasonClass: '不合理诉求', reason: '诉求无法律依据' })
    expect(await hints(`orderId=${taken.id}`, 'handler2')).toEqual([])
    const [other] = await hints(`orderId=${refused.id}`)
    expect((await (await walk.who('handler2')).post(`/api/exclusion-hints/${other.id}/reject`, {})).status).toBe(404)
    await walk.ok(handler.post(`/api/exclusion-hints/${other.id}/reject`, { reason: '诉求人未确认' }))
    expect((await handler.post(`/api/exclusion-hints/${other.id}/reject`, {})).status).toBe(409)
    await app.command((ctx) => hintExclusions(ctx, { orderId: refused.id }))
    expect(await hints(`orderId=${refused.id}`)).toEqual([])
    await walk.ok(ask(taken, { reasonClass: '诉求人撤诉', reason: form.hints[0].reason }))
    expect(await hints(`orderId=${taken.id}&state=confirmed`)).toHaveLength(1)
    // 工单不再能申报的提示，清单里没有，件数里也没有
    const gone = await said('诉求人不再要求处理。')
    await app.drain()
    expect((await walk.ok(handler.get('/api/exclusion-hints/share'))).open).toBe(1)
    await app.command((ctx) => sql`update order_order set flags = flags || '{excluded}'::text[] where tenant_id = ${ctx.tenantId} and id = ${gone.id}`.execute(ctx.db()))
    expect(await hints('state=open')).toEqual([])
    expect(await walk.ok(handler.get('/api/exclusion-hints/share'))).toEqual({ open: 0, confirmed: 1, changed: 0, rejected: 1, share: 0.5 })
    await setSetting('exclusion.items', exclusionItems.fallback)
  })

  test('同一事项批准过两次的剔除成为先例；中心撤回的剔除不算先例', async () => {
    const [matter] = await walk.rows(sql<{ id: string }>`select gen_random_uuid() as id`)
    const of = async (order: { id: string }) => walk.rows(sql`update order_order set matter_id = ${matter?.id} where id = ${order.id}`)
    const past = [await approved({ kind: 'exclude' }), await approved({ kind: 'exclude' })]
    for (const order of past) await of(order)
    const fresh = await walk.handled()
    await of(fresh)
    const hints = async () => (await walk.ok((await walk.who('handler')).get(`/api/exclusion-hints?orderId=${fresh.id}`))).items
    for (const order of past) {
      const [row] = await walk.rows(sql<{ id: string }>`select id from order_exclusion where order_id = ${order.id}`)
      await walk.ok((await walk.who('reviewer')).post(`/api/order-exclusions/${row?.id}/lift`, { reason: '核查不属实' }))
    }
    await app.command((ctx) => hintExclusions(ctx, { orderId: fresh.id }))
    expect(await hints()).toEqual([])
    for (const _ of past) await of(await approved({ kind: 'exclude' }))
    await app.command((ctx) => hintExclusions(ctx, { orderId: fresh.id }))
    expect(await hints()).toMatchObject([{ source: 'history', because: '本单位近一年同一事项已批准 2 件' }])
  })

  test('挂账到期恢复计入；中心可以提前销账', async () => {
    const order = await approved({ kind: 'shelve', expiresAt: toIso(plus(app.clock.now(), 10 * DAY)) })
    expect((await walk.order(order.id)).flags).toContain('shelved')
    app.clock.advance(11 * DAY)
    await app.command((ctx) => sweepShelvings(ctx))
    expect((await walk.order(order.id)).flags).not.toContain('shelved')
    const other = await approved({ kind: 'shelve' })
    const [row] = (await walk.ok((await walk.who('reviewer')).get(`/api/order-exclusions?orderId=${other.id}`))).items
    expect((await walk.ok((await walk.who('handler2')).get(`/api/order-exclusions?orderId=${other.id}`))).items).toEqual([])
    await walk.ok((await walk.who('reviewer')).post(`/api/order-exclusions/${row.id}/lift`, { reason: '条件已具备' }))
    expect((await (await walk.who('reviewer')).post(`/api/order-exclusions/${row.id}/lift`, { reason: '再次' })).status).toBe(409)
  })

  test('挂账到期前按档各提醒一次；延长有次数上限，延长后重新提醒', async () => {
    expect([31, 30, 8, 7, 1, 0.5].map((days) => noticeStep([30, 7, 1], days * DAY))).toEqual([null, 30, 30, 7, 1, 1])
    const order = await approved({ kind: 'shelve', expiresAt: toIso(plus(app.clock.now(), 20 * DAY)) })
    const told = async () => (await walk.rows(sql`select 1 from order_exclusion where order_id = ${order.id} and announced_days is not null`)).length
    const messages = async () => Number((await walk.rows(sql<{ n: string }>`select count(*) as n from platform_message where object_id::text = ${order.id}::text and type = 'order.shelvingDue'`))[0]?.n)
    await app.command((ctx) => announceShelvings(ctx))
    const first = await messages()
    expect(first).toBeGreaterThan(0)
    await app.command((ctx) => announceShelvings(ctx))
    expect(await messages()).toBe(first)
    const reviewer = await walk.who('reviewer')
    const due = (await walk.ok(reviewer.get('/api/order-exclusions?kind=shelve&dueWithin=30'))).items.find((r: { orderId: string }) => r.orderId === order.id)
    expect(due).toMatchObject({ mayExtend: true, extensions: 0 })
    expect((await walk.ok(reviewer.get('/api/order-exclusions?kind=shelve&dueWithin=19'))).items.some((r: { orderId: string }) => r.orderId === order.id)).toBe(false)
    const extend = async (days: number, login = 'reviewer') => (await walk.who(login)).post(`/api/order-exclusions/${due.id}/extend`, { expiresAt: toIso(plus(app.clock.now(), days * DAY)), reason: '工程延期' })
    expect((await extend(60, 'handler')).status).toBe(403)
    expect((await extend(10)).body).toMatchObject({ rule: 'shelving.days' })
    await walk.ok(extend(60))
    expect((await extend(90)).body).toMatchObject({ rule: 'shelving.extensions' })
    expect(await told()).toBe(0)
  })

  test('窗口期外不能申报，只能暂存；开放后按暂存先后提交，失败的逐件说明', async () => {
    const admin = await walk.who('businessAdmin')
    const prepare = async (order: { first: string }, more: Record<string, unknown> = {}) => (await walk.who('handler')).post(`/api/assignments/${order.first}/exclusion-draft`, { kind: 'exclude', reasonClass: more['kind'] === 'shelve' ? '客观条件不具备' : '不合理诉求', reason: '诉求无法律依据', fileIds: [await walk.file('handler')], ...more })
    const drafts = async (login: string, query = '') => (await walk.ok((await walk.who(login)).get(`/api/exclusion-drafts${query}`))).items as { id: string; number: string; orderId: string; problem: string | null; state: string; mayReview: boolean }[]
    const submit = async (ids: string[]) => walk.ok((await walk.who('handler')).post('/api/exclusion-drafts/submit', { ids }))
    await setSetting('exclusion.windowed', true)
    const opensAt = plus(app.clock.now(), DAY)
    expect((await (await walk.who('handler')).post('/api/declaration-windows', { opensAt: toIso(opensAt), closesAt: toIso(plus(opensAt, DAY)) })).status).toBe(403)
    expect((await admin.post('/api/declaration-windows', { opensAt: toIso(opensAt), closesAt: toIso(opensAt) })).status).toBe(422)
    const window = await walk.ok(admin.post('/api/declaration-windows', { kind: 'exclude', opensAt: toIso(opensAt), closesAt: toIso(plus(opensAt, DAY)) }))
    const [first, second, gone] = [await walk.handled(), await walk.handled(), await walk.handled()]
    expect(await ask(first)).toMatchObject({ status: 409, body: { rule: 'exclusion.window', until: toIso(opensAt) } })
    expect(await walk.act(first.id, 'handler', 'declareExclusion', first.first)).toMatchObject({ enabled: false, rule: 'exclusion.window' })
    expect((await prepare(first, { reasonClass: '随意' })).body).toMatchObject({ rule: 'exclusion.items' })
    for (const order of [gone, first, second]) await walk.ok(prepare(order))
    await walk.ok(prepare(first, { reason: '诉求无法律依据，已核实', fileIds: [] }))
    expect((await (await walk.who('handler2')).post(`/api/assignments/${first.first}/exclusion-draft`, { kind: 'exclude', reasonClass: '不合理诉求', reason: '越权', fileIds: [] })).status).toBe(404)
    expect(await drafts('handler2')).toEqual([])

    // 领导预审一件，退回一件
    const waiting = await drafts('unitLeader')
    expect(waiting.map((d) => d.orderId)).toEqual([gone.id, first.id, second.id])
    expect(waiting.every((d) => d.mayReview)).toBe(true)
    const leader = await walk.who('unitLeader')
    const idOf = (order: { id: string }) => waiting.find((d) => d.orderId === order.id)?.id ?? ''
    await walk.ok(leader.post(`/api/exclusion-drafts/${idOf(first)}/review`, { outcome: 'pass', opinion: '属实' }))
    await walk.ok(leader.post(`/api/exclusion-drafts/${idOf(second)}/review`, { outcome: 'sendBack', opinion: '材料不全' }))
    expect((await (await walk.who('handler')).post(`/api/exclusion-drafts/${idOf(first)}/review`, { outcome: 'pass', opinion: '自审' })).status).toBe(403)
    const ids = waiting.map((d) => d.id).toReversed()
    expect((await submit(ids)).items.map((i: { rule: string }) => i.rule)).toEqual(['exclusion.window', 'exclusion.window', 'exclusion.draft'])

    await walk.rows(sql`update order_order set flags = array_append(flags, 'shelved') where id = ${gone.id}`)
    expect((await drafts('handler', '?invalid=true')).map((d) => [d.orderId, d.problem])).toEqual([[gone.id, '该工单已被批准剔除或挂账']])
    app.clock.advance(DAY)
    await app.command((ctx) => tellOpenWindows(ctx))
    expect((await walk.rows(sql`select 1 from order_declaration_window where id = ${window.id} and told_at is not null`)).length).toBe(1)
    const result = await submit(ids)
    expect(result.items.map((i: { number: string; ok: boolean; rule: string | null }) => [i.number, i.ok, i.rule])).toEqual([[gone.number, false, 'orders.exclusion.stands'], [first.number, true, null], [second.number, false, 'exclusion.draft']])
    // 预审过的不再经单位领导；材料随申报走
    const [request] = await walk.rows(sql<{ id: string; reason: string }>`select id, reason from order_request where order_id = ${first.id} and kind = 'exclusion'`)
    expect(request?.reason).toBe('诉求无法律依据，已核实')
    expect((await walk.rows(sql`select 1 from kernel_file where object_type = 'request' and object_id = ${request?.id}`)).length).toBe(1)
    expect((await walk.decide(first.id, 'exclusion', 'unitLeader')).status).not.toBe(200)
    await walk.ok(walk.decide(first.id, 'exclusion', 'reviewer'))
    expect((await walk.order(first.id)).flags).toContain('excluded')
    // 只开了剔除的窗口，挂账仍不能申报
    const other = await walk.handled()
    expect((await ask(other, { kind: 'shelve' })).body).toMatchObject({ rule: 'exclusion.window' })
    await walk.ok(prepare(other, { kind: 'shelve' }))
    const [left] = await drafts('handler', `?orderId=${other.id}`)
    await walk.ok((await walk.who('handler')).delete(`/api/exclusion-drafts/${left?.id}`))
    expect((await (await walk.who('handler')).delete(`/api/exclusion-drafts/${left?.id}`)).status).toBe(409)
    await setSetting('exclusion.windowed', false)
  })

  test('ASM-12 情形编码写错的申报被查出，批量修正后可撤销；种类不符、已变化、无权的逐件说明', async () => {
    const [centre, handler] = [await walk.who('reviewer'), await walk.who('handler')]
    const [one, two, held] = [await walk.handled(), await walk.handled(), await walk.handled()]
    for (const order of [one, two]) await walk.ok(ask(order))
    await walk.ok(ask(held, { kind: 'shelve' }))
    const listed = (await walk.ok((await walk.who('tenantAdmin')).get('/api/admin/settings/exclusion.items'))).value as { name: string; kind: string; words: string[]; draft: string; files: boolean }[]
    const faulty = async (query = '') => (await walk.ok(centre.get(`/api/declaration-quality/records${query}`))).items.filter((r: { orderId: string }) => [one.id, two.id, held.id].includes(r.orderId)) as { id: string; orderId: string; reasonClass: string; suggested: string | null; faults: { fault: string }[] }[]
    const before = await walk.ok(centre.get('/api/declaration-quality'))
    expect(await faulty('?fault=class')).toEqual([])
    const used = (await walk.rows(sql<{ reason_class: string }>`select reason_class from order_request where order_id = ${one.id}`))[0]?.reason_class ?? ''
    await setSetting('exclusion.items', listed.map((i) => (i.name === used ? { ...i, name: `${used}类` } : i)))
    const found = await faulty('?fault=class')
    expect(found.map((r) => [r.orderId, r.reasonClass, r.suggested]).toSorted()).toEqual([[one.id, used, `${used}类`], [two.id, used, `${used}类`]].toSorted())
    expect((await walk.ok(centre.get('/api/declaration-quality'))).sound).toBeLessThanOrEqual(before.sound - 2)
    expect((await handler.get('/api/declaration-quality/records')).status).toBe(403)
    expect((await handler.post('/api/declaration-quality/repairs', { ids: found.map((r) => r.id), reasonClass: `${used}类`, why: '越权' })).status).toBe(403)
    expect((await centre.post('/api/declaration-quality/repairs', { ids: found.map((r) => r.id), reasonClass: `${used}类` })).status).toBe(422)

    const shelved = (await walk.rows(sql<{ id: string }>`select id from order_request where order_id = ${held.id} and kind = 'exclusion'`))[0]?.id ?? ''
    const repair = async (body: object) => walk.ok(centre.post('/api/declaration-quality/repairs', { why: '名称按新规定统一', ...body }))
    expect((await repair({ ids: found.map((r) => r.id), reasonClass: '没有这种' })).items.map((i: { rule: string }) => i.rule)).toEqual(['exclusion.items', 'exclusion.items'])
    const result = await repair({ ids: [...found.map((r) => r.id), shelved], reasonClass: `${used}类` })
    expect(result.items.map((i: { ok: boolean; rule: string | null }) => [i.ok, i.rule])).toEqual([[true, null], [true, null], [false, 'exclusion.items']])
    expect(await faulty('?fault=class')).toEqual([])
    expect((await repair({ ids: [found[0]?.id], reasonClass: `${used}类` })).items).toMatchObject([{ ok: false, rule: 'orders.declaration.repair' }])
    const classes = async () => (await walk.rows(sql<{ reason_class: string }>`select reason_class from order_request where order_id in (${one.id}, ${two.id}) and kind = 'exclusion'`)).map((r) => r.reason_class)
    expect(await classes()).toEqual([`${used}类`, `${used}类`])

    expect((await repair({ ids: [found[0]?.id], expiresAt: toIso(plus(app.clock.now(), DAY)) })).items).toMatchObject([{ ok: false, reason: '到期时间不正确：剔除没有到期时间' }])
    const repairs = (await walk.ok(centre.get('/api/declaration-quality/repairs?undone=false'))).items as { id: string; orderId: string }[]
    expect(repairs[0]).toMatchObject({ why: '名称按新规定统一', changes: [{ field: '情形', old: used, new: `${used}类` }] })
    // 其中一件又被改过：不能撤销，另一件撤回原值
    await walk.rows(sql`update order_request set reason_class = '重复诉求' where order_id = ${two.id} and kind = 'exclusion'`)
    const undone = await walk.ok(centre.post('/api/declaration-quality/repairs/undo', { ids: [one, two].map((order) => repairs.find((r) => r.orderId === order.id)?.id) }))
    expect(undone.items.map((i: { ok: boolean; reason: string | null }) => [i.ok, i.reason])).toEqual([[true, null], [false, expect.stringContaining('又有变化')]])
    expect((await classes()).toSorted()).toEqual([used, '重复诉求'].toSorted())
    expect((await walk.rows(sql`select 1 from order_timeline where order_id = ${one.id} and act in ('repairDeclaration', 'undoDeclarationRepair')`)).length).toBe(2)
    const outsider = await walk.who('otherAdmin')
    expect((await outsider.post('/api/declaration-quality/repairs/undo', { ids: [repairs[0]?.id] })).status).not.toBe(200)
    await setSetting('exclusion.items', listed)
  })

  test('写错的情形按共有的字找最接近的，差得远的不猜', () => {
    const names = ['不合理诉求', '诉求人撤诉', '重复诉求']
    expect(['不合理的诉求', '重复反映诉求', '撤诉', '其他', ''].map((written) => likeliest(written, names))).toEqual(['不合理诉求', '重复诉求', '诉求人撤诉', null, null])
  })
})
