// For tests of handling: an order at a unit, evidence, and the steps of an approval.
import { expect } from 'vitest'
import { sql } from 'kysely'
import type { TestApp } from '../../../kernel/testing/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

type Body = any // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082', 'hex')

export type HandlingWalk = Walk & {
  /** Dispatched and signed by the lead's handler. */
  handled(units?: { unit: string; role: string }[], more?: Record<string, unknown>): Promise<Body>
  file(login: string): Promise<string>
  /** Decides the open step of the last pending request of a kind. */
  decide(orderId: string, kind: string, login: string, outcome?: 'approve' | 'return', opinion?: string): Promise<{ status: number; body: Body }>
  act(orderId: string, login: string, act: string, assignmentId?: string): Promise<Body>
  order(orderId: string): Promise<Body>
}

export async function handlingWalk(app: TestApp): Promise<HandlingWalk> {
  const walk = await walkIn(app)
  const more: HandlingWalk = {
    ...walk,
    async handled(units, more) {
      const order = await walk.dispatched(units, more)
      await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/sign`))
      return order
    },
    async file(login) {
      const client = await walk.who(login)
      const answer = await client.upload('/api/attachments?place=request', { name: '现场照片.png', type: 'image/png', content: PNG })
      expect(answer.status).toBe(200)
      return answer.body.id
    },
    async decide(orderId, kind, login, outcome = 'approve', opinion = '同意') {
      const [row] = await walk.rows(sql<{ flow_instance_id: string }>`select flow_instance_id from order_request where order_id = ${orderId} and kind = ${kind} order by created_at desc limit 1`)
      return (await walk.who(login)).post(`/api/flow/instances/${row?.flow_instance_id}/decide`, { outcome, opinion })
    },
    async act(orderId, login, act, assignmentId) {
      const { body } = await (await walk.who(login)).get(`/api/orders/${orderId}`)
      const list = assignmentId === undefined ? body.acts : body.assignments.find((a: { id: string }) => a.id === assignmentId)?.acts
      return list?.find((a: { act: string }) => a.act === act)
    },
    async order(orderId) {
      const [row] = await walk.rows(sql<Record<string, unknown>>`select * from order_order where id = ${orderId}`)
      return row
    },
  }
  return more
}
