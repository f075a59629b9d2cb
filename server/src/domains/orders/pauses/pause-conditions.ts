// The conditions that an administrator allows suspension for: there are no others.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './pause-contract.ts'
import { pauseFail } from './pause.errors.ts'

type Row = Selectable<OrdersTables['order_pause_condition']>
type Promise_ = 'none' | 'optional' | 'required'

const view = (r: Row) => ({ id: r.id, name: r.name, permittedDays: r.permitted_days, evidenceRequired: r.evidence_required, promise: r.promise as Promise_, note: r.note, active: r.active, position: r.position, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name })

export async function listPauseConditions(ctx: Ctx, input: Input<typeof contract.listPauseConditionsRoute>) {
  let query = db(ctx).selectFrom('order_pause_condition').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('position').orderBy('name')
  if (!input.all) query = query.where('active', '=', true)
  return { items: (await query.execute()).map(view) }
}

type Body = Omit<Input<typeof contract.createPauseConditionRoute>, never>
const columns = (ctx: Ctx, body: Body) => ({
  name: body.name, permitted_days: body.permittedDays, evidence_required: body.evidenceRequired, promise: body.promise, note: body.note ?? null, active: body.active, position: body.position, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
})

export async function createPauseCondition(ctx: Ctx, input: Input<typeof contract.createPauseConditionRoute>) {
  authorize(ctx, 'orders.manageRules')
  const row = await db(ctx).insertInto('order_pause_condition').values({ tenant_id: ctx.tenantId, id: newId(), ...columns(ctx, input) }).onConflict((c) => c.columns(['tenant_id', 'name']).doNothing()).returningAll().executeTakeFirst()
  if (!row) throw pauseFail('conditionNameTaken', { fields: [{ path: 'name', message: '已有同名的挂起情形' }] })
  ctx.audit({ module: 'orders', act: 'createPauseCondition', objectType: 'key:parameter', objectId: row.id, changes: { name: { old: null, new: row.name } } })
  return view(row)
}

/** Running suspensions keep the condition they were approved under. */
export async function changePauseCondition(ctx: Ctx, input: Input<typeof contract.changePauseConditionRoute>) {
  authorize(ctx, 'orders.manageRules')
  const old = await db(ctx).selectFrom('order_pause_condition').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw orderFail('notFound')
  if (old.version !== input.version) throw pauseFail('conditionChanged', { params: { by: old.changed_by_name }, current: { version: old.version, changedBy: old.changed_by_name } })
  const twin = await db(ctx).selectFrom('order_pause_condition').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).where('id', '<>', input.id).executeTakeFirst()
  if (twin) throw pauseFail('conditionNameTaken', { fields: [{ path: 'name', message: '已有同名的挂起情形' }] })
  const row = await db(ctx).updateTable('order_pause_condition').set({ ...columns(ctx, input), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'orders', act: 'changePauseCondition', objectType: 'key:parameter', objectId: row.id, changes: { permittedDays: { old: old.permitted_days, new: row.permitted_days }, active: { old: old.active, new: row.active }, promise: { old: old.promise, new: row.promise } } })
  return view(row)
}
