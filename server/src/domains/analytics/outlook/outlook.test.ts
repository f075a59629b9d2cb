// Forecasts and effects by hand-made series; a report of every kind of board.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { addDays, localDate } from '../../../kernel/time/index.ts'
import { forecastOf } from './forecast.ts'
import { impactOf } from './impact.ts'

describe('ANA-26 趋势预测', () => {
  test('留出的几期算误差；走势、季节各有用武之地；历史太短不预测', () => {
    expect(forecastOf([0, 0, 30, 32, 31])).toBeNull()
    expect(forecastOf([100, 100, 100, 100, 100])).toMatchObject({ value: 100, error: 0 })
    expect(forecastOf([10, 20, 30, 40, 50, 60, 70])).toMatchObject({ value: 80, way: 'trend', error: 0 })
    const season = [10, 10, 10, 10, 50, 90, 50, 10, 10, 10, 10, 10]
    expect(forecastOf([...season, ...season, 10, 10, 10, 10])).toMatchObject({ value: 50, way: 'season' })
    const some = forecastOf([10, 14, 9, 12, 11, 13])
    expect(some?.low).toBeLessThan(some?.value ?? 0)
    expect(some?.high).toBeGreaterThan(some?.value ?? 0)
  })
})

describe('ANA-25 事件与政策影响', () => {
  test('多出的 = 实际 − 预期：按之前同一星期几', () => {
    const week = [10, 10, 10, 10, 10, 2, 2]
    const found = impactOf([{ day: 'a', value: 25 }, { day: 'b', value: 10 }], [...week, ...week])
    expect(found).toMatchObject({ observed: 35, expected: 20, extra: 15 })
    expect(found.days[0]).toEqual({ day: 'a', observed: 25, expected: 10, extra: 15 })
  })
})

describe('经接口', () => {
  let app: TestApp
  let leader: Client
  let admin: Client
  let today = ''
  beforeAll(async () => {
    app = await testApp()
    leader = await app.as('leader')
    admin = await app.as('businessAdmin')
    today = localDate(app.clock.now(), 'Asia/Shanghai')
  })
  afterAll(() => app.stop())

  test('没有历史说明原因；没有发布日期的政策不能评估；没有权限被拒绝', async () => {
    const forecast = await leader.post('/api/analytics/forecast', { indicator: 'received' })
    expect(forecast).toMatchObject({ status: 200, body: { items: [{ forecast: null, reason: '历史不足：至少要有 4 个完整的周' }] } })
    expect(await leader.post('/api/analytics/impact', { to: today })).toMatchObject({ status: 422, body: { code: 'analytics.noStart' } })
    expect(await leader.post('/api/analytics/impact', { from: addDays(today, -7), to: today })).toMatchObject({ status: 200, body: { observed: 0, expected: 0, extra: 0 } })
    expect((await (await app.as('agent')).post('/api/analytics/forecast', { indicator: 'received' })).status).toBe(403)
  })

  test('ANA-15 专题一键生成报告：每个数有来源；没有的看板 404，没有起草权限 403', async () => {
    const made = await admin.post('/api/reports', { template: 'board:heating', from: today, to: today })
    expect(made).toMatchObject({ status: 200, body: { templateCode: 'board:heating', state: 'draft', kind: 'thematic' } })
    const blocks = made.body.content.sections.flatMap((s: { blocks: { kind: string }[] }) => s.blocks)
    expect(blocks.filter((b: { kind: string }) => b.kind === 'data').length).toBeGreaterThan(6)
    // Words of the theme hold for every figure of its report, the first sentence too.
    const said = made.body.content.sections.find((one: { key: string }) => one.key === 'lead').blocks[0].runs.find((run: { figure?: { where: { dimension: string }[] } }) => run.figure)
    expect(said.figure.where).toMatchObject([{ dimension: 'words' }])
    expect((await admin.post(`/api/reports/${made.body.id}/regenerate`, { version: made.body.version })).status).toBe(200)
    expect((await admin.post('/api/reports', { template: 'board:nothing', from: today, to: today })).status).toBe(404)
    expect((await leader.post('/api/reports', { template: 'board:heating', from: today, to: today })).status).toBe(403)
  })
})
