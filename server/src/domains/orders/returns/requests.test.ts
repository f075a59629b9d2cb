// Requests of units around returning, appealing and reporting (ORD-40, ORD-41, ORD-42, ORD-54, ORD-61).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, MINUTE } from '../../../kernel/time/index.ts'
import { applyCallback } from '../callback-outcome.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'
import { causeOfReturn } from './improper.ts'

let app: TestApp
let walk: Walk
const tenants: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  for (const row of await walk.rows(sql<{ code: string; id: string }>`select code, id from platform_tenant`)) tenants[row.code] = row.id
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown = {}) => (await walk.who(login)).post(path, body)
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const flowOf = async (orderId: string, kind: string): Promise<string> => (await walk.rows(sql<{ id: string }>`select flow_instance_id as id from order_request where order_id = ${orderId} and kind = ${kind} order by created_at desc limit 1`))[0]?.id ?? ''
const decideFlow = async (login: string, orderId: string, kind: string, outcome: string) => post(login, `/api/flow/instances/${await flowOf(orderId, kind)}/decide`, { outcome, opinion: '意见' })
const upload = async (login: string, content: string): Promise<string> => (await walk.ok((await walk.who(login)).upload('/api/attachments?place=request', { name: '证明.txt', type: 'text/plain', content: Buffer.from(content) }))).id
const redone = async () => {
  const order = await walk.dispatched()
  await walk.ok(post('handler', `/api/assignments/${order.first}/sign`))
  await walk.ok(post('handler', `/api/assignments/${order.first}/feedback`, feedbackText))
  await walk.ok(post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'accept' }))
  await walk.ok(post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
  await app.command((ctx) => applyCallback(ctx, order.id, { kind: 'dissatisfied', reason: '还是不亮', data: {} }))
  const detail = await get('handler', `/api/orders/${order.id}`)
  return { ...order, again: detail.assignments.find((a: { round: number }) => a.round === 2).id as string }
}

describe('不满意申诉', () => {
  test('没有证明被拒；不在重办轮次不提供；批准后归档并标记，不再回访', async () => {
    const order = await redone()
    const acts = (await get('handler', `/api/orders/${order.id}`)).assignments.map((a: { id: string; acts: { act: string }[] }) => [a.id === order.again, a.acts.some((x) => x.act === 'appeal')])
    expect(acts).toEqual([[false, false], [true, true]])
    expect(await post('handler', `/api/assignments/${order.again}/appeal`, { reason: '已无办理空间', fileIds: [] })).toMatchObject({ status: 422, body: { rule: 'orders.appeal.evidence' } })
    const first = await walk.dispatched()
    await walk.ok(post('handler', `/api/assignments/${first.first}/sign`))
    expect(await post('handler', `/api/assignments/${first.first}/appeal`, { reason: '已无办理空间', fileIds: [await upload('handler', '甲')] })).toMatchObject({ status: 409, body: { rule: 'orders.appeal.round' } })
    await walk.ok(post('handler', `/api/assignments/${order.again}/appeal`, { reason: '路灯产权属小区物业，已无办理空间', fileIds: [await upload('handler', '产权证明')] }))
    await walk.ok(decideFlow('unitLeader', order.id, 'appeal', 'approve'))
    await walk.ok(decideFlow('reviewer', order.id, 'appeal', 'approve'))
    const detail = await get('reviewer', `/api/orders/${order.id}`)
    expect(detail).toMatchObject({ state: 'archived', closeKind: 'appealApproved' })
    expect(detail.flags.map((f: { code: string }) => f.code)).toContain('appealApproved')
    await app.drain()
    expect((await walk.rows(sql<{ n: number }>`select count(*)::int as n from callback_task where order_id = ${order.id} and state in ('open', 'held')`))[0]?.n).toBe(0)
  })

  test('本单位领导退回的可凭原材料再报；中心驳回后继续办理，同样的材料换个文件名也不能再申诉，新材料可以', async () => {
    const order = await redone()
    await walk.ok(post('handler', `/api/assignments/${order.again}/appeal`, { reason: '已无办理空间', fileIds: [await upload('handler', '同一份证明')] }))
    await walk.ok(decideFlow('unitLeader', order.id, 'appeal', 'return'))
    await walk.ok(post('handler', `/api/assignments/${order.again}/appeal`, { reason: '已无办理空间', fileIds: [await upload('handler', '同一份证明')] }))
    await walk.ok(decideFlow('unitLeader', order.id, 'appeal', 'approve'))
    await walk.ok(decideFlow('reviewer', order.id, 'appeal', 'return'))
    expect((await get('handler', `/api/orders/${order.id}`)).state).toBe('inProgress')
    expect(await post('handler', `/api/assignments/${order.again}/appeal`, { reason: '再申诉', fileIds: [await upload('handler', '同一份证明')] })).toMatchObject({ status: 409, body: { rule: 'orders.appeal.sameEvidence' } })
    await walk.ok(post('handler', `/api/assignments/${order.again}/appeal`, { reason: '补充产权证明', fileIds: [await upload('handler', '新的证明')] }))
  })
})

