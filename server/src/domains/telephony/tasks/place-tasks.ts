// Placing dial tasks: from other domains in their own transaction, from managers by list. Who may not be called is skipped with the reason.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { barringRule } from '../lines/barred.ts'
import { holdsAt, type Weekly } from '../lists/list-entry.ts'
import { db, phoneColumns, phoneHash } from '../telephony.queries.ts'
import type { Business, DialTaskState } from './dial-task.ts'
import { variablesOf } from './robot-answers.ts'
import type * as contract from './task-contract.ts'

export type NewDialTask = { business: Business; /** Domain and id of what wants the call; told back by `telephony.dialTaskEnded`. */ origin: { domain: string; id: string }; orderId?: string; title: string; phone: string; personName?: string; /** 1 first, 9 last. */ priority?: number; dueAt?: Instant; /** Dialled by the platform itself: who answers goes through the published flow of this code (use `robot`), with these variables; `dialTaskEnded.answers` brings back what was keyed in. */ robot?: { flow: string; variables?: Record<string, string> } }
export type PlacedTask = { id: string; state: 'waiting' | 'skipped'; reason: string | null }

/** One task for one person; placing the same again while it is open gives the open one. Barred and blacklisted numbers are skipped, with the reason. */
export async function placeDialTask(ctx: Ctx, task: NewDialTask): Promise<PlacedTask> {
  const number = normalisePhone(task.phone)
  const reason = await whyNot(ctx, number)
  const { phone_enc, phone_hash, phone_mask } = phoneColumns(ctx, number)
  const known = await db(ctx).selectFrom('telephony_dial_task').select('id').where('tenant_id', '=', ctx.tenantId).where('origin', '=', task.origin.domain).where('origin_id', '=', task.origin.id).where('phone_hash', '=', phone_hash).where('state', 'in', ['waiting', 'claimed', 'dialling']).executeTakeFirst()
  if (known) return { id: known.id, state: 'waiting', reason: null }
  const [id, now] = [newId(), ctx.clock.now()]
  await db(ctx).insertInto('telephony_dial_task').values({
    tenant_id: ctx.tenantId, id, business: task.business, origin: task.origin.domain, origin_id: task.origin.id, order_id: task.orderId ?? null, title: task.title.slice(0, 100), person_name: task.personName ?? null, phone_enc, phone_hash, phone_mask, priority: task.priority ?? 5, due_at: ts(task.dueAt ?? now),
    state: reason === null ? 'waiting' : 'skipped', reason, created_at: ts(now), created_by_name: ctx.actor.name, robot_flow: task.robot?.flow ?? null, robot_variables: task.robot ? json(task.robot.variables ?? {}) : null, finished_at: reason === null ? null : ts(now),
  }).execute()
  ctx.signal('telephony.dialTasks')
  return { id, state: reason === null ? 'waiting' : 'skipped', reason }
}

/** Ends what is still open of an origin, for instance of an order that was withdrawn. */
export async function cancelDialTasks(ctx: Ctx, origin: { domain: string; id: string }, reason: string): Promise<void> {
  await db(ctx).updateTable('telephony_dial_task').set((eb) => ({ state: 'cancelled', reason, finished_at: ts(ctx.clock.now()), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('origin', '=', origin.domain).where('origin_id', '=', origin.id).where('state', 'in', ['waiting', 'claimed']).execute()
  ctx.signal('telephony.dialTasks')
}

export type DialTaskStand = { taskId: string; originId: string; state: DialTaskState; reason: string | null; attempts: number; callId: string | null; answers: Record<string, string> | null }

/** How the tasks of an origin's ids stand now, newest last: waiting, running (`claimed`, `dialling`) or ended; `callId` is the last call's. */
export async function dialTasksOf(ctx: Ctx, origin: { domain: string; ids: string[] }): Promise<DialTaskStand[]> {
  if (origin.ids.length === 0) return []
  const rows = await db(ctx).selectFrom('telephony_dial_task as t').select((eb) => ['t.id as taskId', 't.origin_id as originId', 't.state', 't.reason', 't.attempts', 't.answers', eb.selectFrom('telephony_dial_attempt as a').select('a.call_id').whereRef('a.tenant_id', '=', 't.tenant_id').whereRef('a.task_id', '=', 't.id').orderBy('a.at', 'desc').limit(1).as('callId')])
    .where('t.tenant_id', '=', ctx.tenantId).where('t.origin', '=', origin.domain).where('t.origin_id', 'in', origin.ids).orderBy('t.created_at').orderBy('t.id').execute()
  return rows.map((row) => ({ ...row, state: row.state as DialTaskState, answers: row.answers === null ? null : variablesOf(row.answers) }))
}

/** Null where the number may be dialled. */
export async function whyNot(ctx: Ctx, number: string): Promise<string | null> {
  if (!isTelephone(number)) return '号码格式不正确'
  const barred = await barringRule(ctx, number, null)
  if (barred !== null) return `禁拨号码：${barred}`
  const digits = number.replace(/^\+/, '')
  const black = await db(ctx).selectFrom('telephony_list_entry').select(['valid_from', 'valid_to', 'weekly']).where('tenant_id', '=', ctx.tenantId).where('kind', '=', 'black').where('state', '=', 'active')
    .where((eb) => eb.or([eb('number_hash', '=', phoneHash(ctx, number)), sql<boolean>`prefix is not null and starts_with(${digits}, prefix)`])).execute()
  if (black.length === 0) return null
  // As the exchange does for who rings: an entry of another hour, or of next month, bars nobody now.
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  return black.some((one) => holdsAt({ validFrom: one.valid_from, validTo: one.valid_to, weekly: one.weekly as Weekly | null }, ctx.clock.now(), timeZone)) ? '黑名单号码' : null
}

/** A manager's list: each row becomes a task or is refused by itself. */
export async function placeDialTasks(ctx: Ctx, input: Input<typeof contract.placeDialTasks>) {
  authorize(ctx, 'telephony.dialTasks')
  const origin = { domain: 'telephony', id: newId() }
  const skipped: { row: number; phone: string; reason: string }[] = []
  const seen = new Set<string>()
  let placed = 0
  for (const [index, row] of input.rows.entries()) {
    const number = normalisePhone(row.phone)
    const miss = (reason: string): void => void skipped.push({ row: index + 1, phone: isTelephone(number) ? maskPhone(number) : row.phone, reason })
    if (!isTelephone(number)) miss('号码格式不正确')
    else if (seen.has(number)) miss('号码重复')
    else {
      seen.add(number)
      const made = await placeDialTask(ctx, { business: input.business, origin, title: input.title, phone: number, priority: input.priority, ...(row.name ? { personName: row.name } : {}) })
      if (made.reason === null) placed++
      else miss(made.reason)
    }
  }
  return { placed, skipped }
}
