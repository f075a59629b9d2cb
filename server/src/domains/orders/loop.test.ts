// The order loop over HTTP on a real database: every act as the person who does it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { HOUR, instant, MINUTE, plus, toIso } from '../../kernel/time/index.ts'
import { applyCallback } from './callback-outcome.ts'

let app: TestApp
const as: Record<string, Client> = {}
const units: Record<string, string> = {}
const tenants: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  for (const login of ['agent', 'agent2', 'shiftLeader', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'handler2', 'unitLeader2', 'sectionHandler', 'streetHandler', 'streetLeader', 'communityHandler', 'leader', 'callbackAgent', 'countyReviewer', 'countyHandler', 'countyLeader', 'otherReviewer', 'tenantAdmin']) as[login] = await app.as(login)
  const plain = app.app.runtime.db.withoutPlugins()
  for (const row of (await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(plain)).rows) units[row.code] = row.id
  for (const row of (await sql<{ code: string; id: string }>`select code, id from platform_tenant`.execute(plain)).rows) tenants[row.code] = row.id
})
afterAll(() => app.stop())

const who = (login: string): Client => as[login] as Client
const ok = async (answer: Promise<{ status: number; body: any }>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
let n = 0
const register = (more: Record<string, unknown> = {}, login = 'agent') => {
  n += 1
  return ok(who(login).post('/api/orders', { requester: { name: '陈小满', phone: `1990000${String(2000 + n)}` }, appealType: 'help', title: `路灯不亮 ${n}`, content: '小区北门三盏路灯不亮，老人出行不便。', areaCode: '990101', ...more }))
}
const dispatched = async (list: { unit: string; role: string }[] = [{ unit: 'T-URBAN', role: 'lead' }], more: Record<string, unknown> = {}) => {
  const order = await register()
  await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  const sent = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: list.map((u) => ({ unitId: units[u.unit], role: u.role })), opinion: '请依法办理', ...more }))
  return { ...order, assignments: sent.assignments as { id: string; unitId: string; role: string }[], first: sent.assignments[0].id as string }
}
const feedback = { result: '已更换灯具并通电，夜间照明恢复。', basis: '城市照明管理规定', contacted: 'yes', solved: 'yes', satisfied: 'yes' }
const state = async (id: string): Promise<string> => (await sql<{ state: string }>`select state from order_order where id = ${id}`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.state ?? ''
const set = async (key: string, value: unknown) => ok(who('tenantAdmin').put(`/api/admin/settings/${key}`, { value, version: (await ok(who('tenantAdmin').get(`/api/admin/settings/${key}`))).version }))
const acts = async (id: string): Promise<string[]> => (await sql<{ act: string }>`select act from order_timeline where order_id = ${id} order by at, id`.execute(app.app.runtime.db.withoutPlugins())).rows.map((r) => r.act)

describe('从登记到归档', () => {
  test('走完一圈，每一步一条时间轴', async () => {
    const order = await register()
    expect(order).toMatchObject({ state: 'pendingReview' })
    expect(order.number).toMatch(/^261117990100\d{5}$/)
    expect(order.enquiryCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, { opinion: '内容清楚' }))
    const sent = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }] }))
    const id = sent.assignments[0].id
    expect((await who('handler').post(`/api/assignments/${id}/feedback`, feedback)).status).toBe(409) // 签收前不能反馈
    await ok(who('handler').post(`/api/assignments/${id}/sign`))
    expect(await ok(who('handler').post(`/api/assignments/${id}/feedback`, feedback))).toMatchObject({ state: 'pendingReport', orderState: 'inProgress' })
    expect(await ok(who('unitLeader').post(`/api/assignments/${id}/review`, { outcome: 'accept' }))).toMatchObject({ state: 'done', orderState: 'pendingResultReview' })
    const reviewed = await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
    expect(['pendingCallback', 'closed']).toContain(reviewed.state)
    if (reviewed.state === 'pendingCallback') await app.command((ctx) => applyCallback(ctx, order.id, { kind: 'satisfied', text: '满意', data: {} }))
    else {
      app.clock.advance(8 * 24 * HOUR)
      await app.runTimers()
    }
    expect(await state(order.id)).toBe('archived')
    expect((await acts(order.id)).filter((a) => a !== 'callbackSatisfied' && a !== 'archive')).toEqual(['register', 'passReview', 'dispatch', 'sign', 'feedback', 'acceptFeedback', 'resultReady', 'acceptResult'])
  })

  test('缺必填字段：422 指出字段，什么也没存', async () => {
    const before = (await sql<{ n: number }>`select count(*)::int as n from order_order`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.n
    const answer = await who('agent').post('/api/orders', { requester: { name: '陈小满' }, appealType: 'help', title: '', content: '' })
    expect(answer.status).toBe(422)
    expect(answer.body.fields.map((f: { path: string }) => f.path)).toEqual(['title', 'content'])
    expect((await sql<{ n: number }>`select count(*)::int as n from order_order`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.n).toBe(before)
  })

  test('多人同时登记，工单号都不相同', async () => {
    const list = await Promise.all(Array.from({ length: 30 }, () => register()))
    expect(new Set(list.map((o) => o.number)).size).toBe(30)
  })

  test('两人同时改一张工单，后者得 409 并知道是谁改的', async () => {
    const order = await register()
    await ok(who('reviewer').patch(`/api/orders/${order.id}`, { version: order.version, title: '路灯连续三天不亮' }))
    const late = await who('shiftLeader').patch(`/api/orders/${order.id}`, { version: order.version, title: '另一个标题' })
    expect(late).toMatchObject({ status: 409, body: { code: 'orders.changedMeanwhile', current: { changedBy: '测试reviewer' } } })
    // 之后经办的单位看得到改动前后
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
    await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }] }))
    const seen = (await ok(who('handler').get(`/api/orders/${order.id}/timeline?onlyChanges=true`))).items
    expect(seen.flatMap((one: { changes: unknown[] }) => one.changes)).toContainEqual(expect.objectContaining({ field: 'title', old: expect.stringMatching(/^路灯不亮/), new: '路灯连续三天不亮' }))
  })

  test('审核退回须写意见，补正后重新提交', async () => {
    const order = await register()
    expect((await who('reviewer').post(`/api/orders/${order.id}/return-to-agent`, { opinion: '' })).status).toBe(422)
    expect(await ok(who('reviewer').post(`/api/orders/${order.id}/return-to-agent`, { opinion: '请补充具体位置' }))).toMatchObject({ state: 'draft' })
    await ok(who('agent').patch(`/api/orders/${order.id}`, { version: 99, address: '北门' }).then(async (a) => (a.status === 409 ? who('agent').patch(`/api/orders/${order.id}`, { version: a.body.current.version, address: '北门' }) : a)))
    expect(await ok(who('agent').post(`/api/orders/${order.id}/submit`, {}))).toMatchObject({ state: 'pendingReview', number: order.number })
  })

  test('直接答复须有依据，座席不引用知识不能答复，引用不存在的知识也不能', async () => {
    const order = await register()
    expect((await who('agent').post(`/api/orders/${order.id}/answer`, { reply: '请到窗口办理', basis: '办事指南' })).status).toBe(403)
    expect((await who('agent').post(`/api/orders/${order.id}/answer`, { reply: '请到窗口办理', citations: [{ itemId: order.id, version: 1 }] })).status).toBe(404)
    expect((await who('reviewer').post(`/api/orders/${order.id}/answer`, { reply: '请到窗口办理', basis: '' })).status).toBe(422)
    expect(await ok(who('reviewer').post(`/api/orders/${order.id}/answer`, { reply: '请到窗口办理', basis: '办事指南第三条' }))).toMatchObject({ state: 'closed' })
  })
})

