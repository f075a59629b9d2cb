// Handled cases below the standard: one warning a case, told to who handled it and to the leaders of the unit.
import { sql } from 'kysely'
import { isMobile } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { mobilesOf, notify, sendSms, setting, usersByUnit } from '../../platform/index.ts'
import { db } from '../quality.queries.ts'
import type { Hit } from '../screening/screening.ts'
import { warningDays, warningOn, warningStandard } from '../settings.ts'
import { noMobile } from './warning.zh-CN.ts'

const MOST = 200
export type Told = { id: string; orderId: string; number: string; indicator: string; content: string; unitId: string | null; unitName: string | null; personId: string | null; personName: string | null }
type Found = { order_id: string; number: string; points: number; hits: Hit[]; unit_id: string | null; unit_name: string | null }

/** Each hour: the lowest score of a case counts, whichever model gave it; what was warned of once is not warned of again. */
export async function raiseWarnings(ctx: Ctx): Promise<void> {
  if (!(await setting(ctx, warningOn))) return
  const [standard, days] = [await setting(ctx, warningStandard), await setting(ctx, warningDays)]
  const { rows } = await sql<Found>`
    select distinct on (s.order_id) s.order_id, o.number, s.points, s.hits, o.lead_unit_id as unit_id, o.lead_unit_name as unit_name
    from quality_case_score s join quality_order_view o on o.tenant_id = s.tenant_id and o.id = s.order_id
    where s.tenant_id = ${ctx.tenantId} and s.points < ${standard} and s.closed_at >= ${ts(plus(ctx.clock.now(), -days * DAY))} and not o.confidential
      and not exists (select 1 from quality_warning w where w.tenant_id = s.tenant_id and w.order_id = s.order_id and w.origin = 'job')
    order by s.order_id, s.points limit ${MOST}`.execute(ctx.db())
  if (rows.length === 0) return
  const handlers = await handlersOf(ctx, rows.map((one) => one.order_id))
  const made: Told[] = rows.map((one) => ({ id: newId(), orderId: one.order_id, number: one.number, indicator: one.hits.map((hit) => hit.name).join('、').slice(0, 200), content: `筛查 ${one.points} 分，低于标准 ${standard} 分`, unitId: one.unit_id, unitName: one.unit_name, personId: handlers.get(one.order_id)?.id ?? null, personName: handlers.get(one.order_id)?.name ?? null }))
  const points = new Map(rows.map((one) => [one.order_id, one.points]))
  const kept = new Set((await db(ctx).insertInto('quality_warning').values(made.map((one) => ({ ...rowOf(ctx, one), origin: 'job', points: points.get(one.orderId) ?? null, standard })))
    .onConflict((c) => c.columns(['tenant_id', 'order_id']).where('origin', '=', 'job').doNothing()).returning('id').execute()).map((one) => one.id))
  await push(ctx, made.filter((one) => kept.has(one.id)))
  ctx.signal('quality.warnings')
}

export const rowOf = (ctx: Ctx, one: Told) => ({ tenant_id: ctx.tenantId, id: one.id, order_id: one.orderId, indicator: one.indicator, content: one.content, unit_id: one.unitId, unit_name: one.unitName, person_id: one.personId, person_name: one.personName, state: 'open', raised_at: ts(ctx.clock.now()), raised_by_name: ctx.actor.name })

/** Who handled the order last for its unit in the lead. */
export async function handlersOf(ctx: Ctx, orderIds: readonly string[]): Promise<Map<string, { id: string; name: string }>> {
  const { rows } = await sql<{ order_id: string; handler_id: string; handler_name: string }>`
    select distinct on (order_id) order_id, handler_id, handler_name from orders_pub_assignment_view
    where tenant_id = ${ctx.tenantId} and order_id = any(${[...orderIds]}::uuid[]) and handler_id is not null and state = 'done' order by order_id, round desc, dispatched_at desc`.execute(ctx.db())
  return new Map(rows.map((one) => [one.order_id, { id: one.handler_id, name: one.handler_name }]))
}

/** In the message centre and by SMS; who cannot be reached by SMS stands in the list with the reason. */
export async function push(ctx: Ctx, warnings: readonly Told[]): Promise<void> {
  if (warnings.length === 0) return
  const leaders = await usersByUnit(ctx, { unitIds: [...new Set(warnings.flatMap((one) => one.unitId ?? []))], permission: 'orders.approve' })
  const people = new Map(warnings.map((one) => [one.id, new Map([...(one.personId ? [[one.personId, one.personName ?? ''] as const] : []), ...(leaders.get(one.unitId ?? '') ?? []).map((user) => [user.id, user.name] as const)])]))
  const mobiles = await mobilesOf(ctx, [...new Set([...people.values()].flatMap((some) => [...some.keys()]))])
  for (const one of warnings) {
    const told = people.get(one.id) ?? new Map<string, string>()
    await notify(ctx, { type: 'quality.warning', to: { userIds: [...told.keys()] }, title: `办理质量预警：${one.number}`, text: `${one.indicator}。${one.content}`, link: `/orders/${one.number}`, objectType: 'qualityWarning', objectId: one.id, level: 'P3' })
    for (const [personId, personName] of told) {
      const mobile = mobiles.get(personId) ?? ''
      const smsId = isMobile(mobile) ? await sendSms(ctx, { phone: mobile, template: 'qualityWarning', params: { unit: one.unitName ?? '', number: one.number, indicator: one.indicator }, objectType: 'qualityWarning', objectId: one.id }) : null
      await db(ctx).insertInto('quality_warning_push').values({ tenant_id: ctx.tenantId, id: newId(), warning_id: one.id, at: ts(ctx.clock.now()), by_name: ctx.actor.name, person_id: personId, person_name: personName, sms_id: smsId, problem: smsId === null ? noMobile : null }).execute()
    }
  }
}
