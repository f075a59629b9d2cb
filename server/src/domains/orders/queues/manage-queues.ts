// Task forces: who belongs to them and who is on duty when.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { setting, userById, usersOf } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import type * as contract from './queue-contract.ts'
import { taskForces } from './queue.ts'
import { queueFail } from './queues.errors.ts'
import { taskForceFallback } from './queues.settings.ts'

type Force = Output<typeof contract.createTaskForceRoute>
type Duty = { id: string; force_id: string; user_id: string; user_name: string; starts_at: Instant; ends_at: Instant }

async function views(ctx: Ctx, only?: string): Promise<Force[]> {
  const now = ctx.clock.now()
  const forces = (await taskForces(ctx)).filter((f) => only === undefined || f.id === only)
  if (forces.length === 0) return []
  const ids = forces.map((f) => f.id)
  const [members, duties, counts] = await Promise.all([
    db(ctx).selectFrom('order_task_force_member').select(['force_id', 'user_id', 'user_name']).where('tenant_id', '=', ctx.tenantId).where('force_id', 'in', ids).orderBy('user_name').execute(),
    sql<Duty>`select d.id, d.force_id, d.user_id, coalesce(m.user_name, '') as user_name, d.starts_at, d.ends_at from order_task_force_duty d join order_task_force_member m on m.tenant_id = d.tenant_id and m.force_id = d.force_id and m.user_id = d.user_id
      where d.tenant_id = ${ctx.tenantId} and d.force_id = any(${ids}::uuid[]) and d.ends_at > ${ts(plus(now, -DAY))} order by d.starts_at limit 2000`.execute(ctx.db()),
    sql<{ code: string; waiting: number; out: number }>`select coalesce(queue, queue_left) as code, count(*) filter (where queue is not null)::int as waiting, count(*) filter (where queue is null)::int as out from order_order
      where tenant_id = ${ctx.tenantId} and state in ('pendingReview', 'pendingDispatch') and coalesce(queue, queue_left) is not null group by 1`.execute(ctx.db()),
  ])
  return forces.map((f) => {
    const own = duties.rows.filter((d) => d.force_id === f.id).map((d) => ({ id: d.id, user: { id: d.user_id, name: d.user_name }, startsAt: d.starts_at, endsAt: d.ends_at, now: d.starts_at <= now && d.ends_at > now }))
    const count = counts.rows.find((c) => c.code === f.code)
    return {
      id: f.id, code: f.code, name: f.name, fallbackMinutes: f.fallbackMinutes, enabled: f.enabled, version: f.version, members: members.filter((m) => m.force_id === f.id).map((m) => ({ id: m.user_id, name: m.user_name })),
      onDuty: [...new Map(own.filter((d) => d.now).map((d) => [d.user.id, d.user])).values()], duties: own, waiting: count?.waiting ?? 0, left: count?.out ?? 0,
    }
  })
}

async function one(ctx: Ctx, id: string): Promise<Force> {
  const [force] = await views(ctx, id)
  if (!force) throw queueFail('forceNotFound')
  return force
}

export async function listTaskForces(ctx: Ctx) {
  authorize(ctx, 'orders.manageTaskForces')
  return { items: await views(ctx), fallbackMinutes: await setting(ctx, taskForceFallback) }
}

async function setMembers(ctx: Ctx, forceId: string, userIds: readonly string[]): Promise<void> {
  await db(ctx).deleteFrom('order_task_force_member').where('tenant_id', '=', ctx.tenantId).where('force_id', '=', forceId).execute()
  for (const id of new Set(userIds)) {
    const user = await userById(ctx, id)
    await db(ctx).insertInto('order_task_force_member').values({ tenant_id: ctx.tenantId, force_id: forceId, user_id: user.id, user_name: user.name }).execute()
  }
}

const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

export async function createTaskForce(ctx: Ctx, input: Input<typeof contract.createTaskForceRoute>): Promise<Force> {
  authorize(ctx, 'orders.manageTaskForces')
  if ((await taskForces(ctx)).some((f) => f.code === input.code)) throw queueFail('forceTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '代码已被使用' }] })
  const id = newId()
  await db(ctx).insertInto('order_task_force').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, fallback_minutes: input.fallbackMinutes, enabled: input.enabled, ...stamp(ctx) }).execute()
  await setMembers(ctx, id, input.userIds)
  ctx.audit({ module: 'orders', act: 'createTaskForce', objectType: 'key:parameter', objectId: id, changes: { name: { old: null, new: input.name } } })
  return one(ctx, id)
}

