// What the centre publishes (INT-20): introduction, notices, cases, results, hot topics; written, reviewed by another person, published, scheduled, withdrawn.
import { z } from 'zod'
import { boundedCount, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const at = instant.nullable()
export const publicationKinds = ['notice', 'hot', 'case', 'result', 'intro', 'faq'] as const
const states = ['draft', 'review', 'approved', 'published', 'withdrawn'] as const
const file = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })

const fields = {
  kind: z.enum(publicationKinds), title: text(80).min(1, '请填写标题'), summary: text(200).default(''), body: text(20_000).min(1, '请填写正文'), pinned: z.boolean().default(false), announce: z.boolean().default(false),
  publishAt: instant.nullable().default(null), expiresAt: instant.nullable().default(null), orderId: id.nullable().default(null), category: text(40).default(''), matterId: id.nullable().default(null), addFileIds: z.array(id).max(10).default([]),
}
const act = z.object({ act: z.enum(['edit', 'submit', 'approve', 'sendBack', 'publish', 'withdraw']), label: z.string(), enabled: z.boolean(), reason: z.string().optional() })
const line = z.object({
  id, kind: z.enum(publicationKinds), kindName: z.string(), title: z.string(), state: z.enum(states), stateName: z.string(), pinned: z.boolean(), authorName: z.string(), reviewerName: z.string().nullable(), publishAt: at, publishedAt: at, expiresAt: at, reads: z.number().int(), pushedAt: at, updatedAt: instant,
})
const whole = line.extend({
  summary: z.string(), body: z.string(), announce: z.boolean(), orderId: z.string().nullable(), orderNumber: z.string().nullable(), category: z.string(), matterId: z.string().nullable(), opinion: z.string().nullable(), withdrawReason: z.string().nullable(), files: z.array(file), personalData: z.array(z.string()), acts: z.array(act), version: z.number().int(),
})
export type PublicationView = z.output<typeof whole>

const staff = { audience: 'staff', access: { permission: 'intake.publish' } } as const
const one = z.object({ id })
const version = { version: z.number().int() }
export const listPublications = describeRoute({ ...staff, id: 'listPublications', method: 'GET', path: '/api/publications', summary: '公众内容', query: pageQuery.extend({ kind: z.enum(publicationKinds).optional(), state: z.enum(states).optional(), sort: z.enum(['newest', 'reads']).default('newest') }), response: pageOf(line) })
export const getPublication = describeRoute({ ...staff, id: 'getPublication', method: 'GET', path: '/api/publications/:id', summary: '公众内容', params: one, response: whole })
export const addPublication = describeRoute({ ...staff, id: 'addPublication', method: 'POST', path: '/api/publications', summary: '新增公众内容', body: z.strictObject(fields), response: whole })
export const changePublication = describeRoute({ ...staff, id: 'changePublication', method: 'PATCH', path: '/api/publications/:id', summary: '修改公众内容', params: one, body: z.strictObject({ ...fields, ...version }), response: whole })
const step = { ...staff, method: 'POST', params: one, response: whole } as const
export const submitPublication = describeRoute({ ...step, id: 'submitPublication', path: '/api/publications/:id/submit', summary: '送审', body: z.strictObject(version) })
export const reviewPublication = describeRoute({
  ...step, id: 'reviewPublication', path: '/api/publications/:id/review', summary: '审核公众内容', access: { permission: 'intake.publishReview' },
  body: z.strictObject({ outcome: z.enum(['approve', 'sendBack']), opinion: text(500).default(''), checked: z.boolean().default(false).describe('The reviewer has looked for personal data that no rule finds'), ...version }),
})
export const withdrawPublication = describeRoute({ ...step, id: 'withdrawPublication', path: '/api/publications/:id/withdraw', summary: '撤回公众内容', body: z.strictObject({ reason: text(200).min(1, '请填写原因'), ...version }) })
export const redactText = describeRoute({ ...staff, id: 'redactText', method: 'POST', path: '/api/publications/redact', summary: '去除个人信息', audit: false, body: z.strictObject({ text: text(20_000) }), response: z.object({ text: z.string(), found: z.array(z.string()) }) })
export const draftFromOrder = describeRoute({ ...staff, id: 'publicationFromOrder', method: 'POST', path: '/api/publications/from-order', summary: '由工单起草案例', body: z.strictObject({ number: text(40).min(6), kind: z.enum(['case', 'result']) }), response: z.object({ title: z.string(), body: z.string(), orderId: id }) })

export const draftBatch = describeRoute({
  ...staff, id: 'draftBatchOfResults', method: 'POST', path: '/api/publications/batch', summary: '按批生成办理结果',
  body: z.strictObject({ title: text(80).min(1, '请填写标题'), from: instant, until: instant, appealType: text(30).optional(), matterId: id.optional(), areaCode: text(12).optional(), limit: z.number().int().min(1).max(50).default(30) }).refine((b) => b.from < b.until, { path: ['until'], message: '结束须晚于开始' }),
  response: z.object({ id, taken: z.int(), left: z.int().describe('Found, but beyond the length of one publication') }),
})
export const pushPublications = describeRoute({ ...staff, id: 'pushPublications', method: 'POST', path: '/api/publications/push', summary: '推送到公众号', body: z.strictObject({ ids: z.array(id).min(1, '请选择内容').max(8, '一次最多推送 8 条') }), response: z.object({ bound: z.int() }) })

const open = { audience: 'public', access: 'everybody', limit: 240 } as const
const publicLine = z.object({ id, kind: z.enum(publicationKinds), kindName: z.string(), title: z.string(), summary: z.string(), pinned: z.boolean(), publishedAt: instant, kept: z.boolean() })
export const publicPublications = describeRoute({ ...open, id: 'publicPublications', method: 'GET', path: '/api/public/publications', summary: '公告、案例与热点', query: pageQuery.extend({ kind: z.enum(publicationKinds).optional(), kept: z.enum(['true']).optional() }), response: z.object({ items: z.array(publicLine), next: z.string().nullable(), count: boundedCount }) })
export const publicPublication = describeRoute({ ...open, id: 'publicPublication', method: 'GET', path: '/api/public/publications/:id', summary: '公告内容', params: one, writes: true, audit: false, response: publicLine.extend({ body: z.string(), files: z.array(file) }) })
export const keepPublication = describeRoute({ id: 'keepPublication', method: 'PUT', path: '/api/public/favourites/:id', summary: '收藏', audience: 'public', access: 'signedIn', audit: false, params: one, body: z.strictObject({ on: z.boolean() }), response: z.object({ kept: z.boolean() }) })
