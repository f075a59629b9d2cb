import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { decideFlow, flowsOf, type FinishedFlow } from '../../flow/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import { standardPublished } from '../matters.events.ts'
import type { MattersTables } from '../tables.gen.ts'
import { requireAct } from './change-standard.ts'
import { keepVersion } from './changes.ts'
import { standardKinds, type StandardKind } from './content.ts'
import { kindOf } from './kinds.ts'
import { today } from './open-review.ts'
import { forgetPart, touchStandard } from './standard-cache.ts'
import { lockRow, updateRow, type Content } from './standard-row.ts'
import { stateAfter } from './standard-state.ts'
import { tellSubmitter } from './tell-reviewers.ts'

type Outcome = 'approve' | 'return'
export type Decided = { state: 'pending' | 'scheduled' | 'approved' | 'returned'; version: number | null }

/**
 * Review by another person than the submitter, in one step or in the steps of a process. The last approval publishes the next
 * version, at once or on its effective date; a return needs an opinion and leaves what is in force untouched.
 */
export async function decideChange(ctx: Ctx, input: { id: string; outcome: Outcome; opinion?: string | undefined }): Promise<Decided> {
  const opinion = input.opinion?.trim() || null
  if (input.outcome === 'return' && !opinion) throw mattersErrors('opinionRequired', { fields: [{ path: 'opinion', message: '请填写退回意见' }] })
  await touchStandard(ctx)
  const change = await lockChange(ctx, input.id)
  if (change.state !== 'pending') throw kernelErrors('conflict', { current: { state: change.state, changedBy: change.decided_by_name } })
  if (change.flow_instance_id) {
    // Whoever may read the standard knows of the change: it is refused, not hidden, out of turn.
    const flow = (await flowsOf(ctx, [change.flow_instance_id])).get(change.flow_instance_id)
    if (flow?.state === 'running' && !flow.mayDecide) throw mattersErrors('notYourTurn', { rule: 'review', params: { step: flow.steps.find((step) => step.state === 'current')?.name ?? '' } })
    const { state } = await decideFlow(ctx, { instanceId: change.flow_instance_id, outcome: input.outcome, opinion: opinion ?? '' })
    if (state === 'running') {
      ctx.signal('matters.changes', change.id)
      return { state: 'pending', version: null }
    }
    const after = await lockChange(ctx, input.id)
    return { state: after.state === 'scheduled' || after.state === 'returned' ? after.state : 'approved', version: after.version }
  }
  authorize(ctx, 'matters.review')
  requireAct(ctx, input.outcome, await lockRow(ctx, kindOf(change.kindOfObject), change.object_id), change.submitted_by)
  return finish(ctx, change, input.outcome, opinion)
}

/** A review in several steps has ended: the port of the flow domain. */
export async function reviewFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== 'matterChange') return
  await touchStandard(ctx)
  const change = await lockChange(ctx, finished.objectId)
  if (change.state === 'pending') await finish(ctx, change, finished.outcome === 'approved' ? 'approve' : 'return', finished.opinion.trim() || null)
}

/** Publishes what was approved for a day that has come; what no longer fits goes back to its submitter with the reason. */
export async function publishDue(ctx: Ctx): Promise<void> {
  const due = await ctx.db<MattersTables>().selectFrom('matter_change').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'scheduled').where('effective_on', '<=', await today(ctx)).orderBy('id').limit(200).execute()
  if (due.length === 0) return
  await touchStandard(ctx)
  for (const { id } of due) {
    const change = await lockChange(ctx, id)
    try {
      await runNested(ctx, () => publish(ctx, change, change.opinion))
    } catch (error) {
      if (!(error instanceof AppError) || error.status === 503) throw error
      forgetPart(ctx)
      await turnBack(ctx, change, `到生效日期时不能发布：${error.title}`)
    }
  }
}

type Change = Awaited<ReturnType<typeof lockChange>>

