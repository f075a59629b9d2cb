// Orders whose result was accepted, by the way that people go; shared by the tests of this domain.
import { sql } from 'kysely'
import { expect } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import type { Setting } from '../../../kernel/settings.ts'
import { applySetting } from '../../platform/index.ts'

export type Made = { id: string; number: string; assignment: string }
export type City = Awaited<ReturnType<typeof callbackCity>>

export const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

export async function callbackCity(logins: string[] = []) {
  const app: TestApp = await testApp()
  const clients: Record<string, Client> = {}
  for (const login of ['agent', 'shiftLeader', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'callbackAgent', ...logins]) clients[login] = await app.as(login)
  const who = (login: string): Client => clients[login] as Client
  const rows = async <T>(query: ReturnType<typeof sql>): Promise<T[]> => (await query.execute(app.app.runtime.db.withoutPlugins())).rows as T[]
  const units = Object.fromEntries((await rows<{ code: string; id: string }>(sql`select code, id from platform_unit`)).map((row) => [row.code, row.id]))
  let n = 0

  async function report(assignment: string, unit: Record<string, string> = { contacted: 'yes', solved: 'yes', satisfied: 'yes' }): Promise<void> {
    await ok(who('handler').post(`/api/assignments/${assignment}/feedback`, { result: '已更换灯具，照明恢复。', basis: '物业管理条例', ...unit }))
    await ok(who('unitLeader').post(`/api/assignments/${assignment}/review`, { outcome: 'accept' }))
  }
  /** An order whose unit has reported; `unit` is what the unit itself states. */
  async function reported(more: Record<string, unknown> = {}, unit?: Record<string, string>): Promise<Made> {
    n += 1
    const order = await ok(who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: `1990001${String(2000 + n)}` }, appealType: 'help', title: `楼道灯不亮 ${n}`, content: '三单元楼道灯连续几天不亮，老人上下楼不便。', areaCode: '990101', ...more }))
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
    const sent = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }] }))
    const assignment = sent.assignments[0].id
    await ok(who('handler').post(`/api/assignments/${assignment}/sign`))
    await report(assignment, unit)
    return { id: order.id, number: order.number, assignment }
  }
  const taskOf = async (orderId: string): Promise<string> => (await rows<{ id: string }>(sql`select id from callback_task where order_id = ${orderId} order by round desc limit 1`))[0]?.id ?? ''
  return {
    app, who, rows, units, report, reported, taskOf,
    async accepted(more: Record<string, unknown> = {}, unit?: Record<string, string>): Promise<Made & { state: string; task: string }> {
      const order = await reported(more, unit)
      const { state } = await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
      await app.drain()
      return { ...order, state, task: await taskOf(order.id) }
    },
    stateOf: async (id: string) => (await rows<{ state: string; close_kind: string | null; round: number }>(sql`select state, close_kind, round from order_order where id = ${id}`))[0],
    set: <T>(one: Setting<T>, value: T) => app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, one.key, value, '测试')),
  }
}
