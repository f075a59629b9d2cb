// From a notice to deliveries: who gets it by which channel, when, or why not.
import { sql } from 'kysely'
import { encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull, plus, SECOND, toIso, type Instant } from '../../../kernel/time/index.ts'
import { groupOf, typeOf } from '../messages/message-types.ts'
import { quietHours } from '../messages/message-settings.ts'
import type { Notice } from '../messages/notify.ts'
import { setting } from '../settings/setting-chain.ts'
import { channels, type Channel } from './channels.ts'
import { CONTENT, deliverJob } from './deliver-job.ts'
import { mergeSeconds, quietExempt, userMayDisable } from './delivery-settings.ts'
import { ruleFor, rulesFor, setupOf, type Rule, type Setup } from './message-setup.ts'
import { contentFor } from './message-text.ts'
import { quietUntil } from './quiet-hours.ts'

type Person = { id: string; name: string; roleCodes: string[]; unitIds: string[]; sms: string | null; email: string | null; wechat: string | null; off: string[] }
export type Planned = { channel: Channel; person: Pick<Person, 'id' | 'name'> | null; address: string | null; skipped: string | null; fallback: Channel | null }

const isChannel = (code: string): code is Channel => (channels as readonly string[]).includes(code)

/** Deliveries for the people told in-app. Most notices have none: then nothing is read beyond the cached rules. */
export async function planDeliveries(ctx: Ctx, notice: Notice, userIds: readonly string[]): Promise<void> {
  if (notice.level === 'P4' || userIds.length === 0) return
  const setup = await setupOf(ctx)
  const rules = rulesFor(setup.rules, notice)
  const declared = (typeOf(notice.type)?.channels ?? []).filter(isChannel).filter((channel) => setup.channels.get(channel)?.enabled)
  if (rules.every((rule) => !rule.channels.some(isChannel)) && (rules.length > 0 || declared.length === 0)) return
  const people = await peopleFor(ctx, userIds)
  const bound = notice.level === 'P1' || typeOf(notice.type)?.duty === true || (await setting(ctx, userMayDisable)) === 'none'
  const planned: Planned[] = []
  for (const person of people) {
    const rule = ruleFor(rules, notice.type, person)
    for (const channel of rule ? rule.channels.filter(isChannel) : declared) if (channel !== 'webhook') planned.push(...planFor(setup, notice, person, channel, rule, bound))
  }
  const pushed = ruleFor(rules, notice.type, { roleCodes: [], unitIds: [] })
  if ((pushed?.channels ?? declared).includes('webhook')) planned.push({ channel: 'webhook', person: null, address: null, skipped: setup.channels.get('webhook')?.enabled ? null : '通道已停用', fallback: null })
  await writeDeliveries(ctx, notice, setup, planned)
}

/** One entry, or none where the person switched the channel off; the fallback where the first choice cannot work. */
function planFor(setup: Setup, notice: Notice, person: Person, channel: Channel, rule: Rule | null, bound: boolean): Planned[] {
  if (!bound && (person.off.includes(`${groupOf(notice.type)} ${channel}`) || person.off.includes(`* ${channel}`))) return []
  const reason = whyNot(setup, person, channel)
  if (reason === null) return [{ channel, person, address: addressOf(person, channel), skipped: null, fallback: rule?.fallback ?? null }]
  const fallback = rule?.fallback
  if (!fallback || fallback === channel || whyNot(setup, person, fallback) !== null) return [{ channel, person, address: null, skipped: reason, fallback: null }]
  const first: Planned = { channel, person, address: null, skipped: `${reason}，改用备用通道`, fallback: null }
  return [first, { channel: fallback, person, address: addressOf(person, fallback), skipped: null, fallback: null }]
}

const addressOf = (person: Person, channel: Channel): string | null => (channel === 'webhook' ? null : person[channel])
const lacking: Record<Channel, string> = { sms: '未登记手机号', email: '未登记邮箱', wechat: '未绑定公众号', webhook: '' }

function whyNot(setup: Setup, person: Person, channel: Channel): string | null {
  if (!setup.channels.get(channel)?.enabled) return '通道已停用'
  return addressOf(person, channel) === null ? lacking[channel] : null
}

