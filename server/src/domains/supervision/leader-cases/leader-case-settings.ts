// The form of leaders' monthly reports, as data (SUP-26).
import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

const field = z.object({ key: z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/), label: z.string().min(1).max(40), kind: z.enum(['line', 'text', 'number']), required: z.boolean() })
export type LeaderField = z.infer<typeof field>
const shipped: LeaderField[] = [
  { key: 'measures', label: '包案措施', kind: 'text', required: true },
  { key: 'progress', label: '办理进展', kind: 'text', required: true },
  { key: 'problems', label: '存在的问题和建议', kind: 'text', required: false },
]
export const leaderCaseFields = defineSetting({ key: 'supervision.leaderCaseFields', label: '领导包案月报的填写内容', help: 'line 单行，text 多行，number 数字', schema: z.array(field).min(1).max(20), fallback: shipped, scope: 'tenant' })
export const leaderCaseDay = defineSetting({ key: 'supervision.leaderCaseDay', label: '领导包案月报催报日', help: '每月这一天起提醒当月还没有报送的单位领导；0 为不提醒', schema: z.number().int().min(0).max(28), fallback: 25, scope: 'tenant' })
export const leaderCaseSettings = [leaderCaseFields, leaderCaseDay]
