// Parameters of assessment (assessment.md Settings). What is shelved, declared and how long is set where orders are declared.
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const monthStartDay = defineSetting({ key: 'assessment.monthStartDay', label: '考核月起始日', help: '1 为自然月；20 表示上月 20 日至本月 19 日', schema: z.number().int().min(1).max(28), fallback: 1, scope: 'tenant' })
export const appealDays = defineSetting({ key: 'assessment.appealDays', label: '成绩申诉期（工作日）', schema: z.number().int().min(0).max(60), fallback: 5, scope: 'tenant' })
export const ownReview = defineSetting({ key: 'assessment.ownReview', label: '核算人可审核自己的结果', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const liveForUnits = defineSetting({ key: 'assessment.liveForUnits', label: '单位可看本单位实时成绩', help: '实时成绩未经审核，始终标为暂行', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const othersShown = defineSetting({ key: 'assessment.othersShown', label: '单位可看他单位的成绩', help: '总分与名次，不含工单', schema: z.enum(['totals', 'none']), fallback: 'totals' as const, scope: 'tenant' })

export const rankFall = defineSetting({ key: 'assessment.rankFall', label: '名次下降几位预警', help: '实时名次与上一个已发布考核期相比；未达目标名次的每天预警一次', schema: z.number().int().min(1).max(100), fallback: 3, scope: 'tenant' })
export const anomalyJump = defineSetting({ key: 'assessment.anomalyJump', label: '指标与上期相差几个百分点列为异常', help: '审核成绩时列出，请核对后再发布', schema: z.number().int().min(1).max(100), fallback: 30, scope: 'tenant' })

export const upperWords = defineSetting({ key: 'assessment.upperWords', label: '上级用语对照', help: '上级明细中的单位、诉求类型、来源名称 → 本级的名称；名称相同的不用写', schema: z.record(z.string().max(120), z.string().max(120)), fallback: {}, scope: 'tenant' })

export const assessmentSettings = [upperWords, monthStartDay, appealDays, ownReview, liveForUnits, othersShown, rankFall, anomalyJump]
