// A citizen's own orders: list, progress, acts; enquiry by number and code. Public words only.
import { z } from 'zod'
import { boundedCount, id, instant, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = z.string().nullable()
const at = instant.nullable()
const state = z.enum(['accepted', 'handling', 'done', 'withdrawn'])
const number = z.string().trim().min(6).max(40)

const act = z.object({ act: z.enum(['supplement', 'urge', 'withdraw', 'rate']), label: z.string(), enabled: z.boolean(), reason: z.string().optional(), until: instant.optional() })
const line = z.object({ number: z.string(), title: z.string(), state, stateName: z.string(), appealTypeName: z.string(), registeredAt: instant, unitName: text, promisedAt: at, closedAt: at, again: z.boolean(), rateUntil: at, rated: z.boolean() })
const file = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })
const rating = z.object({ stars: z.number().int(), satisfied: z.enum(['yes', 'no']), solved: z.enum(['yes', 'partly', 'no']), reasons: z.array(z.string()), text, at: instant, reopened: z.boolean() })

export const publicOrderView = line.extend({
  enquiryCode: z.string(), content: z.string(), matterName: text, place: text, callbackManner: z.string(), confidential: z.boolean(), channelName: z.string(),
  /** The four public states as a line; `at` where it was reached. */
  steps: z.array(z.object({ state, name: z.string(), text: z.string(), at, done: z.boolean(), current: z.boolean() })),
  reply: text, withdrawReason: text,
  reports: z.array(z.object({ at: instant, unitName: text, text: z.string() })),
  paused: z.object({ since: instant, reason: z.string(), until: instant, promisedAt: at }).nullable(), tracking: z.object({ everyDays: z.number().int(), nextAt: instant, plannedAt: instant, reports: z.number().int() }).nullable(),
  notes: z.array(z.object({ at: instant, text: z.string(), unitName: text })),
  supplements: z.array(z.object({ at: instant, content: z.string(), own: z.boolean(), files: z.array(file) })),
  citations: z.array(z.object({ itemId: id, version: z.number().int(), citation: z.string() })), files: z.array(file), replyFiles: z.array(file), urges: z.number().int(), rating: rating.nullable(), acts: z.array(act),
})
export type PublicOrderView = z.output<typeof publicOrderView>
export type OwnLine = z.output<typeof line>

const signedIn = { audience: 'public', access: 'signedIn' } as const
const one = z.object({ number })

export const listOwnOrders = describeRoute({
  ...signedIn, id: 'listOwnOrders', method: 'GET', path: '/api/public/orders', summary: '我的诉求', query: pageQuery.extend({ state: z.enum(['open', 'done', 'all']).default('all') }),
  response: z.object({ items: z.array(line), next: z.string().nullable(), count: boundedCount }),
})
export const getOwnOrder = describeRoute({ ...signedIn, id: 'getOwnOrder', method: 'GET', path: '/api/public/orders/:number', summary: '诉求进度', params: one, response: publicOrderView })

const ownAct = { ...signedIn, method: 'POST', params: one, response: publicOrderView, limit: 30 } as const
const words = (max: number) => z.string().trim().min(1, '请填写内容').max(max)
const files = z.array(id).max(20).default([])

export const supplementOwn = describeRoute({ ...ownAct, id: 'supplementOwnOrder', path: '/api/public/orders/:number/supplements', summary: '补充', body: z.strictObject({ content: words(1000), fileIds: files }) })
export const urgeOwn = describeRoute({ ...ownAct, id: 'urgeOwnOrder', path: '/api/public/orders/:number/urges', summary: '催办', body: z.strictObject({ content: z.string().trim().max(500).default('') }) })
export const withdrawOwn = describeRoute({ ...ownAct, id: 'withdrawOwnOrder', path: '/api/public/orders/:number/withdraw', summary: '撤回', body: z.strictObject({ reason: words(200) }) })
export const rateOwn = describeRoute({
  ...ownAct, id: 'rateOwnOrder', path: '/api/public/orders/:number/rating', summary: '评价',
  body: z.strictObject({
    stars: z.number().int().min(1).max(5), satisfied: z.enum(['yes', 'no']), solved: z.enum(['yes', 'partly', 'no']), reasons: z.array(z.string().max(30)).max(3, '最多选 3 个原因').default([]), text: z.string().trim().max(500).default(''),
  }),
})

export const queryByCode = describeRoute({
  id: 'queryByCode', method: 'POST', path: '/api/public/query', summary: '查询码查询', audience: 'public', access: 'everybody', secret: true, audit: false, limit: 30,
  body: z.strictObject({ number: number, code: z.string().trim().min(4, '请填写查询码').max(20) }),
  response: z.object({ number: z.string(), title: z.string(), state, stateName: z.string(), registeredAt: instant, closedAt: at, unitName: text, reply: text, steps: publicOrderView.shape.steps }),
})
