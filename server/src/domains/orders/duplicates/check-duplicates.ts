// The check itself: what was shown is kept, so that it can be looked at later and its use be counted (ORD-10, G11).
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { tenantById } from '../../platform/index.ts'
import { readOrder } from '../orders.policy.ts'
import { db, saveOrder, type OrderRow } from '../orders.queries.ts'
import { record } from '../timeline.ts'
import { duplicate, type Duplicate, type DuplicateAnswer, type DuplicateQuestion } from './duplicate-contract.ts'
import type * as contract from './duplicate-contract.ts'
import { duplicateFail } from './duplicates.errors.ts'
import { duplicateViews } from './duplicate-views.ts'
import { findDuplicates } from './find-duplicates.ts'
import { placeKeys } from './similarity.ts'

type Lists = { samePerson: Duplicate[]; sameMatter: Duplicate[]; threshold: number }

const nothing = (input: DuplicateQuestion): boolean => !input.phone && !input.requesterId && input.title.length + input.content.length < 4

async function lists(ctx: Ctx, question: DuplicateQuestion, except?: string): Promise<Lists> {
  const found = await findDuplicates(ctx, question, except ? { except } : {})
  const [samePerson, sameMatter] = await Promise.all([duplicateViews(ctx, found.samePerson), duplicateViews(ctx, found.sameMatter)])
  return { samePerson, sameMatter, threshold: found.threshold }
}

/** Asked again with every pause in typing; the last answer of a form is the one that is kept. */
export async function checkDuplicates(ctx: Ctx, input: Input<typeof contract.checkDuplicatesRoute>) {
  authorize(ctx, 'orders.register')
  const { id, ...question } = input
  if (nothing(question)) return { id, samePerson: [], sameMatter: [], threshold: 1 }
  const shown = await lists(ctx, question)
  const now = ts(ctx.clock.now())
  const kept = { samePerson: shown.samePerson, sameMatter: shown.sameMatter }
  await sql`insert into order_duplicate_check (tenant_id, id, agent_id, agent_name, found, threshold, created_at) values (${ctx.tenantId}, ${id}, ${userId(ctx)}, ${ctx.actor.name}, ${json(wire(kept))}, ${shown.threshold}, ${now})
    on conflict (tenant_id, id) do update set found = excluded.found, threshold = excluded.threshold, created_at = excluded.created_at where order_duplicate_check.agent_id = excluded.agent_id and order_duplicate_check.order_id is null`.execute(ctx.db())
  return { id, ...shown }
}

const stored = z.object({ samePerson: z.array(duplicate), sameMatter: z.array(duplicate) })
/** Times as text, as they go over the wire: what is stored opens unchanged later. */
const wire = (found: z.output<typeof stored>): JsonValue => stored.encode(found) as unknown as JsonValue // what zod encodes is JSON

async function ownCheck(ctx: Ctx, id: string) {
  const row = await db(ctx).selectFrom('order_duplicate_check').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('agent_id', '=', userId(ctx)).forUpdate().executeTakeFirst()
  if (!row) throw duplicateFail('checkUnknown')
  return { ...row, found: stored.parse(row.found) }
}

export async function answerDuplicateCheck(ctx: Ctx, input: Input<typeof contract.answerDuplicateCheckRoute>) {
  authorize(ctx, 'orders.register')
  const check = await ownCheck(ctx, input.id)
  if (input.choice !== 'none') requireShown(check.found, input.orderId)
  await answer(ctx, check.id, input.choice, input.orderId ?? null, null)
  return { id: check.id, choice: input.choice }
}

function requireShown(found: { samePerson: Duplicate[]; sameMatter: Duplicate[] }, orderId: string | undefined): Duplicate {
  const chosen = [...found.samePerson, ...found.sameMatter].find((d) => d.orderId === orderId)
  if (!chosen) throw kernelErrors('invalid', { fields: [{ path: 'duplicate.orderId', message: '请选择判重列表中的工单' }] })
  return chosen
}

