import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const opinionRule = defineSetting<'return' | 'always'>({
  key: 'flow.opinion', label: '审批意见', help: '退回始终须写意见；设为“总是”时，同意也须写意见。环节上另有规定的按环节', schema: z.enum(['return', 'always']), fallback: 'return', scope: 'tenant',
})
export const nameParts = defineSetting<number>({
  key: 'flow.nameParts', label: '流程名称至少几段', help: '流程名称由“-”分段，如“工单-延时-逐级审批”；0 为不限', schema: z.number().int().min(0).max(4), fallback: 2, scope: 'tenant',
})
export const flowSettings = [opinionRule, nameParts]
