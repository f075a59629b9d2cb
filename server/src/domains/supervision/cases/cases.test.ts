// Inspection cases: source, approval, handling, accountability (SUP-21, SUP-22).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { scene, type Scene } from '../testing/scene.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-02T10:00:00+08:00')
})
afterAll(() => s.app.stop())

const body = (orderIds: string[], more: Record<string, unknown> = {}) => ({ title: '路灯维护长期不力', demand: '查明原因，限期整改', unitId: s.units['T-URBAN'], dueAt: toIso(plus(s.app.clock.now(), 5 * DAY)), orderIds, ...more })
const show = (id: string, login = 'supervisor') => s.ok(s.who(login).get(`/api/supervision/cases/${id}`))
const decide = (login: string, id: string, outcome: string) => s.who(login).post(`/api/supervision/cases/${id}/decide`, { outcome, opinion: '意见' })

test('案源入库、立项、退回修改、上报下一位领导、批准；批准前单位什么也看不到', async () => {
  const order = await s.signed()
  expect((await s.who('handler').post('/api/supervision/sources', { orderIds: [order.id], reason: '低分' })).status).toBe(403)
  expect(await s.ok(s.who('supervisor').post('/api/supervision/sources', { orderIds: [order.id], reason: '评分低' }))).toEqual({ added: 1 })
  expect((await s.ok(s.who('supervisor').get('/api/supervision/sources?used=false'))).items).toMatchObject([{ id: order.id, reason: '评分低' }])
  for (const login of ['handler', 'leader', 'otherReviewer']) expect((await s.who(login).post('/api/supervision/cases', body([order.id]))).status).toBe(403)
  expect((await s.who('supervisor').post('/api/supervision/cases', body([order.id], { unitId: s.units['C-URBAN'] }))).status).toBe(422)
  const { id } = await s.ok(s.who('supervisor').post('/api/supervision/cases', body([order.id])))
  const hidden = async (): Promise<void> => {
    expect((await s.who('handler').get(`/api/supervision/cases/${id}`)).status).toBe(404)
    expect((await s.ok(s.who('unitLeader').get('/api/supervision/cases'))).items).toEqual([])
    expect(await s.messages('handler', 'supervision.case')).toEqual([])
  }
  await hidden()
  expect((await decide('supervisor', id, 'approve')).status).toBe(403)
  expect(await s.ok(decide('leader', id, 'return'))).toMatchObject({ state: 'returned' })
  await hidden()
  await s.ok(s.who('supervisor').post(`/api/supervision/cases/${id}/revise`, { title: '路灯维护长期不力', demand: '补充了事实', dueAt: toIso(plus(s.app.clock.now(), 5 * DAY)) }))
  expect(await s.ok(decide('leader', id, 'passUp'))).toMatchObject({ state: 'pending' })
  expect((await decide('leader', id, 'approve')).status).toBeGreaterThanOrEqual(403)
  await hidden()
  expect(await s.ok(decide('tenantAdmin', id, 'approve'))).toMatchObject({ state: 'handling' })
  expect((await s.ok(s.who('handler').get('/api/supervision/cases'))).items).toMatchObject([{ id, state: 'handling', mayReport: true }])
  expect((await s.who('handler2').get(`/api/supervision/cases/${id}`)).status).toBe(404)
  const unitView = await show(id, 'handler')
  expect(unitView.approval).toEqual([])
  expect(unitView.steps.map((x: { node: string }) => x.node)).toEqual(['approved'])
  expect((await s.ok(s.who('supervisor').get('/api/supervision/sources?used=true'))).items).toMatchObject([{ caseId: id }])
})

test('督查意见须有收件人；欠材料时不能报告也不能结案；补齐、报告、退回、再报、结案', async () => {
  const order = await s.signed()
  const { id } = await s.ok(s.who('supervisor').post('/api/supervision/cases', body([order.id])))
  await s.ok(decide('leader', id, 'approve'))
  const act = (login: string, what: string, more: Record<string, unknown>) => s.who(login).post(`/api/supervision/cases/${id}/${what}`, more)
  expect((await act('supervisor', 'inspect', { act: 'return', content: '太早' })).status).toBe(409)
  expect((await act('supervisor', 'close', { solved: true, opinion: '没报告' })).status).toBe(409)
  const dueAt = toIso(plus(s.app.clock.now(), 2 * DAY))
  expect((await act('supervisor', 'opinions', { content: '请说明', dueAt })).status).toBe(422)
  expect((await act('supervisor', 'opinions', { content: '请说明', dueAt, recipientId: s.users['unitLeader2'] })).status).toBe(422)
  expect(await s.ok(act('supervisor', 'opinions', { content: '请主要领导说明', dueAt, recipientId: s.users['unitLeader'] }))).toMatchObject({ materialOwed: true })
  expect((await s.messages('unitLeader', 'supervision.case')).map((m) => m.title)).toContain('督查意见：路灯维护长期不力')
  expect(await act('handler', 'report', { kind: 'report', content: '办完了' })).toMatchObject({ status: 409, body: { rule: 'supervision.case.material' } })
  expect((await act('supervisor', 'close', { solved: true, opinion: '结案' })).status).toBe(409)
  expect((await act('handler2', 'report', { kind: 'material', content: '别家' })).status).toBe(404)
  expect(await s.ok(act('unitLeader', 'report', { kind: 'material', content: '检查记录' }))).toMatchObject({ materialOwed: false, state: 'handling' })
  s.app.clock.advance(2 * DAY + HOUR)
  expect(await s.ok(act('handler', 'report', { kind: 'report', content: '已整改' }))).toMatchObject({ state: 'reported', late: true })
  expect(await s.ok(act('supervisor', 'inspect', { act: 'return', content: '请补充长效措施', dueAt: toIso(plus(s.app.clock.now(), DAY)) }))).toMatchObject({ state: 'handling', round: 2 })
  await s.ok(act('handler', 'report', { kind: 'report', content: '已制定长效措施' }))
  await s.ok(act('supervisor', 'inspect', { act: 'report', content: '拟结案' }))
  expect(await s.ok(act('supervisor', 'close', { solved: true, opinion: '整改到位' }))).toMatchObject({ state: 'closed', solved: true })
  expect((await act('supervisor', 'inspect', { act: 'supervise', content: '再督' })).status).toBe(409)
  expect((await show(id)).steps.map((x: { node: string }) => x.node)).toEqual(['created', 'approved', 'opinion', 'material', 'reported', 'returned', 'reported', 'judged', 'closed'])
})
