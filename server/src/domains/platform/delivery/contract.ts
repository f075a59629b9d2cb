// Channels, rules, templates, the delivery log and its dead letters; own preferences; messages that staff write.
import { z } from 'zod'
import { empty, id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { channels } from './channels.ts'
import { repeats } from './sending-times.ts'

const channel = z.enum(channels)
const anyChannel = z.enum(['inApp', ...channels])
const level = z.enum(['P1', 'P2', 'P3', 'P4'])
const outside = z.enum(['sms', 'email', 'wechat'])
const typeCode = z.string().regex(/^(\*|[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*)$/, '消息类型不正确').max(60)
const base = { audience: 'staff', tag: 'messages' } as const
const manage = { ...base, access: { permission: 'platform.manageMessages' } } as const
const log = { ...base, access: { permission: 'platform.readDeliveries' } } as const
const signedIn = { ...base, access: 'signedIn' } as const

const field = z.object({ key: z.string(), label: z.string(), secret: z.boolean(), optional: z.boolean(), help: z.string().nullable() })
const channelState = z.object({
  channel, name: z.string(), enabled: z.boolean(), adapter: z.string(), adapters: z.array(z.object({ code: z.string(), name: z.string(), fields: z.array(field) })), config: z.record(z.string(), z.string()), secretsSet: z.array(z.string()),
  problem: z.string().nullable(), version: z.int(), waiting: z.int(), failed: z.int(),
})
export const listMessageChannels = describeRoute({ ...log, id: 'listMessageChannels', method: 'GET', path: '/api/message-channels', summary: '消息通道', response: z.object({ items: z.array(channelState) }) })
export const saveMessageChannel = describeRoute({
  ...manage, id: 'saveMessageChannel', method: 'PUT', path: '/api/message-channels/:channel', summary: '配置消息通道', params: z.object({ channel }), secret: true,
  body: z.strictObject({ adapter: z.string().max(40), enabled: z.boolean(), config: z.record(z.string().max(40), z.string().max(500)), secrets: z.record(z.string().max(40), z.string().max(500)).default({}).describe('未给出的保留原值'), version: z.int().min(0) }),
  response: z.object({ version: z.int() }),
})
export const tryMessageChannel = describeRoute({ ...manage, id: 'tryMessageChannel', method: 'POST', path: '/api/message-channels/:channel/try', summary: '向自己发送测试消息', params: z.object({ channel }), body: empty, response: z.object({ deliveryId: id }) })

export const listMessageTypeDetails = describeRoute({
  ...log, id: 'listMessageTypeDetails', method: 'GET', path: '/api/message-types', summary: '消息类型与占位符',
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), module: z.string(), group: z.string(), duty: z.boolean(), channels: z.array(anyChannel), placeholders: z.record(z.string(), z.string()), sample: z.string() })) }),
})

const rule = { type: typeCode, roleCode: z.string().max(40).nullable(), unitId: id.nullable(), levels: z.array(level).min(1).max(4), channels: z.array(anyChannel).max(5), fallback: outside.nullable(), enabled: z.boolean(), note: z.string().trim().max(200) }
export const listMessageRules = describeRoute({
  ...log, id: 'listMessageRules', method: 'GET', path: '/api/message-rules', summary: '消息规则',
  response: z.object({ items: z.array(z.object({ ...rule, id, typeName: z.string(), roleName: z.string().nullable(), unitName: z.string().nullable(), version: z.int(), changedAt: instant, changedBy: z.string() })) }),
})
export const createMessageRule = describeRoute({ ...manage, id: 'createMessageRule', method: 'POST', path: '/api/message-rules', summary: '新增消息规则', body: z.strictObject(rule), response: z.object({ id, version: z.int() }) })
export const changeMessageRule = describeRoute({ ...manage, id: 'changeMessageRule', method: 'PATCH', path: '/api/message-rules/:id', summary: '修改消息规则', params: z.object({ id }), body: z.strictObject({ ...rule, version: z.int() }), response: z.object({ version: z.int() }) })
export const deleteMessageRule = describeRoute({ ...manage, id: 'deleteMessageRule', method: 'DELETE', path: '/api/message-rules/:id', summary: '删除消息规则', params: z.object({ id }), response: empty })

const template = { title: z.string().trim().max(100), text: z.string().trim().min(1).max(1000) }
export const listMessageTemplates = describeRoute({ ...log, id: 'listMessageTemplates', method: 'GET', path: '/api/message-templates', summary: '消息模板', response: z.object({ items: z.array(z.object({ type: z.string(), typeName: z.string(), channel, ...template, version: z.int(), changedAt: instant, changedBy: z.string() })) }) })
export const saveMessageTemplate = describeRoute({
  ...manage, id: 'saveMessageTemplate', method: 'PUT', path: '/api/message-templates/:type/:channel', summary: '保存消息模板', params: z.object({ type: typeCode, channel }), body: z.strictObject({ ...template, version: z.int().min(0) }), response: z.object({ version: z.int() }),
})
export const deleteMessageTemplate = describeRoute({ ...manage, id: 'deleteMessageTemplate', method: 'DELETE', path: '/api/message-templates/:type/:channel', summary: '恢复默认消息文本', params: z.object({ type: typeCode, channel }), response: empty })
export const previewMessageTemplate = describeRoute({
  ...log, id: 'previewMessageTemplate', method: 'POST', path: '/api/message-templates/preview', summary: '预览消息模板', audit: false, body: z.strictObject({ type: typeCode, channel, title: template.title, text: z.string().max(1000) }),
  response: z.object({ title: z.string(), text: z.string(), length: z.int(), unknown: z.array(z.string()) }),
})

