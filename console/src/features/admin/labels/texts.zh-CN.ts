import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '标签库', labels: '标签', statistics: '统计', review: '月度复核', all: '全部类别', search: '名称、编码或同义词', add: '新增标签', propose: '建议标签', edit: '修改', name: '名称', code: '编码', codeHint: '字母、数字、点、横线', className: '类别', definition: '定义', usageRule: '使用规则', scene: '适用场景', parent: '上级标签', synonyms: '同义词', synonymsHint: '用顿号或逗号分开', owner: '维护责任人', colour: '颜色', validFrom: '有效期起', validTo: '有效期止', state: '状态', changed: '更新',
  proposed: '待确认', enabled: '启用', disabled: '停用', merged: '已合并', retired: '废止', enable: '启用', disable: '停用', retire: '废止', merge: '合并到…', mergeTitle: '合并标签“{name}”', mergeInto: '并入', mergeText: '已使用的工单保留原标签名，统计并入新标签；合并后不能再选用原标签。', reason: '原因', save: '保存', saved: '已保存', proposedDone: '已提交，确认后可用', none: '没有标签', into: '并入“{name}”', retireAsk: '废止“{name}”？废止后不能恢复，已使用的工单仍显示它。',
  from: '自', to: '至', count: '本期', previous: '上期', change: '增减', included: '含旧标签', statNone: '本期没有标签记录', kind_proposed: '新建议', kind_similar: '相近', kind_unused: '久未使用', kind_expired: '已过期', kind: '问题', hint: '说明', reviewNone: '没有需要复核的标签', open: '查看工单', addClass: '新增类别', editClass: '修改类别', classDisabled: '已停用', n: '{n} 个', sort: '排序', description: '说明',
  grey: '灰', blue: '蓝', green: '绿', orange: '橙', red: '红', purple: '紫', cyan: '青',
} as const
export const t = defineTexts(zh)
