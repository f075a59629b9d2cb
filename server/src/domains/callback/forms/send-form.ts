// A task that is asked by SMS gets its one personal link at once; what cannot be sent falls to a person.
import type { Ctx } from '../../../kernel/ctx.ts'
import { hashToken, isMobile, randomToken } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { portalAddress } from '../../intake/index.ts'
import { plainPhone, record, type OrderRow } from '../../orders/index.ts'
import { sendSms, setting } from '../../platform/index.ts'
import { db } from '../callback.queries.ts'
import { answerDays } from './form.settings.ts'

/** 128 bits: 22 characters, short enough for an SMS and beyond guessing. */
const TOKEN_BYTES = 16
const siteOf = async (ctx: Ctx): Promise<string> => (await setting(ctx, portalAddress)).replace(/\/+$/, '')

/** Why no form can be sent from this centre; null where it can. */
export const formsNotReady = async (ctx: Ctx): Promise<string | null> => ((await siteOf(ctx)) === '' ? '未设置门户网址：在“参数与字典”填写后，短信里才有可以打开的链接' : null)

/** Whether this requester can be asked by SMS. */
export async function smsReady(ctx: Ctx, order: OrderRow): Promise<boolean> {
  const phone = plainPhone(ctx, order)
  return phone !== null && isMobile(phone) && (await formsNotReady(ctx)) === null
}

/** Sends the link of a task; the moment until which it can be answered. */
export async function sendForm(ctx: Ctx, order: OrderRow, taskId: string): Promise<void> {
  const phone = plainPhone(ctx, order) ?? ''
  const [token, id, now, days] = [randomToken(TOKEN_BYTES), newId(), ctx.clock.now(), await setting(ctx, answerDays)]
  const smsId = await sendSms(ctx, { phone, template: 'callback.form', params: { number: order.number, link: `${await siteOf(ctx)}/c/${token}`, days: String(days) }, objectType: 'callbackForm', objectId: id })
  await db(ctx).insertInto('callback_form').values({
    tenant_id: ctx.tenantId, id, task_id: taskId, order_id: order.id, token_hash: hashToken(token), phone_mask: order.contact_phone_mask ?? '', sms_id: smsId, state: 'sent', sent_at: ts(now), expires_at: ts(plus(now, days * DAY)),
  }).execute()
  await record(ctx, order, { act: 'callbackForm', text: `已发送短信回访，${days} 天内答复有效`, data: { taskId, formId: id }, visibility: 'staff' })
}
