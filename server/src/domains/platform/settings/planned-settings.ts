// Changes of parameters planned for a date: checked when planned, applied by a timer, cancelled until then.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Cron } from '../../../kernel/module.ts'
import { newId, runNested } from '../../../kernel/runtime.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { reachableTenants } from '../reach.ts'
import { applySetting, checkedSetting } from './change-setting.ts'
import type * as contract from './contract.ts'
import { placeOf } from './list-settings.ts'
import { findSetting } from './registry.ts'
import { settingErrors } from './setting.errors.ts'
import { WHOLE_TENANT } from './setting-chain.ts'

const MANAGE = 'platform.manageSettings'
const READ = 'platform.readSettings'

export async function planSetting(ctx: Ctx, input: Input<typeof contract.planSetting>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const place = await placeOf(ctx, MANAGE, input)
  const { value } = await checkedSetting(ctx, input.key, place, input.value)
  if (input.effectiveAt <= ctx.clock.now()) throw settingErrors('plannedPast', { fields: [{ path: 'effectiveAt', message: '须晚于现在' }] })
  const id = newId()
  await sql`insert into platform_planned_setting (tenant_id, id, unit_id, key, value, effective_at, reason, state, created_by_name, created_at)
    values (${place.tenantId}, ${id}, ${place.unitId ?? WHOLE_TENANT}, ${input.key}, ${JSON.stringify(value)}::jsonb, ${toIso(input.effectiveAt)}, ${input.reason ?? null}, 'planned', ${ctx.actor.name}, ${toIso(ctx.clock.now())})`.execute(ctx.db())
  ctx.audit({ module: 'platform', act: 'planSetting', objectType: 'key:setting', objectId: input.key, tenantId: place.tenantId, changes: { value: { old: null, new: value }, effectiveAt: { old: null, new: toIso(input.effectiveAt) } }, ...(input.reason ? { text: input.reason } : {}) })
  return { id }
}

type Row = Omit<Output<typeof contract.listPlannedSettings>['items'][number], 'label'>

export async function listPlannedSettings(ctx: Ctx): Promise<Output<typeof contract.listPlannedSettings>> {
  authorize(ctx, READ)
  const { rows } = await sql<Row>`select p.id, p.key, p.value, p.effective_at as "effectiveAt", p.reason, p.state, p.error, p.created_by_name as by, p.created_at as "createdAt", t.name as "tenantName", u.name as "unitName"
    from platform_planned_setting p join platform_tenant t on t.id = p.tenant_id left join platform_unit u on u.tenant_id = p.tenant_id and u.id = p.unit_id
    where p.tenant_id = any(${reachableTenants(ctx, READ)}::uuid[]) order by (p.state = 'planned') desc, p.effective_at desc limit 200`.execute(ctx.acrossTenants('narrowed to reachable tenants'))
  return { items: rows.map((row) => ({ ...row, label: findSetting(row.key)?.label ?? row.key })) }
}

export async function cancelPlannedSetting(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<{ state: string; key: string; tenant_id: string }>`select state, key, tenant_id from platform_planned_setting where id = ${input.id} and tenant_id = any(${reachableTenants(ctx, MANAGE)}::uuid[]) for update`.execute(ctx.acrossTenants('narrowed to reachable tenants'))
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  if (row.state !== 'planned') throw settingErrors('plannedOver')
  await sql`update platform_planned_setting set state = 'cancelled' where tenant_id = ${row.tenant_id} and id = ${input.id}`.execute(ctx.acrossTenants('checked above'))
  ctx.audit({ module: 'platform', act: 'cancelPlannedSetting', objectType: 'key:setting', objectId: row.key, tenantId: row.tenant_id })
  return {}
}

type Due = { id: string; key: string; unit_id: string; value: unknown; reason: string | null; by: string }

/** A plan that no longer fits (the range was narrowed since) is marked with the reason; the others go on. */
async function applyDue(ctx: Ctx): Promise<void> {
  const { rows } = await sql<Due>`select id, key, unit_id, value, reason, created_by_name as by from platform_planned_setting where tenant_id = ${ctx.tenantId} and state = 'planned' and effective_at <= ${toIso(ctx.clock.now())}::timestamptz
    order by effective_at, created_at for update skip locked`.execute(ctx.db())
  for (const due of rows) {
    let error: string | null = null
    try {
      const asPlanner = { ...inTenant(ctx, ctx.tenantId), actor: { ...ctx.actor, name: due.by } }
      await runNested(ctx, () => applySetting(asPlanner, { tenantId: ctx.tenantId, unitId: due.unit_id === WHOLE_TENANT ? null : due.unit_id }, due.key, due.value, due.reason ?? '计划变更'))
    } catch (problem) {
      if (!(problem instanceof AppError)) throw problem
      error = problem.title
    }
    await sql`update platform_planned_setting set state = ${error === null ? 'applied' : 'failed'}, error = ${error} where tenant_id = ${ctx.tenantId} and id = ${due.id}`.execute(ctx.db())
  }
}
export const plannedCrons: Cron[] = [{ name: 'platform.applyPlannedSettings', everySeconds: 30, run: applyDue }]
