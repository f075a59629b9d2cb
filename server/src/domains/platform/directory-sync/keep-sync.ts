// Runs and conflicts as lists, the decision on a conflict, and what this deployment gives to others.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../lists/keyset.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { applyUnit, applyUser, attempt, link, removeUnit, removeUser } from './apply-records.ts'
import * as contract from './contract.ts'
import { syncErrors } from './sync.errors.ts'

const db = (ctx: Ctx) => ctx.db<PlatformTables>()

export async function listRuns(ctx: Ctx, input: Input<typeof contract.listRuns>): Promise<Output<typeof contract.listRuns>> {
  authorize(ctx, 'platform.syncDirectory')
  const query = db(ctx).selectFrom('platform_sync_run').where('tenant_id', '=', ctx.tenantId)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.at)
  return { items: page.items.map((r) => ({ id: r.id, source: r.source, mode: r.mode === 'snapshot' ? ('snapshot' as const) : ('increment' as const), counts: contract.counts.parse(r.counts), at: r.at, byName: r.by_name })), next: page.next, count: await boundCount(ctx, query) }
}

type Conflict = Output<typeof contract.decideConflict>
const conflicts = (ctx: Ctx) => db(ctx).selectFrom('platform_sync_conflict').where('tenant_id', '=', ctx.tenantId)
type Row = Awaited<ReturnType<typeof readConflict>>
const readConflict = async (ctx: Ctx, id: string) => {
  const row = await conflicts(ctx).selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}
const view = (r: Row): Conflict => ({
  id: r.id, source: r.source, kind: r.kind === 'unit' ? 'unit' : 'user', code: r.code, name: r.name, message: r.message, state: (['open', 'applied', 'ignored', 'solved'] as const).find((one) => one === r.state) ?? 'open', foundAt: r.found_at, decidedAt: r.decided_at, decidedByName: r.decided_by_name, reason: r.reason,
})

export async function listConflicts(ctx: Ctx, input: Input<typeof contract.listConflicts>): Promise<Output<typeof contract.listConflicts>> {
  authorize(ctx, 'platform.syncDirectory')
  let query = conflicts(ctx)
  if (input.open !== undefined) query = query.where('state', input.open ? '=' : '<>', 'open')
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'found_at', 'id')).orderBy('found_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.found_at)
  return { items: page.items.map(view), next: page.next, count: await boundCount(ctx, query) }
}

/** `apply` tries the record again; a person whose staff number stands here under another login is taken to be the same. */
export async function decideConflict(ctx: Ctx, input: Input<typeof contract.decideConflict>): Promise<Conflict> {
  authorize(ctx, 'platform.syncDirectory')
  const row = await readConflict(ctx, input.id)
  if (row.state !== 'open') throw syncErrors('syncDecided')
  if (input.outcome === 'apply') {
    const done = await attempt(ctx, () => again(ctx, row))
    if ('refused' in done) throw kernelErrors('invalid', { fields: [{ path: 'outcome', message: `仍不能采用：${done.refused}` }] })
  }
  await db(ctx).updateTable('platform_sync_conflict').set({ state: input.outcome === 'apply' ? 'applied' : 'ignored', decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name, reason: input.reason }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'platform', act: 'decideDirectorySyncConflict', objectType: 'key:user', objectId: row.id, text: `${row.source} ${row.code} ${input.outcome === 'apply' ? '采用' : '忽略'}：${input.reason}` })
  return view(await readConflict(ctx, row.id))
}

async function again(ctx: Ctx, row: Row) {
  const known = await db(ctx).selectFrom('platform_sync_link').select('object_id').where('tenant_id', '=', ctx.tenantId).where('source', '=', row.source).where('kind', '=', row.kind).where('code', '=', row.code).executeTakeFirst()
  const unit = contract.unitRecord.safeParse(row.record)
  if (row.kind === 'unit') {
    if (unit.success) return applyUnit(ctx, row.source, unit.data)
    if (!known) throw kernelErrors('notFound')
    return removeUnit(ctx, known.object_id)
  }
  const user = contract.userRecord.safeParse(row.record)
  if (!user.success) {
    if (!known) throw kernelErrors('notFound')
    return removeUser(ctx, known.object_id)
  }
  const { rows } = await sql<{ id: string; login: string }>`select id, login from platform_user where tenant_id = ${ctx.tenantId} and staff_no = ${user.data.staffNo} and state <> 'deleted'`.execute(ctx.db())
  if (rows[0]) await link(ctx, row.source, 'user', user.data.staffNo, rows[0].id)
  return applyUser(ctx, row.source, rows[0] ? { ...user.data, login: rows[0].login } : user.data)
}

export async function giveSnapshot(ctx: Ctx, input: Input<typeof contract.giveSnapshot>): Promise<Output<typeof contract.giveSnapshot>> {
  // An application that only reads is lent no more than that.
  if (!can(ctx, 'platform.readDirectory')) authorize(ctx, 'platform.syncDirectory')
  const since = input.changedSince === undefined ? sql`true` : sql`x.changed_at >= ${ts(input.changedSince)}::timestamptz`
  const units = (await sql<{ code: string; name: string; kind: string; parentCode: string; areaCode: string; removed: boolean }>`select x.code, x.name, x.kind, coalesce(p.code, '-') as "parentCode", x.area_code as "areaCode", x.state <> 'active' as removed
    from platform_unit x left join platform_unit p on p.tenant_id = x.tenant_id and p.id = x.parent_id where x.tenant_id = ${ctx.tenantId} and ${since} order by cardinality(x.path), x.code limit 20000`.execute(ctx.db())).rows
  const users = (await sql<{ staffNo: string; login: string; name: string; unitCode: string; title: string | null; email: string | null; removed: boolean }>`select x.staff_no as "staffNo", x.login, x.name, n.code as "unitCode", o.title, x.email, x.state <> 'active' as removed
    from platform_user x join platform_post o on o.tenant_id = x.tenant_id and o.user_id = x.id and o.main join platform_unit n on n.tenant_id = o.tenant_id and n.id = o.unit_id where x.tenant_id = ${ctx.tenantId} and ${since} order by x.staff_no limit 50000`.execute(ctx.db())).rows
  return { at: ctx.clock.now(), units, users }
}
