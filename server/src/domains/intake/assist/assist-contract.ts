// Assisted submission (INT-08) and its completeness (INT-09): the machine proposes, the requester corrects and sends.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const open = { audience: 'public', access: 'everybody', secret: true, audit: false } as const
const text = (max: number) => z.string().trim().max(max)
const confidence = z.number().min(0).max(1)
const found = z.object({ value: z.string(), confidence })
/** Words of people stand in no access log. */
export const assistRoute = describeRoute({
  ...open, id: 'assistSubmission', method: 'POST', path: '/api/public/assist', summary: '智能填写', limit: 30,
  body: z.strictObject({ text: text(2000).min(5, '请多说几句（至少 5 个字）') }),
  response: z.object({
    appealType: z.object({ id: z.string(), name: z.string(), confidence }).nullable(), matter: z.object({ id, name: z.string(), path: z.array(z.string()), confidence }).nullable(),
    area: z.object({ code: z.string(), name: z.string(), confidence }).nullable(), otherAreas: z.array(z.object({ code: z.string(), name: z.string() })), address: found.nullable(), time: found.nullable(),
    content: z.string(), title: z.string(), summary: z.string(), answers: z.array(found.extend({ code: z.string(), name: z.string() })),
  }),
})
const answer = z.strictObject({ code: text(50), value: text(500), tries: z.number().int().min(0).max(20).default(0) })
export const checkElementsRoute = describeRoute({
  ...open, id: 'checkElements', method: 'POST', path: '/api/public/elements/check', summary: '要素校验', limit: 60,
  body: z.strictObject({ matterId: id, appealType: text(30).optional(), text: text(2000).default(''), address: text(200).default(''), answers: z.array(answer).max(20).default([]) }),
  response: z.object({
    /** Read out of the text: they need not be asked. */
    read: z.array(found.extend({ code: z.string(), name: z.string() })), again: z.array(z.object({ code: z.string(), message: z.string() })), standard: z.array(z.object({ code: z.string(), value: z.string() })),
    ask: z.array(z.string()), gaps: z.array(z.object({ code: z.string(), name: z.string() })), mayLeave: z.boolean(),
  }),
})
export const speechRoute = describeRoute({
  id: 'transcribeSpeech', method: 'POST', path: '/api/public/assist/speech', summary: '语音转文字', audience: 'public', access: 'signedIn', secret: true, audit: false, limit: 20,
  body: z.strictObject({ fileId: id }), response: z.object({ text: z.string(), confidence }),
})
