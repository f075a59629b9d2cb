import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
export const registerCollected = describeRoute({
  id: 'registerCollectedOrder', method: 'POST', path: '/api/collected-orders', summary: '单位自采件登记', audience: 'staff', access: { permission: 'intake.collect' },
  body: z.strictObject({
    name: text(60).default(''), phone: text(30).default(''), appealType: text(50).min(1), matterId: id.optional(), title: text(100).min(1), content: text(5000).min(1), areaCode: text(12).min(6), address: text(200).optional(),
    /** The unit's own number or window that took it. */
    line: text(60).min(1), callbackManner: z.enum(['call', 'sms', 'none']).default('call'), fileIds: z.array(id).max(20).default([]),
  }),
  response: z.object({ id, number: z.string(), stays: z.boolean() }),
})
export const collectedOptions = describeRoute({
  id: 'collectedOrderOptions', method: 'GET', path: '/api/collected-orders/options', summary: '单位自采件：渠道是否开放、流转方式', audience: 'staff', access: { permission: 'intake.collect' },
  response: z.object({ open: z.boolean(), notice: z.string().nullable(), stays: z.boolean(), unitName: z.string() }),
})
