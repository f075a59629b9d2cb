// For tests: people of the test city and orders brought to a point of their life over HTTP.
import { expect } from 'vitest'
import { sql } from 'kysely'
import type { Client, TestApp } from '../../../kernel/testing/index.ts'

type Body = any // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
export type Walk = {
  who(login: string): Promise<Client>
  ok(answer: Promise<{ status: number; body: Body }>): Promise<Body>
  unit(code: string): string
  register(more?: Record<string, unknown>, login?: string): Promise<Body>
  /** Registered, reviewed and dispatched; `first` is the first assignment. */
  dispatched(units?: { unit: string; role: string }[], more?: Record<string, unknown>): Promise<Body>
  rows<T>(text: ReturnType<typeof sql<T>>): Promise<T[]>
}

export const feedbackText = { result: '已更换灯具并通电，夜间照明恢复。', basis: '城市照明管理规定', contacted: 'yes', solved: 'yes', satisfied: 'yes' }

export async function walkIn(app: TestApp): Promise<Walk> {
  const plain = app.app.runtime.db.withoutPlugins()
  const clients = new Map<string, Promise<Client>>()
  const units = new Map((await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(plain)).rows.map((r) => [r.code, r.id]))
  let n = 0
  const walk: Walk = {
    who(login) {
      const client = clients.get(login) ?? app.as(login)
      clients.set(login, client)
      return client
    },
    async ok(answer) {
      const { status, body } = await answer
      expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
      return body
    },
    unit: (code) => units.get(code) ?? '',
    async register(more = {}, login = 'agent') {
      n += 1
      const client = await walk.who(login)
      return walk.ok(client.post('/api/orders', { requester: { name: '陈小满', phone: `1990001${String(2000 + n)}` }, appealType: 'help', title: `路灯不亮 ${n}`, content: '小区北门三盏路灯不亮，老人出行不便。', areaCode: '990101', ...more }))
    },
    async dispatched(list = [{ unit: 'T-URBAN', role: 'lead' }], more = {}) {
      const order = await walk.register(more)
      await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
      const sent = await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${order.id}/dispatch`, { units: list.map((u) => ({ unitId: walk.unit(u.unit), role: u.role, requirement: `要求-${u.unit}` })), opinion: '请依法办理' }))
      return { ...order, assignments: sent.assignments, first: sent.assignments[0].id }
    },
    rows: async (text) => (await text.execute(plain)).rows,
  }
  return walk
}
