// The directory tree of knowledge: any depth, moved with everything below, deleted only when empty (KNO-01).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { touchStamp, underStamp, unitById, unitsByIds } from '../../platform/index.ts'
import { usable, watcherOf } from '../items/item.policy.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type * as contract from './directory-contract.ts'

const db = (ctx: Ctx) => ctx.db<KnowledgeTables>()
const rowsOf = (ctx: Ctx) => db(ctx).selectFrom('knowledge_directory').selectAll().where('tenant_id', '=', ctx.tenantId)

/** Names from the root, by id of the directory. */
export const directoryPaths = underStamp('knowledge', readPaths)
type Place = { path: string[]; ids: string[]; name: string; weight: number; ownerUnitId: string | null }

async function readPaths(ctx: Ctx): Promise<Map<string, Place>> {
  const rows = await rowsOf(ctx).execute()
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return new Map(rows.map((row) => [row.id, { path: row.path.map((step) => names.get(step) ?? ''), ids: row.path, name: row.name, weight: row.weight, ownerUnitId: row.owner_unit_id }]))
}

/** Counts are of what the reader may use, so that they tell nothing of the rest. */
export async function listDirectories(ctx: Ctx): Promise<Output<typeof contract.listDirectories>> {
  authorize(ctx, 'knowledge.read')
  const [rows, paths, watcher] = [await rowsOf(ctx).orderBy('sort').orderBy('name').limit(5000).execute(), await directoryPaths(ctx), await watcherOf(ctx)]
  const units = await unitsByIds(ctx, rows.flatMap((row) => row.owner_unit_id ?? []))
  const counts = await sql<{ id: string; n: number }>`select d as id, count(*)::int as n from knowledge_item i, unnest(i.directory_ids) d where i.tenant_id = ${ctx.tenantId} and ${usable(watcher)} group by d`.execute(ctx.db())
  const count = new Map(counts.rows.map((row) => [row.id, row.n]))
  return { items: rows.map((row) => ({ id: row.id, parentId: row.parent_id, code: row.code, name: row.name, path: paths.get(row.id)?.path ?? [], sort: row.sort, weight: row.weight, ownerUnitId: row.owner_unit_id, ownerUnitName: row.owner_unit_id ? (units.get(row.owner_unit_id)?.name ?? null) : null, items: count.get(row.id) ?? 0, version: row.version })) }
}

async function refuseTwin(ctx: Ctx, input: { name: string; code: string; parentId: string | null }, own?: string): Promise<void> {
  const rows = (await rowsOf(ctx).where((e) => e.or([e('code', '=', input.code), e('name', '=', input.name)])).execute()).filter((row) => row.id !== own)
  if (rows.some((row) => row.code === input.code)) throw knowledgeFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  if (rows.some((row) => row.name === input.name && row.parent_id === input.parentId)) throw knowledgeFail('directoryTaken', { params: { name: input.name }, fields: [{ path: 'name', message: '名称重复' }] })
}

/** One at a time in a tenant: two moves at once could make a ring. */
const holdTree = (ctx: Ctx) => sql`select pg_advisory_xact_lock(hashtextextended(${`knowledge.tree:${ctx.tenantId}`}, 0))`.execute(ctx.db())

async function pathUnder(ctx: Ctx, parentId: string | null): Promise<string[]> {
  if (parentId === null) return []
  const parent = await rowsOf(ctx).where('id', '=', parentId).executeTakeFirst()
  if (!parent) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '上级目录不存在' }] })
  return parent.path
}

const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

export async function addDirectory(ctx: Ctx, input: Input<typeof contract.addDirectory>) {
  authorize(ctx, 'knowledge.manage')
  await holdTree(ctx)
  await refuseTwin(ctx, input)
  if (input.ownerUnitId) await unitById(ctx, input.ownerUnitId)
  const id = newId()
  await db(ctx).insertInto('knowledge_directory').values({ tenant_id: ctx.tenantId, id, parent_id: input.parentId, code: input.code, name: input.name, path: [...(await pathUnder(ctx, input.parentId)), id], sort: input.sort, weight: input.weight, owner_unit_id: input.ownerUnitId, ...stamp(ctx) }).execute()
  await touchStamp(ctx, 'knowledge')
  return { id }
}

export async function changeDirectory(ctx: Ctx, input: Input<typeof contract.changeDirectory>) {
  authorize(ctx, 'knowledge.manage')
  await holdTree(ctx)
  const row = await rowsOf(ctx).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changed_by_name, name: row.name } })
  await refuseTwin(ctx, input, row.id)
  if (input.ownerUnitId) await unitById(ctx, input.ownerUnitId)
  const above = await pathUnder(ctx, input.parentId)
  if (above.includes(row.id)) throw knowledgeFail('directoryLoop', { fields: [{ path: 'parentId', message: '不能移动到自己之下' }] })
  await db(ctx).updateTable('knowledge_directory').set({ parent_id: input.parentId, code: input.code, name: input.name, sort: input.sort, weight: input.weight, owner_unit_id: input.ownerUnitId, version: row.version + 1, ...stamp(ctx) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (input.parentId !== row.parent_id) await moveBranch(ctx, row, above)
  await touchStamp(ctx, 'knowledge')
  return { id: row.id }
}

/** Everything below gets its new path, and items their new chain of directories. */
async function moveBranch(ctx: Ctx, row: { id: string; path: string[] }, above: string[]): Promise<void> {
  await sql`update knowledge_directory set path = ${above}::uuid[] || path[${row.path.length}:] where tenant_id = ${ctx.tenantId} and ${row.id} = any(path)`.execute(ctx.db())
  await sql`update knowledge_item i set directory_ids = coalesce((select array_agg(distinct step) from knowledge_directory d, unnest(d.path) step where d.tenant_id = i.tenant_id
      and d.id in (select i.directory_id union select x::uuid from jsonb_array_elements_text(coalesce(
        (select v.content from knowledge_version v where v.tenant_id = i.tenant_id and v.item_id = i.id and v.number = i.version_number), (select t.content from knowledge_ticket t where t.tenant_id = i.tenant_id and t.id = i.ticket_id), '{}'::jsonb)->'directoryIds') x)), '{}')
    where i.tenant_id = ${ctx.tenantId} and i.directory_ids @> array[${row.id}]::uuid[]`.execute(ctx.db())
}

export async function deleteDirectory(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'knowledge.manage')
  await holdTree(ctx)
  const row = await rowsOf(ctx).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const { rows } = await sql<{ n: number }>`select ((select count(*) from knowledge_item where tenant_id = ${ctx.tenantId} and directory_ids @> array[${row.id}]::uuid[] and state <> 'discarded')
    + (select count(*) from knowledge_directory where tenant_id = ${ctx.tenantId} and parent_id = ${row.id}))::int as n`.execute(ctx.db())
  const count = rows[0]?.n ?? 0
  if (count > 0) throw knowledgeFail('directoryNotEmpty', { params: { count } })
  await db(ctx).deleteFrom('knowledge_directory').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await touchStamp(ctx, 'knowledge')
  ctx.audit({ module: 'knowledge', act: 'deleteKnowledgeDirectory', objectType: 'knowledgeDirectory', objectId: row.id, text: row.name })
  return {}
}
