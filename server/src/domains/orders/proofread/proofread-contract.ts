// Proofreading of key fields as a route (ORD-09); what was accepted or rejected comes with the registration.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id } from '../../../kernel/http/codec.ts'

const text = (max: number) => z.string().trim().max(max)

export const proofreadRoute = describeRoute({
  id: 'proofreadAppeal', method: 'POST', path: '/api/orders/proofread', summary: '受理校对', audience: 'staff', access: { permission: 'orders.register' }, audit: false,
  body: z.object({ title: text(80).default(''), content: text(5000).default(''), address: text(200).default(''), areaCode: text(12).optional(), phone: text(40).default(''), appealType: text(40).optional(), urgency: text(20).optional(), matterId: id.optional(), categoryId: id.optional(), lon: z.number().min(-180).max(180).optional(), lat: z.number().min(-90).max(90).optional(), elements: z.record(z.string(), z.unknown()).default({}) }),
  response: z.object({ findings: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string(), found: z.string(), proposed: z.string().nullable(), value: z.string().nullable(), confidence: z.number() })) }),
})

/** With a registration: each deviation shown, both values, and the choice. */
export const proofreadChoices = z.array(z.object({ field: text(60), rule: text(40), found: text(200), proposed: text(200).nullable(), choice: z.enum(['accepted', 'rejected', 'ignored']) })).max(30)
export type ProofreadChoices = z.output<typeof proofreadChoices>
