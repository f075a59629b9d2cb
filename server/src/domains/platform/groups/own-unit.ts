// The unit of a virtual organisation: made with the group, named after it, active while the group lasts.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Cron } from '../../../kernel/module.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { unitChanged } from '../events.ts'
import { notify } from '../messages/notify.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type { Unit } from '../units/unit-tree.ts'
import { lockTree } from '../units/unit.queries.ts'

/** A new unit below the owner's; orders, messages and statistics know it like any other. Returns its id. */
export async function createOwnUnit(ctx: Ctx, group: { id: string; name: string; endsOn: string | null }, owner: Unit): Promise<string> {
  await lockTree(ctx, ctx.tenantId)
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx.db<PlatformTables>().insertInto('platform_unit').values({
    tenant_id: ctx.tenantId, id, code: `VO-${id.slice(-12)}`, name: group.name, kind: 'virtual', area_code: owner.areaCode, parent_id: owner.id, path: [...owner.path, id], valid_to: group.endsOn, created_at: now, changed_at: now, changed_by: ctx.actor.name,
  }).execute()
  await touchStamp(ctx, 'settings')
  ctx.audit({ module: 'platform', act: 'createUnit', objectType: 'key:unit', objectId: id, changes: { name: { old: null, new: group.name }, parentId: { old: null, new: owner.id } } })
  ctx.publish(unitChanged({ unitId: id, state: 'active' }))
  return id
}

type Group = { name: string; endsOn: string | null; state: 'active' | 'disabled'; ownUnitId: string | null }

/** Name, last day and state of the unit follow the group. True when the unit has just been closed. */
export async function alignOwnUnit(ctx: Ctx, group: Group): Promise<boolean> {
  if (group.ownUnitId === null) return false
  const over = group.endsOn !== null && group.endsOn < localDate(ctx.clock.now())
  const state = group.state === 'active' && !over ? 'active' : 'disabled'
  const { rows } = await sql<{ was: string }>`update platform_unit u set name = ${group.name}, valid_to = ${group.endsOn}, state = ${state}, version = u.version + 1, changed_at = ${ts(ctx.clock.now())}::timestamptz, changed_by = ${ctx.actor.name}
    from platform_unit b where u.tenant_id = ${ctx.tenantId} and u.id = ${group.ownUnitId} and b.tenant_id = u.tenant_id and b.id = u.id and (u.name, u.state, u.valid_to) is distinct from (${group.name}, ${state}, ${group.endsOn}::date) returning b.state as was`.execute(ctx.db())
  const was = rows[0]?.was
  if (was === undefined || was === state) return false
  ctx.audit({ module: 'platform', act: state === 'active' ? 'enableUnit' : 'disableUnit', objectType: 'key:unit', objectId: group.ownUnitId, changes: { state: { old: was, new: state } } })
  ctx.publish(unitChanged({ unitId: group.ownUnitId, state }))
  return state === 'disabled'
}

/** The rights end by the date itself; this closes the unit and tells who manages groups that somebody has to look after what is left. */
async function closeEnded(ctx: Ctx): Promise<void> {
  const { rows } = await sql<Group & { id: string }>`select g.id, g.name, g.ends_on as "endsOn", g.state, g.own_unit_id as "ownUnitId" from platform_group g join platform_unit u on u.tenant_id = g.tenant_id and u.id = g.own_unit_id and u.state = 'active'
    where g.tenant_id = ${ctx.tenantId} and g.ends_on < ${localDate(ctx.clock.now())}::date`.execute(ctx.db())
  for (const group of rows) {
    await alignOwnUnit(ctx, group)
    await notify(ctx, { type: 'system.rights', to: { permission: 'platform.manageGroups' }, title: `虚拟组织“${group.name}”已到期`, text: '成员的权限已失效，不再接收派单；在办任务请由派发人员改派', link: `/admin/groups?group=${group.id}`, objectType: 'group', objectId: group.id, level: 'P2' })
  }
}

export const groupCrons: Cron[] = [{ name: 'platform.endedGroups', everySeconds: 900, run: closeEnded }]
