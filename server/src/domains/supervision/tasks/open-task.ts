// A supervision task comes into being: by a rule, by hand or by an instruction, always on the same path (SUP-12, SUP-13).
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { isOpen, lockOrder, record, saveOrder, type OrderRow } from '../../orders/index.ts'
import { notify } from '../../platform/index.ts'
import { peopleFinder } from '../recipients.ts'
import type { Definition } from '../rules/definition.ts'
import { db } from '../supervision.queries.ts'
import { supervisorFor } from './assign-supervisor.ts'
import { answerWithin } from './task-texts.zh-CN.ts'

export type NewTask = {
  source: 'auto' | 'manual' | 'instruction'
  /** Key of the shipped rule, id of an own one, `manual` or `instruction`. */
  rule: string
  ruleId?: string
  ruleNumber?: number
  level: number
  replyHours: number
  /** Limits of stages, as the rule says now. */
  stages?: Definition['stages']
  /** Given by a person; else from now. */
  replyDueAt?: Instant
  demand: string
  unitId: string | null
  unitName: string | null
  /** The first one leads. */
  orderIds: string[]
  description?: string
  violation?: string
  opinion?: string
  instructionId?: string
  supervisorId?: string
}

/** Locks the orders, opens one task on them and tells the unit. Null where an order has ended or the rule has its task already. */
export async function openTask(ctx: Ctx, task: NewTask): Promise<string | null> {
  const orders: OrderRow[] = []
  for (const id of [...task.orderIds].sort()) orders.push(await lockOrder(ctx, id))
  const order = orders.find((o) => o.id === task.orderIds[0])
  if (!order || (task.source === 'auto' && !isOpen(order.state))) return null
  const now = ctx.clock.now()
  const demand = task.source === 'auto' ? answerWithin(task.demand, task.replyHours) : task.demand
  const unitName = task.unitName ?? order.lead_unit_name ?? '热线中心'
  const supervisor = await supervisorFor(ctx, order, task.level, task.supervisorId)
  const id = newId()
  const made = await db(ctx)
    .insertInto('supervision_task')
    .values({
      tenant_id: ctx.tenantId, id, order_id: order.id, rule: task.rule, rule_id: task.ruleId ?? null, rule_number: task.ruleNumber ?? null, order_round: order.round, level: String(task.level), source: task.source, card_id: null,
      unit_id: task.unitId, unit_name: unitName, demand, description: task.description ?? null, violation: task.violation ?? null, opinion: task.opinion ?? null, instruction_id: task.instructionId ?? null,
      supervisor_id: supervisor?.id ?? null, supervisor_name: supervisor?.name ?? null, assigned_by: supervisor ? (task.supervisorId ? 'manual' : 'auto') : 'pool', created_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, created_by_name: ctx.actor.name,
      state: 'open', opened_at: ts(now), reply_due_at: ts(task.replyDueAt ?? plus(now, task.replyHours * HOUR)), first_reply_at: null, replied_at: null, closed_at: null, closed_by_name: null, close_kind: null, acknowledged_at: null, raised_at: null, stages: json(task.stages ?? []),
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return null
  await db(ctx).insertInto('supervision_task_order').values(orders.map((o) => ({ tenant_id: ctx.tenantId, task_id: id, order_id: o.id }))).execute()
  await step(ctx, id, 'opened', demand)
  for (const one of orders) {
    await record(ctx, one, { act: 'supervise', text: demand, data: { taskId: id, unitName, rule: task.rule, level: task.level } })
    if (!one.flags.includes('supervised')) await saveOrder(ctx, one, { flags: [...one.flags, 'supervised'] })
  }
  await tellUnit(ctx, { id, unit_id: task.unitId }, 'P2', `督办：${order.title}`, demand)
  if (supervisor) await notify(ctx, { type: 'supervision.assigned', to: { userIds: [supervisor.id] }, level: 'P3', title: `督办任务由您负责：${order.title}`, text: demand, link: `/supervision/tasks/${id}`, objectType: 'supervisionTask', objectId: id })
  else if (task.source === 'auto') await notify(ctx, { type: 'supervision.pool', to: { permission: 'supervision.assign' }, level: 'P3', title: '有督办任务没有负责人', text: order.title, link: '/supervision/tasks?supervisor=none', objectType: 'supervisionPool', objectId: 'pool' })
  ctx.signal('supervision.board')
  return id
}

export type StepNode = 'opened' | 'acknowledged' | 'progress' | 'replied' | 'returned' | 'closed' | 'raised' | 'transferred' | 'reminded' | 'appealed' | 'ruled' | 'evaluated'

export async function step(ctx: Ctx, taskId: string, node: StepNode, content: string): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('supervision_step').values({ tenant_id: ctx.tenantId, id, task_id: taskId, node, actor_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, actor_name: ctx.actor.name, unit_name: ctx.actor.unitName, at: ts(ctx.clock.now()), content }).execute()
  return id
}

/** People of the unit concerned; the dispatch desk where the centre itself has the order. */
export async function tellUnit(ctx: Ctx, task: { id: string; unit_id: string | null }, level: 'P2' | 'P3', title: string, text: string): Promise<void> {
  const people = peopleFinder(ctx)
  const told = (task.unit_id ? await people.ofUnit(task.unit_id, null) : await people.desk('orders.dispatch')).filter((p) => p.id !== ctx.actor.id)
  if (told.length > 0) await notify(ctx, { type: 'supervision.task', to: { userIds: told.map((p) => p.id) }, level, title, text, link: `/supervision/tasks/${task.id}`, objectType: 'supervisionTask', objectId: task.id })
}
