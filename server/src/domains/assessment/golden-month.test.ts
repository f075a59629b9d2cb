// 手工算出的一个月：三个单位、十二件工单、全部不计入的情形。
//
//   城管局   1 是是是   2 是是否   3 否否否   4 是否否→重办后是是是（前一次被替代）   5 是否否（已批准剔除）
//   供热办   6 是是是   7 是否否   8 是否否（建议类，单独考核）   9 否否否（特殊工单）
//   街道办  10 是是是  11 是否否（挂账）  12 是是是（月末最后一秒办结，次月回访）
//
//   剔除后：城管局 底数 4（1 2 3 4）：响应 3/4×30=22.50，解决 3/4×35=26.25，满意 2/4×35=17.50，合计 66.25，失分 7.50+8.75+17.50=33.75
//           供热办 底数 2（6 7）：30.00+17.50+17.50=65.00        街道办 底数 2（10 12）：100.00
//   原始：  城管局 底数 5：4/5×30=24.00，3/5×35=21.00，2/5×35=14.00，合计 59.00
//           供热办 底数 4（6 7 8 9）：3/4×30=22.50，1/4×35=8.75，8.75，合计 40.00
//           街道办 底数 3：30.00，2/3×35=23.33，23.33，合计 76.66
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, plus, toIso } from '../../kernel/time/index.ts'
import { applySetting } from '../platform/index.ts'
import { month, type Month, type Order } from './testing/month.ts'

let m: Month
const o: Record<number, Order> = {}
let period: { id: string }
let first: { id: string }
beforeAll(async () => {
  m = await month()
  o[1] = await m.answered('T-URBAN', ['yes', 'yes', 'yes'])
  o[2] = await m.answered('T-URBAN', ['yes', 'yes', 'no'])
  o[3] = await m.answered('T-URBAN', ['no', 'no', 'no'])
  o[4] = await m.answered('T-URBAN', ['yes', 'no', 'no'])
  await m.report(o[4])
  await m.accept(o[4])
  await m.asked(o[4], ['yes', 'yes', 'yes'])
  o[5] = await m.answered('T-URBAN', ['yes', 'no', 'no'])
  await m.declared(o[5], 'exclude')
  o[6] = await m.answered('T-HEAT', ['yes', 'yes', 'yes'])
  o[7] = await m.answered('T-HEAT', ['yes', 'no', 'no'])
  // 单位领导同意、中心尚未决定的申报照常计入
  await m.declared(o[7], 'exclude', 'unit')
  o[8] = await m.answered('T-HEAT', ['yes', 'no', 'no'], 'suggestion')
  o[9] = await m.answered('T-HEAT', ['no', 'no', 'no'])
  await m.ok(m.who('businessAdmin').post('/api/assessment/special-orders', { number: o[9].number, kind: '历史遗留', reason: '市级专班办理' }))
  o[10] = await m.answered('T-STREET', ['yes', 'yes', 'yes'])
  o[11] = await m.answered('T-STREET', ['yes', 'no', 'no'])
  await m.declared(o[11], 'shelve')
  o[12] = await m.dispatched('T-STREET')
  m.app.clock.set('2026-11-30T23:50:00+08:00')
  await m.report(o[12])
  m.app.clock.set('2026-11-30T23:59:59+08:00')
  await m.accept(o[12])
  period = await m.opened('2026-11-15')
  m.app.clock.set('2026-12-01T09:00:00+08:00')
  await m.asked(o[12], ['yes', 'yes', 'yes'])
  first = await m.run(period.id)
}, 120_000)
afterAll(() => m.app.stop())

const points = (row: { items: { points: string }[] }): string[] => row.items.map((i) => i.points)

