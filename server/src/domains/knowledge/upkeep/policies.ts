// A policy makes units confirm their own items every so many days; a task is open until somebody confirms, changes or takes down the item.
import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { afterCursorUp, boundCount, nextPage, notify, unitsByIds } from '../../platform/index.ts'
import { directoryPaths } from '../directory/directories.ts'
import { takeDown } from '../items/decide-ticket.ts'
import { kept, watcherOf } from '../items/item.policy.ts'
import { db, ITEM, trail } from '../items/item.queries.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import { typesOf } from '../types/types.ts'
import type * as contract from './upkeep-contract.ts'

type Policy = Selectable<KnowledgeTables['knowledge_policy']>
const stateNames = { open: '待确认', done: '已确认', gone: '已无需确认' } as const

/** Items named `i` that a policy speaks of: published, of its directories, types and units. */
const covered = (p: Policy) => sql<boolean>`(i.state = 'published' and (${p.directory_ids.length === 0} or i.directory_ids && ${p.directory_ids}::uuid[]) and (${p.type_codes.length === 0} or i.type_code = any(${p.type_codes}::text[])) and (${p.unit_ids.length === 0} or i.owner_unit_id = any(${p.unit_ids}::uuid[])))`

export async function listPolicies(ctx: Ctx, input: Input<typeof contract.listPolicies>): Promise<Output<typeof contract.listPolicies>> {
  authorize(ctx, 'knowledge.manage')
  let query = db(ctx).selectFrom('knowledge_policy').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (input.q) query = query.where(sql<boolean>`position(${input.q} in name) > 0`)
  const rows = await query.orderBy('name').limit(200).execute()
  const [paths, types, units] = [await directoryPaths(ctx), new Map((await typesOf(ctx)).map((type) => [type.code, type.name])), await unitsByIds(ctx, rows.flatMap((row) => row.unit_ids))]
  const tasks = await sql<{ id: string; open: number; overdue: number }>`select policy_id as id, count(*)::int as open, count(*) filter (where due_at < ${ts(ctx.clock.now())})::int as overdue from knowledge_confirmation where tenant_id = ${ctx.tenantId} and state = 'open' group by policy_id`.execute(ctx.db())
  const open = new Map(tasks.rows.map((row) => [row.id, row]))
  const items: Output<typeof contract.listPolicies>['items'] = []
  for (const row of rows) {
    const { rows: counts } = await sql<{ n: number }>`select count(*)::int as n from knowledge_item i where i.tenant_id = ${ctx.tenantId} and ${covered(row)}`.execute(ctx.db())
    items.push({
      id: row.id, name: row.name, enabled: row.enabled, directoryIds: row.directory_ids, typeCodes: row.type_codes, unitIds: row.unit_ids, periodDays: row.period_days, deadlineDays: row.deadline_days, reminderDays: row.reminder_days, suspends: row.suspends, version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name,
      directoryNames: row.directory_ids.map((id) => paths.get(id)?.name ?? ''), unitNames: row.unit_ids.map((id) => units.get(id)?.name ?? ''), typeNames: row.type_codes.map((code) => types.get(code) ?? code), items: counts[0]?.n ?? 0, open: open.get(row.id)?.open ?? 0, overdue: open.get(row.id)?.overdue ?? 0,
    })
  }
  return { items }
}

