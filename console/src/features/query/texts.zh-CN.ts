// Texts of the comprehensive query and of condition builders elsewhere.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '综合查询', conditions: '条件', edit: '编辑条件', apply: '查询', clear: '清空', none: '没有符合条件的工单', noneHint: '减少条件，或扩大时间范围', sort: '排序', down: '从大到小', up: '从小到大',
  below: '含下级中心', all: '全部满足', any: '满足任一', not: '不满足', negate: '取反', add: '增加条件', addGroup: '增加条件组', remove: '删除', field: '条件', op: '比较', value: '值', from: '起', to: '止', yes: '是', no: '否', empty: '没有条件，列出本中心、您数据范围内的全部工单', and: '且', or: '或', items: '{n} 项', form: '表单要素', formKey: '要素代码', incomplete: '有条件未填值', days: '天', choose: '选择条件',
} as const

export const t = defineTexts(zh)