describe('派发与协办', () => {
  test('两个主办被拒；他租户单位被拒', async () => {
    const order = await register({ pass: true }, 'shiftLeader')
    expect(order.state).toBe('pendingDispatch')
    const two = await who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }, { unitId: units['T-HEAT'], role: 'lead' }] })
    expect(two).toMatchObject({ status: 422, body: { rule: 'orders.dispatch.twoLeads' } })
    const foreign = await who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['C-URBAN'], role: 'lead' }] })
    expect(foreign).toMatchObject({ status: 422, body: { code: 'orders.unitOutsideHierarchy' } })
    expect(await state(order.id)).toBe('pendingDispatch')
  })

  test('主办完成即进入结果审核，协办仍欠反馈', async () => {
    const order = await dispatched([{ unit: 'T-URBAN', role: 'lead' }, { unit: 'T-HEAT', role: 'assist' }])
    await ok(who('handler').post(`/api/assignments/${order.first}/sign`))
    await ok(who('handler').post(`/api/assignments/${order.first}/feedback`, feedback))
    await ok(who('unitLeader').post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
    expect(await state(order.id)).toBe('pendingResultReview')
    const assist = order.assignments[1]?.id
    const shown = await ok(who('reviewer').get(`/api/orders/${order.id}`))
    expect(shown.assignments.filter((a: { owed: boolean }) => a.owed).map((a: { id: string }) => a.id)).toEqual([assist])
    expect((await ok(who('handler2').get('/api/unit/assignments?box=owed&limit=200'))).items.map((a: { id: string }) => a.id)).toContain(assist)
  })

  test('并行办理：两家反馈了一家，仍在办理中；都反馈才进入审核', async () => {
    const order = await dispatched([{ unit: 'T-URBAN', role: 'parallel' }, { unit: 'T-HEAT', role: 'parallel' }])
    const [a, b] = order.assignments
    for (const [login, leader, one] of [['handler', 'unitLeader', a], ['handler2', 'unitLeader2', b]] as const) {
      expect(await state(order.id)).toBe('inProgress')
      await ok(who(login).post(`/api/assignments/${one?.id}/sign`))
      await ok(who(login).post(`/api/assignments/${one?.id}/feedback`, feedback))
      await ok(who(leader).post(`/api/assignments/${one?.id}/review`, { outcome: 'accept' }))
      const open = (await ok(who('reviewer').get(`/api/orders/${order.id}`))).assignments.filter((x: { state: string }) => x.state !== 'done')
      expect(open.map((x: { unitId: string }) => x.unitId)).toEqual(one === a ? [b?.unitId] : [])
    }
    expect(await state(order.id)).toBe('pendingResultReview')
  })

  test('层层下派再逐级反馈，每级只动自己的下级', async () => {
    const order = await dispatched([{ unit: 'T-STREET', role: 'lead' }])
    await ok(who('streetHandler').post(`/api/assignments/${order.first}/sign`))
    expect((await who('streetHandler').post(`/api/assignments/${order.first}/hand-down`, { unitId: units['T-HEAT'] })).body).toMatchObject({ code: 'orders.unitOutsideHierarchy' })
    const child = await ok(who('streetHandler').post(`/api/assignments/${order.first}/hand-down`, { unitId: units['T-COMMUNITY'], opinion: '请上门核实' }))
    expect((await who('handler').post(`/api/assignments/${child.id}/sign`)).status).toBe(404) // 别的单位不知道有这件事
    await ok(who('communityHandler').post(`/api/assignments/${child.id}/sign`))
    expect((await who('streetHandler').post(`/api/assignments/${order.first}/feedback`, feedback)).body).toMatchObject({ code: 'orders.childOpen' })
    await ok(who('communityHandler').post(`/api/assignments/${child.id}/feedback`, { ...feedback, result: '已上门核实并修复。' }))
    await ok(who('streetHandler').post(`/api/assignments/${child.id}/review-child`, { outcome: 'accept' }))
    await ok(who('streetHandler').post(`/api/assignments/${order.first}/feedback`, feedback))
  })

  test('ORD-36 五级下派再逐级上来：每级只动自己的下级，越级、横向、向上的下派都被拒绝', async () => {
    const admin = await app.as('systemAdmin')
    const unit = async (code: string, parent: string, kind: string) => { units[code] = (await ok(who('tenantAdmin').post('/api/admin/units', { code, parentId: units[parent], name: `${code}组`, kind, areaCode: '990101001001' }))).id }
    await unit('T-GRID', 'T-COMMUNITY', 'section')
    await unit('T-POINT', 'T-GRID', 'section')
    const roles = (await ok(admin.get('/api/admin/roles'))).items as { id: string; code: string }[]
    const person = async (login: string, code: string) => {
      await ok(admin.post('/api/admin/users', { login, name: login, staffNo: login, posts: [{ unitId: units[code], main: true, title: null }], roles: [{ roleId: roles.find((r) => r.code === 'handler')?.id, scope: null }] }))
      as[login] = await app.as(login)
    }
    await person('district5', 'T-DISTRICT')
    await person('grid5', 'T-GRID')
    await person('point5', 'T-POINT')
    const order = await dispatched([{ unit: 'T-DISTRICT', role: 'lead' }])
    const chain = [{ by: 'district5', unit: 'T-DISTRICT', id: order.first }]
    for (const [by, code] of [['streetHandler', 'T-STREET'], ['communityHandler', 'T-COMMUNITY'], ['grid5', 'T-GRID'], ['point5', 'T-POINT']] as const) {
      const above = chain.at(-1)
      if (!above) throw new Error('no level above')
      await ok(who(above.by).post(`/api/assignments/${above.id}/sign`))
      for (const wrong of ['T-HEAT', 'T-CENTRE', above.unit]) expect([code, wrong, (await who(above.by).post(`/api/assignments/${above.id}/hand-down`, { unitId: units[wrong] })).body.code]).toEqual([code, wrong, 'orders.unitOutsideHierarchy'])
      const child = await ok(who(above.by).post(`/api/assignments/${above.id}/hand-down`, { unitId: units[code], opinion: `交${code}` }))
      chain.push({ by, unit: code, id: child.id })
    }
    const last = chain.at(-1)
    await ok(who(last?.by ?? '').post(`/api/assignments/${last?.id}/sign`))
    // 除本级和直接上级，谁也动不了这一级的任务
    for (const [i, level] of chain.entries())
      for (const [j, person] of chain.entries())
        if (j !== i && j !== i - 1) for (const act of ['feedback', 'review-child']) expect([level.unit, person.unit, act, (await who(person.by).post(`/api/assignments/${level.id}/${act}`, act === 'feedback' ? feedback : { outcome: 'accept' })).status >= 400]).toEqual([level.unit, person.unit, act, true])
    for (let i = chain.length - 1; i > 0; i--) {
      const [level, above] = [chain[i], chain[i - 1]]
      expect((await who(above?.by ?? '').post(`/api/assignments/${above?.id}/feedback`, feedback)).body).toMatchObject({ code: 'orders.childOpen' })
      await ok(who(level?.by ?? '').post(`/api/assignments/${level?.id}/feedback`, { ...feedback, result: `${level?.unit} 已办理完毕。` }))
      await ok(who(above?.by ?? '').post(`/api/assignments/${level?.id}/review-child`, { outcome: 'accept' }))
    }
    await ok(who('district5').post(`/api/assignments/${order.first}/feedback`, feedback))
    expect((await ok(who('reviewer').get(`/api/orders/${order.id}`))).assignments.map((a: { unitId: string }) => a.unitId).toSorted()).toEqual(chain.map((c) => units[c.unit]).toSorted())
    expect((await acts(order.id)).filter((act) => act === 'feedback' || act === 'handDown')).toHaveLength(9)
  })

  test('ORD-51 三级逐级引用：办结文本就是社区的原文，每级一条记录；上级退回到达那个下级', async () => {
    const order = await dispatched([{ unit: 'T-STREET', role: 'lead' }])
    await ok(who('streetHandler').post(`/api/assignments/${order.first}/sign`))
    const child = await ok(who('streetHandler').post(`/api/assignments/${order.first}/hand-down`, { unitId: units['T-COMMUNITY'], opinion: '请上门核实' }))
    await ok(who('communityHandler').post(`/api/assignments/${child.id}/sign`))
    const text = '社区已上门，三盏路灯全部换新。'
    await ok(who('communityHandler').post(`/api/assignments/${child.id}/feedback`, { ...feedback, result: '已处理。' }))
    await ok(who('streetHandler').post(`/api/assignments/${child.id}/review-child`, { outcome: 'sendBack', opinion: '请写明换了几盏' }))
    expect((await ok(who('communityHandler').get(`/api/orders/${order.id}`))).assignments.find((a: { id: string }) => a.id === child.id)).toMatchObject({ state: 'handling' })
    await ok(who('communityHandler').post(`/api/assignments/${child.id}/feedback`, { ...feedback, result: text }))
    await ok(who('streetHandler').post(`/api/assignments/${child.id}/review-child`, { outcome: 'accept' }))
    const quoted = (await ok(who('streetHandler').get(`/api/orders/${order.id}`))).feedback.find((f: { result: string }) => f.result === text).id
    await ok(who('streetHandler').post(`/api/assignments/${order.first}/feedback`, { ...feedback, result: text, quotedFrom: quoted }))
    await ok(who('streetLeader').post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
    const shown = (await ok(who('reviewer').get(`/api/orders/${order.id}`))).feedback.find((f: { quotedFrom: string | null }) => f.quotedFrom === quoted)
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', reply: shown.result }))
    expect((await ok(who('reviewer').get(`/api/orders/${order.id}`))).reply).toBe(text)
    expect((await acts(order.id)).filter((act) => act === 'feedback')).toHaveLength(3)
  })

  test('签收前可以取回，签收后不可以', async () => {
    const order = await dispatched()
    expect(await ok(who('dispatcher').post(`/api/orders/${order.id}/recall`, {}))).toMatchObject({ state: 'pendingDispatch' })
    const other = await dispatched()
    await ok(who('handler').post(`/api/assignments/${other.first}/sign`))
    expect(await who('dispatcher').post(`/api/orders/${other.id}/recall`, {})).toMatchObject({ status: 409, body: { rule: 'orders.recall' } })
  })

  test('到时系统自动签收，只签一次', async () => {
    const order = await dispatched()
    app.clock.advance(12 * HOUR + MINUTE)
    await app.runTimers()
    await app.runTimers()
    expect((await acts(order.id)).filter((a) => a === 'autoSign')).toHaveLength(1)
  })
})

