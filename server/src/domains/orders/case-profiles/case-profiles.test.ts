import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { walkIn, feedbackText, type Walk } from '../reading/test-orders.ts'
import { ensureProfiles } from './profile-store.ts'

let app: TestApp
let walk: Walk
let tenant = ''
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  const [unit] = await walk.rows(sql<{ tenant_id: string }>`select tenant_id from platform_unit where id = ${walk.unit('T-URBAN')}`)
  tenant = unit?.tenant_id ?? ''
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const form = async (key: string, binding: Record<string, string>, properties: Record<string, unknown>, required: string[] = []) => {
  const made = await post('tenantadmin', '/api/forms', { key, name: key, schema: { type: 'object', properties, required } })
  await post('tenantadmin', `/api/form-versions/${made.versionId}/publish`, {})
  await post('tenantadmin', `/api/forms/${made.id}/bindings`, binding)
  return made
}

const definition = () => ({
  match: { all: [{ field: 'mentions', op: 'has', value: '古树' }] },
  fields: { treeNumber: { enter: ['registration', 'centreSorting', 'unitHandling', 'centreClosing'], required: ['unitHandling'] } },
  routes: [{ name: '园林直达', when: null, units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }], auto: true, opinion: '请保护古树' }],
  limits: [{ name: '古树名木', when: null, response: { amount: 1, unit: 'naturalHours' }, handling: { amount: 30, unit: 'naturalHours' }, yellowBefore: null }],
  closing: { reviewValues: true, basis: false, evidence: false },
})