export async function savePolicy(ctx: Ctx, input: Input<typeof contract.savePolicy>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const [paths, types, units] = [await directoryPaths(ctx), await typesOf(ctx), await unitsByIds(ctx, input.unitIds)]
  if (input.directoryIds.some((id) => !paths.has(id))) throw kernelErrors('invalid', { fields: [{ path: 'directoryIds', message: '目录不存在' }] })
  if (input.typeCodes.some((code) => !types.some((type) => type.code === code))) throw kernelErrors('invalid', { fields: [{ path: 'typeCodes', message: '知识类型不存在' }] })
  if (input.unitIds.some((id) => units.get(id)?.tenantId !== ctx.tenantId)) throw kernelErrors('invalid', { fields: [{ path: 'unitIds', message: '单位不存在' }] })
  const twin = await db(ctx).selectFrom('knowledge_policy').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).executeTakeFirst()
  if (twin && twin.id !== input.id) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '已有同名的策略' }] })
  const values = { name: input.name, enabled: input.enabled, directory_ids: input.directoryIds, type_codes: input.typeCodes, unit_ids: input.unitIds, period_days: input.periodDays, deadline_days: input.deadlineDays, reminder_days: [...new Set(input.reminderDays)].toSorted((a, b) => b - a), suspends: input.suspends, version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  if (!input.id) {
    const id = newId()
    await db(ctx).insertInto('knowledge_policy').values({ tenant_id: ctx.tenantId, id, ...values }).execute()
    return { id }
  }
  const saved = await db(ctx).updateTable('knowledge_policy').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).returning('id').executeTakeFirst()
  if (!saved) throw kernelErrors('conflict')
  // Switched off: what it asked for is asked no more.
  if (!input.enabled) await db(ctx).updateTable('knowledge_confirmation').set({ state: 'gone' }).where('tenant_id', '=', ctx.tenantId).where('policy_id', '=', input.id).where('state', '=', 'open').execute()
  return { id: input.id }
}

export async function listConfirmations(ctx: Ctx, input: Input<typeof contract.listConfirmations>): Promise<Output<typeof contract.listConfirmations>> {
  authorize(ctx, 'knowledge.edit')
  const [watcher, now] = [await watcherOf(ctx), ctx.clock.now()]
  let query = db(ctx).selectFrom('knowledge_confirmation as c').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'c.tenant_id').onRef('i.id', '=', 'c.item_id')).innerJoin('knowledge_policy as p', (join) => join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.policy_id')).where('c.tenant_id', '=', ctx.tenantId).where(kept(watcher))
  if (input.state) query = query.where('c.state', '=', input.state)
  if (input.overdue) query = query.where('c.state', '=', 'open').where('c.due_at', '<', ts(now))
  const rows = await query.select(['c.id', 'c.item_id as itemId', 'i.code', 'i.title', 'i.type_code as type', 'i.owner_unit_name as unitName', 'p.name as policyName', 'c.state', 'c.begun_at as begunAt', 'c.due_at as dueAt', 'c.done_at as doneAt', 'c.done_by_name as doneByName']).where(afterCursorUp(input.cursor, 'c.due_at', 'c.id')).orderBy('c.due_at').orderBy('c.id').limit(input.limit + 1).execute()
  const [page, types] = [nextPage(rows, input.limit, (row) => row.dueAt), new Map((await typesOf(ctx)).map((type) => [type.code, type.name]))]
  return {
    items: page.items.map(({ type, state, ...row }) => ({ ...row, typeName: types.get(type) ?? type, state: state as keyof typeof stateNames, stateName: stateNames[state as keyof typeof stateNames], overdue: state === 'open' && row.dueAt < now })), // held by a check constraint
    next: page.next, count: await boundCount(ctx, query),
  }
}

/** Of tasks that fell due in the window: confirmed in time, late, not yet. */
export async function confirmationRates(ctx: Ctx, input: Input<typeof contract.confirmationRates>): Promise<Output<typeof contract.confirmationRates>> {
  authorize(ctx, 'knowledge.edit')
  const [watcher, now] = [await watcherOf(ctx), ctx.clock.now()]
  const { rows } = await sql<Output<typeof contract.confirmationRates>['items'][number]>`select i.owner_unit_name as "unitName", count(*)::int as due, count(*) filter (where c.done_at <= c.due_at)::int as "inTime", count(*) filter (where c.done_at > c.due_at)::int as late, count(*) filter (where c.state = 'open')::int as overdue
    from knowledge_confirmation c join knowledge_item i on i.tenant_id = c.tenant_id and i.id = c.item_id where c.tenant_id = ${ctx.tenantId} and c.state <> 'gone' and (c.due_at <= ${ts(now)} or c.done_at is not null) and c.due_at >= ${ts(plus(now, -input.days * DAY))} and ${kept(watcher)} group by i.owner_unit_name order by overdue desc, due desc, i.owner_unit_name limit 200`.execute(ctx.db())
  return { items: rows }
}

