import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { shippedChannels } from './channel.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间格式为 08:00').nullable()
const channel = z.object({
  code: z.enum(shippedChannels.map((c) => c.code)), name: z.string(), online: z.boolean(), enabled: z.boolean(), opensAt: time, closesAt: time, notice: z.string().nullable(), maxFiles: z.number().int().nullable(), version: z.number().int(),
})

export const listChannelsRoute = describeRoute({ id: 'listChannels', method: 'GET', path: '/api/channels', summary: '受理渠道登记', audience: 'staff', access: { permission: 'intake.channels' }, response: z.object({ items: z.array(channel) }) })
export const changeChannelRoute = describeRoute({
  id: 'changeChannel', method: 'PATCH', path: '/api/channels/:code', summary: '修改受理渠道', audience: 'staff', access: { permission: 'intake.channels' }, params: z.object({ code: z.string().max(30) }),
  body: z.strictObject({
    version: z.number().int(), name: z.string().trim().min(1).max(30).optional(), enabled: z.boolean().optional(), opensAt: time.optional(), closesAt: time.optional(), notice: z.string().trim().max(200).nullable().optional(), maxFiles: z.number().int().min(0).max(20).nullable().optional(),
  }),
  response: channel,
})
