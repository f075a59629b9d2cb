// The port to whoever carries SMS, and the adapter that development and demo use.
import { definePort } from '../../../kernel/port.ts'
import type { SmsTemplate } from './sms-templates.zh-CN.ts'

/** `id` is stable over retries, so that a gateway can drop a message it already took. */
export type OutgoingSms = { id: string; tenantId: string; phone: string; template: string; text: string; /** The moment of this attempt, as people read it. */ at: string }
export type SmsResult = { ok: true; result: string } | { ok: false; reason: string; /** Trying again cannot help. */ final?: boolean }

/** Keeps the text in the outbox only, where administrators read it: nothing leaves the machine. */
export async function developmentGateway(_sms: OutgoingSms): Promise<SmsResult> {
  return { ok: true, result: '开发发件箱，未实际发出' }
}

/** Sends one SMS. A thrown error counts as a failure like `ok: false` and is tried again. */
export const smsGateway = definePort<(sms: OutgoingSms) => Promise<SmsResult>>('platform.smsGateway', developmentGateway)

/** Templates that later domains add: code → text with {parameters}. */
export const smsTemplateSources = definePort<() => Record<string, SmsTemplate>>('platform.smsTemplates')
