// Numbers that are never dialled about callbacks: kept as hash and mask, every entry with its reason and author.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { isTelephone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDays, startOfDay } from '../../../kernel/time/index.ts'
import { contactFields } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, tenantById } from '../../platform/index.ts'
import { callbackFail } from '../callback.errors.ts'
import { db } from '../callback.queries.ts'
import type { CallbackTables } from '../tables.gen.ts'
import type * as contract from './outbound-contract.ts'

type Row = Selectable<CallbackTables['callback_do_not_call']>
type Entry = Output<typeof contract.addDoNotCall>
const view = (ctx: Ctx, row: Row): Entry => ({
  id: row.id, phone: row.phone_mask, reason: row.reason, until: row.until_at, byName: row.by_name, createdAt: row.created_at, removedAt: row.removed_at, removedByName: row.removed_by_name, active: row.removed_at === null && (row.until_at === null || row.until_at > ctx.clock.now()),
})

export async function listDoNotCall(ctx: Ctx, input: Input<typeof contract.listDoNotCall>): Promise<Output<typeof contract.listDoNotCall>> {
  authorize(ctx, 'callback.read')
  let query = db(ctx).selectFrom('callback_do_not_call').where('tenant_id', '=', ctx.tenantId)
  if (!input.all) query = query.where('removed_at', 'is', null)
  if (input.phone) query = query.where('phone_hash', '=', contactFields(ctx, input.phone).contact_phone_hash ?? '')
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.created_at)
  return { items: page.items.map((row) => view(ctx, row)), next: page.next, count: await boundCount(ctx, query) }
}

export async function addDoNotCall(ctx: Ctx, input: Input<typeof contract.addDoNotCall>): Promise<Entry> {
  authorize(ctx, 'callback.plan')
  const { contact_phone_hash: hash, contact_phone_mask: mask } = contactFields(ctx, input.phone)
  if (!isTelephone(normalisePhone(input.phone)) || hash === null) throw kernelErrors('invalid', { fields: [{ path: 'phone', message: '号码格式不正确' }] })
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const until = input.until === null ? null : startOfDay(addDays(input.until, 1), timeZone)
  if (until !== null && until <= ctx.clock.now()) throw kernelErrors('invalid', { fields: [{ path: 'until', message: '截止日期已过' }] })
  // One that is over gives way to a new one.
  await db(ctx).updateTable('callback_do_not_call').set((eb) => ({ removed_at: eb.ref('until_at'), removed_by_name: '到期' })).where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash).where('removed_at', 'is', null).where('until_at', '<=', ts(ctx.clock.now())).execute()
  const row = await db(ctx).insertInto('callback_do_not_call').values({
    tenant_id: ctx.tenantId, id: newId(), phone_hash: hash, phone_mask: mask ?? '', reason: input.reason, until_at: until === null ? null : ts(until), by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).onConflict((c) => c.columns(['tenant_id', 'phone_hash']).where('removed_at', 'is', null).doNothing()).returningAll().executeTakeFirst()
  if (!row) throw callbackFail('listedAlready', { fields: [{ path: 'phone', message: '已在名单中' }] })
  ctx.audit({ module: 'callback', act: 'addDoNotCall', objectType: 'number', objectId: row.id, text: row.phone_mask })
  return view(ctx, row)
}

export async function dropDoNotCall(ctx: Ctx, input: Input<typeof contract.dropDoNotCall>): Promise<Entry> {
  authorize(ctx, 'callback.plan')
  const row = await db(ctx).updateTable('callback_do_not_call').set({ removed_at: ts(ctx.clock.now()), removed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('removed_at', 'is', null).returningAll().executeTakeFirst()
  if (!row) throw callbackFail('entryNotFound')
  return view(ctx, row)
}
