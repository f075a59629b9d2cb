// Classes of an upper platform: arrive, differ, are applied; retired classes are mapped (MAT-13).
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'matters.read' } as const
const edit = { permission: 'matters.edit' } as const
const one = z.object({ id })
const schemeCode = z.string().min(1).max(30)
export const upstreamNode = z.object({ code: z.string().trim().min(1).max(50), name: z.string().trim().min(1).max(100), parentCode: z.string().trim().min(1).max(50).nullable().default(null) })
export type UpstreamNode = z.output<typeof upstreamNode>
export const differenceKinds = ['new', 'renamed', 'moved', 'deleted'] as const
export const difference = z.object({ kind: z.enum(differenceKinds), code: z.string(), name: z.string(), /** Name or parent's name before. */ before: z.string().nullable(), after: z.string().nullable() })
const run = z.object({ id, scheme: z.string(), schemeName: z.string(), source: z.enum(['pushed', 'fetched']), state: z.enum(['pending', 'applied', 'discarded']), stateName: z.string(), counts: z.object({ new: z.number().int(), renamed: z.number().int(), moved: z.number().int(), deleted: z.number().int() }), byName: z.string(), at: instant, decidedByName: z.string().nullable(), decidedAt: instant.nullable() })
const detail = run.extend({ differences: z.array(difference) })

export const pushClasses = describeRoute({ id: 'pushSchemeNodes', method: 'POST', path: '/api/matters/sync', summary: '推送上级分类，生成差异', audience: 'staff', access: edit, body: z.object({ scheme: schemeCode, nodes: z.array(upstreamNode).min(1).max(5000) }), response: detail })
export const listRuns = describeRoute({ id: 'listSchemeSyncs', method: 'GET', path: '/api/matters/sync', summary: '分类同步记录', audience: 'staff', access: read, query: pageQuery.extend({ scheme: schemeCode.optional() }), response: pageOf(run) })
export const getRun = describeRoute({ id: 'getSchemeSync', method: 'GET', path: '/api/matters/sync/:id', summary: '分类同步差异', audience: 'staff', access: read, params: one, response: detail })
export const decideRun = describeRoute({ id: 'decideSchemeSync', method: 'POST', path: '/api/matters/sync/:id/decide', summary: '采用或放弃分类同步', audience: 'staff', access: edit, params: one, body: z.object({ outcome: z.enum(['apply', 'discard']) }), response: detail })

const classRef = z.object({ id, code: z.string(), name: z.string(), path: z.string() })
export const listMappings = describeRoute({
  id: 'listNodeMappings', method: 'GET', path: '/api/matters/node-mappings', summary: '停用分类的历史重映射', audience: 'staff', access: read, query: z.object({ scheme: schemeCode }),
  response: z.object({
    /** Orders of retired classes that nothing counts under a class of today. */
    unsettled: z.number().int(),
    items: z.array(z.object({ old: classRef, state: z.string(), orders: z.number().int(), samples: z.array(z.object({ title: z.string(), link: z.string() })), mapping: z.object({ id, to: classRef, byName: z.string(), at: instant }).nullable(), proposal: classRef.nullable() })),
  }),
})
export const mapNode = describeRoute({ id: 'mapSchemeNode', method: 'POST', path: '/api/matters/node-mappings', summary: '停用分类对应到现行分类', audience: 'staff', access: edit, body: z.object({ oldId: id, newId: id }), response: z.object({ id }) })
export const unmapNode = describeRoute({ id: 'unmapSchemeNode', method: 'DELETE', path: '/api/matters/node-mappings/:id', summary: '撤销对应', audience: 'staff', access: edit, params: one, response: z.object({}) })

const address = z.union([z.literal(''), z.string().max(500).regex(/^https:\/\/\S+$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/\S*$/, { error: '填写以 https:// 开头的地址' })])
export const listSources = describeRoute({ id: 'listSchemeSources', method: 'GET', path: '/api/matters/sync-sources', summary: '上级分类的来源', audience: 'staff', access: edit, response: z.object({ items: z.array(z.object({ scheme: z.string(), url: z.string(), tokenSet: z.boolean(), enabled: z.boolean(), changedByName: z.string(), changedAt: instant, askedAt: instant.nullable(), fault: z.string().nullable() })) }) })
export const saveSource = describeRoute({ id: 'saveSchemeSource', method: 'PUT', path: '/api/matters/sync-sources/:scheme', summary: '设置上级分类的来源', audience: 'staff', access: { permission: 'matters.approve' }, secret: true, params: z.object({ scheme: schemeCode }), body: z.object({ url: address, token: z.string().max(2000).regex(/^[\x21-\x7e]*$/, { error: '令牌只能用可见的英文字符' }).optional().describe('不给出时保留原值'), enabled: z.boolean().default(true) }), response: z.object({}) })
export const fetchNow = describeRoute({ id: 'fetchSchemeSource', method: 'POST', path: '/api/matters/sync-sources/:scheme/fetch', summary: '立即取一次上级分类', audience: 'staff', access: edit, params: z.object({ scheme: schemeCode }), body: z.object({}), response: detail })
