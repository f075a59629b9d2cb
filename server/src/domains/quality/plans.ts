// Plans: what is inspected, how it is drawn, in which of the four modes, by whom; once, or again and again.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { DAY, plus, type Instant } from '../../kernel/time/index.ts'
import { channelNames, stateNames } from '../orders/index.ts'
import { setting, usersOf } from '../platform/index.ts'
import { sheetById } from './catalogue.ts'
import type * as contract from './contract.ts'
import { drawBatch } from './draw-batch.ts'
import { objectsOf } from './objects.ts'
import { drawOf, filterOf, type PlanRow } from './plan-row.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import { drawnOf } from './sampling.ts'
import { defaultMode } from './settings.ts'
import type { ObjectKind } from './sheet.ts'
import { assignNames, cycleNames, modeNames, objectKindNames, planStateNames } from './texts.zh-CN.ts'

type PlanView = Output<typeof contract.planRoute>

async function planViews(ctx: Ctx, rows: PlanRow[]): Promise<PlanView[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const [batches, tasks] = await Promise.all([
    sql<{ id: string; plan_id: string; at: Instant; by_name: string; seed: string; hits: number; drawn: number; state: 'running' | 'done' | 'failed' }>`select id, plan_id, at, by_name, seed, hits, drawn, state from (select b.*, row_number() over (partition by plan_id order by at desc) as place from quality_batch b where tenant_id = ${ctx.tenantId} and plan_id = any(${ids}::uuid[])) b where place <= 20 order by at desc`.execute(ctx.db()),
    sql<{ plan_id: string; tasks: number; done: number; person: number }>`select plan_id, count(*)::int as tasks, count(*) filter (where state in ('concluded', 'unchecked', 'withdrawn'))::int as done, count(*) filter (where reason is not null)::int as person from quality_task where tenant_id = ${ctx.tenantId} and plan_id = any(${ids}::uuid[]) group by plan_id`.execute(ctx.db()),
  ])
  const names = new Map((await usersOf(ctx, { permission: 'quality.inspect' })).map((one) => [one.id, one.name]))
  return Promise.all(rows.map(async (row) => {
    const counts = tasks.rows.find((one) => one.plan_id === row.id)
    const kind = row.object_kind as ObjectKind
    const [mode, assign, cycle, state] = [row.mode as PlanView['mode'], row.assign as PlanView['assign'], row.cycle as PlanView['cycle'], row.state as PlanView['state']]
    return {
      id: row.id, name: row.name, kind, kindName: objectKindNames[kind], mode, modeName: modeNames[mode], filter: filterOf(row), draw: drawOf(row), sheetId: row.sheet_id, sheetName: (await sheetById(ctx, row.sheet_id)).name, ruleGroups: row.rule_groups, verifyRatio: row.verify_ratio,
      assign, assignName: assignNames[assign], inspectorIds: row.inspector_ids, inspectorNames: row.inspector_ids.map((id) => names.get(id) ?? ''), dueDays: row.due_days, cycle, cycleName: cycleNames[cycle], state, stateName: planStateNames[state], nextRunAt: row.next_run_at, byName: row.by_name, createdAt: row.created_at, version: row.version,
      tasks: counts?.tasks ?? 0, done: counts?.done ?? 0, person: counts?.person ?? 0, batches: batches.rows.filter((one) => one.plan_id === row.id).map(({ plan_id: _plan, by_name, ...one }) => ({ ...one, byName: by_name })),
    }
  }))
}

export async function listPlans(ctx: Ctx): Promise<Output<typeof contract.plansRoute>> {
  authorize(ctx, 'quality.read')
  const rows = await db(ctx).selectFrom('quality_plan').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(300).execute()
  return { items: await planViews(ctx, rows) }
}

/** What plans may name: who inspects, teams, who was at the desks. */
export async function planOptions(ctx: Ctx): Promise<Output<typeof contract.planOptionsRoute>> {
  authorize(ctx, 'quality.read')
  const teams = await sql<{ name: string }>`select distinct team_name as name from quality_team_view where tenant_id = ${ctx.tenantId} order by 1`.execute(ctx.db())
  const units = await sql<{ id: string; name: string }>`select id, name from platform_unit_view where tenant_id = ${ctx.tenantId} and kind = 'handling' and state = 'active' order by name limit 1000`.execute(ctx.db())
  const choices = (names: Record<string, string>) => Object.entries(names).map(([code, name]) => ({ code, name }))
  return { inspectors: await usersOf(ctx, { permission: 'quality.inspect' }), agents: await usersOf(ctx, { permission: 'quality.own' }), teams: teams.rows.map((one) => one.name), units: units.rows, channels: choices(channelNames), states: choices(stateNames), mode: await setting(ctx, defaultMode) }
}