describe('退回与延时', () => {
  test('窗口内申请，领导同意后由派发层级审核，批准后回到待派发且原单位受限', async () => {
    const order = await dispatched()
    await ok(who('handler').post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '该路段由街道管理' }))
    const request = (await sql<{ id: string; stage: string }>`select id, stage from order_request where order_id = ${order.id}`.execute(app.app.runtime.db.withoutPlugins())).rows[0]
    expect(request?.stage).toBe('leader')
    expect((await who('reviewer').post(`/api/order-requests/${request?.id}/decide`, { outcome: 'approve' })).status).toBe(403)
    await ok(who('unitLeader').post(`/api/order-requests/${request?.id}/decide`, { outcome: 'approve' }))
    expect(await ok(who('reviewer').post(`/api/order-requests/${request?.id}/decide`, { outcome: 'approve', opinion: '同意退回' }))).toMatchObject({ orderState: 'pendingDispatch', state: 'approved' })
    const again = await who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }] })
    expect(again).toMatchObject({ status: 409, body: { rule: 'orders.block.returnApproved' } })
    await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }], overrideReason: '经协调仍由城管局办理' }))
  })

  test('19 小时 01 分后不能退回，指出规则和关闭时刻', async () => {
    const order = await dispatched()
    app.clock.advance(19 * HOUR + MINUTE)
    expect(await who('handler').post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '不归我们' })).toMatchObject({ status: 409, body: { rule: 'returnWindow', until: expect.stringMatching(/^2026/) } })
  })

  test('仲裁驳回后单位必须办理，不能再退', async () => {
    const order = await dispatched()
    await ok(who('unitLeader').post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '职责有争议' }))
    const id = (await sql<{ id: string }>`select id from order_request where order_id = ${order.id}`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id
    await ok(who('reviewer').post(`/api/order-requests/${id}/decide`, { outcome: 'arbitrate', opinion: '请中心领导裁定' }))
    await ok(who('leader').post(`/api/order-requests/${id}/decide`, { outcome: 'refuse', opinion: '属城管局职责' }))
    expect(await who('handler').post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '再次申请' })).toMatchObject({ status: 409, body: { rule: 'orders.returnRefused' } })
    await ok(who('handler').post(`/api/assignments/${order.first}/sign`))
  })

  test('延时逐级审批，最后一级批准才改时限', async () => {
    const order = await dispatched()
    await ok(who('handler').post(`/api/assignments/${order.first}/sign`))
    const due = async (): Promise<number> => (await sql<{ due_at: number }>`select due_at from order_clock where assignment_id = ${order.first} and kind = 'handling'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.due_at ?? 0
    const before = await due()
    const newDueAt = toIso(plus(instant(before), 24 * HOUR))
    const tooLong = await who('handler').post(`/api/assignments/${order.first}/request-extension`, { newDueAt: toIso(plus(instant(before), 365 * 24 * HOUR)), reason: '太长' })
    expect(tooLong.status).toBe(422)
    await ok(who('handler').post(`/api/assignments/${order.first}/request-extension`, { newDueAt, reason: '配件采购需要时间' }))
    const flow = (await sql<{ flow_instance_id: string }>`select flow_instance_id from order_request where order_id = ${order.id} and kind = 'extension'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.flow_instance_id
    expect((await who('handler').post(`/api/flow/instances/${flow}/decide`, { outcome: 'approve', opinion: '' })).status).toBe(403)
    await ok(who('unitLeader').post(`/api/flow/instances/${flow}/decide`, { outcome: 'approve', opinion: '情况属实' }))
    expect(await due()).toBe(before)
    await ok(who('reviewer').post(`/api/flow/instances/${flow}/decide`, { outcome: 'approve', opinion: '同意' }))
    expect(await due()).toBe(before + 24 * HOUR)
    const again = await who('handler').post(`/api/assignments/${order.first}/request-extension`, { newDueAt: toIso(plus(instant(before), 48 * HOUR)), reason: '再延' })
    expect(again).toMatchObject({ status: 409 })
    const late = await dispatched()
    await ok(who('handler').post(`/api/assignments/${late.first}/sign`))
    app.clock.advance(60 * 24 * HOUR)
    expect((await who('handler').post(`/api/assignments/${late.first}/request-extension`, { newDueAt: toIso(plus(app.clock.now(), 24 * HOUR)), reason: '已到期才想起来' })).status).toBe(409)
    expect(await due()).toBe(before + 24 * HOUR)
  })
})