const states = z.enum(['waiting', 'queued', 'sent', 'failed', 'skipped', 'recalled'])
const delivery = z.object({
  id, channel, type: z.string(), typeName: z.string(), level, userName: z.string().nullable(), address: z.string().nullable(), title: z.string(), text: z.string(), state: states, attempts: z.int(), merged: z.int(), result: z.string().nullable(),
  insteadOf: id.nullable(), objectType: z.string().nullable(), objectId: z.string().nullable(), createdAt: instant, nextAt: instant.nullable(), sentAt: instant.nullable(), readAt: instant.nullable(),
})
export const listDeliveries = describeRoute({
  ...log, id: 'listDeliveries', method: 'GET', path: '/api/deliveries', summary: '消息送达记录',
  query: pageQuery.extend({ state: states.optional(), channel: channel.optional(), type: z.string().max(60).optional(), userId: id.optional(), query: z.string().trim().max(40).optional().describe('收件人姓名'), objectId: z.string().max(60).optional(), from: localDate.optional(), to: localDate.optional() }),
  response: pageOf(delivery),
})
export const retryDelivery = describeRoute({ ...manage, id: 'retryDelivery', method: 'POST', path: '/api/deliveries/:id/retry', summary: '重发失败消息', params: z.object({ id }), body: empty, response: empty })
export const retryFailedDeliveries = describeRoute({ ...manage, id: 'retryFailedDeliveries', method: 'POST', path: '/api/deliveries/retry-failed', summary: '重发全部失败消息', body: z.strictObject({ channel }), response: z.object({ retried: z.int() }) })
export const recallDelivery = describeRoute({ ...manage, id: 'recallDelivery', method: 'POST', path: '/api/deliveries/:id/recall', summary: '撤回未发出的消息', params: z.object({ id }), body: empty, response: empty })

const off = z.array(z.object({ type: typeCode, channel: outside })).max(200)
export const getMyMessagePreferences = describeRoute({
  ...signedIn, id: 'getMyMessagePreferences', method: 'GET', path: '/api/me/message-preferences', summary: '我的提醒方式',
  response: z.object({ off, mayChange: z.boolean(), groups: z.array(z.object({ code: z.string(), name: z.string(), fixed: z.boolean() })), channels: z.array(z.object({ channel: outside, name: z.string(), address: z.string().nullable(), enabled: z.boolean() })) }),
})
export const saveMyMessagePreferences = describeRoute({ ...signedIn, id: 'saveMyMessagePreferences', method: 'PUT', path: '/api/me/message-preferences', summary: '设置我的提醒方式', body: z.strictObject({ off }), response: empty })

const audience = z.strictObject({ userIds: z.array(id).max(500).default([]), unitIds: z.array(id).max(200).default([]), roleCodes: z.array(z.string().max(40)).max(30).default([]) })
const repeat = z.enum(repeats)
const written = { title: z.string().trim().min(1).max(100), text: z.string().trim().max(2000).nullable().default(null), level: z.enum(['P2', 'P3', 'P4']).default('P3'), repeat: repeat.default('once').describe('从首次发送时间起重复') }
export const listMessageSends = describeRoute({
  ...base, access: { permission: 'platform.sendMessages' }, id: 'listMessageSends', method: 'GET', path: '/api/message-sends', summary: '我发出的消息', query: pageQuery,
  response: pageOf(z.object({ id, title: z.string(), text: z.string().nullable(), level, state: z.enum(['scheduled', 'sent', 'cancelled', 'recalled']), sendAt: instant, repeat, people: z.int(), told: z.int().nullable(), read: z.int(), recalled: z.int().nullable(), by: z.string(), createdAt: instant, version: z.int() })),
})
export const sendStaffMessage = describeRoute({
  ...base, access: { permission: 'platform.sendMessages' }, id: 'sendStaffMessage', method: 'POST', path: '/api/message-sends', summary: '发送消息',
  body: z.strictObject({ ...written, audience, sendAt: instant.nullable().default(null) }), response: z.object({ id, told: z.int().nullable() }),
})
export const changeStaffMessage = describeRoute({
  ...base, access: { permission: 'platform.sendMessages' }, id: 'changeStaffMessage', method: 'PATCH', path: '/api/message-sends/:id', summary: '修改待发送的消息', params: z.object({ id }),
  body: z.strictObject({ ...written, sendAt: instant, version: z.int() }), response: z.object({ version: z.int() }),
})
export const cancelStaffMessage = describeRoute({ ...base, access: { permission: 'platform.sendMessages' }, id: 'cancelStaffMessage', method: 'POST', path: '/api/message-sends/:id/cancel', summary: '取消定时消息', params: z.object({ id }), body: empty, response: empty })
export const recallStaffMessage = describeRoute({ ...base, access: { permission: 'platform.sendMessages' }, id: 'recallStaffMessage', method: 'POST', path: '/api/message-sends/:id/recall', summary: '撤回未读消息', params: z.object({ id }), body: empty, response: z.object({ recalled: z.int() }) })
export const deleteMessages = describeRoute({ ...signedIn, id: 'deleteMessages', method: 'POST', path: '/api/messages/delete', summary: '删除我的消息', audit: false, body: z.strictObject({ ids: z.array(id).min(1).max(200) }), response: empty })
