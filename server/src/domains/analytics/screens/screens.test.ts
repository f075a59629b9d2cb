// Screens on walls: paired by a code, read-only, revoked at once; they show figures and nobody.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { buildCalendar, localDate } from '../../../kernel/time/index.ts'
import { shipped } from '../shipped/index.ts'
import { spotKind } from '../maps/spots.ts'
import { holidayBefore, namedPeriod } from '../named-period.ts'

let app: TestApp
const as: Record<string, Client> = {}
const who = (login: string): Client => as[login] as Client
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const square = (west: number, south: number): [number, number][] => [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
/** A wall: knows nothing but its cookie. */
const wall = (cookie: string) => ({ get: (path: string) => app.app.staff.inject({ method: 'GET', url: path, headers: { cookie } }), post: (path: string, payload: object) => app.app.staff.inject({ method: 'POST', url: path, headers: { cookie }, payload }) })

async function paired(boards: string[]): Promise<{ id: string; cookie: string }> {
  const nobody = wall('')
  const { code, secret } = (await nobody.post('/api/screen/pairing', {})).json()
  expect((await nobody.post('/api/screen/pairing/claim', { secret })).json()).toEqual({ state: 'waiting' })
  const { id } = await ok(who('tenantAdmin').post('/api/analytics/screen-devices', { code: String(code).toLowerCase(), name: '一楼大厅', boards }))
  const claimed = await nobody.post('/api/screen/pairing/claim', { secret })
  expect(claimed.json()).toEqual({ state: 'paired' })
  expect((await nobody.post('/api/screen/pairing/claim', { secret })).json()).toEqual({ state: 'unknown' })
  return { id, cookie: String(claimed.headers['set-cookie']).split(';')[0] ?? '' }
}

beforeAll(async () => {
  app = await testApp()
  for (const login of ['agent', 'reviewer', 'leader', 'unitLeader', 'tenantAdmin', 'otherAdmin']) as[login] = await app.as(login)
  for (const [i, title] of ['暖气不热', '夜间施工噪声', '路灯不亮'].entries()) {
    const order = await ok(who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: `1990004${2000 + i}` }, appealType: 'help', title, content: `${title}，请尽快处理。`, areaCode: '990101001', address: '汇文路12号院', ...(i < 2 ? { lon: 101.912, lat: 40.523 } : {}) }))
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  }
  await ok(who('tenantAdmin').post('/api/analytics/boards', { definition: { code: 'wallStreets', name: '街镇', kind: 'screen', period: 'today', panels: [{ id: 'm', kind: 'map', title: '街镇', indicators: ['received'], dimensions: ['street'] }, { id: 'c', kind: 'figures', title: '今日', indicators: ['received'] }] } }))
  await ok(who('tenantAdmin').post('/api/analytics/boards/wallStreets/publish', {}))
})
afterAll(() => app.stop())

