import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { mattersErrors } from '../matters.errors.ts'
import { standardPublished } from '../matters.events.ts'
import type { MattersTables } from '../tables.gen.ts'
import { requireAct } from './change-standard.ts'
import { keepVersion } from './changes.ts'
import { standardKinds } from './content.ts'
import { kindOf } from './kinds.ts'
import { touchStandard } from './standard-cache.ts'
import { lockRow, updateRow, type Content } from './standard-row.ts'
import { stateAfter } from './standard-state.ts'
import { tellSubmitter } from './tell-reviewers.ts'

/**
 * One-step review by another person than the submitter: approval publishes at once as the next version, a return needs an
 * opinion and leaves what is in force untouched.
 */
export async function decideChange(ctx: Ctx, input: { id: string; outcome: 'approve' | 'return'; opinion?: string | undefined }): Promise<{ state: 'approved' | 'returned'; version: number | null }> {
  authorize(ctx, 'matters.review')
  const opinion = input.opinion?.trim() || null
  if (input.outcome === 'return' && !opinion) throw mattersErrors('opinionRequired', { fields: [{ path: 'opinion', message: '请填写退回意见' }] })
  await touchStandard(ctx)
  const change = await ctx.db<MattersTables>().selectFrom('matter_change').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  const kind = standardKinds.find((known) => known === change?.object_kind)
  if (!change || !kind) throw kernelErrors('notFound')
  if (change.state !== 'pending') throw kernelErrors('conflict', { current: { state: change.state, changedBy: change.decided_by_name } })
  const spec = kindOf(kind)
  const row = await lockRow(ctx, spec, change.object_id)
  requireAct(ctx, input.outcome, row, change.submitted_by)

  const approved = input.outcome === 'approve'
  const state = approved ? stateAfter[knownKind(change.kind)] : row.state === 'pendingReview' ? 'rejected' : row.state
  const version = approved ? row.version + 1 : row.version
  const content: Content = approved && change.kind === 'modify' ? spec.content.parse(change.after) : row.content
  if (approved && (change.kind === 'offline' || change.kind === 'void')) await spec.checkRetire(ctx, row.id, change.kind)
  else if (approved) await spec.check(ctx, content, { id: row.id, stage: 'publish' })

  await updateRow(ctx, spec, row.id, { state, version, pendingChangeId: null, ...(change.kind === 'modify' && approved ? { content } : {}) })
  await ctx.db<MattersTables>().updateTable('matter_change').set({
    state: approved ? 'approved' : 'returned', opinion, version: approved ? version : null,
    decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, decided_at: ts(ctx.clock.now()),
  }).where('tenant_id', '=', ctx.tenantId).where('id', '=', change.id).execute()
  if (approved) {
    await keepVersion(ctx, { objectKind: kind, objectId: row.id, version, snapshot: content, state, changeId: change.id, opinion })
  }
  await tellSubmitter(ctx, { userId: change.submitted_by, changeId: change.id, title: `${spec.label}“${change.title}”${approved ? '审核通过' : '被退回'}`, text: opinion })
  // Last: an event cannot be taken back by a savepoint.
  if (approved) ctx.publish(standardPublished({ id: row.id, kind, version, state }))
  ctx.signal('matters.changes', change.id)
  ctx.signal('matters.standard', row.id)
  return { state: approved ? 'approved' : 'returned', version: approved ? version : null }
}

function knownKind(kind: string): keyof typeof stateAfter {
  return kind === 'modify' || kind === 'offline' || kind === 'online' || kind === 'void' ? kind : 'create'
}
