// Voice flows as routes (TEL-08): drafts, check by the exchange, trial, publish, versions.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { permission: 'telephony.flows' } as const
const one = z.object({ id })
const name = z.string().trim().min(1, '请填写名称').max(60)
export const uses = ['inbound', 'survey', 'callback', 'robot'] as const
const use = z.enum(uses)
export const template = z.enum(['hours', 'menu', 'survey', 'notice'])

/** A draft may be unfinished: only its frame is checked here, everything else when it is checked or published. */
export const draft = z.object({ start: z.string().max(64).default(''), person: z.string().max(64).optional(), language: z.string().max(12).optional(), speed: z.number().min(0.5).max(2).optional(), nodes: z.record(z.string().max(64), z.record(z.string(), z.unknown())) })
const finding = z.object({ code: z.string(), severity: z.enum(['error', 'warning']), node: z.string().nullable(), nodeName: z.string().nullable(), field: z.string().nullable(), text: z.string() })

export const flowRow = z.object({ id, code: z.string(), name: z.string(), use, published: z.number().int(), publishedAt: instant.nullable(), publishedByName: z.string().nullable(), draftAt: instant, draftByName: z.string(), changed: z.boolean(), usedBy: z.array(z.string()), version: z.number().int() })
export const listFlows = describeRoute({ id: 'listVoiceFlows', method: 'GET', path: '/api/telephony/flows', summary: '语音流程', audience: 'staff', access: { anyOf: ['telephony.flows', 'telephony.queues', 'telephony.lines'] }, response: z.object({ items: z.array(flowRow) }) })
export const showFlow = describeRoute({
  id: 'showVoiceFlow', method: 'GET', path: '/api/telephony/flows/:id', summary: '语音流程内容', audience: 'staff', access: manage, params: one,
  response: flowRow.extend({ draft, versions: z.array(z.object({ number: z.number().int(), note: z.string().nullable(), publishedAt: instant, publishedByName: z.string() })) }),
})
export const addFlow = describeRoute({ id: 'addVoiceFlow', method: 'POST', path: '/api/telephony/flows', summary: '新增语音流程', audience: 'staff', access: manage, body: z.object({ code: z.string().trim().regex(/^[A-Za-z0-9_-]{1,30}$/, '只能用字母、数字、横线'), name, use, copyOf: id.optional(), draft: draft.optional(), /** Begins with what is usual; `queueId` is where it leads. */ template: template.optional(), queueId: id.optional() }), response: flowRow })
export const saveFlow = describeRoute({ id: 'saveVoiceFlow', method: 'PUT', path: '/api/telephony/flows/:id', summary: '保存语音流程草稿', audience: 'staff', access: manage, audit: false, params: one, body: z.object({ name, draft, version: z.number().int() }), response: flowRow })
export const removeFlow = describeRoute({ id: 'removeVoiceFlow', method: 'DELETE', path: '/api/telephony/flows/:id', summary: '删除语音流程', audience: 'staff', access: manage, params: one, response: z.object({}) })
export const checkFlow = describeRoute({ id: 'checkVoiceFlow', method: 'POST', path: '/api/telephony/flows/:id/check', summary: '检查语音流程', audience: 'staff', access: manage, audit: false, params: one, body: z.object({}), response: z.object({ findings: z.array(finding) }) })
export const publishFlow = describeRoute({ id: 'publishVoiceFlow', method: 'POST', path: '/api/telephony/flows/:id/publish', summary: '发布语音流程', audience: 'staff', access: manage, params: one, body: z.object({ note: z.string().trim().max(200).optional(), version: z.number().int() }), response: flowRow })
export const showVersion = describeRoute({ id: 'showVoiceFlowVersion', method: 'GET', path: '/api/telephony/flows/:id/versions/:number', summary: '语音流程历史版本', audience: 'staff', access: manage, params: z.object({ id, number: z.coerce.number().int().min(1) }), response: z.object({ number: z.number().int(), draft }) })
/** Publishes an earlier version again. */
export const rollBack = describeRoute({ id: 'rollBackVoiceFlow', method: 'POST', path: '/api/telephony/flows/:id/roll-back', summary: '语音流程退回旧版本', audience: 'staff', access: manage, params: one, body: z.object({ number: z.number().int().min(1), version: z.number().int() }), response: flowRow })

export const tryFlow = describeRoute({
  id: 'tryVoiceFlow', method: 'POST', path: '/api/telephony/flows/:id/try', summary: '试运行语音流程', audience: 'staff', access: manage, audit: false, params: one,
  body: z.object({ from: z.string().regex(/^\+?\d{3,15}$/, '号码格式不正确').default('8613800000000'), at: instant.optional(), acts: z.array(z.union([z.object({ key: z.string().max(40) }), z.object({ waitMs: z.number().int().min(0).max(600_000) }), z.object({ hangUp: z.literal(true) })])).max(100) }),
  response: z.object({ steps: z.array(z.object({ atMs: z.number().int(), node: z.string().nullable(), what: z.string(), text: z.string() })) }),
})
