// Seals append-only stores: about each second one link covers all rows committed since the last, so that change or loss shows.
import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { toIso, type Instant } from '../time/index.ts'

/** A store is a table with id, xid and row_hash; `rowHash` recomputes the hash of a row as its writer did. */
export type SealedStore = { name: string; table: string; rehash: (db: Kysely<Record<string, never>>, ids: string[]) => Promise<Map<string, Buffer>> }

type Row = { id: string; row_hash: Buffer }
type Seal = { seq: number; at: Instant; from_xid: string; to_xid: string; ids: string[]; prev_hash: Buffer; hash: Buffer }

const EMPTY = Buffer.alloc(32)
const MAX_ROWS = 5000

const link = (prev: Buffer, seq: number, rows: Row[]): Buffer => {
  const hash = createHash('sm3').update(prev).update(String(seq))
  for (const row of rows) hash.update(row.id).update(row.row_hash)
  return hash.digest()
}

async function lastSeal(db: Kysely<Record<string, never>>, store: string): Promise<Seal | null> {
  const { rows } = await sql<Seal>`select seq, at, from_xid::text, to_xid::text, ids, prev_hash, hash from kernel_seal where store = ${store} order by seq desc limit 1`.execute(db)
  return rows[0] ?? null
}

/**
 * Adds links for rows whose transactions have all ended (xid below the oldest running one); returns how many rows were sealed.
 * Only one sealer runs per store (advisory lock).
 */
export async function sealStore(ctx: Ctx, store: SealedStore): Promise<number> {
  const db = ctx.acrossTenants<Record<string, never>>('the chain covers all tenants')
  const lock = await sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`seal:${store.name}`}, 0)) as ok`.execute(db)
  if (!lock.rows[0]?.ok) return 0
  const last = await lastSeal(db, store.name)
  const from = last?.to_xid ?? '0'
  const bound = await sql<{ xmin: string; n: number }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, count(*)::int as n from (
    select 1 from ${sql.table(store.table)} where xid >= ${from}::bigint and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint limit ${MAX_ROWS + 1}) r`.execute(db)
  const head = bound.rows[0]
  if (!head || head.n === 0) return 0
  let to = head.xmin
  if (head.n > MAX_ROWS) {
    // A flood (import, bulk copy): cut at a transaction boundary so that links stay of a readable size.
    const cut = await sql<{ xid: string }>`select xid::text from ${sql.table(store.table)} where xid >= ${from}::bigint and xid < ${to}::bigint order by xid limit 1 offset ${MAX_ROWS}`.execute(db)
    const xid = cut.rows[0]?.xid
    if (xid && BigInt(xid) > BigInt(from)) to = xid
    const first = await sql<{ xid: string }>`select min(xid)::text as xid from ${sql.table(store.table)} where xid >= ${from}::bigint and xid < ${head.xmin}::bigint`.execute(db)
    if (first.rows[0] && BigInt(first.rows[0].xid) >= BigInt(to)) to = String(BigInt(first.rows[0].xid) + 1n)
  }
  const { rows } = await sql<Row>`select id, row_hash from ${sql.table(store.table)} where xid >= ${from}::bigint and xid < ${to}::bigint order by id`.execute(db)
  const seq = (last?.seq ?? 0) + 1
  const prev = last?.hash ?? EMPTY
  await sql`insert into kernel_seal (store, seq, at, from_xid, to_xid, ids, prev_hash, hash)
    values (${store.name}, ${seq}, ${toIso(ctx.clock.now())}, ${from}::bigint, ${to}::bigint, ${rows.map((r) => r.id)}::uuid[], ${prev}, ${link(prev, seq, rows)})`.execute(db)
  return rows.length
}

export type Finding = { seq: number; at: Instant; kind: 'missing' | 'changed' | 'added' | 'chain'; id: string | null }

/** Walks the chain from `fromSeq` and names every place where rows or links differ from what was sealed. */
export async function verifyStore(ctx: Ctx, store: SealedStore, options: { fromSeq?: number; limit?: number } = {}): Promise<{ links: number; rows: number; findings: Finding[]; nextSeq: number | null }> {
  const db = ctx.acrossTenants<Record<string, never>>('the chain covers all tenants')
  const limit = options.limit ?? 5000
  const { rows: seals } = await sql<Seal>`select seq, at, from_xid::text, to_xid::text, ids, prev_hash, hash from kernel_seal
    where store = ${store.name} and seq >= ${options.fromSeq ?? 1} order by seq limit ${limit}`.execute(db)
  const findings: Finding[] = []
  let checked = 0
  let before: Seal | null = null
  for (const seal of seals) {
    const { rows } = await sql<Row>`select id, row_hash from ${sql.table(store.table)} where xid >= ${seal.from_xid}::bigint and xid < ${seal.to_xid}::bigint order by id`.execute(db)
    const found = new Map(rows.map((r) => [r.id, r.row_hash]))
    const sealed = new Set(seal.ids)
    const note = (kind: Finding['kind'], id: string | null): void => void findings.push({ seq: seal.seq, at: seal.at, kind, id })
    for (const id of seal.ids) if (!found.has(id)) note('missing', id)
    for (const id of found.keys()) if (!sealed.has(id)) note('added', id)
    const now = await store.rehash(db, [...found.keys()])
    for (const [id, hash] of found) if (!now.get(id)?.equals(hash)) note('changed', id)
    if (!link(seal.prev_hash, seal.seq, rows).equals(seal.hash) && !findings.some((f) => f.seq === seal.seq)) note('chain', null)
    if (before && (!before.hash.equals(seal.prev_hash) || before.seq + 1 !== seal.seq)) note('chain', null)
    checked += rows.length
    before = seal
  }
  return { links: seals.length, rows: checked, findings, nextSeq: seals.length === limit && before ? before.seq + 1 : null }
}
