// An assisting unit that still owes its report when the requester was told that his matter is done (decision 0384).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../kernel/time/index.ts'
import { feedbackText } from './reading/test-orders.ts'
import { handlingWalk, type HandlingWalk } from './requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
let condition: string
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
  condition = (await walk.ok((await walk.who('businessAdmin')).post('/api/pause-conditions', { name: '等待第三方', permittedDays: 10, evidenceRequired: false }))).id
})
afterAll(() => app.stop())

const street = async (assignment: string, path: string, body: Record<string, unknown> = {}) => (await walk.who('streetHandler')).post(`/api/assignments/${assignment}/${path}`, body)
const suspension = () => ({ conditionId: condition, reason: '等待供电公司停电窗口' })

test('办结后，协办单位只可补报结果、进展和联系；此前的申请随办结结束，诉求人不再收到“暂缓办理”', async () => {
  const order = await walk.handled([{ unit: 'T-URBAN', role: 'lead' }, { unit: 'T-STREET', role: 'assist' }])
  const owed = order.assignments[1].id as string
  await walk.ok(street(owed, 'sign'))
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, feedbackText))
  await walk.ok((await walk.who('unitLeader')).post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
  // The result waits for its review: the requester was told nothing yet, and a suspension may still be asked.
  await walk.ok(street(owed, 'request-suspension', suspension()))
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', missingReason: '无需附件' }))
  expect(await walk.rows(sql`select state, outcome from order_request where order_id = ${order.id}`)).toEqual([{ state: 'cancelled', outcome: 'orderClosed' }])

  const later = toIso(plus(app.clock.now(), 30 * DAY))
  const attempts: [path: string, body: Record<string, unknown>][] = [
    ['hand-down', { unitId: walk.unit('T-COMMUNITY') || walk.unit('T-STREET') }], ['request-return', { reasonClass: '非职责范围', reason: '不属本单位职责' }], ['request-extension', { reason: '材料未齐', newDueAt: later }],
    ['request-suspension', suspension()], ['request-tracking', { reason: '须长期办理', plan: '每周一次', untilAt: later }], ['blow-whistle', { unitIds: [walk.unit('T-HEAT')], reason: '现场会商' }],
  ]
  for (const [path, body] of attempts) expect({ path, ...(await street(owed, path, body)) }).toMatchObject({ path, status: 409, body: { rule: 'orders.assignment.afterClosing' } })
  for (const act of ['handDown', 'requestReturn', 'requestExtension', 'requestSuspension', 'requestTracking', 'blowWhistle']) expect(await walk.act(order.id, 'streetHandler', act, owed)).toMatchObject({ enabled: false, rule: 'orders.assignment.afterClosing' })
  expect((await walk.rows(sql`select 1 from platform_sms where object_id = ${order.id} and template = 'requesterPaused'`)).length).toBe(0)

  await walk.ok(street(owed, 'feedback', feedbackText))
  await walk.ok((await walk.who('streetLeader')).post(`/api/assignments/${owed}/review`, { outcome: 'accept' }))
  expect((await walk.rows<{ state: string }>(sql`select state from order_assignment where id = ${owed}`))[0]).toEqual({ state: 'done' })
})
