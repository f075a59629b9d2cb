// Messages that people write to people, units and roles: now or at a set time, recalled as far as nobody has read them.
import { sql } from 'kysely'
import { authorize, scopesOf, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Cron } from '../../../kernel/module.ts'
import { newId } from '../../../kernel/runtime.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage } from '../lists/keyset.ts'
import { notify, type MessageLevel } from '../messages/notify.ts'
import { recallMessages } from '../messages/recall-messages.ts'
import { unitsInReach } from '../reach.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { usersByUnit } from '../users/user-directory.ts'
import type * as contract from './contract.ts'
import { deliveryErrors } from './delivery.errors.ts'

const SEND = 'platform.sendMessages'
type Audience = Input<typeof contract.sendStaffMessage>['audience']

/** The people meant, as far as the sender's right reaches their units. */
async function peopleMeant(ctx: Ctx, audience: Audience): Promise<string[]> {
  const named = new Set(audience.userIds)
  if (audience.unitIds.length > 0) for (const list of (await usersByUnit(ctx, { unitIds: audience.unitIds })).values()) for (const user of list) named.add(user.id)
  for (const role of audience.roleCodes) for (const user of (await usersByUnit(ctx, { unitIds: [''], role })).get('') ?? []) named.add(user.id)
  if (named.size === 0) return []
  const whole = scopesOf(ctx, SEND).some((scope) => scope === 'tenant' || scope === 'tenantsBelow')
  const { rows } = await sql<{ id: string }>`select u.id from platform_user u where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and u.id = any(${[...named]}::uuid[]) and u.id is distinct from ${ctx.actor.id}::uuid
    and (${whole} or exists (select 1 from platform_post p join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id where p.tenant_id = u.tenant_id and p.user_id = u.id and ${unitsInReach(ctx, SEND, 'n')}))`.execute(ctx.db())
  return rows.map((row) => row.id)
}

export async function sendStaffMessage(ctx: Ctx, input: Input<typeof contract.sendStaffMessage>): Promise<{ id: string; told: number | null }> {
  authorize(ctx, SEND)
  const people = await peopleMeant(ctx, input.audience)
  if (people.length === 0) throw deliveryErrors('nobodyToTell', { fields: [{ path: 'audience', message: '请选择有权发送的人员、单位或角色' }] })
  const id = newId()
  const later = input.sendAt !== null && input.sendAt > ctx.clock.now()
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_message_send')
    .values({
      tenant_id: ctx.tenantId, id, title: input.title, text: input.text, level: input.level, audience: json({ userIds: people }), state: later ? 'scheduled' : 'sent', send_at: ts(later && input.sendAt !== null ? input.sendAt : ctx.clock.now()),
      told: later ? null : people.length, recalled: null, created_by: userId(ctx), created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
    })
    .execute()
  if (!later) await tell(ctx, { id, title: input.title, text: input.text, level: input.level, userIds: people, by: ctx.actor.name })
  return { id, told: later ? null : people.length }
}

const tell = (ctx: Ctx, send: { id: string; title: string; text: string | null; level: MessageLevel; userIds: string[]; by: string }): Promise<number> =>
  notify(ctx, { type: 'user', to: { userIds: send.userIds }, title: send.title, text: `${send.text ?? ''}${send.text ? '\n' : ''}—— ${send.by}`, level: send.level, objectType: 'messageSend', objectId: send.id })

type Send = { id: string; title: string; text: string | null; level: MessageLevel; user_ids: string[]; by: string }

async function sendDue(ctx: Ctx): Promise<void> {
  const { rows } = await sql<Send>`update platform_message_send set state = 'sent', told = jsonb_array_length(audience -> 'userIds')
    where tenant_id = ${ctx.tenantId} and state = 'scheduled' and send_at <= ${toIso(ctx.clock.now())}::timestamptz
    returning id, title, text, level, array(select jsonb_array_elements_text(audience -> 'userIds')) as user_ids, created_by_name as by`.execute(ctx.db())
  for (const { user_ids, ...send } of rows) await tell(ctx, { ...send, userIds: user_ids })
}
export const staffMessageCrons: Cron[] = [{ name: 'platform.sendScheduled', everySeconds: 30, run: sendDue }]

export async function listMessageSends(ctx: Ctx, input: Input<typeof contract.listMessageSends>): Promise<Output<typeof contract.listMessageSends>> {
  authorize(ctx, SEND)
  type Item = Output<typeof contract.listMessageSends>['items'][number]
  const { rows } = await sql<Item>`select s.id, s.title, s.text, s.level, s.state, s.send_at as "sendAt", s.told, s.recalled, s.created_by_name as by, s.created_at as "createdAt", s.version,
      (select count(*)::int from platform_message m where m.tenant_id = s.tenant_id and m.object_type = 'messageSend' and m.object_id = s.id::text and m.read_at is not null) as read
    from platform_message_send s where s.tenant_id = ${ctx.tenantId} and s.created_by = ${userId(ctx)} and ${afterCursor(input.cursor, 's.created_at', 's.id')} order by s.created_at desc, s.id desc limit ${input.limit + 1}`.execute(ctx.db())
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 from platform_message_send where tenant_id = ${ctx.tenantId} and created_by = ${userId(ctx)} limit 1001) as bounded`.execute(ctx.db())
  const n = counted.rows[0]?.n ?? 0
  return { ...nextPage(rows, input.limit, (row) => row.createdAt), count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

async function own(ctx: Ctx, id: string): Promise<string> {
  authorize(ctx, SEND)
  const { rows } = await sql<{ state: string }>`select state from platform_message_send where tenant_id = ${ctx.tenantId} and id = ${id} and created_by = ${userId(ctx)} for update`.execute(ctx.db())
  if (!rows[0]) throw kernelErrors('notFound')
  return rows[0].state
}

export async function cancelStaffMessage(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  if ((await own(ctx, input.id)) !== 'scheduled') throw deliveryErrors('sendOver')
  await sql`update platform_message_send set state = 'cancelled', version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  return {}
}

export async function recallStaffMessage(ctx: Ctx, input: { id: string }): Promise<{ recalled: number }> {
  if ((await own(ctx, input.id)) !== 'sent') throw deliveryErrors('sendOver')
  const recalled = await recallMessages(ctx, { objectType: 'messageSend', objectId: input.id })
  await sql`update platform_message_send set state = 'recalled', recalled = ${recalled}, version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  return { recalled }
}