export async function changeTaskForce(ctx: Ctx, input: Input<typeof contract.changeTaskForceRoute>): Promise<Force> {
  authorize(ctx, 'orders.manageTaskForces')
  const row = await db(ctx).selectFrom('order_task_force').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw queueFail('forceNotFound')
  if (row.version !== input.version) throw queueFail('forceChanged', { params: { by: row.changed_by_name }, current: { version: row.version } })
  await db(ctx).updateTable('order_task_force').set({ name: input.name, fallback_minutes: input.fallbackMinutes, enabled: input.enabled, version: row.version + 1, ...stamp(ctx) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await setMembers(ctx, row.id, input.userIds)
  ctx.audit({ module: 'orders', act: 'changeTaskForce', objectType: 'key:parameter', objectId: row.id, changes: { enabled: { old: row.enabled, new: input.enabled }, members: { old: null, new: input.userIds.length } } })
  return one(ctx, row.id)
}

export async function addTaskForceDuty(ctx: Ctx, input: Input<typeof contract.addDutyRoute>): Promise<Force> {
  authorize(ctx, 'orders.manageTaskForces')
  const force = await one(ctx, input.id)
  if (input.endsAt <= input.startsAt) throw queueFail('dutyFault', { params: { fault: '结束时间须晚于开始时间' }, fields: [{ path: 'endsAt', message: '须晚于开始时间' }] })
  if (input.endsAt <= ctx.clock.now()) throw queueFail('dutyFault', { params: { fault: '不能排已过去的班' }, fields: [{ path: 'endsAt', message: '须晚于现在' }] })
  const stranger = input.userIds.find((id) => !force.members.some((m) => m.id === id))
  if (stranger) throw queueFail('dutyFault', { params: { fault: '只能排本专班成员' }, fields: [{ path: 'userIds', message: '所选人员不是本专班成员' }] })
  const sorters = new Set((await Promise.all([usersOf(ctx, { permission: 'orders.review' }), usersOf(ctx, { permission: 'orders.dispatch' })])).flat().map((u) => u.id))
  const idle = force.members.find((m) => input.userIds.includes(m.id) && !sorters.has(m.id))
  if (idle) throw queueFail('dutyFault', { params: { fault: `${idle.name} 没有审核或派发权限，不能分拣` }, fields: [{ path: 'userIds', message: `${idle.name} 没有审核或派发权限` }] })
  await db(ctx).insertInto('order_task_force_duty').values([...new Set(input.userIds)].map((user_id) => ({ tenant_id: ctx.tenantId, id: newId(), force_id: force.id, user_id, starts_at: ts(input.startsAt), ends_at: ts(input.endsAt), by_name: ctx.actor.name }))).execute()
  ctx.signal('orders.list')
  return one(ctx, force.id)
}

export async function removeTaskForceDuty(ctx: Ctx, input: Input<typeof contract.removeDutyRoute>): Promise<Force> {
  authorize(ctx, 'orders.manageTaskForces')
  const gone = await db(ctx).deleteFrom('order_task_force_duty').where('tenant_id', '=', ctx.tenantId).where('force_id', '=', input.id).where('id', '=', input.dutyId).returning('id').executeTakeFirst()
  if (!gone) throw queueFail('forceNotFound')
  ctx.signal('orders.list')
  return one(ctx, input.id)
}

export async function ownQueues(ctx: Ctx): Promise<Output<typeof contract.ownQueuesRoute>> {
  if (!can(ctx, 'orders.dispatch')) authorize(ctx, 'orders.review')
  const me = userId(ctx)
  const mine = (await views(ctx)).filter((f) => f.enabled && f.members.some((m) => m.id === me))
  return {
    items: mine.map((f) => {
      const duty = f.duties.filter((d) => d.now && d.user.id === me).toSorted((a, b) => b.endsAt - a.endsAt)[0]
      return { code: f.code, name: f.name, onDuty: duty !== undefined, dutyUntil: duty?.endsAt ?? null, waiting: f.waiting }
    }),
  }
}

/** Task forces of the shipped profiles: without members until a centre names them, so that their orders wait for nobody. */
export async function ensureTaskForces(ctx: Ctx): Promise<void> {
  for (const [code, name] of [['enterprise', '涉企专席'], ['housingDelivery', '房屋交付专班'], ['refund', '消费退费专班']] as const)
    await db(ctx).insertInto('order_task_force').values({ tenant_id: ctx.tenantId, id: newId(), code, name, changed_at: ts(ctx.clock.now()), changed_by_name: '系统' }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).execute()
}
