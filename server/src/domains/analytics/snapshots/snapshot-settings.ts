import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const keepDays = defineSetting({ key: 'analytics.snapshot.keepDays', label: '明细快照保留天数', help: '存满此天数的快照自动清理；统计期与已发布考核期重叠的、报告里引用的一直保留。0 表示不清理', schema: z.number().int().min(0).max(36_500).refine((n) => n === 0 || n >= 30, '至少 30 天，或填 0 不清理'), fallback: 1095, scope: 'tenant' })
export const mostRows = defineSetting({ key: 'analytics.snapshot.most', label: '一份明细快照最多存多少件', schema: z.number().int().min(100).max(50_000), fallback: 5000, scope: 'tenant' })
