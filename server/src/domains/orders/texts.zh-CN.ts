// Chinese names of the order module's codes, for refusals, timeline, exports and messages.
import type { OrderState, PublicState } from './order.ts'
import type { AssignmentRole, AssignmentState } from './assignment.ts'

export const stateNames: Record<OrderState, string> = {
  draft: '暂存', pendingReview: '待审核', pendingDispatch: '待派发', inProgress: '办理中', pendingResultReview: '待结果审核', pendingCallback: '待回访',
  closed: '已办结', archived: '已归档', withdrawn: '已撤单', merged: '已并单',
}
export const publicStateNames: Record<PublicState, string> = { accepted: '待受理', handling: '处置中', done: '已办结', withdrawn: '已撤单' }
export const assignmentStateNames: Record<AssignmentState, string> = { pendingSign: '待签收', handling: '办理中', pendingReport: '待审核上报', done: '已反馈', returned: '已退回', cancelled: '已取消' }
export const roleNames: Record<AssignmentRole, string> = { lead: '主办', assist: '协办', parallel: '并行', section: '下级办理' }
export const appealTypeNames: Record<string, string> = { consultation: '咨询', help: '求助', complaint: '投诉', report: '举报', suggestion: '建议', praise: '表扬', other: '其他' }
export const urgencyNames: Record<string, string> = { normal: '普通', urgent: '紧急', major: '重大' }
export const clockNames: Record<string, string> = { stage: '环节', sign: '签收', firstContact: '首次联系', response: '响应', handling: '办理', resultReview: '结果审核', upper: '上级时限', ownEarlier: '本级时限', tracking: '阶段报告' }
export const closeKindNames: Record<string, string> = { answered: '直接答复', handled: '办理完成', notReached: '回访未接通', appealApproved: '申诉通过', notAttributable: '非单位责任', notStated: '回访未表态', returnedUpward: '退回上级', redone: '转新单重办', dissatisfiedKept: '复查维持' }
export const channelNames: Record<string, string> = { phone: '电话', portal: '门户网站', officialAccount: '公众号', miniProgram: '小程序', app: 'APP', qr: '二维码', chat: '在线客服', letter: '来信', visit: '来访', unit: '单位自采', connector: '外部平台', import: '批量导入' }

/** Verbs of the acts, as used on buttons and in refusals. */
export const actNames: Record<string, string> = {
  edit: '修改', submit: '提交', passReview: '审核通过', returnToAgent: '退回补正', answer: '直接答复', dispatch: '派发', recall: '取回', transfer: '转往其他中心', turnBack: '退回转来中心', appeal: '不满意申诉', requestReturnReset: '申请重开退回', writeReport: '办理报告', signUpper: '签收上级来单', returnUpward: '退回上级', rejectClosing: '驳回办结', correctClosing: '更正办结', secondHandling: '二次办理', withdraw: '撤单', supplement: '追加', urge: '催办',
  acceptResult: '结果审核通过', returnResult: '退回重新办理', sign: '签收', handDown: '下派', feedback: '办理反馈', progress: '反馈进展', accept: '审核通过', sendBack: '退回修改', takeBack: '取回', requestReturn: '申请退回', requestExtension: '申请延时',
  unitMerged: '承办单位合并', decideReturn: '审核退回申请', decideWithdrawal: '审批撤单', contact: '登记联系', reveal: '查看联系方式', pick: '提取', release: '释放', prioritise: '调整优先级',
}

export const dispatchFaults = {
  noUnit: '请选择承办单位', twoLeads: '主办单位只能有一个', noLead: '请指定一个主办单位', mixedRoles: '并行办理不能与主办、协办混用', unitTwice: '同一单位不能重复选择', oneParallel: '并行办理至少选择两个单位',
} as const
