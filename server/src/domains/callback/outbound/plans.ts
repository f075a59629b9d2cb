// Plans of callbacks: what is asked, of whom, how and when; the number of its scope before it starts; start, pause, stop, copy.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting, usersOf } from '../../platform/index.ts'
import { cancelDialTasks } from '../../telephony/index.ts'
import { openTaskStates } from '../callback.ts'
import { callbackFail } from '../callback.errors.ts'
import { db } from '../callback.queries.ts'
import { mannerNames } from '../texts.zh-CN.ts'
import { fillPlan, rangeOf, scopeOf, type PlanRow } from './fill-plan.ts'
import type * as contract from './outbound-contract.ts'
import { planKindNames, planStateNames } from './outbound.zh-CN.ts'
import { robotOn } from './outbound.settings.ts'
import { measure } from './plan-scope.ts'
import { stageCounts } from './robot-board.ts'

type PlanView = Output<typeof contract.savePlan>
type Act = Input<typeof contract.actOnPlan>['act']
const allowed: Record<Act, readonly string[]> = { start: ['draft', 'paused'], pause: ['running'], stop: ['running', 'paused'], copy: ['draft', 'running', 'paused', 'ended'] }
const actNames: Record<Act, string> = { start: '启动', pause: '暂停', stop: '结束', copy: '复制' }

async function views(ctx: Ctx, rows: PlanRow[]): Promise<PlanView[]> {
  if (rows.length === 0) return []
  const counted = await stageCounts(ctx, sql`t.plan_id = any(${rows.map((row) => row.id)}::uuid[])`, sql`t.plan_id`)
  const names = new Map((await usersOf(ctx, { permission: 'callback.complete' })).map((one) => [one.id, one.name]))
  const strategies = new Map((await db(ctx).selectFrom('callback_strategy').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).execute()).map((one) => [one.id, one.name]))
  const zero = { notStarted: 0, running: 0, finished: 0, reached: 0, notReached: 0, problems: 0 }
  return rows.map((row) => {
    const [kind, manner, state] = [row.kind as PlanView['kind'], row.manner as PlanView['manner'], row.state as PlanView['state']]
    return {
      id: row.id, name: row.name, aim: row.aim, kind, kindName: planKindNames[kind], manner, mannerName: mannerNames[manner] ?? manner, scope: scopeOf(row), ratio: row.ratio, seed: row.seed, strategyId: row.strategy_id, strategyName: row.strategy_id === null ? null : (strategies.get(row.strategy_id) ?? null),
      agentIds: row.agent_ids, agentNames: row.agent_ids.map((id) => names.get(id) ?? ''), script: row.script, startsAt: row.starts_at, endsAt: row.ends_at, state, stateName: planStateNames[state], filledAt: row.filled_at, byName: row.by_name, createdAt: row.created_at, version: row.version, counts: counted.get(row.id) ?? zero, acts: actsOf(ctx, state),
    }
  })
}

const actsOf = (ctx: Ctx, state: string): ActState[] => (can(ctx, 'callback.plan') ? (Object.keys(allowed) as Act[]).map((act) => ({ act, label: actNames[act], enabled: allowed[act].includes(state), ...(allowed[act].includes(state) ? {} : { rule: 'callback.planState', reason: `计划${planStateNames[state as PlanView['state']]}` }) })) : [])

export async function listPlans(ctx: Ctx): Promise<Output<typeof contract.listPlans>> {
  authorize(ctx, 'callback.read')
  const rows = await db(ctx).selectFrom('callback_plan').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(200).execute()
  return { items: await views(ctx, rows), robot: { on: await setting(ctx, robotOn) } }
}

export async function previewPlan(ctx: Ctx, input: Input<typeof contract.previewPlan>): Promise<Output<typeof contract.previewPlan>> {
  authorize(ctx, 'callback.plan')
  return measure(ctx, (await rangeOf(ctx, { kind: input.kind, seed: '' }, input.scope)).scope, input.ratio)
}

