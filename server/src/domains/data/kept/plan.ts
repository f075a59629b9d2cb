// Chooses how a question is counted: from sums, from the narrow rows kept of orders (those of past months from files), or from orders as
// they are. All give the same answer; all but the last may be a moment behind, and say so.
import { can, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { readableTenants } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { cleanMonths, type Month } from '../history/months.ts'
import { historyFrom, keptFrom } from '../settings.ts'
import { readSeries, type Series } from './series.ts'
import { keptOf, type Kept } from './state.ts'

export type Way = 'live' | 'rows' | 'files' | 'sums'
/** `past`: months whose rows may be read from files instead; empty for who sees only a part. */
export type Plan = { way: 'live'; sums: false; asOf: Instant; past: []; secret: boolean } | { way: 'rows'; sums: false; asOf: Instant; past: Month[]; secret: boolean } | { way: 'sums'; sums: true; asOf: Instant; past: Month[]; kept: Kept; series: Series[]; secret: boolean }

export async function planOf(ctx: Ctx, ask: { below: boolean; words: boolean; timeZone: string }, way?: Way): Promise<Plan> {
  const secret = can(ctx, 'orders.readConfidential')
  const live: Plan = { way: 'live', sums: false, asOf: ctx.clock.now(), past: [], secret }
  // Lower tenants have sums of their own, in their own zones: they are counted from orders.
  if (way === 'live' || (ask.below && readableTenants(ctx).length > 1)) return live
  const kept = await keptOf(ctx, ctx.tenantId)
  if (!kept || kept.series === 0 || kept.timeZone !== ask.timeZone) return live
  if (way === undefined && kept.orders < (await setting(ctx, keptFrom))) return live
  const asOf = kept.pending ? (kept.followedAt ?? ctx.clock.now()) : ctx.clock.now()
  const scopes = scopesOf(ctx, 'orders.read')
  const everything = scopes.includes('tenant') || scopes.includes('tenantsBelow')
  const filesWanted = everything && !ask.words && (way === 'files' || (way === undefined && kept.orders >= ((await setting(ctx, historyFrom)) || Infinity)))
  const past = filesWanted ? await cleanMonths(ctx) : []
  // Sums know no words and no unit's line: those who see a part count its rows.
  if (way === 'rows' || way === 'files' || ask.words || !everything) return { way: 'rows', sums: false, asOf, past, secret }
  return { way: 'sums', sums: true, asOf, past, kept, series: await readSeries(ctx), secret }
}
