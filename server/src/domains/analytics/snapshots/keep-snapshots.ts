// How long snapshots are kept: a term, and those who hold one beyond it.
import { sql } from 'kysely'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { definePort } from '../../../kernel/port.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { publishedWithin } from '../../assessment/index.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../boards.ts'
import { keepDays } from './snapshot-settings.ts'
import { holderWords } from './snapshots.zh-CN.ts'

/** A snapshot as its holders are asked about it, with the days its question is about. */
export type Held = { id: string; from: string; to: string }
/** Who points at these snapshots: for each held one the holder in words. Those that no one names may go when their term is over. */
export const snapshotHolders = definePort<(ctx: Ctx, snapshots: readonly Held[]) => Promise<ReadonlyMap<string, string>>>('analytics.snapshotHolders')

/** What a published assessment period was scored by may be asked for as long as the period stands. */
export async function heldByAssessment(ctx: Ctx, snapshots: readonly Held[]): Promise<ReadonlyMap<string, string>> {
  const from = snapshots.map((s) => s.from).toSorted()[0]
  const to = snapshots.map((s) => s.to).toSorted().at(-1)
  if (from === undefined || to === undefined) return new Map()
  const periods = await publishedWithin(ctx, { from, to })
  return new Map(snapshots.flatMap((s) => { const p = periods.find((one) => one.fromDay <= s.to && one.toDay >= s.from); return p ? [[s.id, holderWords.assessment(p.name)] as const] : [] }))
}

export async function holdersOf(ctx: Ctx, snapshots: readonly Held[]): Promise<ReadonlyMap<string, string>> {
  const answers = await Promise.all(snapshotHolders.all().map((ask) => ask(ctx, snapshots)))
  return new Map(answers.flatMap((answer) => [...answer]))
}

/** The end of its term; null where all are kept. */
export const keptUntil = (takenAt: Instant, days: number): Instant | null => (days === 0 ? null : plus(takenAt, days * DAY))

/** In one go; the rest waits for the next hour. */
const MOST_AT_ONCE = 50

/** Cron: snapshots past their term that nobody holds. Held ones do not hold up those behind them. */
export async function purgeSnapshots(ctx: Ctx): Promise<void> {
  const days = await setting(ctx, keepDays)
  if (days === 0) return
  const before = ts(plus(ctx.clock.now(), -days * DAY))
  let after = ''
  const gone: string[] = []
  while (gone.length < MOST_AT_ONCE) {
    let query = db(ctx).selectFrom('analytics_snapshot').select(['id', 'name', 'question']).where('tenant_id', '=', ctx.tenantId).where('taken_at', '<', before)
    if (after !== '') query = query.where('id', '>', after)
    const due = await query.orderBy('id').limit(200).execute()
    if (due.length === 0) break
    after = due.at(-1)?.id ?? ''
    const held = await holdersOf(inTenant(ctx, ctx.tenantId), due.map((s) => ({ id: s.id, ...daysOf(s.question) })))
    for (const s of due.filter((one) => !held.has(one.id)).slice(0, MOST_AT_ONCE - gone.length)) {
      const { rows } = await sql<{ gone: boolean }>`select analytics_purge_snapshot(${ctx.tenantId}, ${s.id}, ${before}) as gone`.execute(ctx.db())
      if (rows[0]?.gone) gone.push(s.name)
    }
  }
  if (gone.length > 0) ctx.audit({ module: 'analytics', act: 'purgeSnapshots', objectType: 'snapshot', objectId: ctx.tenantId, text: holderWords.purged(gone.length, days), changes: { snapshots: { old: gone, new: null } } })
}

export const daysOf = (question: unknown): { from: string; to: string } => {
  const { from, to } = question as { from: string; to: string } // written by takeSnapshot
  return { from, to }
}
