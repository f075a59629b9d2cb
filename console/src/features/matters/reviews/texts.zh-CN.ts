import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '待审变更', log: '全部变更', pending: '待审', none: '没有待审核的变更', noneLog: '没有变更记录', choose: '请选择一项变更', approve: '通过', return: '退回', next: '通过并下一件', opinion: '审核意见', opinionHint: '退回时必填，提交人会看到', selected: '已选 {n} 项', batchApprove: '批量通过', 
  batchDone: '{ok} 项完成，{bad} 项未完成', mine: '本人提交，由其他人审核', object: '对象', openObject: '打开', submitted: '{who} 提交于 {time}', reason: '变更说明', selectAll: '选择全部可审', all: '全部', count: '{n} 项', effectCreate: '通过后生效为第 1 版。', effectModify: '通过后发布为下一版；在办工单不变。', effectRetire: '通过后立即生效；在办工单不变。', 
  standardCount: '{n} 项', asOf: '截至', since: '与此日对比', allKinds: '全部对象', noChange: '这两日之间没有变化', nothingThen: '这一天还没有生效的内容', change: '变化', what: '名称', publishedAt: '发布', change_added: '新增', change_changed: '修改', change_retired: '停用',
} as const

export const t = defineTexts(zh)