describe('ASM-05 ASM-06 ASM-07 核算', () => {
  test('剔除后与原始成绩都等于手算，各项之和等于总分，名次相符', async () => {
    const s = await m.scores(period.id)
    expect(s['测试市城管局']).toMatchObject({ total: '66.25', rawTotal: '59.00', rank: 2, rawRank: 2 })
    expect(s['测试市供热办']).toMatchObject({ total: '65.00', rawTotal: '40.00', rank: 3, rawRank: 3 })
    expect(s['澜湾街道办']).toMatchObject({ total: '100.00', rawTotal: '76.66', rank: 1, rawRank: 1 })
    expect([points(s['测试市城管局']), points(s['测试市供热办']), points(s['澜湾街道办'])]).toEqual([['22.50', '26.25', '17.50'], ['30.00', '17.50', '17.50'], ['30.00', '35.00', '35.00']])
  })

  test('未计入的工单逐件说明原因', async () => {
    const objects = await m.objects()
    const left = async (unit: 'T-URBAN' | 'T-HEAT' | 'T-STREET') => (await m.ok(m.who('leader').get(`/api/assessment/periods/${period.id}/objects/${objects[unit].id}/left-out`))).items.map((i: { number: string; reason: string }) => [i.number, i.reason])
    expect((await left('T-URBAN')).toSorted()).toEqual([[o[4]?.number, 'superseded'], [o[5]?.number, 'excluded']].toSorted())
    expect((await left('T-HEAT')).toSorted()).toEqual([[o[8]?.number, 'type'], [o[9]?.number, 'special']].toSorted())
    expect(await left('T-STREET')).toEqual([[o[11]?.number, 'shelved']])
  })

  test('按原规则复算，每一位都相同', async () => {
    expect(await m.ok(m.who('businessAdmin').post(`/api/assessment/periods/${period.id}/verify`, { runId: first.id }))).toMatchObject({ same: true })
  })
})

describe('ASM-17 ASM-21 发布与失分', () => {
  test('未发布的考核期对单位不存在；核算人不能审核自己的结果；发布后单位可见', async () => {
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}`)).status).toBe(404)
    expect((await m.ok(m.who('unitLeader').get('/api/assessment/periods'))).items).toEqual([])
    expect((await m.who('unitLeader').post(`/api/assessment/periods/${period.id}/run`, { reason: '' })).status).toBe(403)
    expect((await m.who('otherAdmin').get(`/api/assessment/periods/${period.id}`)).status).toBe(404)
    await m.publish(period.id, first.id)
    expect(await m.shown(period.id, 'unitLeader')).toMatchObject({ standing: 'asPublished', state: 'published' })
  })

  test('失分逐件对到工单，合计等于满分减得分', async () => {
    const id = (await m.objects())['T-URBAN'].id
    const { items, lost, agrees } = await m.ok(m.who('unitLeader').get(`/api/assessment/periods/${period.id}/objects/${id}/losses`))
    expect({ lost, agrees }).toEqual({ lost: '33.75', agrees: true })
    expect(items.map((l: { number: string; cause: string; points: string }) => [l.number, l.cause, l.points]).toSorted()).toEqual([[o[3]?.number, '未响应', '7.5000'], [o[3]?.number, '未解决', '8.7500'], [o[2]?.number, '不满意', '8.7500'], [o[3]?.number, '不满意', '8.7500']].toSorted())
    const evidence = await m.ok(m.who('unitLeader').get(`/api/assessment/periods/${period.id}/objects/${id}/orders/${o[3]?.id}`))
    expect(evidence).toMatchObject({ number: o[3]?.number, callbacks: [{ contacted: '否', solved: '否', satisfied: '否' }] })
    expect(evidence.losses).toHaveLength(3)
  })

  test('单位只看他单位的总分和名次，看不到其工单', async () => {
    const other = (await m.objects())['T-HEAT'].id
    expect((await m.scores(period.id, 'unitLeader'))['测试市供热办']).toMatchObject({ total: '65.00', rank: 3, items: [], rawTotal: null })
    expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}/report?format=xlsx&objectId=${other}`)).status).toBe(404)
    for (const path of ['', '/losses', '/left-out', `/orders/${o[7]?.id}`]) expect((await m.who('unitLeader').get(`/api/assessment/periods/${period.id}/objects/${other}${path}`)).status).toBe(404)
  })
})

