// Merging a unit into another: people, lower units, duties and open work go over; what is finished keeps the name of its time.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { unitChanged } from '../events.ts'
import { forgetStamps, touchStamp } from '../stamps.ts'
import type { Usage } from '../usage.ts'
import { ownUnit, reparent } from './change-units.ts'
import type * as contract from './contract.ts'
import { unitErrors } from './unit.errors.ts'
import { unitsMerged } from './unit-ports.ts'
import { lockTree, unitInReach, type UnitRow } from './unit.queries.ts'

const MANAGE = 'platform.manageUnits'
type Pair = { from: UnitRow; into: UnitRow }

async function pairOf(ctx: Ctx, id: string, intoId: string): Promise<Pair> {
  authorize(ctx, MANAGE)
  const from = await ownUnit(ctx, id)
  const into = await unitInReach(ctx, MANAGE, intoId).catch(() => null)
  if (into?.state !== 'active' || into.kind === 'virtual' || into.tenantId !== from.tenantId || into.id === from.id) throw unitErrors('badMerge', { fields: [{ path: 'intoId', message: '目标机构不存在、已停用、在其他租户或就是本机构' }] })
  if (into.path.includes(from.id)) throw unitErrors('mergeBelow', { fields: [{ path: 'intoId', message: '不能并入自己的下级机构' }] })
  if (from.parentId === null) throw unitErrors('lastCentre')
  if (from.state !== 'active') throw unitErrors('badMerge', { detail: '机构已停用' })
  return { from, into }
}

/** Counts, and with `commit` re-points, what the platform itself keeps by unit. */
async function own(ctx: Ctx, { from, into }: Pair, commit: boolean): Promise<Usage[]> {
  const db = ctx.db()
  const tenant = from.tenantId
  const count = async (label: string, table: string): Promise<Usage> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where tenant_id = ${tenant} and unit_id = ${from.id}`.execute(db)
    return { label, count: rows[0]?.n ?? 0 }
  }
  const children = await sql<{ id: string }>`select id from platform_unit where tenant_id = ${tenant} and parent_id = ${from.id} order by sort, code`.execute(db)
  const found = [await count('任职人员', 'platform_post'), { label: '下级机构', count: children.rows.length }, await count('值守联系人', 'platform_duty_contact'), await count('用户组', 'platform_group'), await count('消息规则', 'platform_message_rule')]
  if (!commit) return found
  for (const child of children.rows) await reparent(ctx, await unitInReach(ctx, MANAGE, child.id), await unitInReach(ctx, MANAGE, into.id))
  // Who has a post in both keeps one; it is his main one if either was.
  await sql`delete from platform_post p where p.tenant_id = ${tenant} and p.unit_id = ${into.id} and not p.main and exists (select 1 from platform_post s where s.tenant_id = p.tenant_id and s.user_id = p.user_id and s.unit_id = ${from.id} and s.main)`.execute(db)
  await sql`delete from platform_post p where p.tenant_id = ${tenant} and p.unit_id = ${from.id} and exists (select 1 from platform_post t where t.tenant_id = p.tenant_id and t.user_id = p.user_id and t.unit_id = ${into.id})`.execute(db)
  for (const table of ['platform_post', 'platform_duty_contact', 'platform_group', 'platform_message_rule']) await sql`update ${sql.table(table)} set unit_id = ${into.id} where tenant_id = ${tenant} and unit_id = ${from.id}`.execute(db)
  await sql`update platform_notice set unit_ids = array_replace(unit_ids, ${from.id}::uuid, ${into.id}::uuid) where tenant_id = ${tenant} and ${from.id} = any(unit_ids)`.execute(db)
  return found
}

async function all(ctx: Ctx, pair: Pair, commit: boolean): Promise<Usage[]> {
  const found = await own(ctx, pair, commit)
  // Under the tenant of the units, in the name of whoever merges.
  const below = { ...inTenant(ctx, pair.from.tenantId), actor: { ...inTenant(ctx, pair.from.tenantId).actor, name: ctx.actor.name } }
  for (const ask of unitsMerged.all()) found.push(...(await ask(below, { ...pair, commit })))
  return found.filter((usage) => usage.count > 0)
}

export async function previewMerge(ctx: Ctx, input: Input<typeof contract.previewMerge>): Promise<Output<typeof contract.previewMerge>> {
  const pair = await pairOf(ctx, input.id, input.intoId)
  return { from: { id: pair.from.id, name: pair.from.name, areaName: pair.from.areaName }, into: { id: pair.into.id, name: pair.into.name, areaName: pair.into.areaName }, items: await all(ctx, pair, false) }
}

export async function mergeUnit(ctx: Ctx, input: Input<typeof contract.mergeUnit>): Promise<Output<typeof contract.mergeUnit>> {
  authorize(ctx, MANAGE)
  const { tenantId } = await unitInReach(ctx, MANAGE, input.id)
  await lockTree(ctx, tenantId)
  const pair = await pairOf(ctx, input.id, input.intoId)
  const { from, into } = pair
  if (from.version !== input.version) throw kernelErrors('conflict', { current: { version: from.version, changedBy: from.changedBy, changedAt: from.changedAt } })
  const items = await all(ctx, pair, true)
  await sql`update platform_unit set state = 'disabled', merged_into = ${into.id}, version = version + 1, changed_at = ${toIso(ctx.clock.now())}::timestamptz, changed_by = ${ctx.actor.name} where tenant_id = ${tenantId} and id = ${from.id}`.execute(ctx.db())
  await touchStamp(ctx, 'settings')
  forgetStamps(ctx)
  ctx.audit({ module: 'platform', act: 'mergeUnit', objectType: 'key:unit', objectId: from.id, tenantId, changes: { state: { old: 'active', new: 'disabled' }, mergedInto: { old: null, new: into.id }, moved: { old: null, new: items } }, text: input.reason })
  ctx.publish({ ...unitChanged({ unitId: from.id, state: 'disabled' }), tenantId })
  return { items }
}
