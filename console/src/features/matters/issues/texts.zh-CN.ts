import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  title: '事项下发', received: '收到的', sent: '下发的', issue: '下发事项', issueTitle: '下发事项', issueHint: '下级逐项核验管辖、分配单位、完善本地内容并确认；已下发的不会重复下发。', matters: '事项', tenants: '下级', dueOn: '办理期限', issued: '已下发 {n} 项', issuedSkipped: '已下发 {n} 项，{m} 项未下发：{why}', matter: '事项', tenant: '对方', state: '状态', due: '期限', overdue: '超期', outdated: '标准已更新，请重新确认', changed: '标准由第 {from} 版更新为第 {to} 版，确认即接受以下变化', reason: '理由', decided: '办理', issuedAt: '下发', empty: '没有下发的事项', progress: '下发进度', noProgress: '还没有下发',
  state_issued: '待核验', state_accepted: '已接收', state_refused: '已退回', state_assigned: '已分配', state_completed: '已确认', state_recalled: '已收回',
  accept: '核验接收', refuse: '退回', assign: '分配单位', complete: '完善确认', recall: '收回', done: '已办理', assignHint: '分配后生成职责清单条目，审核通过后单位方可接件。', units: '单位', unit: '单位', role: '角色', area: '区划代码', boundary: '职责边界', lead: '主办', assist: '协办', rules: '实施细则', materials: '本地材料', flow: '办理流程', contacts: '联系方式', duration: '本地时限（工作日）', durationHint: '不能长于标准时限', localHint: '本地内容与标准内容分开保存，标准更新后保留。', oneLead: '请填写主办单位', leadUnit: '主办单位', assistUnits: '协办单位',
} as const)