async function answer(ctx: Ctx, id: string, choice: string, chosen: string | null, orderId: string | null): Promise<void> {
  await db(ctx).updateTable('order_duplicate_check').set({ choice, chosen_order_id: chosen, answered_at: ts(ctx.clock.now()), ...(orderId ? { order_id: orderId } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

/** Called in the registration: keeps the result with the order and links a repeat. What `merge` and `eventSet` mean is done by the caller. */
export async function keepCheck(ctx: Ctx, order: OrderRow, given: DuplicateAnswer): Promise<{ order: OrderRow; chosen: Duplicate | null }> {
  const check = await ownCheck(ctx, given.checkId)
  if (check.order_id !== null) throw duplicateFail('checkUsed')
  const chosen = given.choice === 'none' ? null : requireShown(check.found, given.orderId)
  await answer(ctx, check.id, given.choice, chosen?.orderId ?? null, order.id)
  const similar = check.found.sameMatter.length
  await record(ctx, order, {
    act: 'duplicateCheck', text: chosen ? `与 ${chosen.number} ${choiceWords[given.choice]}` : similar > 0 ? `判重列出 ${similar} 件，确认不是重复` : '判重未发现相似工单', visibility: 'internal',
    data: { choice: given.choice, ...(chosen ? { orderId: chosen.orderId, number: chosen.number, score: chosen.score } : {}), samePerson: check.found.samePerson.length, sameMatter: similar },
  })
  if (given.choice !== 'repeat' || !chosen) return { order, chosen }
  await db(ctx).insertInto('order_link').values({ tenant_id: ctx.tenantId, id: newId(), from_id: order.id, to_id: chosen.orderId, kind: 'repeat', created_at: ts(ctx.clock.now()) }).execute()
  return { order: await saveOrder(ctx, order, { flags: [...new Set([...order.flags, 'repeat'])] }), chosen }
}

const choiceWords: Record<string, string> = { repeat: '重复', merge: '并单', eventSet: '同诉，建议归入事件集' }

/** What was shown at registration, and what is alike now. */
export async function orderDuplicates(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  // A unit sees its own orders; who else complained is the centre's to know. Orders of lower tenants are compared there.
  if (order.tenant_id !== ctx.tenantId || !can(ctx, 'orders.requesterHistory')) return { samePerson: [], sameMatter: [], threshold: 1, saved: null }
  const [row, now] = await Promise.all([
    db(ctx).selectFrom('order_duplicate_check').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).executeTakeFirst(),
    lists(ctx, { title: order.title, content: order.content, ...(order.matter_id ? { matterId: order.matter_id } : {}), ...(order.area_code ? { areaCode: order.area_code } : {}), ...(order.address ? { address: order.address } : {}), ...(order.lon !== null && order.lat !== null ? { lon: order.lon, lat: order.lat } : {}), ...(order.requester_id ? { requesterId: order.requester_id } : {}) }, order.id),
  ])
  return { ...now, saved: row ? { at: row.created_at, agentName: row.agent_name, choice: row.choice as DuplicateAnswer['choice'] | null, chosenOrderId: row.chosen_order_id, threshold: row.threshold, ...stored.parse(row.found) } : null }
}

/** Orders registered by people, those whose check was shown before saving, and those whose check was answered. */
export async function duplicateUse(ctx: Ctx, input: Input<typeof contract.duplicateUseRoute>) {
  authorize(ctx, 'orders.review')
  const zone = (await tenantById(ctx, ctx.tenantId)).timeZone
  const [from, to] = [sql`(${input.from}::date::timestamp at time zone ${zone})`, sql`((${input.to}::date + 1)::timestamp at time zone ${zone})`]
  const { rows } = await sql<{ registered: number; checked: number }>`select count(*)::int as registered, count(c.id)::int as checked from order_order o left join order_duplicate_check c on c.tenant_id = o.tenant_id and c.order_id = o.id
    where o.tenant_id = ${ctx.tenantId} and o.registered_at >= ${from} and o.registered_at < ${to} and o.registered_by is not null and o.import_source is null`.execute(ctx.db())
  const choices = await sql<{ choice: string; n: number }>`select choice, count(*)::int as n from order_duplicate_check where tenant_id = ${ctx.tenantId} and created_at >= ${from} and created_at < ${to} and choice is not null group by choice`.execute(ctx.db())
  const answered = choices.rows.reduce((n, r) => n + r.n, 0)
  return { registered: rows[0]?.registered ?? 0, checked: rows[0]?.checked ?? 0, answered, choices: Object.fromEntries(choices.rows.map((r) => [r.choice, r.n])) }
}

/** Written at registration and when the place changes. */
export async function indexPlace(ctx: Ctx, order: Pick<OrderRow, 'id' | 'registered_at' | 'lon' | 'lat' | 'address'>): Promise<void> {
  await db(ctx).deleteFrom('order_place_key').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).execute()
  const keys = placeKeys(order)
  if (keys.length > 0) await db(ctx).insertInto('order_place_key').values(keys.map((key) => ({ tenant_id: ctx.tenantId, key, registered_at: ts(order.registered_at), order_id: order.id }))).execute()
}

/** Checks of forms that were never submitted are dropped after a day; answered ones count as use and stay. */
export async function dropOldChecks(ctx: Ctx): Promise<void> {
  await sql`delete from order_duplicate_check where tenant_id = ${ctx.tenantId} and order_id is null and choice is null and created_at < ${ts(ctx.clock.now())}::timestamptz - interval '1 day'`.execute(ctx.db())
}

