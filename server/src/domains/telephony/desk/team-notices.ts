// Notices of a leader to a team, a queue or all seats: at once on their desks, also in a call; who read it and when (TEL-39).
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { unitById, usersOf } from '../../platform/index.ts'
import { exchange } from '../engine/exchange.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'

export type NoticeInput = { text: string; minutes: number; unitId?: string | undefined; queueId?: string | undefined }

export async function sendNotice(ctx: Ctx, input: NoticeInput) {
  authorize(ctx, 'telephony.monitor')
  const { kind, id: toId, name, users } = await addressed(ctx, input)
  const id = newId()
  const now = ctx.clock.now()
  const until = plus(now, input.minutes * MINUTE)
  await db(ctx).insertInto('telephony_notice').values({ tenant_id: ctx.tenantId, id, text: input.text, to_kind: kind, to_id: toId, to_name: name, user_ids: users, at: ts(now), until_at: ts(until), by_id: userId(ctx), by_name: ctx.actor.name }).execute()
  ctx.signal('telephony.notices')
  // Desks that are connected hear it from the exchange too; the page asks for it in any case.
  if (exchange.port?.connected()) await exchange.port.command({ commandId: `notice-${id}`, tenant: ctx.tenantId, callId: null, act: { kind: 'notice', agents: users, queues: null, noticeId: id, title: ctx.actor.name, text: input.text, until } }).catch(() => undefined)
  return { id, addressed: users.length }
}

async function addressed(ctx: Ctx, input: NoticeInput): Promise<{ kind: 'all' | 'unit' | 'queue'; id: string | null; name: string; users: string[] }> {
  if (input.queueId) {
    const queue = await db(ctx).selectFrom('telephony_queue').select('name').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.queueId).executeTakeFirst()
    if (!queue) throw telephonyFail('notFound')
    const members = await db(ctx).selectFrom('telephony_queue_member').select('user_id').where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', input.queueId).execute()
    return { kind: 'queue', id: input.queueId, name: `队列“${queue.name}”`, users: members.map((m) => m.user_id) }
  }
  if (input.unitId) {
    const unit = await unitById(ctx, input.unitId)
    return { kind: 'unit', id: unit.id, name: unit.name, users: (await usersOf(ctx, { unitId: unit.id, permission: 'telephony.desk' })).map((u) => u.id) }
  }
  return { kind: 'all', id: null, name: '全体座席', users: (await usersOf(ctx, { permission: 'telephony.desk' })).map((u) => u.id) }
}

export async function listNotices(ctx: Ctx) {
  authorize(ctx, 'telephony.monitor')
  const rows = await db(ctx).selectFrom('telephony_notice').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('at', 'desc').limit(50).execute()
  const reads = rows.length === 0 ? [] : await db(ctx).selectFrom('telephony_notice_read').select(['notice_id', 'user_name as name', 'at']).where('tenant_id', '=', ctx.tenantId).where('notice_id', 'in', rows.map((r) => r.id)).orderBy('at').execute()
  return { items: rows.map((r) => ({ id: r.id, text: r.text, toName: r.to_name, addressed: r.user_ids.length, at: r.at, untilAt: r.until_at, byName: r.by_name, reads: reads.filter((read) => read.notice_id === r.id).map(({ name, at }) => ({ name, at })) })) }
}

/** Unread ones that still hold. */
export async function deskNotices(ctx: Ctx) {
  authorize(ctx, 'telephony.desk')
  const me = userId(ctx)
  const rows = await db(ctx).selectFrom('telephony_notice as n').select(['n.id', 'n.text', 'n.by_name as byName', 'n.at', 'n.until_at as untilAt']).where('n.tenant_id', '=', ctx.tenantId).where('n.until_at', '>', ts(ctx.clock.now())).where(sql<boolean>`n.user_ids @> array[${me}]::uuid[]`)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('telephony_notice_read as r').select('r.user_id').whereRef('r.tenant_id', '=', 'n.tenant_id').whereRef('r.notice_id', '=', 'n.id').where('r.user_id', '=', me)))).orderBy('n.at', 'desc').limit(10).execute()
  return { items: rows }
}

export async function readDeskNotice(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.desk')
  const me = userId(ctx)
  const notice = await db(ctx).selectFrom('telephony_notice').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where(sql<boolean>`user_ids @> array[${me}]::uuid[]`).executeTakeFirst()
  if (!notice) throw telephonyFail('notFound')
  await db(ctx).insertInto('telephony_notice_read').values({ tenant_id: ctx.tenantId, notice_id: notice.id, user_id: me, user_name: ctx.actor.name, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'notice_id', 'user_id']).doNothing()).execute()
  ctx.signal('telephony.notices')
  return {}
}
