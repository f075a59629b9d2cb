// What the machine says beside one order: a second look at a reply, labels that may fit. A person decides.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { replyFaults } from '../../ai/index.ts'

const params = z.object({ id })

export const checkReplyRoute = describeRoute({
  id: 'checkOrderReply', method: 'POST', path: '/api/orders/:id/check-reply', summary: '答复检查', audience: 'staff', access: { permission: 'ai.use' }, tag: 'ai', audit: false, params,
  body: z.strictObject({ reply: z.string().max(5000) }),
  response: z.object({
    /** Off or not to be had: then the page shows nothing. */
    available: z.boolean(),
    /** Earlier replies it was compared with; below some hundred only the units are looked at. */
    compared: z.number().int(),
    findings: z.array(z.object({ fault: z.enum(replyFaults), text: z.string(), instead: z.string().optional() })),
  }),
})

export const proposeLabelsRoute = describeRoute({
  id: 'proposeOrderLabels', method: 'POST', path: '/api/orders/:id/propose-labels', summary: '标签建议', audience: 'staff', access: { permission: 'orders.label' }, tag: 'labels', audit: false, params, body: z.strictObject({}),
  response: z.object({ suggestionId: id.nullable(), items: z.array(z.object({ id, name: z.string(), colour: z.string(), confidence: z.number(), reason: z.string() })) }),
})
