// Replies prepared beforehand: shared ones by who manages the chat, own ones by each agent.
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../accounts/account.queries.ts'
import type * as contract from './chat-desk-contract.ts'

type Canned = Output<typeof contract.addCanned>
type Row = { id: string; owner_id: string | null; title: string; text: string; sort: number }
const view = (row: Row): Canned => ({ id: row.id, own: row.owner_id !== null, title: row.title, text: row.text, sort: row.sort })

export async function listCanned(ctx: Ctx): Promise<Output<typeof contract.listCanned>> {
  authorize(ctx, 'intake.chat')
  const rows = await db(ctx).selectFrom('intake_chat_canned').select(['id', 'owner_id', 'title', 'text', 'sort']).where('tenant_id', '=', ctx.tenantId)
    .where((eb) => eb.or([eb('owner_id', 'is', null), eb('owner_id', '=', userId(ctx))])).orderBy('sort').orderBy('created_at').limit(300).execute()
  return { items: rows.map(view), mayEditShared: can(ctx, 'intake.chatManage') }
}

export async function addCanned(ctx: Ctx, input: Input<typeof contract.addCanned>): Promise<Canned> {
  authorize(ctx, input.shared ? 'intake.chatManage' : 'intake.chat')
  const row = await db(ctx).insertInto('intake_chat_canned').values({ tenant_id: ctx.tenantId, id: newId(), owner_id: input.shared ? null : userId(ctx), title: input.title, text: input.text, sort: input.sort, created_at: ts(ctx.clock.now()) }).returningAll().executeTakeFirstOrThrow()
  return view(row)
}

/** Another agent's own reply does not exist for the actor. */
async function editable(ctx: Ctx, id: string): Promise<Row> {
  authorize(ctx, 'intake.chat')
  const row = await db(ctx).selectFrom('intake_chat_canned').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || (row.owner_id !== null && row.owner_id !== userId(ctx))) throw kernelErrors('notFound')
  if (row.owner_id === null) authorize(ctx, 'intake.chatManage')
  return row
}

export async function changeCanned(ctx: Ctx, input: Input<typeof contract.changeCanned>): Promise<Canned> {
  const row = await editable(ctx, input.id)
  return view(await db(ctx).updateTable('intake_chat_canned').set({ title: input.title, text: input.text, sort: input.sort }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow())
}

export async function dropCanned(ctx: Ctx, input: Input<typeof contract.dropCanned>): Promise<Record<string, never>> {
  const row = await editable(ctx, input.id)
  await db(ctx).deleteFrom('intake_chat_canned').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return {}
}
