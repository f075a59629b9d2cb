// Whistle and report-in as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { files, one, orderAct, orderAnswer, required, text, unitAct, version } from '../requests/ask-contract.ts'

const units = z.array(id).min(1).max(20)
const hours = z.number().min(0.5).max(24 * 30).optional().describe('Until they have to be there; default the tenant\'s setting')

export const markWhistleRoute = orderAct('markWhistle', 'mark-whistle', '标注吹哨', 'orders.manageWhistles', z.object({ reason: required(500), version }))
export const blowWhistleRoute = unitAct('blowWhistle', 'blow-whistle', '吹哨', z.object({ unitIds: units, reason: required(1000), place: text(200).optional(), hours, fileIds: files }))
export const supplementWhistleRoute = orderAct('supplementWhistle', 'supplement-whistle', '补哨', 'orders.manageWhistles', z.object({ unitIds: units, reason: required(1000), place: text(200).optional(), hours, version }))

const act = <B extends z.ZodType>(id: string, path: string, summary: string, access: { permission: string } | { anyOf: string[] }, body: B) =>
  describeRoute({ id, method: 'POST', path: `/api/order-whistles/:id/${path}`, summary, audience: 'staff', access, params: one, body, response: orderAnswer })
const atUnit = { anyOf: ['orders.handle', 'orders.approve'] }

export const reportInRoute = act('reportIn', 'report-in', '报到', atUnit, z.object({ unitId: id.optional(), person: required(60), result: required(2000), at: instant.optional(), fileIds: files }))
export const agreeReleaseRoute = act('agreeWhistleRelease', 'agree-release', '同意撤回', atUnit, z.object({ unitId: id.optional(), note: required(500) }))
export const releaseWhistleRoute = act('releaseWhistle', 'release', '撤回部门', atUnit, z.object({ unitId: id, reason: required(500) }))
export const correctWhistleRoute = act('correctWhistle', 'correct', '更正报到部门', { permission: 'orders.manageWhistles' }, z.object({ add: z.array(id).max(20).default([]), remove: z.array(id).max(20).default([]), reason: required(500) }))
export const endWhistleRoute = act('endWhistle', 'end', '结束吹哨', { anyOf: ['orders.handle', 'orders.approve', 'orders.manageWhistles'] }, z.object({ reason: required(500) }))

const call = z.object({
  unitId: id, unitName: z.string(), state: z.enum(['called', 'reported', 'released', 'corrected']), calledAt: instant, dueAt: instant, reportedAt: instant.nullable(), person: z.string().nullable(), result: z.string().nullable(), late: z.boolean(),
  agreedByName: z.string().nullable(), agreeNote: z.string().nullable(), endReason: z.string().nullable(), mine: z.boolean(), mayReport: z.boolean(), mayAgree: z.boolean(), mayRelease: z.boolean(),
})
export const whistleRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), state: z.enum(['wanted', 'blown', 'ended']), supplementary: z.boolean(), unitId: id.nullable(), unitName: z.string().nullable(),
  markedByName: z.string().nullable(), markedAt: instant.nullable(), markReason: z.string().nullable(), reason: z.string().nullable(), place: z.string().nullable(), dueAt: instant.nullable(), blownByName: z.string().nullable(), blownAt: instant.nullable(), endedAt: instant.nullable(), endKindName: z.string().nullable(),
  createdAt: instant, calls: z.array(call), late: z.number().int(), maySupplement: z.boolean(), mayCorrect: z.boolean(), mayEnd: z.boolean(),
})
export const listWhistlesRoute = describeRoute({
  id: 'listWhistles', method: 'GET', path: '/api/order-whistles', summary: '吹哨报到清单', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({
    state: z.enum(['wanted', 'blown', 'ended']).optional(), orderId: id.optional(), mine: flag.optional().describe('Only where my unit is called and has not reported in'), late: flag.optional(), supplementary: flag.optional(),
    /** A supplementary whistle somebody did not come to in time. */
    notTakenUp: flag.optional(),
  }),
  response: pageOf(whistleRow),
})