describe('ANA-20 大屏', () => {
  test('凭接入码确认后大屏自己取数：数与看板相同，没有人、地址和工单，小数隐去', async () => {
    const { cookie } = await paired(['screenOverview', 'wallStreets'])
    expect((await wall(cookie).get('/api/screen/self')).json()).toMatchObject({ device: true, name: '一楼大厅', boards: ['screenOverview', 'wallStreets'] })
    const answer = await wall(cookie).get('/api/screen/boards/wallStreets')
    const { panels } = answer.json()
    expect(panels[1].answer.total.received).toBe('3')
    expect(panels[0].answer.rows[0].values.received).toBe('<5')
    expect(panels[0].map.withoutPoint).toBe(1)
    expect(panels[0].map.points).toEqual([{ lon: 101.9125, lat: 40.5225, n: 2 }])
    expect(answer.body).not.toMatch(/苗若溪|1990004|汇文路|"title":"暖气不热"/)
    expect((await wall(cookie).get('/api/screen/boards/wallStreets?live=true')).json().panels.map((p: { id: string }) => p.id)).toEqual(['c'])
  })

  test('大屏只能看自己的看板，别的接口、别的看板和写操作都被拒绝；收回后立即失效', async () => {
    const { id, cookie } = await paired(['screenOverview'])
    expect((await wall(cookie).get('/api/screen/boards/screenLeader')).statusCode).toBe(404)
    for (const path of ['/api/orders', '/api/analytics/boards', '/api/units/tree', '/api/messages', '/api/analytics/screen-devices']) expect([403, 404], path).toContain((await wall(cookie).get(path)).statusCode)
    expect((await wall(cookie).post('/api/data/figures', { indicators: ['received'], from: '2026-01-01', to: '2026-01-02' })).statusCode).toBe(403)
    expect((await who('otherAdmin').post(`/api/analytics/screen-devices/${id}/revoke`, {})).status).toBe(404)
    await ok(who('tenantAdmin').post(`/api/analytics/screen-devices/${id}/revoke`, {}))
    expect((await wall(cookie).get('/api/screen/self')).statusCode).toBe(401)
    expect((await ok(who('tenantAdmin').get('/api/analytics/screen-devices'))).items.find((one: { id: string }) => one.id === id)).toMatchObject({ state: 'revoked', name: '一楼大厅' })
  })

  test('没有权限不能确认；错的、过期的接入码和不存在的看板被拒绝', async () => {
    const { code } = (await wall('').post('/api/screen/pairing', {})).json()
    expect((await who('leader').post('/api/analytics/screen-devices', { code, name: '墙', boards: ['screenOverview'] })).status).toBe(403)
    expect((await who('tenantAdmin').post('/api/analytics/screen-devices', { code: 'AAAA-2222', name: '墙', boards: ['screenOverview'] })).status).toBe(422)
    expect((await who('tenantAdmin').post('/api/analytics/screen-devices', { code, name: '墙', boards: ['nothing'] })).body.code).toBe('analytics.screenBoard')
    app.clock.advance(16 * 60_000)
    expect((await who('tenantAdmin').post('/api/analytics/screen-devices', { code, name: '墙', boards: ['screenOverview'] })).body.code).toBe('analytics.screenCode')
  })

  test('每块交付的大屏都取得到数，登录的人按本人范围看', { timeout: 60_000 }, async () => {
    for (const { code, panels } of [...shipped.values()].filter((b) => b.kind === 'screen')) {
      const answer = await ok(who('leader').get(`/api/screen/boards/${code}`))
      expect(answer.panels.map((p: { id: string }) => p.id)).toEqual(panels.map((p) => p.id))
      expect(panels.every((p) => p.at !== undefined && p.at.column + p.at.width <= 25 && p.at.row + p.at.height <= 13), code).toBe(true)
    }
    expect((await ok(who('unitLeader').get('/api/screen/boards/wallStreets'))).panels[1].answer.total.received).toBe('0')
  })
})

describe('ANA-21 民生地图', () => {
  test('没有点位的工单在图旁计数，图上和图旁相加等于受理量；只见自己范围内的', async () => {
    const today = localDate(app.clock.now(), 'Asia/Shanghai')
    expect(await ok(who('tenantAdmin').put('/api/places/outlines', { type: 'FeatureCollection', features: [{ properties: { code: '990101001' }, geometry: { type: 'Polygon', coordinates: [square(101.9, 40.5)] } }, { properties: { code: '123456' }, geometry: { type: 'Polygon', coordinates: [square(0, 0)] } }] }))).toEqual({ loaded: 1, refused: [{ index: 1, reason: '区划代码不存在' }] })
    const map = await ok(who('leader').post('/api/analytics/map', { from: today, to: today, level: 'street' }))
    expect(map.areas.map((a: { code: string }) => a.code)).toEqual(['990101001'])
    expect(map.points.reduce((sum: number, p: { n: number }) => sum + p.n, 0) + map.withoutPoint).toBe(3)
    expect(await ok(who('unitLeader').post('/api/analytics/map', { from: today, to: today, level: 'street' }))).toMatchObject({ points: [], withoutPoint: 0 })
    expect((await who('leader').post('/api/analytics/map', { from: today, to: today, level: 'planet' })).status).toBe(422)
    // a point opens exactly its orders; a drawn region filters the map and every figure alike
    const rows = (dimension: string, value: string) => who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'received', where: [{ dimension, values: [value] }] })
    expect((await ok(rows('cell', map.points[0].cell))).items).toHaveLength(map.points[0].n)
    expect((await ok(rows('within', '101.91,40.52;101.914,40.52;101.912,40.526'))).items).toHaveLength(2)
    const outside = [{ dimension: 'within', values: ['101.8,40.5;101.9,40.5;101.85,40.6'] }]
    expect(await ok(who('leader').post('/api/analytics/map', { from: today, to: today, level: 'street', where: outside }))).toMatchObject({ points: [], withoutPoint: 0 })
    expect((await ok(who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['received'], where: outside }))).total.received).toBe('0')
    for (const [dimension, value] of [['within', '1,2;3,4'], ['within', "0,0;1,1;2,2')--"], ['cell', 'x']] as const) expect((await rows(dimension, value)).body.code).toBe('data.wrongMember')
    expect((await who('agent').post('/api/analytics/map', { from: today, to: today, level: 'street' })).status).toBe(403)
  })
})

