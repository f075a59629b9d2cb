// Priority by hand as a route (ORD-15).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id } from '../../../kernel/http/codec.ts'

export const prioritiseRoute = describeRoute({
  id: 'prioritiseOrder', method: 'POST', path: '/api/orders/:id/priority', summary: '调整优先级', audience: 'staff', access: { permission: 'orders.prioritise' }, params: z.object({ id }),
  body: z.object({ value: z.number().int().min(-9).max(9).nullable().describe('Null: by rule again'), reason: z.string().trim().min(1).max(300), version: z.number().int().optional() }), response: z.object({ id, priority: z.number().int(), manual: z.boolean(), version: z.number().int() }),
})