describe('退回权限重置', () => {
  test('窗口关闭后经中心领导批准重新开放，过了有效时间又关闭', async () => {
    const order = await walk.dispatched()
    expect((await get('handler', `/api/orders/${order.id}`)).assignments[0].acts.map((a: { act: string }) => a.act)).not.toContain('requestReturnReset')
    expect(await post('handler', `/api/assignments/${order.first}/request-return-reset`, { reason: '刚查明' })).toMatchObject({ status: 409, body: { rule: 'returnWindow' } })
    app.clock.advance(19 * HOUR + MINUTE)
    expect((await post('handler', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '属街道' })).body).toMatchObject({ rule: 'returnWindow' })
    await walk.ok(post('handler', `/api/assignments/${order.first}/request-return-reset`, { reason: '刚查明该段已移交街道' }))
    expect([403, 404]).toContain((await decideFlow('reviewer', order.id, 'returnReset', 'approve')).status)
    await walk.ok(decideFlow('leader', order.id, 'returnReset', 'approve'))
    const act = (await get('handler', `/api/orders/${order.id}`)).assignments[0].acts.find((a: { act: string }) => a.act === 'requestReturn')
    expect(act).toMatchObject({ enabled: true })
    const kept = (await walk.rows(sql<{ applicant_name: string; approver_name: string }>`select applicant_name, approver_name from order_return_reset where order_id = ${order.id}`))[0]
    expect(kept).toEqual({ applicant_name: '测试handler', approver_name: '测试leader' })
    app.clock.advance(4 * HOUR + MINUTE)
    expect((await post('handler', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '属街道' })).body).toMatchObject({ rule: 'returnWindow' })
  })

  test('本级退回窗口不得长于上级平台的窗口，从哪一头改都不行', async () => {
    const admin = await walk.who('tenantAdmin')
    const at = await walk.ok(admin.get('/api/admin/settings/returnWindow'))
    expect(await admin.put('/api/admin/settings/returnWindow', { value: 30, version: at.version })).toMatchObject({ status: 422, body: { rule: 'returnWindow' } })
    await walk.ok(admin.put('/api/admin/settings/returnWindow', { value: 20, version: at.version }))
    const above = await walk.ok(admin.get('/api/admin/settings/upperReturnWindow'))
    expect(await admin.put('/api/admin/settings/upperReturnWindow', { value: 20, version: above.version })).toMatchObject({ status: 422, body: { rule: 'upperReturnWindow' } })
  })
})

