// Names of the acts and entries of handling: on buttons, in refusals and on the timeline.

/** Acts as buttons. */
export const handlingActNames: Record<string, string> = {
  requestSuspension: '申请挂起', requestResumption: '申请续办', confirmPromise: '确认承诺', requestPromise: '申请新的承诺日期',
  requestTracking: '申请任务跟踪', reportTracking: '阶段报告', proposeDispute: '提出挂办', adjudicate: '联合审定', joinDispute: '发表审定意见', ruleDispute: '中心裁定',
  markHard: '标为疑难', declareExclusion: '申报剔除', prepareExclusion: '暂存剔除或挂账申报', correctDeclaration: '更正申报',
  markWhistle: '标注吹哨', supplementWhistle: '补哨', blowWhistle: '吹哨', reportIn: '报到', releaseWhistle: '撤回部门', markIndustry: '标注行业归属', objectIndustry: '行业归属异议', openJoint: '发起协同任务', deliverJoint: '协同反馈',
}

/** What stands on the timeline only. */
export const handlingEntryNames: Record<string, string> = {
  ...handlingActNames,
  approveSuspension: '同意挂起', refuseSuspension: '不同意挂起', suspended: '挂起', resumedWork: '续办', approveResumption: '同意续办', refuseResumption: '不同意续办', approvePromise: '同意新的承诺日期', refusePromise: '不同意新的承诺日期',
  approveTracking: '同意任务跟踪', refuseTracking: '不同意任务跟踪', tracked: '转为任务跟踪', trackingMissed: '阶段报告逾期', requestDispute: '提出挂办', approveDispute: '同意挂办', refuseDispute: '不同意挂办', inviteDispute: '邀请部门审定', reassigned: '收回另派', handleHard: '处理疑难工单', returnHard: '退回疑难工单', hardProcess: '设置专项流程', hardStep: '完成专项步骤', instruct: '领导批示',
  requestExclusion: '申报剔除或挂账', approveExclusion: '同意剔除或挂账', refuseExclusion: '不同意剔除或挂账', liftExclusion: '撤销剔除或销账', shelvingExpired: '挂账到期', extendShelving: '延长挂账', repairDeclaration: '修正申报数据', undoDeclarationRepair: '撤销修正申报数据', reviewExclusionDraft: '预审剔除或挂账申报', discardExclusionDraft: '放弃剔除或挂账申报',
  autoDispatchFailed: '自动交办未成', judgeAutoDispatch: '判定自动交办',
  requestInstruction: '提请批示', declineInstruction: '退回提请批示', requestHead: '转主要领导审批', decideHead: '主要领导审批', reportInstruction: '报告批示', closeInstruction: '批示办结', superviseRaise: '督办提级',
  agreeRelease: '同意撤回', correctWhistle: '更正报到部门', endWhistle: '结束吹哨', unmarkWhistle: '取消吹哨标注', whistleLate: '未按时报到', consentMark: '同意行业归属异议', refuseMark: '不同意行业归属异议', ruleMark: '裁定行业归属',
  jointNode: '协同节点完成', remindJoint: '催促协同单位', concludeJoint: '协同任务办结', jointResult: '协同处置结果', endJoint: '取消协同任务', rateJoint: '协同任务评价', jointLate: '协同任务逾期',
  triedInVain: '已尝试联系未成功', contactPromise: '承诺反馈结果',
}

/** Kinds of requests. */
export const requestKindNames: Record<string, string> = { suspension: '挂起', resumption: '续办', promise: '承诺变更', tracking: '任务跟踪', dispute: '挂办', exclusion: '剔除' }
