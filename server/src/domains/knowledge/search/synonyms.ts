import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { touchStamp, underStamp } from '../../platform/index.ts'
import { db } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { SynonymSet } from './query.ts'
import type * as contract from './search-contract.ts'

export const synonymSets = underStamp('knowledge', readSets)

async function readSets(ctx: Ctx): Promise<SynonymSet[]> {
  return db(ctx).selectFrom('knowledge_synonym').select(['id', 'words', 'one_way as oneWay']).where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).limit(5000).execute()
}

/** Sets that led to a shown hit. */
export function countSynonyms(ctx: Ctx, ids: readonly string[]): void {
  ctx.atCommit(sql`update knowledge_synonym set uses = uses + 1 where tenant_id = ${ctx.tenantId} and id = any(${[...ids]}::uuid[])`)
}

export async function listSynonyms(ctx: Ctx, input: Input<typeof contract.listSynonyms>): Promise<Output<typeof contract.listSynonyms>> {
  authorize(ctx, 'knowledge.read')
  let query = db(ctx).selectFrom('knowledge_synonym').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (input.q) query = query.where(sql<boolean>`exists (select 1 from unnest(words) w where position(${input.q} in w) > 0)`)
  const rows = await query.orderBy('changed_at', 'desc').limit(2000).execute()
  return { items: rows.map((row) => ({ id: row.id, words: row.words, oneWay: row.one_way, enabled: row.enabled, uses: row.uses, version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name })) }
}

const taken = async (ctx: Ctx, words: readonly string[], own?: string): Promise<string | null> => {
  const { rows } = await sql<{ word: string }>`select w as word from knowledge_synonym s, unnest(s.words) w where s.tenant_id = ${ctx.tenantId} and w = any(${[...words]}::text[]) and s.id is distinct from ${own ?? null}::uuid limit 1`.execute(ctx.db())
  return rows[0]?.word ?? null
}

export async function saveSynonym(ctx: Ctx, input: Input<typeof contract.saveSynonym>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const word = await taken(ctx, input.words, input.id)
  if (word) throw knowledgeFail('synonymTaken', { params: { word }, fields: [{ path: 'words', message: `“${word}”已在另一组` }] })
  await touchStamp(ctx, 'knowledge')
  const values = { words: input.words, one_way: input.oneWay, enabled: input.enabled, version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  if (input.id) {
    const done = await db(ctx).updateTable('knowledge_synonym').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).returning('id').executeTakeFirst()
    if (!done) throw kernelErrors('conflict')
    return { id: input.id }
  }
  const id = newId()
  await db(ctx).insertInto('knowledge_synonym').values({ tenant_id: ctx.tenantId, id, ...values }).execute()
  return { id }
}

/** A row is a set; bad rows are reported, the others stay. */
export async function importSynonyms(ctx: Ctx, input: Input<typeof contract.importSynonyms>): Promise<Output<typeof contract.importSynonyms>> {
  authorize(ctx, 'knowledge.manage')
  const failed: { row: number; words: string; message: string }[] = []
  let added = 0
  for (const [at, raw] of input.rows.entries()) {
    const words = [...new Set(raw.filter((word) => word !== ''))]
    const word = words.length < 2 ? null : await taken(ctx, words)
    if (words.length < 2 || word !== null) failed.push({ row: at + 1, words: raw.join('、'), message: word === null ? '至少两个不同的词' : `“${word}”已在另一组` })
    else { await saveSynonym(ctx, { words, oneWay: false, enabled: true, version: 0 }); added++ }
  }
  return { added, failed }
}

export async function deleteSynonym(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.manage')
  await touchStamp(ctx, 'knowledge')
  await db(ctx).deleteFrom('knowledge_synonym').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return {}
}
