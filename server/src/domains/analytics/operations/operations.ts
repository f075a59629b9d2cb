// The desk of recurring operation work: what is to be done in which cycle, by whom, and what came of it (ANA-45).
import { sql, type Selectable } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { notify, tenantById, userById } from '../../platform/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import type { AnalyticsTables } from '../tables.gen.ts'
import { stateOf, type Cycle } from './operation.ts'
import type * as contract from './operation-contract.ts'
import { cycleNames, delivered, operationStateNames, reminders } from './operations.zh-CN.ts'

type Row = Selectable<AnalyticsTables['analytics_operation']>
type Run = { id: string; operation_id: string; at: Instant; by_name: string; result: string; path: string | null }
type View = Output<typeof contract.saveOperationRoute>

const db = (ctx: Ctx) => ctx.db<AnalyticsTables>()
const runView = (r: Run) => ({ id: r.id, at: r.at, byName: r.by_name, result: r.result, path: r.path })

async function views(ctx: Ctx, rows: readonly Row[]): Promise<View[]> {
  const { rows: lasts } = await sql<Run>`select distinct on (operation_id) id, operation_id, at, by_name, result, path from analytics_operation_run where tenant_id = ${ctx.tenantId} and operation_id = any(${rows.map((r) => r.id)}::uuid[]) order by operation_id, at desc, id desc`.execute(ctx.db())
  const lastOf = new Map(lasts.map((run) => [run.operation_id, run]))
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const manages = can(ctx, 'analytics.manage')
  return rows.map((row) => {
    const cycle = row.cycle as Cycle // held by a check constraint
    const last = lastOf.get(row.id) ?? null
    const { state, from, before } = stateOf({ cycle, active: row.active, createdAt: row.created_at, lastAt: last?.at ?? null }, ctx.clock.now(), timeZone)
    const own = row.owner_id !== null && row.owner_id === ctx.actor.id
    return {
      id: row.id, name: row.name, detail: row.detail, cycle, cycleName: cycleNames[cycle], ownerId: row.owner_id, ownerName: row.owner_name, toolPath: row.tool_path, outputPath: row.output_path, active: row.active, state, stateName: operationStateNames[state], from, before, last: last ? runView(last) : null,
      acts: [...(row.active && (own || manages) ? [{ act: 'done', label: '登记完成', enabled: true }] : []), ...(manages ? [{ act: 'edit', label: '修改', enabled: true }] : [])], version: row.version,
    }
  })
}

const rank = { late: 0, due: 1, done: 2, off: 3 } as const

/** Late ones first. */
export async function listOperations(ctx: Ctx): Promise<Output<typeof contract.operationsRoute>> {
  authorize(ctx, 'data.read')
  const rows = await db(ctx).selectFrom('analytics_operation').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('created_at').orderBy('id').limit(200).execute()
  return { items: (await views(ctx, rows)).toSorted((a, b) => rank[a.state] - rank[b.state]) }
}

async function held(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('analytics_operation').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw analyticsFail('unknownOperation')
  return row
}
const one = async (ctx: Ctx, id: string): Promise<View> => {
  const [view] = await views(ctx, [await held(ctx, id)])
  if (!view) throw analyticsFail('unknownOperation')
  return view
}