describe('ASM-18 申诉', () => {
  const appeal = async (login: string, more: Record<string, unknown> = {}) => m.who(login).post(`/api/assessment/periods/${period.id}/objects/${(await m.objects())['T-URBAN'].id}/appeals`, { runId: first.id, item: 'response', orderId: o[3]?.id, wish: 'notCounted', reason: '诉求人留错号码，已多次联系', ...more })

  test('没有证据、不是失分、别的单位、说不清改判的申诉被拒', async () => {
    const fileIds = [await m.file('unitLeader')]
    expect(await appeal('unitLeader')).toMatchObject({ status: 422, body: { code: 'assessment.appealFiles' } })
    expect(await appeal('unitLeader', { fileIds, orderId: o[1]?.id })).toMatchObject({ status: 422, body: { code: 'assessment.appealNoLoss' } })
    expect((await appeal('unitLeader2', { fileIds })).status).toBe(404)
    expect((await appeal('handler', { fileIds })).status).toBe(403)
  })

  test('成立的申诉恰好更正这一件，其他单位不变，失分仍对得上；前一版保留', async () => {
    const made = await m.ok(appeal('unitLeader', { fileIds: [await m.file('unitLeader')] }))
    expect(await appeal('unitLeader', { fileIds: [await m.file('unitLeader')] })).toMatchObject({ status: 409, body: { code: 'assessment.appealTwice' } })
    expect((await m.who('unitLeader').post(`/api/assessment/appeals/${made.id}/decide`, { outcome: 'accept', opinion: '自己同意' })).status).toBe(403)
    // Nobody decides what he asked for himself.
    const asker = (await m.app.actor('businessAdmin')).id
    const [{ asked_by_id: kept } = { asked_by_id: null }] = await m.rows<{ asked_by_id: string | null }>(sql`select asked_by_id from assessment_appeal where id = ${made.id}`)
    await m.rows(sql`update assessment_appeal set asked_by_id = ${asker} where id = ${made.id}`)
    expect(await m.who('businessAdmin').post(`/api/assessment/appeals/${made.id}/decide`, { outcome: 'accept', opinion: '证据充分' })).toMatchObject({ status: 409, body: { code: 'assessment.ownAppeal' } })
    await m.rows(sql`update assessment_appeal set asked_by_id = ${kept} where id = ${made.id}`)
    await m.ok(m.who('businessAdmin').post(`/api/assessment/appeals/${made.id}/decide`, { outcome: 'accept', opinion: '证据充分' }))
    expect(await m.who('businessAdmin').post(`/api/assessment/appeals/${made.id}/decide`, { outcome: 'reject', opinion: '再议' })).toMatchObject({ status: 409 })
    // 更正的一版发布前，单位看到的仍是原来的一版
    expect((await m.scores(period.id, 'unitLeader'))['测试市城管局']).toMatchObject({ total: '66.25' })
    const { runs } = await m.shown(period.id)
    await m.publish(period.id, runs.at(-1).id)
    const s = await m.scores(period.id, 'unitLeader')
    // 底数 3（1 2 4）：30.00 + 35.00 + 2/3×35=23.33 → 88.33
    expect(s['测试市城管局']).toMatchObject({ total: '88.33', rank: 2 })
    expect([s['测试市供热办']?.total, s['澜湾街道办']?.total]).toEqual(['65.00', '100.00'])
    const losses = await m.ok(m.who('unitLeader').get(`/api/assessment/periods/${period.id}/objects/${(await m.objects())['T-URBAN'].id}/losses`))
    expect(losses).toMatchObject({ agrees: true, lost: '11.67', items: [{ number: o[2]?.number, points: '11.6700' }] })
    expect((await m.ok(m.who('unitLeader').get(`/api/assessment/periods/${period.id}?runId=${first.id}`))).rows.find((r: { name: string }) => r.name === '测试市城管局').total).toBe('66.25')
    expect(await m.ok(m.who('businessAdmin').post(`/api/assessment/periods/${period.id}/verify`, { runId: first.id }))).toMatchObject({ same: true })
  })

  test('改判为达成：只改这一项', async () => {
    const { run } = await m.shown(period.id)
    const made = await m.ok(appeal('unitLeader', { runId: run.id, item: 'satisfied', orderId: o[2]?.id, wish: 'achieved', fileIds: [await m.file('unitLeader')] }))
    await m.ok(m.who('businessAdmin').post(`/api/assessment/appeals/${made.id}/decide`, { outcome: 'accept', opinion: '录音中诉求人表示满意' }))
    await m.publish(period.id, (await m.shown(period.id)).runs.at(-1).id)
    expect((await m.scores(period.id))['测试市城管局']).toMatchObject({ total: '100.00', rank: 1 })
    expect(await appeal('unitLeader', { fileIds: [await m.file('unitLeader')] })).toMatchObject({ status: 409, body: { code: 'assessment.appealStale' } })
  })

  test('申诉期满后拒绝；无未决申诉时冻结', async () => {
    m.app.clock.set('2026-12-15T09:00:00+08:00')
    await m.app.runTimers()
    const { run, state } = await m.shown(period.id)
    expect(state).toBe('frozen')
    expect(await appeal('unitLeader2', { runId: run.id })).toMatchObject({ status: 404 })
    expect(await appeal('unitLeader', { runId: run.id, fileIds: [await m.file('unitLeader')] })).toMatchObject({ status: 409, body: { code: 'assessment.appealLate' } })
  })
})

