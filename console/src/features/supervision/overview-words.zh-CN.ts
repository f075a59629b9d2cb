// Texts of daily overviews and of leaders' personal cases.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  overviews: '每日案件短信', overview: '案件情况', slot: '时点', figures: '案件情况', nobody: '没有发送', noMobile: '{name}（无手机号，只发系统消息）', none: '还没有发送过', receivers: '接收人', next: '下一步', save: '保存接收人', send: '是否发送', byDefault: '未设置时发给本单位和科室的负责人', kept: '只发给下列人员；移出的不再收到', of: '{unit}案件情况', asOf: '{slot} 的快照，之后的变化不计入', count: '{n} 件', first: '前 {n} 件，共 {all} 件', secret: '（保密工单）',

  reports: '领导包案月报', report: '包案月报', cases: '包案工单', statistics: '包案统计', month: '月份', leader: '单位领导', state: '状态', 's.draft': '待报送', 's.submitted': '待审核', 's.approved': '已通过', 's.rejected': '已退回', caseCount: '包案', whistleCount: '吹哨件', submitted: '报送时间', decided: '审核', newReport: '填报包案', fill: '填写', decide: '审核', approve: '通过', reject: '退回', opinion: '意见', opinionHelp: '退回须写明理由', caseNumbers: '包案工单', whistleNumbers: '吹哨件', numbersHelp: '每行一件：工单号，空格后可写说明', saveOnly: '只保存，暂不报送', submitNow: '报送', submitOrNot: '报送', mine: '我的', all: '全部', noReports: '没有包案月报', noCases: '没有包案工单', kind: '类别', note: '说明', stillOpen: '未办结', missing: '{month} 未报送', nobodyMissing: '单位领导都已报送', reportsCount: '月报', approvedCount: '已通过', 'by.unit': '按单位', 'by.leader': '按领导', 'by.month': '按月', noStatistics: '这段时间没有报送的月报', content: '填报内容', missingRail: '未报送', reviewOpinion: '审核意见',
} as const

export const o = defineTexts(zh)
