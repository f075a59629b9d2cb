// Closing rejection, the leader's correction, approvals in one act (ORD-55, ORD-56, ORD-59).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk

beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown = {}) => (await walk.who(login)).post(path, body)
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const reported = async () => {
  const order = await walk.dispatched()
  await walk.ok(post('handler', `/api/assignments/${order.first}/sign`))
  await walk.ok(post('handler', `/api/assignments/${order.first}/feedback`, feedbackText))
  return order
}
const reviewed = async () => {
  const order = await reported()
  await walk.ok(post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'accept' }))
  return order
}
const clockOf = async (id: string) => (await walk.rows(sql<{ due_at: number; started_at: number; state: string }>`select due_at, started_at, state from order_clock where assignment_id = ${id} and kind = 'handling'`))[0]
const versions = async (id: string) => walk.rows(sql<{ version: number; state: string; result: string; submitted_by_name: string }>`select version, state, result, submitted_by_name from order_feedback where assignment_id = ${id} order by version`)

describe('结案驳回与二次办理', () => {
  test('两次驳回后通过：时间轴三个版本，办理时钟没有重新开始', async () => {
    const order = await reviewed()
    const before = await clockOf(order.first)
    expect((await post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'reject' })).status).toBe(422) // 须写原因
    for (const [n, text] of [[1, '错别字：更换灯具'], [2, '缺少日期']] as const) {
      expect(await walk.ok(post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'reject', opinion: text }))).toMatchObject({ state: 'inProgress' })
      const detail = await get('handler', `/api/orders/${order.id}`)
      expect(detail.flags.map((f: { code: string }) => f.code)).toContain('closingRejected')
      expect((await get('handler', '/api/unit/assignments?box=rejected')).items.map((i: { id: string }) => i.id)).toContain(order.first)
      expect(detail.assignments[0].acts.filter((a: { enabled: boolean }) => a.enabled).map((a: { act: string }) => a.act)).toEqual(expect.arrayContaining(['correctClosing', 'secondHandling']))
      // 未更正前领导不能再通过
      expect((await post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'accept' })).body).toMatchObject({ rule: 'orders.closing.correctFirst' })
      expect((await post('handler', `/api/assignments/${order.first}/correct-closing`, {})).status).toBe(422) // 内容没有变化
      expect((await post('handler2', `/api/assignments/${order.first}/correct-closing`, { result: '别家改的' })).status).toBe(404)
      await walk.ok(post('handler', `/api/assignments/${order.first}/correct-closing`, { result: `第 ${n} 次更正：已更换灯具并通电。` }))
      await walk.ok(post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'accept' }))
    }
    await walk.ok(post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
    const after = await clockOf(order.first)
    expect([after?.due_at, after?.started_at, after?.state]).toEqual([before?.due_at, before?.started_at, 'met'])
    expect((await versions(order.first)).map((v) => [v.version, v.state])).toEqual([[1, 'replaced'], [2, 'replaced'], [3, 'accepted']])
    const entries = (await get('handler', `/api/orders/${order.id}/timeline?limit=100&order=asc`)).items.map((e: { act: string }) => e.act)
    expect(entries.filter((a: string) => ['rejectClosing', 'correctClosing'].includes(a))).toEqual(['rejectClosing', 'correctClosing', 'rejectClosing', 'correctClosing'])
    expect((await get('handler', `/api/orders/${order.id}`)).flags.map((f: { code: string }) => f.code)).not.toContain('closingRejected')
  })

  test('另一条路：二次办理由科室重新办理，仍经单位领导审核', async () => {
    const order = await reviewed()
    await walk.ok(post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'reject', opinion: '现场照片与诉求地点不符' }))
    expect((await post('handler', `/api/assignments/${order.first}/second-handling`, { reason: '' })).status).toBe(422)
    expect(await walk.ok(post('handler', `/api/assignments/${order.first}/second-handling`, { reason: '由市容科重新核实' }))).toMatchObject({ state: 'handling' })
    await walk.ok(post('handler', `/api/assignments/${order.first}/feedback`, { ...feedbackText, result: '已重新核实并补拍照片。' }))
    expect(await walk.ok(post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'accept' }))).toMatchObject({ orderState: 'pendingResultReview' })
  })
})

