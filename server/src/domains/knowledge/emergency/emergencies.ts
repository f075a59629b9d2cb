// Started by one click, confirmed by each who takes appeals, ended by hand or by time.
import { sql, type Selectable } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { notify, setting, usersOf } from '../../platform/index.ts'
import { whyUnusable } from '../items/item.ts'
import { todayOf } from '../items/item.policy.ts'
import { db, ITEM, trail } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { emergencyLock } from '../settings.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type * as contract from './emergency-contract.ts'

type Row = Selectable<KnowledgeTables['knowledge_emergency']>
type View = Output<typeof contract.startEmergency>

/** Who takes appeals must have read it. */
export const RECEIVER = 'orders.register'

const running = (ctx: Ctx) => sql<boolean>`(e.ended_at is null and coalesce(e.ends_at > ${ts(ctx.clock.now())}, true))`

async function viewOf(ctx: Ctx, row: Row, expected: number): Promise<View> {
  const { n } = await db(ctx).selectFrom('knowledge_emergency_receipt').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('emergency_id', '=', row.id).executeTakeFirstOrThrow()
  return { id: row.id, itemId: row.item_id, version: row.version_number, title: row.title, wording: row.wording, level: row.level as View['level'], blocksCalls: row.blocks_calls, startedAt: row.started_at, startedByName: row.started_by_name, endsAt: row.ends_at, lockedUntil: row.locked_until, endedAt: row.ended_at, endedByName: row.ended_by_name, confirmed: n, expected }
}

const receivers = (ctx: Ctx) => usersOf(ctx, { permission: RECEIVER })

/** What this person has yet to confirm; empty for those who take no appeals. */
export async function myEmergencies(ctx: Ctx): Promise<Output<typeof contract.myEmergencies>> {
  authorize(ctx, 'knowledge.read')
  if (!can(ctx, RECEIVER)) return { items: [] }
  const rows = await db(ctx).selectFrom('knowledge_emergency as e').selectAll('e').where('e.tenant_id', '=', ctx.tenantId).where(running(ctx))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('knowledge_emergency_receipt as r').select('r.at').whereRef('r.tenant_id', '=', 'e.tenant_id').whereRef('r.emergency_id', '=', 'e.id').where('r.user_id', '=', userId(ctx))))).orderBy('e.started_at').limit(20).execute()
  return { items: rows.map((row) => ({ id: row.id, itemId: row.item_id, version: row.version_number, title: row.title, wording: row.wording, level: row.level as View['level'], blocksCalls: row.blocks_calls, startedAt: row.started_at, startedByName: row.started_by_name })) }
}

/** A second confirmation changes nothing: the first moment counts. */
export async function confirmEmergency(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.confirmEmergency>> {
  authorize(ctx, 'knowledge.read')
  const row = await db(ctx).selectFrom('knowledge_emergency').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const key = { tenant_id: ctx.tenantId, emergency_id: row.id, user_id: userId(ctx) }
  await db(ctx).insertInto('knowledge_emergency_receipt').values({ ...key, user_name: ctx.actor.name, at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  const { at } = await db(ctx).selectFrom('knowledge_emergency_receipt').select('at').where('tenant_id', '=', ctx.tenantId).where('emergency_id', '=', row.id).where('user_id', '=', key.user_id).executeTakeFirstOrThrow()
  ctx.signal('knowledge.emergency', row.id)
  return { at }
}

export async function listEmergencies(ctx: Ctx): Promise<Output<typeof contract.listEmergencies>> {
  authorize(ctx, 'knowledge.emergency')
  const [rows, people] = [await db(ctx).selectFrom('knowledge_emergency').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('started_at', 'desc').limit(100).execute(), await receivers(ctx)]
  return { items: await Promise.all(rows.map((row) => viewOf(ctx, row, people.length))) }
}

/** Everybody who should confirm, those who have not yet first. */
export async function emergencyReceipts(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.emergencyReceipts>> {
  authorize(ctx, 'knowledge.emergency')
  const rows = await db(ctx).selectFrom('knowledge_emergency_receipt').select(['user_id', 'user_name', 'at']).where('tenant_id', '=', ctx.tenantId).where('emergency_id', '=', input.id).execute()
  const given = new Map(rows.map((row) => [row.user_id, row.at]))
  const missing = (await receivers(ctx)).filter((user) => !given.has(user.id))
  return { items: [...missing.map((user) => ({ userId: user.id, name: user.name, at: null })), ...rows.map((row) => ({ userId: row.user_id, name: row.user_name, at: row.at }))] }
}

/** Only what was approved and holds today: in an emergency nothing new is written. */
export async function startEmergency(ctx: Ctx, input: Input<typeof contract.startEmergency>): Promise<View> {
  authorize(ctx, 'knowledge.emergency')
  const item = await db(ctx).selectFrom('knowledge_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.itemId).forUpdate().executeTakeFirst()
  if (!item) throw kernelErrors('notFound')
  if (whyUnusable({ state: item.state, validFrom: item.valid_from, validTo: item.valid_to }, await todayOf(ctx)) !== null) throw knowledgeFail('emergencyUnpublished', { fields: [{ path: 'itemId', message: '请选择有效的知识' }] })
  const now = ctx.clock.now()
  if (input.endsAt !== null && input.endsAt <= now) throw kernelErrors('invalid', { fields: [{ path: 'endsAt', message: '结束时间须晚于现在' }] })
  const until = plus(now, (await setting(ctx, emergencyLock)) * HOUR)
  const row = await db(ctx).insertInto('knowledge_emergency').values({ tenant_id: ctx.tenantId, id: newId(), item_id: item.id, version_number: item.version_number ?? 0, title: item.title, wording: input.wording, level: input.level, blocks_calls: input.blocksCalls, started_at: ts(now), started_by_name: ctx.actor.name, ends_at: input.endsAt === null ? null : ts(input.endsAt), locked_until: ts(until) }).returningAll().executeTakeFirstOrThrow()
  await trail(ctx, { itemId: item.id, act: 'lock', text: input.wording.slice(0, 200) })
  await notify(ctx, { type: 'knowledge.emergency', to: { permission: RECEIVER }, title: `应急知识：${item.title}`, text: input.wording, link: `/knowledge/items/${item.id}`, objectType: ITEM, objectId: item.id, level: 'P2' })
  ctx.signal('knowledge.emergency', row.id)
  return viewOf(ctx, row, (await receivers(ctx)).length)
}

export async function endEmergency(ctx: Ctx, input: { id: string }): Promise<View> {
  authorize(ctx, 'knowledge.emergency')
  const row = await db(ctx).selectFrom('knowledge_emergency').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.ended_at !== null) throw knowledgeFail('emergencyOver')
  const saved = await db(ctx).updateTable('knowledge_emergency').set({ ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  ctx.signal('knowledge.emergency', row.id)
  return viewOf(ctx, saved, (await receivers(ctx)).length)
}
