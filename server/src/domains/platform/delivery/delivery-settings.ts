import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const mergeSeconds = defineSetting({
  key: 'message.mergeSeconds', label: '对外消息合并等待（秒）', help: '同一人、同一对象、同类消息在此时间内合并为一条再发出；P1 立即发出。0 为不合并', schema: z.int().min(0).max(3600), fallback: 60, scope: 'tenant',
})

export const quietExempt = defineSetting<('P1' | 'P2' | 'P3')[]>({
  key: 'message.quietExempt', label: '不受免打扰限制的级别', help: '这些级别的短信和公众号消息在免打扰时段照常发出', schema: z.array(z.enum(['P1', 'P2', 'P3'])).max(3), fallback: ['P1'], scope: 'tenant',
})

export const userMayDisable = defineSetting<'exceptDuty' | 'none'>({
  key: 'message.userMayDisable', label: '个人可关闭的提醒', help: 'exceptDuty：紧急和待办类以外可由本人关闭；none：不可关闭', schema: z.enum(['exceptDuty', 'none']), fallback: 'exceptDuty', scope: 'tenant',
})
