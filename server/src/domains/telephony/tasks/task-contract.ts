// Dial tasks as routes (TEL-46).
import { z } from 'zod'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { businesses, taskStates } from './dial-task.ts'

const work = { permission: 'telephony.dial' } as const
const manage = { permission: 'telephony.dialTasks' } as const
const one = z.object({ id })
const business = z.enum(businesses)
const phone = z.string().trim().min(1, '请填写号码').max(30)

export const taskRow = z.object({
  id, business, businessName: z.string(), title: z.string(), personName: z.string().nullable(), phone: z.string(), orderId: id.nullable(), orderNumber: z.string().nullable(), priority: z.number().int(), dueAt: instant, state: z.enum(taskStates), stateName: z.string(), reason: z.string().nullable(), agentName: z.string().nullable(), mine: z.boolean(),
  attempts: z.array(z.object({ at: instant, agentName: z.string(), callId: id, result: z.string().nullable(), resultName: z.string() })), maxAttempts: z.number().int(), createdAt: instant, createdByName: z.string(), version: z.number().int(), mayDial: z.boolean(), dialReason: z.string().nullable(),
})
export const listDialTasks = describeRoute({ id: 'listDialTasks', method: 'GET', path: '/api/telephony/dial-tasks', summary: '外呼任务', audience: 'staff', access: { anyOf: ['telephony.dial', 'telephony.dialTasks'] }, query: pageQuery.extend({ state: listOf(z.enum(taskStates)).optional(), business: business.optional(), mine: flag.optional(), q: z.string().trim().max(40).optional() }), response: pageOf(taskRow) })
export const showDialTask = describeRoute({ id: 'showDialTask', method: 'GET', path: '/api/telephony/dial-tasks/:id', summary: '外呼任务详情', audience: 'staff', access: { anyOf: ['telephony.dial', 'telephony.dialTasks'] }, params: one, response: taskRow })
/** Null with the reason where nothing is to be dialled. */
export const nextDialTask = describeRoute({ id: 'nextDialTask', method: 'POST', path: '/api/telephony/dial-tasks/next', summary: '领取下一个外呼任务', audience: 'staff', access: work, audit: false, body: z.object({ business: business.optional() }), response: z.object({ task: taskRow.nullable(), reason: z.string().nullable() }) })
export const dialTask = describeRoute({ id: 'dialTask', method: 'POST', path: '/api/telephony/dial-tasks/:id/dial', summary: '拨打外呼任务', audience: 'staff', access: work, params: one, body: z.object({}), response: z.object({ task: taskRow, callId: id.nullable(), shown: z.string() }) })
export const releaseDialTask = describeRoute({ id: 'releaseDialTask', method: 'POST', path: '/api/telephony/dial-tasks/:id/release', summary: '放回外呼任务', audience: 'staff', access: work, audit: false, params: one, body: z.object({}), response: taskRow })
/** Whoever answered is not the person: the order is checked, and a corrected number is dialled anew. */
export const wrongNumber = describeRoute({ id: 'wrongDialNumber', method: 'POST', path: '/api/telephony/dial-tasks/:id/wrong-number', summary: '外呼号码有误', audience: 'staff', access: work, secret: true, params: one, body: z.object({ corrected: phone.optional(), note: z.string().trim().max(200).optional() }), response: taskRow })
export const placeDialTasks = describeRoute({
  id: 'placeDialTasks', method: 'POST', path: '/api/telephony/dial-tasks', summary: '新增外呼任务', audience: 'staff', access: manage, secret: true,
  body: z.object({ business, title: z.string().trim().min(1, '请填写事由').max(100), priority: z.number().int().min(1).max(9).default(5), rows: z.array(z.object({ phone, name: z.string().trim().max(40).optional() })).min(1, '请填写号码').max(1000) }),
  response: z.object({ placed: z.number().int(), skipped: z.array(z.object({ row: z.number().int(), phone: z.string(), reason: z.string() })) }),
})
export const changeDialTask = describeRoute({ id: 'changeDialTask', method: 'PATCH', path: '/api/telephony/dial-tasks/:id', summary: '调整外呼任务', audience: 'staff', access: manage, params: one, body: z.object({ version: z.number().int(), priority: z.number().int().min(1).max(9).optional(), cancel: z.string().trim().min(1, '请填写原因').max(200).optional() }), response: taskRow })
export const dialRates = describeRoute({ id: 'dialRates', method: 'GET', path: '/api/telephony/dial-rates', summary: '外呼分时接通率', audience: 'staff', access: manage, query: z.object({ days: z.coerce.number().int().min(1).max(90).default(7) }), response: z.object({ items: z.array(z.object({ hour: z.number().int(), dialled: z.number().int(), connected: z.number().int(), rate: z.number() })), windows: z.array(z.object({ from: z.string(), to: z.string() })) }) })
