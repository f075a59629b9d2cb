// Levels, trials, running figures and withdrawal over HTTP.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockPeriod } from './assessment.queries.ts'
import { followChanges, takeLive } from './live.ts'
import { month, type Month } from './testing/month.ts'

let m: Month
let period: { id: string }
beforeAll(async () => {
  m = await month()
  await m.answered('T-URBAN', ['yes', 'yes', 'yes'])
  await m.answered('T-HEAT', ['yes', 'no', 'no'])
  period = await m.opened('2026-11-15')
}, 60_000)
afterAll(() => m.app.stop())
const admin = () => m.who('businessAdmin')

describe('ASM-19 实时成绩', () => {
  test('随回访逐件更新，等于重新采集；单位看本单位实时成绩，考核期本身仍不存在', async () => {
    await m.app.command(async (ctx) => takeLive(ctx, await lockPeriod(ctx, period.id)))
    expect(await m.shown(period.id)).toMatchObject({ standing: 'live' })
    await m.answered('T-URBAN', ['yes', 'yes', 'no'])
    await m.app.command(followChanges)
    const byEvents = await m.scores(period.id)
    expect(byEvents['测试市城管局']).toMatchObject({ total: '82.50', rank: 1 }) // 30 + 35 + 1/2×35
    await m.app.command(async (ctx) => takeLive(ctx, await lockPeriod(ctx, period.id)))
    const anew = await m.scores(period.id)
    expect(anew).toEqual(byEvents)
    const mine = (await m.ok(m.who('unitLeader').get('/api/assessment/mine'))).items
    expect(mine).toMatchObject([{ objectName: '测试市城管局', asPublished: null, live: { total: '82.50', rank: 1 } }])
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}`)).status).toBe(404)
    expect((await m.ok(m.who('leader').get('/api/assessment/mine'))).items).toEqual([])
  })
  test('未结束的考核期不能核算', async () => {
    expect(await admin().post(`/api/assessment/periods/${period.id}/run`, { reason: '' })).toMatchObject({ status: 409, body: { code: 'assessment.notOver' } })
  })
})

describe('ASM-02 ASM-04 ASM-22 层级、试算、模拟、撤回', () => {
  test('在用的层级不能删除；重复添加的单位逐个说明；别的租户的单位不收', async () => {
    expect(await admin().delete(`/api/assessment/levels/${m.level.id}`)).toMatchObject({ status: 409, body: { code: 'assessment.levelInUse' } })
    const { added, skipped } = await m.ok(admin().post(`/api/assessment/levels/${m.level.id}/units`, { unitIds: [m.units['T-URBAN'], m.units['C-URBAN'], m.units['O-URBAN']], fromDay: '2026-11-01' }))
    expect({ added, reasons: skipped.map((s: { reason: string }) => s.reason) }).toEqual({ added: 0, reasons: ['已是考核对象', '没有这个机构', '没有这个机构'] })
    expect((await m.who('otherAdmin').get(`/api/assessment/levels/${m.level.id}/objects`)).status).toBe(404)
  })

  test('试算列出每个单位的差别，什么也不留下；模拟等于按公式重算；撤回后单位看不到，原结果保留', async () => {
    m.app.clock.set('2026-12-01T09:00:00+08:00')
    const run = await m.run(period.id)
    expect(await admin().post(`/api/assessment/periods/${period.id}/run`, { reason: '' })).toMatchObject({ status: 422, body: { code: 'assessment.rerunReason' } })
    const items = m.definition().items.map((i, n) => ({ ...i, weight: [100, 0, 0][n] }))
    const runs = async () => (await m.rows(sql`select 1 from assessment_run`)).length + (await m.rows(sql`select 1 from assessment_snapshot`)).length
    const before = await runs()
    const trial = await m.ok(admin().post(`/api/assessment/periods/${period.id}/trial`, { definition: m.definition({ items }) }))
    expect(trial.items.find((r: { name: string }) => r.name === '测试市供热办')).toMatchObject({ before: '30.00', after: '100.00', difference: '70.00', rankBefore: 2, rankAfter: 1 })
    expect(await runs()).toBe(before)
    await m.publish(period.id, run?.id ?? '')
    const object = (await m.objects())['T-HEAT'].id
    // 解决率 0 → 50：30 + 17.5
    expect(await m.ok(m.who('unitLeader2').post(`/api/assessment/periods/${period.id}/objects/${object}/simulate`, { item: 'solved', value: 50 }))).toEqual({ total: '47.50', rank: 2, totalNow: '30.00', rankNow: 2, gain: '17.50' })
    expect((await m.who('unitLeader').post(`/api/assessment/periods/${period.id}/withdraw`, { reason: 'x' })).status).toBe(403)
    await m.ok(m.who('leader').post(`/api/assessment/periods/${period.id}/withdraw`, { reason: '数据有误' }))
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}`)).status).toBe(404)
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}?runId=${run?.id}`)).status).toBe(404)
    expect(await m.ok(m.who('leader').get(`/api/assessment/periods/${period.id}?runId=${run?.id}`))).toMatchObject({ run: { state: 'withdrawn' } })
  })

  test('循环引用的指标写进规则被拒', async () => {
    await m.ok(admin().post('/api/data/indicators', { code: 'half', name: '一半', definition: { kind: 'derived', unit: '%', scale: 2, direction: 'up', statement: '一半', formula: 'solvedRate / 2' } }))
    await m.rows(sql`insert into data_indicator (tenant_id, code, name, shipped, changed_at, changed_by_name) select tenant_id, 'solvedRate', '解决率', true, now(), 'x' from data_indicator where code = 'half'`)
    await m.rows(sql`insert into data_indicator_version (tenant_id, code, version, from_day, definition, at, by_name) select tenant_id, 'solvedRate', 2, '2030-01-01', '{"kind":"derived","unit":"%","scale":2,"direction":"up","statement":"x","formula":"half * 2"}'::jsonb, now(), 'x' from data_indicator where code = 'half'`)
    const items = [{ code: 'a', name: '甲', value: 'half', weight: 100, cause: '甲', rule: { kind: 'proportional', full: 100 } }]
    expect(await admin().post('/api/assessment/models', { code: 'circle', name: '循环', levelId: m.level.id, fromDay: '2026-11-01', definition: m.definition({ items }) })).toMatchObject({ status: 422, body: { code: 'data.circle', title: expect.stringContaining('half') } })
  })
})
