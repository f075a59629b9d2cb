// What is known of a queue's past: days of half hours, how long a call takes, who is there.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { addDays, DAY, instant, isWorkingDay, localDate, MINUTE, plus, startOfDay, dayOfWeek, type Instant, type LocalDate } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { liveOf } from '../monitoring/live.ts'
import { db } from '../telephony.queries.ts'
import type { Day, DayKind } from './volume.ts'

export const SLOT = 30 * MINUTE
export const HISTORY_DAYS = 63
const USUAL_HANDLE_SECONDS = 240

export const slotOf = (at: Instant): Instant => instant(at - (at % SLOT))

export type Past = { today: LocalDate; timeZone: string; /** Oldest first, today's half hours so far last. */ days: (Day & { date: LocalDate })[]; kindOf: (day: LocalDate) => DayKind; handleSeconds: number }

/** Days with their half hours, from the first day on that has any call. */
export async function pastOf(ctx: Ctx, queueId: string): Promise<Past> {
  const calendar = await calendarOf(ctx)
  const { timeZone } = calendar
  const now = ctx.clock.now()
  const today = localDate(now, timeZone)
  const kindOf = (date: LocalDate): DayKind => ({ weekday: dayOfWeek(date), work: isWorkingDay(calendar, date) })
  const from = startOfDay(addDays(today, -HISTORY_DAYS), timeZone)
  const rows = await db(ctx).selectFrom('telephony_volume').select(['at', 'arrived']).where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', queueId).where('at', '>=', ts(from)).where('arrived', 'is not', null).orderBy('at').execute()
  const counts = new Map(rows.map((r) => [Number(r.at), r.arrived ?? 0]))
  const first = rows.find((r) => (r.arrived ?? 0) > 0)
  const days: Past['days'] = []
  for (let date = first ? localDate(first.at, timeZone) : today; date <= today; date = addDays(date, 1)) {
    const begin = startOfDay(date, timeZone)
    const slots = date === today ? Math.floor((now - begin) / SLOT) : Math.round((startOfDay(addDays(date, 1), timeZone) - begin) / SLOT)
    days.push({ date, ...kindOf(date), counts: Array.from({ length: slots }, (_, i) => counts.get(begin + i * SLOT) ?? 0) })
  }
  return { today, timeZone, days, kindOf, handleSeconds: await handleSeconds(ctx, queueId) }
}

/** Talk of this queue's calls and wrap-up of the centre's agents over four weeks. */
async function handleSeconds(ctx: Ctx, queueId: string): Promise<number> {
  const since = ts(plus(ctx.clock.now(), -28 * DAY))
  const { rows: [talk] } = await sql<{ ms: number | null }>`select avg(talk_ms)::float8 as ms from telephony_call where tenant_id = ${ctx.tenantId} and queue_id = ${queueId} and started_at >= ${since} and answered_at is not null and talk_ms is not null`.execute(ctx.db())
  const { rows: [wrap] } = await sql<{ seconds: number | null }>`select avg(seconds)::float8 as seconds from telephony_pub_state_view where tenant_id = ${ctx.tenantId} and at >= ${since} and state = 'wrapUp' and seconds < 1800`.execute(ctx.db())
  return talk?.ms ? Math.round(talk.ms / 1000 + (wrap?.seconds ?? 0)) : USUAL_HANDLE_SECONDS
}

const away = new Set(['signedOut'])
/** Agents signed in to a queue now, and of them in calls. */
export function presence(ctx: Ctx, queueId: string): { present: number; talking: number } {
  const agents = (liveOf(ctx)?.agents ?? []).filter((a) => a.queues.includes(queueId) && !away.has(a.state))
  return { present: agents.length, talking: agents.filter((a) => ['talking', 'ringing', 'reserved', 'dialling'].includes(a.state)).length }
}
