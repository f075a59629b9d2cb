// Computes all scores of a snapshot by given rules and keeps them: the adjusted result and, beside it, the raw one.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import { json } from '../../kernel/db/connect.ts'
import { decimal, type Exact } from '../data/index.ts'
import { db, type ObjectRow, type Period, type PinnedObject, type ScoreRow, type Snapshot, type StoredItem } from './assessment.queries.ts'
import { countObjects, type Both } from './counts.ts'
import { evaluator, ranks, type Evaluator, type ItemScore, type Score } from './evaluate.ts'
import type { Definition } from './rules.ts'

/** Objects of the level that stand at the end of the period: one that left before is no longer ranked. */
export async function objectsOf(ctx: Ctx, levelId: string, period: Pick<Period, 'from_day' | 'to_day'>): Promise<PinnedObject[]> {
  const rows = await db(ctx).selectFrom('assessment_object').selectAll().where('tenant_id', '=', ctx.tenantId).where('level_id', '=', levelId).where('from_day', '<=', period.to_day).where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', period.to_day)])).orderBy('name').orderBy('id').execute()
  return rows.map(pinned)
}

const pinned = (row: ObjectRow): PinnedObject => ({ id: row.id, kind: row.kind as PinnedObject['kind'], refId: row.ref_id, areaCode: row.area_code, members: row.members, name: row.name, peer: row.peer, goalRank: row.goal_rank })

type Computed = { rows: ScoreRowDraft[]; digest: string }
type ScoreRowDraft = Omit<ScoreRow, 'tenant_id' | 'run_id'>

export async function compute(ctx: Ctx, snapshot: Snapshot, corrections: number, definition: Definition, objects: readonly PinnedObject[]): Promise<Computed> {
  return scored(evaluator(definition, snapshot.pins.indicators), objects, await countObjects(ctx, snapshot, corrections, objects))
}

/** Scores from counts; pure. */
export function scored(engine: Evaluator, objects: readonly PinnedObject[], counts: ReadonlyMap<string, Both>): Computed {
  const none: Both = { adjusted: new Map(), raw: new Map() }
  const scores = (which: keyof Both): Map<string, Score> => new Map(engine.scores(objects.map((o) => ({ id: o.id, peer: o.peer, counts: (counts.get(o.id) ?? none)[which] }))).map((s) => [s.id, s]))
  const [adjusted, raw] = [scores('adjusted'), scores('raw')]
  const rows = objects.flatMap((object): ScoreRowDraft[] => {
    const [a, r, both] = [adjusted.get(object.id), raw.get(object.id), counts.get(object.id) ?? none]
    if (!a || !r) return []
    const scale = engine.definition.scale
    return [{
      object_id: object.id, name: object.name, peer: object.peer, total: decimal(a.total, scale), bonus: decimal(a.bonus, scale) ?? '0', raw_total: decimal(r.total, scale), rank: a.rank, peer_rank: a.peerRank, raw_rank: r.rank,
      items: a.items.map((i) => stored(i, scale)), raw_items: r.items.map((i) => stored(i, scale)), counts: texts(both.adjusted), raw_counts: texts(both.raw),
    }]
  })
  return { rows, digest: digestOf(rows) }
}

const stored = (i: ItemScore, scale: number): StoredItem => ({ code: i.code, value: i.value?.toFraction() ?? null, weight: decimal(i.weight, scale) ?? '0', points: decimal(i.points, scale), lost: decimal(i.lost, scale), rank: i.rank, spread: i.spread })
const texts = (counts: ReadonlyMap<string, Fraction>): Record<string, string> => Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([code, n]) => [code, n.toString()]))
export const restored = (i: StoredItem): ItemScore => ({ code: i.code, value: exact(i.value), weight: new Fraction(i.weight), points: exact(i.points), lost: exact(i.lost), rank: i.rank, spread: i.spread })
export const exact = (text: string | null): Exact => (text === null ? null : new Fraction(text))

