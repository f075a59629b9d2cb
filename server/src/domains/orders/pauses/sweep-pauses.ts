// What time does to suspensions: warnings near and past the end, the reminder of a promise, and the return by itself (ORD-44, ORD-45).
import type { Ctx } from '../../../kernel/ctx.ts'
import { sql } from 'kysely'
import { addDuration, DAY, plus, subtractDuration } from '../../../kernel/time/index.ts'
import { calendarOf, setting } from '../../platform/index.ts'
import { isOpen } from '../order.ts'
import { db, lockAssignments, lockOrder, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { tellDesk, tellUnit, type Word } from '../requests/tell.ts'
import { afterPause, dropPauses, endPause, type PauseEnd } from './end-pause.ts'
import type { PauseRow } from './pause.queries.ts'
import { pauseAutoResume, pauseWarnBefore, promiseGrace, promiseReminder } from './pause.settings.ts'

const BATCH = 200

export async function sweepPauses(ctx: Ctx): Promise<void> {
  await dropStale(ctx)
  const rows = await db(ctx).selectFrom('order_pause').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').orderBy('permitted_until_at').orderBy('id').limit(BATCH).execute()
  if (rows.length === 0) return
  const rules = {
    calendar: await calendarOf(ctx), warnBefore: await setting(ctx, pauseWarnBefore), auto: await setting(ctx, pauseAutoResume), reminder: await setting(ctx, promiseReminder), grace: await setting(ctx, promiseGrace),
  }
  for (const row of rows) await watch(ctx, row, rules)
}

/** Suspensions whose assignment was returned, cancelled or finished meanwhile. */
async function dropStale(ctx: Ctx): Promise<void> {
  const stale = await db(ctx).selectFrom('order_pause as x').innerJoin('order_assignment as a', (join) => join.onRef('a.tenant_id', '=', 'x.tenant_id').onRef('a.id', '=', 'x.assignment_id')).select(['x.order_id', 'x.assignment_id'])
    .where('x.tenant_id', '=', ctx.tenantId).where('x.state', '=', 'active').where('a.state', 'not in', ['pendingSign', 'handling', 'pendingReport']).limit(BATCH).execute()
  for (const { order_id, assignment_id } of stale) {
    const order = await lockOrder(ctx, order_id)
    await dropPauses(ctx, order.id, [assignment_id])
    await saveOrder(ctx, order, await afterPause(ctx, order))
  }
}

type Rules = { calendar: Awaited<ReturnType<typeof calendarOf>>; warnBefore: number; auto: boolean; reminder: number; grace: number }

/** What is due for a suspension now, worst first; each warning is given once. Pure apart from the calendar. */
export function dueNow(row: Pick<PauseRow, 'permitted_until_at' | 'promised_at' | 'confirmed_at' | 'warned'>, now: number, rules: Rules): { end: PauseEnd } | { warn: 'near' | 'over' | 'promise' | 'due' } | null {
  const once = (what: 'near' | 'over' | 'promise' | 'due') => (row.warned.includes(what) ? null : { warn: what })
  if (row.promised_at !== null && now >= row.promised_at) {
    if (row.confirmed_at === null || now >= addDuration(rules.calendar, row.promised_at, { amount: rules.grace, unit: 'workingDays' })) return { end: 'promiseLapsed' }
    return once('due')
  }
  if (now >= row.permitted_until_at) return rules.auto ? { end: 'timeOver' } : once('over')
  if (row.promised_at !== null && row.confirmed_at === null && now >= plus(row.promised_at, -rules.reminder * DAY)) return once('promise')
  if (now >= subtractDuration(rules.calendar, row.permitted_until_at, { amount: rules.warnBefore, unit: 'workingDays' })) return once('near')
  return null
}

async function watch(ctx: Ctx, seen: PauseRow, rules: Rules): Promise<void> {
  if (dueNow(seen, ctx.clock.now(), rules) === null) return
  const order = await lockOrder(ctx, seen.order_id)
  const all = await lockAssignments(ctx, order.id)
  const row = await db(ctx).selectFrom('order_pause').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', seen.id).where('state', '=', 'active').forUpdate().executeTakeFirst()
  const due = row && dueNow(row, ctx.clock.now(), rules)
  if (!row || !due) return
  if (!isOpen(order.state)) return dropPauses(ctx, order.id)
  if ('end' in due) {
    await endPause(ctx, order, all, row, due.end, row.confirmed_at === null ? '到期未确认' : '到期仍无结果')
    await saveOrder(ctx, order, await afterPause(ctx, order))
    return
  }
  await db(ctx).updateTable('order_pause').set({ warned: sql`array_append(warned, ${due.warn})` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await warn(ctx, order, all.find((a) => a.id === row.assignment_id), due.warn)
}

const words: Record<'near' | 'over' | 'promise' | 'due', { title: string; text: string; sms: string; desk: boolean }> = {
  near: { title: '挂起即将到期', text: '请在到期前申请续办', sms: 'unitPauseNear', desk: false },
  over: { title: '挂起已超过允许时长', text: '请立即申请续办', sms: 'unitPauseOver', desk: true },
  promise: { title: '承诺日期将到', text: '请确认进展，未确认的到期自动续办', sms: 'unitPromiseDue', desk: false },
  due: { title: '承诺日期已到', text: '请提交办理结果，或申请新的承诺日期', sms: 'unitPromiseDue', desk: true },
}

async function warn(ctx: Ctx, order: OrderRow, assignment: AssignmentRow | undefined, what: keyof typeof words): Promise<void> {
  const { title, text, sms, desk } = words[what]
  const word: Word = { type: 'order.pause', level: 'P2', title: `${title}：${order.title}`, text: `工单 ${order.number}，${text}` }
  if (assignment) await tellUnit(ctx, order, assignment, { ...word, sms })
  if (desk) await tellDesk(ctx, order, 'orders.reviewPause', word)
}