/** How many a plan would draw now, without drawing. */
export async function previewDraw(ctx: Ctx, input: Input<typeof contract.previewDrawRoute>): Promise<Output<typeof contract.previewDrawRoute>> {
  authorize(ctx, 'quality.manage')
  const { rows } = await sql<{ agent: string | null; n: number }>`select x.agent_id as agent, count(*)::int as n from ${objectsOf(input.kind, input.filter, { tenantId: ctx.tenantId, now: ctx.clock.now() })} group by x.agent_id`.execute(ctx.db())
  const hits = rows.reduce((sum, one) => sum + one.n, 0)
  // A share of each agent is rounded for each of them, as the draw does.
  const drawn = input.draw.perAgent && input.draw.by === 'ratio' ? rows.reduce((sum, one) => sum + drawnOf(input.draw, one.n), 0) : drawnOf(input.draw, hits)
  return { hits, drawn, agents: rows.filter((one) => one.agent !== null).length }
}

export async function savePlan(ctx: Ctx, input: Input<typeof contract.savePlanRoute>): Promise<PlanView> {
  authorize(ctx, 'quality.manage')
  const sheet = await sheetById(ctx, input.sheetId)
  if (sheet.kind !== input.kind) throw qualityFail('wrongSheet', { params: { kind: objectKindNames[sheet.kind] }, fields: [{ path: 'sheetId', message: '请选择对应的评分表' }] })
  if (input.inspectorIds.length > 0) {
    const may = new Set((await usersOf(ctx, { permission: 'quality.inspect' })).map((one) => one.id))
    if (input.inspectorIds.some((id) => !may.has(id))) throw qualityFail('notInspector', { params: { name: '所选人员' }, fields: [{ path: 'inspectorIds', message: '请选择有质检权限的人员' }] })
  }
  const now = ctx.clock.now()
  const values = {
    name: input.name, object_kind: input.kind, mode: input.mode, filter: json(input.filter as never), draw: json(input.draw as never), sheet_id: input.sheetId, rule_groups: input.ruleGroups, verify_ratio: input.verifyRatio, assign: input.assign, inspector_ids: input.inspectorIds,
    due_days: input.dueDays, cycle: input.cycle, state: input.state, next_run_at: input.cycle === 'once' || input.state !== 'active' ? null : ts(plus(now, input.cycle === 'day' ? DAY : 7 * DAY)),
  }
  if (input.id === null) {
    const id = newId()
    await db(ctx).insertInto('quality_plan').values({ tenant_id: ctx.tenantId, id, ...values, created_at: ts(now), by_name: ctx.actor.name }).execute()
    return planById(ctx, id)
  }
  const changed = await db(ctx).updateTable('quality_plan').set((eb) => ({ ...values, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version ?? 0).returning('id').executeTakeFirst()
  if (changed) return planById(ctx, input.id)
  await planRow(ctx, input.id)
  throw qualityFail('changed')
}

async function planRow(ctx: Ctx, id: string, lock = false): Promise<PlanRow> {
  const query = db(ctx).selectFrom('quality_plan').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw qualityFail('planNotFound')
  return row
}

async function planById(ctx: Ctx, id: string): Promise<PlanView> {
  const [view] = await planViews(ctx, [await planRow(ctx, id)])
  if (!view) throw qualityFail('planNotFound')
  return view
}

/** Draws now. The same seed over the same objects draws the same. Errors: quality.noHits (422), quality.planPaused (409). */
export async function runPlan(ctx: Ctx, input: Input<typeof contract.runPlanRoute>): Promise<PlanView> {
  authorize(ctx, 'quality.manage')
  const plan = await planRow(ctx, input.id, true)
  if (plan.state !== 'active') throw qualityFail('planPaused', { params: { state: planStateNames[plan.state as 'paused' | 'ended'] } })
  const drawn = await drawBatch(ctx, plan, input.seed ?? newId().slice(-8))
  if (drawn === null) throw qualityFail('noHits')
  return planById(ctx, plan.id)
}

/** Draws of plans whose time has come. */
export async function runDuePlans(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const due = await db(ctx).selectFrom('quality_plan').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where('next_run_at', '<=', ts(now)).orderBy('next_run_at').limit(10).forUpdate().skipLocked().execute()
  for (const plan of due) {
    await drawBatch(ctx, plan, newId().slice(-8))
    await db(ctx).updateTable('quality_plan').set({ next_run_at: ts(plus(now, plan.cycle === 'day' ? DAY : 7 * DAY)) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', plan.id).execute()
  }
}