test('顽疾点位周周都有，突发点位最近七天陡增，件数太少不下结论', () => {
  const limits = { weeks: 3, rise: 3, least: 3 }
  expect(spotKind({ n: 4, weeks: 4, last: 1 }, 4, limits)).toBe('chronic')
  expect(spotKind({ n: 9, weeks: 4, last: 6 }, 4, limits)).toBe('sudden')
  expect(spotKind({ n: 4, weeks: 1, last: 4 }, 8, limits)).toBe('sudden')
  expect(spotKind({ n: 5, weeks: 1, last: 5 }, 1, limits)).toBe(null)
  expect(spotKind({ n: 2, weeks: 2, last: 2 }, 8, limits)).toBe(null)
})

test('具名统计期按租户当日换算', () => {
  expect(namedPeriod('week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(namedPeriod('lastMonth', '2026-03-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(namedPeriod('quarter', '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-11-22' })
  expect(namedPeriod('lastQuarter', '2026-02-28')).toEqual({ from: '2025-10-01', to: '2025-12-31' })
  expect(namedPeriod('lastYear', '2028-02-29')).toEqual({ from: '2027-01-01', to: '2027-12-31' })
})

test('节假日是正在放或刚放完的法定假期连同相邻周末，普通周末不算', () => {
  // 1–3 October 2026 are Thursday to Saturday; the 4th is a Sunday, the 5th a bridging day, the 10th a make-up Saturday.
  const calendar = buildCalendar([...['01', '02', '03', '05'].map((d) => ({ date: `2026-10-${d}`, kind: 'holiday' as const })), { date: '2026-10-10', kind: 'workday' }], { coveredUntil: '2026-12-31' })
  expect(holidayBefore(calendar, '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-10-05' })
  expect(holidayBefore(calendar, '2026-10-02')).toEqual({ from: '2026-10-01', to: '2026-10-02' })
})

test('统计期里的考核月、节假日、累计由服务器按本租户换算，考核月跟随起始日设置', async () => {
  const list = async (): Promise<Record<string, { from: string; to: string }>> => Object.fromEntries((await ok(who('leader').get('/api/analytics/periods'))).items.map((p: { name: string }) => [p.name, p]))
  const before = await list()
  expect(before.assessmentMonth).toMatchObject({ from: `${before.today?.to.slice(0, 8)}01`, to: before.today?.to })
  expect(before.all?.from && before.all.from <= (before.all.to ?? '')).toBe(true)
  await ok(who('tenantAdmin').put('/api/admin/settings/assessment.monthStartDay', { value: 20, version: 0 }))
  expect((await list()).assessmentMonth?.from).toMatch(/-20$/)
  await ok(who('tenantAdmin').put('/api/admin/settings/assessment.monthStartDay', { value: 1, version: 1 }))
  expect((await app.nobody().get('/api/analytics/periods')).status).toBe(401)
})
