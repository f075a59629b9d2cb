// Joint tasks of linked units over HTTP (ORD-64).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'
import { sweepJoints } from './joint-tasks.ts'

let app: TestApp
let walk: HandlingWalk
let base: { view: string; company: string }
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
  const admin = await walk.who('businessAdmin')
  base = {
    view: (await walk.ok(admin.post('/api/linked-units', { kind: 'department', name: '供热办（观察）', unitId: walk.unit('T-HEAT'), rights: 'view' }))).id,
    company: (await walk.ok(admin.post('/api/linked-units', { kind: 'enterprise', name: '晨曦水务公司', contactName: '值班经理', contactPhone: '19900012345' }))).id,
  }
})
afterAll(() => app.stop())

const inDays = (n: number) => toIso(plus(app.clock.now(), n * DAY))
const opened = async (more: Record<string, unknown> = {}) => {
  const order = await walk.handled()
  const body = { title: '路面塌陷联合处置', goal: '抢修管线并恢复路面', way: '每日会商', leadUnitId: walk.unit('T-URBAN'), members: [{ unitId: walk.unit('T-DISTRICT'), duty: '围挡与疏导' }, { linkedId: base.view, duty: '了解情况' }, { linkedId: base.company, duty: '抢修供水管' }], nodes: [{ name: '完成围挡', dueAt: inDays(1) }], ...more }
  await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${order.id}/open-joint`, body))
  return { ...order, joint: await rowOf(order.id) }
}
const rowOf = async (orderId: string, login = 'dispatcher') => (await walk.ok((await walk.who(login)).get(`/api/joint-tasks?orderId=${orderId}`))).items[0]
const post = async (login: string, id: string, path: string, body: Record<string, unknown>) => (await walk.who(login)).post(`/api/joint-tasks/${id}/${path}`, body)
const memberId = (joint: { members: { id: string; name: string }[] }, name: string) => joint.members.find((m) => m.name.startsWith(name))?.id ?? ''
const result = { measures: '管线修复，路面恢复', later: '一个月内复查', plain: '塌陷路面已修复，可正常通行。', tell: 'sms' }

test('只有查看权限的单位不能反馈；没有账号的企业由牵头单位代录；别的单位不能代办', async () => {
  const { joint, ...order } = await opened()
  expect((await (await walk.who('handler2')).get(`/api/orders/${order.id}`)).status).toBe(200)
  expect(await post('handler2', joint.id, 'deliver', { memberId: memberId(joint, '供热办'), text: '我们也来说两句' })).toMatchObject({ status: 403, body: { rule: 'orders.joint.rights' } })
  expect((await post('handler2', joint.id, 'deliver', { memberId: memberId(joint, '临澜区'), text: '代人反馈' })).status).toBe(403)
  await walk.ok(post('handler', joint.id, 'deliver', { memberId: memberId(joint, '晨曦'), text: '供水管已更换 12 米' }))
  const seen = await rowOf(order.id)
  expect(seen.members.find((m: { name: string }) => m.name === '晨曦水务公司')).toMatchObject({ deliverable: '供水管已更换 12 米', late: false })
  expect((await post('handler', joint.id, 'deliver', { memberId: memberId(joint, '晨曦'), text: '再来一次' })).body).toMatchObject({ rule: 'orders.joint.delivered' })
})

test('错过的节点标红并提醒；逾期未反馈的单位收到短信，只提醒一次', async () => {
  const { joint, ...order } = await opened({ leadUnitId: walk.unit('T-HEAT'), members: [{ unitId: walk.unit('T-URBAN'), duty: '围挡' }] })
  app.clock.advance(3 * DAY + 1000)
  await app.command((ctx) => sweepJoints(ctx))
  await app.command((ctx) => sweepJoints(ctx))
  const row = await rowOf(order.id)
  expect(row.nodes[0]).toMatchObject({ missed: true, doneAt: null })
  expect(row).toMatchObject({ late: 2 })
  expect((await walk.rows(sql`select 1 from platform_sms where object_id = ${order.id} and template = 'unitJointLate'`)).length).toBeGreaterThan(0)
  const entries = (await (await walk.who('reviewer')).get(`/api/orders/${order.id}/timeline`)).body.items.filter((e: { act: string }) => e.act === 'jointLate')
  expect(entries).toHaveLength(1)
  expect((await walk.ok((await walk.who('dispatcher')).get('/api/joint-tasks?late=true'))).items.map((j: { id: string }) => j.id)).toContain(joint.id)
})

test('尚有单位未反馈，办结须说明理由；结果以短信告知诉求人，并抄送各单位；诉求人评价计入配合情况', async () => {
  const { joint, ...order } = await opened({ members: [{ unitId: walk.unit('T-HEAT'), duty: '停热配合' }] })
  expect((await post('handler', joint.id, 'conclude', result)).body).toMatchObject({ rule: 'orders.joint.missing', fields: [{ path: 'missingReason' }] })
  expect((await post('handler2', joint.id, 'conclude', result)).status).toBe(403)
  await walk.ok(post('handler2', joint.id, 'deliver', { memberId: memberId(joint, '测试市供热办'), text: '已配合停热' }))
  await walk.ok(post('handler', joint.id, 'conclude', result))
  const [sms] = await walk.rows(sql<{ params: unknown }>`select to_jsonb(s) as params from platform_sms s where object_id = ${order.id} and template = 'requesterJointResult'`)
  expect(sms).toBeDefined()
  expect((await walk.order(order.id)).flags).not.toContain('joint')
  expect((await post('handler', joint.id, 'rating', { timeliness: 5, satisfaction: 4, communication: 5 })).status).toBe(403)
  await walk.ok(post('callbackAgent', joint.id, 'rating', { timeliness: 5, satisfaction: 4, communication: 3 }))
  expect((await post('callbackAgent', joint.id, 'rating', { timeliness: 1, satisfaction: 1, communication: 1 })).body).toMatchObject({ rule: 'orders.joint.rated' })
  const rows = (await walk.ok((await walk.who('dispatcher')).get('/api/joint-cooperation'))).items
  expect(rows.find((r: { name: string }) => r.name === '测试市供热办')).toMatchObject({ delivered: 1, inTime: 1, rated: 1, satisfaction: 4 })
})

test('联系电话加密保存、掩码显示，掩码回传不改号码，查看明文须有权限', async () => {
  const admin = await walk.who('businessAdmin')
  const row = (await walk.ok(admin.get('/api/linked-units'))).items.find((r: { id: string }) => r.id === base.company)
  expect(row.contactPhone).toBe('199****2345')
  expect(JSON.stringify(await walk.rows(sql`select * from order_linked_unit where id = ${base.company}`))).not.toContain('19900012345')
  await walk.ok(admin.patch(`/api/linked-units/${base.company}`, { ...row, duties: '供水抢修' }))
  expect((await walk.ok(admin.post(`/api/linked-units/${base.company}/reveal`, {}))).phone).toBe('19900012345')
  expect((await (await walk.who('handler')).post(`/api/linked-units/${base.company}/reveal`, {})).status).toBe(403)
  expect((await admin.patch(`/api/linked-units/${base.company}`, { ...row, duties: '旧版本' })).status).toBe(409)
})

test('他租户看不到；同一工单只有一个进行中的协同；工单撤销后协同随之结束', async () => {
  const { joint, ...order } = await opened()
  expect((await post('otherReviewer', joint.id, 'end', { reason: 'x' })).status).toBe(404)
  expect((await (await walk.who('dispatcher')).post(`/api/orders/${order.id}/open-joint`, { title: '再来', goal: '再来', leadUnitId: walk.unit('T-URBAN'), members: [{ unitId: walk.unit('T-HEAT'), duty: '配合' }] })).body).toMatchObject({ rule: 'orders.joint.open' })
  const other = await walk.handled()
  expect((await (await walk.who('dispatcher')).post(`/api/orders/${other.id}/open-joint`, { title: '外市', goal: '外市', leadUnitId: walk.unit('O-URBAN'), members: [{ unitId: walk.unit('T-HEAT'), duty: '配合' }] })).status).toBe(422)
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/withdraw`, { reasonClass: '诉求人撤回', reason: '来电撤回' }))
  expect(await rowOf(order.id)).toMatchObject({ state: 'ended', endReason: '工单已结束' })
})
