// Chinese texts of the personal form.
import type { SmsTemplate } from '../../platform/index.ts'
import type { FormState } from './form.ts'

export const formStateNames: Record<FormState, string> = { sent: '待答复', answered: '已答复', expired: '超期自动办结', followed: '转人工跟进', undelivered: '未送达转人工', closed: '已另行回访' }
export const closedTexts = { answered: '您已经提交过评价，感谢您的参与', expired: '链接已过有效期', ended: '这次回访已经结束' } as const
export const thanks = { done: '感谢您的评价', again: '感谢您的评价，我们会请承办单位再次办理' } as const
export const formSms: Record<string, SmsTemplate> = {
  // The link opens the requester's own order: unreadable in the outbox without a right of its own.
  'callback.form': { text: '【12345】您的诉求（编号{number}）已办结，请点击 {link} 评价办理结果，{days}天内有效，链接仅供本人使用，请勿转发。', secret: true },
}
export const formDefinition = '覆盖率 = 已发短信的回访 ÷ 期内应回访；答复率 = 已答复 ÷ 已发送。超期自动办结、转人工、未送达单独统计，不计为满意'