describe('单位领导审核与纠错', () => {
  test('更正后通过：时间轴有新旧两段文字和更正人，承办人改不了已批准的版本', async () => {
    const order = await reported()
    await walk.ok(post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'accept', corrected: { result: '已更换三盏灯具并通电，夜间照明恢复。' } }))
    expect((await versions(order.first)).map((v) => [v.state, v.submitted_by_name])).toEqual([['replaced', '测试handler'], ['accepted', '测试unitLeader']])
    const entry = (await get('reviewer', `/api/orders/${order.id}/timeline?limit=100`)).items.find((e: { act: string }) => e.act === 'correctFeedback')
    expect(entry).toMatchObject({ actorName: '测试unitLeader', changes: [{ field: 'result', old: feedbackText.result, new: '已更换三盏灯具并通电，夜间照明恢复。' }] })
    expect((await post('handler', `/api/assignments/${order.first}/feedback`, feedbackText)).status).toBe(409)
    await walk.ok(post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
    expect((await get('reviewer', `/api/orders/${order.id}`)).reply).toBe('已更换三盏灯具并通电，夜间照明恢复。')
  })

  test('退回申请的文字也可更正后上报，原文留在时间轴', async () => {
    const order = await walk.dispatched()
    await walk.ok(post('handler', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '不归我们管' }))
    const request = (await get('unitLeader', `/api/orders/${order.id}`)).requests[0]
    await walk.ok(post('unitLeader', `/api/order-requests/${request.id}/decide`, { outcome: 'approve', correctedReason: '该路段由澜湾街道办管养，见移交协议。' }))
    expect((await get('reviewer', `/api/orders/${order.id}`)).requests[0]).toMatchObject({ stage: 'review', reason: '该路段由澜湾街道办管养，见移交协议。' })
  })
})

describe('批量审批', () => {
  test('50 件中 3 件不符合：办成 47 件，3 件写明原因；再提交一次什么也不会做两遍', async () => {
    const orders = []
    for (let i = 0; i < 50; i++) orders.push(await reported())
    for (const order of orders.slice(0, 3)) await walk.ok(post('unitLeader', `/api/assignments/${order.first}/review`, { outcome: 'sendBack', opinion: '请补充' }))
    const ids = orders.map((o) => o.first)
    const first = await walk.ok(post('unitLeader', '/api/assignments/batch-review', { ids, opinion: '同意' }))
    expect([first.done, first.failed]).toEqual([47, 3])
    expect(first.items.filter((i: { ok: boolean }) => !i.ok).map((i: { number: string; rule: string }) => [i.number, i.rule])).toEqual(orders.slice(0, 3).map((o) => [o.number, 'orders.assignment.accept']))
    const again = await walk.ok(post('unitLeader', '/api/assignments/batch-review', { ids }))
    expect([again.done, again.failed]).toEqual([0, 50])
    const results = await walk.ok(post('reviewer', '/api/orders/batch-review-result', { ids: orders.map((o) => o.id) }))
    expect([results.done, results.failed]).toEqual([47, 3])
    expect((await walk.rows(sql<{ n: number }>`select count(*)::int as n from order_result_check where outcome = 'accept' and order_id = any(${orders.map((o) => o.id)}::uuid[])`))[0]?.n).toBe(47)
  }, 240_000)

  test('按查询结果整批审核；别家的任务批不动，也不透露标题', async () => {
    const mine = await reported()
    const whole = await walk.ok(post('unitLeader', '/api/assignments/batch-review', { filter: { box: 'toApprove' } }))
    expect(whole.items.map((i: { id: string }) => i.id)).toContain(mine.first)
    const foreign = await reported()
    const tried = await walk.ok(post('unitLeader2', '/api/assignments/batch-review', { ids: [foreign.first] }))
    expect(tried).toMatchObject({ done: 0, failed: 1, items: [{ ok: false, title: '' }] })
    expect((await post('handler', '/api/assignments/batch-review', { ids: [foreign.first] })).status).toBe(403)
    expect((await post('unitLeader', '/api/assignments/batch-review', {})).status).toBe(422)
  })
})
