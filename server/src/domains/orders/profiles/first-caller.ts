// Whether a requester appears for the first time within the look-back window (ORD-16).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { firstCallerBy, firstCallerWindow } from './profiles.settings.ts'

/** False for who left neither number nor record: nothing can be said of them. Ask before the order is stored. */
export async function isFirstCaller(ctx: Ctx, who: { phoneHash: string | null; requesterId: string | null }): Promise<boolean> {
  const [days, by] = [await setting(ctx, firstCallerWindow), await setting(ctx, firstCallerBy)]
  if (days === 0) return false
  const tests = [...(by.includes('phone') && who.phoneHash ? [sql`contact_phone_hash = ${who.phoneHash}`] : []), ...(by.includes('requester') && who.requesterId ? [sql`requester_id = ${who.requesterId}`] : [])]
  if (tests.length === 0) return false
  const since = ts(plus(ctx.clock.now(), -days * DAY))
  const parts = tests.map((test) => sql`(select 1 from order_order where tenant_id = ${ctx.tenantId} and ${test} and registered_at >= ${since} limit 1)`)
  const { rows } = await sql<{ found: number }>`${sql.join(parts, sql` union all `)}`.execute(ctx.db())
  return rows.length === 0
}
