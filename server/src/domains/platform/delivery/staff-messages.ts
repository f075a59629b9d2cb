// Messages that people write to people, units and roles: now, at a set time or again and again; changed while they wait, recalled as far as nobody has read them.
import { sql } from 'kysely'
import { authorize, scopesOf, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Cron } from '../../../kernel/module.ts'
import { newId } from '../../../kernel/runtime.ts'
import { instant, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../calendar/tenant-calendar.ts'
import { afterCursor, nextPage } from '../lists/keyset.ts'
import { notify, type MessageLevel } from '../messages/notify.ts'
import { recallMessages } from '../messages/recall-messages.ts'
import { unitsInReach } from '../reach.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { usersByUnit } from '../users/user-directory.ts'
import type * as contract from './contract.ts'
import { deliveryErrors } from './delivery.errors.ts'
import { firstSending, nextSending } from './sending-times.ts'
import type { Repeat } from './sending-times.ts'

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

/** The minute chosen in a form may have begun: only what lies clearly behind is refused. */
async function sendingAt(ctx: Ctx, chosen: Instant, repeat: Repeat): Promise<Instant> {
  if (chosen < plus(ctx.clock.now(), -5 * MINUTE)) throw deliveryErrors('sendInPast', { fields: [{ path: 'sendAt', message: '发送时间已过' }] })
  return repeat === 'once' ? chosen : firstSending(await calendarOf(ctx), chosen, repeat)
}

export async function sendStaffMessage(ctx: Ctx, input: Input<typeof contract.sendStaffMessage>): Promise<{ id: string; told: number | null }> {
  authorize(ctx, SEND)
  const people = await peopleMeant(ctx, input.audience)
  if (people.length === 0) throw deliveryErrors('nobodyToTell', { fields: [{ path: 'audience', message: '请选择有权发送的人员、单位或角色' }] })
  const id = newId()
  if (input.repeat !== 'once' && input.sendAt === null) throw deliveryErrors('repeatWithoutTime', { fields: [{ path: 'sendAt', message: '请填写首次发送时间' }] })
  const at = input.sendAt === null ? null : await sendingAt(ctx, input.sendAt, input.repeat)
  const later = at !== null && (at > ctx.clock.now() || input.repeat !== 'once')
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_message_send')
    .values({
      tenant_id: ctx.tenantId, id, title: input.title, text: input.text, level: input.level, audience: json({ userIds: people }), state: later ? 'scheduled' : 'sent', repeat: input.repeat, send_at: ts(later && at !== null ? at : ctx.clock.now()),
      told: later ? null : people.length, recalled: null, created_by: userId(ctx), created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
    })
    .execute()
  if (!later) await tell(ctx, { id, title: input.title, text: input.text, level: input.level, userIds: people, by: ctx.actor.name })
  return { id, told: later ? null : people.length }
}

const tell = (ctx: Ctx, send: { id: string; title: string; text: string | null; level: MessageLevel; userIds: string[]; by: string }): Promise<number> =>
  notify(ctx, { type: 'user', to: { userIds: send.userIds }, title: send.title, text: `${send.text ?? ''}${send.text ? '\n' : ''}—— ${send.by}`, level: send.level, objectType: 'messageSend', objectId: send.id })

type Due = { id: string; title: string; text: string | null; level: MessageLevel; user_ids: string[]; by: string; repeat: Repeat; send_at: string; creator_active: boolean }

/** Sends what is due. One that comes again leaves a row of its own for this time and waits for the next; it ends with the account of who wrote it. */
async function sendDue(ctx: Ctx): Promise<void> {
  const { rows } = await sql<Due>`select s.id, s.title, s.text, s.level, array(select jsonb_array_elements_text(s.audience -> 'userIds')) as user_ids, s.created_by_name as by, s.repeat, s.send_at,
      exists (select 1 from platform_user u where u.tenant_id = s.tenant_id and u.id = s.created_by and u.state = 'active') as creator_active
    from platform_message_send s where s.tenant_id = ${ctx.tenantId} and s.state = 'scheduled' and s.send_at <= ${toIso(ctx.clock.now())}::timestamptz for update of s skip locked`.execute(ctx.db())
  for (const { user_ids, send_at, repeat, creator_active, ...send } of rows) {
    const sent = { ...send, userIds: user_ids }
    if (repeat === 'once') {
      await sql`update platform_message_send set state = 'sent', told = ${user_ids.length} where tenant_id = ${ctx.tenantId} and id = ${send.id}`.execute(ctx.db())
      await tell(ctx, sent)
    } else if (creator_active) {
      const id = newId()
      await sql`insert into platform_message_send (tenant_id, id, title, text, level, audience, state, send_at, told, created_by, created_by_name, created_at)
        select tenant_id, ${id}, title, text, level, audience, 'sent', send_at, ${user_ids.length}::int, created_by, created_by_name, ${toIso(ctx.clock.now())}::timestamptz from platform_message_send where tenant_id = ${ctx.tenantId} and id = ${send.id}`.execute(ctx.db())
      await sql`update platform_message_send set send_at = ${toIso(nextSending(await calendarOf(ctx), instant(send_at), repeat, ctx.clock.now()))}::timestamptz where tenant_id = ${ctx.tenantId} and id = ${send.id}`.execute(ctx.db())
      await tell(ctx, { ...sent, id })
    } else {
      await sql`update platform_message_send set state = 'cancelled', version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${send.id}`.execute(ctx.db())
    }
  }
}
export const staffMessageCrons: Cron[] = [{ name: 'platform.sendScheduled', everySeconds: 30, run: sendDue }]

export async function listMessageSends(ctx: Ctx, input: Input<typeof contract.listMessageSends>): Promise<Output<typeof contract.listMessageSends>> {
  authorize(ctx, SEND)
  type Item = Output<typeof contract.listMessageSends>['items'][number]
  const { rows } = await sql<Item>`select s.id, s.title, s.text, s.level, s.state, s.send_at as "sendAt", s.repeat, jsonb_array_length(s.audience -> 'userIds') as people, s.told, s.recalled, s.created_by_name as by, s.created_at as "createdAt", s.version,
      (select count(*)::int from platform_message m where m.tenant_id = s.tenant_id and m.object_type = 'messageSend' and m.object_id = s.id::text and m.read_at is not null and coalesce(m.read_at < m.recalled_at, true)) as read
    from platform_message_send s where s.tenant_id = ${ctx.tenantId} and s.created_by = ${userId(ctx)} and ${afterCursor(input.cursor, 's.created_at', 's.id')} order by s.created_at desc, s.id desc limit ${input.limit + 1}`.execute(ctx.db())
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 from platform_message_send where tenant_id = ${ctx.tenantId} and created_by = ${userId(ctx)} limit 1001) as bounded`.execute(ctx.db())
  const n = counted.rows[0]?.n ?? 0
  return { ...nextPage(rows, input.limit, (row) => row.createdAt), count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

async function own(ctx: Ctx, id: string): Promise<{ state: string; version: number }> {
  authorize(ctx, SEND)
  const { rows } = await sql<{ state: string; version: number }>`select state, version from platform_message_send where tenant_id = ${ctx.tenantId} and id = ${id} and created_by = ${userId(ctx)} for update`.execute(ctx.db())
  if (!rows[0]) throw kernelErrors('notFound')
  return rows[0]
}

/** What waits may be worded, timed and repeated anew; who gets it stays. */
export async function changeStaffMessage(ctx: Ctx, input: Input<typeof contract.changeStaffMessage>): Promise<{ version: number }> {
  const held = await own(ctx, input.id)
  if (held.state !== 'scheduled') throw deliveryErrors('sendOver')
  if (held.version !== input.version) throw kernelErrors('conflict')
  const at = await sendingAt(ctx, input.sendAt, input.repeat)
  await sql`update platform_message_send set title = ${input.title}, text = ${input.text}, level = ${input.level}, repeat = ${input.repeat}, send_at = ${toIso(at)}::timestamptz, version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  return { version: held.version + 1 }
}

export async function cancelStaffMessage(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  if ((await own(ctx, input.id)).state !== 'scheduled') throw deliveryErrors('sendOver')
  await sql`update platform_message_send set state = 'cancelled', version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  return {}
}

export async function recallStaffMessage(ctx: Ctx, input: { id: string }): Promise<{ recalled: number }> {
  if ((await own(ctx, input.id)).state !== 'sent') throw deliveryErrors('sendOver')
  const recalled = await recallMessages(ctx, { objectType: 'messageSend', objectId: input.id })
  await sql`update platform_message_send set state = 'recalled', recalled = ${recalled}, version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  return { recalled }
}
