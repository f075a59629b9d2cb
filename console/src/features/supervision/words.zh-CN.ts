// Texts of supervision beyond clocks and cards: tasks by hand, rules, alerts, instructions, inspection, statistics.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  supervise: '发起督办',
  superviseN: '督办 {n} 件工单',
  orders: '督办工单',
  'f.unit': '责任单位', 'f.unitHelp': '只列承办所选全部工单的单位', 'f.level': '督办级别', 'f.replyDue': '答复时限', 'f.demand': '督办要求', 'f.description': '情况说明', 'f.violation': '涉嫌问题', 'f.violationHelp': '如推诿、拖延、敷衍', 'f.opinion': '督办意见', 'f.judgement': '意见', 'f.supervisor': '督办员', 'f.files': '附件', 'f.content': '内容', 'f.reason': '理由', 'f.progress': '进展', 'f.evaluation': '监督评价',
  'superviseDone': '已发起督办', 'superviseNotice': '单位承办人员和领导将收到：{text}', superviseNone: '所选工单没有共同的承办单位，不能合并督办', noOrders: '请先选工单',
  pickOrder: '工单号', pickOrderHelp: '多件用空格分开', orderUnknown: '没有找到工单 {number}',
  good: '好', fair: '一般', poor: '差',
  acknowledge: '签收', progress: '报告进展', reply: '答复', close: '结案或退回', transfer: '转派', raise: '提级', remind: '督促', appeal: '申诉', decideAppeal: '裁定申诉',
  raiseNotice: '提到上一级后答复时限重新计算，下级仍可查看', transferNotice: '新督办员可看到全部过程', appealNotice: '只有两种理由，且只能申诉一次；成立的不计入考核，仍可查看', ground: '申诉理由', concluded: '工单已办结', notDue: '督办时限未到', uphold: '成立', refuse: '不成立', ruling: '裁定意见',
  done: '已{act}', appealOf: '申诉', appeals: '督办申诉', card: '红黄牌', task: '督办任务', noAppeals: '没有这类申诉', decided: '裁定', appealed: '申诉时间', applicant: '申诉人', object: '对象',
  moreOrders: '等 {n} 件', void: '已作废', firstHours: '首次响应 {n} 小时', raised: '提级 {n} 次', pool: '待分配', mine: '我负责的', supervisorCol: '督办员', source: '来源', evaluation: '评价', taskOrders: '督办的工单', print: '打印',
  auto: '系统自动', manual: '人工', instruction: '领导批示', warning: '预警事件', period: '发起日期', level: '级别',

  alerts: '预警响应', findings: '自动巡检', hit: '预警', rule: '规则', kind: '类别', found: '触发时间', told: '已提醒', toldN: '{n} 次', recipients: '接收人', measure: '措施', result: '结果', responded: '响应', ended: '结束', current: '条件仍成立', acknowledgeHit: '知晓', answerHit: '登记措施', cause: '原因和措施', openHits: '未响应', answeredHits: '已响应', closedHits: '已结束', noHits: '没有这类记录', hitRate: '响应率', hitStats: '响应率与超期率', overdueRate: '超期率', month: '月份', hitCount: '次数',
  'kind.dispatch': '派单签收', 'kind.attachments': '附件', 'kind.replies': '反馈', 'kind.supervised': '督办件', 'kind.urged': '催办件', 'kind.flow': '流转', 'kind.upper': '上级件',

  lists: '考核前提醒', listsHint: '点清单看工单；数字即清单行数', noList: '没有提醒清单', listRows: '清单',

  instructions: '领导批示', issue: '批示', request: '提请批示', answerRequest: '作出批示', report: '报告落实', closeInstruction: '办结', leader: '批示领导', words: '批示内容', urgency: '紧急程度', units: '落实单位', reportDue: '报告时限', issued: '批示时间', requested: '提请', hidden: '（批示内容不在您的查看范围）', noInstructions: '没有这类批示', overdueReports: '逾期未报告', 'i.requested': '待批示', 'i.issued': '待报告', 'i.reported': '已报告', 'i.closed': '已办结', 'i.declined': '已退回', declined: '退回理由', declineRequest: '退回提请', inSteps: '逐级批示（从值班领导起）', requestNotice: '逐级提请先由值班领导批示，不能决定的上送中心领导；已办结的工单为送阅', instructionToDesk: '没有承办单位：批示给派发岗（疑难工单岗）和督办员；已办结的工单为批阅，不需报告', toDesk: '中心岗位', stepNow: '（待批示）', toHead: '转主要领导', headNotice: '主要领导批示并指定一个承办单位：现有单位的任务收回，工单派给指定单位，该单位不能再以非职责退回', decideHead: '批示并指定单位', headUnit: '指定承办单位', passOn: '上送', passWords: '意见', normal: '一般', urgent: '紧急', major: '重大', owed: '未报告', requestWords: '提请事由', instructionNotice: '批示只给所选单位和有权查看的人员；其他人只见“批示”标记', allInstructions: '全部', matters: '按事项',

  focus: '关注事项', follow: '关注', unfollow: '取消关注', leaders: '领导关注', noFocus: '没有关注的工单', noFocusHint: '在工单的“督办”页点“关注”，或在这里按工单号添加；状态变化会提醒', addFocus: '添加关注', followed: '{names} 关注此工单', note: '备注', since: '关注时间', myFocus: '我的关注',

  cases: '督查案件', case: '督查案件', sources: '待督查案源', pick: '加入案源库', pickReason: '入库理由', newCase: '督查立项', usedSources: '已立项', caseTitle: '案件标题', caseDemand: '督查要求', caseDue: '办理时限', caseApproval: '立项审批', approveIt: '批准', returnIt: '退回修改', passUp: '上报', decide: '审批', revise: '修改报批', material: '补充材料', reportCase: '报告办理情况', superviseCase: '督办', returnCase: '退回', reportUp: '汇报', opinionIssue: '发督查意见', recipient: '单位领导', closeCase: '结案', solved: '已解决', notSolved: '未解决', judged: '判定', caseOrders: '涉及工单', caseSteps: '办理过程', owedMaterial: '欠补充材料', noCases: '没有督查案件', noSources: '案源库是空的', drop: '移出', picked: '入库', late: '迟报', caseState: '状态', 'c.pending': '待审批', 'c.returned': '退回修改', 'c.handling': '办理中', 'c.reported': '待判定', 'c.closed': '已结案', orderCount: '工单数', pickedN: '已加入 {n} 件', fromSources: '用所选 {n} 件立项', approvalHint: '批准前责任单位看不到本案',

  rules: '督办规则', ruleOf: '规则', templates: '模板', newRule: '新建规则', newTemplate: '新建模板', copyRule: '复制', removeRule: '删除', enableRule: '生效', stopRule: '停用', editRule: '修改', ruleName: '规则名称', effect: '作用', 'e.task': '自动督办', 'e.alert': '预警提醒', 'e.finding': '自动巡检', 'e.list': '考核前提醒', conditions: '条件（同时成立）', addCondition: '添加条件', text: '要求或提示', replyHours: '答复时限（小时）', to: '提醒对象', channels: '渠道', repeatHours: '重复间隔（小时）', repeatHelp: '未响应时重复；空为只提醒一次', findingKind: '巡检类别', audience: '给', centre: '热线中心', unitAudience: '责任单位',
  handlers: '承办人员', unitLeaders: '单位领导', supervisors: '督办员', dispatchDesk: '派发岗', reviewers: '审核岗', system: '系统消息', sms: '短信', test: '模拟测试', tryPast: '历史试运行', tryDays: '最近天数', tryStarted: '已开始试运行，结束后在此显示', tests: '测试记录', versions: '版本', simulated: '模拟工单', past: '历史工单', passed: '通过', failed: '未通过', firesYes: '触发', firesNo: '不触发', examined: '{n} 件中会触发 {m} 件（{p}%）', wouldFire: '会触发的工单', ruleState: '状态', testState: '最新版', ruleNone: '没有规则', testFirst: '生效前须通过模拟测试和历史试运行', expected: '应当', actual: '实际', runTest: '按建议用例测试', suggestHint: '每项条件各取刚好满足和刚好不满足的工单；请核对是否应当触发', enableText: '“{name}”生效后，新满足条件的工单按此规则处理；在办任务仍按原版本。', stopText: '停用“{name}”后不再触发，未结束的提醒随之结束。', removeText: '删除“{name}”？', copyName: '{name}（副本）', version: '第 {n} 版', effective: '生效', updated: '更新', any: '不限', value: '值', factPick: '选择条件项', op: '比较', in: '属于', notIn: '不属于', hours: '小时', days: '天', workingHours: '工作小时', workingDays: '工作日', codes: '代码，逗号分开', yes: '是', no: '否',

  statistics: '督办统计', 's.type': '按类型', 's.area': '按区划', 's.unit': '按单位', 's.level': '按级别', 's.source': '按来源', 's.month': '按月', total: '总数', onTime: '按期结案', lateClosed: '逾期结案', openTasks: '未结案', overdueTasks: '逾期未答复', raisedTasks: '提级', onTimeRate: '按期率', overdueShare: '逾期率', firstResponse: '平均首次响应（小时）', firstLate: '首次响应超时', noStatistics: '这段时间没有督办任务', statSummary: '{from} 至 {to}，督办 {n} 件，按期率 {rate}', yellowCards: '黄牌', redCards: '红牌', voidCards: '作废的牌', supervisedOrders: '督办过的工单', redoneOrders: '其中回访后重办', until: '至', definition: '发起日期在所选期间的督办任务；申诉成立而作废的不计入比率', thisMonth: '本月', lastMonth: '上月', last90: '近 90 天', hoursOf: '{n} 小时',

  duties: '督办员分工', addDuty: '新增分工', area: '区划', types: '诉求类型', person: '督办员', absent: '已无权限', noDuties: '还没有分工，自动督办任务进入分配池', allAreas: '全部区划', allTypes: '全部类型', dutyHint: '按级别、区划、诉求类型找最具体的一条；找不到的任务进入分配池并提醒管理员', removeDuty: '删除',
  stageHours: '{stage}环节时限（小时）', stagePerson: '超时提醒', 'stage.acknowledge': '签收', 'stage.reply': '答复', 'stage.close': '审核结案', 'stagePerson.handlers': '经办人员', 'stagePerson.unitLeaders': '单位领导', 'stagePerson.supervisor': '督办员', 'stagePerson.managers': '督办管理人员', stageLimits: '环节时限', stageDue: '{time} 前', stageLate: '已超时', stageWaits: '未开始', compareWith: '对比', 'compare.previous': '上期', 'compare.lastYear': '去年同期', 'compare.none': '不对比', beforeWas: '{from} – {to}：{value}', 's.quarter': '按季度', raisedRate: '提级率', openRate: '未结率',
  board: '督导', periodFigures: '本期', allClocks: '全部时钟', monthPick: '月份', clock: '时钟', exportHint: '导出各清单', currentFigures: '此刻', appealCard: '申诉此牌',
  notYet: '尚未开始',
  pendingAppeal: '待裁定', levelN: '第 {n} 级', fact: '条件项',
  'rail.watch': '盯时限', 'rail.act': '催办督办', 'rail.leaders': '领导', 'rail.figures': '统计', 'rail.setup': '设置',
  events: '预警事件督办', noEvents: '没有这类预警事件', noEventsHint: '同诉事件集达到设定件数、工单标记为突发事件或不稳定因素时列在这里，由“参与的规则”决定', eventRules: '参与的规则', eventRulesPick: '参与督办的预警规则', eventRulesHint: '不选任何一条即全部参与；事件集成为预警的件数在“系统设置—督办”中设定', 'event.number': '事件编号', 'event.level': '等级', 'event.rule': '预警规则', 'event.raised': '预警时间', 'event.leader': '同时提请领导批示', 'event.awaiting': '待督办', 'event.open': '督办中', 'event.replied': '已答复', 'event.closed': '已结案',
  limits: '时限看板', levelNames: '热线中心、省级、市级、县区级、乡镇街道、村社区', limitsHint: '点名称缩小范围，点数字看清单', clearNarrow: '取消筛选', noLimits: '没有在办的时钟', 'by.urgency': '按紧急程度', 'by.level': '按层级', 'by.industry': '按行业', 'by.category': '按归口', 'l.running': '在办', 'l.inTime': '正常', 'l.near': '临期', 'l.overdue': '超期', 'l.paused': '暂停', limitReport: '时限报告', limitReportHint: '{from} 至 {to} 到期的时钟；超期为到期后才办结或仍未办结，超期率 = 超期 ÷ 到期', noReport: '这段时间没有到期的时钟', 'r.due': '到期', 'r.closed': '已办结', 'r.overdue': '超期', averageHours: '平均办理时长',
  orderTab: '督办办理',
  noSupervision: '没有督办、批示和预警',
} as const

export const w = defineTexts(zh)
