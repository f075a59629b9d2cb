// What was done to statutes, one line an act, each with the hash of the line before (KNO-29); anybody who publishes may verify the chain.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { sm3 } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import { trailNames } from '../texts.zh-CN.ts'
import type * as contract from './evidence-contract.ts'

const BEGIN = '0'.repeat(64)
const MOST = 100_000
/** Of the trail; what is only opened, reminded or filed is no act on the text. */
const kept = new Set(['create', 'import', 'submit', 'approve', 'return', 'publish', 'schedule', 'suspend', 'emergencySuspend', 'restore', 'expire', 'discard', 'purge', 'rollback', 'share', 'unshare', 'send'])
type Line = { seq: number; itemId: string; itemTitle: string; act: string; version: number | null; contentHash: string | null; summary: string; byName: string; at: Instant; previous: string }

const db = (ctx: Ctx) => ctx.db<KnowledgeTables>()
/** The same words in the same order for writing and verifying. */
const hashOf = (line: Line): string => sm3(JSON.stringify([line.seq, line.itemId, line.itemTitle, line.act, line.version, line.contentHash, line.summary, line.byName, line.at, line.previous]))

/** Called with each line of the trail, in the same transaction. Writers of one tenant wait for one another: a chain has one end. */
export async function keepEvidence(ctx: Ctx, of: { itemId: string; act: string; text?: string | null | undefined }): Promise<void> {
  if (!kept.has(of.act)) return
  const item = await db(ctx).selectFrom('knowledge_item').select(['title', 'type_code', 'version_number']).where('tenant_id', '=', ctx.tenantId).where('id', '=', of.itemId).executeTakeFirst()
  if (item?.type_code !== 'statute') return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`knowledge_evidence ${ctx.tenantId}`}, 0))`.execute(ctx.db())
  const last = await db(ctx).selectFrom('knowledge_evidence').select(['seq', 'hash']).where('tenant_id', '=', ctx.tenantId).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const version = item.version_number === null ? undefined : await db(ctx).selectFrom('knowledge_version').select(sql<string>`content::text`.as('text')).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', of.itemId).where('number', '=', item.version_number).executeTakeFirst()
  const line: Line = { seq: Number(last?.seq ?? 0) + 1, itemId: of.itemId, itemTitle: item.title, act: of.act, version: item.version_number, contentHash: version ? sm3(version.text) : null, summary: (of.text ?? '').slice(0, 200), byName: ctx.actor.name, at: ctx.clock.now(), previous: last?.hash ?? BEGIN }
  await db(ctx).insertInto('knowledge_evidence').values({ tenant_id: ctx.tenantId, seq: line.seq, item_id: line.itemId, item_title: line.itemTitle, act: line.act, version: line.version, content_hash: line.contentHash, summary: line.summary, by_name: line.byName, at: ts(line.at), previous: line.previous, hash: hashOf(line) }).execute()
}

type Row = Line & { hash: string }
const rows = async (ctx: Ctx): Promise<Row[]> => (await db(ctx).selectFrom('knowledge_evidence').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('seq').limit(MOST).execute()).map((row) => ({ seq: Number(row.seq), itemId: row.item_id, itemTitle: row.item_title, act: row.act, version: row.version, contentHash: row.content_hash, summary: row.summary, byName: row.by_name, at: row.at, previous: row.previous, hash: row.hash }))

/** Lines whose own words, place or hash do not agree, and published texts that are not what was recorded last. */
export async function verifyEvidence(ctx: Ctx): Promise<Output<typeof contract.verifyEvidence>> {
  authorize(ctx, 'knowledge.publish')
  const all = await rows(ctx)
  const broken: { seq: number; title: string; why: string }[] = []
  let [previous, seq] = [BEGIN, 0]
  for (const line of all) {
    if (line.seq !== seq + 1) broken.push({ seq: line.seq, title: line.itemTitle, why: `第 ${seq + 1} 条缺失` })
    else if (line.previous !== previous) broken.push({ seq: line.seq, title: line.itemTitle, why: '与前一条不相接' })
    if (hashOf(line) !== line.hash) broken.push({ seq: line.seq, title: line.itemTitle, why: '内容被改动' });
    [previous, seq] = [line.hash, line.seq]
  }
  const last = new Map(all.filter((line) => line.contentHash !== null).map((line) => [`${line.itemId} ${line.version}`, line]))
  const texts = last.size === 0 ? [] : await db(ctx).selectFrom('knowledge_version').select(['item_id', 'number', sql<string>`content::text`.as('text')]).where('tenant_id', '=', ctx.tenantId).where('item_id', 'in', [...new Set(all.map((line) => line.itemId))]).execute()
  for (const text of texts) {
    const line = last.get(`${text.item_id} ${text.number}`)
    if (line && sm3(text.text) !== line.contentHash) broken.push({ seq: line.seq, title: line.itemTitle, why: `第 ${text.number} 版正文与存证不符` })
  }
  return { lines: all.length, broken: broken.slice(0, 100) }
}

export async function listEvidence(ctx: Ctx, input: Input<typeof contract.listEvidence>): Promise<Output<typeof contract.listEvidence>> {
  authorize(ctx, 'knowledge.publish')
  let query = db(ctx).selectFrom('knowledge_evidence').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (input.itemId) query = query.where('item_id', '=', input.itemId)
  const list = await query.orderBy('seq', 'desc').limit(200).execute()
  return { items: list.map((row) => ({ seq: Number(row.seq), itemId: row.item_id, title: row.item_title, actName: trailNames[row.act] ?? row.act, version: row.version, summary: row.summary, byName: row.by_name, at: row.at, hash: row.hash })) }
}
