// Voice files and prompts as routes (TEL-07).
import { z } from 'zod'
import { empty, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { permission: 'telephony.prompts' } as const
const one = z.object({ id })
export const applications = ['flow', 'queue', 'announcement', 'music', 'robot'] as const
const application = z.enum(applications)

export const segment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), voiceFileId: id }),
  z.object({ kind: z.literal('text'), text: z.string().trim().min(1, '请填写播报内容').max(2000) }),
  /** A sound that comes with the exchange. */
  z.object({ kind: z.literal('shipped'), name: z.string().regex(/^[a-z0-9/_-]{1,80}$/), text: z.string().max(200).default('') }),
  z.object({ kind: z.literal('pause'), ms: z.number().int().min(20).max(10_000) }),
])
export type Segment = z.output<typeof segment>

const fileRow = z.object({ id, name: z.string(), application, ms: z.number().int(), sourceRate: z.number().int(), uploadedAt: instant, uploadedByName: z.string(), usedBy: z.array(z.string()) })
export const listVoiceFiles = describeRoute({ id: 'listVoiceFiles', method: 'GET', path: '/api/telephony/voice-files', summary: '语音文件', audience: 'staff', access: manage, query: z.object({ application: application.optional() }), response: z.object({ items: z.array(fileRow) }) })
/** `fileId`: an attachment that the same person has just uploaded. */
export const addVoiceFile = describeRoute({ id: 'addVoiceFile', method: 'POST', path: '/api/telephony/voice-files', summary: '登记语音文件', audience: 'staff', access: manage, body: z.object({ fileId: id, name: z.string().trim().min(1, '请填写名称').max(60), application }), response: fileRow })
export const removeVoiceFile = describeRoute({ id: 'removeVoiceFile', method: 'DELETE', path: '/api/telephony/voice-files/:id', summary: '删除语音文件', audience: 'staff', access: manage, params: one, response: empty })
export const playVoiceFile = describeRoute({ id: 'playVoiceFile', method: 'GET', path: '/api/telephony/voice-files/:id/content', summary: '试听语音文件', audience: 'staff', access: { anyOf: ['telephony.prompts', 'telephony.flows', 'telephony.queues'] }, raw: 'download', params: one, response: empty })

const version = z.object({ number: z.number().int(), segments: z.array(segment), state: z.enum(['draft', 'released', 'old']), savedAt: instant, savedByName: z.string(), releasedAt: instant.nullable() })
export const promptView = z.object({
  id, code: z.string(), name: z.string(), application, language: z.string(), speed: z.enum(['normal', 'slow']), released: z.number().int(), version: z.number().int(), updatedAt: instant, changedByName: z.string(),
  /** What is being edited, and what plays. */
  draft: version.nullable(), playing: version.nullable(), usedBy: z.array(z.string()),
})
export const listPrompts = describeRoute({ id: 'listPrompts', method: 'GET', path: '/api/telephony/prompts', summary: '播报语音', audience: 'staff', access: { anyOf: ['telephony.prompts', 'telephony.flows', 'telephony.queues'] }, response: z.object({ items: z.array(promptView) }) })
const shape = { name: z.string().trim().min(1, '请填写名称').max(60), language: z.string().max(12).default('zh'), speed: z.enum(['normal', 'slow']).default('normal'), segments: z.array(segment).max(40) }
export const addPrompt = describeRoute({ id: 'addPrompt', method: 'POST', path: '/api/telephony/prompts', summary: '新增播报语音', audience: 'staff', access: manage, body: z.object({ ...shape, code: z.string().trim().regex(/^[A-Za-z0-9_-]{1,30}$/, '只能用字母、数字、横线'), application }), response: promptView })
export const savePrompt = describeRoute({ id: 'savePrompt', method: 'PUT', path: '/api/telephony/prompts/:id', summary: '保存播报语音草稿', audience: 'staff', access: manage, params: one, body: z.object({ ...shape, version: z.number().int() }), response: promptView })
export const releasePrompt = describeRoute({ id: 'releasePrompt', method: 'POST', path: '/api/telephony/prompts/:id/release', summary: '发布播报语音', audience: 'staff', access: manage, params: one, body: z.object({}), response: promptView })
export const removePrompt = describeRoute({ id: 'removePrompt', method: 'DELETE', path: '/api/telephony/prompts/:id', summary: '删除播报语音', audience: 'staff', access: manage, params: one, response: empty })
