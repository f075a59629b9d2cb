// Calls within a conversation: asked by the agent who holds it, opened by the citizen's consent, ended by either or by time. The house carries only
// what the browsers need to find each other; sound and picture go between them and are not recorded.
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { db, ownAccount } from '../accounts/account.queries.ts'
import type { IntakeTables } from '../tables.gen.ts'
import type * as contract from './call-contract.ts'
import { chatFail } from './chat.errors.ts'
import { lockSession, note } from './chat.queries.ts'
import { chatCalls } from './chat.settings.ts'
import { chatTexts } from './chat.zh-CN.ts'
import { heldSession } from './serve-chat.ts'

type CallRow = Selectable<IntakeTables['intake_chat_call']>
type StaffCall = Output<typeof contract.askCall>
const kindNames: Record<string, string> = { audio: '语音', video: '视频' }

const viewOf = (row: CallRow): StaffCall => ({ id: row.id, kind: row.kind as StaffCall['kind'], state: row.state as StaffCall['state'], answer: row.answer, askedAt: row.asked_at, openedAt: row.opened_at })
const live = (row: CallRow): boolean => row.state === 'asked' || row.state === 'open'
const rows = (ctx: Ctx) => db(ctx).selectFrom('intake_chat_call').selectAll().where('tenant_id', '=', ctx.tenantId)

export async function callServers(ctx: Ctx): Promise<Output<typeof contract.callServers>> {
  authorize(ctx, 'intake.chat')
  return setting(ctx, chatCalls)
}

export async function askCall(ctx: Ctx, input: Input<typeof contract.askCall>): Promise<StaffCall> {
  const session = await heldSession(ctx, input.id)
  if (session.state !== 'open') throw chatFail('chatEnded')
  if (!(await setting(ctx, chatCalls)).enabled) throw chatFail('callsOff', { rule: chatCalls.key })
  if (await rows(ctx).where('session_id', '=', session.id).where('state', 'in', ['asked', 'open']).executeTakeFirst()) throw chatFail('callRunning')
  const row = await db(ctx).insertInto('intake_chat_call').values({ tenant_id: ctx.tenantId, id: newId(), session_id: session.id, kind: input.kind, agent_id: userId(ctx), offer: input.offer, asked_at: ts(ctx.clock.now()) }).returningAll().executeTakeFirstOrThrow()
  await note(ctx, session, chatTexts.callAsked.replace('{kind}', kindNames[input.kind] ?? ''))
  return viewOf(row)
}

/** The agent's page asks while it waits and while it speaks. */
export async function getCall(ctx: Ctx, input: Input<typeof contract.getCall>): Promise<StaffCall> {
  authorize(ctx, 'intake.chat')
  const row = await rows(ctx).where('id', '=', input.id).where('agent_id', '=', userId(ctx)).executeTakeFirst()
  if (!row) throw chatFail('callUnknown')
  return viewOf(row)
}

export async function endCallAsAgent(ctx: Ctx, input: Input<typeof contract.endCall>): Promise<StaffCall> {
  const row = await getCall(ctx, input)
  return viewOf(await finish(ctx, row.id, 'agent'))
}

/** What the citizen's page shows: a call that is asked or open, never one of another conversation. */
export async function callOf(ctx: Ctx, sessionId: string): Promise<z.output<typeof contract.citizenCall> | null> {
  const row = await rows(ctx).where('session_id', '=', sessionId).where('state', 'in', ['asked', 'open']).executeTakeFirst()
  if (!row) return null
  return { id: row.id, kind: row.kind as StaffCall['kind'], state: row.state === 'open' ? 'open' : 'asked', offer: row.state === 'asked' ? row.offer : null, iceServers: (await setting(ctx, chatCalls)).iceServers }
}

export async function staffCallOf(ctx: Ctx, sessionId: string): Promise<StaffCall | null> {
  const row = await rows(ctx).where('session_id', '=', sessionId).where('agent_id', '=', userId(ctx)).where('state', 'in', ['asked', 'open']).executeTakeFirst()
  return row ? viewOf(row) : null
}

async function ownCall(ctx: Ctx, id: string): Promise<CallRow> {
  const account = await ownAccount(ctx)
  const row = await rows(ctx).where('id', '=', id).executeTakeFirst()
  const session = row ? await db(ctx).selectFrom('intake_chat_session').select('account_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.session_id).executeTakeFirst() : undefined
  if (!row || session?.account_id !== account.id) throw chatFail('callUnknown')
  return row
}

/** Consent and answer in one: without it nothing is heard or seen. */
export async function answerCall(ctx: Ctx, input: Input<typeof contract.answerCall>): Promise<{ state: string }> {
  const { session_id: sessionId } = await ownCall(ctx, input.id)
  const session = await lockSession(ctx, sessionId)
  const row = await rows(ctx).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'asked') throw chatFail('callOver')
  const now = ts(ctx.clock.now())
  const saved = await db(ctx).updateTable('intake_chat_call').set(input.answer === null ? { state: 'refused', offer: '', ended_at: now, ended_by: 'citizen' } : { state: 'open', answer: input.answer, opened_at: now }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  await note(ctx, session, (input.answer === null ? chatTexts.callRefused : chatTexts.callOpen).replace('{kind}', kindNames[row.kind] ?? ''))
  return { state: saved.state }
}

export async function leaveCall(ctx: Ctx, input: Input<typeof contract.leaveCall>): Promise<{ state: string }> {
  const row = await ownCall(ctx, input.id)
  return { state: (await finish(ctx, row.id, 'citizen')).state }
}

/** Ends what is not over; addresses of the two browsers are forgotten. */
async function finish(ctx: Ctx, id: string, by: 'agent' | 'citizen' | 'time'): Promise<CallRow> {
  const known = await rows(ctx).where('id', '=', id).executeTakeFirstOrThrow()
  const session = await lockSession(ctx, known.session_id)
  const row = await rows(ctx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (!live(row)) return row
  const now = ctx.clock.now()
  const saved = await db(ctx).updateTable('intake_chat_call').set({ state: 'ended', offer: '', answer: null, ended_at: ts(now), ended_by: by }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
  const minutes = row.opened_at === null ? null : Math.max(1, Math.round((now - row.opened_at) / MINUTE))
  await note(ctx, session, minutes === null ? chatTexts.callMissed : chatTexts.callEnded.replace('{n}', String(minutes)))
  return saved
}

const ASKED_MINUTES = 1
const OPEN_HOURS = 2
/** Cron: nobody answered in a minute; the conversation is over; a call that nobody ended. */
export async function sweepCalls(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const found = await rows(ctx).where('state', 'in', ['asked', 'open']).where((eb) => eb.or([
    eb.and([eb('state', '=', 'asked'), eb('asked_at', '<', ts(plus(now, -ASKED_MINUTES * MINUTE)))]), eb('asked_at', '<', ts(plus(now, -OPEN_HOURS * 60 * MINUTE))),
    eb.not(eb.exists(eb.selectFrom('intake_chat_session as s').select('s.id').whereRef('s.tenant_id', '=', 'intake_chat_call.tenant_id').whereRef('s.id', '=', 'intake_chat_call.session_id').where('s.state', '=', 'open'))),
  ])).limit(100).execute()
  for (const row of found) await finish(ctx, row.id, 'time')
}
