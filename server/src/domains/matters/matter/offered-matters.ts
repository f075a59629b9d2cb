// The effective standard in the words that people outside may read: names of matters and directories, nothing of units, codes or rules.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nearestOf, nearestOnly } from '../standard/nearest.ts'
import { searchPatterns } from '../standard/search-key.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { allDirectories } from './directories.ts'

export type OfferedMatter = { id: string; name: string; path: string[]; appealTypes: string[] }
export type OfferedDirectory = { id: string; name: string; parentId: string | null; level: number }

/**
 * Effective matters for the public: by typed words (`query`, all must fit), by words taken from a text (`words`, the best fit first, at
 * least one must fit), below a directory, for an appeal type. Checks no permission.
 */
export async function offeredMatters(ctx: Ctx, which: { query?: string; words?: readonly string[]; directoryId?: string; appealType?: string; limit: number }): Promise<OfferedMatter[]> {
  let query = ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter')
    .select(['id', 'name', 'directory_path as path', 'appeal_types as appealTypes'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').where(await nearestOnly(ctx, 'matter_matter'))
  for (const pattern of searchPatterns(which.query ?? '')) query = query.where('search_key', 'like', pattern)
  if (which.directoryId) query = query.where(sql<boolean>`directory_path @> array[${which.directoryId}]::uuid[]`)
  if (which.appealType) query = query.where(sql<boolean>`(appeal_types = '{}' or ${which.appealType} = any(appeal_types))`)
  if (which.words) {
    const weights = await weightsOf(ctx, which.words)
    if (weights.length === 0) return []
    const fit = sql<number>`(select coalesce(sum(w.weight * (case when position(w.word in lower(name)) > 0 then 2 else 1 end)), 0) from jsonb_to_recordset(${JSON.stringify(weights)}::jsonb) as w(word text, weight float8) where position(w.word in search_key) > 0)`
    query = query.where(fit, '>', 0).orderBy(fit, 'desc')
  }
  const rows = await query.orderBy('code').limit(which.limit).execute()
  const directories = await allDirectories(ctx)
  return rows.map((row) => ({ ...row, path: row.path.map((id) => directories.get(id)?.name ?? '') }))
}

/** A word that half of the matters have says nothing, a long and rare one nearly everything: length × ln(all / having). */
async function weightsOf(ctx: Ctx, words: readonly string[]): Promise<{ word: string; weight: number }[]> {
  const { rows } = await sql<{ word: string; n: number; all: number }>`select w.word, count(*) filter (where position(w.word in m.search_key) > 0)::int as n, count(*)::int as all
    from unnest(${[...words]}::text[]) as w(word) cross join matter_matter m where m.tenant_id = any(${await tenantChain(ctx)}::uuid[]) and m.state = 'effective' group by w.word`.execute(ctx.acrossTenants('matters of upper tenants hold below'))
  return rows.flatMap(({ word, n, all }) => (n === 0 ? [] : [{ word, weight: word.length * Math.log(1 + all / n) }]))
}

/** Effective directories, upper levels first. */
export async function offeredDirectories(ctx: Ctx): Promise<OfferedDirectory[]> {
  const known = [...(await allDirectories(ctx)).values()].filter((d) => d.state === 'effective')
  const all = nearestOf(known, await tenantChain(ctx), (d) => d.code)
  return all.map((d) => ({ id: d.id, name: d.name, parentId: d.parentId, level: d.path.length - 1 }))
}
