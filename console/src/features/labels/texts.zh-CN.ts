// Texts of labels on orders and of label rules.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  none: '没有标签', add: '打标签', remove: '移除“{name}”', byRule: '规则“{rule}”自动添加', by: '{name} 添加', note: '内部备注', notePlace: '仅中心人员可见，不对外公开', save: '保存', notes: '备注', noteSaved: '备注已保存',
  rules: '标签规则', ruleHint: '工单经过所选环节时检查条件，满足即自动打标签', newRule: '新增规则', name: '名称', label: '标签', triggers: '检查时机', condition: '条件', weight: '权重', enabled: '启用', added: '已打', last: '最近', changed: '修改', acts: '操作', edit: '修改', enable: '启用', disable: '停用', hits: '已打标签的工单', trial: '试运行', trialDays: '最近 {n} 天登记的工单中命中 {count} 件', noHits: '还没有打过标签',
  noRules: '还没有标签规则', noRulesHint: '例如：退回两次自动打“多次退回”', number: '工单号', title: '标题', at: '时间', removed: '已移除', bulk: '打标签', bulkDone: '已更新 {n} 件', bulkSkipped: '，{n} 件未处理：{why}', chooseLabels: '选择标签', addThese: '添加标签', removeThese: '移除标签', off: '停用的标签不会再打',
  proposed: '建议', proposedWhy: '把握 {share}%，依据：{why}。点击打上',
} as const

export const t = defineTexts(zh)
