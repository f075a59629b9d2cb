// Fetching from web sites (KNO-10): sources with their rules, and what each run did.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
const one = z.object({ id })
const rules = { listUrl: z.url({ protocol: /^https?$/, error: '请填写 http 或 https 网址' }).max(500), linkRule: text(200).default(''), bodyFrom: text(200).default(''), bodyTo: text(200).default('') }
const fields = { name: text(60).min(1, '请填写名称'), ...rules, keywords: z.array(text(20).min(1)).max(50).default([]), everyHours: z.number().int().min(1).max(720).default(24), typeCode: z.string().max(40), directoryId: id, ownerUnitId: id, enabled: z.boolean().default(true) }
const line = z.object({ url: z.string(), title: z.string(), done: z.string(), why: z.string() })
export const run = z.object({ id, begunAt: instant, endedAt: instant.nullable(), asked: z.number().int(), added: z.number().int(), changed: z.number().int(), gone: z.number().int(), fault: z.string().nullable(), lines: z.array(line) })
export type RunLine = z.output<typeof line>
const source = z.object({ id, ...fields, listUrl: z.string(), directoryName: z.string(), nextAt: instant, running: z.boolean(), pages: z.number().int(), version: z.number().int(), changedAt: instant, changedByName: z.string(), last: run.omit({ lines: true }).nullable() })

export const listSources = describeRoute({ ...manage, id: 'listCrawlSources', method: 'GET', path: '/api/knowledge/crawl-sources', summary: '网站采集来源', response: z.object({ items: z.array(source) }) })
export const saveSource = describeRoute({ ...manage, id: 'saveCrawlSource', method: 'POST', path: '/api/knowledge/crawl-sources', summary: '保存网站采集来源', body: z.strictObject({ id: id.optional(), version: z.number().int().default(0), ...fields }), response: one })
export const runSource = describeRoute({ ...manage, id: 'runCrawlSource', method: 'POST', path: '/api/knowledge/crawl-sources/:id/run', summary: '立即采集', params: one, limit: 10, body: z.strictObject({}), response: z.object({}) })
export const listRuns = describeRoute({ ...manage, id: 'listCrawlRuns', method: 'GET', path: '/api/knowledge/crawl-sources/:id/runs', summary: '网站采集记录', params: one, response: z.object({ items: z.array(run) }) })
/** Tries the rules on the living site; nothing is kept. */
export const trySource = describeRoute({
  ...manage, id: 'tryCrawlRules', method: 'POST', path: '/api/knowledge/crawl-sources/try', summary: '试采', waits: true, audit: false, limit: 10, body: z.strictObject(rules),
  response: z.object({ fault: z.string().nullable(), links: z.array(z.object({ url: z.string(), title: z.string() })), title: z.string(), text: z.string() }),
})
