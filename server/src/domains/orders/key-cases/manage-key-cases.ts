// Topics with their time, and the library of special marks.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../orders.queries.ts'
import type * as contract from './key-case-contract.ts'
import { keyCaseFail } from './key-cases.errors.ts'

type Lists = Output<typeof contract.listKeyCasesRoute>

async function lists(ctx: Ctx): Promise<Lists> {
  const now = ctx.clock.now()
  const [topics, specials, counts] = await Promise.all([
    db(ctx).selectFrom('order_key_topic').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('ends_at', 'desc').limit(300).execute(),
    db(ctx).selectFrom('order_special_mark').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('name').limit(300).execute(),
    sql<{ ref_id: string; n: number }>`select ref_id, count(*)::int as n from order_key_mark where tenant_id = ${ctx.tenantId} and cancelled_at is null group by ref_id`.execute(ctx.db()),
  ])
  const n = (id: string): number => counts.rows.find((c) => c.ref_id === id)?.n ?? 0
  const shared = (r: { id: string; version: number; changed_by_name: string; changed_at: Lists['topics'][number]['changedAt'] }) => ({ marked: n(r.id), version: r.version, changedByName: r.changed_by_name, changedAt: r.changed_at })
  return {
    topics: topics.map((r) => ({ id: r.id, name: r.name, startsAt: r.starts_at, endsAt: r.ends_at, enabled: r.enabled, offered: r.enabled && r.starts_at <= now && r.ends_at > now, ...shared(r) })),
    specials: specials.map((r) => ({ id: r.id, code: r.code, name: r.name, platform: r.platform, enabled: r.enabled, ...shared(r) })),
  }
}

export async function listKeyCases(ctx: Ctx): Promise<Lists> {
  authorize(ctx, 'orders.manageKeyCases')
  return lists(ctx)
}

const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })
const topicColumns = (input: { name: string; startsAt: Parameters<typeof ts>[0]; endsAt: Parameters<typeof ts>[0]; enabled: boolean }) => {
  if (input.endsAt <= input.startsAt) throw keyCaseFail('keyPeriod', { fields: [{ path: 'endsAt', message: '须晚于开始时间' }] })
  return { name: input.name, starts_at: ts(input.startsAt), ends_at: ts(input.endsAt), enabled: input.enabled }
}

async function topicOf(ctx: Ctx, id: string) {
  const found = (await lists(ctx)).topics.find((t) => t.id === id)
  if (!found) throw keyCaseFail('keyNotFound')
  return found
}
async function specialOf(ctx: Ctx, id: string) {
  const found = (await lists(ctx)).specials.find((t) => t.id === id)
  if (!found) throw keyCaseFail('keyNotFound')
  return found
}

async function requireFree(ctx: Ctx, table: 'order_key_topic' | 'order_special_mark', column: 'name' | 'code', value: string, except: string | null): Promise<void> {
  const { rows } = await sql`select 1 from ${sql.table(table)} where tenant_id = ${ctx.tenantId} and ${sql.ref(column)} = ${value} and id is distinct from ${except}`.execute(ctx.db())
  if (rows.length > 0) throw keyCaseFail('keyTaken', { params: { name: value }, fields: [{ path: column, message: '已被使用' }] })
}

export async function createKeyTopic(ctx: Ctx, input: Input<typeof contract.createKeyTopicRoute>) {
  authorize(ctx, 'orders.manageKeyCases')
  const values = topicColumns(input)
  await requireFree(ctx, 'order_key_topic', 'name', input.name, null)
  const id = newId()
  await db(ctx).insertInto('order_key_topic').values({ tenant_id: ctx.tenantId, id, ...values, ...stamp(ctx) }).execute()
  ctx.audit({ module: 'orders', act: 'createKeyTopic', objectType: 'key:parameter', objectId: id, changes: { name: { old: null, new: input.name } } })
  return topicOf(ctx, id)
}

export async function changeKeyTopic(ctx: Ctx, input: Input<typeof contract.changeKeyTopicRoute>) {
  authorize(ctx, 'orders.manageKeyCases')
  const old = await topicOf(ctx, input.id)
  if (old.version !== input.version) throw keyCaseFail('keyChanged', { params: { by: old.changedByName }, current: { version: old.version } })
  const values = topicColumns(input)
  await requireFree(ctx, 'order_key_topic', 'name', input.name, input.id)
  await db(ctx).updateTable('order_key_topic').set({ ...values, version: old.version + 1, ...stamp(ctx) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).execute()
  ctx.audit({ module: 'orders', act: 'changeKeyTopic', objectType: 'key:parameter', objectId: input.id, changes: { enabled: { old: old.enabled, new: input.enabled } } })
  return topicOf(ctx, input.id)
}

export async function createSpecialMark(ctx: Ctx, input: Input<typeof contract.createSpecialMarkRoute>) {
  authorize(ctx, 'orders.manageKeyCases')
  await requireFree(ctx, 'order_special_mark', 'code', input.code, null)
  const id = newId()
  await db(ctx).insertInto('order_special_mark').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, platform: input.platform, enabled: input.enabled, ...stamp(ctx) }).execute()
  ctx.audit({ module: 'orders', act: 'createSpecialMark', objectType: 'key:parameter', objectId: id, changes: { name: { old: null, new: input.name } } })
  return specialOf(ctx, id)
}

export async function changeSpecialMark(ctx: Ctx, input: Input<typeof contract.changeSpecialMarkRoute>) {
  authorize(ctx, 'orders.manageKeyCases')
  const old = await specialOf(ctx, input.id)
  if (old.version !== input.version) throw keyCaseFail('keyChanged', { params: { by: old.changedByName }, current: { version: old.version } })
  await db(ctx).updateTable('order_special_mark').set({ name: input.name, platform: input.platform, enabled: input.enabled, version: old.version + 1, ...stamp(ctx) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).execute()
  ctx.audit({ module: 'orders', act: 'changeSpecialMark', objectType: 'key:parameter', objectId: input.id, changes: { enabled: { old: old.enabled, new: input.enabled } } })
  return specialOf(ctx, input.id)
}