describe('ASM-01 ASM-13 以后的变化不动已发布的成绩', () => {
  test('今天改权重、改指标定义、对工单重办再回访：上月成绩逐字不变', async () => {
    const before = await m.rows(sql<{ t: string }>`select string_agg(s::text, E'\n' order by s.run_id, s.object_id) as t from assessment_score s`)
    const items = m.definition().items.map((i, n) => ({ ...i, weight: [40, 30, 30][n] }))
    expect(await m.who('businessAdmin').post(`/api/assessment/models/${m.model.id}/versions`, { fromDay: '2026-12-16', definition: m.definition({ items }), reason: '月中改规则' })).toMatchObject({ status: 422, body: { code: 'assessment.fromDay', title: expect.stringContaining('2026-12-01') } })
    await m.ok(m.who('businessAdmin').post(`/api/assessment/models/${m.model.id}/versions`, { fromDay: '2026-12-01', definition: m.definition({ items, grades: [{ name: '优秀', from: 85 }, { name: '良好', from: 30 }] }), reason: '新年度权重' }))
    await m.app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'indicator.review', false, '测试'), 'tenantAdmin')
    await m.ok(m.who('businessAdmin').patch('/api/data/indicators/solvedRate', { name: '解决率', fromDay: '2026-12-16', definition: { kind: 'derived', unit: '%', scale: 2, direction: 'up', statement: '试行', formula: 'solved / callbacks * 50' }, reason: '试行' }))
    const order = o[7] as Order
    await m.report(order)
    await m.accept(order)
    await m.asked(order, ['yes', 'yes', 'yes'])
    expect(await m.rows(sql<{ t: string }>`select string_agg(s::text, E'\n' order by s.run_id, s.object_id) as t from assessment_score s where s.run_id in (select id from assessment_run where period_id = ${period.id})`)).toEqual(before)
    expect(await m.ok(m.who('businessAdmin').post(`/api/assessment/periods/${period.id}/verify`, { runId: first.id }))).toMatchObject({ same: true })
  })

  test('挂账在次月销账：计入次月，不回到上月', async () => {
    const [x] = await m.rows(sql<{ id: string }>`select id from order_exclusion where order_id = ${o[11]?.id}`)
    await m.ok(m.who('reviewer').post(`/api/order-exclusions/${x?.id}/lift`, { reason: '工程完工销账' }))
    const next = await m.opened('2026-12-10')
    m.app.clock.set(toIso(plus(m.app.clock.now(), 20 * DAY)))
    const run = await m.run(next.id)
    await m.publish(next.id, run.id)
    const s = await m.scores(next.id)
    // 街道办 12 月只有 11（是否否）：新权重 40/30/30 → 40.00
    expect(s['澜湾街道办']).toMatchObject({ total: '40.00', rankBefore: 1 })
    // 供热办 7 号 12 月重办后回访 是是是：solvedRate 新口径 50 → 40 + 15 + 30
    expect(s['测试市供热办']).toMatchObject({ total: '85.00' })
    // 没有回访的单位没有成绩，不是零分
    expect(s['测试市城管局']).toMatchObject({ total: null, rank: null })
    expect((await m.scores(period.id))['澜湾街道办']).toMatchObject({ total: '100.00' })
    // ASM-30：新档位（85 分优秀、30 分良好）只管 12 月；11 月仍按 90、65 分评级，没有成绩不评级
    expect((await m.shown(next.id)).grades).toEqual([{ name: '优秀', from: 85, objects: 1 }, { name: '良好', from: 30, objects: 1 }])
    expect([s['测试市供热办'], s['澜湾街道办'], s['测试市城管局']].map((r) => [r.gradeBefore, r.grade])).toEqual([['良好', '优秀'], ['优秀', '良好'], [expect.any(String), null]])
    expect((await m.scores(period.id))['测试市供热办']).toMatchObject({ total: '65.00', grade: '良好' })
    const profile = await m.ok(m.who('unitLeader2').get(`/api/assessment/periods/${next.id}/objects/${(await m.objects())['T-HEAT'].id}`))
    expect(profile.trend.map((p: { grade: string; items: { points: string }[] }) => [p.grade, points(p)])).toEqual([['良好', ['30.00', '17.50', '17.50']], ['优秀', ['40.00', '15.00', '30.00']]])
    // ASM-16：审核人看到与上期相比的异常，被考核单位看不到
    expect((await m.shown(next.id)).anomalies).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'missing', name: '测试市城管局' }), expect.objectContaining({ kind: 'jump', name: '澜湾街道办', before: '100.00', now: '0.00' })]))
    expect((await m.shown(next.id, 'unitLeader')).anomalies).toEqual([])
  })
})
