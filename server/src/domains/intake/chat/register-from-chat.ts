// Orders out of a conversation or a left message: the same service as for a telephone order, with what was sent as attachments (INT-18).
import { authorize } from '../../../kernel/access.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { createOrder, type OrderRow } from '../../orders/index.ts'
import { copyFiles } from '../../platform/index.ts'
import { db, ID_NUMBER, phoneContext } from '../accounts/account.queries.ts'
import type * as contract from './chat-desk-contract.ts'
import { orderFromSession } from '../robot/dialogue.ts'
import { CHAT_OBJECT, lockSession, note } from './chat.queries.ts'
import { chatTexts } from './chat.zh-CN.ts'

type Body = Omit<Input<typeof contract.registerFromChat>, 'id'>

/** The verified mobile is the contact; a name typed by the agent fills an empty account too. */
export async function orderFor(ctx: Ctx, accountId: string, body: Body): Promise<OrderRow> {
  authorize(ctx, 'orders.register')
  const account = await db(ctx).selectFrom('intake_account').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', accountId).executeTakeFirstOrThrow()
  const { name, sex, ageRange, ...order } = body
  if (account.name === '' && name !== '') await db(ctx).updateTable('intake_account').set({ name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', account.id).execute()
  return createOrder(ctx, {
    ...order, channel: 'chat', requesterCount: 1, callbackWanted: body.callbackManner !== 'none', fileIds: [],
    requester: {
      subjectKind: 'person', anonymous: false, name: account.name || name, phone: decrypt(ctx.keys, account.phone_enc, phoneContext), otherPhones: [], ...(sex ? { sex } : {}), ...(ageRange ? { ageRange } : {}),
      ...(account.area_code ? { areaCode: account.area_code } : {}), ...(account.address ? { address: account.address } : {}),
      ...(account.id_number_enc ? { idType: account.id_type ?? 'residentId', idNumber: decrypt(ctx.keys, account.id_number_enc, ID_NUMBER) } : {}),
    },
  })
}

/** From an open conversation, or later from its record: an unfinished registration can be completed then. */
export async function registerFromChat(ctx: Ctx, input: Input<typeof contract.registerFromChat>): Promise<Output<typeof contract.registerFromChat>> {
  authorize(ctx, 'intake.chat')
  const { id, ...body } = input
  const session = await lockSession(ctx, id)
  const order = await orderFor(ctx, session.account_id, body)
  await db(ctx).insertInto('intake_chat_order').values({ tenant_id: ctx.tenantId, session_id: session.id, order_id: order.id, created_at: ts(ctx.clock.now()) }).execute()
  await orderFromSession(ctx, session.id, order.id)
  await copyFiles(ctx, { tenantId: ctx.tenantId, objectType: CHAT_OBJECT, objectId: session.id, audience: 'public' }, { objectType: 'order', objectId: order.id })
  await note(ctx, session, chatTexts.registered.replace('{number}', order.number).replace('{code}', order.enquiry_code))
  return { id: order.id, number: order.number, enquiryCode: order.enquiry_code }
}
