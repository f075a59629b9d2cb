// A follow-up that an agent promised: a task with a deadline, told to the citizen, kept by an answer.
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration, formatMoment } from '../../../kernel/time/index.ts'
import { calendarOf, setting, tenantById } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import type * as contract from './chat-desk-contract.ts'
import { deskLine, lockSession, note } from './chat.queries.ts'
import { promiseLimit } from './chat.settings.ts'
import { chatTexts } from './chat.zh-CN.ts'
import { heldSession } from './serve-chat.ts'

export async function promiseInChat(ctx: Ctx, input: Input<typeof contract.promiseInChat>): Promise<contract.DeskLine> {
  const session = await heldSession(ctx, input.id)
  const now = ctx.clock.now()
  const dueAt = addDuration(await calendarOf(ctx), now, await setting(ctx, promiseLimit))
  await db(ctx).insertInto('intake_chat_promise').values({ tenant_id: ctx.tenantId, id: newId(), session_id: session.id, agent_id: userId(ctx), agent_name: ctx.actor.name, text: input.text, due_at: ts(dueAt), created_at: ts(now) }).execute()
  await note(ctx, session, chatTexts.promised.replace('{due}', formatMoment(dueAt, now, (await tenantById(ctx, ctx.tenantId)).timeZone)).replace('{text}', input.text))
  return deskLine(ctx, session.id)
}

/** By who promised, or by the shift leader for him. */
export async function keepPromise(ctx: Ctx, input: Input<typeof contract.keepPromise>): Promise<Record<string, never>> {
  authorize(ctx, 'intake.chat')
  const row = await db(ctx).selectFrom('intake_chat_promise').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row || row.done_at !== null || (row.agent_id !== userId(ctx) && !can(ctx, 'intake.chatManage'))) throw kernelErrors('notFound')
  await db(ctx).updateTable('intake_chat_promise').set({ done_at: ts(ctx.clock.now()), done_text: input.text }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const session = await lockSession(ctx, row.session_id)
  await note(ctx, session, chatTexts.promiseKept.replace('{text}', input.text))
  await tellCitizen(ctx, { accountId: session.account_id, kind: 'result', title: chatTexts.promiseKept.replace('{text}', input.text).slice(0, 80), text: input.text, link: `/chat/${session.id}`, objectId: row.id })
  return {}
}
