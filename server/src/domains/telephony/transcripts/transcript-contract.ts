// What was said in a call, with the points that were marked in it.
import { z } from 'zod'
import { empty, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'telephony.recordings' } as const
const one = z.object({ id })
const point = z.object({ id, atMs: z.number().int(), text: z.string(), byName: z.string(), at: instant, mine: z.boolean() })

const utterance = z.object({ id, speaker: z.enum(['citizen', 'agent']), startMs: z.number().int(), endMs: z.number().int(), text: z.string(), confidence: z.number(), hits: z.array(z.string()) })

export const showTranscript = describeRoute({
  id: 'showTranscript', method: 'GET', path: '/api/telephony/recordings/:id/transcript', summary: '通话转写', audience: 'staff', access: read, params: one,
  response: z.object({
    /** Whether the site has speech recognition. */
    recognition: z.boolean(),
    /** Times in ms from the beginning of this recording; `hits`: words of the list that stand in the text. */
    utterances: z.array(utterance),
    points: z.array(point),
  }),
})
export const transcribe = describeRoute({ id: 'transcribeRecording', method: 'POST', path: '/api/telephony/recordings/:id/transcript', summary: '重新转写', audience: 'staff', access: read, params: one, body: z.object({}), response: empty })
export const addKeyPoint = describeRoute({ id: 'addKeyPoint', method: 'POST', path: '/api/telephony/recordings/:id/key-points', summary: '标记通话要点', audience: 'staff', access: read, params: one, body: z.object({ atMs: z.number().int().min(0).max(86_400_000), text: z.string().trim().min(1, '请填写要点').max(60) }), response: point })
export const dropKeyPoint = describeRoute({ id: 'dropKeyPoint', method: 'DELETE', path: '/api/telephony/recordings/:id/key-points/:pointId', summary: '删除通话要点', audience: 'staff', access: read, params: z.object({ id, pointId: id }), response: empty })
/** The whole call at its desk, also while it is talked and after a transfer; times on the call's time line. */
export const callTranscript = describeRoute({
  id: 'callTranscript', method: 'GET', path: '/api/telephony/calls/:id/transcript', summary: '通话实时转写', audience: 'staff', access: { permission: 'telephony.desk' }, params: one,
  response: z.object({
    recognition: z.boolean(), ended: z.boolean(), startedAt: instant, utterances: z.array(utterance), points: z.array(point),
    /** Segments; marks are set in one of them. */
    recordings: z.array(z.object({ id, offsetMs: z.number().int(), ms: z.number().int().nullable(), stored: z.boolean() })),
  }),
})
