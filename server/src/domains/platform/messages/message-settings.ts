import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

/** Declared for the rules of channels to come; in-app messages and codes are never held back. */
export const quietHours = defineSetting({
  key: 'message.quietHours',
  label: '短信免打扰时段',
  help: '时段内不发送非紧急短信，格式 HH:MM-HH:MM；验证码不受限制',
  schema: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/),
  fallback: '22:00-07:00',
  scope: 'tenant',
})

export const retryMinutes = defineSetting({
  key: 'message.retry',
  label: '短信失败自动重发间隔（分钟）',
  help: '按顺序等待后重发，全部用完后标为失败，可人工重发',
  schema: z.array(z.number().int().min(1).max(1440)).max(10),
  fallback: [1, 5, 30],
  scope: 'tenant',
})

export const keepDays = defineSetting({
  key: 'message.keepDays',
  label: '已读消息保留天数',
  schema: z.number().int().min(30).max(3650),
  fallback: 180,
  scope: 'tenant',
})
