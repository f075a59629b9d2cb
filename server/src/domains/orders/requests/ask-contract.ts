// Shapes that the rooms of handling share.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { orderStates } from '../order.ts'

export const text = (max: number) => z.string().trim().max(max)
export const required = (max: number) => z.string().trim().min(1).max(max)
export const files = z.array(id).max(20).default([])
export const one = z.object({ id })
export const version = z.number().int().optional().describe('Version the sender saw; 409 if the order moved on')

export const orderAnswer = z.object({ id, number: z.string(), state: z.enum(orderStates), version: z.number().int() })
export const assignmentAnswer = z.object({ id, orderId: id, number: z.string(), state: z.string(), orderState: z.enum(orderStates) })

/** An act of a unit on its own assignment. */
export const unitAct = <B extends z.ZodType>(id: string, path: string, summary: string, body: B) =>
  describeRoute({ id, method: 'POST', path: `/api/assignments/:id/${path}`, summary, audience: 'staff', access: { permission: 'orders.handle' }, params: one, body, response: assignmentAnswer })

/** An act on an order by its centre. */
export const orderAct = <B extends z.ZodType>(id: string, path: string, summary: string, permission: string, body: B) =>
  describeRoute({ id, method: 'POST', path: `/api/orders/:id/${path}`, summary, audience: 'staff', access: { permission }, params: one, body, response: orderAnswer })
