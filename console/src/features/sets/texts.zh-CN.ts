// Texts of event sets and merges.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  sets: '同诉事件集', merges: '并单', none: '还没有事件集', noneHint: '在工单列表选中同一事件的工单，点“建事件集”', mergeNone: '还没有并单', mergeNoneHint: '在工单列表选中同一件事的工单，点“并单”',
  'c.number': '编号', 'c.title': '名称', 'c.state': '状态', 'c.members': '工单', 'c.proposed': '待确认', 'c.answered': '已答复', 'c.unit': '主办单位', 'c.matter': '诉求事项', 'c.by': '建立人', 'c.at': '建立时间', 'c.lead': '牵头工单',
  'f.state': '状态', 'f.proposed': '待确认', 'f.open': '未派发', 'f.dispatched': '办理中', 'f.answered': '已答复', 'f.dissolved': '已解散', 'f.draft': '未生效', 'f.sent': '已并单', 'f.undone': '已取消',
  core: '核心诉求', communities: '涉及社区', people: '涉及人数', advice: '办理建议', reply: '统一答复', basis: '依据', confirmed: '确认', dispatched: '派发', answeredAt: '答复', created: '建立', plan: '统一方案', earlier: '同事项以往事件集的答复', members: '成员 {n} 件', leadTag: '牵头', carried: '随集办理', alone: '单独办理',
  proposed: '待确认', removed: '已移出', score: '相似 {n}%', remove: '移出', makeLead: '设为牵头', takeIn: '确认加入', openOrder: '打开工单',
  'm.number': '工单号', 'm.title': '标题', 'm.requester': '诉求人', 'm.address': '地点', 'm.state': '状态', 'm.how': '办理方式', 'm.at': '登记时间', 'm.acts': '操作', 'm.reply': '答复时间',
  'plan.duty': '任务', 'plan.unit': '责任单位', 'plan.due': '时间节点', 'plan.done': '完成', 'plan.add': '增加节点', 'plan.finish': '标记完成', 'plan.late': '已过节点', 'plan.none': '重大或多部门事件可登记责任与时间节点',
  'create.title': '建立事件集', 'create.submit': '建立事件集', 'create.notice': '所选 {n} 件工单将成为成员，第一件牵头；派发和答复只做一次，每件按自己的编号办结。', 'create.field.title': '名称', 'create.field.core': '核心诉求', 'create.field.communities': '涉及社区（每行一个）', 'create.field.people': '涉及人数',
  'edit.title': '修改事件集', 'edit.field.advice': '办理建议', save: '保存',
  'dispatch.title': '统一派发', 'dispatch.submit': '派发', 'dispatch.notice': '由牵头工单派发一次，其余 {n} 件随集办理，不再单独派发。', 'dispatch.lead': '主办单位', 'dispatch.assist': '协办单位', 'dispatch.opinion': '派发意见',
  'answer.title': '统一答复', 'answer.submit': '答复全部成员', 'answer.notice': '未派发的 {n} 件成员按此内容直接答复并办结。', 'answer.reply': '答复内容', 'answer.basis': '答复依据',
  'notice.title': '通报进展', 'notice.submit': '发送通报', 'notice.text': '进展内容', 'notice.sms': '同时发送短信', 'notice.note': '写入每件工单的公众进度；短信按号码合并，同一号码只发一次。', 'notice.done': '已通报 {told} 件，发送短信 {messages} 条',
  'dissolve.title': '解散事件集', 'dissolve.submit': '解散', 'dissolve.reason': '理由', 'dissolve.notice': '随集办理的成员回到待派发，牵头工单继续办理。',
  'remove.title': '移出工单', 'remove.submit': '移出', 'remove.reason': '理由', 'remove.notice': '移出后单独办理，回到待派发。',
  'add.title': '加入工单', 'add.submit': '加入', 'add.numbers': '工单号（每行一个）', 'add.unknown': '没有找到工单 {number}', 'add.notice': '派发后加入的工单立即随集办理。',
  'merge.title': '并单', 'merge.submit': '并单生效', 'merge.lead': '牵头工单', 'merge.reason': '理由', 'merge.now': '立即生效', 'merge.notice': '其余工单结束为“已并单”，随牵头工单办理；答复同时告知每位诉求人，可以取消并单恢复。',
  'merge.send': '并单生效', 'merge.undo': '取消并单', 'merge.delete': '删除', 'merge.undoReason': '理由', 'merge.undoOne': '恢复', 'merge.deleteAsk': '删除并单“{title}”？', 'merge.deleteText': '尚未生效，工单不受影响。', 'merge.sendAsk': '并单“{title}”生效？', 'merge.sendText': '{n} 件工单将结束为“已并单”，随 {number} 办理。', 'merge.restored': '已恢复', 'merge.chosen': '待并单', 'merge.merged': '已并单',
  done: '已完成', inSet: '事件集', ofMembers: '{answered}/{members} 件已答复', inMerge: '并单 {number}', mergedInto: '已并入', leads: '牵头，并入 {n} 件', openSet: '打开事件集',
  similarNone: '没有相似工单', similarSaved: '登记时判重：{name} 选择“{choice}”', similarShown: '登记时列出同人 {a} 件、同事 {b} 件', noAnswer: '未选择', 'choice.none': '都不是', 'choice.repeat': '重复', 'choice.supplement': '追加', 'choice.urge': '催办', 'choice.merge': '并单', 'choice.eventSet': '归入事件集', repeatOf: '重复诉求：诉求人此前已反映同一问题', needTwo: '请至少选择两件工单', tooMany: '请逐条选择工单，不能对整个查询结果建事件集',
} as const

export const t = defineTexts(zh)
