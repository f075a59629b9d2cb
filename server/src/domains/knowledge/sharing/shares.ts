// The owner's side: to whom, suspended or taken back at any time, and what came of it.
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { notify, tenantById, tenantsAbove, tenantsBelow } from '../../platform/index.ts'
import { whyUnusable } from '../items/item.ts'
import { todayOf } from '../items/item.policy.ts'
import { db, ITEM, itemRow, trail } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type * as contract from './sharing-contract.ts'

type Target = Output<typeof contract.shareTargets>['items'][number]

/** Hotlines above, below and beside: whoever belongs to another branch is none of them. */
async function targetsOf(ctx: Ctx): Promise<Target[]> {
  const own = await tenantById(ctx, ctx.tenantId)
  const beside = own.parentId === null ? [] : (await tenantsBelow(inTenant(ctx, own.parentId))).filter((one) => one.parentId === own.parentId && one.id !== own.id)
  const as = (relation: Target['relation']) => (one: { id: string; name: string }) => ({ id: one.id, name: one.name, relation })
  const active = (one: { state: string }) => one.state === 'active'
  return [...(await tenantsAbove(ctx)).filter((one) => one.id !== own.id).filter(active).map(as('upper')), ...beside.filter(active).map(as('sister')), ...(await tenantsBelow(ctx)).filter((one) => one.id !== ctx.tenantId).filter(active).map(as('lower'))]
}

export async function shareTargets(ctx: Ctx): Promise<Output<typeof contract.shareTargets>> {
  authorize(ctx, 'knowledge.publish')
  return { items: await targetsOf(ctx) }
}

export async function listShares(ctx: Ctx, input: Input<typeof contract.listShares>): Promise<Output<typeof contract.listShares>> {
  authorize(ctx, 'knowledge.publish')
  let query = db(ctx).selectFrom('knowledge_share as s').leftJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 's.tenant_id').onRef('i.id', '=', 's.item_id')).leftJoin('knowledge_directory as d', (join) => join.onRef('d.tenant_id', '=', 's.tenant_id').onRef('d.id', '=', 's.directory_id'))
    .selectAll('s').select(['i.title', 'd.name']).where('s.tenant_id', '=', ctx.tenantId)
  if (input.itemId) query = query.where('s.item_id', '=', input.itemId)
  const rows = await query.orderBy('s.changed_at', 'desc').orderBy('s.id').limit(500).execute()
  return { items: await Promise.all(rows.map(async (row) => ({
    id: row.id, what: row.item_id ? ('item' as const) : ('directory' as const), objectId: row.item_id ?? row.directory_id ?? '', title: row.title ?? row.name ?? '', targetName: (await tenantById(ctx, row.target_tenant_id)).name, kind: kindOf(row.kind), reason: row.reason, state: stateOf(row.state),
    reads: row.reads, copies: row.copies, used: row.used, lastUsedAt: row.last_used_at, sharedAt: row.shared_at, sharedByName: row.shared_by_name,
  }))) }
}
const kindOf = (kind: string) => (kind === 'push' ? ('push' as const) : ('share' as const))
const stateOf = (state: string) => (state === 'suspended' || state === 'cancelled' ? state : ('active' as const))

export async function shareUses(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.shareUses>> {
  authorize(ctx, 'knowledge.publish')
  const rows = await db(ctx).selectFrom('knowledge_share_use as u').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'u.tenant_id').onRef('i.id', '=', 'u.item_id')).select(['u.id', 'i.title', 'u.kind', 'u.note', 'u.by_name as byName', 'u.unit_name as unitName', 'u.at']).where('u.tenant_id', '=', ctx.tenantId).where('u.share_id', '=', input.id).orderBy('u.at', 'desc').limit(200).execute()
  return { items: rows.map((row) => ({ ...row, kind: row.kind === 'copy' ? ('copy' as const) : ('used' as const) })) }
}

/** What is shared once stays shared once: a second time only makes a push of it. */
export async function addShares(ctx: Ctx, input: Input<typeof contract.addShares>): Promise<{ added: number }> {
  authorize(ctx, 'knowledge.publish')
  const known = new Map((await targetsOf(ctx)).map((one) => [one.id, one]))
  if (input.tenantIds.some((id) => !known.has(id))) throw kernelErrors('invalid', { fields: [{ path: 'tenantIds', message: '只能共享给上级、下级和同级热线' }] })
  const item = input.itemId ? await itemRow(ctx, input.itemId) : undefined
  const directory = input.directoryId ? await db(ctx).selectFrom('knowledge_directory').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.directoryId).executeTakeFirst() : undefined
  if (!item && !directory) throw kernelErrors('notFound')
  const why = item ? whyUnusable({ state: item.state, validFrom: item.valid_from, validTo: item.valid_to }, await todayOf(ctx)) : null
  if (item && why) throw knowledgeFail('notShareable', { params: { title: item.title, why } })
  const title = item?.title ?? directory?.name ?? ''
  const now = ts(ctx.clock.now())
  let added = 0
  for (const tenantId of new Set(input.tenantIds)) {
    const open = await db(ctx).selectFrom('knowledge_share').select(['id', 'kind']).where('tenant_id', '=', ctx.tenantId).where('target_tenant_id', '=', tenantId).where(item ? 'item_id' : 'directory_id', '=', item?.id ?? directory?.id ?? '').where('state', '<>', 'cancelled').executeTakeFirst()
    if (open) await db(ctx).updateTable('knowledge_share').set({ kind: input.kind, reason: input.reason, state: 'active', changed_at: now }).where('tenant_id', '=', ctx.tenantId).where('id', '=', open.id).execute()
    else await db(ctx).insertInto('knowledge_share').values({ tenant_id: ctx.tenantId, id: newId(), item_id: item?.id ?? null, directory_id: directory?.id ?? null, target_tenant_id: tenantId, kind: input.kind, reason: input.reason, state: 'active', shared_at: now, shared_by_name: ctx.actor.name, changed_at: now }).execute()
    if (!open) added++
    if (input.kind === 'push') await tell(ctx, tenantId, item ? { id: item.id, title } : null, title, input.reason)
  }
  if (item) await trail(ctx, { itemId: item.id, act: 'share', text: input.tenantIds.map((id) => known.get(id)?.name ?? '').join('、') })
  return { added }
}

async function tell(ctx: Ctx, tenantId: string, item: { id: string; title: string } | null, title: string, reason: string): Promise<void> {
  const from = (await tenantById(ctx, ctx.tenantId)).name
  await notify(inTenant(ctx, tenantId), { type: 'knowledge.pushed', to: { permission: 'knowledge.publish' }, title: `${from}推荐：${title}`, text: reason, link: item ? `/knowledge/shared/${ctx.tenantId}/${item.id}` : '/knowledge/shared', objectType: ITEM, ...(item ? { objectId: item.id } : {}), level: 'P4' })
}

export async function setShare(ctx: Ctx, input: Input<typeof contract.setShare>): Promise<Output<typeof contract.setShare>> {
  authorize(ctx, 'knowledge.publish')
  const row = await db(ctx).selectFrom('knowledge_share').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.state === 'cancelled') throw knowledgeFail('shareOver')
  await db(ctx).updateTable('knowledge_share').set({ state: input.state, changed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (row.item_id && input.state !== 'active') await trail(ctx, { itemId: row.item_id, act: 'unshare', text: (await tenantById(ctx, row.target_tenant_id)).name })
  return { state: input.state }
}
