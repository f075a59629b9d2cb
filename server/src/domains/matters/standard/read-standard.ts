// Lists and single objects of any kind: own tenant in every state, upper tenants' effective ones.
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { z } from 'zod'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Page } from '../../../kernel/http/codec.ts'
import type { MattersTables } from '../tables.gen.ts'
import type { ContentOf } from './kinds.ts'
import { kindOf } from './kinds.ts'
import { standardStates, type StandardKind } from './content.ts'
import { editPermissions, type CommonColumns, type KindSpec, type StandardTables } from './kind-spec.ts'
import { decodeCursor, encodeCursor } from './list-cursor.ts'
import { nearestOnly } from './nearest.ts'
import { actsOf, stateNames } from './standard-state.ts'
import { contentOf } from './standard-row.ts'
import { tenantChain } from './standard-cache.ts'
import type { standardMeta } from './standard-contract.ts'

export type Meta = z.output<typeof standardMeta>
export type StandardItem<K extends StandardKind> = ContentOf[K] & Meta & { tenantId: string }
export type ListOptions = {
  where: RawBuilder<boolean>[]
  /** Content field that sorts the list; by id where there is none. */
  sort: 'code' | 'name' | 'id'
  cursor?: string | undefined
  limit: number
}

type Row = Selectable<CommonColumns> & Record<string, unknown>
const BOUND = 1000

/** `state in (…)`, contained text, date ranges: the filters that every list knows, in any combination. */
export function commonFilters(input: { state?: readonly string[] | undefined; from?: string | undefined; to?: string | undefined }, dates: 'created_at' | 'updated_at', timeZone: string): RawBuilder<boolean>[] {
  const where: RawBuilder<boolean>[] = []
  if (input.state?.length) where.push(sql`state = any(${[...input.state]})`)
  if (input.from) where.push(sql`${sql.ref(dates)} >= (${input.from}::date)::timestamp at time zone ${timeZone}`)
  if (input.to) where.push(sql`${sql.ref(dates)} < (${input.to}::date + 1)::timestamp at time zone ${timeZone}`)
  return where
}

export async function listStandard<K extends StandardKind>(ctx: Ctx, kind: K, options: ListOptions): Promise<Page<StandardItem<K>>> {
  const spec = kindOf(kind)
  const db = ctx.acrossTenants<StandardTables>('effective objects of upper tenants hold below')
  const filter = sql<boolean>`${sql.join([await visibleHere(ctx), await nearestOnly(ctx, spec.table), ...options.where], sql` and `)}`
  const key = options.sort === 'id' ? sql<string>`id::text` : sql.ref<string>(options.sort)
  let query = db.selectFrom(spec.table).selectAll().where(filter).orderBy(key).orderBy('id').limit(options.limit + 1)
  if (options.cursor) {
    const [after, id] = decodeCursor(options.cursor)
    query = query.where(sql<boolean>`(${key}, id::text) > (${after}, ${id})`)
  }
  const rows = (await query.execute()) as Row[] // an index signature hides the common columns from the inference
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${sql.table(spec.table)} where ${filter} limit ${BOUND + 1}) as bounded`.execute(db)
  const n = counted.rows[0]?.n ?? 0
  const page = rows.slice(0, options.limit)
  const last = page.at(-1)
  return {
    items: await toItems(ctx, kind, spec, page),
    next: last && rows.length > options.limit ? encodeCursor([String(options.sort === 'id' ? last.id : last[options.sort]), last.id]) : null,
    count: { value: Math.min(n, BOUND), capped: n > BOUND },
  }
}

/** @throws kernel.notFound */
export async function getStandard<K extends StandardKind>(ctx: Ctx, kind: K, id: string): Promise<StandardItem<K>> {
  const spec = kindOf(kind)
  const rows = (await ctx.acrossTenants<StandardTables>('effective objects of upper tenants hold below').selectFrom(spec.table).selectAll()
    .where(await visibleHere(ctx)).where('id', '=', id).execute()) as Row[]
  // Appeal types have their code as id: the nearest tenant's row holds.
  const chain = await tenantChain(ctx)
  const nearest = rows.toSorted((a, b) => chain.indexOf(a.tenant_id) - chain.indexOf(b.tenant_id)).slice(0, 1)
  const item = (await toItems(ctx, kind, spec, nearest))[0]
  if (!item) throw kernelErrors('notFound')
  return item
}

async function visibleHere(ctx: Ctx): Promise<RawBuilder<boolean>> {
  const chain = await tenantChain(ctx)
  return sql<boolean>`(tenant_id = ${ctx.tenantId} or (tenant_id = any(${chain}::uuid[]) and state = 'effective'))`
}

async function toItems<K extends StandardKind>(ctx: Ctx, kind: K, spec: KindSpec, rows: Row[]): Promise<StandardItem<K>[]> {
  const pending = rows.flatMap((row) => row.pending_change_id ?? [])
  const submitters = new Map(
    pending.length === 0 ? [] : (await ctx.db<MattersTables>().selectFrom('matter_change').select(['id', 'submitted_by as by']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', pending).execute()).map((change) => [change.id, change.by]),
  )
  const viewer = { id: ctx.actor.id, may: (permission: string) => (permission === 'matters.edit' ? editPermissions(spec).some((one) => can(ctx, one)) : can(ctx, permission)) }
  return rows.map((row) => {
    const state = standardStates.find((known) => known === row.state) ?? 'void'
    const own = row.tenant_id === ctx.tenantId
    const submittedBy = row.pending_change_id ? (submitters.get(row.pending_change_id) ?? null) : null
    const meta: Meta & { tenantId: string } = {
      id: row.id,
      tenantId: row.tenant_id,
      state,
      stateName: stateNames[state],
      version: row.version,
      revision: row.revision,
      origin: own ? 'own' : 'upper',
      pendingChangeId: own ? row.pending_change_id : null,
      creatingUnitName: row.creating_unit_name,
      createdByName: row.created_by_name,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      acts: actsOf({ state, pending: row.pending_change_id !== null, submittedBy, own }, viewer),
    }
    return { ...(contentOf(spec, row) as ContentOf[K]), ...meta } // contentOf parses by this kind's own schema
  })
}
