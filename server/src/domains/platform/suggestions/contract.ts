// Suggestions for improvement (PLA-36).
import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

export const suggestionStates = ['draft', 'firstReview', 'secondReview', 'refused', 'planned', 'developing', 'released'] as const
export type SuggestionState = (typeof suggestionStates)[number]
export const languages = ['zh-CN', 'zh-TW', 'en', 'ug', 'bo', 'mn'] as const
const kind = z.enum(['system', 'business'])
const urgency = z.enum(['normal', 'urgent'])
const state = z.enum(suggestionStates)
const signedIn = { audience: 'staff' as const, access: { anyOf: ['platform.suggest', 'platform.reviewSuggestions', 'platform.decideSuggestions'] }, tag: 'suggestions' }
const suggest = { audience: 'staff', access: { permission: 'platform.suggest' }, tag: 'suggestions' } as const
const params = z.object({ id })
const fields = {
  kind, title: z.string().trim().min(2).max(80), content: z.string().trim().min(5).max(5000), effect: z.string().trim().max(1000).default(''), urgency: urgency.default('normal'), language: z.enum(languages).default('zh-CN'), unitId: id.nullable().default(null), fileIds: z.array(id).max(20).default([]),
}
const item = z.object({
  id, tenantName: z.string(), kind, title: z.string(), urgency, language: z.enum(languages), unitName: z.string(), state, reason: z.string().nullable(), by: z.string(), createdAt: instant, submittedAt: instant.nullable(), changedAt: instant, version: z.int(), mine: z.boolean(),
})
const like = z.object({ id, title: z.string(), tenantName: z.string(), state, score: z.number() })

export const listSuggestions = describeRoute({
  ...signedIn, id: 'listSuggestions', method: 'GET', path: '/api/suggestions', summary: '改进意见列表',
  query: pageQuery.extend({ of: z.enum(['adopted', 'mine', 'firstReview', 'secondReview', 'all']).default('adopted'), kind: kind.optional(), state: state.optional(), query: z.string().trim().max(40).optional() }), /** `top`: the reader's tenant decides. */
  response: pageOf(item).extend({ top: z.boolean() }),
})
export const getSuggestion = describeRoute({
  ...signedIn, id: 'getSuggestion', method: 'GET', path: '/api/suggestions/:id', summary: '改进意见', params,
  response: item.extend({
    content: z.string(), effect: z.string(), unitId: id.nullable(), files: z.array(z.object({ id, name: z.string(), size: z.number(), type: z.string() })), history: z.array(z.object({ at: instant, state, text: z.string().nullable(), by: z.string() })), similar: z.array(like),
    acts: z.array(z.enum(['edit', 'submit', 'pass', 'adopt', 'refuse', 'advance'])),
  }),
})
export const similarSuggestions = describeRoute({ ...suggest, id: 'similarSuggestions', method: 'POST', path: '/api/suggestions/similar', summary: '查找相似的改进意见', audit: false, body: z.strictObject({ title: z.string().max(80), content: z.string().max(5000).default(''), except: id.optional() }), response: z.object({ items: z.array(like.extend({ nearCopy: z.boolean() })) }) })
export const createSuggestion = describeRoute({ ...suggest, id: 'createSuggestion', method: 'POST', path: '/api/suggestions', summary: '起草改进意见', body: z.strictObject(fields), response: z.object({ id }) })
export const changeSuggestion = describeRoute({ ...suggest, id: 'changeSuggestion', method: 'PUT', path: '/api/suggestions/:id', summary: '修改改进意见', params, body: z.strictObject({ ...fields, version: z.int() }), response: z.object({ version: z.int() }) })
/** A near-copy is refused once, naming what it resembles; `different` says that the writer has looked at it. */
export const submitSuggestion = describeRoute({ ...suggest, id: 'submitSuggestion', method: 'POST', path: '/api/suggestions/:id/submit', summary: '提交改进意见', params, body: z.strictObject({ version: z.int(), different: z.boolean().default(false) }), response: z.object({ state }) })
const report = z.object({ done: z.int(), failed: z.array(z.object({ id, title: z.string(), reason: z.string() })) })
const ids = z.array(id).min(1).max(200)
const reason = z.string().trim().max(500)
export const reviewSuggestions = describeRoute({ audience: 'staff', access: { permission: 'platform.reviewSuggestions' }, tag: 'suggestions', id: 'reviewSuggestions', method: 'POST', path: '/api/suggestions/review', summary: '初审改进意见', body: z.strictObject({ ids, outcome: z.enum(['pass', 'refuse']), reason: reason.default('') }), response: report })
export const decideSuggestions = describeRoute({ audience: 'staff', access: { permission: 'platform.decideSuggestions' }, tag: 'suggestions', id: 'decideSuggestions', method: 'POST', path: '/api/suggestions/decide', summary: '终审改进意见、更新进展', body: z.strictObject({ ids, outcome: z.enum(['adopt', 'refuse', 'develop', 'release']), reason: reason.default('') }), response: report })
const share = z.object({ key: z.string(), name: z.string(), count: z.int() })
export const suggestionStatistics = describeRoute({
  audience: 'staff', access: { anyOf: ['platform.reviewSuggestions', 'platform.decideSuggestions'] }, tag: 'suggestions', id: 'suggestionStatistics', method: 'GET', path: '/api/suggestions/statistics', summary: '改进意见统计', query: z.object({ from: localDate.optional(), to: localDate.optional(), kind: kind.optional() }),
  response: z.object({ submitted: z.int(), decided: z.int(), adopted: z.int(), kinds: z.array(share), states: z.array(share), words: z.array(share), tenants: z.array(z.object({ name: z.string(), submitted: z.int(), adopted: z.int(), refused: z.int() })) }),
})
