// Which departments a leader has: the board of departments shows nothing else (SUP-29).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { unitsByIds, usersOf } from '../../platform/index.ts'
import { db } from '../supervision.queries.ts'
import type * as contract from './board-contract.ts'

const leadersOf = (ctx: Ctx) => usersOf(ctx, { permission: 'supervision.instruct' })

export async function unitsOfLeader(ctx: Ctx, userId: string): Promise<{ id: string; name: string }[]> {
  return db(ctx).selectFrom('supervision_leader_unit').select(['unit_id as id', 'unit_name as name']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId).orderBy('unit_name').execute()
}

export async function leaderUnits(ctx: Ctx): Promise<Output<typeof contract.leaderUnitsRoute>> {
  authorize(ctx, 'supervision.assign')
  const rows = await db(ctx).selectFrom('supervision_leader_unit').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('user_name').orderBy('unit_name').execute()
  const items = [...Map.groupBy(rows, (r) => r.user_id)].map(([userId, mine]) => ({ userId, userName: mine[0]?.user_name ?? '', units: mine.map((r) => ({ id: r.unit_id, name: r.unit_name })) }))
  return { items, leaders: await leadersOf(ctx) }
}

export async function setLeaderUnits(ctx: Ctx, input: Input<typeof contract.setLeaderUnitsRoute>): Promise<Output<typeof contract.leaderUnitsRoute>> {
  authorize(ctx, 'supervision.assign')
  const leader = (await leadersOf(ctx)).find((u) => u.id === input.userId)
  if (!leader) throw kernelErrors('notFound')
  const units = await unitsByIds(ctx, input.unitIds)
  const strange = input.unitIds.find((id) => units.get(id)?.tenantId !== ctx.tenantId)
  if (strange) throw kernelErrors('invalid', { fields: [{ path: 'unitIds', message: '单位不存在或不属于本中心' }] })
  const old = await unitsOfLeader(ctx, leader.id)
  await db(ctx).deleteFrom('supervision_leader_unit').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', leader.id).execute()
  const rows = [...units.values()].map((u) => ({ tenant_id: ctx.tenantId, user_id: leader.id, unit_id: u.id, user_name: leader.name, unit_name: u.name, created_at: ts(ctx.clock.now()) }))
  if (rows.length > 0) await db(ctx).insertInto('supervision_leader_unit').values(rows).execute()
  ctx.audit({ module: 'supervision', act: 'setLeaderUnits', objectType: 'key:supervisionDuty', objectId: leader.id, changes: { units: { old: old.map((u) => u.name), new: rows.map((r) => r.unit_name) } } })
  return leaderUnits(ctx)
}
