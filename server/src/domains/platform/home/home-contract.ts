import { z } from 'zod'
import { boundedCount, instant } from '../../../kernel/http/codec.ts'
import { arrangement } from './arrange-home.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const tone = z.enum(['ok', 'near', 'over', 'calm']).optional()
const card = z.object({ id: z.string(), title: z.string(), value: z.number().int(), capped: z.boolean().optional(), tone, link: z.string(), hint: z.string().optional(), hidden: z.boolean() })
const todo = z.object({ id: z.string(), kind: z.string(), title: z.string(), link: z.string(), dueAt: instant.nullable().optional(), nearAt: instant.nullable().optional(), tone, hint: z.string().optional() })

const signedIn = { audience: 'staff', access: 'signedIn', tag: 'home' } as const

export const showHome = describeRoute({
  ...signedIn, id: 'showHome', method: 'GET', path: '/api/home', summary: '首页',
  response: z.object({ cards: z.array(card), todo: z.array(todo), notices: z.array(z.object({ id: z.string(), title: z.string(), at: instant, link: z.string().optional() })), arranged: z.boolean().describe('本人调整过卡片'), unread: boundedCount, asOf: instant }),
})
export const countHome = describeRoute({
  ...signedIn, id: 'countHome', method: 'GET', path: '/api/home/counts', summary: '导航角标',
  response: z.object({ counts: z.record(z.string(), boundedCount.extend({ tone: z.enum(['near', 'over']).optional() })) }),
})
export const arrangeHome = describeRoute({ ...signedIn, id: 'arrangeHome', method: 'PUT', path: '/api/home/arrangement', summary: '调整首页卡片', audit: false, body: arrangement.strict(), response: z.object({}) })
export const resetHome = describeRoute({ ...signedIn, id: 'resetHome', method: 'DELETE', path: '/api/home/arrangement', summary: '恢复默认首页', audit: false, response: z.object({}) })
