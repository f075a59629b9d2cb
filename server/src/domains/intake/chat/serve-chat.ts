// The agent's side: duty, taking in order, answering, transferring with all that was said, ending.
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { attachFiles, setting } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { agentsOnDuty, assignWaiting, giveTo } from './assign-chat.ts'
import type * as contract from './chat-desk-contract.ts'
import { chatFail } from './chat.errors.ts'
import { addMessage, CHAT_OBJECT, deskLine, lockSession, messagesOf, note, saveSession, staffMessage, type SessionRow } from './chat.queries.ts'
import { maxSessions } from './chat.settings.ts'
import { chatTexts } from './chat.zh-CN.ts'

export async function setDuty(ctx: Ctx, input: Input<typeof contract.setChatDuty>): Promise<Output<typeof contract.setChatDuty>> {
  authorize(ctx, 'intake.chat')
  const now = ts(ctx.clock.now())
  const before = await db(ctx).selectFrom('intake_chat_duty').select('taking').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).executeTakeFirst()
  await db(ctx)
    .insertInto('intake_chat_duty')
    .values({ tenant_id: ctx.tenantId, user_id: userId(ctx), user_name: ctx.actor.name, taking: input.on, since_at: now, seen_at: now })
    .onConflict((c) => c.columns(['tenant_id', 'user_id']).doUpdateSet({ taking: input.on, seen_at: now, user_name: ctx.actor.name }))
    .execute()
  // A page that only says that it is still open changes nothing for others.
  if (before?.taking !== input.on) ctx.signal('chat')
  if (input.on) await assignWaiting(ctx)
  return { onDuty: input.on }
}

/** A conversation that this agent holds. */
export async function heldSession(ctx: Ctx, id: string): Promise<SessionRow> {
  authorize(ctx, 'intake.chat')
  const session = await lockSession(ctx, id)
  if (session.agent_id !== userId(ctx)) throw chatFail('chatNotYours', { params: { by: session.agent_name ?? '排队中' }, current: { agentName: session.agent_name } })
  return session
}

async function openSession(ctx: Ctx, id: string): Promise<SessionRow> {
  const session = await heldSession(ctx, id)
  if (session.state !== 'open') throw chatFail('chatEnded')
  return session
}

/** Only the oldest one may be taken, unless the actor may choose. */
export async function takeChat(ctx: Ctx, input: Input<typeof contract.takeChat>): Promise<contract.DeskLine> {
  authorize(ctx, 'intake.chat')
  await sql`select pg_advisory_xact_lock(hashtextextended(${`chat-assign:${ctx.tenantId}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const session = await lockSession(ctx, input.id)
  const own = session.agent_id === userId(ctx)
  if (session.state === 'open' && own) return deskLine(ctx, session.id)
  if (session.state === 'closed') throw chatFail('chatEnded')
  if (session.state === 'open') throw chatFail('chatNotYours', { params: { by: session.agent_name ?? '' }, current: { agentName: session.agent_name } })
  const max = await setting(ctx, maxSessions)
  const me = (await agentsOnDuty(ctx, { taking: false })).find((a) => a.user_id === ctx.actor.id)
  if (!me) throw chatFail('chatOffDuty')
  if (me.open >= max) throw chatFail('chatFull', { rule: maxSessions.key, params: { max } })
  const first = await db(ctx).selectFrom('intake_chat_session').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'queued').orderBy('priority', 'desc').orderBy('queued_at').orderBy('id').limit(1).executeTakeFirst()
  if (first && first.id !== session.id && !can(ctx, 'intake.chatManage')) throw chatFail('chatNotNext', { rule: 'intake.chatManage' })
  await giveTo(ctx, session, { id: me.user_id, name: ctx.actor.name })
  return deskLine(ctx, session.id)
}

export async function answerChat(ctx: Ctx, input: Input<typeof contract.answerChat>): Promise<Output<typeof contract.answerChat>> {
  const held = await heldSession(ctx, input.id)
  if (input.text === '' && !input.fileId) throw kernelErrors('invalid', { fields: [{ path: 'text', message: '请填写内容' }] })
  const known = await db(ctx).selectFrom('intake_chat_message').select('seq').where('tenant_id', '=', ctx.tenantId).where('session_id', '=', held.id).where('client_key', '=', input.clientKey).executeTakeFirst()
  if (!known) {
    if (held.state !== 'open') throw chatFail('chatEnded')
    if (input.fileId) await attachFiles(ctx, { fileIds: [input.fileId], place: 'chat', objectType: CHAT_OBJECT, objectId: held.id, audience: 'public' })
  }
  const { message } = await addMessage(ctx, held, { author: 'agent', name: ctx.actor.name, clientKey: input.clientKey, text: input.text, fileId: input.fileId })
  const [shown] = await messagesOf(ctx, held.id, message.seq - 1)
  return staffMessage(message, shown?.file ?? null)
}