async function peopleFor(ctx: Ctx, userIds: readonly string[]): Promise<Person[]> {
  const { rows } = await sql<Person>`select u.id, u.name, u.mobile_mask as sms, case when u.email <> '' then regexp_replace(u.email, '^(.).*(@.*)$', '\\1***\\2') end as email,
      (select a.address_mask from platform_user_address a where a.tenant_id = u.tenant_id and a.user_id = u.id and a.channel = 'wechat') as wechat,
      array(select distinct r.code from platform_held_role_view g join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id where g.tenant_id = u.tenant_id and g.user_id = u.id and r.state = 'active') as "roleCodes",
      array(select n from platform_post p join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id, unnest(w.path) n where p.tenant_id = u.tenant_id and p.user_id = u.id) as "unitIds",
      array(select f.type || ' ' || f.channel from platform_message_preference f where f.tenant_id = u.tenant_id and f.user_id = u.id) as off
    from platform_user u where u.tenant_id = ${ctx.tenantId} and u.id = any(${[...userIds]}::uuid[]) and u.state = 'active'`.execute(ctx.db())
  return rows
}

/** When a channel may go out: at once for P1, else after the wait for merging, and never in quiet hours where the channel rings. */
async function dueAt(ctx: Ctx, notice: Pick<Notice, 'level'>, channel: Channel): Promise<Instant> {
  const now = ctx.clock.now()
  const at = notice.level === 'P1' ? now : plus(now, (await setting(ctx, mergeSeconds)) * SECOND)
  if (channel === 'email' || channel === 'webhook' || (await setting(ctx, quietExempt)).some((level) => level === notice.level)) return at
  return quietUntil(at, await setting(ctx, quietHours)) ?? at
}

/** Writes what was planned; a waiting delivery for the same person, channel, type and object takes the newer text instead of a second one. */
export async function writeDeliveries(ctx: Ctx, notice: Notice, setup: Setup, planned: readonly Planned[]): Promise<void> {
  const time = formatFull(ctx.clock.now())
  const now = toIso(ctx.clock.now())
  const rows = []
  for (const { channel, person, address, skipped, fallback } of planned) {
    const template = setup.templates.find((t) => t.channel === channel && t.type === notice.type) ?? setup.templates.find((t) => t.channel === channel && t.type === groupOf(notice.type))
    const content = encrypt(ctx.keys, JSON.stringify(contentFor(channel, template, { ...notice, time })), CONTENT)
    if (skipped === null && notice.level !== 'P1' && (await mergedInto(ctx, notice, channel, person, content))) continue
    const next = skipped === null ? await dueAt(ctx, notice, channel) : null
    rows.push({
      id: newId(), channel, type: notice.type, level: notice.level, user_id: person?.id ?? null, user_name: person?.name ?? null, address_mask: address, content_enc: content, object_type: notice.objectType ?? null,
      object_id: notice.objectId ?? null, state: skipped === null ? 'waiting' : 'skipped', result: skipped, fallback, next_at: next === null ? null : toIso(next),
    })
    const last = rows.at(-1)
    if (next !== null && last) ctx.enqueue(deliverJob, { tenantId: ctx.tenantId, id: last.id }, { key: `delivery-${last.id}`, ...(next > ctx.clock.now() ? { runAt: next } : {}) })
  }
  if (rows.length === 0) return
  await sql`insert into platform_delivery (tenant_id, id, channel, type, level, user_id, user_name, address_mask, content_enc, object_type, object_id, state, result, fallback, next_at, created_at)
    select ${ctx.tenantId}, id, channel, type, level, user_id, user_name, address_mask, content_enc, object_type, object_id, state, result, fallback, next_at, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(id uuid, channel text, type text, level text, user_id uuid, user_name text, address_mask text, content_enc text, object_type text, object_id text,
      state text, result text, fallback text, next_at timestamptz)`.execute(ctx.db())
}

async function mergedInto(ctx: Ctx, notice: Notice, channel: Channel, person: Planned['person'], content: string): Promise<boolean> {
  if (!notice.objectId) return false
  const { rows } = await sql`update platform_delivery set content_enc = ${content}, merged = merged + 1 where tenant_id = ${ctx.tenantId} and object_id = ${notice.objectId} and channel = ${channel} and type = ${notice.type}
    and user_id is not distinct from ${person?.id ?? null}::uuid and state = 'waiting' and next_at > ${toIso(ctx.clock.now())} returning id`.execute(ctx.db())
  return rows.length > 0
}
