import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const duplicateThreshold = defineSetting({ key: 'duplicate.threshold', label: '判重相似度阈值', help: '0 到 1，达到此值的工单列入同人、同事两表', schema: z.number().min(0.3).max(1), fallback: 0.8, scope: 'tenant' })
export const duplicateDays = defineSetting({ key: 'duplicate.days', label: '判重回看天数', help: '未办结的工单不受此限', schema: z.number().int().min(1).max(3650), fallback: 90, scope: 'tenant' })
