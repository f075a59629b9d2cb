// What may happen to a result that was published: recomputed, returned, failed; what was decided and told stays true.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockPeriod } from './assessment.queries.ts'
import { takeLive } from './live.ts'
import { runJob } from './run-period.ts'
import { warnRanks } from './warn-ranks.ts'
import { month, type Month, type Order } from './testing/month.ts'

let m: Month
let period: { id: string }
let bad: Order
let worse: Order
beforeAll(async () => {
  m = await month()
  await m.answered('T-URBAN', ['yes', 'yes', 'yes'])
  bad = await m.answered('T-URBAN', ['no', 'no', 'no'])
  worse = await m.answered('T-URBAN', ['yes', 'yes', 'no'])
  await m.answered('T-HEAT', ['yes', 'yes', 'yes'])
  period = await m.opened('2026-11-15')
  const agent = await m.app.actor('agent')
  await m.ok(m.who('businessAdmin').post(`/api/assessment/levels/${m.level.id}/objects`, { kind: 'person', refId: agent.id, name: '坐席一', fromDay: '2026-11-01' }))
}, 120_000)
afterAll(() => m.app.stop())

const urban = async (login = 'leader') => (await m.scores(period.id, login))['测试市城管局']
const latest = async () => (await m.shown(period.id)).runs.at(-1)
const appeal = async (order: Order, item: string, wish: string) => m.ok(m.who('unitLeader').post(`/api/assessment/periods/${period.id}/objects/${(await m.objects())['T-URBAN'].id}/appeals`, { runId: (await m.shown(period.id)).run.id, item, orderId: order.id, wish, reason: '有录音为证', fileIds: [await m.file('unitLeader')] }))
const work = async () => {
  const by = await m.app.actor('leader')
  await runJob.run((fn) => m.app.command(fn), { tenantId: by.tenantId, periodId: period.id, userId: by.id, userName: by.name, reason: '补录' }, { attempt: 1, maxAttempts: 2 })
}
const accept = (id: string) => m.ok(m.who('businessAdmin').post(`/api/assessment/appeals/${id}/decide`, { outcome: 'accept', opinion: '证据充分' }))

describe('ASM-19 核算之后', () => {
  test('核算时仍在预警的名次预警随实时成绩一起结束', async () => {
    await m.app.command(async (ctx) => takeLive(ctx, await lockPeriod(ctx, period.id)))
    await m.rows(sql`update assessment_object set goal_rank = 1 where id = ${(await m.objects())['T-URBAN'].id}`)
    await m.app.command(warnRanks)
    expect((await m.shown(period.id)).warnings).toMatchObject([{ endedAt: null }])
    m.app.clock.set('2026-12-01T09:00:00+08:00')
    const run = await m.run(period.id)
    expect((await m.shown(period.id)).warnings).toMatchObject([{ endedAt: expect.any(String) }])
    await m.publish(period.id, run.id)
  })
})

describe('ASM-17 ASM-18 发布之后', () => {
  test('被考核的个人也收到发布通知', async () => {
    const agent = await m.app.actor('agent')
    expect(await m.rows(sql<{ title: string }>`select title from platform_message where user_id = ${agent.id} and type = 'assessment.published'`)).toHaveLength(1)
  })

  test('已成立的申诉：退回不丢，重新核算也不丢，申诉期不因此倒退', async () => {
    expect(await urban()).toMatchObject({ total: '55.00' }) // 2/3×30 + 2/3×35 + 1/3×35 = 20 + 23.33 + 11.67
    const [first, second] = [await appeal(bad, 'response', 'notCounted'), await appeal(worse, 'satisfied', 'achieved')]
    await accept(first.id)
    await m.ok(m.who('leader').post(`/api/assessment/periods/${period.id}/review`, { runId: (await latest()).id, outcome: 'return', opinion: '请一并处理' }))
    const returned = await latest()
    await accept(second.id)
    expect(await m.ok(m.who('businessAdmin').post(`/api/assessment/periods/${period.id}/verify`, { runId: returned.id }))).toMatchObject({ same: true })
    await m.publish(period.id, (await latest()).id)
    expect(await urban('unitLeader')).toMatchObject({ total: '100.00' })

    await m.ok(m.who('leader').post(`/api/assessment/periods/${period.id}/reopen`, { reason: '补录一件' }))
    await work()
    const again = await latest()
    expect(again).toMatchObject({ state: 'inReview', corrections: 2 })
    expect(await m.ok(m.who('businessAdmin').post(`/api/assessment/periods/${period.id}/verify`, { runId: again.id }))).toMatchObject({ same: true })
    m.app.clock.set('2026-12-03T09:00:00+08:00')
    const until = (await m.shown(period.id)).appealUntil
    await m.ok(m.who('tenantAdmin').post(`/api/assessment/periods/${period.id}/review`, { runId: again.id, outcome: 'publish', opinion: '同意' }))
    expect(await urban('unitLeader')).toMatchObject({ total: '100.00' })
    // 重新采集的一版，申诉期重新开始
    expect((await m.shown(period.id)).appealUntil > until).toBe(true)
    const { items } = await m.ok(m.who('unitLeader').get('/api/assessment/appeals'))
    expect(items.map((a: { state: string }) => a.state)).toEqual(['accepted', 'accepted'])
  })

  test('已发布的考核期重新核算失败：成绩仍是已发布，单位照常可见', async () => {
    await m.ok(m.who('leader').post(`/api/assessment/periods/${period.id}/reopen`, { reason: '再补录' }))
    // No rules held on its first day: the computation fails.
    await m.rows(sql`update assessment_period set from_day = '2026-10-01' where id = ${period.id}`)
    await work()
    expect(await m.shown(period.id)).toMatchObject({ state: 'published', problem: expect.stringContaining('评分规则') })
    expect(await urban('unitLeader')).toMatchObject({ total: '100.00' })
    expect((await m.shown(period.id)).acts.find((a: { act: string }) => a.act === 'review')).toMatchObject({ enabled: false })
  })
})
