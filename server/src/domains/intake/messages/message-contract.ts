// The message centre of the portal (INT-12): all notices of the online channels in one place, read state, deletion, opting out of pushes.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const signedIn = { audience: 'public', access: 'signedIn' } as const
export const messageKinds = ['progress', 'result', 'policy', 'system'] as const
const message = z.object({ id, kind: z.enum(messageKinds), kindName: z.string(), title: z.string(), text: z.string(), link: z.string().nullable(), at: instant, read: z.boolean() })
const pushed = z.object({ kinds: z.array(z.object({ kind: z.enum(messageKinds), name: z.string(), on: z.boolean(), fixed: z.boolean() })) })

export const listOwnMessages = describeRoute({ ...signedIn, id: 'listOwnMessages', method: 'GET', path: '/api/public/messages', summary: '消息中心', query: pageQuery.extend({ kind: z.enum(messageKinds).optional() }), response: pageOf(message).extend({ unread: z.number().int() }) })
export const countOwnMessages = describeRoute({ ...signedIn, id: 'countOwnMessages', method: 'GET', path: '/api/public/messages/count', summary: '未读消息数', response: z.object({ unread: z.number().int() }) })
export const readOwnMessages = describeRoute({ ...signedIn, id: 'readOwnMessages', method: 'POST', path: '/api/public/messages/read', summary: '标为已读', audit: false, body: z.strictObject({ ids: z.array(id).max(200).optional().describe('Absent: all') }), response: z.object({ unread: z.number().int() }) })
export const deleteOwnMessage = describeRoute({ ...signedIn, id: 'deleteOwnMessage', method: 'DELETE', path: '/api/public/messages/:id', summary: '删除消息', audit: false, params: z.object({ id }), response: z.object({ unread: z.number().int() }) })
export const getPushKinds = describeRoute({ ...signedIn, id: 'getPushKinds', method: 'GET', path: '/api/public/messages/push', summary: '消息推送设置', response: pushed })
export const setPushKinds = describeRoute({ ...signedIn, id: 'setPushKinds', method: 'PUT', path: '/api/public/messages/push', summary: '修改消息推送设置', audit: false, body: z.strictObject({ off: z.array(z.enum(messageKinds)).max(4) }), response: pushed })
