// Supervision tasks as lists and pages, under the reader's scope.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, dayRange, filesOf, nextPage, setting } from '../../platform/index.ts'
import type { Definition } from '../rules/definition.ts'
import { firstResponseHours, levelNames } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import type { TaskState } from '../supervision.ts'
import { answersFor, db, inArea, inUnit, listedTenants, ownLine, seesOrder } from '../supervision.queries.ts'
import { taskStateNames } from '../texts.zh-CN.ts'
import { appealOf } from './appeals.ts'
import type * as contract from './task-contract.ts'
import { closeKindNames, evaluationNames, instructionName, manualName, stageNames, stepNames, taskSourceNames, warningName } from './task-texts.zh-CN.ts'

export type TaskFilter = Partial<Omit<Input<typeof contract.listTasksRoute>, 'cursor' | 'limit'>>

/** Void tasks count nowhere, but stay in lists. */
export const counting = sql<SqlBool>`(t.close_kind is distinct from 'void')`

export async function filterTasks(ctx: Ctx, input: TaskFilter) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = taskQuery(ctx, input)
  if (from) query = query.where('t.opened_at', '>=', from)
  if (before) query = query.where('t.opened_at', '<', before)
  if (input.firstLate !== undefined) {
    const within = await setting(ctx, firstResponseHours)
    const late = sql<SqlBool>`(coalesce(t.first_reply_at, t.acknowledged_at, ${ts(ctx.clock.now())}::timestamptz) - t.opened_at > make_interval(hours => ${within}))`
    query = query.where(input.firstLate ? late : sql<SqlBool>`not ${late}`)
  }
  return query
}

export function taskQuery(ctx: Ctx, input: TaskFilter) {
  const now = ts(ctx.clock.now())
  let query = db(ctx)
    .selectFrom('supervision_task as t')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 't.tenant_id').onRef('o.id', '=', 't.order_id'))
    .where('t.tenant_id', 'in', listedTenants(ctx, input))
    .where((eb) => seesOrder(ctx, eb as never) as never)
    .where(ownLine(ctx, 't.unit_id'))
  if (input.state) query = query.where('t.state', 'in', input.state)
  if (input.unitId) query = query.where(inUnit(ctx, 't.unit_id', input.unitId))
  if (input.ownUnitId) query = query.where('t.unit_id', '=', input.ownUnitId)
  if (input.orderId) query = query.where(sql<SqlBool>`exists (select 1 from supervision_task_order w where w.tenant_id = t.tenant_id and w.task_id = t.id and w.order_id = ${input.orderId})`)
  if (input.source) query = query.where('t.source', '=', input.source)
  if (input.level) query = query.where('t.level', '=', input.level)
  if (input.rule) query = query.where('t.rule', '=', input.rule)
  if (input.supervisor === 'mine') query = query.where('t.supervisor_id', '=', ctx.actor.id)
  if (input.supervisor === 'none') query = query.where('t.supervisor_id', 'is', null).where('t.state', '<>', 'closed')
  if (input.areaCode) query = query.where(inArea(input.areaCode, input.areaOnly))
  if (input.extended) query = query.where('t.raised_count', '>', 0)
  if (input.onTime !== undefined) query = query.where('t.state', '=', 'closed').where('t.late', '=', !input.onTime).where(counting)
  if (input.overdue !== undefined) {
    const over = sql<SqlBool>`(t.state = 'open' and t.reply_due_at <= ${now})`
    query = query.where(input.overdue ? over : sql<SqlBool>`not ${over}`)
  }
  return query
}

