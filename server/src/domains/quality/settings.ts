// Parameters of inspection (quality.md Settings). Points, pass and grades are the sheet's own; ratios and modes the plan's.
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const stages = defineSetting({ key: 'quality.stages', label: '质检环节数', help: '1 只有初检；2 不合格或人机差异大的进入复检；3 复检与初检仍有大差异的进入终审', schema: z.number().int().min(1).max(3), fallback: 3, scope: 'tenant' })
export const deviation = defineSetting({ key: 'quality.deviation', label: '人机或前后两次评分相差多少分视为异常', schema: z.number().int().min(1).max(100), fallback: 20, scope: 'tenant' })
export const appealPreset = defineSetting({ key: 'quality.appeal.preset', label: '质检申诉流程', help: 'A 主管审核后复评；B 质检组复听打分、本人重新评分、组长审批', schema: z.enum(['A', 'B']), fallback: 'A' as const, scope: 'tenant' })
export const appealWindow = defineSetting({ key: 'quality.appeal.window', label: '质检申诉期（工作日）', schema: z.number().int().min(1).max(60), fallback: 5, scope: 'tenant' })
export const appealMost = defineSetting({ key: 'quality.appeal.max', label: '同一结果可申诉次数', schema: z.number().int().min(1).max(5), fallback: 1, scope: 'tenant' })
export const goodFrom = defineSetting({ key: 'quality.goodCase.minScore', label: '优秀录音推荐分数线', schema: z.number().int().min(1).max(1000), fallback: 95, scope: 'tenant' })
export const warnBelow = defineSetting({ key: 'quality.warningCase.maxScore', label: '警示案例推荐分数线', schema: z.number().int().min(0).max(1000), fallback: 60, scope: 'tenant' })
export const liveAlerts = defineSetting({ key: 'quality.alert.on', label: '通话中实时预警', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const warningOn = defineSetting({ key: 'quality.warning.on', label: '办理质量预警', help: '筛查得分低于标准的办结工单自动预警，站内信和短信通知经办人与单位负责人', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const warningStandard = defineSetting({ key: 'quality.warning.standard', label: '办理质量标准（筛查得分）', help: '低于此分即预警；调高后，达不到新标准的另行预警', schema: z.number().int().min(1).max(100), fallback: 60, scope: 'tenant' })
export const warningDays = defineSetting({ key: 'quality.warning.days', label: '只预警最近几天办结的工单', schema: z.number().int().min(1).max(90), fallback: 7, scope: 'tenant' })
export const highRiskKinds = defineSetting({ key: 'quality.highRisk.kinds', label: '必须由人复核的高风险对象', help: 'complaint 投诉类工单，dispute 有争议的工单，serious 机检严重问题或通话中的严重预警；先机检后人检时，不论得分一律转人工', schema: z.array(z.enum(['complaint', 'dispute', 'serious'])).max(3), fallback: ['complaint', 'dispute', 'serious'], scope: 'tenant' })
export const precedence = defineSetting({ key: 'quality.result.precedence', label: '人机都评分时以谁为准', help: 'human 以人工为准，machine 以机检为准；两个分数和差值都保留，更正和申诉不受此限', schema: z.enum(['human', 'machine']), fallback: 'human' as const, scope: 'tenant' })
export const defaultMode = defineSetting({ key: 'quality.mode.default', label: '新建质检计划的默认方式', help: 'machineFirst 先机检后人检，parallel 人机并行，personOnly 仅人工，machineOnly 仅机检', schema: z.enum(['machineFirst', 'parallel', 'personOnly', 'machineOnly']), fallback: 'machineFirst' as const, scope: 'tenant' })
export const alertGrades = defineSetting({ key: 'quality.alert.grades', label: '通话实时预警的等级', help: 'light 轻微（只提醒座席），serious 严重（同时告知值班长）；不在其中的不记录、不提醒', schema: z.array(z.enum(['light', 'serious'])).min(1).max(2), fallback: ['light', 'serious'], scope: 'tenant' })
export const qualitySettings = [highRiskKinds, precedence, defaultMode, alertGrades, stages, deviation, appealPreset, appealWindow, appealMost, goodFrom, warnBelow, liveAlerts, warningOn, warningStandard, warningDays]