export async function saveOperation(ctx: Ctx, input: Input<typeof contract.saveOperationRoute>): Promise<View> {
  authorize(ctx, 'analytics.manage')
  const owner = input.ownerId === null ? null : await userById(ctx, input.ownerId)
  if (input.active && !owner) throw analyticsFail('operationOwner', { fields: [{ path: 'ownerId', message: '请选择负责人' }] })
  const values = { name: input.name, detail: input.detail, cycle: input.cycle, owner_id: owner?.id ?? null, owner_name: owner?.name ?? null, tool_path: input.toolPath, output_path: input.outputPath, active: input.active, changed_by_name: ctx.actor.name }
  if (input.id === null) {
    const id = newId()
    await db(ctx).insertInto('analytics_operation').values({ tenant_id: ctx.tenantId, id, ...values, created_at: ts(ctx.clock.now()) }).execute()
    return one(ctx, id)
  }
  const row = await held(ctx, input.id)
  if (row.version !== input.version) throw analyticsFail('operationChanged', { params: { by: row.changed_by_name }, current: { version: row.version } })
  await db(ctx).updateTable('analytics_operation').set({ ...values, version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (owner && owner.id !== row.owner_id && owner.id !== ctx.actor.id) await notify(ctx, { type: 'analytics.operation', to: { userIds: [owner.id] }, title: `由您负责：${input.name}（${cycleNames[input.cycle]}）`, link: '/analytics/operations', objectType: 'analyticsOperation', objectId: row.id, level: 'P4' })
  return one(ctx, row.id)
}

/** By the owner or who keeps the desk; more often than once a cycle is no fault. */
export async function doOperation(ctx: Ctx, input: Input<typeof contract.doOperationRoute>): Promise<View> {
  authorize(ctx, 'data.read')
  const row = await held(ctx, input.id)
  if (row.owner_id === null || row.owner_id !== ctx.actor.id) authorize(ctx, 'analytics.manage')
  if (!row.active) throw analyticsFail('operationOff')
  await db(ctx).insertInto('analytics_operation_run').values({ tenant_id: ctx.tenantId, id: newId(), operation_id: row.id, at: ts(ctx.clock.now()), by_id: userId(ctx), by_name: ctx.actor.name, result: input.result, path: input.path ?? null }).execute()
  return one(ctx, row.id)
}

export async function listOperationRuns(ctx: Ctx, input: Input<typeof contract.operationRunsRoute>): Promise<Output<typeof contract.operationRunsRoute>> {
  authorize(ctx, 'data.read')
  await held(ctx, input.id)
  const rows = await db(ctx).selectFrom('analytics_operation_run').select(['id', 'operation_id', 'at', 'by_name', 'result', 'path']).where('tenant_id', '=', ctx.tenantId).where('operation_id', '=', input.id).orderBy('at', 'desc').orderBy('id', 'desc').limit(100).execute()
  return { items: rows.map(runView) }
}

/** Cron: a centre begins with the delivered work; what it changed or switched off stays as it is. */
export async function ensureOperations(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from analytics_operation where tenant_id = ${ctx.tenantId} and code is not null`.execute(ctx.db())
  if ((rows[0]?.n ?? 0) >= delivered.length) return
  for (const { code, name, detail, cycle, toolPath, outputPath } of delivered)
    await db(ctx).insertInto('analytics_operation').values({ tenant_id: ctx.tenantId, id: newId(), code, name, detail, cycle, tool_path: toolPath, output_path: outputPath, created_at: ts(ctx.clock.now()), changed_by_name: '系统' }).onConflict((c) => c.columns(['tenant_id', 'code']).where('code', 'is not', null).doNothing()).execute()
}

/** Cron: work that a whole cycle went by without is told once a cycle, to its owner; to who keeps the desk where it has none. */
export async function remindLate(ctx: Ctx): Promise<void> {
  const rows = await db(ctx).selectFrom('analytics_operation').selectAll().where('tenant_id', '=', ctx.tenantId).where('active', '=', true).orderBy('id').limit(200).forUpdate().execute()
  for (const view of (await views(ctx, rows)).filter((one) => one.state === 'late')) {
    const told = await db(ctx).updateTable('analytics_operation').set({ reminded_for: view.from }).where('tenant_id', '=', ctx.tenantId).where('id', '=', view.id).where((eb) => eb.or([eb('reminded_for', 'is', null), eb('reminded_for', '<', view.from)])).returning('id').executeTakeFirst()
    if (!told) continue
    await notify(ctx, { type: 'analytics.operation', to: view.ownerId === null ? { permission: 'analytics.manage' } : { userIds: [view.ownerId] }, title: reminders.late(view.name, view.cycleName, view.ownerId !== null), link: '/analytics/operations', objectType: 'analyticsOperation', objectId: view.id, level: 'P3' })
  }
}
