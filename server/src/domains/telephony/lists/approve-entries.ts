// Approval of list entries on the platform's approvals: black and red by two people, white by one (TEL-42). Nothing holds before.
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { approvalFlow, cancelFlows, flowsOf, startFlow, type FinishedFlow } from '../../flow/index.ts'
import { centreUnit, setting } from '../../platform/index.ts'
import { policyChanged } from '../events.ts'
import { listApprovals } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import type { EntryRow, What } from './keep-entries.ts'
import { listKindNames, type ListKind } from './list-entry.ts'

const OBJECT = 'numberList'
const names = { start: '提出名单', approved: '生效', returned: '不予列入' }
const limit = { amount: 2, unit: 'workingDays' } as const
const business = { key: 'business', name: '业务负责人审批', actor: { permission: 'telephony.approveLists', unit: 'centre' }, opinion: 'always', limit } as const
const compliance = { key: 'compliance', name: '合规审批', actor: { permission: 'telephony.approveListsCompliance', unit: 'centre' }, opinion: 'always', limit } as const
export const listFlows = [
  approvalFlow({ key: 'telephony.listOnce', name: '话务-名单-部门负责人审批', businessType: '话务', stage: '名单', names, steps: [business] }),
  approvalFlow({ key: 'telephony.listTwice', name: '话务-名单-业务与合规审批', businessType: '话务', stage: '名单', names, steps: [business, compliance] }),
]

/** How many people must approve an entry of a list; 0: it holds at once. */
export const approvalsFor = async (ctx: Ctx, kind: ListKind): Promise<number> => (await setting(ctx, listApprovals))[kind]

/**
 * Asks once for all of these entries (one, or the rows of a batch).
 * @throws telephony.noApprover where nobody could decide
 */
export async function askApproval(ctx: Ctx, entries: Pick<EntryRow, 'id' | 'kind' | 'shown' | 'reason'>[]): Promise<void> {
  const [first] = entries
  if (!first) return
  const needed = Math.max(...(await Promise.all(entries.map((one) => approvalsFor(ctx, one.kind)))))
  const approvalId = newId()
  await db(ctx).updateTable('telephony_list_entry').set({ approval_id: approvalId }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', entries.map((one) => one.id)).execute()
  const title = entries.length === 1 ? `${listKindNames[first.kind]} ${first.shown}：${first.reason}` : `名单批量维护，共 ${entries.length} 个号码`
  const flow = await startFlow(ctx, { key: needed > 1 ? 'telephony.listTwice' : 'telephony.listOnce', objectType: OBJECT, objectId: approvalId, subjectUnitId: ctx.actor.unitIds[0] ?? (await centreUnit(ctx)).id, applicantName: ctx.actor.name, title: title.slice(0, 100), link: '/telephony/lists?view=pending' })
  // Where every step fell away nobody has looked at it.
  if (flow.state !== 'running') throw telephonyFail('noApprover')
  await db(ctx).updateTable('telephony_list_entry').set({ flow_id: flow.instanceId }).where('tenant_id', '=', ctx.tenantId).where('approval_id', '=', approvalId).execute()
}

/** The entry is taken back: its approval has no object any more; a batch goes on for its other rows. */
export async function cancelApproval(ctx: Ctx, row: EntryRow, reason: string): Promise<void> {
  const others = await db(ctx).selectFrom('telephony_list_entry').select('id').where('tenant_id', '=', ctx.tenantId).where('approval_id', '=', row.approval_id).where('id', '<>', row.id).limit(1).executeTakeFirst()
  await db(ctx).updateTable('telephony_list_entry').set({ approval_id: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (!others) await cancelFlows(ctx, OBJECT, row.approval_id ?? '', reason)
}

/** The approval has ended: entries hold, changes are taken over, or neither. The same person cannot have given both. */
export async function listApproved(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== OBJECT) return
  const rows = (await db(ctx).selectFrom('telephony_list_entry').selectAll().where('tenant_id', '=', ctx.tenantId).where('approval_id', '=', finished.objectId).forUpdate().execute()) as EntryRow[]
  if (rows.length === 0) return
  if (finished.outcome === 'approved') {
    const steps = (await flowsOf(ctx, [finished.instanceId])).get(finished.instanceId)?.steps ?? []
    const deciders = new Set([...steps.flatMap((step) => (step.state === 'approved' && step.decidedBy ? [step.decidedBy] : [])), ctx.actor.name])
    const needed = Math.max(...(await Promise.all(rows.map((row) => approvalsFor(ctx, row.kind)))))
    if (deciders.size < Math.min(needed, 2)) throw telephonyFail('sameApprover')
  }
  for (const row of rows) {
    const proposed = row.proposed as What | null
    const period = finished.outcome === 'approved' && proposed ? { reason: proposed.reason, valid_from: proposed.validFrom === null ? null : ts(proposed.validFrom), valid_to: proposed.validTo === null ? null : ts(proposed.validTo), weekly: proposed.weekly === null ? null : json(proposed.weekly) } : {}
    const state = row.state === 'pending' ? (finished.outcome === 'approved' ? 'active' : 'refused') : row.state
    await db(ctx).updateTable('telephony_list_entry').set((eb) => ({ ...period, state, approval_id: null, proposed: null, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    ctx.audit({ module: 'telephony', act: finished.outcome === 'approved' ? 'approveNumberEntry' : 'refuseNumberEntry', objectType: 'key:numberList', objectId: row.id, text: `${listKindNames[row.kind]} ${row.shown}${finished.opinion ? `：${finished.opinion}` : ''}` })
  }
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lists' }))
  ctx.signal('telephony.lists')
}
