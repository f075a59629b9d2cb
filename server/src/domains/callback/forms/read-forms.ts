// The live board: three states and what left them, coverage and response, and the list behind every number.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, dayRange, nextPage, setting } from '../../platform/index.ts'
import type { Outcome } from '../callback.ts'
import { db, readableTenants, seesOrder } from '../callback.queries.ts'
import { outcomeNames } from '../texts.zh-CN.ts'
import type * as contract from './form-contract.ts'
import { formStates, type FormState } from './form.ts'
import { answerDays } from './form.settings.ts'
import { formDefinition, formStateNames } from './form.zh-CN.ts'
import { formsNotReady } from './send-form.ts'

async function forms(ctx: Ctx, input: { from: string; to: string }) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = db(ctx).selectFrom('callback_form as f').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'f.tenant_id').onRef('o.id', '=', 'f.order_id')).where('f.tenant_id', 'in', readableTenants(ctx)).where((eb) => seesOrder(ctx, eb as never) as never)
  if (from) query = query.where('f.sent_at', '>=', from)
  if (before) query = query.where('f.sent_at', '<', before)
  return query
}

export async function formBoard(ctx: Ctx, input: Input<typeof contract.formBoard>): Promise<Output<typeof contract.formBoard>> {
  authorize(ctx, 'callback.read')
  const rows = await (await forms(ctx, input)).select(['f.state', sql<number>`count(*)::int`.as('n')]).groupBy('f.state').execute()
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let owing = db(ctx).selectFrom('callback_task as t').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 't.tenant_id').onRef('o.id', '=', 't.order_id')).where('t.tenant_id', 'in', readableTenants(ctx)).where('t.state', '<>', 'cancelled').where((eb) => seesOrder(ctx, eb as never) as never)
  if (from) owing = owing.where('t.created_at', '>=', from)
  if (before) owing = owing.where('t.created_at', '<', before)
  const owed = (await owing.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()).n
  const parts = formStates.map((state) => ({ state, name: formStateNames[state], count: rows.find((one) => one.state === state)?.n ?? 0 }))
  const sent = parts.reduce((sum, one) => sum + one.count, 0)
  const answered = parts.find((one) => one.state === 'answered')?.count ?? 0
  const notReady = await formsNotReady(ctx)
  return { parts, owed, sent, coverage: owed === 0 ? null : Math.min(1, sent / owed), response: sent === 0 ? null : answered / sent, definition: formDefinition, answerDays: await setting(ctx, answerDays), ready: notReady === null, notReady }
}

export async function listForms(ctx: Ctx, input: Input<typeof contract.listForms>): Promise<Output<typeof contract.listForms>> {
  authorize(ctx, 'callback.read')
  let query = await forms(ctx, input)
  if (input.state) query = query.where('f.state', '=', input.state)
  const rows = await query
    .innerJoin('callback_task as t', (join) => join.onRef('t.tenant_id', '=', 'f.tenant_id').onRef('t.id', '=', 'f.task_id'))
    .leftJoin('callback_result as r', (join) => join.onRef('r.tenant_id', '=', 'f.tenant_id').onRef('r.task_id', '=', 'f.task_id').on('r.by_kind', '=', 'sms'))
    .leftJoin('callback_sms_view as s', (join) => join.onRef('s.tenant_id', '=', 'f.tenant_id').onRef('s.id', '=', 'f.sms_id'))
    .select(['f.id', 'f.task_id as taskId', 'f.order_id as orderId', 'o.number', 'o.title', 'f.phone_mask as phone', 't.unit_name as unitName', 'f.state', 'f.sent_at as sentAt', 'f.expires_at as expiresAt', 'f.opened_at as openedAt', 'f.ended_at as endedAt', 's.state as sms', 's.problem', 'r.outcome', 'r.stars', 'r.opinion as text'])
    .where(afterCursor(input.cursor, 'f.sent_at', 'f.id')).orderBy('f.sent_at', 'desc').orderBy('f.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.sentAt)
  const items = page.items.map(({ sms, problem, ...row }) => ({
    ...row, number: row.number ?? '', title: row.title ?? '', state: row.state as FormState, stateName: formStateNames[row.state as FormState], problem: sms === 'failed' ? problem : null, outcomeName: row.outcome === null ? null : outcomeNames[row.outcome as Outcome],
  }))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}
