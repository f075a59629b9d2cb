// The citizen's side: begin, go on after any loss, say, end, rate, leave a message.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { attachFiles, setting } from '../../platform/index.ts'
import { db, ownAccount, type AccountRow } from '../accounts/account.queries.ts'
import { channelsOf, timeOfDay } from '../channels/channel-register.ts'
import { closedNotice } from '../channels/channel.ts'
import { chatPlace } from '../enterprises/enterprise.queries.ts'
import { endDialogue, lockDialogue, turnsOf } from '../robot/dialogue.ts'
import { admit } from '../throttle.ts'
import { agentsOnDuty, assignWaiting } from './assign-chat.ts'
import { callOf } from './calls.ts'
import type * as contract from './chat-contract.ts'
import { chatFail } from './chat.errors.ts'
import { addMessage, CHAT_OBJECT, lockSession, messagesOf, note, publicMessage, publicMessages, queuePlace, saveSession, type SessionRow } from './chat.queries.ts'
import { chatLimit } from './chat.settings.ts'
import { chatTexts } from './chat.zh-CN.ts'

type View = contract.CitizenSession

export async function currentChat(ctx: Ctx, input: Input<typeof contract.getChat>): Promise<Output<typeof contract.getChat>> {
  const account = await ownAccount(ctx)
  const open = await newest(ctx, account, { onlyOpen: true })
  // A conversation that ended a moment ago is shown with its rating instead of an empty page.
  const shown = open ?? (await newest(ctx, account, { onlyOpen: false }))
  const session = shown && (shown.state !== 'closed' || shown.rated_at === null) ? shown : null
  return { closed: await whyClosed(ctx, account), session: session ? await viewOf(ctx, session) : null, messages: session ? await publicMessages(ctx, session.id, input.after) : [], call: session ? await callOf(ctx, session.id) : null }
}

async function newest(ctx: Ctx, account: AccountRow, { onlyOpen }: { onlyOpen: boolean }): Promise<SessionRow | undefined> {
  let query = db(ctx).selectFrom('intake_chat_session').selectAll().where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id)
  if (onlyOpen) query = query.where('state', '<>', 'closed')
  return query.orderBy('queued_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
}

async function whyClosed(ctx: Ctx, account: AccountRow): Promise<string | null> {
  const channel = (await channelsOf(ctx)).find((c) => c.code === 'chat')
  const notice = channel ? closedNotice(channel, await timeOfDay(ctx)) : null
  if (notice) return notice
  if (account.chat_barred_until_at !== null && account.chat_barred_until_at > ctx.clock.now()) return chatFail('chatBarred').title
  return (await agentsOnDuty(ctx, { taking: true })).length === 0 ? chatTexts.nobody : null
}

