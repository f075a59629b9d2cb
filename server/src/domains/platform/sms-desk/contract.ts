import { z } from 'zod'
import { empty, id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const send = { audience: 'staff', tag: 'sms', access: { permission: 'platform.sendSms' } } as const
const manage = { audience: 'staff', tag: 'sms', access: { permission: 'platform.manageSmsTemplates' } } as const
const params = z.object({ id })
const text = z.string().trim().min(1).max(500)

const template = z.object({
  id, name: z.string(), class: z.string(), text: z.string(), signature: z.string(), variables: z.array(z.string()), state: z.enum(['draft', 'pending', 'approved', 'disabled']), refusedReason: z.string().nullable(), decidedBy: z.string().nullable(), version: z.int(), changedAt: instant, changedBy: z.string(), mayDecide: z.boolean(),
})
export const listSmsTemplates = describeRoute({ ...send, id: 'listSmsTemplates', method: 'GET', path: '/api/sms-desk/templates', summary: '短信模板', response: z.object({ items: z.array(template), approval: z.boolean() }) })
const fields = { name: z.string().trim().min(1).max(40), class: z.string().trim().max(40).default(''), text, signature: z.string().trim().max(20).default('') }
export const createSmsTemplate = describeRoute({ ...manage, id: 'createSmsTemplate', method: 'POST', path: '/api/sms-desk/templates', summary: '新增短信模板', body: z.strictObject(fields), response: z.object({ id, state: z.string() }) })
export const changeSmsTemplate = describeRoute({ ...manage, id: 'changeSmsTemplate', method: 'PATCH', path: '/api/sms-desk/templates/:id', summary: '修改短信模板', params, body: z.strictObject({ ...fields, version: z.int(), disabled: z.boolean().default(false) }), response: z.object({ version: z.int() }) })
export const deleteSmsTemplate = describeRoute({ ...manage, id: 'deleteSmsTemplate', method: 'DELETE', path: '/api/sms-desk/templates/:id', summary: '删除短信模板', params, response: empty })
export const decideSmsTemplate = describeRoute({
  audience: 'staff', tag: 'sms', access: { permission: 'platform.approveSmsTemplates' }, id: 'decideSmsTemplate', method: 'POST', path: '/api/sms-desk/templates/:id/decide', summary: '审批短信模板', params,
  body: z.strictObject({ version: z.int(), approve: z.boolean(), reason: z.string().trim().max(200).default('') }).refine((b) => b.approve || b.reason !== '', { path: ['reason'], message: '不同意须说明理由' }), response: empty,
})

export const listSmsFavourites = describeRoute({ ...send, id: 'listSmsFavourites', method: 'GET', path: '/api/sms-desk/favourites', summary: '短信收藏', response: z.object({ items: z.array(z.object({ id, folder: z.string(), title: z.string(), text: z.string() })) }) })
export const saveSmsFavourite = describeRoute({ ...send, id: 'saveSmsFavourite', method: 'POST', path: '/api/sms-desk/favourites', summary: '收藏短信文字', audit: false, body: z.strictObject({ id: id.optional(), folder: z.string().trim().max(40).default(''), title: z.string().trim().min(1).max(40), text }), response: z.object({ id }) })
export const deleteSmsFavourite = describeRoute({ ...send, id: 'deleteSmsFavourite', method: 'DELETE', path: '/api/sms-desk/favourites/:id', summary: '删除短信收藏', audit: false, params, response: empty })

const to = {
  userIds: z.array(id).max(500).default([]), groupIds: z.array(id).max(50).default([]), dutyContactIds: z.array(id).max(200).default([]), numbers: z.array(z.string().trim().max(30)).max(500).default([]),
  templateId: id.optional(), params: z.record(z.string().max(40), z.string().max(200)).default({}), text: text.optional(),
}
const bad = z.object({ to: z.string(), message: z.string() })
export const checkSmsSend = describeRoute({
  ...send, id: 'checkSmsSend', method: 'POST', path: '/api/sms-desk/check', summary: '检查待发短信', audit: false, body: z.strictObject(to),
  response: z.object({ text: z.string(), length: z.int(), parts: z.int(), recipients: z.int(), sensitive: z.array(z.string()), bad: z.array(bad) }),
})
export const sendDeskSms = describeRoute({ ...send, id: 'sendDeskSms', method: 'POST', path: '/api/sms-desk/send', summary: '发送短信', body: z.strictObject(to), response: z.object({ batchId: id, sent: z.int() }) })

const row = z.object({ id, at: instant, by: z.string(), toName: z.string().nullable(), phone: z.string(), text: z.string(), templateName: z.string().nullable(), state: z.enum(['queued', 'sent', 'failed']), result: z.string().nullable(), sentAt: instant.nullable() })
export const listSmsSends = describeRoute({
  ...send, id: 'listSmsSends', method: 'GET', path: '/api/sms-desk/sends', summary: '短信发送记录',
  query: pageQuery.extend({ query: z.string().trim().max(40).optional(), state: z.enum(['queued', 'sent', 'failed']).optional(), from: localDate.optional(), to: localDate.optional() }), response: pageOf(row),
})
