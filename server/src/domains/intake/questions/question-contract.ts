// Public questions and encyclopedia (INT-19): the same on portal, app, mini program and official account.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { document, reportKinds } from '../../knowledge/index.ts'
import { captchaAnswer } from '../captcha/captcha-contract.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const open = { audience: 'public', access: 'everybody', limit: 240 } as const
const questionId = z.string().max(100).regex(/^[a-z]+:[\w-]+$/)
const line = z.object({ id: z.string(), title: z.string(), excerpt: z.string(), category: z.string() })
/** A POST with the words, so that what people ask stands in no access log. */
export const findQuestionsRoute = describeRoute({
  ...open, id: 'findQuestions', method: 'POST', path: '/api/public/questions/search', summary: '常见问题与百科', audit: false, secret: true,
  body: z.strictObject({ query: z.string().trim().max(200).default(''), category: z.string().trim().max(40).default(''), limit: z.number().int().min(1).max(50).default(20) }),
  response: z.object({ items: z.array(line), categories: z.array(z.object({ name: z.string(), count: z.number().int() })) }),
})
export const openQuestionRoute = describeRoute({
  ...open, id: 'openQuestion', method: 'GET', path: '/api/public/questions/:id', summary: '问题与答案', params: z.object({ id: questionId }), writes: true, audit: false,
  response: line.extend({
    answer: z.string(), updatedAt: instant, validUntil: instant.nullable(), useful: z.number().int(), useless: z.number().int(), kept: z.boolean(), keepId: id.nullable(),
    /** What an appeal about it would be. */
    matter: z.object({ id, name: z.string() }).nullable(),
    body: z.object({ doc: document, summary: z.string(), fields: z.array(z.object({ label: z.string(), value: z.string() })), basis: z.string(), contact: z.string(), source: z.string(), version: z.number().int(), files: z.array(z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })) }).nullable(), related: z.array(line),
  }),
})
export const voteQuestionRoute = describeRoute({
  id: 'voteQuestion', method: 'PUT', path: '/api/public/questions/:id/vote', summary: '有用或没用', audience: 'public', access: 'everybody', audit: false, secret: true, limit: 30, params: z.object({ id: questionId }),
  body: z.strictObject({ useful: z.boolean(), device: z.string().regex(/^[\w-]{16,80}$/) }), response: z.object({ useful: z.number().int(), useless: z.number().int() }),
})

/** What an interest is stays on the device: it comes with the question and is not kept. */
export const findPoliciesRoute = describeRoute({
  ...open, id: 'findPolicies', method: 'POST', path: '/api/public/policies/search', summary: '政策信息', audit: false, secret: true, body: z.strictObject({ query: z.string().trim().max(200).default(''), interests: z.array(z.string().trim().max(40)).max(20).default([]) }),
  response: z.object({ items: z.array(line.extend({ updatedAt: instant, validUntil: instant.nullable(), likes: z.number().int(), why: z.enum(['group', 'interest', 'hot', 'new']) })), categories: z.array(z.string()), enterprise: z.boolean() }),
})
export const scenesRoute = describeRoute({ ...open, id: 'publicScenes', method: 'GET', path: '/api/public/scenes', summary: '按场景查知识', response: z.object({ items: z.array(z.object({ id, name: z.string(), description: z.string(), scenarios: z.array(z.object({ id, name: z.string(), items: z.array(z.object({ id: z.string(), title: z.string() })) })) })) }) })
const topicHead = z.object({ id, name: z.string(), description: z.string(), style: z.enum(['cards', 'list', 'map']) })
export const topicsRoute = describeRoute({ ...open, id: 'publicTopics', method: 'GET', path: '/api/public/topics', summary: '专题', response: z.object({ items: z.array(topicHead) }) })
/** The same map as on the desk: an item that is down keeps its place and says so. */
export const topicRoute = describeRoute({
  ...open, id: 'publicTopic', method: 'GET', path: '/api/public/topics/:id', summary: '专题导图', params: z.object({ id }),
  response: topicHead.extend({ tree: z.array(z.object({ id, parentId: id.nullable(), name: z.string(), description: z.string(), attributes: z.array(z.object({ label: z.string(), value: z.string() })), body: document, files: z.array(z.object({ id, name: z.string(), size: z.number().int() })), items: z.array(z.object({ id: z.string(), title: z.string(), usable: z.boolean(), why: z.string().nullable() })) })) }),
})
export const reportQuestionRoute = describeRoute({
  id: 'reportQuestion', method: 'POST', path: '/api/public/questions/report', summary: '纠错或补充', audience: 'public', access: 'everybody', secret: true, limit: 10,
  body: z.strictObject({ id: questionId.optional(), kind: z.enum(reportKinds), text: z.string().trim().min(5, '请至少写 5 个字').max(1000), query: z.string().trim().max(100).default(''), captcha: captchaAnswer.optional() }), response: z.object({ number: z.string(), /** Opens the answer on the query page; kept nowhere. */ code: z.string() }),
})