describe('撤单、追加、下派县级中心', () => {
  test('撤单须有理由，任务取消；已办结的不能追加', async () => {
    const order = await dispatched()
    expect((await who('reviewer').post(`/api/orders/${order.id}/withdraw`, { reasonClass: '', reason: '' })).status).toBe(422)
    expect(await ok(who('reviewer').post(`/api/orders/${order.id}/withdraw`, { reasonClass: '诉求人撤回', reason: '已自行解决' }))).toMatchObject({ state: 'withdrawn' })
    expect((await who('handler').post(`/api/assignments/${order.first}/sign`)).status).toBe(409)
    expect(await who('reviewer').post(`/api/orders/${order.id}/supplements`, { content: '补充一点' })).toMatchObject({ status: 409, body: { rule: 'orders.supplement.open' } })
    const kept = await ok(who('handler').get(`/api/orders/${order.id}`))
    expect(kept).toMatchObject({ state: 'withdrawn', assignments: [{ state: 'cancelled' }] })
    expect((await ok(who('handler').get(`/api/orders/${order.id}/timeline`))).items.find((one: { act: string }) => one.act === 'withdraw')).toMatchObject({ actName: '撤单' })
  })

  test('下派县级中心：两边各有编号，结果经两级审核回来', async () => {
    const order = await register({ areaCode: '990102', requester: { name: '李小北', phone: '19900008888' } })
    const sent = await ok(who('reviewer').post(`/api/orders/${order.id}/transfer`, { tenantId: tenants['test-county'], requirement: '请五日内办结' }))
    expect(sent).toMatchObject({ state: 'inProgress', toNumber: expect.stringMatching(/^\d{6}990102\d{5}$/) })
    const mirror = (await sql<{ id: string; contact_phone_mask: string }>`select id, contact_phone_mask from order_order where number = ${sent.toNumber}`.execute(app.app.runtime.db.withoutPlugins())).rows[0]
    expect(mirror?.contact_phone_mask).toBe('199****8888')
    expect((await who('countyReviewer').post(`/api/orders/${order.id}/answer`, { reply: 'x', basis: 'y' })).status).toBe(404) // 下级不能动上级的工单
    expect((await who('otherReviewer').post(`/api/orders/${mirror?.id}/answer`, { reply: 'x', basis: 'y' })).status).toBe(404)
    const down = await ok(who('countyReviewer').post(`/api/orders/${mirror?.id}/dispatch`, { units: [{ unitId: units['C-URBAN'], role: 'lead' }] }))
    const id = down.assignments[0].id
    await ok(who('countyHandler').post(`/api/assignments/${id}/sign`))
    await ok(who('countyHandler').post(`/api/assignments/${id}/feedback`, feedback))
    await ok(who('countyLeader').post(`/api/assignments/${id}/review`, { outcome: 'accept' }))
    const up = await ok(who('countyReviewer').post(`/api/orders/${mirror?.id}/review-result`, { outcome: 'accept' }))
    expect(up.state).toBe('pendingResultReview') // 等上级复核
    await app.drain()
    expect(await state(order.id)).toBe('pendingResultReview')
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'return', opinion: '答复不够具体' }))
    await app.drain()
    expect(await state(mirror?.id ?? '')).toBe('inProgress')
  })
})