const tell = (ctx: Ctx, item: { item_id: string; title: string; unit_id: string }, title: string, level: 'P3' | 'P4') =>
  notify(ctx, { type: 'knowledge.confirm', to: { unitIds: [item.unit_id], permission: 'knowledge.edit' }, title, link: '/knowledge/confirmations', objectType: ITEM, objectId: item.item_id, level })

/** Cron: closes what was confirmed or has left, opens what has come round, reminds, marks what is late. */
export async function runPolicies(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  // Confirmed or republished after the task began: done. Off the shelf: nothing to confirm.
  await sql`update knowledge_confirmation c set state = case when i.state = 'published' then 'done' else 'gone' end, done_at = case when i.state = 'published' then i.confirmed_at end, done_by_name = i.confirmed_by_name from knowledge_item i
    where i.tenant_id = c.tenant_id and i.id = c.item_id and c.tenant_id = ${ctx.tenantId} and c.state = 'open' and (i.state <> 'published' or i.confirmed_at > c.begun_at)`.execute(ctx.db())
  const policies = await db(ctx).selectFrom('knowledge_policy').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).orderBy('period_days').orderBy('id').execute()
  for (const policy of policies) {
    const since = ts(plus(now, -policy.period_days * DAY))
    const due = await sql<{ item_id: string; title: string; unit_id: string }>`select i.id as item_id, i.title, i.owner_unit_id as unit_id from knowledge_item i where i.tenant_id = ${ctx.tenantId} and ${covered(policy)} and coalesce(i.confirmed_at, i.published_at) < ${since}
      and not exists (select 1 from knowledge_confirmation c where c.tenant_id = i.tenant_id and c.item_id = i.id and c.state = 'open') order by i.id limit 500`.execute(ctx.db())
    for (const item of due.rows) {
      await db(ctx).insertInto('knowledge_confirmation').values({ tenant_id: ctx.tenantId, id: newId(), policy_id: policy.id, item_id: item.item_id, unit_id: item.unit_id, state: 'open', begun_at: ts(now), due_at: ts(plus(now, policy.deadline_days * DAY)) }).execute()
      await trail(ctx, { itemId: item.item_id, act: 'policy', text: policy.name })
      await tell(ctx, item, `请确认知识是否仍然有效：${item.title}`, 'P4')
    }
    await remind(ctx, policy)
  }
}

async function remind(ctx: Ctx, policy: Policy): Promise<void> {
  const now = ctx.clock.now()
  const open = await db(ctx).selectFrom('knowledge_confirmation as c').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'c.tenant_id').onRef('i.id', '=', 'c.item_id')).select(['c.id', 'c.item_id', 'c.unit_id', 'c.due_at', 'c.reminded_days', 'c.overdue_told', 'i.title']).where('c.tenant_id', '=', ctx.tenantId).where('c.policy_id', '=', policy.id).where('c.state', '=', 'open').orderBy('c.due_at').limit(1000).execute()
  for (const task of open) {
    const set = (change: Record<string, unknown>) => db(ctx).updateTable('knowledge_confirmation').set(change).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
    if (task.due_at >= now) {
      const days = policy.reminder_days.filter((one) => plus(task.due_at, -one * DAY) <= now).at(-1)
      if (days === undefined || task.reminded_days.includes(days)) continue
      await set({ reminded_days: [...task.reminded_days, days] })
      await tell(ctx, task, `还有 ${days} 天到期，请确认知识：${task.title}`, 'P4')
    } else if (!task.overdue_told) {
      await set({ overdue_told: true })
      await tell(ctx, task, `知识逾期未确认：${task.title}`, 'P3')
      await notify(ctx, { type: 'knowledge.confirm', to: { permission: 'knowledge.manage' }, title: `知识逾期未确认：${task.title}`, link: '/knowledge/confirmations?overdue=true', objectType: ITEM, objectId: task.item_id, level: 'P4' })
      if (!policy.suspends) continue
      const item = await db(ctx).selectFrom('knowledge_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', task.item_id).forUpdate().executeTakeFirst()
      if (item?.state === 'published') await takeDown(ctx, item, 'suspend', `逾期未确认（${policy.name}）`)
    }
  }
}
