// How common words are, from the database's own statistics of the search index: no counting of our own, never older than the last ANALYZE.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { MINUTE, type Instant } from '../../../kernel/time/index.ts'
import { weightsOf, type Weight } from './similarity.ts'

type Statistics = { weight: Weight; /** A query for texts with rare words of these, or null where there is nothing to go by. */ rare(words: readonly string[]): string | null }

const FRESH = 10 * MINUTE
/** Texts that may be looked at for their words; ordinary words would bring half of the base. */
const BUDGET = 3000
let kept: { at: Instant; value: Statistics } | null = null

export async function wordStatistics(ctx: Ctx): Promise<Statistics> {
  const now = ctx.clock.now()
  if (kept && now - kept.at < FRESH && now >= kept.at) return kept.value
  const { rows } = await sql<{ words: string[] | null; shares: number[] | null; total: number }>`select s.most_common_elems::text::text[] as words, s.most_common_elem_freqs as shares, c.reltuples::float8 as total
    from pg_class c left join pg_stats s on s.schemaname = 'public' and s.tablename = c.relname and s.attname = 'words' where c.relname = 'order_search' and c.relkind = 'r'`.execute(ctx.acrossTenants('statistics of the catalogue have no tenant'))
  const shares = new Map((rows[0]?.words ?? []).map((word, i) => [word, rows[0]?.shares?.[i] ?? 0]))
  const total = Math.max(0, rows[0]?.total ?? 0)
  const value: Statistics = { weight: weightsOf(shares), rare: (words) => rareWords(words, shares, total) }
  kept = { at: now, value }
  return value
}

/** As many of the rarest words as the budget allows, any of them; where all are common, the three rarest together. */
export function rareWords(words: readonly string[], shares: ReadonlyMap<string, number>, total: number): string | null {
  const floor = Math.min(0.0005, ...shares.values())
  const sorted = words.filter((w) => w.length > 1).map((word) => ({ word, texts: (shares.get(word) ?? floor) * total })).toSorted((a, b) => a.texts - b.texts)
  if (sorted.length === 0) return null
  const chosen: string[] = []
  let sum = 0
  for (const { word, texts } of sorted) {
    if (sum + texts > BUDGET || chosen.length === 12) break
    sum += texts
    chosen.push(word)
  }
  const quoted = (list: string[], by: string): string => list.map((w) => `'${w.replaceAll("'", "''")}'`).join(by)
  return chosen.length > 0 ? quoted(chosen, ' | ') : quoted(sorted.slice(0, 3).map((s) => s.word), ' & ')
}