export async function seenChat(ctx: Ctx, input: Input<typeof contract.seenChat>): Promise<Record<string, never>> {
  authorize(ctx, 'intake.chat')
  await db(ctx).updateTable('intake_chat_session').set((eb) => ({ agent_seq: sql<number>`greatest(${eb.ref('agent_seq')}, least(${input.seq}, ${eb.ref('last_seq')}))` }))
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('agent_id', '=', userId(ctx)).execute()
  return {}
}

/** To a colleague at work, or back to the head of the queue; what was said goes along. The shift leader may move what others hold. */
export async function transferChat(ctx: Ctx, input: Input<typeof contract.transferChat>): Promise<contract.DeskLine> {
  const session = can(ctx, 'intake.chatManage') ? await lockSession(ctx, input.id) : await openSession(ctx, input.id)
  if (session.state !== 'open') throw chatFail('chatEnded')
  const noted = await addMessage(ctx, session, { author: 'system', name: ctx.actor.name, clientKey: `transfer-${session.id}-${session.transfers + 1}`, text: chatTexts.transferNote.replace('{note}', input.note) })
  // What agents tell each other is not for the citizen.
  await db(ctx).updateTable('intake_chat_message').set({ hidden_at: ts(ctx.clock.now()), hidden_by_name: ctx.actor.name, hidden_reason: 'internal' }).where('tenant_id', '=', ctx.tenantId).where('session_id', '=', session.id).where('seq', '=', noted.message.seq).execute()
  const told = await note(ctx, noted.session, chatTexts.transferred)
  const waiting = await saveSession(ctx, told, { state: 'queued', agent_id: null, agent_name: null, transfers: session.transfers + 1, unanswered_since_at: told.unanswered_since_at ?? ctx.clock.now() })
  if (input.toUserId) {
    const colleague = (await agentsOnDuty(ctx, { taking: false })).find((a) => a.user_id === input.toUserId)
    if (!colleague) throw chatFail('chatColleagueAway')
    if (colleague.open >= (await setting(ctx, maxSessions))) throw chatFail('chatFull', { rule: maxSessions.key, params: { max: await setting(ctx, maxSessions) } })
    await giveTo(ctx, waiting, { id: colleague.user_id, name: colleague.user_name })
  } else await assignWaiting(ctx)
  return deskLine(ctx, session.id)
}

export async function closeChat(ctx: Ctx, input: Input<typeof contract.closeChat>): Promise<contract.DeskLine> {
  const held = await heldSession(ctx, input.id)
  if (held.state === 'closed') return deskLine(ctx, held.id)
  await end(ctx, held)
  await assignWaiting(ctx)
  return deskLine(ctx, held.id)
}

async function end(ctx: Ctx, session: SessionRow): Promise<void> {
  const said = await note(ctx, session, chatTexts.closedByAgent)
  await saveSession(ctx, said, { state: 'closed', closed_at: ctx.clock.now(), closed_by: 'agent', unanswered_since_at: null })
}

export async function hideMessage(ctx: Ctx, input: Input<typeof contract.hideChatMessage>): Promise<Output<typeof contract.hideChatMessage>> {
  const session = can(ctx, 'intake.chatManage') ? await lockSession(ctx, input.id) : await heldSession(ctx, input.id)
  const row = await db(ctx).updateTable('intake_chat_message').set({ hidden_at: ts(ctx.clock.now()), hidden_by_name: ctx.actor.name, hidden_reason: input.reason })
    .where('tenant_id', '=', ctx.tenantId).where('session_id', '=', session.id).where('seq', '=', input.seq).where('author', '<>', 'system').returningAll().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  ctx.audit({ module: 'intake', act: 'hideChatMessage', objectType: 'chat', objectId: session.id, text: `${input.seq}: ${input.reason}` })
  ctx.signal('chat', session.id)
  const [shown] = await messagesOf(ctx, session.id, input.seq - 1)
  return staffMessage(row, shown?.file ?? null)
}

/** Ends the conversation and keeps its citizen out of the chat for a while; the hotline and appeals stay open to him. */
export async function barChat(ctx: Ctx, input: Input<typeof contract.barChat>): Promise<contract.DeskLine> {
  const held = await heldSession(ctx, input.id)
  await db(ctx).updateTable('intake_account').set({ chat_barred_until_at: ts(plus(ctx.clock.now(), input.hours * HOUR)), chat_barred_reason: input.reason }).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.account_id).execute()
  ctx.audit({ module: 'intake', act: 'barFromChat', objectType: 'key:account', objectId: held.account_id, text: input.reason })
  if (held.state !== 'closed') await end(ctx, held)
  await assignWaiting(ctx)
  return deskLine(ctx, held.id)
}