const select = (query: ReturnType<typeof taskQuery>) =>
  query
    .leftJoin('supervision_rule as r', (join) => join.onRef('r.tenant_id', '=', 't.tenant_id').onRef('r.id', '=', 't.rule_id'))
    .select([
      't.id', 't.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 't.rule', 'r.name as ruleTitle', 't.level', 't.source', 't.unit_id as unitId', 't.unit_name as unitName', 't.supervisor_id as supervisorId', 't.supervisor_name as supervisorName', 't.demand', 't.state', 't.round',
      't.raised_count as raisedCount', 't.opened_at as openedAt', 't.reply_due_at as replyDueAt', 't.acknowledged_at as acknowledgedAt', 't.first_reply_at as firstReplyAt', 't.replied_at as repliedAt', 't.late', 't.evaluation', 't.closed_at as closedAt', 't.closed_by_name as closedByName', 't.close_kind', 't.version', 't.tenant_id',
      't.stages', 't.stages_told as stagesTold', 't.description', 't.violation', 't.opinion', 't.created_by_name as createdByName',
    ])
    .select(sql<number>`(select count(*)::int - 1 from supervision_task_order w where w.tenant_id = t.tenant_id and w.task_id = t.id)`.as('moreOrders'))
    .select(sql<boolean>`exists (select 1 from supervision_appeal p where p.tenant_id = t.tenant_id and p.object_kind = 'task' and p.object_id = t.id)`.as('appealed'))
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function view(ctx: Ctx, { tenant_id, orderState, close_kind, ruleTitle, appealed, stages: _stages, stagesTold: _told, ...row }: Row) {
  const state = row.state as TaskState
  const own = tenant_id === ctx.tenantId
  const answers = own && (await answersFor(ctx, row.unitId ? [row.unitId] : []))
  return {
    ...row, number: row.number ?? '', title: row.title ?? '', orderStateName: stateNames[orderState as OrderState], ruleName: ruleTitle ?? (row.source === 'manual' ? manualName : row.source === 'instruction' ? instructionName : row.source === 'warning' ? warningName : row.rule), levelName: (await setting(ctx, levelNames))[Number(row.level) - 1] ?? row.level,
    source: row.source as (typeof contract.taskSources)[number], sourceName: taskSourceNames[row.source] ?? row.source, state, stateName: taskStateNames[state], overdue: state === 'open' && row.replyDueAt <= ctx.clock.now(), voided: close_kind === 'void',
    evaluation: row.evaluation as 'good' | 'fair' | 'poor' | null, evaluationName: row.evaluation ? (evaluationNames[row.evaluation] ?? null) : null, closeKindName: close_kind === null ? null : (closeKindNames[close_kind] ?? close_kind),
    mayReply: answers && state === 'open', mayClose: own && state !== 'closed' && (can(ctx, 'supervision.manage') || (can(ctx, 'supervision.superviseBelow') && row.supervisorId === ctx.actor.id)), mayAppeal: answers && !appealed && close_kind !== 'void' && row.unitId !== null,
  }
}

export async function listTasks(ctx: Ctx, input: Input<typeof contract.listTasksRoute>): Promise<Output<typeof contract.listTasksRoute>> {
  authorize(ctx, 'supervision.read')
  const query = await filterTasks(ctx, input)
  const rows = await select(query).where(afterCursor(input.cursor, 't.opened_at', 't.id')).orderBy('t.opened_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.openedAt)
  const items = []
  for (const row of page.items) items.push(await view(ctx, row))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

/** Limits of stages with the moment each is due; null where the stage has not begun. */
function stagesOf(row: Row): Output<typeof contract.showTaskRoute>['stages'] {
  const kept = row.stages as unknown as Definition['stages'] // written from a rule's definition only
  return kept.map(({ stage, hours, person }) => {
    const since = stage === 'acknowledge' ? row.openedAt : stage === 'reply' ? row.acknowledgedAt : row.repliedAt
    return { stage, name: stageNames[stage] ?? stage, hours, person, dueAt: since === null ? null : plus(since, hours * HOUR), late: row.stagesTold.includes(stage) }
  })
}

export async function showTask(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.showTaskRoute>> {
  authorize(ctx, 'supervision.read')
  const row = await select(taskQuery(ctx, { below: true })).where('t.id', '=', input.id).executeTakeFirst()
  if (!row) throw supervisionFail('taskNotFound')
  const steps = await db(ctx).selectFrom('supervision_step').select(['id', 'node', 'actor_name as actorName', 'unit_name as unitName', 'at', 'content']).where('tenant_id', '=', row.tenant_id).where('task_id', '=', row.id).orderBy('at').orderBy('id').execute()
  const files = await filesOf(ctx, 'supervisionStep', steps.map((s) => s.id))
  const orders = await db(ctx)
    .selectFrom('supervision_task_order as w')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.order_id'))
    .select(['o.id', 'o.number', 'o.title', 'o.state']).where('w.tenant_id', '=', row.tenant_id).where('w.task_id', '=', row.id).where((eb) => seesOrder(ctx, eb as never) as never).orderBy('o.number').execute()
  const first = row.acknowledgedAt ?? row.firstReplyAt
  return {
    ...(await view(ctx, row)),
    orders: orders.map((o) => ({ id: o.id, number: o.number ?? '', title: o.title ?? '', stateName: stateNames[o.state as OrderState] })),
    steps: steps.map((s) => ({ ...s, nodeName: stepNames[s.node] ?? s.node, files: (files.get(s.id) ?? []).map(({ id, name, type, size }) => ({ id, name, type, size })) })),
    stages: stagesOf(row),
    appeal: await appealOf(ctx, row.tenant_id, 'task', row.id),
    firstResponseHours: first === null ? null : Math.round(((first - row.openedAt) / HOUR) * 10) / 10,
  }
}
