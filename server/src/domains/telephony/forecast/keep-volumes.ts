// Each few minutes: half hours that are over are counted, the next ones are foretold before they begin, a surge is told to those who watch.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { addDays, DAY, HOUR, instant, MINUTE, plus, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { notify } from '../../platform/index.ts'
import { liveOf } from '../monitoring/live.ts'
import { db } from '../telephony.queries.ts'
import { foresee, type Foreseen } from './foresee.ts'
import { HISTORY_DAYS, pastOf, presence, SLOT, slotOf } from './history.ts'
import { bent, expectDay } from './volume.ts'

const KEPT = 400 * DAY
/** Events may come late: the last hours are counted again. */
const AGAIN = 3 * HOUR

const openQueues = (ctx: Ctx) => db(ctx).selectFrom('telephony_queue').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('open', '=', true).orderBy('code').execute()

export async function keepVolumes(ctx: Ctx): Promise<void> {
  const queues = await openQueues(ctx)
  if (queues.length === 0) return
  const now = ctx.clock.now()
  await countPast(ctx, slotOf(now))
  for (const { id } of queues) await foretell(ctx, id, now)
  await db(ctx).deleteFrom('telephony_volume').where('tenant_id', '=', ctx.tenantId).where('at', '<', ts(plus(now, -KEPT))).execute()
  for (const one of await foresee(ctx)) if (one.surge && one.missing > 0) await tellSurge(ctx, one)
}

async function countPast(ctx: Ctx, before: Instant): Promise<void> {
  const last = await db(ctx).selectFrom('telephony_volume').select((eb) => eb.fn.max('at').as('at')).where('tenant_id', '=', ctx.tenantId).where('arrived', 'is not', null).executeTakeFirst()
  // Calls that were brought in later (an import, a restored copy) are found while there is no history yet.
  const old = await db(ctx).selectFrom('telephony_volume').select('at').where('tenant_id', '=', ctx.tenantId).where('arrived', '>', 0).where('at', '<', ts(plus(before, -2 * DAY))).limit(1).executeTakeFirst()
  const from = last?.at && old ? plus(slotOf(last.at), -AGAIN) : plus(before, -HISTORY_DAYS * DAY)
  await sql`insert into telephony_volume (tenant_id, queue_id, at, arrived)
    select c.tenant_id, c.queue_id, date_bin('30 minutes', c.started_at, timestamptz '2000-01-01 00:00:00+00'), count(*)::int from telephony_call c join telephony_queue q on q.tenant_id = c.tenant_id and q.id = c.queue_id
    where c.tenant_id = ${ctx.tenantId} and c.direction = 'inbound' and c.started_at >= ${ts(from)} and c.started_at < ${ts(before)} group by 1, 2, 3
    on conflict (tenant_id, queue_id, at) do update set arrived = excluded.arrived`.execute(ctx.db())
  await db(ctx).updateTable('telephony_volume').set({ arrived: 0 }).where('tenant_id', '=', ctx.tenantId).where('arrived', 'is', null).where('at', '<', ts(before)).execute()
}

/** What is told stays as it was told: the first forecast of a half hour is the one its error is read from. */
async function foretell(ctx: Ctx, queueId: string, now: Instant): Promise<void> {
  const past = await pastOf(ctx, queueId)
  const begin = startOfDay(past.today, past.timeZone)
  const whole = past.days.filter((d) => d.date !== past.today)
  const plain = expectDay(whole, past.kindOf(past.today))
  const soFar = past.days.find((d) => d.date === past.today)?.counts ?? []
  const slot = Math.floor((now - begin) / SLOT) + 1
  const weekBefore = past.days.find((d) => d.date === addDays(past.today, -7))?.counts ?? []
  if (slot < plain.length) {
    const { present } = presence(ctx, queueId)
    await keep(ctx, queueId, instant(begin + slot * SLOT), { expected: bent(plain, soFar)[slot] ?? 0, naive: weekBefore[slot] ?? 0 })
    if (liveOf(ctx)) await db(ctx).updateTable('telephony_volume').set({ present }).where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', queueId).where('at', '=', ts(slotOf(now))).execute()
  }
  const tomorrow = addDays(past.today, 1)
  const next = startOfDay(tomorrow, past.timeZone)
  const told = await db(ctx).selectFrom('telephony_volume').select('at').where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', queueId).where('at', '=', ts(next)).executeTakeFirst()
  if (told) return
  const week = past.days.find((d) => d.date === addDays(tomorrow, -7))?.counts ?? []
  const expected = expectDay(whole, past.kindOf(tomorrow), 2)
  await db(ctx).insertInto('telephony_volume').values(expected.map((n, i) => ({ tenant_id: ctx.tenantId, queue_id: queueId, at: ts(instant(next + i * SLOT)), expected_day: Math.round(n * 100) / 100, naive: week[i] ?? 0 }))).onConflict((c) => c.columns(['tenant_id', 'queue_id', 'at']).doUpdateSet((eb) => ({ expected_day: eb.ref('excluded.expected_day'), naive: eb.ref('excluded.naive') }))).execute()
}

async function keep(ctx: Ctx, queueId: string, at: Instant, told: { expected: number; naive: number }): Promise<void> {
  await db(ctx).insertInto('telephony_volume').values({ tenant_id: ctx.tenantId, queue_id: queueId, at: ts(at), expected: Math.round(told.expected * 100) / 100, naive: told.naive })
    .onConflict((c) => c.columns(['tenant_id', 'queue_id', 'at']).doUpdateSet((eb) => ({ expected: eb.fn.coalesce('telephony_volume.expected', 'excluded.expected'), naive: eb.fn.coalesce('telephony_volume.naive', 'excluded.naive') }))).execute()
}

async function tellSurge(ctx: Ctx, one: Foreseen): Promise<void> {
  const recent = await db(ctx).selectFrom('telephony_queue').select('surge_told_at').where('tenant_id', '=', ctx.tenantId).where('id', '=', one.id).forUpdate().executeTakeFirst()
  if (recent?.surge_told_at && ctx.clock.now() - recent.surge_told_at < SLOT) return
  await db(ctx).updateTable('telephony_queue').set({ surge_told_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', one.id).execute()
  await notify(ctx, { type: 'telephony.surge', to: { permission: 'telephony.monitor' }, title: `“${one.name}”来电突增`, text: one.advice ?? '', link: `/desk/forecast?queue=${one.id}`, objectType: 'queue', objectId: one.id, level: 'P2' })
}

/** Each minute a look at every queue, kept two days: curves of one hour, three hours, a day. */
export async function keepSnapshots(ctx: Ctx): Promise<void> {
  const live = liveOf(ctx)
  if (!live) return
  const known = new Set((await openQueues(ctx)).map((q) => q.id))
  const at = ts(instant(ctx.clock.now() - (ctx.clock.now() % MINUTE)))
  const rows = live.queues.filter((q) => known.has(q.queue)).map((q) => ({ tenant_id: ctx.tenantId, queue_id: q.queue, at, waiting: q.waiting, longest_ms: q.longestMs, ready: q.ready, talking: q.talking }))
  if (rows.length > 0) await db(ctx).insertInto('telephony_queue_snapshot').values(rows).onConflict((c) => c.columns(['tenant_id', 'queue_id', 'at']).doNothing()).execute()
  await db(ctx).deleteFrom('telephony_queue_snapshot').where('tenant_id', '=', ctx.tenantId).where('at', '<', ts(plus(ctx.clock.now(), -2 * DAY))).execute()
}
