// Parameters of orders (orders.md Settings). Durations are natural hours unless the name says otherwise.
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

const bool = z.boolean()
const hours = z.number().min(0.1).max(24 * 365)

export const skipReview = defineSetting({ key: 'skipReview', label: '登记后免审核，直接进入待派发', schema: bool, fallback: false, scope: 'tenant' })
export const unitLeaderReview = defineSetting({ key: 'unitLeaderReview', label: '单位反馈须本单位领导审核', schema: bool, fallback: true, scope: 'unit' })
export const copyFields = defineSetting({ key: 'copyFields', label: '再登记一件时带入的字段', schema: z.array(z.string()), fallback: ['appealType', 'title', 'areaCode', 'detailAddress'], scope: 'tenant' })
export const backupInterval = defineSetting({ key: 'backupInterval', label: '表单自动备份间隔（秒）', schema: z.number().int().min(5).max(600), fallback: 15, scope: 'tenant' })
export const backupGenerations = defineSetting({ key: 'backupGenerations', label: '表单备份保留代数', schema: z.number().int().min(1).max(50), fallback: 5, scope: 'tenant' })
export const pickLock = defineSetting({ key: 'pickLock', label: '提取后独占时间（分钟）', schema: z.number().int().min(1).max(600), fallback: 30, scope: 'tenant' })
export const routeMode = defineSetting({ key: 'routeMode', label: '默认派发方式', help: '层层下派或一单到底', schema: z.enum(['levelByLevel', 'straight']), fallback: 'levelByLevel' as const, scope: 'tenant' })
export const assistAfterLead = defineSetting({ key: 'assistAfterLead', label: '主办办结后的协办任务', schema: z.enum(['mustReport', 'autoClose']), fallback: 'mustReport' as const, scope: 'tenant' })
export const verticalRule = defineSetting({ key: 'verticalRule', label: '垂管单位的派发方式', schema: z.enum(['direct', 'upper', 'together']), fallback: 'together' as const, scope: 'tenant' })
export const autoSignDirect = defineSetting({ key: 'autoSign.direct', label: '直派件自动签收（小时）', schema: hours, fallback: 12, scope: 'tenant' })
export const autoSignTransferred = defineSetting({ key: 'autoSign.transferred', label: '转派件自动签收（小时）', schema: hours, fallback: 23, scope: 'tenant' })
export const autoSignOwn = defineSetting({ key: 'autoSign.own', label: '本级工单自动签收（小时）', schema: hours, fallback: 12, scope: 'tenant' })
export const returnWindowHours = defineSetting({ key: 'returnWindow', label: '退回窗口（小时）', schema: hours, fallback: 19, scope: 'tenant' })
export const multiRoundWindow = defineSetting({ key: 'multiRoundWindow', label: '多轮退回窗口（小时）', schema: hours, fallback: 48, scope: 'tenant' })
export const returnReasons = defineSetting({ key: 'returnReasons', label: '退回理由', schema: z.array(z.string().min(1)).min(1), fallback: ['非职责', '已处理', '内容不清'], scope: 'tenant' })
export const returnNeedsUnitLeader = defineSetting({ key: 'returnNeedsUnitLeader', label: '退回申请须本单位领导审核', schema: bool, fallback: true, scope: 'unit' })
export const extensionMax = defineSetting({ key: 'extension.max', label: '每个任务延时次数上限', schema: z.number().int().min(0).max(20), fallback: 1, scope: 'tenant' })
export const attachmentMissing = defineSetting({ key: 'attachmentMissing', label: '缺少必需附件时', help: '提示（可说明理由后办结）或阻止', schema: z.enum(['prompt', 'block']), fallback: 'prompt' as const, scope: 'tenant' })
export const redoMode = defineSetting({ key: 'redoMode', label: '不满意重办方式', schema: z.enum(['sameOrder', 'newLinkedOrder']), fallback: 'sameOrder' as const, scope: 'tenant' })
export const answerWithoutKnowledge = defineSetting({ key: 'answerWithoutKnowledge', label: '可不引用知识直接答复的岗位', schema: z.enum(['shiftLeaderAndReviewer', 'everybody']), fallback: 'shiftLeaderAndReviewer' as const, scope: 'tenant' })
export const ratingPeriodDays = defineSetting({ key: 'rating.period', label: '评价期（天）', help: '办结后诉求人可评价的时间，期满自动归档', schema: z.number().int().min(0).max(90), fallback: 7, scope: 'tenant' })
export const contactMaxAttempts = defineSetting({ key: 'contact.maxAttempts', label: '联系不上的次数上限', schema: z.number().int().min(1).max(20), fallback: 3, scope: 'tenant' })
export const sortingMinutes = defineSetting({ key: 'stage.sortingMinutes', label: '审核派发环节时限（分钟）', schema: z.number().int().min(1).max(10_000), fallback: 30, scope: 'tenant' })

export const orderSettings = [
  skipReview, unitLeaderReview, copyFields, backupInterval, backupGenerations, pickLock, routeMode, assistAfterLead, verticalRule, autoSignDirect, autoSignTransferred, autoSignOwn,
  returnWindowHours, multiRoundWindow, returnReasons, returnNeedsUnitLeader, extensionMax, attachmentMissing, redoMode, answerWithoutKnowledge, ratingPeriodDays, contactMaxAttempts, sortingMinutes,
]
