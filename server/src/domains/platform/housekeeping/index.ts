// Work of the installation that runs by itself: sealing, cleaning, partitions ahead of time.
import { sql } from 'kysely'
import { sealStore } from '../../../kernel/audit/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { allSealedStores } from '../audit/sealed-stores.ts'
import { definePart } from '../part.ts'

async function sealAll(ctx: Ctx): Promise<void> {
  for (const store of allSealedStores()) await sealStore(ctx, store)
}

const KEEP_EVENTS_DAYS = 3
const KEEP_ANSWERS_DAYS = 2

/** Removes what has served: ended sessions, answers kept for repeats, delivered events, old codes and counts. */
async function clean(ctx: Ctx): Promise<void> {
  const db = ctx.acrossTenants('leftovers of the whole installation')
  const now = ctx.clock.now()
  const before = (days: number): string => toIso(plus(now, -days * DAY))
  await sql`delete from kernel_session where expires_at < ${toIso(now)} or (idle_minutes > 0 and seen_at < ${toIso(now)}::timestamptz - make_interval(mins => idle_minutes))`.execute(db)
  await sql`delete from kernel_idempotency where at < ${before(KEEP_ANSWERS_DAYS)}`.execute(db)
  await sql`delete from platform_sign_in_code where expires_at < ${before(1)}`.execute(db)
  await sql`delete from platform_sign_in_attempt where last_at < ${before(2)}`.execute(db)
  // An event that a consumer still has to repeat stays.
  await sql`delete from kernel_outbox o using (select xid, id from kernel_outbox_cursor order by xid, id limit 1) c where (o.xid, o.id) <= (c.xid, c.id) and o.at < ${before(KEEP_EVENTS_DAYS)}
    and not exists (select 1 from kernel_outbox_retry r where r.event_id = o.id)`.execute(db)
}

/** Month partitions of every partitioned table, from this month to three months ahead. */
async function ensureMonths(ctx: Ctx): Promise<void> {
  const now = toIso(ctx.clock.now())
  await sql`select kernel_ensure_months(c.relname, ${now}::date, (${now}::date + interval '3 months')::date)
    from pg_partitioned_table p join pg_class c on c.oid = p.partrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where p.partstrat = 'r'`.execute(ctx.acrossTenants('tables have no tenant'))
}

export const part = definePart({
  crons: [
    { name: 'platform.seal', everySeconds: 1, once: true, run: sealAll },
    { name: 'platform.clean', everySeconds: 3600, once: true, run: clean },
    { name: 'platform.months', everySeconds: 6 * 3600, once: true, run: ensureMonths },
  ],
})