describe('退单审核的去向与不当退单', () => {
  test('驳回的退单记为不当退单并弹窗提醒单位；再派时优先选它；获批退回的写明原因类别', async () => {
    const order = await walk.dispatched()
    await walk.ok(post('unitLeader', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '应由街道管理' }))
    const request = (await get('reviewer', `/api/orders/${order.id}`)).requests[0]
    await walk.ok(post('reviewer', `/api/order-requests/${request.id}/decide`, { outcome: 'refuse', opinion: '属城管局职责' }))
    expect((await walk.rows(sql<{ data: { improper: string[] } }>`select data from order_request where id = ${request.id}`))[0]?.data.improper).toContain('refused')
    const messages = (await get('handler', '/api/messages?limit=50')).items as { level: string; title: string }[]
    expect(messages.find((m) => m.title.startsWith('不当退单'))).toMatchObject({ level: 'P2' })
    const other = await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }])
    await walk.ok(post('unitLeader2', `/api/assignments/${other.first}/request-return`, { reasonClass: '非职责', reason: '审批权限在上级主管部门' }))
    const second = (await get('reviewer', `/api/orders/${other.id}`)).requests[0]
    await walk.ok(post('reviewer', `/api/order-requests/${second.id}/decide`, { outcome: 'approve', opinion: '同意' }))
    const options = await get('dispatcher', `/api/orders/${other.id}/dispatch-options`)
    expect(options.returned).toEqual([expect.objectContaining({ unitName: '测试市供热办', cause: '超出权限' })])
    expect([causeOfReturn('内容不清', '地址不详'), causeOfReturn('非职责', '不在本辖区'), causeOfReturn('已处理', '上月已办'), causeOfReturn('非职责', '归住建局管')]).toEqual(['unclear', 'otherArea', 'handledBefore', 'dutyMismatch'])
  })

  test('获批退回的单位变灰，再选须写理由；理由所指的单位列为建议，再派时记下第二路径；限制可按参数放开', async () => {
    const order = await walk.dispatched()
    await walk.ok(post('unitLeader', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '管道归供热办管理，应由市供热办办理' }))
    const request = (await get('reviewer', `/api/orders/${order.id}`)).requests[0]
    await walk.ok(post('reviewer', `/api/order-requests/${request.id}/decide`, { outcome: 'approve', opinion: '同意' }))
    const options = await get('dispatcher', `/api/orders/${order.id}/dispatch-options`)
    expect(options.barred).toEqual([{ unitId: walk.unit('T-URBAN'), unitName: '测试市城管局', cause: '已退回并获批准', absolute: false }])
    expect(options.recommended.find((one: { unitId: string }) => one.unitId === walk.unit('T-HEAT')).reason).toContain('测试市城管局退回理由所指')
    const again = (role: string, more: object = {}) => post('dispatcher', `/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit('T-HEAT'), role: role === 'assist' ? 'lead' : 'assist' }, { unitId: walk.unit('T-URBAN'), role }], ...more })
    expect(await again('lead')).toMatchObject({ status: 409, body: { rule: 'orders.block.returnApproved', fields: [{ path: 'overrideReason' }] } })
    expect((await again('assist')).status).toBe(409)
    const admin = await walk.who('tenantAdmin')
    const at = await walk.ok(admin.get('/api/admin/settings/reDispatchRestriction'))
    await walk.ok(admin.put('/api/admin/settings/reDispatchRestriction', { value: 'lead', version: at.version }))
    expect((await again('lead')).status).toBe(409)
    await walk.ok(again('assist'))
    const entry = await walk.rows(sql<{ data: object }>`select data from order_timeline where order_id = ${order.id} and act = 'dispatch' and data ? 'secondPath'`)
    expect(entry[0]?.data).toMatchObject({ secondPath: [{ kind: 'return', unitName: '测试市城管局', cause: '职责不符' }] })
    await walk.ok(admin.put('/api/admin/settings/reDispatchRestriction', { value: 'leadAndAssist', version: at.version + 1 }))
  })

  test('退单审核可直接转给下级中心，单位任务收回', async () => {
    const order = await walk.dispatched()
    await walk.ok(post('unitLeader', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '在北屏区境内' }))
    const request = (await get('reviewer', `/api/orders/${order.id}`)).requests[0]
    expect(request.outcomes).toEqual(['approve', 'refuse', 'arbitrate', 'adjudicate', 'answerSelf', 'transfer'])
    expect((await post('reviewer', `/api/order-requests/${request.id}/decide`, { outcome: 'transfer', opinion: '转北屏区' })).status).toBe(422)
    expect(await walk.ok(post('reviewer', `/api/order-requests/${request.id}/decide`, { outcome: 'transfer', opinion: '转北屏区', tenantId: tenants['test-county'] }))).toMatchObject({ orderState: 'inProgress', state: 'approved' })
    expect((await get('reviewer', `/api/orders/${order.id}`)).chain.map((c: { tenantName: string }) => c.tenantName)).toEqual(['测试市', '北屏区'])
    expect((await post('handler', `/api/assignments/${order.first}/sign`)).status).toBe(409)
  })
})

describe('办理报告', () => {
  test('领导批准后上级才看得到；退回可修改，版本保留；别家看不到', async () => {
    const order = await walk.dispatched()
    await walk.ok(post('handler', `/api/assignments/${order.first}/sign`))
    const template = await get('handler', `/api/assignments/${order.first}/report-template`)
    expect(template.content).toContain(order.number)
    await walk.ok(post('handler', `/api/assignments/${order.first}/reports`, { ...template, fileIds: [] }))
    expect((await post('handler', `/api/assignments/${order.first}/reports`, { ...template, fileIds: [] })).body).toMatchObject({ rule: 'orders.requestPending' })
    expect((await get('reviewer', `/api/order-reports?orderId=${order.id}`)).items).toEqual([])
    await walk.ok(decideFlow('unitLeader', order.id, 'report', 'return'))
    await walk.ok(post('handler', `/api/assignments/${order.first}/reports`, { title: '修改后的办理报告', content: '补充了现场情况。', fileIds: [] }))
    await walk.ok(decideFlow('unitLeader', order.id, 'report', 'approve'))
    expect((await get('handler', `/api/order-reports?orderId=${order.id}`)).items.map((r: { version: number; state: string }) => [r.version, r.state])).toEqual([[2, 'approved'], [1, 'returned']])
    const seen = (await get('reviewer', `/api/order-reports?orderId=${order.id}`)).items
    expect((await get('leader', `/api/order-reports?orderId=${order.id}`)).items.map((r: { id: string }) => r.id)).toEqual([seen[0].id])
    expect(seen.map((r: { version: number }) => r.version)).toEqual([2])
    expect((await get('reviewer', `/api/order-reports/${seen[0].id}`)).content).toBe('补充了现场情况。')
    expect((await (await walk.who('handler2')).get(`/api/order-reports/${seen[0].id}`)).status).toBe(404)
    // 并入的工单看到牵头工单的报告
    const member = await walk.register()
    await walk.ok(post('reviewer', '/api/order-merges', { leadId: order.id, orderIds: [member.id], send: true }))
    expect((await get('reviewer', `/api/order-reports?orderId=${member.id}`)).items.map((r: { id: string }) => r.id)).toEqual([seen[0].id])
  })
})

describe('全链路进度', () => {
  test('四组数字与打开的列表一致；下级中心的一步在上级看得到，平级看不到', async () => {
    const order = await walk.register()
    await walk.ok(post('reviewer', `/api/orders/${order.id}/pass-review`))
    await walk.ok(post('dispatcher', `/api/orders/${order.id}/transfer`, { tenantId: tenants['test-county'], fileIds: [] }))
    const board = await get('reviewer', '/api/orders/progress')
    const county = board.tenants.find((t: { tenantId: string }) => t.tenantId === tenants['test-county'])
    const group = county.groups.find((g: { group: string }) => g.group === 'toDispatch')
    expect(group.count).toBeGreaterThan(0)
    const list = await get('reviewer', `/api/orders?${new URLSearchParams({ ...group.query, limit: '200' })}`)
    expect(list.count.value).toBe(group.count)
    app.clock.advance(31 * 24 * HOUR)
    const own = (await get('reviewer', '/api/orders/progress')).tenants.find((t: { own: boolean }) => t.own)
    for (const one of own.groups) expect([one.group, (await get('reviewer', `/api/orders?${new URLSearchParams({ ...one.query, limit: '1' })}`)).count.value]).toEqual([one.group, one.count])
    expect((await get('otherReviewer', '/api/orders/progress')).tenants.map((t: { name: string }) => t.name)).toEqual(['望溪县'])
    expect((await get('otherReviewer', `/api/orders?tenantId=${tenants['test-county']}`)).items).toEqual([])
    const chain = (await get('reviewer', `/api/orders/${order.id}`)).chain
    expect(chain.map((c: { groupName: string }) => c.groupName)).toEqual(['处置中', '待派发'])
  })
})
