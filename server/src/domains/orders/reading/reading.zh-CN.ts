// Chinese names of what only reading shows: flags, links, timeline acts, boxes of the unit, columns of exports.
import { handlingEntryNames } from '../requests/requests.zh-CN.ts'
import { actNames } from '../texts.zh-CN.ts'
import type { UnitBox } from './unit-contract.ts'

export const flagNames: Record<string, string> = {
  suspended: '挂起', disputed: '挂办', hard: '疑难', tracking: '跟踪', supervised: '督办', urged: '催办', confidential: '保密', enterprise: '涉企', keyCase: '重点', upperMark: '上级标记', firstCaller: '首次来电', unstable: '不稳定因素', emergency: '突发',
  transferredDown: '已下派下级中心', redo: '重办', redoOrder: '重办新单', reexamine: '待复查', notAttributable: '非单位责任', repeat: '重复诉求', eventMember: '同诉事件集', mergeLead: '并单牵头', appealApproved: '申诉通过', upward: '已上报', transferredAcross: '已转其他中心', closingRejected: '办结驳回', whistle: '吹哨', joint: '协同', instructed: '批示', excluded: '剔除', shelved: '挂账',
}
export const namedFlags = (flags: readonly string[]): { code: string; name: string }[] => flags.map((code) => ({ code, name: flagNames[code] ?? code }))

export const linkNames: Record<string, string> = { sameCall: '同一来电', repeat: '重复诉求', redo: '重办', directPair: '直派转派对应', merged: '并单', eventMember: '事件集成员', upDown: '上下级', supplement: '追加' }

const timelineActs: Record<string, string> = {
  fastTrack: '快速通道处置', markKeyCase: '标记重点案件', markSpecial: '上级特殊标记', cancelKeyMark: '取消标记', nodePush: '环节推送',
  setProfile: '标注专项类型', profileValues: '填写专项字段', approveProfileValues: '专项字段审核通过', returnProfileValues: '专项字段退回更正', leaveQueue: '专班无人值守转出',
  proofread: '受理校对', prioritise: '调整优先级',
  label: '标签', note: '内部备注',
  duplicateCheck: '判重', joinSet: '加入事件集', leaveSet: '移出事件集', carry: '随事件集办理', carriedResult: '事件集统一答复', uncarry: '恢复单独办理', setNotice: '通报进展', merge: '并单', unmerge: '取消并单', mergeLead: '并入工单', mergeUndone: '成员恢复', answeredWithLead: '随牵头工单答复',
  register: '登记', receiveTransfer: '接收上级派单', autoSign: '系统自动签收', acceptFeedback: '反馈审核通过', sendBackFeedback: '反馈退回修改', resultReady: '结果上报', requestReturn: '申请退回', decideReturn: '审核退回申请', returned: '退回获批',
  requestExtension: '申请延时', decideExtension: '审批延时', extension: '延时', cancelRequest: '撤回申请', callbackSatisfied: '回访满意', callbackGivenUp: '回访未接通', callbackDissatisfied: '回访不满意', callbackNotAttributable: '认定非单位责任',
  callbackNotStated: '回访未表态', askReexamination: '不满意待复查', reexamine: '不满意复查', redoAsNew: '转新单重办', dissatisfiedKept: '复查维持办理结果', callback: '回访', redo: '重办', reopen: '不满意重办', archive: '归档', appealApproved: '申诉通过', transferReturned: '下级中心退回', urge: '催办', yellowCard: '黄牌', redCard: '红牌', supervise: '督办', import: '导入', rate: '诉求人评价',
  transfer: '下派下级中心', transferUp: '上报上级中心', transferAcross: '转往其他中心', turnBack: '退回转来中心', answerUp: '答复并返回转来中心', returnToDesk: '退回重新派发', rejectClosing: '驳回办结', correctClosing: '更正办结', secondHandling: '二次办理',
  requestAppeal: '提交不满意申诉', approveAppeal: '申诉获批', refuseAppeal: '申诉未获批', requestReturnReset: '申请重开退回', approveReturnReset: '同意重开退回', refuseReturnReset: '不同意重开退回', requestReport: '提交办理报告', approveReport: '办理报告获批', refuseReport: '办理报告退回修改',
  signUpper: '签收上级来单', autoSignUpper: '自动签收上级来单', returnUpward: '退回上级平台', directPair: '识别为直派退回后的转派件',
  correctFeedback: '领导更正后通过', correctReturn: '领导更正退回申请', upperAccepted: '转来中心复核通过', autoAccept: '系统通过结果审核',
  requestWithdrawal: '申请撤单', approveWithdrawal: '同意撤单', refuseWithdrawal: '不同意撤单',
  leaderApprovesReturn: '单位领导同意退回', leaderRefusesReturn: '单位领导不同意退回', toArbitration: '提交仲裁', toAdjudication: '转联合审定', approveReturn: '同意退回', refuseReturn: '不同意退回', centreTakes: '中心接手办理', reportUp: '结果上报上级', approveExtension: '同意延时', refuseExtension: '不同意延时',
  callbackAttempt: '回访呼叫', poolAsked: '申请中心抽访', ratingAnswered: '评价处理', poolAnswered: '抽访', poolMissed: '抽访未接通', poolSkipped: '跳过抽访', callbackForm: '短信回访', callbackRecorded: '回访记录', replySupervision: '答复督办', superviseClose: '督办结案', superviseReturn: '督办退回', answerUrge: '答复催办', upperUrgeNotice: '登记上级催办告知单',
}
export const timelineActName = (act: string): string => actNames[act] ?? timelineActs[act] ?? handlingEntryNames[act] ?? act

export const boxNames: Record<UnitBox, string> = { toSign: '待签收', handling: '办理中', toApprove: '待领导审核', toAccept: '下级待审', reported: '已上报待化解', redo: '不满意重办', rejected: '办结被驳回', owed: '协办欠报', children: '下级办理', open: '在办', done: '已办结' }

/** Columns that the export of orders offers, in the list's order. */
export const orderColumns: Record<string, string> = {
  number: '工单号', title: '标题', stateName: '状态', urgencyName: '紧急程度', appealTypeName: '诉求类型', channelName: '来源渠道', requesterName: '诉求人', contactPhoneMask: '联系电话', areaName: '区划', address: '地点', matterName: '诉求事项',
  leadUnitName: '主办单位', round: '轮次', flags: '标记', clockName: '最近时钟', clockDueAt: '到期时间', registeredAt: '登记时间', registeredByName: '登记人', occurredAt: '发生时间', dispatchedAt: '派发时间', closedAt: '办结时间', closeKindName: '办结方式', urgeCount: '催办次数',
  returnCount: '退回次数', supplementCount: '追加次数', content: '内容', reply: '答复内容',
}
export const unitColumns: Record<string, string> = {
  number: '工单号', title: '标题', stateName: '任务状态', orderStateName: '工单状态', urgencyName: '紧急程度', appealTypeName: '诉求类型', requesterName: '诉求人', contactPhoneMask: '联系电话', areaName: '区划', address: '地点', matterName: '诉求事项', unitName: '承办单位',
  roleName: '角色', round: '轮次', handlerName: '承办人', dispatchedAt: '派发时间', signedAt: '签收时间', dueAt: '办理时限', doneAt: '反馈时间', clockName: '最近时钟', flags: '标记', content: '内容', result: '办理结果',
}
export const timelineColumns = { at: '时间', stage: '环节', act: '操作', actor: '操作人', unit: '单位', text: '内容', changes: '变更', files: '附件', took: '距上一步' } as const
