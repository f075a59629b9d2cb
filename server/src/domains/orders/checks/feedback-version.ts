// A correction of a feedback is a new version; the version before it stays as it was, marked as replaced (ORD-55, ORD-59).
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { attachFiles, copyFiles } from '../../platform/index.ts'
import { db, type AssignmentRow, type FeedbackRow } from '../orders.queries.ts'
import type { Change } from '../timeline.ts'

export type Correction = { result?: string | undefined; basis?: string | undefined; opinion?: string | undefined; fileIds: string[]; keepFiles: boolean }

/** The newest result of an assignment in one of the states, or undefined. */
export async function latestResult(ctx: Ctx, assignmentId: string, states: string[]): Promise<FeedbackRow | undefined> {
  return db(ctx).selectFrom('order_feedback').selectAll().where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignmentId).where('kind', '=', 'result').where('state', 'in', states).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

const labels = { result: '办理结果', basis: '处置依据', opinion: '处理意见' } as const

/** Stores the corrected version and returns it with what differs, old and new. */
export async function correctVersion(ctx: Ctx, assignment: AssignmentRow, base: FeedbackRow, correction: Correction, state: 'submitted' | 'accepted'): Promise<{ id: string; version: number; changes: Record<string, Change> }> {
  const id = newId()
  const now = ts(ctx.clock.now())
  const highest = await db(ctx).selectFrom('order_feedback').select((eb) => eb.fn.max('version').as('version')).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).executeTakeFirst()
  const version = (highest?.version ?? 0) + 1
  const next = { result: correction.result ?? base.result, basis: correction.basis ?? base.basis, opinion: correction.opinion ?? base.opinion }
  await db(ctx).updateTable('order_feedback').set({ state: 'replaced' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', base.id).execute()
  await db(ctx).insertInto('order_feedback').values({
    tenant_id: base.tenant_id, id, order_id: base.order_id, assignment_id: base.assignment_id, unit_id: base.unit_id, unit_name: base.unit_name, version, kind: 'result', state, handled_at: base.handled_at === null ? null : ts(base.handled_at),
    method: base.method, ...next, contact: base.contact === null ? null : json(base.contact as never), contacted: base.contacted, solved: base.solved, satisfied: base.satisfied, checklist: base.checklist === null ? null : json(base.checklist as never),
    quoted_from: base.quoted_from, callback_requested: base.callback_requested, outside_area: base.outside_area, visibility: base.visibility, corrects: base.id,
    submitted_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, submitted_by_name: ctx.actor.name, submitted_at: now,
  }).execute()
  if (correction.keepFiles) await copyFiles(ctx, { tenantId: base.tenant_id, objectType: 'feedback', objectId: base.id }, { objectType: 'feedback', objectId: id })
  await attachFiles(ctx, { fileIds: correction.fileIds, place: 'feedback', objectType: 'feedback', objectId: id, audience: base.visibility === 'public' ? 'public' : 'staff' })
  const changes: Record<string, Change> = {}
  for (const field of ['result', 'basis', 'opinion'] as const) if ((base[field] ?? '') !== (next[field] ?? '')) changes[field] = { old: base[field], new: next[field], label: labels[field] }
  if (correction.fileIds.length > 0 || !correction.keepFiles) changes['files'] = { old: null, new: correction.keepFiles ? `补充 ${correction.fileIds.length} 个附件` : `改用 ${correction.fileIds.length} 个附件`, label: '附件' }
  return { id, version, changes }
}
