import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { touchStamp } from '../../platform/stamps.ts'
import { DAY, instant } from '../../../kernel/time/index.ts'
import { auditEntries } from './audit-entries.ts'
import { coveredBy, holdsAt } from './list-entry.ts'

let app: TestApp
let leader: Client
beforeAll(async () => {
  app = await testApp()
  leader = await app.as('shiftLeader')
  await approvals({ black: 0, red: 0, white: 0 })
})
/** How many people must approve each list from here on. */
const approvals = (value: object) => app.command(async (ctx) => {
  await sql`delete from platform_setting_value where tenant_id = ${ctx.tenantId} and key = 'list.approvals'`.execute(ctx.acrossTenants('fixture'))
  await sql`insert into platform_setting_value (tenant_id, key, value, changed_at, changed_by) values (${ctx.tenantId}, 'list.approvals', ${JSON.stringify(value)}::jsonb, now(), 'test')`.execute(ctx.acrossTenants('fixture'))
  await touchStamp(ctx, 'settings')
}, 'shiftLeader')
afterAll(() => app.stop())

const add = (kind: string, number: string, more: object = {}) => leader.post('/api/telephony/lists', { kind, number, reason: '多次骚扰', ...more })

test('不在时段内的名单条目不起作用', () => {
  const at = (text: string): boolean => holdsAt({ validFrom: null, validTo: instant('2026-12-01T00:00:00+08:00'), weekly: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } }, instant(text), 'Asia/Shanghai')
  expect([at('2026-11-17T10:00:00+08:00'), at('2026-11-17T17:00:00+08:00'), at('2026-11-21T10:00:00+08:00'), at('2026-12-01T10:00:00+08:00')]).toEqual([true, false, false, false])
  const night = { validFrom: null, validTo: null, weekly: { days: [5], from: '22:00', to: '06:00' } }
  expect([holdsAt(night, instant('2026-11-20T23:00:00+08:00'), 'Asia/Shanghai'), holdsAt(night, instant('2026-11-21T05:00:00+08:00'), 'Asia/Shanghai'), holdsAt(night, instant('2026-11-21T23:00:00+08:00'), 'Asia/Shanghai')]).toEqual([true, true, false])
})

test('号码和号段分得清，其余拒绝', () => {
  expect([coveredBy('138 0000 1111'), coveredBy('13800*'), coveredBy('1*'), coveredBy('abc'), coveredBy('<script>'), coveredBy('138****1111')]).toEqual([{ number: '13800001111' }, { prefix: '13800' }, null, null, null, null])
})

test('同一号码不能同时在黑名单和白名单；移除后可以', async () => {
  const black = await add('black', '13800001111')
  expect(black).toMatchObject({ status: 200, body: { state: 'active', shown: '138****1111', holdsNow: true, segment: false } })
  expect(await add('white', '138 0000 1111')).toMatchObject({ status: 409, body: { code: 'telephony.listed' } })
  expect(await add('red', '13800001111')).toMatchObject({ status: 200 })
  expect((await leader.post(`/api/telephony/lists/${black.body.id}/remove`, { reason: '误加' })).body.state).toBe('removed')
  expect((await add('white', '13800001111')).status).toBe(200)
  expect((await leader.post(`/api/telephony/lists/${black.body.id}/remove`, { reason: '再次' })).status).toBe(409)
})

test('按整号、后四位、号段开头都能查到，列表只给掩码', async () => {
  await add('black', '13911112222')
  await add('black', '13955*')
  for (const [q, shown] of [['13911112222', '139****2222'], ['2222', '139****2222'], ['139', '13955*']] as const) expect([q, (await leader.get(`/api/telephony/lists?q=${q}`)).body.items.map((e: { shown: string }) => e.shown)]).toEqual([q, [shown]])
  expect(JSON.stringify((await leader.get('/api/telephony/lists')).body)).not.toContain('13911112222')
})

