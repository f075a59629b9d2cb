// The demonstration's clock can be set forward, to see cards and deadlines without waiting; it keeps its lead over restarts.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { HOUR, toIso } from '../../../kernel/time/index.ts'
import { demo } from '../demo-mode.ts'
import type * as contract from './contract.ts'
import { onlyInDemo } from './demo-sign-in.ts'

export async function moveDemoClock(ctx: Ctx, input: Input<typeof contract.moveDemoClock>, raw: RawExchange): Promise<{ now: string }> {
  onlyInDemo(raw.request)
  demo.clockLead += input.advanceHours * HOUR
  await sql`insert into kernel_state (key, value) values ('demo.clockLead', ${JSON.stringify(demo.clockLead)}::jsonb) on conflict (key) do update set value = excluded.value`.execute(ctx.acrossTenants('a fact of the installation'))
  return { now: toIso(ctx.clock.now()) }
}
