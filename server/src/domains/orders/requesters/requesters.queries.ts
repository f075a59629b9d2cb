// Rows of requesters and of what they asked before.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { maskAddress } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { afterCursor, areaNames, setting } from '../../platform/index.ts'
import { isOpen, openStates, type OrderState } from '../order.ts'
import { visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { appealTypeNames, stateNames } from '../texts.zh-CN.ts'
import { ratesOfOrders } from './rates-port.ts'
import { frequentCaller } from './requester.settings.ts'
import { shownName } from './contact.ts'

export type RequesterRow = Selectable<OrdersTables['order_requester']>
export type PhoneRow = Selectable<OrdersTables['order_requester_phone']>

/** Records with this number or identity number, the one used last first. */
export async function requestersWith(ctx: Ctx, hashes: { phone?: string | undefined; idNumber?: string | undefined }, lock = false): Promise<RequesterRow[]> {
  const { phone, idNumber } = hashes
  if (phone === undefined && idNumber === undefined) return []
  const query = db(ctx)
    .selectFrom('order_requester as r')
    .selectAll('r')
    .where('r.tenant_id', '=', ctx.tenantId)
    .where((eb) =>
      eb.or([
        ...(idNumber === undefined ? [] : [eb('r.id_number_hash', '=', idNumber)]),
        ...(phone === undefined ? [] : [eb('r.id', 'in', eb.selectFrom('order_requester_phone as p').select('p.requester_id').where('p.tenant_id', '=', ctx.tenantId).where('p.phone_hash', '=', phone))]),
      ]),
    )
    .orderBy('r.updated_at', 'desc')
    .orderBy('r.id')
    .limit(20)
  return (lock ? query.forUpdate() : query).execute()
}

export async function phonesOf(ctx: Ctx, requesterIds: readonly string[]): Promise<Map<string, PhoneRow[]>> {
  if (requesterIds.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('order_requester_phone').selectAll().where('tenant_id', '=', ctx.tenantId).where('requester_id', 'in', [...requesterIds]).orderBy('main', 'desc').orderBy('phone_mask').execute()
  return Map.groupBy(rows, (row) => row.requester_id)
}

/** Rows as screens may see them, with labels. */
export async function viewsOf(ctx: Ctx, rows: RequesterRow[]) {
  const ids = rows.map((r) => r.id)
  const [phones, areas, stats] = await Promise.all([phonesOf(ctx, ids), areaNames(ctx, rows.flatMap((r) => r.area_code ?? [])), statistics(ctx, ids)])
  return rows.map((row) => {
    const counted = stats.get(row.id) ?? { total: 0, recent: 0, labels: [] }
    return {
      id: row.id, subjectKind: row.subject_kind as 'person' | 'enterprise', name: shownName(row), sex: row.sex as 'male' | 'female' | null, ageRange: row.age_range, idType: row.id_type, idNumber: row.id_number_mask,
      phones: (phones.get(row.id) ?? []).map((p) => ({ mask: p.phone_mask, main: p.main, verified: p.verified })),
      areaCode: row.area_code, areaName: row.area_code ? (areas.get(row.area_code) ?? null) : null, address: row.address === null ? null : maskAddress(row.address), detailAddress: row.detail_address === null ? null : maskAddress(row.detail_address),
      labels: [...counted.labels, ...row.labels.map((text) => ({ kind: 'manual' as const, text }))], orderCount: counted.total, version: row.version, updatedAt: row.updated_at,
    }
  })
}

type Label = { kind: 'frequency' | 'appealType' | 'manual'; text: string }

/** Labels by frequency and by what is mostly asked, computed from the orders themselves: nothing to keep in step. */
async function statistics(ctx: Ctx, ids: string[]): Promise<Map<string, { total: number; labels: Label[] }>> {
  if (ids.length === 0) return new Map()
  const { days, orders } = await setting(ctx, frequentCaller)
  const since = plus(ctx.clock.now(), -days * DAY)
  const rows = await db(ctx)
    .selectFrom('order_order')
    .select(['requester_id as requesterId', 'appeal_type as appealType', (eb) => eb.fn.countAll<number>().as('total'), sql<number>`count(*) filter (where registered_at >= ${ts(since)})`.as('recent')])
    .where('tenant_id', '=', ctx.tenantId)
    .where('requester_id', 'in', ids)
    .groupBy(['requester_id', 'appeal_type'])
    .execute()
  const found = new Map<string, { total: number; labels: Label[] }>()
  for (const [id, own] of Map.groupBy(rows, (r) => r.requesterId ?? '')) {
    const recent = own.reduce((sum, r) => sum + r.recent, 0)
    const frequency: Label[] = recent >= orders ? [{ kind: 'frequency', text: `多次来电 ${recent}` }] : []
    const types = own.filter((r) => r.total >= 2).toSorted((a, b) => b.total - a.total).slice(0, 2).map((r): Label => ({ kind: 'appealType', text: `${appealTypeNames[r.appealType] ?? r.appealType} ${r.total}` }))
    found.set(id, { total: own.reduce((sum, r) => sum + r.total, 0), labels: [...frequency, ...types] })
  }
  return found
}

export type Whose = { requesterIds: string[]; phoneHash?: string | undefined }

/** Condition: orders of these people, or from this number. Confidential ones only for who may know of them. */
const earlier = (ctx: Ctx, whose: Whose) =>
  db(ctx)
    .selectFrom('order_order as o')
    .where('o.tenant_id', '=', ctx.tenantId)
    .where((eb) => eb.or([...(whose.requesterIds.length > 0 ? [eb('o.requester_id', 'in', whose.requesterIds)] : []), ...(whose.phoneHash === undefined ? [] : [eb('o.contact_phone_hash', '=', whose.phoneHash)])]))
    .where((eb) => (can(ctx, 'orders.readConfidential') ? sql<boolean>`true` : eb.or([eb('o.confidential', '=', false), eb('o.registered_by', '=', ctx.actor.id)])))

const columns = ['o.id', 'o.number', 'o.title', 'o.appeal_type as appealType', 'o.state', 'o.lead_unit_name as unitName', 'o.registered_at as registeredAt', 'o.next_due_at as nextDueAt', 'o.round', 'o.urge_count as urgeCount'] as const

export const hasWhom = (whose: Whose): boolean => whose.requesterIds.length > 0 || whose.phoneHash !== undefined

/** Open orders first, then the newest; `cursor` continues a list that runs newest first without the split. */
export async function earlierOrders(ctx: Ctx, whose: Whose, page: { limit: number; openFirst: boolean; cursor?: string | undefined }) {
  if (!hasWhom(whose)) return []
  let query = earlier(ctx, whose).select([...columns, (eb) => sql<boolean>`coalesce(${visible(ctx, eb as never)}, false)`.as('mayOpen')])
  if (page.openFirst) query = query.orderBy(sql`case when o.state in (${sql.join([...openStates])}) then 0 else 1 end`)
  query = query.where(afterCursor(page.cursor, 'o.registered_at', 'o.id'))
  const rows = await query.orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(page.limit).execute()
  const rates = await ratesOfOrders.one()(ctx, rows.map((r) => r.id))
  return rows.map((r) => {
    const state = r.state as OrderState // held to the list by a check constraint
    return { ...r, appealTypeName: appealTypeNames[r.appealType] ?? r.appealType, stateName: stateNames[state], open: isOpen(state), rates: rates.get(r.id) ?? null }
  })
}

const BOUND = 1000

export async function countEarlier(ctx: Ctx, whose: Whose): Promise<{ total: { value: number; capped: boolean }; open: number }> {
  if (!hasWhom(whose)) return { total: { value: 0, capped: false }, open: 0 }
  const { rows } = await sql<{ total: number; open: number }>`select count(*)::int as total, count(*) filter (where state in (${sql.join([...openStates])}))::int as open
    from (${earlier(ctx, whose).select(['o.state']).limit(BOUND + 1)}) as bounded`.execute(ctx.db())
  const { total = 0, open = 0 } = rows[0] ?? {}
  return { total: { value: Math.min(total, BOUND), capped: total > BOUND }, open }
}
