import { z } from 'zod'
import { actState, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { duration } from '../standard/content.ts'
import { edit, read } from '../standard/standard-contract.ts'

export const issueStates = ['issued', 'accepted', 'refused', 'assigned', 'completed', 'recalled'] as const
export const issueActs = ['accept', 'refuse', 'assign', 'complete', 'recall'] as const

/** What the lower tenant adds; kept apart from the standard text. */
export const localContent = z.object({
  rules: z.string().trim().max(4000).optional(), materials: z.string().trim().max(4000).optional(), flow: z.string().trim().max(4000).optional(), contacts: z.string().trim().max(500).optional(), duration: duration.nullable().optional(),
})

const item = z.object({
  id, batchId: id, direction: z.enum(['sent', 'received']), tenantId: id, tenantName: z.string(), matterId: id, matterCode: z.string(), matterName: z.string(), /** The version last taken over here. */
  confirmedVersion: z.number().int(), matterVersion: z.number().int(), currentVersion: z.number().int(),
  /** The standard has changed since it was issued or completed: to be confirmed again. */
  outdated: z.boolean(), overdue: z.boolean(),
  state: z.enum(issueStates), stateName: z.string(), reason: z.string().nullable(), dueOn: z.string().nullable(), content: localContent, issuedByName: z.string(), issuedAt: instant, decidedByName: z.string().nullable(), decidedAt: instant.nullable(), confirmedByName: z.string().nullable(), confirmedAt: instant.nullable(),
  acts: z.array(actState),
})

export const listIssues = describeRoute({
  id: 'listMatterIssues', method: 'GET', path: '/api/matters/issues', summary: '事项下发', audience: 'staff', access: read,
  query: pageQuery.extend({ direction: z.enum(['sent', 'received']).default('received'), state: listOf(z.enum(issueStates)).optional(), tenantId: id.optional(), matterId: id.optional() }), response: pageOf(item),
})
export const issueProgress = describeRoute({
  id: 'matterIssueProgress', method: 'GET', path: '/api/matters/issues/progress', summary: '下发进度', audience: 'staff', access: read,
  response: z.object({ items: z.array(z.object({ tenantId: id, tenantName: z.string(), counts: z.record(z.string(), z.number().int()), overdue: z.number().int() })) }),
})
export const issueTargets = describeRoute({ id: 'matterIssueTargets', method: 'GET', path: '/api/matters/issues/targets', summary: '可下发的下级', audience: 'staff', access: { permission: 'matters.issue' }, response: z.object({ items: z.array(z.object({ id, name: z.string() })) }) })
export const issueMatters = describeRoute({
  id: 'issueMatters', method: 'POST', path: '/api/matters/issues', summary: '下发事项', audience: 'staff', access: { permission: 'matters.issue' },
  body: z.object({ matterIds: z.array(id).min(1).max(200), tenantIds: z.array(id).min(1).max(100), dueOn: z.iso.date().optional() }), response: z.object({ batchId: id, issued: z.number().int(), skipped: z.array(z.object({ matterName: z.string(), tenantName: z.string(), reason: z.string() })) }),
})
export const actOnIssue = describeRoute({
  id: 'actOnMatterIssue', method: 'POST', path: '/api/matters/issues/:id/acts', summary: '接收、退回、分配、完善确认、收回', audience: 'staff', access: edit, params: z.object({ id }),
  body: z.object({
    act: z.enum(issueActs), reason: z.string().trim().max(1000).optional(),
    units: z.array(z.object({ unitId: id, role: z.enum(['lead', 'assist']), areaCode: z.string().regex(/^\d{6,12}$/), boundary: z.string().trim().max(2000).optional() })).max(30).optional(), content: localContent.optional(),
  }),
  response: z.object({ state: z.enum(issueStates), changeIds: z.array(z.string()) }),
})
