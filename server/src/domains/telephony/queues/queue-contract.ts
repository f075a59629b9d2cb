// Queues, their members and skills as routes (TEL-15, TEL-18).
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { opening, overflow, rules, skillNeeds, strategies, weights } from './queue.ts'

const manage = { permission: 'telephony.queues' } as const
const one = z.object({ id })
const word = (max: number) => z.string().trim().min(1, '请填写').max(max)

const shape = z.object({
  code: z.string().trim().regex(/^[A-Za-z0-9_-]{1,30}$/, '只能用字母、数字、横线'),
  name: word(40),
  unitId: id.nullable(),
  /** Business group (scene). */
  service: word(40),
  strategies, ringSeconds: z.number().int().min(5).max(120), capacity: z.number().int().min(0).max(10_000), wrapUpSeconds: z.number().int().min(0).max(1800).nullable(), opening: opening.nullable(), /** Closed on statutory holidays; make-up days count as their weekday's Monday. */ closedOnHolidays: z.boolean(), musicPromptId: id.nullable(), skills: skillNeeds, overflow, rules,
  callbackAfterSeconds: z.number().int().min(0).max(7200).nullable(), tellPositionSeconds: z.number().int().min(0).max(600), sayStaffNumber: z.boolean(), recordNotice: z.boolean(), weights, surveyFlowId: id.nullable(), voicemail: z.boolean(),
})
export const queueView = shape.extend({
  id, unitName: z.string().nullable(), open: z.boolean(), members: z.array(z.object({ userId: id, name: z.string(), tier: z.number().int() })), usedBy: z.array(z.string()), version: z.number().int(), updatedAt: instant, changedByName: z.string(),
})
export const listQueues = describeRoute({ id: 'listQueues', method: 'GET', path: '/api/telephony/queues', summary: '话务队列', audience: 'staff', access: { anyOf: ['telephony.queues', 'telephony.monitor', 'telephony.flows'] }, response: z.object({ items: z.array(queueView) }) })
export const addQueue = describeRoute({ id: 'addQueue', method: 'POST', path: '/api/telephony/queues', summary: '新增队列', audience: 'staff', access: manage, body: shape.partial().required({ code: true, name: true, service: true }), response: queueView })
export const changeQueue = describeRoute({ id: 'changeQueue', method: 'PATCH', path: '/api/telephony/queues/:id', summary: '修改队列', audience: 'staff', access: manage, params: one, body: shape.omit({ code: true }).partial().extend({ version: z.number().int() }), response: queueView })
export const openQueue = describeRoute({ id: 'openQueue', method: 'POST', path: '/api/telephony/queues/:id/open', summary: '启用或停用队列', audience: 'staff', access: manage, params: one, body: z.object({ open: z.boolean() }), response: queueView })
export const setMembers = describeRoute({
  id: 'setQueueMembers', method: 'PUT', path: '/api/telephony/queues/:id/members', summary: '设置队列座席', audience: 'staff', access: manage, params: one,
  body: z.object({ members: z.array(z.object({ userId: id, tier: z.number().int().min(1).max(99).default(1) })).max(4000) }), response: queueView,
})

export const agentSeat = z.object({ userId: id, name: z.string(), staffNo: z.string(), unitName: z.string().nullable(), extension: z.string().nullable(), queueIds: z.array(id), skills: z.array(z.object({ skillId: id, name: z.string(), level: z.number().int() })) })
export const listSeats = describeRoute({ id: 'listSeats', method: 'GET', path: '/api/telephony/seats', summary: '座席及其队列、技能', audience: 'staff', access: { anyOf: ['telephony.queues', 'telephony.lines'] }, response: z.object({ items: z.array(agentSeat) }) })
export const setSkills = describeRoute({
  id: 'setAgentSkills', method: 'PUT', path: '/api/telephony/seats/:userId/skills', summary: '设置座席技能', audience: 'staff', access: manage, params: z.object({ userId: id }),
  body: z.object({ skills: z.array(z.object({ skillId: id, level: z.number().int().min(1).max(5) })).max(200) }), response: agentSeat,
})
const skill = z.object({ id, parentId: id.nullable(), code: z.string(), name: z.string(), path: z.array(z.string()), agents: z.number().int() })
export const listSkills = describeRoute({ id: 'listSkills', method: 'GET', path: '/api/telephony/skills', summary: '座席技能目录', audience: 'staff', access: manage, response: z.object({ items: z.array(skill) }) })
/** Three levels: area, sub-area, topic. */
export const addSkill = describeRoute({ id: 'addSkill', method: 'POST', path: '/api/telephony/skills', summary: '新增技能', audience: 'staff', access: manage, body: z.object({ parentId: id.nullable(), code: z.string().trim().regex(/^[A-Za-z0-9_-]{1,30}$/, '只能用字母、数字、横线'), name: word(40) }), response: skill })
export const removeSkill = describeRoute({ id: 'removeSkill', method: 'DELETE', path: '/api/telephony/skills/:id', summary: '删除技能', audience: 'staff', access: manage, params: one, response: z.object({}) })
