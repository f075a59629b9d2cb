// Names of facts, effects and findings.
export const factNames: Record<string, string> = {
  overdue: '办理超期', dueIn: '距办理到期', stageOverdue: '中心环节超时', stageDueIn: '距中心环节到时', signOverdue: '签收超时', signDueIn: '距签收到时', upperOverdue: '上级时限超期', upperDueIn: '距上级到期', unsigned: '派发未签收', noContact: '签收未联系诉求人', stayed: '同一单位停留', urgeOwed: '催办未答复', replyOwed: '督办未首次答复',
  suspended: '挂起后无进展', resumed: '续办后未办理', returns: '退单次数', urges: '催办次数', complaints: '催办和追加次数', redone: '不满意重办次数', dispatches: '派发次数', toAndFro: '派给同一单位次数', replyLength: '反馈字数', replyFiles: '反馈附件数', barredUnit: '派给已退回的单位', unitSatisfaction: '主办单位本月满意率（%）',
  state: '工单状态', appealType: '诉求类型', urgency: '紧急程度', subjectKind: '诉求主体', channel: '渠道', dispatchKind: '来件方式', matter: '诉求事项', flags: '工单标记', area: '区划', unit: '主办单位（含下级）',
}
export const flagChoices = Object.entries({ suspended: '挂起', disputed: '挂办', hard: '疑难', tracking: '跟踪', supervised: '督办', urged: '催办', repeatUrged: '重复催办', instructed: '批示', enterprise: '涉企', keyCase: '重点', firstCaller: '首次来电', unstable: '不稳定因素', emergency: '突发' }).map(([value, name]) => ({ value, name }))
export const effectNames: Record<string, string> = { task: '自动督办', alert: '预警提醒', finding: '自动巡检', list: '考核前提醒' }
export const findingNames: Record<string, string> = { dispatch: '派单签收', attachments: '附件', replies: '反馈', supervised: '督办件', urged: '催办件', flow: '流转', upper: '上级件' }
export const ruleStateNames: Record<string, string> = { draft: '草稿', effective: '生效', stopped: '已停用' }
export const versionStateNames: Record<string, string> = { draft: '未测试', passed: '测试通过', failed: '测试未通过', effective: '生效', retired: '已替换' }
export const hitStateNames: Record<string, string> = { open: '未响应', answered: '已响应', closed: '已结束' }
export const ENDED_BY_ITSELF = '条件已不成立，自动结束'
export const ENDED_BY_RULE = '规则已停用'
