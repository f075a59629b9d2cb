// What the chat desk shows: own conversations and the queue, one conversation with who asks, and the record of past ones.
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { isOpen, ordersOfPhone, stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, nextPage, setting, type FileObject } from '../../platform/index.ts'
import { db, phoneHashOf } from '../accounts/account.queries.ts'
import { agentsOnDuty } from './assign-chat.ts'
import { staffCallOf } from './calls.ts'
import type * as contract from './chat-desk-contract.ts'
import { chatFail } from './chat.errors.ts'
import { CHAT_OBJECT, deskLines, messagesOf, staffMessage } from './chat.queries.ts'
import { answerWarning, maxSessions } from './chat.settings.ts'

const bare = <T extends { row: unknown }>({ row: _row, ...line }: T): Omit<T, 'row'> => line

export async function listDesk(ctx: Ctx): Promise<Output<typeof contract.listChatDesk>> {
  authorize(ctx, 'intake.chat')
  const me = userId(ctx)
  const duty = await db(ctx).selectFrom('intake_chat_duty').select('taking').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', me).executeTakeFirst()
  const warning = await setting(ctx, answerWarning)
  const mine = await deskLines(ctx, sql`s.state = 'open' and s.agent_id = ${me}`, sql`s.unanswered_since_at nulls last, s.accepted_at`, 50)
  const queue = await deskLines(ctx, sql`s.state = 'queued'`, sql`s.priority desc, s.queued_at, s.id`, 50)
  const { rows: promises } = await sql<{ id: string; session_id: string; text: string; due_at: Instant; name: string }>`select p.id, p.session_id, p.text, p.due_at, a.name from intake_chat_promise p
    join intake_chat_session s on s.tenant_id = p.tenant_id and s.id = p.session_id join intake_account a on a.tenant_id = s.tenant_id and a.id = s.account_id
    where p.tenant_id = ${ctx.tenantId} and p.done_at is null ${can(ctx, 'intake.chatManage') ? sql`` : sql`and p.agent_id = ${me}`} order by p.due_at limit 50`.execute(ctx.db())
  const { left } = await db(ctx).selectFrom('intake_left_message').select((eb) => eb.fn.countAll<number>().as('left')).where('tenant_id', '=', ctx.tenantId).where('state', 'in', ['waiting', 'taken']).executeTakeFirstOrThrow()
  return {
    onDuty: duty?.taking ?? false, max: await setting(ctx, maxSessions), amberSeconds: warning.amber, redSeconds: warning.red, mayTakeAny: can(ctx, 'intake.chatManage'), mine: mine.map(bare), queue: queue.map(bare), left,
    promises: promises.map((p) => ({ id: p.id, sessionId: p.session_id, text: p.text, citizen: p.name === '' ? '' : maskName(p.name), dueAt: p.due_at })),
    colleagues: (await agentsOnDuty(ctx, { taking: false })).filter((a) => a.user_id !== me).map((a) => ({ id: a.user_id, name: a.user_name, open: a.open })),
  }
}

export async function readChat(ctx: Ctx, input: Input<typeof contract.getChatSession>): Promise<Output<typeof contract.getChatSession>> {
  authorize(ctx, 'intake.chat')
  const [found] = await deskLines(ctx, sql`s.id = ${input.id}`, sql`s.id`, 1)
  if (!found) throw chatFail('chatUnknown')
  const { row, ...line } = found
  const account = await db(ctx).selectFrom('intake_account').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', row.account_id).executeTakeFirstOrThrow()
  const linked = await db(ctx).selectFrom('intake_chat_order').innerJoin('order_view as o', (j) => j.onRef('o.tenant_id', '=', 'intake_chat_order.tenant_id').onRef('o.id', '=', 'intake_chat_order.order_id'))
    .select(['o.id', 'o.number', 'o.title', 'o.state']).where('intake_chat_order.tenant_id', '=', ctx.tenantId).where('session_id', '=', row.id).orderBy('intake_chat_order.created_at').execute()
  const earlier = await db(ctx).selectFrom('intake_chat_session').select(['id', 'queued_at', 'topic', 'agent_name']).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', row.account_id).where('id', '<>', row.id).orderBy('queued_at', 'desc').limit(10).execute()
  const messages = await messagesOf(ctx, row.id, input.after)
  return {
    session: { ...line, mine: row.agent_id === ctx.actor.id, barredUntil: account.chat_barred_until_at, ratingText: row.rating_text }, messages: messages.map((m) => staffMessage(m.row, m.file)),
    orders: linked.map((o) => ({ id: o.id, number: o.number ?? '', title: o.title ?? '', stateName: stateNames[o.state as OrderState] })),
    earlier: earlier.map((e) => ({ id: e.id, at: e.queued_at, topic: e.topic, agentName: e.agent_name })),
    ownOrders: await ordersOf(ctx, account.phone_hash),
    call: await staffCallOf(ctx, row.id), requester: { name: account.name === '' ? '' : maskName(account.name), realName: account.name !== '' && account.id_number_hash !== null, areaCode: account.area_code, address: account.address },
  }
}

/** Earlier orders of the number, as at the telephone desk; confidential ones stay hidden. */
async function ordersOf(ctx: Ctx, phoneHash: string): Promise<Output<typeof contract.getChatSession>['ownOrders']> {
  const { items } = can(ctx, 'orders.requesterHistory') ? await ordersOfPhone(ctx, phoneHash, { limit: 20 }) : { items: [] }
  if (items.length === 0) return []
  const may = new Map((await ctx.db().selectFrom('order_view').select(['id', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', items.map((i) => i.id)).where('confidential', '=', false).execute()).map((o) => [o.id, o]))
  return items.flatMap((i) => {
    const order = may.get(i.id)
    return order ? [{ id: i.id, number: i.number, title: i.title, stateName: stateNames[order.state as OrderState], at: i.registeredAt, open: isOpen(order.state as OrderState) }] : []
  })
}

export async function listChats(ctx: Ctx, input: Input<typeof contract.listChats>): Promise<Output<typeof contract.listChats>> {
  authorize(ctx, 'intake.chat')
  const where = sql`true ${input.mobile ? sql`and a.phone_hash = ${phoneHashOf(ctx, input.mobile) ?? ''}` : sql``} ${input.mine === 'true' ? sql`and s.agent_id = ${userId(ctx)}` : sql``}
    ${input.unregistered === 'true' ? sql`and s.state = 'closed' and not exists (select 1 from intake_chat_order o where o.tenant_id = s.tenant_id and o.session_id = s.id)` : sql``}`
  const lines = await deskLines(ctx, sql`${where} and ${afterCursor(input.cursor, 's.queued_at', 's.id')}`, sql`s.queued_at desc, s.id desc`, input.limit + 1)
  const page = nextPage(lines, input.limit, (l) => l.queuedAt)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from intake_chat_session s join intake_account a on a.tenant_id = s.tenant_id and a.id = s.account_id where s.tenant_id = ${ctx.tenantId} and ${where} limit 1001) b`.execute(ctx.db())
  const n = rows[0]?.n ?? 0
  return { items: page.items.map(bare), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

/** Files of a conversation: its citizen, and the staff of the chat. */
export async function mayOpenChatFile(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  if (object.objectType !== CHAT_OBJECT) return null
  const session = await db(ctx).selectFrom('intake_chat_session').select('account_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', object.objectId).executeTakeFirst()
  if (!session) return false
  return ctx.actor.kind === 'citizen' ? session.account_id === ctx.actor.id : can(ctx, 'intake.chat')
}
