import { z } from 'zod'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'ai.read' }, tag: 'ai' } as const
const scene = z.enum(['input', 'answer', 'reply'])
const safetyClass = z.enum(['sovereignty', 'leaders', 'politics', 'pornography', 'gambling', 'drugs', 'violence', 'privacy', 'hotEvent', 'other'])
const decision = z.enum(['pass', 'mask', 'block', 'review'])
const verdict = z.enum(['right', 'wrong'])
const hit = z.object({ id, at: instant, scene, sceneName: z.string(), class: safetyClass, className: z.string(), decision, decisionName: z.string(), words: z.array(z.string()), excerpt: z.string(), why: z.string(), orderNumber: z.string().nullable(), verdict: verdict.nullable(), verdictByName: z.string().nullable(), byName: z.string() })

export const listSafetyHits = describeRoute({ ...read, id: 'listSafetyHits', method: 'GET', path: '/api/ai/safety', summary: '内容安全命中', query: pageQuery.extend({ scene: scene.optional(), class: safetyClass.optional(), decision: decision.optional(), unjudged: flag.optional() }), response: pageOf(hit) })
export const safetyFigures = describeRoute({ ...read, id: 'safetyFigures', method: 'GET', path: '/api/ai/safety/figures', summary: '内容安全统计', response: z.object({ items: z.array(z.object({ class: safetyClass, className: z.string(), n: z.number().int(), blocked: z.number().int(), right: z.number().int(), wrong: z.number().int() })) }) })
export const judgeSafetyHit = describeRoute({ ...read, access: { permission: 'ai.manage' }, id: 'judgeSafetyHit', method: 'PUT', path: '/api/ai/safety/:id', summary: '判定内容安全命中', params: z.object({ id }), body: z.strictObject({ verdict }), response: z.object({ verdict }) })
export const trySafety = describeRoute({ ...read, id: 'trySafety', method: 'POST', path: '/api/ai/safety/try', summary: '试查一段文字', audit: false, body: z.strictObject({ scene, text: z.string().trim().min(1, '必填').max(5000) }), response: z.object({ decision, decisionName: z.string(), text: z.string(), say: z.string().nullable(), hits: z.array(z.object({ class: safetyClass, className: z.string(), word: z.string(), why: z.string(), decisionName: z.string() })) }) })