/** The conversation that goes on is the answer to a second beginning: another tab, another telephone, a lost answer. */
export async function startChat(ctx: Ctx, input: Input<typeof contract.startChat>): Promise<View> {
  const account = await ownAccount(ctx)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`chat:${account.id}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const open = await newest(ctx, account, { onlyOpen: true })
  if (open) return viewOf(ctx, open)
  const notice = await whyClosed(ctx, account)
  if (notice) throw chatFail('chatClosed', { rule: 'chat.hours', params: { notice } })
  await admit(ctx, { kind: 'chatDay', value: account.id, max: (await setting(ctx, chatLimit)).sessionsPerDay, minutes: 24 * 60 })
  const now = ts(ctx.clock.now())
  const place = await chatPlace(ctx)
  const row = await db(ctx)
    .insertInto('intake_chat_session')
    .values({ tenant_id: ctx.tenantId, id: newId(), account_id: account.id, topic: input.topic.slice(0, 100), state: 'queued', priority: place.priority, seat_id: place.seatId, queued_at: now, last_message_at: now })
    .returningAll()
    .executeTakeFirstOrThrow()
  const heard = await withRobotPart(ctx, row, input)
  const { session } = input.topic === '' ? { session: heard } : await addMessage(ctx, heard, { author: 'citizen', name: ctx.actor.name, clientKey: input.clientKey, text: input.topic })
  ctx.signal('chat', session.id)
  await assignWaiting(ctx)
  return viewOf(ctx, await lockSession(ctx, session.id))
}

/** What was said with the robot before, so that whoever takes over need not ask again. */
async function withRobotPart(ctx: Ctx, row: SessionRow, input: Input<typeof contract.startChat>): Promise<SessionRow> {
  const dialogue = input.robot ? await lockDialogue(ctx, input.robot.dialogueId, input.robot.device) : null
  if (!dialogue) return row
  let session = row
  for (const turn of await turnsOf(ctx, dialogue.id))
    session = (await addMessage(ctx, session, { author: turn.author, name: turn.author === 'robot' ? chatTexts.robot : ctx.actor.name, clientKey: `robot-${dialogue.id}-${turn.seq}`, text: turn.text })).session
  await endDialogue(ctx, dialogue.id, 'human', { sessionId: row.id })
  return session
}

async function ownSession(ctx: Ctx, id: string): Promise<SessionRow> {
  const session = await lockSession(ctx, id)
  if (ctx.actor.kind !== 'citizen' || session.account_id !== ctx.actor.id) throw chatFail('chatUnknown')
  return session
}

export async function sayAsCitizen(ctx: Ctx, input: Input<typeof contract.sayInChat>): Promise<contract.ChatMessage> {
  const session = await ownSession(ctx, input.sessionId)
  if (input.text === '' && !input.fileId) throw kernelErrors('invalid', { fields: [{ path: 'text', message: '请填写内容' }] })
  const known = await db(ctx).selectFrom('intake_chat_message').select('seq').where('tenant_id', '=', ctx.tenantId).where('session_id', '=', session.id).where('client_key', '=', input.clientKey).executeTakeFirst()
  if (!known) {
    if (session.state === 'closed') throw chatFail('chatEnded')
    await admit(ctx, { kind: 'chatMinute', value: session.account_id, max: (await setting(ctx, chatLimit)).messagesPerMinute, minutes: 1 })
    if (input.fileId) await attachFiles(ctx, { fileIds: [input.fileId], place: 'chat', objectType: CHAT_OBJECT, objectId: session.id, audience: 'public' })
  }
  const { message } = await addMessage(ctx, session, { author: 'citizen', name: ctx.actor.name, clientKey: input.clientKey, text: input.text, fileId: input.fileId })
  const [shown] = await messagesOf(ctx, session.id, message.seq - 1)
  return publicMessage(message, shown?.file ?? null)
}

export async function leaveChat(ctx: Ctx, input: Input<typeof contract.leaveChat>): Promise<View> {
  const session = await ownSession(ctx, input.sessionId)
  if (session.state === 'closed') return viewOf(ctx, session)
  const said = await note(ctx, session, chatTexts.closedByCitizen)
  const saved = await saveSession(ctx, said, { state: 'closed', closed_at: ctx.clock.now(), closed_by: 'citizen', unanswered_since_at: null })
  await assignWaiting(ctx)
  return viewOf(ctx, saved)
}

export async function rateChat(ctx: Ctx, input: Input<typeof contract.rateChat>): Promise<View> {
  const session = await ownSession(ctx, input.sessionId)
  if (session.state !== 'closed') throw kernelErrors('conflict')
  if (session.rated_at !== null) throw chatFail('chatRated')
  return viewOf(ctx, await saveSession(ctx, session, { stars: input.stars, rating_text: input.text || null, rated_at: ctx.clock.now() }))
}

export async function ownChats(ctx: Ctx): Promise<Output<typeof contract.ownChats>> {
  const account = await ownAccount(ctx)
  const rows = await db(ctx).selectFrom('intake_chat_session').selectAll().where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).orderBy('queued_at', 'desc').limit(30).execute()
  const left = await db(ctx).selectFrom('intake_left_message').selectAll().where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).orderBy('created_at', 'desc').limit(30).execute()
  const numbers = await orderNumbers(ctx, left.flatMap((l) => l.order_id ?? []))
  return {
    items: await Promise.all(rows.map((row) => viewOf(ctx, row))),
    left: left.map((l) => ({ id: l.id, content: l.content, state: l.state === 'answered' || l.state === 'registered' ? l.state : 'waiting', reply: l.reply, orderNumber: l.order_id ? (numbers.get(l.order_id)?.number ?? null) : null, at: l.created_at, finishedAt: l.finished_at })),
  }
}

export async function ownChat(ctx: Ctx, input: Input<typeof contract.ownChat>): Promise<Output<typeof contract.ownChat>> {
  const row = await db(ctx).selectFrom('intake_chat_session').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('account_id', '=', (await ownAccount(ctx)).id).executeTakeFirst()
  if (!row) throw chatFail('chatUnknown')
  return { session: await viewOf(ctx, row), messages: await publicMessages(ctx, row.id, 0) }
}

export async function leaveMessage(ctx: Ctx, input: Input<typeof contract.leaveMessage>): Promise<Output<typeof contract.leaveMessage>> {
  const account = await ownAccount(ctx)
  const of = () => db(ctx).selectFrom('intake_left_message').where('tenant_id', '=', ctx.tenantId)
  const earlier = await of().select('id').where('account_id', '=', account.id).where('client_key', '=', input.clientKey).executeTakeFirst()
  if (!earlier) await admit(ctx, { kind: 'leftDay', value: account.id, max: (await setting(ctx, chatLimit)).leftPerDay, minutes: 24 * 60 })
  const id = earlier?.id ?? (await keepLeft(ctx, account.id, input.clientKey, input.content))
  const { waiting } = await of().select((eb) => eb.fn.countAll<number>().as('waiting')).where('state', 'in', ['waiting', 'taken']).executeTakeFirstOrThrow()
  return { id, waiting }
}

export async function keepLeft(ctx: Ctx, accountId: string, clientKey: string, content: string): Promise<string> {
  const { id } = await db(ctx).insertInto('intake_left_message').values({ tenant_id: ctx.tenantId, id: newId(), account_id: accountId, client_key: clientKey, content, created_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'account_id', 'client_key']).doUpdateSet({ client_key: clientKey })).returning('id').executeTakeFirstOrThrow()
  ctx.signal('chat')
  return id
}

async function viewOf(ctx: Ctx, row: SessionRow): Promise<View> {
  const links = await db(ctx).selectFrom('intake_chat_order').select('order_id').where('tenant_id', '=', ctx.tenantId).where('session_id', '=', row.id).orderBy('created_at').execute()
  const orders = await orderNumbers(ctx, links.map((l) => l.order_id))
  return {
    id: row.id, state: row.state as View['state'], topic: row.topic, agentName: row.agent_id ? chatTexts.agent : null, startedAt: row.queued_at, closedAt: row.closed_at, closedBy: row.closed_by as View['closedBy'], lastSeq: row.last_seq, stars: row.stars,
    ...(await queuePlace(ctx, row)), orders: [...orders.values()],
  }
}

export async function orderNumbers(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { number: string; title: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db().selectFrom('order_view').select(['id', 'number', 'title']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...ids]).execute()
  return new Map(rows.map((r) => [r.id, { number: r.number ?? '', title: r.title ?? '' }]))
}
