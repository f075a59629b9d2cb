// Orders that units collect themselves (INT-23).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { touchStamp } from '../../platform/stamps.ts'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
let handler: Client
beforeAll(async () => {
  app = await testApp()
  handler = await app.as('handler')
})
afterAll(() => app.stop())

const body = (more: Record<string, unknown> = {}) => ({ name: '陈小满', phone: '19900002099', appealType: 'help', title: '井盖松动', content: '市容热线接到：井盖松动有异响。', areaCode: '990101', line: '市容服务热线', ...more })
const shown = async (who: Client, id: string) => (await who.get(`/api/orders/${id}`)).status
const open = async () => {
  const admin = await app.as('businessAdmin')
  const channel = (await admin.get('/api/channels')).body.items.find((one: { code: string }) => one.code === 'unit')
  expect((await admin.patch('/api/channels/unit', { enabled: true, version: channel.version })).status).toBe(200)
}

test('渠道未开放时不收；开放后采集单位登记的工单进入中心，单位始终看得到，别的单位看不到', async () => {
  expect((await handler.get('/api/collected-orders/options')).body).toMatchObject({ open: false, stays: false, notice: expect.stringMatching(/^[^:：a-z]/) })
  expect((await handler.post('/api/collected-orders', body())).status).not.toBe(200)
  expect((await (await app.as('agent')).post('/api/collected-orders', body())).status).toBe(403)
  await open()
  const { status, body: made } = await handler.post('/api/collected-orders', body())
  expect([status, made.stays]).toEqual([200, false])
  const seen = (await handler.get(`/api/orders/${made.id}`)).body
  expect(seen).toMatchObject({ channel: 'unit', state: 'pendingReview' })
  expect([await shown(await app.as('handler2'), made.id), await shown(await app.as('reviewer'), made.id)]).toEqual([404, 200])
  expect((await (await app.as('reviewer')).get('/api/orders?channel=unit')).body.items).toHaveLength(1)
  expect((await handler.post('/api/collected-orders', body({ areaCode: '123456' }))).status).toBe(422)
})

test('按设置由采集单位直接办理', async () => {
  await app.command(async (ctx) => { await sql`insert into platform_setting_value (tenant_id, key, value, changed_at, changed_by) values (${ctx.tenantId}, 'selfCollected.route', '"unit"', now(), 'test')`.execute(ctx.acrossTenants('fixture')); await touchStamp(ctx, 'settings') }, 'tenantAdmin')
  const { body: made } = await handler.post('/api/collected-orders', body({ title: '井盖松动二' }))
  expect(made.stays).toBe(true)
  expect((await handler.get(`/api/orders/${made.id}`)).body).toMatchObject({ state: 'inProgress', assignments: [{ unitName: '测试市城管局', role: 'lead' }] })
})
