import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const repeatsOfFlow = defineSetting({ key: 'analytics.flow.repeats', label: '流转分析：派发、退单达到几次算异常', schema: z.number().int().min(2).max(10), fallback: 2, scope: 'tenant' })
export const slowStage = defineSetting({ key: 'analytics.flow.slow', label: '流转分析：环节逾期率达到多少（%）标为慢环节', schema: z.number().min(1).max(100), fallback: 20, scope: 'tenant' })
