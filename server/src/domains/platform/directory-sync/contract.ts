// Users and units exchanged with an outside directory, in both roles (PLA-08).
import { z } from 'zod'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const sync = { audience: 'staff', access: { permission: 'platform.syncDirectory' } } as const
const text = (max: number) => z.string().trim().max(max)
const need = (max: number) => text(max).min(1)

export const unitRecord = z.strictObject({ code: need(40), name: need(60), kind: text(20).default('handling'), parentCode: need(40), areaCode: need(12), removed: z.boolean().default(false) })
export const userRecord = z.strictObject({ staffNo: need(40), login: need(40), name: need(40), unitCode: need(40), title: text(40).nullable().default(null), mobile: text(30).nullable().default(null), email: text(120).nullable().default(null), removed: z.boolean().default(false) })
export type UnitRecord = z.output<typeof unitRecord>
export type UserRecord = z.output<typeof userRecord>

const tally = z.object({ created: z.int(), changed: z.int(), disabled: z.int(), same: z.int(), conflicts: z.int() })
export const counts = z.object({ units: tally, users: tally })
export type Tally = z.output<typeof tally>
export type Counts = z.output<typeof counts>
const problem = z.object({ kind: z.enum(['unit', 'user']), code: z.string(), name: z.string(), message: z.string() })
const change = z.object({ kind: z.enum(['unit', 'user']), code: z.string(), name: z.string(), what: z.enum(['created', 'changed', 'disabled']), text: z.string() })

export const runSync = describeRoute({
  ...sync, id: 'runDirectorySync', method: 'POST', path: '/api/admin/directory-sync/runs', summary: '同步机构和用户',
  body: z.strictObject({
    source: z.string().regex(/^[A-Za-z0-9][\w-]{0,39}$/, '来源代码只能用字母、数字、横线和下划线'),
    /** A snapshot is everything the source has: what it once gave and no longer has is disabled. */
    mode: z.enum(['snapshot', 'increment']), dryRun: z.boolean().default(false), /** Also where more of what the source gave is missing than ⚙ allows. */ confirmRemovals: z.boolean().default(false),
    units: z.array(unitRecord).max(2000).default([]), users: z.array(userRecord).max(5000).default([]),
  }),
  response: z.object({ runId: id.nullable(), dryRun: z.boolean(), counts, changes: z.array(change).describe('The first 500'), conflicts: z.array(problem) }),
})
export const listRuns = describeRoute({
  ...sync, id: 'listDirectorySyncRuns', method: 'GET', path: '/api/admin/directory-sync/runs', summary: '同步记录', query: pageQuery,
  response: pageOf(z.object({ id, source: z.string(), mode: z.enum(['snapshot', 'increment']), counts, at: instant, byName: z.string() })),
})
const conflict = z.object({
  id, source: z.string(), kind: z.enum(['unit', 'user']), code: z.string(), name: z.string(), message: z.string(), state: z.enum(['open', 'applied', 'ignored', 'solved']), foundAt: instant, decidedAt: instant.nullable(), decidedByName: z.string().nullable(), reason: z.string().nullable(),
})
export const listConflicts = describeRoute({ ...sync, id: 'listDirectorySyncConflicts', method: 'GET', path: '/api/admin/directory-sync/conflicts', summary: '同步冲突', query: pageQuery.extend({ open: flag.optional() }), response: pageOf(conflict) })
export const decideConflict = describeRoute({
  ...sync, id: 'decideDirectorySyncConflict', method: 'POST', path: '/api/admin/directory-sync/conflicts/:id/decide', summary: '处理同步冲突', params: z.object({ id }), body: z.strictObject({ outcome: z.enum(['apply', 'ignore']), reason: text(200).min(1, '请填写理由') }), response: conflict,
})
/** The other role: what this deployment gives to an outside directory. */
export const giveSnapshot = describeRoute({
  audience: 'staff', access: { anyOf: ['platform.readDirectory', 'platform.syncDirectory'] }, id: 'giveDirectory', method: 'GET', path: '/api/admin/directory-sync/snapshot', summary: '提供机构和用户', query: z.object({ changedSince: instant.optional() }),
  response: z.object({ at: instant, units: z.array(unitRecord), users: z.array(userRecord.omit({ mobile: true })) }),
})
const sourceCode = z.string().regex(/^[A-Za-z0-9][\w-]{0,39}$/, '来源代码只能用字母、数字、横线和下划线')
const sources = z.object({ items: z.array(z.object({ source: z.string(), url: z.string(), tokenSet: z.boolean(), atHour: z.int(), enabled: z.boolean(), lastAt: instant.nullable(), lastOk: z.boolean().nullable(), lastText: z.string().nullable(), version: z.int(), changedBy: z.string() })) })
export const listSources = describeRoute({ ...sync, id: 'listDirectorySources', method: 'GET', path: '/api/admin/directory-sync/sources', summary: '每夜比对的外部目录', response: sources })
export const saveSource = describeRoute({
  ...sync, id: 'saveDirectorySource', method: 'PUT', path: '/api/admin/directory-sync/sources/:source', summary: '配置每夜比对的外部目录', params: z.object({ source: sourceCode }), secret: true,
  body: z.strictObject({ url: z.string().max(500).regex(/^https:\/\/\S+$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/\S*)?$/, '填写以 https:// 开头的地址'), token: text(500).default('').describe('空：保留原值'), atHour: z.int().min(0).max(23), enabled: z.boolean(), version: z.int().min(0) }), response: sources,
})
export const removeSource = describeRoute({ ...sync, id: 'removeDirectorySource', method: 'DELETE', path: '/api/admin/directory-sync/sources/:source', summary: '删除外部目录的配置', params: z.object({ source: sourceCode }), response: sources })
export const pullSource = describeRoute({ ...sync, id: 'pullDirectorySource', method: 'POST', path: '/api/admin/directory-sync/sources/:source/pull', summary: '立即比对外部目录', params: z.object({ source: sourceCode }), body: z.strictObject({}), response: z.object({ started: z.boolean() }) })
