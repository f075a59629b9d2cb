import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const keptFrom = defineSetting({ key: 'data.kept.from', label: '汇总起用工单数', help: '工单达到此数后，统计改从汇总数读取；之前直接数明细', schema: z.number().int().min(0).max(100_000_000), fallback: 20_000, scope: 'tenant' })
export const lateAfter = defineSetting({ key: 'data.kept.lateAfter', label: '汇总滞后提示（秒）', help: '汇总落后超过此时长时，页面标明数据时间', schema: z.number().int().min(1).max(3600), fallback: 10, scope: 'tenant' })
export const historyFrom = defineSetting({ key: 'data.history.from', label: '历史文件起用工单数', help: '工单达到此数后，早先月份的统计行另存为列式文件，跨多月的统计从文件读取；0 表示不用', schema: z.number().int().min(0).max(100_000_000), fallback: 200_000, scope: 'tenant' })
export const historyAfter = defineSetting({ key: 'data.history.after', label: '历史文件留空月数', help: '最近这些个月的工单还常改动，不写入历史文件', schema: z.number().int().min(1).max(24), fallback: 3, scope: 'tenant' })
export const indicatorReview = defineSetting({ key: 'indicator.review', label: '指标变更须另一人审核', help: '新增、变更、停用、启用指标后，由另一位有维护权的人同意才起作用', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const queryRows = defineSetting({ key: 'data.query.rows', label: '自定义查询最多行数', help: '一次自定义查询最多数到、导出多少行，超过时请使用者加条件', schema: z.number().int().min(100).max(200_000), fallback: 20_000, scope: 'tenant' })
export const querySeconds = defineSetting({ key: 'data.query.seconds', label: '自定义查询最长用时（秒）', help: '超过即停止，并请使用者缩小范围', schema: z.number().int().min(1).max(60), fallback: 20, scope: 'tenant' })
