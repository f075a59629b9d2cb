// Reading messages and the outbox: keyset pages on (time, id), newest first.
import { can, userId } from '../../../kernel/access.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../lists/keyset.ts'
import type * as contract from './message-contract.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { typeName } from './message-types.ts'
import type { MessageLevel } from './notify.ts'
import { demo } from '../demo-mode.ts'

const mine = (ctx: Ctx) => ctx.db<PlatformTables>().selectFrom('platform_message as m').where('m.tenant_id', '=', ctx.tenantId).where('m.user_id', '=', userId(ctx))

export async function listMessages(ctx: Ctx, input: Input<typeof contract.listMessages>): Promise<Output<typeof contract.listMessages>> {
  let query = mine(ctx)
  if (input.unread) query = query.where('m.read_at', 'is', null)
  const type = input.type
  if (type) query = query.where((eb) => eb.or([eb('m.type', '=', type), eb('m.type', 'like', `${type.replace(/[%_\\]/g, '')}.%`)]))
  const rows = await query
    .leftJoin('platform_message_type as t', 't.code', 'm.type')
    .select(['m.id', 'm.type', 'm.title', 'm.text', 'm.link', 'm.object_type as objectType', 'm.object_id as objectId', 'm.repeats', 'm.happened_at as at', 'm.read_at as readAt', 'm.recalled_at as recalledAt'])
    .select((eb) => [eb.ref('t.name').as('stored'), eb.ref('m.level').$castTo<MessageLevel>().as('level')])
    .where(afterCursor(input.cursor, 'm.happened_at', 'm.id'))
    .orderBy('m.happened_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(input.limit + 1)
    .execute()
  const page = nextPage(rows, input.limit, (r) => r.at)
  return { ...page, items: page.items.map(({ stored, ...row }) => ({ ...row, typeName: typeName(row.type, stored) })), count: await boundCount(ctx, query) }
}

export async function countUnread(ctx: Ctx): Promise<{ value: number; capped: boolean }> {
  return boundCount(ctx, mine(ctx).where('m.read_at', 'is', null))
}

export async function listMessageTypes(ctx: Ctx): Promise<Output<typeof contract.listMessageTypes>> {
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_message_type').selectAll().orderBy('number').execute()
  return { items: rows.map((row) => ({ ...row, name: typeName(row.code, row.name) })) }
}

/** Telephone numbers stay masked; texts with codes show only to those with the right, and in the demo. */
export async function listSms(ctx: Ctx, input: Input<typeof contract.listSms>): Promise<Output<typeof contract.listSms>> {
  let query = ctx.db<PlatformTables>().selectFrom('platform_sms as s').where('s.tenant_id', '=', ctx.tenantId)
  if (input.state) query = query.where('s.state', '=', input.state)
  if (input.objectId) query = query.where('s.object_id', '=', input.objectId)
  const rows = await query
    .select(['s.id', 's.phone_mask as phone', 's.template', 's.text_enc', 's.secret', 's.attempts', 's.result', 's.created_at as createdAt', 's.next_at as nextAt', 's.sent_at as sentAt'])
    .select((eb) => eb.ref('s.state').$castTo<'queued' | 'sent' | 'failed'>().as('state'))
    .where(afterCursor(input.cursor, 's.created_at', 's.id'))
    .orderBy('s.created_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(input.limit + 1)
    .execute()
  const open = demo.enabled || can(ctx, 'platform.readSmsCodes')
  const page = nextPage(rows, input.limit, (r) => r.createdAt)
  const items = page.items.map(({ text_enc, secret, ...row }) => {
    const hidden = secret && !open
    return { ...row, hidden, text: hidden ? '（含验证码或密码，无权查看）' : decrypt(ctx.keys, text_enc, 'sms.text') }
  })
  if (open && items.length > 0) ctx.audit({ module: 'platform', act: 'readSmsCodes', text: `查看短信发件箱 ${items.length} 条` })
  return { ...page, items, count: await boundCount(ctx, query) }
}
