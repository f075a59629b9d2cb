// 网络电话: whether it is open here, and the ticket for one's own line to the exchange.
import { z } from 'zod'
import { instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

export const webCallState = describeRoute({
  id: 'webCallState', method: 'GET', path: '/api/public/call', summary: '网络电话状态', audience: 'public', access: 'everybody', limit: 120,
  response: z.object({
    /** Switched on for this centre. */
    enabled: z.boolean(),
    /** The telephone answers now. */
    open: z.boolean(),
    /** Demonstration: a number may be made up instead of being verified. */
    trial: z.boolean(),
  }),
})
export const webCallTicket = describeRoute({
  id: 'webCallTicket', method: 'POST', path: '/api/public/call/ticket', summary: '网络电话接入凭证', audience: 'public', access: 'everybody', secret: true, limit: 10,
  body: z.strictObject({ trialNumber: z.string().regex(/^1[3-9]\d{9}$/, '请填写 11 位手机号').optional() }),
  response: z.object({ ticket: z.string(), url: z.string(), to: z.string(), until: instant }),
})
