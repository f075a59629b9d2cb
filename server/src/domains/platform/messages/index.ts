// In-app messages and the SMS outbox.
import { asJob } from '../../../kernel/jobs/job.ts'
import { bind } from '../../../kernel/http/route.ts'
import * as contract from './message-contract.ts'
import { messageCrons } from './message-crons.ts'
import { countUnread, listMessages, listMessageTypes, listSms } from './message.queries.ts'
import { keepDays, quietHours, retryMinutes } from './message-settings.ts'
import { readAllMessages, readMessages } from './read-messages.ts'
import { resendSms } from './resend-sms.ts'
import { smsJob } from './sms-job.ts'
import { definePart } from '../part.ts'
import { messageErrors } from './messages.errors.ts'

export { notify } from './notify.ts'
export type { MessageLevel, Notice } from './notify.ts'
export { sendSms } from './send-sms.ts'
export type { SmsOrder } from './send-sms.ts'
export { developmentGateway, smsGateway, smsTemplateSources } from './sms-gateway.ts'
export type { OutgoingSms, SmsResult } from './sms-gateway.ts'
export type { SmsTemplate } from './sms-templates.zh-CN.ts'
export { countUnread, listMessages } from './message.queries.ts'

/** Spread into platform's module. */
export const part = definePart({
  permissions: { 'platform.readSms': '查看短信发件箱', 'platform.readSmsCodes': '查看短信中的验证码', 'platform.resendSms': '重发短信' },
  roles: {
    systemAdmin: { 'platform.readSms': 'tenant', 'platform.readSmsCodes': 'tenant', 'platform.resendSms': 'tenant' },
    tenantAdmin: { 'platform.readSms': 'tenant', 'platform.resendSms': 'tenant' },
  },
  routes: [
    bind(contract.listMessages, listMessages),
    bind(contract.countUnreadMessages, countUnread),
    bind(contract.listMessageTypes, listMessageTypes),
    bind(contract.readMessages, readMessages),
    bind(contract.readAllMessages, readAllMessages),
    bind(contract.listSms, listSms),
    bind(contract.resendSms, resendSms),
  ],
  jobs: [asJob(smsJob)],
  crons: messageCrons,
  settings: [quietHours, retryMinutes, keepDays],
  realtime: { messages: { may: '' } },
  errors: messageErrors,
})