test('批量维护：第 3 行号码有误单独报出，其余导入', async () => {
  const row = (act: string, number: string, more: object = {}) => ({ act, kind: '黑名单', number, reason: '骚扰', ...more })
  const answer = await leader.post('/api/telephony/lists/import', { rows: [row('新增', '13700000001'), row('新增', '13700000002', { validTo: '2026-12-31', days: '一二三四五', from: '9:00', to: '17:00' }), row('新增', '12ab'), row('新增', '13700000004')] })
  expect(answer.body).toMatchObject({ added: 3, errors: [{ row: 3, field: 'number' }] })
  const again = await leader.post('/api/telephony/lists/import', { rows: [row('修改', '13700000001', { reason: '更正' }), row('删除', '13700000002'), row('删除', '13700000009')] })
  expect(again.body).toMatchObject({ changed: 1, removed: 1, errors: [{ row: 3, message: '黑名单中没有该号码' }] })
})

test('到期的条目自己说明到期；过时的修改被拒绝', async () => {
  const entry = (await add('white', '13600000001', { validTo: '2026-11-18T00:00:00+08:00' })).body
  app.clock.advance(DAY)
  await app.runTimers()
  expect((await leader.get('/api/telephony/lists?q=13600000001')).body.items[0]).toMatchObject({ state: 'expired', holdsNow: false })
  expect((await leader.patch(`/api/telephony/lists/${entry.id}`, { version: entry.version, reason: '延长', validTo: null })).status).toBe(409)
  expect((await leader.patch(`/api/telephony/lists/${entry.id}`, { version: entry.version + 1, reason: '延长', validTo: '2026-11-10T00:00:00+08:00', validFrom: '2026-11-12T00:00:00+08:00' })).status).toBe(422)
})

test('没有权限的人、别的中心的人进不来', async () => {
  const entry = (await add('red', '13500000001')).body
  expect((await (await app.as('agent')).get('/api/telephony/lists')).status).toBe(403)
  const county = await app.as('countyAdmin')
  expect((await county.get('/api/telephony/lists')).body.items).toEqual([])
  expect((await county.post(`/api/telephony/lists/${entry.id}/remove`, { reason: '越界' })).status).toBe(404)
  expect((await app.nobody().get('/api/telephony/lists')).status).toBe(401)
})

test('黑名单须两人先后审批：一人审批不生效，同一人不能审两次，提出人不能自己审；白名单一人即可', async () => {
  await approvals({ black: 2, red: 2, white: 1 })
  const entry = (await add('black', '13400000001')).body
  expect(entry).toMatchObject({ state: 'pending', holdsNow: false })
  expect((await add('white', '13400000001')).status).toBe(409)
  const [business, compliance] = [await app.as('businessAdmin'), await app.as('tenantAdmin')]
  const flowOf = async (id: string): Promise<string> => {
    const { rows } = await sql<{ flow_id: string }>`select flow_id from telephony_list_entry where id = ${id}`.execute(app.app.runtime.db.withoutPlugins())
    return rows[0]?.flow_id ?? ''
  }
  const decide = (who: Client, flow: string, outcome = 'approve') => who.post(`/api/flow/instances/${flow}/decide`, { outcome, opinion: '情况属实' })
  const stateOf = async (id: string): Promise<string> => (await leader.get('/api/telephony/lists?limit=100')).body.items.find((one: { id: string }) => one.id === id).state
  const flow = await flowOf(entry.id)
  expect((await decide(leader, flow)).status).toBeGreaterThanOrEqual(400)
  expect(await decide(business, flow)).toMatchObject({ status: 200 })
  expect(await stateOf(entry.id)).toBe('pending')
  expect((await decide(business, flow)).status).toBeGreaterThanOrEqual(400)
  expect(await decide(compliance, flow)).toMatchObject({ status: 200 })
  expect(await stateOf(entry.id)).toBe('active')
  const white = (await add('white', '13400000002')).body
  await decide(business, await flowOf(white.id))
  expect(await stateOf(white.id)).toBe('active')
  const refused = (await add('black', '13400000003')).body
  await decide(business, await flowOf(refused.id), 'return')
  expect(await stateOf(refused.id)).toBe('refused')
})