describe('多人协作中的边界', () => {
  test('座席接到重复来电，可看同事登记工单的公开内容并追加，查看留痕；保密件不存在', async () => {
    const order = await dispatched()
    expect((await who('agent2').get(`/api/orders/${order.id}`)).status).toBe(404)
    const seen = await ok(who('agent2').get(`/api/orders/${order.id}/public-side`))
    expect(seen).toMatchObject({ number: order.number, stateName: '处置中', unitName: '测试市城管局' })
    expect(JSON.stringify(seen)).not.toContain('请依法办理') // 派发意见是内部内容
    expect(seen.acts.map((a: { act: string }) => a.act)).toEqual(['supplement', 'urge'])
    await ok(who('agent2').post(`/api/orders/${order.id}/supplements`, { content: '今晚又黑了' }))
    await app.drain()
    const logged = (await sql<{ n: number }>`select count(*)::int as n from kernel_audit where act = 'access:publicSide' and object_id = ${order.id}`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.n
    expect(logged).toBe(1)
    const secret = await register({ confidential: true })
    expect((await who('agent2').get(`/api/orders/${secret.id}/public-side`)).status).toBe(404)
    expect((await who('handler').get(`/api/orders/${order.id}/public-side`)).status).toBe(403)
  })

  test('派发意见、审核意见和登记备注都不是公开内容', async () => {
    const order = await dispatched()
    await ok(who('handler').post(`/api/assignments/${order.first}/sign`))
    await ok(who('handler').post(`/api/assignments/${order.first}/feedback`, feedback))
    await ok(who('unitLeader').post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', opinion: '内部意见：同意' }))
    const open = (await sql<{ act: string }>`select act from order_timeline where order_id = ${order.id} and visibility = 'public'`.execute(app.app.runtime.db.withoutPlugins())).rows
    expect(open).toEqual([])
  })

  test('撤单理由取自本中心的列表；要审批时先成申请，本人不能批，批准才撤', async () => {
    const order = await dispatched()
    expect(await who('reviewer').post(`/api/orders/${order.id}/withdraw`, { reasonClass: '随便', reason: '不办了' })).toMatchObject({ status: 422, body: { rule: 'withdrawClasses' } })
    await set('withdrawalApproval', true)
    try {
      expect((await ok(who('handler').get('/api/order-options'))).returnReasons).toEqual(['非职责', '已处理', '内容不清'])
      expect(await ok(who('reviewer').post(`/api/orders/${order.id}/withdraw`, { reasonClass: '诉求人撤回', reason: '来电要求撤回' }))).toMatchObject({ state: 'inProgress', requested: true })
      expect((await who('reviewer').post(`/api/orders/${order.id}/withdraw`, { reasonClass: '诉求人撤回', reason: '再次' })).body).toMatchObject({ rule: 'orders.requestPending' })
      const request = (await ok(who('shiftLeader').get('/api/order-requests?kind=withdrawal&mine=true'))).items[0]
      expect(request).toMatchObject({ orderId: order.id, mayDecide: true, reasonClass: '诉求人撤回' })
      expect((await who('reviewer').post(`/api/order-requests/${request.id}/decide`, { outcome: 'approve' })).body).toMatchObject({ rule: 'orders.ownDecision' })
      expect((await who('dispatcher').post(`/api/order-requests/${request.id}/decide`, { outcome: 'approve' })).status).toBe(403)
      expect(await ok(who('shiftLeader').post(`/api/order-requests/${request.id}/decide`, { outcome: 'approve' }))).toMatchObject({ orderState: 'withdrawn', state: 'approved' })
    } finally {
      await set('withdrawalApproval', false)
    }
  })

  test('退回申请审批期间不能反馈结果，可以反馈进展，撤回申请后照常反馈', async () => {
    const order = await dispatched()
    await ok(who('handler').post(`/api/assignments/${order.first}/sign`))
    await ok(who('handler').post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '该路段由街道管理' }))
    expect(await who('handler').post(`/api/assignments/${order.first}/feedback`, feedback)).toMatchObject({ status: 409, body: { rule: 'orders.feedback.returnPending' } })
    const detail = await ok(who('handler').get(`/api/orders/${order.id}`))
    expect(detail.assignments[0].acts.find((a: { act: string }) => a.act === 'feedback')).toMatchObject({ enabled: false, rule: 'orders.feedback.returnPending' })
    await ok(who('handler').post(`/api/assignments/${order.first}/feedback`, { ...feedback, kind: 'progress' }))
    await ok(who('handler').post(`/api/order-requests/${detail.requests[0].id}/cancel`))
    expect(await ok(who('handler').post(`/api/assignments/${order.first}/feedback`, feedback))).toMatchObject({ state: 'pendingReport' })
  })

  test('单位领导环节只能同意或不同意，其他处理被拒绝', async () => {
    const order = await dispatched()
    await ok(who('handler').post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '该路段由街道管理' }))
    const detail = await ok(who('unitLeader').get(`/api/orders/${order.id}`))
    expect(detail.requests[0]).toMatchObject({ mayDecide: true, outcomes: ['approve', 'refuse'] })
    expect(await who('unitLeader').post(`/api/order-requests/${detail.requests[0].id}/decide`, { outcome: 'answerSelf', opinion: '我们自己答复' })).toMatchObject({ status: 422, body: { rule: 'orders.request.outcome' } })
  })

  test('岗位数字只数本中心的工单，仲裁有自己的数字', async () => {
    const order = await register({ areaCode: '990102' })
    await ok(who('reviewer').post(`/api/orders/${order.id}/transfer`, { tenantId: tenants['test-county'] }))
    const counts = await ok(who('dispatcher').get('/api/orders/counts'))
    const desk = counts.desks.find((d: { key: string }) => d.key === 'pendingDispatch')
    const list = await ok(who('dispatcher').get(`/api/orders?state=pendingDispatch&own=true&limit=100`))
    expect(desk.query).toMatchObject({ own: 'true' })
    expect(desk.count.value).toBe(list.count.value)
    expect(list.items.every((row: { tenantId: string }) => row.tenantId === tenants['test'])).toBe(true)
    expect((await ok(who('leader').get('/api/orders/counts'))).desks.map((d: { key: string }) => d.key)).toContain('arbitration')
  })
})
