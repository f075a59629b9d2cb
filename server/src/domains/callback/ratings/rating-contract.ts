// Ratings of calls, conversations and orders together, and what follows from bad ones (CBK-13, CBK-14).
import { z } from 'zod'
import { flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'callback.read' } } as const
const text = (max: number) => z.string().trim().max(max)
export const ratedObjects = ['call', 'chat', 'order'] as const
export const answerWays = ['call', 'sms', 'chat', 'other'] as const
export const careStates = ['none', 'open', 'done'] as const

export const ratingRow = z.object({
  id, object: z.enum(ratedObjects), objectName: z.string(), at: instant, stars: z.number().int(), text: z.string().nullable(), agentName: z.string().nullable(), unitName: z.string().nullable(), number: z.string().nullable(), phoneMask: z.string().nullable(), service: z.string(),
  care: z.object({ id, state: z.enum(['open', 'done']), stateName: z.string(), opinion: z.string().nullable(), answer: z.string().nullable(), answerWayName: z.string().nullable(), doneAt: instant.nullable(), doneByName: z.string().nullable(), mayAnswer: z.boolean() }).nullable(),
})
const period = { from: localDate, to: localDate }
export const listRatings = describeRoute({
  ...read, id: 'listServiceRatings', method: 'GET', path: '/api/callback/ratings', summary: '评价列表',
  query: pageQuery.extend({ ...period, object: z.enum(ratedObjects).optional(), stars: listOf(z.enum(['1', '2', '3', '4', '5'])).optional(), care: z.enum(careStates).optional(), agent: text(60).optional(), number: text(40).optional(), bad: flag.optional(), service: text(100).optional(), word: text(20).optional() }), response: pageOf(ratingRow),
})
export const ratingSummary = describeRoute({
  ...read, id: 'serviceRatingSummary', method: 'GET', path: '/api/callback/ratings/summary', summary: '评价统计', query: z.object({ ...period, object: z.enum(ratedObjects).optional() }),
  response: z.object({
    total: z.number().int(), average: z.string().nullable(), open: z.number().int(), done: z.number().int(), bad: z.number().int(), badStars: z.number().int(), distribution: z.array(z.object({ stars: z.number().int(), count: z.number().int() })),
    objects: z.array(z.object({ object: z.enum(ratedObjects), name: z.string(), count: z.number().int(), average: z.string().nullable() })), days: z.array(z.object({ day: z.string(), count: z.number().int(), average: z.string().nullable() })),
    /** By what was asked about: the queue of a call, the subject of a conversation, the channel of an order. */
    services: z.array(z.object({ object: z.enum(ratedObjects), service: z.string(), name: z.string(), count: z.number().int(), average: z.string().nullable(), bad: z.number().int() })),
    /** Words of what was written, by the number of ratings they stand in; of the latest two thousand. */
    words: z.array(z.object({ word: z.string(), count: z.number().int(), bad: z.number().int() })),
    agents: z.array(z.object({ agentName: z.string(), count: z.number().int(), average: z.string().nullable(), bad: z.number().int(), /** One to five stars. */ spread: z.array(z.number().int()) })),
  }),
})
export const answerRating = describeRoute({
  id: 'answerServiceRating', method: 'POST', path: '/api/callback/ratings/:id/answer', summary: '办结评价处理', audience: 'staff', access: { permission: 'callback.complete' }, params: z.object({ id }),
  body: z.object({ opinion: text(1000).default(''), answer: text(1000).default(''), way: z.enum(answerWays) }), response: z.object({ id, state: z.string() }),
})
const surveySwitches = z.object({ items: z.array(z.object({ agentId: id, agentName: z.string(), on: z.boolean(), reason: z.string(), byName: z.string().nullable(), at: instant.nullable() })) })
export const listSurveySwitches = describeRoute({ ...read, id: 'listSurveySwitches', method: 'GET', path: '/api/callback/survey-switches', summary: '通话后评价开关', response: surveySwitches })
export const setSurveySwitch = describeRoute({ id: 'setSurveySwitch', method: 'PUT', path: '/api/callback/survey-switches/:id', summary: '开关座席的通话后评价', audience: 'staff', access: { permission: 'callback.assign' }, params: z.object({ id }), body: z.object({ on: z.boolean(), reason: text(200).default('') }), response: surveySwitches })
