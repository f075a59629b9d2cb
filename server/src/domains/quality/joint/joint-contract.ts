// Joint review of a disputed result over HTTP (QUA-09).
import { z } from 'zod'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => text(max).min(1)
const one = z.object({ id })
const anybody = { permission: 'quality.read' } as const
const member = z.object({ userId: id, name: z.string(), role: z.enum(['leader', 'expert']), roleName: z.string(), voice: z.enum(['confirm', 'object']).nullable(), voiceName: z.string(), opinion: z.string().nullable(), at: instant.nullable(), mine: z.boolean() })
export const joint = z.object({
  id, taskId: id, label: z.string(), agentName: z.string().nullable(), state: z.enum(['open', 'agreed', 'ended']), stateName: z.string(), round: z.int(), points: z.int(), oldPoints: z.int().nullable(), reason: z.string(), openedByName: z.string(), at: instant, endedAt: instant.nullable(), endReason: z.string().nullable(),
  members: z.array(member), confirmed: z.int(), mayVoice: z.boolean(), mayLead: z.boolean(),
})
const points = z.int().min(0).max(1000)
export const openJointRoute = describeRoute({
  id: 'openQualityJoint', method: 'POST', path: '/api/quality/tasks/:id/joint', summary: '发起联合评审', audience: 'staff', access: { anyOf: ['quality.manage', 'quality.review'] }, params: one,
  body: z.object({ points, reason: required(500), leaderId: id, expertIds: z.array(id).min(1, '至少一名专家').max(9) }), response: joint,
})
export const voiceJointRoute = describeRoute({ id: 'voiceQualityJoint', method: 'POST', path: '/api/quality/joints/:id/voice', summary: '联合评审表态', audience: 'staff', access: anybody, params: one, body: z.object({ voice: z.enum(['confirm', 'object']), opinion: text(500).default(''), /** The proposal the person has read. */ round: z.int() }), response: joint })
export const changeJointRoute = describeRoute({ id: 'changeQualityJoint', method: 'POST', path: '/api/quality/joints/:id/proposal', summary: '修改联合评审意见', audience: 'staff', access: anybody, params: one, body: z.object({ points, reason: required(500), round: z.int() }), response: joint })
export const endJointRoute = describeRoute({ id: 'endQualityJoint', method: 'POST', path: '/api/quality/joints/:id/end', summary: '终止联合评审', audience: 'staff', access: anybody, params: one, body: z.object({ reason: required(300) }), response: joint })
export const listJointsRoute = describeRoute({ id: 'listQualityJoints', method: 'GET', path: '/api/quality/joints', summary: '联合评审列表', audience: 'staff', access: anybody, query: pageQuery.extend({ state: z.enum(['open', 'agreed', 'ended']).optional(), taskId: id.optional(), /** Those that wait for my word. */ mine: flag.optional() }), response: pageOf(joint) })
export const jointPeopleRoute = describeRoute({ id: 'qualityJointPeople', method: 'GET', path: '/api/quality/tasks/:id/joint-people', summary: '可参加联合评审的人员', audience: 'staff', access: { anyOf: ['quality.manage', 'quality.review'] }, params: one, response: z.object({ items: z.array(z.object({ id, name: z.string() })) }) })
