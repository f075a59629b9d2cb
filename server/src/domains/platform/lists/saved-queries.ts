// Saved queries: private, for a role, or for the whole tenant.
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './list-contract.ts'
import { listErrors } from './lists.errors.ts'

type SavedQuery = Output<typeof contract.createSavedQuery>
type Visibility = SavedQuery['visibility']

const visible = (ctx: Ctx) =>
  ctx
    .db<PlatformTables>()
    .selectFrom('platform_saved_query as s')
    .select((eb) => [
      's.id', 's.page', 's.name', 's.q', 's.sort', 's.columns', 's.starred', 's.owner_id', 's.owner_name as ownerName', 's.role_code as roleCode', 's.version',
      eb.ref('s.visibility').$castTo<Visibility>().as('visibility'), eb.ref('s.filter').$castTo<Record<string, unknown>>().as('filter'),
    ])
    .where('s.tenant_id', '=', ctx.tenantId)
    .where((eb) =>
      eb.or([
        eb('s.owner_id', '=', userId(ctx)),
        eb('s.visibility', '=', 'shared'),
        eb.exists(
          eb
            .selectFrom('platform_held_role_view as g')
            .innerJoin('platform_role as r', (join) => join.onRef('r.tenant_id', '=', 'g.tenant_id').onRef('r.id', '=', 'g.role_id'))
            .select('g.role_id')
            .whereRef('g.tenant_id', '=', 's.tenant_id')
            .where('g.user_id', '=', userId(ctx))
            .whereRef('r.code', '=', 's.role_code')
            .where('r.state', '=', 'active'),
        ),
      ]),
    )

type Row = Awaited<ReturnType<ReturnType<typeof visible>['execute']>>[number]

const answer = (ctx: Ctx, { owner_id, page: _page, columns, q, ...row }: Row): SavedQuery => ({ ...row, q: q ?? '', ...(columns ? { columns } : {}), shared: row.visibility !== 'private', own: owner_id === ctx.actor.id })

export async function listSavedQueries(ctx: Ctx, input: { page: string }): Promise<{ items: SavedQuery[] }> {
  const rows = await visible(ctx).where('s.page', '=', input.page).orderBy('s.starred', 'desc').orderBy('s.name').limit(200).execute()
  return { items: rows.map((row) => answer(ctx, row)) }
}

export async function createSavedQuery(ctx: Ctx, input: Input<typeof contract.createSavedQuery>): Promise<SavedQuery> {
  const id = newId()
  const sharing = sharingOf(ctx, input)
  await refuseSameName(ctx, input.page, input.name, id)
  const now = ts(ctx.clock.now())
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_saved_query')
    .values({
      tenant_id: ctx.tenantId, id, page: input.page, name: input.name, ...sharing, owner_id: userId(ctx), owner_name: ctx.actor.name, filter: json(input.filter as JsonValue), q: input.q ?? null, sort: input.sort ?? null,
      columns: input.columns ?? null, starred: input.starred ?? false, created_at: now, updated_at: now,
    })
    .execute()
  return one(ctx, id)
}

/** By the owner; shared ones also by whoever may share. */
export async function changeSavedQuery(ctx: Ctx, input: Input<typeof contract.changeSavedQuery>): Promise<SavedQuery> {
  const row = await changeable(ctx, input.id)
  if (input.version !== undefined && input.version !== row.version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.ownerName } })
  const { name, filter, q, sort, columns, starred } = input
  if (name !== undefined) await refuseSameName(ctx, row.page, name, row.id)
  const sharing = input.shared === undefined && input.roleCode === undefined ? {} : sharingOf(ctx, { shared: input.shared ?? row.visibility !== 'private', roleCode: input.roleCode === undefined ? row.roleCode : input.roleCode })
  await ctx
    .db<PlatformTables>()
    .updateTable('platform_saved_query')
    .set((eb) => ({
      ...(name === undefined ? {} : { name }), ...(filter === undefined ? {} : { filter: json(filter as JsonValue) }), ...(q === undefined ? {} : { q }), ...(sort === undefined ? {} : { sort }),
      ...(columns === undefined ? {} : { columns }), ...(starred === undefined ? {} : { starred }), ...sharing, version: eb('version', '+', 1), updated_at: ts(ctx.clock.now()),
    }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', row.id)
    .execute()
  return one(ctx, row.id)
}

export async function deleteSavedQuery(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  const row = await changeable(ctx, input.id)
  await ctx.db<PlatformTables>().deleteFrom('platform_saved_query').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return {}
}

function sharingOf(ctx: Ctx, input: { shared?: boolean | undefined; roleCode?: string | null | undefined }): { visibility: Visibility; role_code: string | null } {
  if (!input.shared && !input.roleCode) return { visibility: 'private', role_code: null }
  authorize(ctx, 'platform.shareQueries')
  return input.roleCode ? { visibility: 'role', role_code: input.roleCode } : { visibility: 'shared', role_code: null }
}

async function refuseSameName(ctx: Ctx, page: string, name: string, id: string): Promise<void> {
  const held = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_saved_query')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('page', '=', page)
    .where('owner_id', '=', userId(ctx))
    .where('name', '=', name)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (held) throw listErrors('queryNameTaken', { params: { name }, fields: [{ path: 'name', message: '已有同名视图' }] })
}

async function row(ctx: Ctx, id: string): Promise<Row> {
  const found = await visible(ctx).where('s.id', '=', id).executeTakeFirst()
  if (!found) throw kernelErrors('notFound')
  return found
}

const one = async (ctx: Ctx, id: string): Promise<SavedQuery> => answer(ctx, await row(ctx, id))

async function changeable(ctx: Ctx, id: string): Promise<Row> {
  await sql`select 1 from platform_saved_query where tenant_id = ${ctx.tenantId} and id = ${id} for update`.execute(ctx.db())
  const found = await row(ctx, id)
  if (found.owner_id !== ctx.actor.id && !(found.visibility !== 'private' && can(ctx, 'platform.shareQueries'))) authorize(ctx, 'platform.shareQueries')
  return found
}
