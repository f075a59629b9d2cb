// Speaking and seeing within a conversation (INT-17): the agent asks, the citizen consents, the two browsers connect directly.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const kind = z.enum(['audio', 'video'])
/** A session description of WebRTC, complete with its candidates: nothing trickles. */
const description = z.string().max(20_000).regex(/^v=0\r?\n/, '通话参数不正确')
const iceServers = z.array(z.object({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }))
const one = z.object({ id })

export const staffCall = z.object({ id, kind, state: z.enum(['asked', 'open', 'refused', 'ended']), answer: z.string().nullable(), askedAt: instant, openedAt: instant.nullable() })
export const citizenCall = z.object({ id, kind, state: z.enum(['asked', 'open']), offer: z.string().nullable().describe('While it is asked'), iceServers })

const staff = { audience: 'staff', access: { permission: 'intake.chat' }, audit: false, secret: true } as const
export const callServers = describeRoute({ ...staff, id: 'getChatCallServers', method: 'GET', path: '/api/chat/call-servers', summary: '音视频通话设置', response: z.object({ enabled: z.boolean(), iceServers }) })
export const askCall = describeRoute({ ...staff, id: 'askChatCall', method: 'POST', path: '/api/chat/sessions/:id/calls', summary: '请求音视频通话', params: one, body: z.strictObject({ kind, offer: description }), response: staffCall })
export const getCall = describeRoute({ ...staff, id: 'getChatCall', method: 'GET', path: '/api/chat/calls/:id', summary: '音视频通话', params: one, response: staffCall })
export const endCall = describeRoute({ ...staff, id: 'endChatCall', method: 'POST', path: '/api/chat/calls/:id/end', summary: '结束音视频通话', params: one, response: staffCall })

const own = { audience: 'public', access: 'signedIn', audit: false, secret: true, limit: 60 } as const
export const answerCall = describeRoute({ ...own, id: 'answerChatCall', method: 'POST', path: '/api/public/chat/calls/:id/answer', summary: '接受或拒绝通话', params: one, body: z.strictObject({ answer: description.nullable().describe('Null: refused') }), response: z.object({ state: z.string() }) })
export const leaveCall = describeRoute({ ...own, id: 'leaveChatCall', method: 'POST', path: '/api/public/chat/calls/:id/end', summary: '结束通话', params: one, response: z.object({ state: z.string() }) })
