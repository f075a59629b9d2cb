// Watching seats, queues and calls live, and acting on them (TEL-36, TEL-37, TEL-38, TEL-39, TEL-40).
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const watch = { permission: 'telephony.monitor' } as const
const reason = z.string().trim().min(1, '请填写原因').max(200)

export const seat = z.object({
  userId: id, name: z.string(), staffNo: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), extension: z.string().nullable(), state: z.string(), stateName: z.string(), tone: z.enum(['idle', 'call', 'busy', 'off']), since: instant.nullable(), until: instant.nullable(), reason: z.string().nullable(), connected: z.boolean(),
  queues: z.array(z.string()), skills: z.array(z.string()), callsToday: z.number().int(), talkMsToday: z.number().int(), missed: z.number().int(), /** What is out of order, in words. */ warnings: z.array(z.string()),
  call: z.object({ id: z.string(), state: z.string(), stateName: z.string(), since: instant, phone: z.string().nullable(), direction: z.string(), className: z.string(), orders: z.array(z.object({ id, number: z.string(), title: z.string() })) }).nullable(),
})
export const queueNow = z.object({ id, name: z.string(), waiting: z.number().int(), longestMs: z.number().int(), averageMs: z.number().int(), ready: z.number().int(), talking: z.number().int(), busy: z.number().int(), callbacks: z.number().int(), offered: z.number().int(), answered: z.number().int(), abandoned: z.number().int(), withinLevel: z.number().int(), tone: z.enum(['green', 'yellow', 'red']), overflowing: z.boolean() })
export const waiting = z.object({ id: z.string(), state: z.string(), stateName: z.string(), since: instant, phone: z.string().nullable(), queueName: z.string().nullable(), className: z.string(), serviceNumber: z.string().nullable() })
export const monitor = describeRoute({
  id: 'telephonyMonitor', method: 'GET', path: '/api/telephony/monitor', summary: '坐席监控', audience: 'staff', access: watch,
  response: z.object({ exchange: z.enum(['up', 'down']), at: instant, seats: z.array(seat), queues: z.array(queueNow), waiting: z.array(waiting), acts: z.object({ listen: z.boolean(), barge: z.boolean(), force: z.boolean() }), ringBack: z.number().int(), colours: z.object({ yellow: z.number(), red: z.number() }) }),
})
export const seatDetail = describeRoute({
  id: 'telephonySeat', method: 'GET', path: '/api/telephony/monitor/seats/:userId', summary: '座席当前情况', audience: 'staff', access: watch, params: z.object({ userId: id }),
  response: z.object({ seat, states: z.array(z.object({ at: instant, state: z.string(), stateName: z.string(), reason: z.string().nullable(), cause: z.string(), actorName: z.string() })), calls: z.array(z.object({ id, startedAt: instant, directionName: z.string(), phone: z.string().nullable(), talkMs: z.number().int().nullable(), endCauseName: z.string().nullable(), recordingId: id.nullable() })), interventions: z.array(z.object({ at: instant, kindName: z.string(), actorName: z.string(), reason: z.string() })) }),
})
/** 监听 耳语 插话 强插 接管 强拆: on a running call of somebody else. */
export const intervene = describeRoute({ id: 'intervene', method: 'POST', path: '/api/telephony/calls/:id/interventions', summary: '通话介入', audience: 'staff', audit: false, access: { anyOf: ['telephony.listen', 'telephony.barge', 'telephony.force'] }, params: z.object({ id }), body: z.object({ kind: z.enum(['listen', 'whisper', 'bargeIn', 'forceIn', 'takeOver', 'forceOut', 'stopIntervention']), reason }), response: z.object({ done: z.boolean() }) })
export const manageSeat = describeRoute({ id: 'manageSeat', method: 'POST', path: '/api/telephony/monitor/seats/:userId/acts', summary: '强制置忙、强制签出', audience: 'staff', audit: false, access: { permission: 'telephony.force' }, params: z.object({ userId: id }), body: z.object({ kind: z.enum(['forceBusy', 'releaseForced', 'forceSignOut']), reason, standbyId: id.optional(), lock: z.boolean().default(false) }), response: z.object({ done: z.boolean() }) })
export const sendNotice = describeRoute({ id: 'sendTeamNotice', method: 'POST', path: '/api/telephony/notices', summary: '发布班组公告', audience: 'staff', access: watch, body: z.object({ text: z.string().trim().min(1, '请填写公告内容').max(500), minutes: z.number().int().min(1).max(1440).default(60), unitId: id.optional(), queueId: id.optional() }), response: z.object({ id, addressed: z.number().int() }) })
export const listNotices = describeRoute({ id: 'listTeamNotices', method: 'GET', path: '/api/telephony/notices', summary: '班组公告记录', audience: 'staff', access: watch, response: z.object({ items: z.array(z.object({ id, text: z.string(), toName: z.string(), addressed: z.number().int(), at: instant, untilAt: instant, byName: z.string(), reads: z.array(z.object({ name: z.string(), at: instant })) })) }) })

export const wallboard = describeRoute({
  id: 'wallboard', method: 'GET', path: '/api/telephony/wallboard', summary: '话务大屏指标', audience: 'staff', access: { anyOf: ['telephony.monitor', 'telephony.desk'] },
  response: z.object({
    at: instant, exchange: z.enum(['up', 'down']), serviceLevel: z.object({ seconds: z.number(), share: z.number(), now: z.number().nullable() }), today: z.object({ arrived: z.number().int(), answered: z.number().int(), abandoned: z.number().int(), inIvr: z.number().int(), outbound: z.number().int(), withinLevel: z.number().int(), averageWaitMs: z.number().int().nullable(), longestWaitMs: z.number().int().nullable(), averageTalkMs: z.number().int().nullable(), rating: z.number().nullable() }),
    waiting: z.number().int(), longestMs: z.number().int(), tone: z.enum(['green', 'yellow', 'red']), seats: z.object({ ready: z.number().int(), talking: z.number().int(), busy: z.number().int(), total: z.number().int() }), queues: z.array(queueNow), hours: z.array(z.object({ hour: z.number().int(), arrived: z.number().int(), answered: z.number().int() })),
  }),
})
