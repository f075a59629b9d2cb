// The list of warnings, and what a person does with them: adds, changes, pushes again, closes with a remark.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { readOrderByNumber, visible } from '../../orders/index.ts'
import { afterCursor, boundCount, dayRange, nextPage } from '../../platform/index.ts'
import { qualityFail } from '../quality.errors.ts'
import { db } from '../quality.queries.ts'
import { handlersOf, push, rowOf, type Told } from './raise-warnings.ts'
import type * as contract from './warning-contract.ts'
import type { warningStates } from './warning-contract.ts'
import { originNames, pushStateNames, warningStateNames } from './warning.zh-CN.ts'

type Detail = Output<typeof contract.showWarning>
const failedPush = sql`(p.sms_id is null or exists (select 1 from quality_sms_view v where v.tenant_id = p.tenant_id and v.id = p.sms_id and v.state = 'failed'))`
const warnings = (ctx: Ctx) => db(ctx).selectFrom('quality_warning as w').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.order_id')).where('w.tenant_id', '=', ctx.tenantId).where((eb) => visible(ctx, eb as never) as never)
const select = (query: ReturnType<typeof warnings>) => query.selectAll('w').select(['o.number', 'o.title'])
  .select(sql<number>`(select count(*)::int from quality_warning_push p where p.tenant_id = w.tenant_id and p.warning_id = w.id)`.as('pushes'))
  .select(sql<number>`(select count(*)::int from quality_warning_push p where p.tenant_id = w.tenant_id and p.warning_id = w.id and ${failedPush})`.as('failed'))
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

function view(one: Row): Output<typeof contract.listWarnings>['items'][number] {
  const [state, origin] = [one.state as (typeof warningStates)[number], one.origin as keyof typeof originNames]
  return {
    id: one.id, origin, originName: originNames[origin], orderId: one.order_id, number: one.number ?? '', title: one.title ?? '', indicator: one.indicator, content: one.content, points: one.points, standard: one.standard, unitId: one.unit_id, unitName: one.unit_name, personName: one.person_name,
    state, stateName: warningStateNames[state], raisedAt: one.raised_at, raisedByName: one.raised_by_name, closedAt: one.closed_at, closedByName: one.closed_by_name, remark: one.remark, version: one.version, pushes: one.pushes, failed: one.failed,
  }
}

export async function listWarnings(ctx: Ctx, input: Input<typeof contract.listWarnings>): Promise<Output<typeof contract.listWarnings>> {
  authorize(ctx, 'quality.read')
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let q = warnings(ctx)
  if (input.state) q = q.where('w.state', '=', input.state)
  if (input.origin) q = q.where('w.origin', '=', input.origin)
  if (input.unitId) q = q.where(sql<boolean>`w.unit_id in (select u.id from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and ${input.unitId}::uuid = any(u.path))`)
  if (input.failed) q = q.where(sql<boolean>`exists (select 1 from quality_warning_push p where p.tenant_id = w.tenant_id and p.warning_id = w.id and ${failedPush})`)
  if (from) q = q.where('w.raised_at', '>=', from)
  if (before) q = q.where('w.raised_at', '<', before)
  const rows = await select(q).where(afterCursor(input.cursor, 'w.raised_at', 'w.id')).orderBy('w.raised_at', 'desc').orderBy('w.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (one) => one.raised_at)
  return { items: page.items.map(view), next: page.next, count: await boundCount(ctx, q) }
}

export async function showWarning(ctx: Ctx, input: { id: string }): Promise<Detail> {
  authorize(ctx, 'quality.read')
  const one = await select(warnings(ctx)).where('w.id', '=', input.id).executeTakeFirst()
  if (!one) throw qualityFail('warningNotFound')
  const pushes = await db(ctx).selectFrom('quality_warning_push as p').leftJoin('quality_sms_view as s', (join) => join.onRef('s.tenant_id', '=', 'p.tenant_id').onRef('s.id', '=', 'p.sms_id')).select(['p.id', 'p.at', 'p.by_name', 'p.person_name', 'p.problem', 's.state', 's.problem as smsProblem']).where('p.tenant_id', '=', ctx.tenantId).where('p.warning_id', '=', one.id).orderBy('p.at', 'desc').orderBy('p.id').limit(200).execute()
  return { ...view(one), pushList: pushes.map((p) => ({ id: p.id, at: p.at, byName: p.by_name, personName: p.person_name, state: p.state ?? 'none', stateName: pushStateNames[p.state ?? 'none'] ?? p.state ?? '', problem: p.problem ?? (p.state === 'failed' ? p.smsProblem : null) })) }
}

export async function addWarning(ctx: Ctx, input: Input<typeof contract.addWarning>): Promise<Detail> {
  authorize(ctx, 'quality.manage')
  const order = await readOrderByNumber(ctx, input.number)
  if (order.tenant_id !== ctx.tenantId) throw qualityFail('warningNotFound')
  if (order.lead_unit_id === null) throw qualityFail('warningNoUnit')
  const person = (await handlersOf(ctx, [order.id])).get(order.id)
  const told: Told = { id: newId(), orderId: order.id, number: order.number, indicator: input.indicator, content: input.content, unitId: order.lead_unit_id, unitName: order.lead_unit_name, personId: person?.id ?? null, personName: person?.name ?? null }
  await db(ctx).insertInto('quality_warning').values({ ...rowOf(ctx, told), origin: 'person' }).execute()
  await push(ctx, [told])
  ctx.signal('quality.warnings')
  return showWarning(ctx, { id: told.id })
}

/** An open warning; closed ones stay as they were closed. */
async function hold(ctx: Ctx, id: string): Promise<Detail> {
  const held = await showWarning(ctx, { id })
  const open = await db(ctx).selectFrom('quality_warning').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('state', '=', 'open').forUpdate().executeTakeFirst()
  if (!open) throw qualityFail('warningClosed')
  return held
}

export async function changeWarning(ctx: Ctx, input: Input<typeof contract.changeWarning>): Promise<Detail> {
  authorize(ctx, 'quality.manage')
  const held = await hold(ctx, input.id)
  const done = await db(ctx).updateTable('quality_warning').set((eb) => ({ indicator: input.indicator, content: input.content, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).where('version', '=', input.version).returning('id').executeTakeFirst()
  if (!done) throw qualityFail('changed')
  ctx.audit({ module: 'quality', act: 'changeQualityWarning', objectType: 'qualityWarning', objectId: held.id, changes: { indicator: { old: held.indicator, new: input.indicator }, content: { old: held.content, new: input.content } } })
  ctx.signal('quality.warnings')
  return showWarning(ctx, { id: held.id })
}

export async function pushWarning(ctx: Ctx, input: { id: string }): Promise<Detail> {
  authorize(ctx, 'quality.manage')
  const held = await hold(ctx, input.id)
  const person = (await handlersOf(ctx, [held.orderId])).get(held.orderId)
  await push(ctx, [{ ...held, personId: person?.id ?? null }])
  ctx.signal('quality.warnings')
  return showWarning(ctx, { id: held.id })
}

export async function closeWarning(ctx: Ctx, input: Input<typeof contract.closeWarning>): Promise<Detail> {
  authorize(ctx, 'quality.manage')
  const held = await hold(ctx, input.id)
  await db(ctx).updateTable('quality_warning').set((eb) => ({ state: 'closed', closed_at: ts(ctx.clock.now()), closed_by_name: ctx.actor.name, remark: input.remark, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  ctx.signal('quality.warnings')
  return showWarning(ctx, { id: held.id })
}
