// Strategies of calling out: kept by managers, used by plans.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { contactMaxAttempts } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { callbackFail } from '../callback.errors.ts'
import { db } from '../callback.queries.ts'
import type * as contract from './outbound-contract.ts'
import { languageNames } from './outbound.zh-CN.ts'
import type { Window } from './strategy.ts'

export async function listStrategies(ctx: Ctx): Promise<Output<typeof contract.listStrategies>> {
  authorize(ctx, 'callback.read')
  const rows = await db(ctx).selectFrom('callback_strategy as s').selectAll('s').select((eb) => eb.selectFrom('callback_plan as p').select((e) => e.fn.countAll<number>().as('n')).whereRef('p.tenant_id', '=', 's.tenant_id').whereRef('p.strategy_id', '=', 's.id').as('plans')).where('s.tenant_id', '=', ctx.tenantId).orderBy('s.name').limit(200).execute()
  return { items: rows.map((row) => ({ id: row.id, name: row.name, forKind: row.for_kind as 'any', weekdays: row.weekdays, windows: row.windows as Window[], contacts: row.contacts, contactDays: row.contact_days, attempts: row.attempts, intervalHours: row.interval_hours, language: row.language as 'zh', languageName: languageNames[row.language] ?? row.language, offHoursShare: row.off_hours_share, standing: row.standing, byName: row.by_name, changedAt: row.changed_at, version: row.version, plans: Number(row.plans ?? 0) })) }
}

export async function saveStrategy(ctx: Ctx, input: Input<typeof contract.saveStrategy>): Promise<Output<typeof contract.saveStrategy>> {
  authorize(ctx, 'callback.plan')
  // Two that save at once are told of each other by the checks below.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`callback.strategy:${ctx.tenantId}`}, 0))`.execute(ctx.db())
  const taken = await db(ctx).selectFrom('callback_strategy').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).executeTakeFirst()
  if (taken && taken.id !== input.id) throw callbackFail('strategyName', { fields: [{ path: 'name', message: '名称已存在' }] })
  await check(ctx, input)
  const values = { name: input.name, for_kind: input.forKind, weekdays: [...new Set(input.weekdays)].toSorted(), windows: json(input.windows), contacts: input.contacts, contact_days: input.contactDays, attempts: input.attempts, interval_hours: input.intervalHours, language: input.language, off_hours_share: input.offHoursShare, standing: input.standing, by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) }
  if (input.id === null) await db(ctx).insertInto('callback_strategy').values({ tenant_id: ctx.tenantId, id: newId(), ...values }).execute()
  else {
    const changed = await db(ctx).updateTable('callback_strategy').set((eb) => ({ ...values, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version ?? 0).returning('id').executeTakeFirst()
    if (!changed) {
      const known = await db(ctx).selectFrom('callback_strategy').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
      throw callbackFail(known ? 'planChanged' : 'strategyNotFound')
    }
  }
  return listStrategies(ctx)
}

async function check(ctx: Ctx, input: Input<typeof contract.saveStrategy>): Promise<void> {
  const max = await setting(ctx, contactMaxAttempts)
  if (input.attempts !== null && input.attempts > max) throw kernelErrors('invalid', { fields: [{ path: 'attempts', message: `不能多于联系次数上限（${max} 次）` }] })
  if (!input.standing) return
  const other = await db(ctx).selectFrom('callback_strategy').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('standing', '=', true).where('for_kind', '=', input.forKind).executeTakeFirst()
  if (other && other.id !== input.id) throw callbackFail('strategyStanding', { params: { name: other.name }, fields: [{ path: 'standing', message: `“${other.name}”已用于这类诉求人，请先取消它` }] })
}

export async function dropStrategy(ctx: Ctx, input: Input<typeof contract.dropStrategy>): Promise<Output<typeof contract.dropStrategy>> {
  authorize(ctx, 'callback.plan')
  const used = await db(ctx).selectFrom('callback_plan').select('id').where('tenant_id', '=', ctx.tenantId).where('strategy_id', '=', input.id).limit(1).executeTakeFirst()
  if (used) throw callbackFail('strategyUsed')
  const gone = await db(ctx).deleteFrom('callback_strategy').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('id').executeTakeFirst()
  if (!gone) throw callbackFail('strategyNotFound')
  return listStrategies(ctx)
}
