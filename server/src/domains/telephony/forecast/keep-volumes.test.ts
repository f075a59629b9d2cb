// Counts, forecasts told ahead and surges over real rows.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../kernel/runtime.ts'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, HOUR, MINUTE } from '../../../kernel/time/index.ts'
import { seedTelephony } from '../seeding.ts'
import { keepVolumes } from './keep-volumes.ts'

let app: TestApp
let leader: Client
let tenant = ''
let queue = ''

/** `n` calls of the queue spread over the half hour that begins `ago` before now. */
async function calls(ago: number, n: number, over = 30 * MINUTE): Promise<void> {
  await app.command(async (ctx) => {
    for (let i = 0; i < n; i++) {
      const at = new Date(ctx.clock.now() - ago + (over / (n + 1)) * (i + 1)).toISOString() // a bound of the test's own data
      await sql`insert into telephony_call (tenant_id, id, started_at, direction, state, queue_id, queue_name, queued_at, wait_ms, answered_at, ended_at, talk_ms, end_cause) values (${tenant}, ${newId()}, ${at}, 'inbound', 'ended', ${queue}, 'x', ${at}, 3000, ${at}, ${at}, 180000, 'normal')`.execute(ctx.acrossTenants('test'))
    }
  })
}
const keep = (): Promise<void> => app.command(keepVolumes)

beforeAll(async () => {
  app = await testApp()
  await app.command((ctx) => seedTelephony(ctx, { number: '12345' }))
  leader = await app.as('shiftLeader')
  const { rows: [row] } = await app.command((ctx) => sql<{ tenant_id: string; id: string }>`select q.tenant_id, q.id from telephony_queue q where code = 'general'`.execute(ctx.acrossTenants('test')))
  tenant = row?.tenant_id ?? ''
  queue = row?.id ?? ''
  // On the half hour, so that ten minutes lie in one slot.
  app.clock.set((app.clock.now() - (app.clock.now() % (30 * MINUTE)) + 15 * MINUTE) as never) // the middle of a slot
  for (let day = 1; day <= 21; day++) for (const slot of [-1, 0, 1]) await calls(day * DAY + 15 * MINUTE - slot * 30 * MINUTE, 12)
  await keep()
})
afterAll(() => app.stop())

test('TEL-40 来电按半小时入账，预测提前告知并与实际并列，误差可读', async () => {
  const told = await leader.get(`/api/telephony/forecast/${queue}`)
  expect(told.status).toBe(200)
  const ahead = told.body.slots.find((s: { at: string }) => Date.parse(s.at) > app.clock.now())
  expect(ahead.expected).toBeGreaterThan(3)
  expect(told.body.error.halfHour).toMatchObject({ slots: 14 * 48 })
  app.clock.advance(HOUR)
  await calls(45 * MINUTE, 10)
  await keep()
  const after = (await leader.get(`/api/telephony/forecast/${queue}`)).body
  const slot = after.slots.find((s: { at: string }) => s.at === ahead.at)
  expect(slot).toMatchObject({ arrived: 10, expected: expect.closeTo(ahead.expected, 0) })
  expect(after.error.kept).toMatchObject({ slots: 1, calls: 10 })
  expect(after.days.filter((d: { arrived: number | null }) => d.arrived === null).length).toBeGreaterThanOrEqual(7)
})

test('TEL-40 模拟突增：十分钟来电超过往常一半，建议增加几席并推送给值班长，半小时内只推一次', async () => {
  await calls(9 * MINUTE, 40, 8 * MINUTE)
  await keep()
  await keep()
  await app.drain()
  const now = (await leader.get('/api/telephony/forecast')).body.items.find((q: { id: string }) => q.id === queue)
  expect(now).toMatchObject({ surge: true, last: { arrived: 40 } })
  expect(now.advice).toMatch(/未来半小时约 \d+ 通，需 \d+ 席，现签入 0 席，建议增加 \d+ 席/)
  const { rows } = await app.command((ctx) => sql<{ login: string; repeats: number }>`select u.login, m.repeats from platform_message m join platform_user u on u.tenant_id = m.tenant_id and u.id = m.user_id where m.type = 'telephony.surge'`.execute(ctx.acrossTenants('test')))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((r) => r.repeats === 1)).toBe(true)
})

test('没有监控权限的看不到预测，别的城市的队列查无此列', async () => {
  expect((await (await app.as('agent')).get('/api/telephony/forecast')).status).toBe(403)
  expect((await leader.get(`/api/telephony/forecast/${newId()}`)).status).toBe(404)
  expect((await leader.get(`/api/telephony/queues/${queue}/curve?hours=2`)).status).toBe(422)
})
