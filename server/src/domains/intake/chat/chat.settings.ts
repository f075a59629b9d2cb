// Parameters of the chat (intake.md Settings).
import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import type { Duration } from '../../../kernel/time/index.ts'

export const maxSessions = defineSetting({ key: 'chat.maxSessions', label: '每名客服同时会话数', schema: z.number().int().min(1).max(30), fallback: 8, scope: 'tenant' })
export const autoAssign = defineSetting({ key: 'chat.autoAssign', label: '自动分配会话', help: '开启时，排队的会话分给上岗且会话最少的客服；关闭时由客服接入', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const idleMinutes = defineSetting({ key: 'chat.idleClose', label: '会话无人说话多久后结束（分钟）', schema: z.number().int().min(1).max(240), fallback: 10, scope: 'tenant' })
export const awayMinutes = defineSetting({ key: 'chat.agentAway', label: '客服页面断开多久后会话回到排队（分钟）', schema: z.number().int().min(1).max(60), fallback: 3, scope: 'tenant' })
export const answerWarning = defineSetting({
  key: 'chat.answerWarning', label: '未回复提醒（秒）', schema: z.object({ amber: z.number().int().min(10), red: z.number().int().min(10) }), fallback: { amber: 60, red: 120 }, scope: 'tenant',
})
export const promiseLimit = defineSetting({
  key: 'chat.followUpPromise', label: '承诺后续答复的时限', schema: z.object({ amount: z.number().positive().max(60), unit: z.enum(['naturalHours', 'workingDays', 'naturalDays']) }), fallback: { amount: 3, unit: 'workingDays' } as Duration & { unit: 'workingDays' | 'naturalHours' | 'naturalDays' }, scope: 'tenant',
})
export const chatLimit = defineSetting({
  key: 'chat.limit', label: '在线客服频率上限', help: '每人每天会话数、每分钟消息数、每天留言数', schema: z.object({ sessionsPerDay: z.number().int().min(1), messagesPerMinute: z.number().int().min(1), leftPerDay: z.number().int().min(1) }),
  fallback: { sessionsPerDay: 20, messagesPerMinute: 30, leftPerDay: 5 }, scope: 'tenant',
})

export const chatCalls = defineSetting({
  key: 'chat.calls', label: '在线客服音视频通话', help: '客服请求、诉求人同意后由两端浏览器直接通话，不录音录像；跨网络接通需要中继服务器（turn:）', scope: 'tenant',
  schema: z.object({ enabled: z.boolean(), iceServers: z.array(z.object({ urls: z.string().regex(/^(stun|turns?):\S+$/, '以 stun: 或 turn: 开头').max(200), username: z.string().max(100).optional(), credential: z.string().max(200).optional() })).max(5) }), fallback: { enabled: true, iceServers: [] as { urls: string; username?: string | undefined; credential?: string | undefined }[] },
})

export const chatSettings = [chatCalls, maxSessions, autoAssign, idleMinutes, awayMinutes, answerWarning, promiseLimit, chatLimit]
