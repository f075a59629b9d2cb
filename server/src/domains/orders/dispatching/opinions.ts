// Words of dispatch: the library by source, type and unit, and each person's own texts; placeholders come from the order (ORD-31).
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatMoment, type Instant } from '../../../kernel/time/index.ts'
import { tenantById, unitsByIds } from '../../platform/index.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { shownName } from '../requesters/contact.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './dispatching-contract.ts'
import { dispatchingFail } from './dispatching.errors.ts'

type Row = Selectable<OrdersTables['order_opinion_template']>

const view = (ctx: Ctx, r: Row, unitName: string | null) => ({ id: r.id, name: r.name, text: r.text, channel: r.channel, appealType: r.appeal_type, unitId: r.unit_id, unitName, own: r.owner_id !== null && r.owner_id === ctx.actor.id, position: r.position, active: r.active, version: r.version })

/** The library and the actor's own texts; never anybody else's. */
const held = (ctx: Ctx) => db(ctx).selectFrom('order_opinion_template').selectAll().where('tenant_id', '=', ctx.tenantId).where((eb) => eb.or([eb('owner_id', 'is', null), ...(ctx.actor.id ? [eb('owner_id', '=', ctx.actor.id)] : [])])).orderBy('position').orderBy('name')

export async function listOpinions(ctx: Ctx, input: Input<typeof contract.listOpinionsRoute>) {
  const rows = await (input.own ? held(ctx).where('owner_id', 'is not', null) : held(ctx)).limit(500).execute()
  const units = await unitsByIds(ctx, rows.flatMap((r) => r.unit_id ?? []))
  return { items: rows.map((r) => view(ctx, r, r.unit_id ? (units.get(r.unit_id)?.name ?? null) : null)) }
}

export async function createOpinion(ctx: Ctx, input: Input<typeof contract.createOpinionRoute>) {
  if (!input.own) authorize(ctx, 'orders.manageRules')
  const row = await db(ctx).insertInto('order_opinion_template').values({ tenant_id: ctx.tenantId, id: newId(), ...columns(ctx, input), owner_id: input.own ? ctx.actor.id : null }).returningAll().executeTakeFirstOrThrow()
  return view(ctx, row, null)
}

const columns = (ctx: Ctx, body: Omit<Input<typeof contract.createOpinionRoute>, 'own'>) => ({
  name: body.name, text: body.text, channel: body.channel || null, appeal_type: body.appealType || null, unit_id: body.unitId ?? null, position: body.position, active: body.active, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
})

/** Somebody else's own text does not exist for others; the library is its keepers'. */
async function lockOwn(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('order_opinion_template').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || (row.owner_id !== null && row.owner_id !== ctx.actor.id)) throw dispatchingFail('opinionNotFound')
  if (row.owner_id === null) authorize(ctx, 'orders.manageRules')
  return row
}

export async function changeOpinion(ctx: Ctx, input: Input<typeof contract.changeOpinionRoute>) {
  const old = await lockOwn(ctx, input.id)
  if (old.version !== input.version) throw dispatchingFail('ruleChanged', { params: { by: old.changed_by_name }, current: { version: old.version } })
  const row = await db(ctx).updateTable('order_opinion_template').set({ ...columns(ctx, input), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  return view(ctx, row, null)
}

export async function deleteOpinion(ctx: Ctx, input: Input<typeof contract.deleteOpinionRoute>): Promise<Record<string, never>> {
  const row = await lockOwn(ctx, input.id)
  await db(ctx).deleteFrom('order_opinion_template').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return {}
}

/** Offered while the tenant keeps no library. */
const usualOpinions = ['请按职责依法依规办理，及时联系诉求人并反馈结果。', '请核实情况，办理完成后上传现场照片。', '请会同属地街道现场处置，并书面答复诉求人。']

export type OfferedOpinion = { id: string; name: string; text: string; own: boolean; /** Fills the form by itself. */ best: boolean }

/** Texts for one order, placeholders filled, the best match first: unit before type before source before general ones. */
export async function opinionsFor(ctx: Ctx, order: OrderRow, unitIds: readonly string[], due: Instant | null): Promise<OfferedOpinion[]> {
  const rows = await held(ctx).where('active', '=', true).limit(500).execute()
  const scored = rows.flatMap((row) => {
    if ((row.channel && row.channel !== order.channel) || (row.appeal_type && row.appeal_type !== order.appeal_type) || (row.unit_id && !unitIds.includes(row.unit_id))) return []
    return [{ row, score: (row.unit_id ? 4 : 0) + (row.appeal_type ? 2 : 0) + (row.channel ? 1 : 0) }]
  })
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const fill = (text: string): string => text.replaceAll('{number}', order.number).replaceAll('{requester}', shownName({ subject_kind: order.subject_kind, name: order.requester_name, anonymous: order.anonymous })).replaceAll('{deadline}', due === null ? '规定时限' : formatMoment(due, ctx.clock.now(), timeZone)).replaceAll('{title}', order.title)
  const sorted = scored.toSorted((a, b) => Number(a.row.owner_id !== null) - Number(b.row.owner_id !== null) || b.score - a.score || a.row.position - b.row.position)
  if (sorted.length === 0) return usualOpinions.map((text, i) => ({ id: `usual-${i}`, name: text, text, own: false, best: false }))
  return sorted.slice(0, 30).map(({ row }, i) => ({ id: row.id, name: row.name, text: fill(row.text), own: row.owner_id !== null, best: i === 0 && row.owner_id === null }))
}