describe('专项类型是数据', () => {
  test('新定义的类型不重启即生效：下一件匹配的工单带上它的字段、路由和时限，缺必填字段不能办结', async () => {
    await form('treeFields', { caseProfile: 'oldTree' }, { treeNumber: { type: 'string', title: '古树编号', maxLength: 20 }, danger: { type: 'boolean', title: '有倒伏危险' } })
    const made = await post('tenantadmin', '/api/order-profiles', { code: 'oldTree', name: '古树名木', position: 5, enabled: true, definition: definition() })
    expect(made).toMatchObject({ version: 1, form: { fields: [{ key: 'treeNumber' }, { key: 'danger' }] } })

    const offered = await post('agent', '/api/orders/profile-for-form', { appealType: 'help', title: '古树被砍', content: '路口古树' })
    expect(offered).toMatchObject({ profile: { code: 'oldTree', name: '古树名木', limits: ['古树名木', '响应 1小时', '办理 30小时'] } })
    expect(offered.profile.form.schema.properties.treeNumber.title).toBe('古树编号')

    const order = await walk.register({ title: '古树被修剪', content: '路口一株古树被过度修剪', profileData: { danger: true } })
    expect(await get('reviewer', `/api/orders/${order.id}`)).toMatchObject({ profileName: '古树名木' })
    await post('reviewer', `/api/orders/${order.id}/pass-review`, {})
    await app.runTimers()
    const sent = await get('reviewer', `/api/orders/${order.id}`)
    expect(sent).toMatchObject({ state: 'inProgress', assignments: [{ unitName: '测试市城管局', role: 'lead', opinion: '请保护古树' }] })
    expect(sent.clocks.filter((c: { kind: string }) => ['handling', 'response'].includes(c.kind)).map((c: { kind: string; ruleText: string }) => [c.kind, c.ruleText]).toSorted()).toEqual([['handling', '古树名木·古树名木：30小时'], ['response', '古树名木·古树名木：1小时']])

    const [{ id: assignment }] = sent.assignments
    await post('handler', `/api/assignments/${assignment}/sign`, {})
    const handler = await walk.who('handler')
    const refused = await handler.post(`/api/assignments/${assignment}/feedback`, { ...feedbackText, contact: { method: '电话', reached: true } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'orders.profileIncomplete', rule: 'orders.profile.required', fields: [{ path: 'profileData.treeNumber' }] } })

    expect(await get('handler', `/api/orders/${order.id}/profile`)).toMatchObject({ stageName: '单位办理与办结', enterable: ['treeNumber', 'danger'], required: ['treeNumber'], values: { danger: true } })
    await walk.ok(handler.patch(`/api/orders/${order.id}/profile-values`, { values: { treeNumber: 'A-0312' } }))
    await walk.ok(handler.post(`/api/assignments/${assignment}/feedback`, { ...feedbackText, contact: { method: '电话', reached: true } }))
    await post('unitleader', `/api/assignments/${assignment}/review`, { outcome: 'accept' })
    const timeline = await get('reviewer', `/api/orders/${order.id}/timeline`)
    expect(timeline.items.find((e: { act: string }) => e.act === 'profileValues')).toMatchObject({ actorName: '测试handler', changes: [{ label: '古树编号', old: null, new: 'A-0312' }], data: { at: 'unitHandling' } })
  })

  test('办结坐席审核字段：未审核不能通过，退回后单位可更正，更正后通过', async () => {
    const order = await walk.register({ title: '古树根部被水泥封死', content: '古树', profileData: { treeNumber: 'B-1' } })
    await post('reviewer', `/api/orders/${order.id}/pass-review`, {})
    await app.runTimers()
    const [{ id: assignment }] = (await get('reviewer', `/api/orders/${order.id}`)).assignments
    await post('handler', `/api/assignments/${assignment}/sign`, {})
    await post('handler', `/api/assignments/${assignment}/feedback`, { ...feedbackText, contact: { method: '电话', reached: true } })
    expect((await (await walk.who('handler')).patch(`/api/orders/${order.id}/profile-values`, { values: { treeNumber: 'B-2' } })).status).toBe(403)
    await post('unitleader', `/api/assignments/${assignment}/review`, { outcome: 'accept' })
    const reviewer = await walk.who('reviewer')
    expect(await reviewer.post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' })).toMatchObject({ status: 409, body: { code: 'orders.valuesNotApproved' } })
    expect((await reviewer.post(`/api/orders/${order.id}/profile-review`, { outcome: 'return' })).status).toBe(422)
    await post('reviewer', `/api/orders/${order.id}/profile-review`, { outcome: 'return', opinion: '编号不符' })
    await walk.ok((await walk.who('handler')).patch(`/api/orders/${order.id}/profile-values`, { values: { treeNumber: 'B-3' } }))
    expect(await post('reviewer', `/api/orders/${order.id}/profile-review`, { outcome: 'approve', values: { danger: false } })).toMatchObject({ values: { treeNumber: 'B-3', danger: false } })
    expect((await post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'accept' })).state).toMatch(/pendingCallback|closed/)
  })

  test('环节之外、表单没有的、类型不符的值都被拒绝，什么也不改', async () => {
    const order = await walk.register({ title: '古树挂牌', content: '古树' })
    const patch = async (login: string, values: unknown) => (await walk.who(login)).patch(`/api/orders/${order.id}/profile-values`, { values })
    expect(await patch('reviewer', { nope: 1 })).toMatchObject({ status: 422 })
    expect(await patch('reviewer', { treeNumber: 'x'.repeat(21) })).toMatchObject({ status: 422, body: { fields: [{ path: 'values.treeNumber' }] } })
    expect((await patch('handler2', { treeNumber: '1' })).status).toBe(404)
    expect((await patch('otherReviewer', { treeNumber: '1' })).status).toBe(404)
    expect((await get('reviewer', `/api/orders/${order.id}/profile`)).values).toEqual({})
  })

  test('分拣人改标其他类型或取消，留理由；只由规则判定的不能手工标注；没有权限 403', async () => {
    await app.command((ctx) => ensureProfiles(ctx), { tenantId: tenant })
    const order = await walk.register({ title: '商品房迟迟不交付', content: '开发商说资金不足' })
    expect((await get('reviewer', `/api/orders/${order.id}`)).profileName).toBeNull()
    await post('reviewer', `/api/orders/${order.id}/profile`, { code: 'housingDelivery', reason: '商品房案件' })
    expect(await get('reviewer', `/api/orders/${order.id}/profile`)).toMatchObject({ code: 'housingDelivery', by: 'person', stageName: '中心分拣' })
    await walk.ok((await walk.who('reviewer')).patch(`/api/orders/${order.id}/profile-values`, { values: { problemType: '逾期交房', households: 120 } }))
    expect((await (await walk.who('reviewer')).post(`/api/orders/${order.id}/profile`, { code: 'fastTrack', reason: 'x' })).status).toBe(422)
    expect((await (await walk.who('handler')).post(`/api/orders/${order.id}/profile`, { code: null, reason: 'x' })).status).toBe(403)
    await post('reviewer', `/api/orders/${order.id}/profile`, { code: null, reason: '误标' })
    expect((await get('reviewer', `/api/orders/${order.id}`)).profileName).toBeNull()
    const where = encodeURIComponent(JSON.stringify({ all: [{ field: 'profile', op: 'in', value: ['oldTree'] }, { field: 'form.treeNumber', op: 'is', value: 'A-0312' }] }))
    expect((await get('reviewer', `/api/orders/query?where=${where}`)).items).toHaveLength(1)
  })

  test('定义有错在保存时指出：没有的字段、不可派的单位、必填却不许填、错的条件；修改成新版本，旧单保留旧版本', async () => {
    const admin = await walk.who('tenantadmin')
    const bad = async (more: Record<string, unknown>) => (await admin.post('/api/order-profiles', { code: `bad${Math.floor(Math.random() * 1e9)}`, name: '错', definition: more })).status
    expect(await bad({ match: { all: [{ field: 'nope', op: 'is' }] } })).toBe(422)
    expect(await bad({ fields: { x: { enter: ['registration'], required: ['unitHandling'] } } })).toBe(422)
    expect(await bad({ routes: [{ name: '外单位', units: [{ unitId: walk.unit('O-URBAN'), role: 'lead' }] }] })).toBe(422)
    expect(await bad({ queue: 'nobody' })).toBe(422)
    expect((await (await walk.who('reviewer')).get('/api/order-profiles')).status).toBe(403)
    const order = await walk.register({ title: '古树旧版', content: '古树' })
    const held = (await get('tenantadmin', '/api/order-profiles')).items.find((p: { code: string }) => p.code === 'oldTree')
    const next = await walk.ok(admin.patch(`/api/order-profiles/${held.id}`, { name: '古树名木保护', position: 5, enabled: true, definition: { ...definition(), routes: [], closing: { reviewValues: false } }, version: held.version }))
    expect(next.version).toBe(held.version + 1)
    expect((await admin.patch(`/api/order-profiles/${held.id}`, { name: 'x', position: 5, enabled: true, definition: {}, version: held.version })).status).toBe(409)
    expect((await get('reviewer', `/api/orders/${order.id}`)).profileName).toBe('古树名木')
    expect((await get('reviewer', `/api/orders/${(await walk.register({ title: '古树新版', content: '古树' })).id}`)).profileName).toBe('古树名木保护')
  })
})

