// Joint tasks and the base of linked units as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { files, one, orderAct, orderAnswer, required, text, version } from '../requests/ask-contract.ts'

const kinds = z.enum(['department', 'institution', 'enterprise'])
const rights = z.enum(['view', 'feedback'])

const linkedBody = z.object({ kind: kinds, name: required(60), unitId: id.nullable().default(null), duties: text(500).nullable().default(null), contactName: text(40).nullable().default(null), contactPhone: text(40).nullable().default(null).describe('Masked as it was: unchanged'), rights: rights.default('feedback'), active: z.boolean().default(true) })
const linked = z.object({ id, kind: kinds, name: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), duties: z.string().nullable(), contactName: z.string().nullable(), contactPhone: z.string().nullable(), rights, active: z.boolean(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
export const listLinkedUnitsRoute = describeRoute({ id: 'listLinkedUnits', method: 'GET', path: '/api/linked-units', summary: '联动单位库', audience: 'staff', access: { anyOf: ['orders.manageJoint', 'orders.openJoint'] }, query: z.object({ all: flag.optional(), kind: kinds.optional() }), response: z.object({ items: z.array(linked) }) })
const manage = { audience: 'staff', access: { permission: 'orders.manageJoint' } } as const
export const createLinkedUnitRoute = describeRoute({ ...manage, id: 'createLinkedUnit', method: 'POST', path: '/api/linked-units', summary: '新增联动单位', body: linkedBody, response: linked })
export const changeLinkedUnitRoute = describeRoute({ ...manage, id: 'changeLinkedUnit', method: 'PATCH', path: '/api/linked-units/:id', summary: '修改联动单位', params: one, body: linkedBody.extend({ version: z.number().int() }), response: linked })
export const revealLinkedPhoneRoute = describeRoute({ id: 'revealLinkedPhone', method: 'POST', path: '/api/linked-units/:id/reveal', summary: '查看联动单位联系电话', audience: 'staff', access: { anyOf: ['orders.manageJoint', 'orders.openJoint'] }, params: one, response: z.object({ phone: z.string() }) })

const member = z.object({ linkedId: id.optional(), unitId: id.optional(), duty: required(300), rights: rights.optional().describe('Default: those of the base'), dueAt: instant.optional() })
export const openJointRoute = orderAct('openJoint', 'open-joint', '发起协同任务', 'orders.openJoint', z.object({
  title: required(80), goal: required(1000), way: text(500).optional(), leadUnitId: id, setId: id.optional(), members: z.array(member).min(1).max(20), nodes: z.array(z.object({ name: required(60), dueAt: instant })).max(20).default([]), version,
}))

const act = <B extends z.ZodType>(id: string, path: string, summary: string, access: { permission: string } | { anyOf: string[] }, body: B) =>
  describeRoute({ id, method: 'POST', path: `/api/joint-tasks/:id/${path}`, summary, audience: 'staff', access, params: one, body, response: orderAnswer })
const takingPart = { anyOf: ['orders.handle', 'orders.approve', 'orders.openJoint'] }
export const deliverJointRoute = act('deliverJoint', 'deliver', '提交协同反馈', takingPart, z.object({ memberId: id, text: required(3000), fileIds: files }))
export const jointNodeDoneRoute = act('jointNodeDone', 'node-done', '完成时间节点', takingPart, z.object({ n: z.number().int().min(0).max(19), note: required(500) }))
export const remindJointRoute = act('remindJoint', 'remind', '催促协同单位', takingPart, z.object({ memberIds: z.array(id).max(20).default([]).describe('Empty: all who still owe'), note: required(500) }))
export const concludeJointRoute = act('concludeJoint', 'conclude', '办结协同任务', takingPart, z.object({
  measures: required(2000), compensation: text(1000).optional(), later: text(1000).optional(), plain: required(200).describe('What the requester is told, in plain words'), tell: z.enum(['sms', 'phone', 'none']), missingReason: text(500).optional().describe('Why it is concluded although somebody has not delivered'),
}))
export const endJointRoute = act('endJoint', 'end', '取消协同任务', { permission: 'orders.openJoint' }, z.object({ reason: required(500) }))
const stars = z.number().int().min(1).max(5)
export const rateJointRoute = act('rateJoint', 'rating', '登记诉求人评价', { permission: 'orders.rateJoint' }, z.object({ timeliness: stars, satisfaction: stars, communication: stars, note: text(500).optional() }))

const memberRow = z.object({ id, name: z.string(), unitId: id.nullable(), duty: z.string(), rights, dueAt: instant.nullable(), deliveredAt: instant.nullable(), deliveredByName: z.string().nullable(), deliverable: z.string().nullable(), late: z.boolean(), mine: z.boolean(), mayDeliver: z.boolean() })
export const jointRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), setId: id.nullable(), name: z.string(), goal: z.string(), way: z.string().nullable(), state: z.enum(['open', 'concluded', 'ended']), leadUnitName: z.string(), openedByName: z.string(), openedAt: instant,
  measures: z.string().nullable(), compensation: z.string().nullable(), later: z.string().nullable(), plain: z.string().nullable(), toldBy: z.string().nullable(), endedByName: z.string().nullable(), endedAt: instant.nullable(), endReason: z.string().nullable(),
  rating: z.object({ timeliness: stars, satisfaction: stars, communication: stars, note: z.string().nullable(), at: instant, byName: z.string() }).nullable(),
  members: z.array(memberRow), nodes: z.array(z.object({ n: z.number().int(), name: z.string(), dueAt: instant, doneAt: instant.nullable(), doneByName: z.string().nullable(), note: z.string().nullable(), missed: z.boolean() })),
  late: z.number().int(), mayLead: z.boolean(), mayEnd: z.boolean(), mayRate: z.boolean(),
})
export const listJointsRoute = describeRoute({
  id: 'listJoints', method: 'GET', path: '/api/joint-tasks', summary: '协同任务', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ state: z.enum(['open', 'concluded', 'ended']).optional(), orderId: id.optional(), mine: flag.optional().describe('Only where my unit still owes'), late: flag.optional() }), response: pageOf(jointRow),
})
export const jointCooperationRoute = describeRoute({
  id: 'jointCooperation', method: 'GET', path: '/api/joint-cooperation', summary: '协同配合情况', audience: 'staff', access: { permission: 'orders.openJoint' }, query: z.object({ from: instant.optional(), to: instant.optional() }),
  response: z.object({ items: z.array(z.object({ unitId: id.nullable(), name: z.string(), tasks: z.number().int(), owed: z.number().int(), delivered: z.number().int(), inTime: z.number().int(), rated: z.number().int(), timeliness: z.number().nullable(), satisfaction: z.number().nullable(), communication: z.number().nullable() })) }),
})
