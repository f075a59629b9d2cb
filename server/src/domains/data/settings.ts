import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const keptFrom = defineSetting({ key: 'data.kept.from', label: '汇总起用工单数', help: '工单达到此数后，统计改从汇总数读取；之前直接数明细', schema: z.number().int().min(0).max(100_000_000), fallback: 20_000, scope: 'tenant' })
export const lateAfter = defineSetting({ key: 'data.kept.lateAfter', label: '汇总滞后提示（秒）', help: '汇总落后超过此时长时，页面标明数据时间', schema: z.number().int().min(1).max(3600), fallback: 10, scope: 'tenant' })
