// Number lists as routes (TEL-41).
import { z } from 'zod'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { listKinds, listStates } from './list-entry.ts'

const access = { permission: 'telephony.lists' } as const
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '请填写如 09:00 的时间')
const weekly = z.object({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), from: time, to: time }).refine((w) => w.from !== w.to, { path: ['to'], error: '开始和结束不能相同' })

const what = z.object({
  reason: z.string().trim().min(1, '请填写原因').max(200),
  validFrom: instant.nullable().default(null),
  validTo: instant.nullable().default(null),
  weekly: weekly.nullable().default(null),
})
export const entryRow = z.object({
  id, kind: z.enum(listKinds), kindName: z.string(),
  /** Masked number, or the segment with its star. */
  shown: z.string(), segment: z.boolean(), reason: z.string(), validFrom: instant.nullable(), validTo: instant.nullable(), weekly: weekly.nullable(), source: z.string(), sourceName: z.string(), state: z.enum(listStates), stateName: z.string(), /** a change waits for its approval; what stands still holds */ changePending: z.boolean(),
  /** Taken off by a periodic audit: may be put back. */
  audited: z.boolean(),
  /** Active, and inside its validity and weekly window at this moment. */
  holdsNow: z.boolean(), hits: z.number().int(), lastHitAt: instant.nullable(), createdAt: instant, createdByName: z.string(), updatedAt: instant, changedByName: z.string(), version: z.number().int(),
})

export const listFilter = z.object({
  kind: listOf(z.enum(listKinds)).optional(),
  state: listOf(z.enum(listStates)).optional(),
  source: z.enum(['manual', 'rule', 'batch']).optional(),
  audited: flag.optional(),
  /** A whole number, its last four digits, or the beginning of a segment. */
  q: z.string().trim().max(40).optional(),
})
export const listEntries = describeRoute({ id: 'listNumberEntries', method: 'GET', path: '/api/telephony/lists', summary: '黑白红名单', audience: 'staff', access, query: pageQuery.extend(listFilter.shape), response: pageOf(entryRow) })
export const addEntry = describeRoute({
  id: 'addNumberEntry', method: 'POST', path: '/api/telephony/lists', summary: '新增名单条目', audience: 'staff', access,
  body: what.extend({ kind: z.enum(listKinds), number: z.string().trim().min(3, '请填写号码').max(40) }), response: entryRow,
})
export const changeEntry = describeRoute({ id: 'changeNumberEntry', method: 'PATCH', path: '/api/telephony/lists/:id', summary: '修改名单条目', audience: 'staff', access, params: z.object({ id }), body: what.extend({ version: z.number().int() }), response: entryRow })
export const removeEntry = describeRoute({ id: 'removeNumberEntry', method: 'POST', path: '/api/telephony/lists/:id/remove', summary: '移除名单条目', audience: 'staff', access, params: z.object({ id }), body: z.object({ reason: z.string().trim().min(1, '请填写原因').max(200) }), response: entryRow })
/** A candidate that a rule found becomes an entry, or is refused. */
export const decideEntry = describeRoute({ id: 'decideNumberEntry', method: 'POST', path: '/api/telephony/lists/:id/decide', summary: '处理名单候选', audience: 'staff', access, params: z.object({ id }), body: z.object({ accept: z.boolean(), reason: z.string().trim().max(200).optional() }), response: entryRow })

/** What a periodic audit took off. */
export const restoreEntry = describeRoute({ id: 'restoreNumberEntry', method: 'POST', path: '/api/telephony/lists/:id/restore', summary: '恢复复查移除的号码', audience: 'staff', access, params: z.object({ id }), response: entryRow })

const sheetRow = z.object({
  act: z.string().max(20).default(''), kind: z.string().max(20).default(''), number: z.string().max(60).default(''), reason: z.string().max(300).default(''), validFrom: z.string().max(40).default(''), validTo: z.string().max(40).default(''), days: z.string().max(40).default(''),
  from: z.string().max(10).default(''), to: z.string().max(10).default(''),
})
/** Rows of the template: add, change and remove, each told its own error. */
export const importEntries = describeRoute({
  id: 'importNumberEntries', method: 'POST', path: '/api/telephony/lists/import', summary: '批量维护名单', audience: 'staff', access, body: z.object({ rows: z.array(sheetRow).min(1).max(5000) }),
  response: z.object({ added: z.number().int(), changed: z.number().int(), removed: z.number().int(), errors: z.array(z.object({ row: z.number().int(), field: z.string(), message: z.string() })) }),
})
