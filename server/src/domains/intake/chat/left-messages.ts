// Messages left while nobody could answer: worked off in order of arrival, answered or registered (INT-16).
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { afterCursor, afterCursorUp, nextPage } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import type * as contract from './chat-desk-contract.ts'
import { chatFail } from './chat.errors.ts'
import { chatTexts } from './chat.zh-CN.ts'
import { orderFor } from './register-from-chat.ts'

type Row = {
  id: string; account_id: string; name: string; phone_mask: string; content: string; state: contract.LeftLine['state']; taken_by: string | null; taken_by_name: string | null; taken_at: Instant | null; reply: string | null; number: string | null
  created_at: Instant; finished_at: Instant | null
}

async function rowsOf(ctx: Ctx, where: ReturnType<typeof sql>, order: ReturnType<typeof sql>, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`select l.id, l.account_id, a.name, a.phone_mask, l.content, l.state, l.taken_by, l.taken_by_name, l.taken_at, l.reply, o.number, l.created_at, l.finished_at from intake_left_message l
    join intake_account a on a.tenant_id = l.tenant_id and a.id = l.account_id left join order_view o on o.tenant_id = l.tenant_id and o.id = l.order_id
    where l.tenant_id = ${ctx.tenantId} and ${where} order by ${order} limit ${limit}`.execute(ctx.db())
  return rows
}

const lineOf = (ctx: Ctx, r: Row): contract.LeftLine => ({
  id: r.id, citizen: r.name === '' ? '' : maskName(r.name), mobile: r.phone_mask, content: r.content, state: r.state, takenBy: r.taken_by_name, mine: r.taken_by === ctx.actor.id, takenAt: r.taken_at, reply: r.reply, orderNumber: r.number, at: r.created_at, finishedAt: r.finished_at,
})

async function one(ctx: Ctx, id: string): Promise<contract.LeftLine> {
  const [row] = await rowsOf(ctx, sql`l.id = ${id}`, sql`l.id`, 1)
  if (!row) throw chatFail('chatUnknown')
  return lineOf(ctx, row)
}

export async function listLeft(ctx: Ctx, input: Input<typeof contract.listLeft>): Promise<Output<typeof contract.listLeft>> {
  authorize(ctx, 'intake.chat')
  const open = input.view === 'open'
  const state = open ? sql`l.state in ('waiting', 'taken')` : sql`l.state in ('answered', 'registered')`
  const after = open ? afterCursorUp(input.cursor, 'l.created_at', 'l.id') : afterCursor(input.cursor, 'l.created_at', 'l.id')
  const rows = await rowsOf(ctx, sql`${state} and ${after}`, open ? sql`l.created_at, l.id` : sql`l.created_at desc, l.id desc`, input.limit + 1)
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  const count = await sql<{ n: number }>`select count(*)::int as n from (select 1 from intake_left_message l where l.tenant_id = ${ctx.tenantId} and ${state} limit 1001) b`.execute(ctx.db())
  const n = count.rows[0]?.n ?? 0
  return { items: page.items.map((r) => lineOf(ctx, r)), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function takeLeft(ctx: Ctx, input: Input<typeof contract.takeLeft>): Promise<contract.LeftLine> {
  authorize(ctx, 'intake.chat')
  const waiting = () => db(ctx).selectFrom('intake_left_message').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'waiting').orderBy('created_at').orderBy('id').limit(1)
  const first = await waiting().forUpdate().skipLocked().executeTakeFirst()
  const id = input.id ?? first?.id
  if (!id) throw chatFail('chatUnknown')
  const row = await lockLeft(ctx, id)
  if (row.state === 'taken' && row.taken_by !== userId(ctx) && !can(ctx, 'intake.chatManage')) throw chatFail('leftTaken', { params: { by: row.taken_by_name ?? '' } })
  if (row.state === 'waiting' && first && first.id !== id && !can(ctx, 'intake.chatManage')) throw chatFail('chatNotNext', { rule: 'intake.chatManage' })
  await db(ctx).updateTable('intake_left_message').set({ state: 'taken', taken_by: userId(ctx), taken_by_name: ctx.actor.name, taken_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  ctx.signal('chat')
  return one(ctx, id)
}

async function lockLeft(ctx: Ctx, id: string) {
  const row = await db(ctx).selectFrom('intake_left_message').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw chatFail('chatUnknown')
  if (row.state === 'answered' || row.state === 'registered') throw chatFail('leftDone')
  return row
}

async function mine(ctx: Ctx, id: string) {
  authorize(ctx, 'intake.chat')
  const row = await lockLeft(ctx, id)
  if (row.state !== 'taken' || row.taken_by !== userId(ctx)) throw chatFail('leftTaken', { params: { by: row.taken_by_name ?? '（未提取）' } })
  return row
}

export async function answerLeft(ctx: Ctx, input: Input<typeof contract.answerLeft>): Promise<contract.LeftLine> {
  const row = await mine(ctx, input.id)
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('intake_left_message').set({ state: 'answered', reply: input.reply, finished_at: now }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await tellCitizen(ctx, { accountId: row.account_id, kind: 'result', title: chatTexts.leftAnswered.replace('{text}', input.reply).slice(0, 80), text: input.reply, link: '/chat', objectId: row.id })
  ctx.signal('chat')
  return one(ctx, row.id)
}

export async function registerLeft(ctx: Ctx, input: Input<typeof contract.registerLeft>): Promise<Output<typeof contract.registerLeft>> {
  const { id, ...body } = input
  const row = await mine(ctx, id)
  const order = await orderFor(ctx, row.account_id, body)
  await db(ctx).updateTable('intake_left_message').set({ state: 'registered', order_id: order.id, finished_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.signal('chat')
  return { id: order.id, number: order.number, enquiryCode: order.enquiry_code }
}
