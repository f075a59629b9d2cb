// Parameters of orders (orders.md Settings). Durations are natural hours unless the name says otherwise.
import { z } from 'zod'
import { defineSetting, type Setting } from '../../kernel/settings.ts'

const bool = z.boolean()
const hours = z.number().min(0.1).max(24 * 365)

export const OWN_SYSTEM = '本系统'
export const registrationSources = defineSetting({ key: 'order.registrationSources', label: '登记来源', help: '来访来信登记时必选：本系统，或事项所来自的上级系统', schema: z.array(z.string().trim().min(1).max(40)).min(1).max(50), fallback: [OWN_SYSTEM, '国家信访信息系统', '省信访信息系统'], scope: 'tenant' })
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
export const upperReturnWindow: Setting<number> = defineSetting({
  key: 'upperReturnWindow', label: '上级平台退回窗口（小时）', help: '本级退回窗口必须更短', schema: hours, fallback: 24, scope: 'tenant',
  check: async (value, read) => (value > (await read(returnWindowHours)) ? null : `须长于本级退回窗口（${await read(returnWindowHours)} 小时），请先改短本级退回窗口`),
})
export const returnWindowHours: Setting<number> = defineSetting({
  key: 'returnWindow', label: '退回窗口（小时）', schema: hours, fallback: 19, scope: 'tenant',
  check: async (value, read) => (value < (await read(upperReturnWindow)) ? null : `须短于上级平台的退回窗口（${await read(upperReturnWindow)} 小时）`),
})
export const multiRoundWindow = defineSetting({ key: 'multiRoundWindow', label: '多轮退回窗口（小时）', schema: hours, fallback: 48, scope: 'tenant' })
export const returnReasons = defineSetting({ key: 'returnReasons', label: '退回理由', schema: z.array(z.string().min(1)).min(1), fallback: ['非职责', '已处理', '内容不清'], scope: 'tenant' })
export const returnNeedsUnitLeader = defineSetting({ key: 'returnNeedsUnitLeader', label: '退回申请须本单位领导审核', schema: bool, fallback: true, scope: 'unit' })
export const extensionMax = defineSetting({ key: 'extension.max', label: '每个任务延时次数上限', schema: z.number().int().min(0).max(20), fallback: 1, scope: 'tenant' })
export const attachmentMissing = defineSetting({ key: 'attachmentMissing', label: '缺少必需附件时', help: '提示（可说明理由后办结）或阻止', schema: z.enum(['prompt', 'block']), fallback: 'prompt' as const, scope: 'tenant' })
export const answerWithoutKnowledge = defineSetting({ key: 'answerWithoutKnowledge', label: '可不引用知识直接答复的岗位', schema: z.enum(['shiftLeaderAndReviewer', 'everybody']), fallback: 'shiftLeaderAndReviewer' as const, scope: 'tenant' })
export const ratingPeriodDays = defineSetting({ key: 'rating.period', label: '评价期（天）', help: '办结后诉求人可评价的时间，期满自动归档', schema: z.number().int().min(0).max(90), fallback: 7, scope: 'tenant' })
export const contactMaxAttempts = defineSetting({ key: 'contact.maxAttempts', label: '联系不上的次数上限', schema: z.number().int().min(1).max(20), fallback: 3, scope: 'tenant' })
const stageMinutes = z.number().int().min(1).max(10_000)
export const signingMinutes = defineSetting({ key: 'stage.signingMinutes', label: '签收环节时限（分钟）', help: '上级来单到达后须在此时间内签收，超过即计为环节超时', schema: stageMinutes, fallback: 120, scope: 'tenant' })
export const reviewMinutes = defineSetting({ key: 'stage.reviewMinutes', label: '审核环节时限（分钟）', help: '登记提交后须在此时间内审核，超过即计为环节超时', schema: stageMinutes, fallback: 120, scope: 'tenant' })
export const sortingMinutes = defineSetting({ key: 'stage.sortingMinutes', label: '派发环节时限（分钟）', help: '到待派发后须在此时间内派出，超过即计为环节超时', schema: stageMinutes, fallback: 30, scope: 'tenant' })
export const callbackHours = defineSetting({ key: 'stage.callbackHours', label: '回访环节时限（小时）', help: '办结待回访的工单须在此时间内完成回访，超过即计为环节超时；留空不设', schema: z.number().min(0.5).max(24 * 60).nullable(), fallback: null as number | null, scope: 'tenant' })

