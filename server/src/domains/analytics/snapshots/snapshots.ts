// A figure's rows as they are at this moment, kept under an id that others can point at.
import { expressionBuilder, sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { catalogueOf, figureRows, onDay } from '../../data/index.ts'
import { visible } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import { db } from '../boards.ts'
import type * as contract from './snapshot-contract.ts'
import { daysOf, holdersOf, keptUntil } from './keep-snapshots.ts'
import { keepDays, mostRows } from './snapshot-settings.ts'

type Shown = Output<typeof contract.snapshotRoute>
type Row = { position: number; number: string; title: string; state_name: string; unit_name: string | null; registered_at: Instant; closed_at: Instant | null }
const PAGE = 200
const MOST_LISTED = 200

/** @throws analytics.snapshotLarge beyond the setting, analytics.snapshotOrders where rows are no orders */
export async function takeSnapshot(ctx: Ctx, input: Input<typeof contract.takeSnapshotRoute>): Promise<Output<typeof contract.takeSnapshotRoute>> {
  authorize(ctx, 'data.read')
  const { name, ...question } = input
  const most = await setting(ctx, mostRows)
  const rows: Awaited<ReturnType<typeof figureRows>>['items'] = []
  for (let cursor: string | undefined, more = true; more;) {
    const page = await figureRows(ctx, { ...question, below: false, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    if (page.object !== 'order') throw analyticsFail('snapshotOrders')
    rows.push(...page.items)
    if (rows.length > most) throw analyticsFail('snapshotLarge', { params: { most } })
    more = page.next !== null
    cursor = page.next ?? undefined
  }
  const entry = (await catalogueOf(ctx)).get(question.indicator)
  const statement = entry ? `${entry.name}：${onDay(entry, question.to).definition.statement}` : question.indicator
  const head = { id: newId(), name, statement, taken_at: ts(ctx.clock.now()), taken_by_name: ctx.actor.name }
  await db(ctx).insertInto('analytics_snapshot').values({ ...head, tenant_id: ctx.tenantId, question: json(question as never), rows: rows.length, taken_by: ctx.actor.id ?? ctx.tenantId }).execute()
  for (let at = 0; at < rows.length; at += 1000) {
    await db(ctx).insertInto('analytics_snapshot_row').values(rows.slice(at, at + 1000).map((r, i) => ({ tenant_id: ctx.tenantId, snapshot_id: head.id, position: at + i + 1, order_id: r.id, number: r.number, title: r.title, state_name: r.stateName, unit_name: r.unitName, registered_at: ts(r.registeredAt), closed_at: r.closedAt === null ? null : ts(r.closedAt) }))).execute()
  }
  return (await heads(ctx, [{ id: head.id, name, statement, question, taken_at: ctx.clock.now(), taken_by_name: ctx.actor.name }]))[0] as Head // one gives one
}

export async function listSnapshots(ctx: Ctx): Promise<Output<typeof contract.snapshotsRoute>> {
  authorize(ctx, 'data.read')
  const rows = await db(ctx).selectFrom('analytics_snapshot').selectAll().where('tenant_id', '=', ctx.tenantId).where('taken_by', '=', ctx.actor.id ?? ctx.tenantId).orderBy('taken_at', 'desc').limit(MOST_LISTED).execute()
  const all = await heads(ctx, rows)
  return { items: all.map((one, i) => ({ ...one, rows: rows[i]?.rows ?? 0 })) }
}

type Head = Omit<Shown, 'count' | 'items' | 'next'>
async function heads(ctx: Ctx, list: readonly { id: string; name: string; statement: string; question: unknown; taken_at: Instant; taken_by_name: string }[]): Promise<Head[]> {
  const [days, held] = [await setting(ctx, keepDays), await holdersOf(ctx, list.map((r) => ({ id: r.id, ...daysOf(r.question) })))]
  return list.map((r) => ({ id: r.id, name: r.name, statement: r.statement, ...daysOf(r.question), takenAt: r.taken_at, takenByName: r.taken_by_name, keptUntil: held.has(r.id) ? null : keptUntil(r.taken_at, days), heldBy: held.get(r.id) ?? null }))
}

/** What the moment held, of the orders the reader may see today. */
export async function showSnapshot(ctx: Ctx, input: Input<typeof contract.snapshotRoute>): Promise<Shown> {
  authorize(ctx, 'data.read')
  const found = await db(ctx).selectFrom('analytics_snapshot').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw analyticsFail('unknownSnapshot')
  const seen = sql`from analytics_snapshot_row s join orders_pub_fact_view o on o.tenant_id = s.tenant_id and o.id = s.order_id where s.tenant_id = ${ctx.tenantId} and s.snapshot_id = ${input.id} and ${visible(ctx, expressionBuilder() as never)}`
  const count = await sql<{ n: number }>`select count(*)::int as n ${seen}`.execute(ctx.acrossTenants('rows are held to one tenant by name'))
  const { rows } = await sql<Row>`select s.position, s.number, s.title, s.state_name, s.unit_name, s.registered_at, s.closed_at ${seen} and s.position > ${input.after} order by s.position limit ${input.limit + 1}`.execute(ctx.acrossTenants('rows are held to one tenant by name'))
  const page = rows.slice(0, input.limit)
  return {
    ...((await heads(ctx, [found]))[0] as Head), count: count.rows[0]?.n ?? 0, next: rows.length > input.limit ? (page.at(-1)?.position ?? null) : null,
    items: page.map((r) => ({ position: r.position, number: r.number, title: r.title, stateName: r.state_name, unitName: r.unit_name, registeredAt: r.registered_at, closedAt: r.closed_at })),
  }
}