describe('归并线路的拓展表单', () => {
  test('选了线路出现它的表单，必填缺失指出，值随工单显示；发布新版本后旧单按旧版本打开', async () => {
    await walk.ok((await walk.who('businessAdmin')).post('/api/hotlines', { code: '12319', name: '城建热线', mode: 'parallel' }))
    const made = await form('lineCity', { line: '12319' }, { meter: { type: 'string', title: '水表号' } }, ['meter'])
    expect((await post('agent', '/api/orders/profile-for-form', { appealType: 'help', line: '12319' })).line.schema.required).toEqual(['meter'])
    const agent = await walk.who('agent')
    const body = { requester: { name: '陈小满', phone: '19900017777' }, appealType: 'help', title: '水表不走', content: '水表停转三天', line: '12319' }
    expect(await agent.post('/api/orders', body)).toMatchObject({ status: 422, body: { fields: [{ path: 'lineData.meter' }] } })
    const order = await walk.ok(agent.post('/api/orders', { ...body, lineData: { meter: 'W-77' } }))
    const draft = await post('tenantadmin', `/api/forms/${made.id}/versions`, { schema: { type: 'object', properties: { meterNo: { type: 'string', title: '新水表号' } } } })
    await post('tenantadmin', `/api/form-versions/${draft.versionId}/publish`, {})
    expect(await get('reviewer', `/api/orders/${order.id}/profile`)).toMatchObject({ line: { name: '城建热线' }, lineFields: [{ label: '水表号', value: 'W-77' }] })
    expect(Object.keys((await post('agent', '/api/orders/profile-for-form', { appealType: 'help', line: '12319' })).line.schema.properties)).toEqual(['meterNo'])
  })
})
