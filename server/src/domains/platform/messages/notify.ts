// In-app messages: written in the sender's transaction, one row per user, merged while unread.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { planDeliveries } from '../delivery/plan-deliveries.ts'
import { usersByUnit } from '../users/user-directory.ts'
import type { MessageLevel } from './message-types.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type { MessageLevel }

export type Notice = {
  /** Code of a message type, `order` or finer `order.dispatched`; unknown ones register themselves. */
  type: string
  to: { userIds?: string[]; unitIds?: string[]; permission?: string }
  title: string
  text?: string
  link?: string
  objectType?: string
  objectId?: string
  level: MessageLevel
  /** Values of the placeholders that the type declares, for templates. */
  params?: Record<string, string>
}

/**
 * Writes in-app messages in this transaction and signals `messages` and `home.counts`. Recipients: the users named, and those of the units named
 * (who hold `permission`, where given; without units its holders in the whole tenant). Who is not named is not told of his own act.
 * Other channels (SMS, e-mail …) follow the tenant's rules: see README.md.
 * Returns the number of people told.
 */
export async function notify(ctx: Ctx, notice: Notice): Promise<number> {
  const users = await recipients(ctx, notice.to)
  if (users.length === 0) return 0
  await registerType(ctx, notice.type)
  const merged = await mergeIntoUnread(ctx, notice, users)
  const fresh = users.filter((id) => !merged.has(id))
  if (fresh.length > 0) {
    const now = ctx.clock.now()
    await ctx
      .db<PlatformTables>()
      .insertInto('platform_message')
      .values(
        fresh.map((userId) => ({
          tenant_id: ctx.tenantId, id: newId(), user_id: userId, type: notice.type, level: notice.level, title: notice.title, text: notice.text ?? null,
          link: notice.link ?? null, object_type: notice.objectType ?? null, object_id: notice.objectId ?? null,
          created_at: ts(now), happened_at: ts(now), read_at: null,
        })),
      )
      .execute()
  }
  await planDeliveries(ctx, notice, users)
  ctx.signal('messages')
  ctx.signal('home.counts')
  return users.length
}

async function recipients(ctx: Ctx, to: Notice['to']): Promise<string[]> {
  const found = new Set(to.userIds ?? [])
  const unitIds = to.unitIds ?? (to.permission ? [''] : [])
  if (unitIds.length > 0) {
    const byUnit = await usersByUnit(ctx, { unitIds, ...(to.permission ? { permission: to.permission } : {}) })
    for (const users of byUnit.values()) for (const user of users) if (user.id !== ctx.actor.id) found.add(user.id)
  }
  return [...found]
}

const known = new Set<string>()

async function registerType(ctx: Ctx, code: string): Promise<void> {
  if (known.has(code)) return
  const group = code.split('.')[0] ?? code
  await sql`insert into platform_message_type (code, name, module)
    select ${code}, coalesce(max(name), ${code}), coalesce(max(module), ${group}) from platform_message_type where code = ${group}
    on conflict (code) do nothing`.execute(ctx.acrossTenants('message types are global'))
  // Remembered only as "was there when asked": a rolled-back registration is repaired by the list, which left-joins.
  known.add(code)
}

async function mergeIntoUnread(ctx: Ctx, notice: Notice, users: string[]): Promise<Set<string>> {
  if (!notice.objectId) return new Set()
  const rows = await ctx
    .db<PlatformTables>()
    .updateTable('platform_message')
    .set((eb) => ({
      repeats: eb('repeats', '+', 1), title: notice.title, text: notice.text ?? null, link: notice.link ?? null, level: notice.level,
      happened_at: ts(ctx.clock.now()),
    }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('user_id', 'in', users)
    .where('type', '=', notice.type)
    .where('object_id', '=', notice.objectId)
    .where('read_at', 'is', null)
    .returning('user_id')
    .execute()
  return new Set(rows.map((r) => r.user_id))
}
