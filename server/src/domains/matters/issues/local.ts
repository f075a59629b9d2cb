// What a tenant has made of the matters issued to it: usable once confirmed, with its own limit and its own words (MAT-17, MAT-18).
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { notify } from '../../platform/index.ts'
import { findMatter } from '../matter/matter-by-id.ts'
import { today } from '../standard/open-review.ts'
import type { MattersTables } from '../tables.gen.ts'
import { localContent } from './issue-contract.ts'

const issues = (ctx: Ctx) => ctx.acrossTenants<MattersTables>('an issue belongs to the tenant that issued and is worked on by the one it was issued to').selectFrom('matter_issue')
const OPEN = ['issued', 'accepted', 'assigned']

/** What was issued to the own tenant about a matter; null where nothing was, or it was given back. */
async function issuedHere(ctx: Ctx, matterId: string): Promise<{ confirmed: boolean; content: ReturnType<typeof localContent.parse> } | null> {
  const row = await issues(ctx).select(['state', 'content']).where('target_tenant_id', '=', ctx.tenantId).where('matter_id', '=', matterId).where('state', 'not in', ['refused', 'recalled']).executeTakeFirst()
  return row ? { confirmed: row.state === 'completed', content: localContent.parse(row.content) } : null
}

/** Whether a matter was issued to the own tenant and waits there: until it is confirmed nobody is proposed for its orders. */
export const awaitsConfirmation = async (ctx: Ctx, matterId: string): Promise<boolean> => (await issuedHere(ctx, matterId))?.confirmed === false

/** Confirmed limits of the own tenant by matter. */
export async function localLimits(ctx: Ctx): Promise<{ matterId: string; duration: NonNullable<ReturnType<typeof localContent.parse>['duration']> }[]> {
  const rows = await issues(ctx).select(['matter_id', 'content']).where('target_tenant_id', '=', ctx.tenantId).where('state', '=', 'completed').execute()
  return rows.flatMap((row) => {
    const { duration } = localContent.parse(row.content)
    return duration ? [{ matterId: row.matter_id, duration }] : []
  })
}

/** Once a day while it is late: to those who keep the standard of the tenant that has not finished. */
export async function remindOverdue(ctx: Ctx): Promise<void> {
  const day = await today(ctx)
  const late = await ctx.acrossTenants<MattersTables>('an issue belongs to the tenant that issued and is worked on by the one it was issued to').updateTable('matter_issue').set({ reminded_on: day })
    .where('target_tenant_id', '=', ctx.tenantId).where('state', 'in', OPEN).where('due_on', '<', day).where((e) => e.or([e('reminded_on', 'is', null), e('reminded_on', '<', day)])).returning('id').execute()
  if (late.length > 0) await notify(ctx, { type: 'matters.issued', to: { permission: 'matters.edit' }, title: `上级下发的 ${late.length} 项事项已超过办理期限`, link: '/matters/issues', objectType: 'matterIssue', objectId: ctx.tenantId, level: 'P2' })
}

/** A new version of an issued matter: those below keep their own content and are asked to confirm it again. */
export async function askAgain(ctx: Ctx, { id, kind, version, state }: { id: string; kind: string; version: number; state: string }): Promise<void> {
  if (kind !== 'matter' || state !== 'effective') return
  const rows = await ctx.db<MattersTables>().updateTable('matter_issue').set({ told_version: version }).where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', id).where('state', '=', 'completed').where('content_version', '<', version)
    .where((e) => e.or([e('told_version', 'is', null), e('told_version', '<', version)])).returning(['id', 'target_tenant_id as tenantId']).execute()
  const matter = await findMatter(ctx, id)
  for (const row of rows) await notify(inTenant(ctx, row.tenantId), { type: 'matters.issued', to: { permission: 'matters.edit' }, title: `“${matter?.name ?? ''}”的标准已更新，请核对本地内容并重新确认`, link: '/matters/issues', objectType: 'matterIssue', objectId: row.id, level: 'P3' })
}
