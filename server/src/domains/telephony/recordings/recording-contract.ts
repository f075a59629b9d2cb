// Recordings and messages as routes (TEL-49, TEL-05, TEL-06).
import { z } from 'zod'
import { empty, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'telephony.recordings' } as const
const one = z.object({ id })

const row = z.object({
  id, callId: id, at: instant, kind: z.string(), state: z.string(), stateName: z.string(), reason: z.string().nullable(), ms: z.number().int().nullable(), size: z.number().nullable(), phone: z.string().nullable(), direction: z.string(), directionName: z.string(), agentNames: z.array(z.string()), extension: z.string().nullable(), queueName: z.string().nullable(),
  orders: z.array(z.object({ id, number: z.string(), title: z.string() })), mayPlay: z.boolean(), mayDownload: z.boolean(), accessCount: z.number().int(),
})
export const recordingFilter = z.object({
  /** Caller number or its last four digits, or an order number. */
  q: z.string().trim().max(40).optional(), agentId: id.optional(), extension: z.string().trim().max(8).optional(), from: instant.optional(), to: instant.optional(), state: listOf(z.string().max(20)).optional(), direction: z.enum(['inbound', 'outbound', 'internal']).optional(), kind: z.enum(['call', 'voicemail']).optional(), minSeconds: z.coerce.number().int().min(0).optional(), task: z.string().trim().max(60).optional().describe('Words of the name of the dial task'),
})
export const listRecordings = describeRoute({ id: 'listRecordings', method: 'GET', path: '/api/telephony/recordings', summary: '录音查询', audience: 'staff', access: read, query: pageQuery.extend(recordingFilter.shape), response: pageOf(row) })
/** Loudness of both channels: the caller's left, everyone else's right. */
export const showRecording = describeRoute({ id: 'showRecording', method: 'GET', path: '/api/telephony/recordings/:id', summary: '录音详情与波形', audience: 'staff', access: read, params: one, response: row.extend({ peaks: z.string().nullable(), offsetMs: z.number().int(), accesses: z.array(z.object({ at: instant, userName: z.string(), action: z.string(), actionName: z.string() })) }) })
export const playRecording = describeRoute({ id: 'playRecording', method: 'GET', path: '/api/telephony/recordings/:id/content', summary: '播放录音', audience: 'staff', access: read, raw: 'download', params: one, response: empty })
export const downloadRecording = describeRoute({ id: 'downloadRecording', method: 'GET', path: '/api/telephony/recordings/:id/download', summary: '下载录音', audience: 'staff', access: { permission: 'telephony.download' }, raw: 'download', params: one, response: empty })
export const downloadRecordings = describeRoute({ id: 'downloadRecordings', method: 'POST', path: '/api/telephony/recordings/download', summary: '批量下载录音', audience: 'staff', access: { permission: 'telephony.download' }, raw: 'download', body: z.object({ ids: z.array(id).min(1).max(500) }), response: empty })
export const recordingStorage = describeRoute({
  id: 'recordingStorage', method: 'GET', path: '/api/telephony/recordings/storage', summary: '录音存储', audience: 'staff', access: { anyOf: ['telephony.lines', 'telephony.recordings'] },
  response: z.object({ files: z.number().int(), bytes: z.number(), freeBytes: z.number().nullable(), usedShare: z.number().nullable(), warningShare: z.number(), states: z.array(z.object({ state: z.string(), stateName: z.string(), files: z.number().int() })), months: z.array(z.object({ month: z.string(), files: z.number().int(), bytes: z.number() })), retentionDays: z.number().int() }),
})

const mail = z.object({ id, callId: id, at: instant, queueName: z.string().nullable(), phone: z.string().nullable(), ms: z.number().int().nullable(), recordingId: id, ready: z.boolean(), state: z.enum(['new', 'heard', 'done']), stateName: z.string(), heardByName: z.string().nullable(), doneByName: z.string().nullable(), draftId: id.nullable(), number: z.string().nullable(), version: z.number().int() })
const box = { permission: 'telephony.voicemail' } as const
export const listVoicemail = describeRoute({ id: 'listVoicemail', method: 'GET', path: '/api/telephony/voicemail', summary: '语音留言', audience: 'staff', access: box, query: pageQuery.extend({ state: listOf(z.enum(['new', 'heard', 'done'])).optional() }), response: pageOf(mail) })
export const hearVoicemail = describeRoute({ id: 'hearVoicemail', method: 'GET', path: '/api/telephony/voicemail/:id/content', summary: '听语音留言', audience: 'staff', access: box, raw: 'download', params: one, response: empty })
export const finishVoicemail = describeRoute({ id: 'finishVoicemail', method: 'POST', path: '/api/telephony/voicemail/:id/done', summary: '语音留言处理完毕', audience: 'staff', access: box, params: one, body: z.object({ note: z.string().trim().max(200).optional() }), response: mail })
/** Makes a draft of the message, once; the registration of that draft closes the message. */
export const registerVoicemail = describeRoute({ id: 'registerVoicemail', method: 'POST', path: '/api/telephony/voicemail/:id/draft', summary: '语音留言转登记', audience: 'staff', access: box, params: one, body: z.object({ draftId: id }), response: mail })
