// Puts a submitted change before its reviewers: one of them, or the steps of a process.
import type { Ctx } from '../../../kernel/ctx.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { startFlow } from '../../flow/index.ts'
import { calendarOf, centreUnit, setting } from '../../platform/index.ts'
import { reviewChain } from '../matters.settings.ts'
import type { MattersTables } from '../tables.gen.ts'
import type { KindSpec } from './kind-spec.ts'
import { reviewKey } from './review-flow.ts'
import { tellReviewers } from './tell-reviewers.ts'

/** The local date of the tenant. */
export async function today(ctx: Ctx): Promise<string> {
  const { timeZone } = await calendarOf(ctx)
  return localDate(ctx.clock.now(), timeZone)
}

/** Call last: a process whose steps all fall away publishes at once. `quiet` leaves the message to the caller (imports). */
export async function openReview(ctx: Ctx, spec: Pick<KindSpec, 'kind'>, of: { changeId: string; title: string; quiet?: boolean | undefined }): Promise<void> {
  if (!(await setting(ctx, reviewChain)).includes(spec.kind)) {
    if (!of.quiet) await tellReviewers(ctx, of)
    return
  }
  const subjectUnitId = ctx.actor.unitIds[0] ?? (await centreUnit(ctx)).id
  const { instanceId } = await startFlow(ctx, { key: reviewKey, objectType: 'matterChange', objectId: of.changeId, subjectUnitId, applicantName: ctx.actor.name, title: of.title, link: `/matters/changes/${of.changeId}`, variables: { kind: spec.kind } })
  await ctx.db<MattersTables>().updateTable('matter_change').set({ flow_instance_id: instanceId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', of.changeId).execute()
  ctx.signal('matters.changes', of.changeId)
}