async function lockChange(ctx: Ctx, id: string) {
  const change = await ctx.db<MattersTables>().selectFrom('matter_change').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  const kindOfObject: StandardKind | undefined = standardKinds.find((known) => known === change?.object_kind)
  if (!change || !kindOfObject) throw kernelErrors('notFound')
  return { ...change, kindOfObject }
}

async function finish(ctx: Ctx, change: Change, outcome: Outcome, opinion: string | null): Promise<Decided> {
  if (outcome === 'return') {
    await turnBack(ctx, change, opinion)
    return { state: 'returned', version: null }
  }
  await decided(ctx, change, { opinion })
  if (change.effective_on !== null && change.effective_on > (await today(ctx))) {
    await checkStanding(ctx, change)
    await ctx.db<MattersTables>().updateTable('matter_change').set({ state: 'scheduled' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', change.id).execute()
    await tellSubmitter(ctx, { userId: change.submitted_by, changeId: change.id, title: `${kindOf(change.kindOfObject).label}“${change.title}”审核通过，${change.effective_on} 起生效`, text: opinion })
    ctx.signal('matters.changes', change.id)
    return { state: 'scheduled', version: null }
  }
  return { state: 'approved', version: await publish(ctx, change, opinion) }
}

/** What the change would make of the object, checked as it stands now. */
async function checkStanding(ctx: Ctx, change: Change) {
  const spec = kindOf(change.kindOfObject)
  const row = await lockRow(ctx, spec, change.object_id)
  const content: Content = change.kind === 'modify' ? spec.content.parse(change.after) : row.content
  if (change.kind === 'offline' || change.kind === 'void') await spec.checkRetire(ctx, row.id, change.kind)
  else await spec.check(ctx, content, { id: row.id, stage: 'publish' })
  return { spec, row, content }
}

async function publish(ctx: Ctx, change: Change, opinion: string | null): Promise<number> {
  const { spec, row, content } = await checkStanding(ctx, change)
  const state = stateAfter[knownKind(change.kind)]
  const version = row.version + 1
  await updateRow(ctx, spec, row.id, { state, version, pendingChangeId: null, ...(change.kind === 'modify' ? { content } : {}) })
  await ctx.db<MattersTables>().updateTable('matter_change').set({ state: 'approved', version }).where('tenant_id', '=', ctx.tenantId).where('id', '=', change.id).execute()
  await keepVersion(ctx, { objectKind: spec.kind, objectId: row.id, version, snapshot: content, state, changeId: change.id, opinion })
  await tellSubmitter(ctx, { userId: change.submitted_by, changeId: change.id, title: `${spec.label}“${change.title}”${change.effective_on ? '已生效' : '审核通过'}`, text: opinion })
  // Last: an event cannot be taken back by a savepoint.
  ctx.publish(standardPublished({ id: row.id, kind: spec.kind, version, state }))
  ctx.signal('matters.changes', change.id)
  ctx.signal('matters.standard', row.id)
  return version
}

async function turnBack(ctx: Ctx, change: Change, opinion: string | null): Promise<void> {
  const spec = kindOf(change.kindOfObject)
  const row = await lockRow(ctx, spec, change.object_id)
  await updateRow(ctx, spec, row.id, { state: row.state === 'pendingReview' ? 'rejected' : row.state, pendingChangeId: null })
  await decided(ctx, change, { opinion, state: 'returned' })
  await tellSubmitter(ctx, { userId: change.submitted_by, changeId: change.id, title: `${spec.label}“${change.title}”被退回`, text: opinion })
  ctx.signal('matters.changes', change.id)
  ctx.signal('matters.standard', row.id)
}

async function decided(ctx: Ctx, change: Change, as: { opinion: string | null; state?: 'returned' }): Promise<void> {
  await ctx.db<MattersTables>().updateTable('matter_change').set({ ...as, decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, decided_at: ts(ctx.clock.now()) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', change.id).execute()
}

function knownKind(kind: string): keyof typeof stateAfter {
  return kind === 'modify' || kind === 'offline' || kind === 'online' || kind === 'void' ? kind : 'create'
}
