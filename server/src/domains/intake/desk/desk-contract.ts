// The all-channel desk (ORD-21): one list of what waits, pick, release, hand over to review.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const staff = { audience: 'staff', access: { permission: 'intake.desk' } } as const

const waiting = z.object({
  id, number: z.string(), channel: z.string(), channelName: z.string(), title: z.string(), appealType: z.string(), appealTypeName: z.string(), matterName: z.string().nullable(), areaName: z.string().nullable(),
  requesterName: z.string().describe('Masked'), confidential: z.boolean(), urgency: z.string(), photos: z.number().int(), supplements: z.number().int(), submittedAt: instant,
  pick: z.enum(['waiting', 'mine', 'other']), pickedBy: z.string().nullable(), pickedUntil: instant.nullable(),
})

export const listChannelDesk = describeRoute({
  ...staff, id: 'listChannelDesk', method: 'GET', path: '/api/desk/channels', summary: '全媒体受理：等待的诉求',
  query: pageQuery.extend({ channel: z.string().max(30).optional(), area: z.string().max(12).optional(), view: z.enum(['waiting', 'mine', 'all']).default('all') }),
  response: pageOf(waiting).extend({ waiting: z.number().int(), mine: z.number().int(), picked: z.number().int(), lockMinutes: z.number().int(), lastAt: instant.nullable() }),
})

const one = z.object({ orderId: id })
const picked = z.object({ id, number: z.string(), version: z.number().int(), pickedUntil: instant.nullable() })
export const pickSubmission = describeRoute({ ...staff, id: 'pickSubmission', method: 'POST', path: '/api/desk/submissions/:orderId/pick', summary: '提取', params: one, response: picked })
export const releaseSubmission = describeRoute({ ...staff, id: 'releaseSubmission', method: 'POST', path: '/api/desk/submissions/:orderId/release', summary: '释放', params: one, response: picked })
/** The agent has looked at it and completed it: it goes to the review desk. */
export const finishSubmission = describeRoute({ ...staff, id: 'finishSubmission', method: 'POST', path: '/api/desk/submissions/:orderId/finish', summary: '送审', params: one, body: z.strictObject({ note: z.string().trim().max(500).optional() }), response: picked })
