// Puts an SMS into the outbox within the sender's transaction; a job carries it out after the commit.
import { encrypt, isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { messageErrors } from './messages.errors.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { enqueueSms } from './sms-job.ts'
import { smsTemplateSources } from './sms-gateway.ts'
import { smsTemplates, type SmsTemplate } from './sms-templates.zh-CN.ts'

export type SmsOrder = { phone: string; template: string; params: Record<string, string>; objectType?: string; objectId?: string }

/**
 * Queues an SMS to a plain telephone number and returns its id in the outbox. Number and text are stored encrypted.
 * Throws `platform.badPhone` (422); an undeclared template or a missing parameter is a programming error.
 */
export async function sendSms(ctx: Ctx, { params, ...order }: SmsOrder): Promise<string> {
  const template = templateOf(order.template)
  return queueSms(ctx, { ...order, text: fillTemplate(order.template, template, params), secret: template.secret ?? false })
}

/** The same with a text that is ready. @throws platform.badPhone */
export async function queueSms(ctx: Ctx, order: Omit<SmsOrder, 'params'> & { text: string; secret?: boolean }): Promise<string> {
  const phone = normalisePhone(order.phone)
  if (!isTelephone(phone)) throw messageErrors('badPhone')
  const id = newId()
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_sms')
    .values({
      tenant_id: ctx.tenantId, id, phone_enc: encrypt(ctx.keys, phone, 'sms.phone'), phone_mask: maskPhone(phone), template: order.template,
      text_enc: encrypt(ctx.keys, order.text, 'sms.text'), secret: order.secret ?? false, state: 'queued',
      object_type: order.objectType ?? null, object_id: order.objectId ?? null, created_at: ts(ctx.clock.now()), next_at: ts(ctx.clock.now()), sent_at: null,
    })
    .execute()
  enqueueSms(ctx, id)
  return id
}

function templateOf(code: string): SmsTemplate {
  const found = smsTemplateSources.all().map((source) => source()[code]).find((t) => t !== undefined) ?? smsTemplates[code]
  if (!found) throw new Error(`SMS template ${code} is not declared: implement the port smsTemplateSources`)
  return found
}

export function fillTemplate(code: string, template: SmsTemplate, params: Record<string, string>): string {
  return template.text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`SMS template ${code} needs the parameter ${key}`)
    return value
  })
}