export async function savePlan(ctx: Ctx, input: Input<typeof contract.savePlan>): Promise<PlanView> {
  authorize(ctx, 'callback.plan')
  await check(ctx, input)
  const now = ctx.clock.now()
  const values = {
    name: input.name, aim: input.aim, kind: input.kind, manner: input.manner, scope: json(input.scope), ratio: input.ratio, strategy_id: input.strategyId, agent_ids: input.agentIds, script: input.script, starts_at: ts(input.startsAt ?? now), ends_at: input.endsAt === null ? null : ts(input.endsAt), ...(input.seed ? { seed: input.seed } : {}),
  }
  if (input.id === null) {
    const id = newId()
    await db(ctx).insertInto('callback_plan').values({ tenant_id: ctx.tenantId, id, seed: id.slice(-8), ...values, state: 'draft', by_name: ctx.actor.name, created_at: ts(now) }).execute()
    return planById(ctx, id)
  }
  const row = await lockPlan(ctx, input.id)
  // What already runs keeps its scope and draw: who was called must stay explicable.
  if (row.state !== 'draft') throw callbackFail('planState', { rule: 'callback.planState', params: { state: planStateNames[row.state as PlanView['state']] } })
  if (row.version !== input.version) throw callbackFail('planChanged', { current: { version: row.version } })
  await db(ctx).updateTable('callback_plan').set((eb) => ({ ...values, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return planById(ctx, input.id)
}

async function check(ctx: Ctx, input: Input<typeof contract.savePlan>): Promise<void> {
  const fields: { path: string; message: string }[] = []
  if (input.endsAt !== null && input.endsAt <= (input.startsAt ?? ctx.clock.now())) fields.push({ path: 'endsAt', message: '结束要晚于开始' })
  if (input.strategyId !== null && !(await db(ctx).selectFrom('callback_strategy').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.strategyId).executeTakeFirst())) fields.push({ path: 'strategyId', message: '外呼策略不存在' })
  if (input.agentIds.length > 0) {
    const agents = new Set((await usersOf(ctx, { permission: 'callback.complete' })).map((one) => one.id))
    if (input.agentIds.some((id) => !agents.has(id))) fields.push({ path: 'agentIds', message: '请选择有回访权限的人员' })
  }
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
}

export async function actOnPlan(ctx: Ctx, input: Input<typeof contract.actOnPlan>): Promise<PlanView> {
  authorize(ctx, 'callback.plan')
  const plan = await lockPlan(ctx, input.id)
  if (!allowed[input.act].includes(plan.state)) throw callbackFail('planState', { rule: 'callback.planState', params: { state: planStateNames[plan.state as PlanView['state']] } })
  if (input.act === 'copy') return copy(ctx, plan)
  if (input.act === 'start') await start(ctx, plan)
  else if (input.act === 'pause') {
    await setState(ctx, plan, 'paused')
    await holdBack(ctx, plan, '计划已暂停')
  } else await stop(ctx, plan)
  return planById(ctx, plan.id)
}

async function start(ctx: Ctx, plan: PlanRow): Promise<void> {
  if (plan.manner === 'robot' && !(await setting(ctx, robotOn))) throw callbackFail('robotOff', { rule: robotOn.key })
  await setState(ctx, plan, 'running')
  // Started again, a plan by periods waits for its next period, a long one goes on by itself.
  if (plan.filled_at !== null && plan.kind !== 'long') return
  const begins = plan.starts_at <= ctx.clock.now()
  if (begins && (await fillPlan(ctx, plan)) === 0 && plan.kind === 'once') throw callbackFail('planEmpty', { rule: 'callback.scope' })
}

const setState = (ctx: Ctx, plan: PlanRow, state: string) => db(ctx).updateTable('callback_plan').set((eb) => ({ state, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', plan.id).execute()

/** Calls that are not being made yet are taken back at once; the tasks stay. */
async function holdBack(ctx: Ctx, plan: PlanRow, reason: string): Promise<void> {
  const placed = await db(ctx).updateTable('callback_task').set((eb) => ({ dial_task_id: null, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('plan_id', '=', plan.id).where('state', '=', 'waiting').where('dial_task_id', 'is not', null)
    .where(sql<boolean>`exists (select 1 from callback_dial_view d where d.tenant_id = callback_task.tenant_id and d.id = callback_task.dial_task_id and d.state in ('waiting', 'claimed'))`).returning('id').execute()
  for (const { id } of placed) await cancelDialTasks(ctx, { domain: 'callback', id }, reason)
}

/** What the plan made is cancelled; what was owed anyway goes to people. */
async function stop(ctx: Ctx, plan: PlanRow): Promise<void> {
  await setState(ctx, plan, 'ended')
  await holdBack(ctx, plan, '计划已结束')
  const open = db(ctx).updateTable('callback_task').where('tenant_id', '=', ctx.tenantId).where('plan_id', '=', plan.id).where('state', 'in', openTaskStates).where('dial_task_id', 'is', null)
  await open.where('cause', '=', 'plan').where('state', '<>', 'claimed').set({ state: 'cancelled', finished_at: ts(ctx.clock.now()), finished_by_name: ctx.actor.name }).execute()
  await open.where('cause', '<>', 'plan').where('manner', '=', 'robot').set({ manner: 'person', state: 'due', plan_id: null }).execute()
  ctx.signal('callback.queue')
}

async function copy(ctx: Ctx, plan: PlanRow): Promise<PlanView> {
  const id = newId()
  await db(ctx).insertInto('callback_plan').values({
    tenant_id: ctx.tenantId, id, name: `${plan.name.slice(0, 55)}（副本）`, aim: plan.aim, kind: plan.kind, manner: plan.manner, scope: json(scopeOf(plan)), ratio: plan.ratio, seed: id.slice(-8), strategy_id: plan.strategy_id, agent_ids: plan.agent_ids, script: plan.script, starts_at: ts(ctx.clock.now()), ends_at: null, state: 'draft', by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).execute()
  return planById(ctx, id)
}

async function lockPlan(ctx: Ctx, id: string): Promise<PlanRow> {
  const row = await db(ctx).selectFrom('callback_plan').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw callbackFail('planNotFound')
  return row
}

async function planById(ctx: Ctx, id: string): Promise<PlanView> {
  const [view] = await views(ctx, [await lockPlan(ctx, id)])
  if (!view) throw callbackFail('planNotFound')
  return view
}