/** The same for the same scores, whatever else is stored with them. */
const digestOf = (rows: readonly ScoreRowDraft[]): string => createHash('sha256').update(JSON.stringify(rows.toSorted((a, b) => (a.object_id < b.object_id ? -1 : 1)).map((r) => [r.object_id, r.total, r.raw_total, r.rank, r.peer_rank, r.items, r.raw_items, r.counts, r.raw_counts]))).digest('hex')

const AT_ONCE = 200

export async function storeScores(ctx: Ctx, runId: string, rows: readonly ScoreRowDraft[]): Promise<void> {
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    const values = rows.slice(i, i + AT_ONCE).map((r) => ({ tenant_id: ctx.tenantId, run_id: runId, ...r, items: json(r.items as never), raw_items: json(r.raw_items as never), counts: json(r.counts), raw_counts: json(r.raw_counts) }))
    await db(ctx).insertInto('assessment_score').values(values).onConflict((c) => c.columns(['tenant_id', 'run_id', 'object_id']).doUpdateSet((eb) => ({
      name: eb.ref('excluded.name'), peer: eb.ref('excluded.peer'), total: eb.ref('excluded.total'), bonus: eb.ref('excluded.bonus'), raw_total: eb.ref('excluded.raw_total'), rank: eb.ref('excluded.rank'), peer_rank: eb.ref('excluded.peer_rank'), raw_rank: eb.ref('excluded.raw_rank'),
      items: eb.ref('excluded.items'), raw_items: eb.ref('excluded.raw_items'), counts: eb.ref('excluded.counts'), raw_counts: eb.ref('excluded.raw_counts'),
    }))).execute()
  }
}

type Placed = Pick<ScoreRow, 'object_id' | 'peer' | 'total' | 'raw_total' | 'rank' | 'peer_rank' | 'raw_rank'>

/** Ranks of rows already scored, after some of them changed. */
function rerank(rows: readonly Placed[]): { objectId: string; rank: number | null; peerRank: number | null; rawRank: number | null }[] {
  const placed = rows.map((r) => ({ id: r.object_id, peer: r.peer, value: exact(r.total), raw: exact(r.raw_total) }))
  const [all, raw] = [ranks(placed), ranks(placed.map((p) => ({ ...p, value: p.raw })))]
  const within = new Map([...Map.groupBy(placed, (p) => p.peer).values()].flatMap((peers) => [...ranks(peers)]))
  return placed.map((p) => ({ objectId: p.id, rank: all.get(p.id) ?? null, peerRank: within.get(p.id) ?? null, rawRank: raw.get(p.id) ?? null }))
}

/** Writes the places that changed, in one statement. Items are not read: of 800 objects they are megabytes. */
export async function storeRanks(ctx: Ctx, runId: string): Promise<void> {
  const rows: Placed[] = await db(ctx).selectFrom('assessment_score').select(['object_id', 'peer', 'total', 'raw_total', 'rank', 'peer_rank', 'raw_rank']).where('tenant_id', '=', ctx.tenantId).where('run_id', '=', runId).execute()
  const before = new Map(rows.map((r) => [r.object_id, r]))
  const moved = rerank(rows).filter((r) => { const b = before.get(r.objectId); return b?.rank !== r.rank || b.peer_rank !== r.peerRank || b.raw_rank !== r.rawRank })
  if (moved.length === 0) return
  await sql`update assessment_score s set rank = m.rank, peer_rank = m.peer_rank, raw_rank = m.raw_rank from jsonb_to_recordset(${JSON.stringify(moved.map((m) => ({ object_id: m.objectId, rank: m.rank, peer_rank: m.peerRank, raw_rank: m.rawRank })))}::jsonb) as m (object_id uuid, rank int, peer_rank int, raw_rank int)
    where s.tenant_id = ${ctx.tenantId} and s.run_id = ${runId} and s.object_id = m.object_id`.execute(db(ctx))
}