export const withdrawClasses = defineSetting({ key: 'withdrawClasses', label: '撤单理由', schema: z.array(z.string().trim().min(1).max(40)).min(1).max(20), fallback: ['诉求人撤回', '问题已解决', '重复反映', '诉求人放弃', '登记有误', '不属于受理范围', '其他'], scope: 'tenant' })
export const withdrawalApproval = defineSetting({ key: 'withdrawalApproval', label: '撤单须审批', help: '开启后撤单先成为申请，由另一人审批通过才生效；诉求人自己撤单不受影响', schema: bool, fallback: false, scope: 'tenant' })

export const transferAcross = defineSetting({ key: 'transfer.across', label: '可转往其他热线中心', help: '关闭后只能下派下级中心或上报上级中心', schema: bool, fallback: true, scope: 'tenant' })
export const upperCheckShare = defineSetting({ key: 'upperCheckShare', label: '上级复核比例（%）', help: '转出工单结果返回后须复核的比例，其余自动通过', schema: z.number().int().min(0).max(100), fallback: 100, scope: 'tenant' })
export const upperCheckTypes = defineSetting({ key: 'upperCheckTypes', label: '总是复核的诉求类型', help: '诉求类型代码；列出的类型不受复核比例限制', schema: z.array(z.string().max(30)).max(20), fallback: [], scope: 'tenant' })
export const subCentreAnswers = defineSetting({ key: 'subCentreAnswers', label: '分中心自行办结答复', help: '派给分中心的工单由其审核通过后直接答复诉求人，不再经中心结果审核', schema: bool, fallback: true, scope: 'tenant' })
export const unitClosingRoute = defineSetting({ key: 'unitClosingRoute', label: '上级直派件的办结去向', help: '单位领导审核通过后送中心结果审核，或直接报送上级平台', schema: z.enum(['centre', 'upper']), fallback: 'upper' as const, scope: 'tenant' })

export const clockDuringReturnReview = defineSetting({ key: 'clockDuringReturnReview', label: '退单审核期间的办理时限', schema: z.enum(['runs', 'pauses']), fallback: 'runs' as const, scope: 'tenant' })
export const returnResetValidity = defineSetting({ key: 'returnResetValidity', label: '退回重开有效时间（小时）', schema: hours, fallback: 4, scope: 'tenant' })
export const reDispatchBar = defineSetting({ key: 'reDispatchRestriction', label: '退回获批的单位再次派发', help: '主办、协办都限制，只限制主办，或不限制；受限的单位须写明理由才能再选', schema: z.enum(['leadAndAssist', 'lead', 'none']), fallback: 'leadAndAssist' as const, scope: 'tenant' })
export const reDispatchPreselect = defineSetting({ key: 'reDispatchPreselect', label: '退回被驳回的单位在下次派发时预先选为主办', schema: bool, fallback: true, scope: 'tenant' })
export const directRatioLimit = defineSetting({ key: 'directRatio.limit', label: '直派件退回比例上限（%）', help: '按自然月统计；留空不限', schema: z.number().min(0).max(100).nullable(), fallback: null as number | null, scope: 'tenant' })
export const directRatioWarnAt = defineSetting({ key: 'directRatio.warnAt', label: '退回比例预警线（上限的 %）', schema: z.number().int().min(1).max(100), fallback: 80, scope: 'tenant' })
export const directRatioOnExcess = defineSetting({ key: 'directRatio.onExcess', label: '退回比例超限时', schema: z.enum(['warn', 'block']), fallback: 'warn' as const, scope: 'tenant' })
export const reportTemplate = defineSetting({ key: 'reportTemplate', label: '办理报告模板', help: '可用占位：{工单号} {标题} {内容} {单位} {签收时间} {日期} {办理结果} {依据}', schema: z.string().min(1).max(5000), fallback: '一、诉求基本情况\n工单 {工单号}：{标题}。{内容}\n\n二、办理过程\n{单位}于 {签收时间} 签收，\n\n三、办理结果\n{办理结果}\n\n四、办理依据\n{依据}\n\n五、下一步工作\n\n{单位}\n{日期}', scope: 'tenant' })

export const orderSettings = [
  skipReview, registrationSources, unitLeaderReview, copyFields, backupInterval, backupGenerations, pickLock, routeMode, assistAfterLead, verticalRule, autoSignDirect, autoSignTransferred, autoSignOwn,
  returnWindowHours, multiRoundWindow, returnReasons, returnNeedsUnitLeader, extensionMax, attachmentMissing, answerWithoutKnowledge, ratingPeriodDays, contactMaxAttempts, signingMinutes, reviewMinutes, sortingMinutes, callbackHours, withdrawClasses, withdrawalApproval,
  transferAcross, upperCheckShare, upperCheckTypes, subCentreAnswers, unitClosingRoute, clockDuringReturnReview, reDispatchBar, reDispatchPreselect, returnResetValidity, upperReturnWindow, directRatioLimit, directRatioWarnAt, directRatioOnExcess, reportTemplate,
]
