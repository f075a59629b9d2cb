// Users and units from an outside directory (PLA-08).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { httpDouble } from '../testing/http-double.ts'
import { pullJob } from './pull-sources.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
})
afterAll(() => app.stop())

const PATH = '/api/admin/directory-sync'
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const unit = (code: string, name: string, parentCode = 'T-CENTRE') => ({ code, name, parentCode, areaCode: '990101', kind: 'handling' })
const user = (staffNo: string, unitCode: string, more: object = {}) => ({ staffNo, login: `l-${staffNo}`.toLowerCase(), name: `人员${staffNo}`, unitCode, ...more })
const run = (body: object) => admin.post(`${PATH}/runs`, { source: 'oa', mode: 'increment', ...body })
const units = [unit('X-1', '林业局'), unit('X-2', '林政科', 'X-1')]
const users = [user('X001', 'X-2'), user('X002', 'X-1')]
const named = async (code: string) => (await ok(admin.get('/api/admin/directory-sync/snapshot'))).units.find((u: { code: string }) => u.code === code)

test('PLA-08 来源里改名的机构在这里也改名；来源里移除的人不能再登录', async () => {
  // 下级写在上级前面也一样
  const tried = await ok(run({ mode: 'snapshot', dryRun: true, units: units.toReversed(), users }))
  expect(tried).toMatchObject({ runId: null, counts: { units: { created: 2, conflicts: 0 }, users: { created: 2, conflicts: 0 } } })
  expect(await named('X-1')).toBeUndefined()
  expect((await ok(admin.get(`${PATH}/runs`))).items).toEqual([])
  await ok(run({ mode: 'snapshot', units: units.toReversed(), users }))
  expect((await ok(run({ mode: 'snapshot', units, users }))).counts).toMatchObject({ units: { created: 0, changed: 0, same: 2 }, users: { created: 0, same: 2 } })
  expect((await ok(run({ units: [unit('X-1', '林业和草原局')], users: [] }))).changes).toMatchObject([{ what: 'changed', text: '林业局 → 林业和草原局' }])
  expect(await named('X-1')).toMatchObject({ name: '林业和草原局', removed: false })
  const leaving = await app.as('l-x001')
  expect((await leaving.get('/api/session')).status).toBe(200)
  expect((await ok(run({ mode: 'snapshot', units: [unit('X-1', '林业和草原局'), units[1]], users: [users[1]] }))).counts.users).toMatchObject({ disabled: 1, same: 1 })
  expect((await leaving.get('/api/session')).status).toBe(401)
  const gave = await ok(admin.get(`${PATH}/snapshot`))
  expect(gave.users.find((u: { staffNo: string }) => u.staffNo === 'X001')).toMatchObject({ name: '人员X001', removed: true })
  expect(JSON.stringify(gave)).not.toMatch(/mobile|1990000/)
})

test('PLA-08 冲突的编码只停下这一条：进入清单由管理员决定，其余照常', async () => {
  const answer = await ok(run({ units: [unit('C-URBAN', '外中心的编码'), unit('X-3', '气象局'), unit('X-4', '没有上级', 'NONE')], users: [user('X003', 'X-3'), user('T101', 'X-3', { login: 'somebody' }), user('X005', 'NOPE')] }))
  expect(answer.counts).toMatchObject({ units: { created: 1, conflicts: 2 }, users: { created: 1, conflicts: 2 } })
  expect(answer.conflicts.map((c: { code: string; message: string }) => `${c.code} ${c.message}`)).toEqual(['C-URBAN 编码已被使用', 'X-4 上级机构“NONE”不存在', 'T101 工号已属于登录名“agent2”的人员', 'X005 机构“NOPE”不存在或已停用'])
  const open = async () => (await ok(admin.get(`${PATH}/conflicts?open=true`))).items as { id: string; code: string }[]
  expect((await open()).length).toBe(4)
  const decide = async (code: string, outcome: string) => admin.post(`${PATH}/conflicts/${(await open()).find((c) => c.code === code)?.id}/decide`, { outcome, reason: '核对过' })
  expect(await decide('X-4', 'apply')).toMatchObject({ status: 422 })
  await ok(decide('C-URBAN', 'ignore'))
  // 确认是同一个人：按来源的机构和姓名更新，登录名不动
  await ok(decide('T101', 'apply'))
  expect((await ok(admin.get(`${PATH}/snapshot`))).users.find((u: { staffNo: string }) => u.staffNo === 'T101')).toMatchObject({ login: 'agent2', unitCode: 'X-3', name: '人员T101' })
  // 来源改正后自行消失
  await ok(run({ units: [unit('X-4', '没有上级')] }))
  expect((await open()).map((c) => c.code)).toEqual(['X005'])
  expect((await decide('X-4', 'ignore')).status).toBe(404)
})

