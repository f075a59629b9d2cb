// Published figures through a real application token: what was given, no more, and every call is written down.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { localDate } from '../../../kernel/time/index.ts'

let app: TestApp
let admin: Client
let account = ''
let token = ''
let today = ''
const body = (more: Record<string, unknown> = {}) => ({ name: '每日受理', form: { indicators: ['received', 'closingRate'], dimensions: ['appealType'] }, perMinute: 3, callerIds: [account], version: 0, ...more })
const call = (code: string, query = `?from=${today}&to=${today}`): Promise<Answer> => app.nobody('staff').get(`/api/data/published/${code}${query}`, { authorization: `Bearer ${token}` })

beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
  const system = await app.as('systemAdmin')
  const agent = await app.as('agent')
  today = localDate(app.clock.now(), 'Asia/Shanghai')
  for (const [i, appealType] of ['help', 'complaint', 'help'].entries()) expect((await agent.post('/api/orders', { requester: { name: '苗若溪', phone: `1990004${2000 + i}` }, appealType, title: '路灯不亮', content: '巷口路灯连续几天不亮。', areaCode: '990101001' })).status).toBe(200)
  account = (await app.actor('reviewer')).id ?? ''
  const { body: made } = await system.post('/api/admin/applications', { code: 'screens', name: '城市运行平台', category: '业务系统', owner: '数据局', address: 'https://city.example.gov.cn/', accountId: account, checklist: ['identity', 'organisation', 'messages', 'audit'] })
  const { version } = (await system.get(`/api/admin/applications/${made.id}`)).body
  expect((await system.patch(`/api/admin/applications/${made.id}`, { version, state: 'running' })).status).toBe(200)
  const asked = await system.post(`/api/admin/applications/${made.id}/grants`, { purpose: '读取指标', scopes: ['data.read', 'orders.read'], validTo: today })
  expect((await admin.post(`/api/admin/application-grants/${asked.body.id}/decide`, { outcome: 'approve' })).status).toBe(200)
  token = (await app.nobody('staff').post('/api/oauth/token', { grant_type: 'client_credentials', client_id: 'screens@test', client_secret: made.secret })).body.access_token
})
afterAll(() => app.stop())

describe('DAT-24 指标 API', () => {
  test('没有开放给它的 403；开放后的值等于看板的，超过每分钟次数被拒，每次调用有记录', async () => {
    expect(await call('daily')).toMatchObject({ status: 403, body: { code: 'data.notGranted' } })
    expect(await admin.put('/api/data/interfaces/daily', body({ callerIds: [] }))).toMatchObject({ status: 200, body: { version: 1, address: '/api/data/published/daily' } })
    expect((await call('daily')).status).toBe(403)
    expect((await admin.put('/api/data/interfaces/daily', body({ version: 1 }))).body).toMatchObject({ version: 2, callerIds: [account] })
    const board = (await (await app.as('leader')).post('/api/data/figures', { indicators: ['received', 'closingRate'], dimensions: ['appealType'], from: today, to: today })).body
    const first = await call('daily')
    expect(first).toMatchObject({ status: 200, body: { count: 2, total: { received: '3' } } })
    expect(first.body.rows.map((r: { keys: unknown; values: unknown }) => [r.keys, r.values])).toEqual(board.rows.map((r: { keys: unknown; values: Record<string, string> }) => [r.keys, { received: r.values['received'], closingRate: r.values['closingRate'] }]))
    expect((await call('daily', `?from=${today}&to=${today}&page=2&pageSize=1`)).body.rows).toHaveLength(1)
    expect((await call('daily/description', '')).body).toMatchObject({ name: '每日受理', perMinute: 3, dimensions: [{ key: 'appealType' }] })
    expect((await call('daily')).status).toBe(200)
    expect((await call('daily')).status).toBe(429)
    const log = (await admin.get('/api/data/interfaces/daily/calls')).body.items
    expect(log).toHaveLength(3)
    expect(log.at(-2)).toMatchObject({ rows: 1, version: 2, params: { from: today, page: 2, pageSize: 1 } })
  })

  test('停用、别的租户、没有权限和写错的形式被拒绝；两人同时改，后改的被告知', async () => {
    expect((await admin.put('/api/data/interfaces/daily', body({ version: 1 }))).status).toBe(409)
    expect((await admin.put('/api/data/interfaces/daily', body({ version: 2, state: 'stopped' }))).status).toBe(200)
    expect((await call('daily')).status).toBe(403)
    expect((await admin.put('/api/data/interfaces/wrong', body({ form: { indicators: ['nothing'] } }))).status).toBe(404)
    expect((await admin.put('/api/data/interfaces/wrong', body({ callerIds: ['00000000-0000-7000-8000-000000000000'] }))).body).toMatchObject({ fields: [{ path: 'callerIds' }] })
    expect((await (await app.as('otherAdmin')).get('/api/data/interfaces')).body.items).toEqual([])
    expect((await (await app.as('leader')).get('/api/data/interfaces')).status).toBe(403)
  })
})