test('修改生效的条目也要审批：审批前原内容有效，通过后换成新的；撤回的条目不再等审批', async () => {
  const entry = (await leader.get('/api/telephony/lists?q=13400000002')).body.items[0]
  const changed = await leader.patch(`/api/telephony/lists/${entry.id}`, { version: entry.version, reason: '改为长期保障单位', validFrom: null, validTo: null, weekly: null })
  expect(changed).toMatchObject({ status: 200, body: { state: 'active', reason: '多次骚扰', changePending: true } })
  expect((await leader.patch(`/api/telephony/lists/${entry.id}`, { version: changed.body.version, reason: '再改', validFrom: null, validTo: null, weekly: null })).status).toBe(409)
  const { rows } = await sql<{ flow_id: string }>`select flow_id from telephony_list_entry where id = ${entry.id}`.execute(app.app.runtime.db.withoutPlugins())
  await (await app.as('businessAdmin')).post(`/api/flow/instances/${rows[0]?.flow_id}/decide`, { outcome: 'approve', opinion: '同意' })
  expect((await leader.get('/api/telephony/lists?q=13400000002')).body.items[0]).toMatchObject({ reason: '改为长期保障单位', changePending: false })
  const waiting = (await add('red', '13400000004')).body
  expect((await leader.post(`/api/telephony/lists/${waiting.id}/remove`, { reason: '提错了' })).body.state).toBe('removed')
  const batch = await leader.post('/api/telephony/lists/import', { rows: ['13400000011', '13400000012'].map((number) => ({ act: '新增', kind: '黑名单', number, reason: '骚扰' })) })
  expect(batch.body).toMatchObject({ added: 2, errors: [] })
  const { rows: of } = await sql<{ flow_id: string }>`select distinct flow_id from telephony_list_entry where source = 'batch' and state = 'pending'`.execute(app.app.runtime.db.withoutPlugins())
  expect(of).toHaveLength(1)
})

test('TEL-42 复查只移除长期没有命中的，各有记录，可以恢复；不到期不再查', async () => {
  await approvals({ black: 0, red: 0, white: 0 })
  const old = await add('black', '13622220001')
  const used = await add('black', '13622220002')
  await app.command(async (ctx) => {
    await sql`update telephony_list_entry set last_hit_at = ${new Date(ctx.clock.now() + 190 * DAY).toISOString()} where id = ${used.body.id}`.execute(ctx.acrossTenants('fixture')) // a bound of the test's own data
  })
  app.clock.advance(200 * DAY)
  await app.drain()
  const fresh = await add('black', '13622220003')
  await app.command((ctx) => auditEntries(ctx))
  const state = async (id: string): Promise<{ state: string; audited: boolean }> => (await leader.get('/api/telephony/lists?limit=200')).body.items.find((e: { id: string }) => e.id === id)
  expect(await state(old.body.id)).toMatchObject({ state: 'removed', audited: true })
  expect([(await state(used.body.id)).state, (await state(fresh.body.id)).state]).toEqual(['active', 'active'])
  expect((await leader.get('/api/telephony/lists?audited=true')).body.items.every((e: { audited: boolean }) => e.audited)).toBe(true)
  expect((await leader.post(`/api/telephony/lists/${old.body.id}/restore`)).body).toMatchObject({ state: 'active', audited: false })
  expect((await leader.post(`/api/telephony/lists/${used.body.id}/restore`)).status).toBe(409)
  await app.command((ctx) => auditEntries(ctx))
  expect((await state(old.body.id)).state).toBe('active')
})
