// In-app messages of the review.
import type { Ctx } from '../../../kernel/ctx.ts'
import { notify } from '../../platform/index.ts'

/** To everybody in the tenant who may review, but not to the submitter: another person has to decide. */
export async function tellReviewers(ctx: Ctx, of: { changeId: string; title: string }): Promise<void> {
  await notify(ctx, { type: 'matters.review', to: { permission: 'matters.review' }, title: of.title, link: `/matters/changes/${of.changeId}`, objectType: 'matterChange', objectId: of.changeId, level: 'P3' })
  ctx.signal('matters.changes', of.changeId)
}

export async function tellSubmitter(ctx: Ctx, of: { userId: string | null; changeId: string; title: string; text: string | null }): Promise<void> {
  if (of.userId === null) return
  await notify(ctx, { type: 'matters.decided', to: { userIds: [of.userId] }, title: of.title, ...(of.text ? { text: of.text } : {}), link: `/matters/changes/${of.changeId}`, objectType: 'matterChange', objectId: of.changeId, level: 'P3' })
}
