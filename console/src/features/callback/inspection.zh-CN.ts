// Texts of callbacks on inspection cases.
import { defineTexts } from '../../ui/texts.ts'

export const i = defineTexts({
  title: '督查案件回访', add: '登记回访', change: '修改', keep: '保存', kept: '回访已保存', none: '还没有回访记录', calledAt: '回访时间', way: '回访方式', call: '电话', inPerson: '当面', caller: '回访人', reason: '回访事由', bodyGrade: '对信访部门', unitGrade: '对责任单位', satisfied: '满意', basically: '基本满意', dissatisfied: '不满意', note: '补充说明', was: '原记录，{name} 修改于',
} as const)