test('快照少得可疑时不执行，确认后才停用；本地建的不受影响', async () => {
  const many = Array.from({ length: 12 }, (_, i) => user(`Y${100 + i}`, 'X-1'))
  await ok(run({ source: 'hr', mode: 'snapshot', users: many }))
  expect(await run({ source: 'hr', mode: 'snapshot', users: many.slice(0, 3) })).toMatchObject({ status: 422, body: { code: 'platform.syncRemoves' } })
  expect((await ok(run({ source: 'hr', mode: 'snapshot', dryRun: true, users: many.slice(0, 3) }))).counts.users).toMatchObject({ disabled: 9, same: 3 })
  expect((await ok(run({ source: 'hr', mode: 'snapshot', confirmRemovals: true, users: many.slice(0, 3) }))).counts.users).toMatchObject({ disabled: 9, same: 3 })
  expect((await (await app.as('agent')).get('/api/session')).status).toBe(200)
  expect((await (await app.as('agent')).post(`${PATH}/runs`, { source: 'oa', mode: 'increment' })).status).toBe(403)
  expect((await (await app.as('countyAdmin')).get(`${PATH}/runs`)).body.items).toEqual([])
})

test('每夜比对：到点取来源的快照执行一次，密钥只写不读；取不到、格式不符、空的都不停用任何人，写明原因', async () => {
  const double = await httpDouble(() => ({ body: { units: [unit('N-1', '数据局')], users: [user('N001', 'N-1')], at: 'ignored' } }))
  const queued = async () => (await app.app.database.owner.query<{ payload: { tenantId: string; source: string } }>(`select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'platform.pullDirectory'`)).rows.map((row) => row.payload)
  const pull = async () => {
    for (const payload of await queued()) await pullJob.run((fn) => app.command(fn), payload, { attempt: 1, maxAttempts: 1 })
    return (await ok(admin.get(`${PATH}/sources`))).items[0]
  }
  const put = (body: object) => admin.put(`${PATH}/sources/night`, { url: `${double.url}/directory`, token: 'secret-token-1', atHour: 0, enabled: true, version: 0, ...body })
  expect((await put({ url: 'http://intranet.example/' })).status).toBe(422)
  expect(JSON.stringify(await ok(put({})))).not.toContain('secret-token-1')
  expect((await put({})).status).toBe(409)
  await app.runTimers()
  await app.runTimers()
  expect(await queued()).toHaveLength(1)
  expect(await pull()).toMatchObject({ lastOk: true, lastText: expect.stringContaining('机构：新增 1') })
  expect(double.calls[0]?.headers['authorization']).toBe('Bearer secret-token-1')
  expect((await ok(admin.get(`${PATH}/runs`))).items[0]).toMatchObject({ source: 'night', mode: 'snapshot' })
  for (const [reply, text] of [[{ status: 500 }, '对方返回 500'], [{ body: 'hello' }, '对方返回的不是 JSON'], [{ body: {} }, '对方没有给出任何机构和用户'], [{ body: { units: [{ code: 1 }] } }, '格式不符：units.0.code']] as const) {
    double.answer = () => reply
    expect(await pull()).toMatchObject({ lastOk: false, lastText: text })
  }
  await double.stop()
  expect(await pull()).toMatchObject({ lastOk: false, lastText: '连接不上对方' })
  expect(await named('N-1')).toMatchObject({ name: '数据局', removed: false })
  // 管理员得到一条消息，未读时累计次数；别的租户没有
  const told = async (client: Client) => (await ok(client.get('/api/messages'))).items.filter((m: { type: string }) => m.type === 'system.directory')
  expect(await told(admin)).toMatchObject([{ title: '机构用户每夜比对没有成功：night', text: expect.stringContaining('连接不上对方'), link: '/admin/directory-sync', repeats: 5 }])
  expect(await told(await app.as('otherAdmin'))).toEqual([])
  expect([(await (await app.as('handler')).get(`${PATH}/sources`)).status, (await (await app.as('otherAdmin')).post(`${PATH}/sources/night/pull`, {})).status]).toEqual([403, 404])
  expect((await ok(admin.post(`${PATH}/sources/night/pull`, {}))).started).toBe(true)
  expect((await ok(admin.delete(`${PATH}/sources/night`))).items).toEqual([])
  expect((await admin.delete(`${PATH}/sources/night`)).status).toBe(404)
})
