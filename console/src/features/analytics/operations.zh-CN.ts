// Texts of recurring operation work.
import { defineTexts } from '../../ui/texts.ts'

export const o = defineTexts({
  operations: '常态化运营', hint: '例行的运营工作：每个周期由谁做、用什么做、出了什么结果；一个周期没做的标为逾期', work: '例行工作', add: '新增工作', edit: '修改工作', none: '还没有例行工作', name: '工作', detail: '要求', cycle: '周期', 'cycle.day': '每天', 'cycle.week': '每周', 'cycle.month': '每月', 'cycle.quarter': '每季', 'cycle.year': '每年',
  owner: '负责人', ownerHelp: '启用的工作要有负责人；一个周期没做，提醒负责人', noOwner: '未指定', state: '本期', last: '上次完成', never: '还没有做过', open: '打开', tool: '工具', output: '产出', toolPath: '工具页面', outputPath: '产出页面', pathHelp: '本系统的页面地址，以 / 开头', active: '启用', keep: '保存', saved: '已保存',
  late: '逾期', due: '本期待完成', done: '本期已完成', doneTitle: '登记完成', result: '结果', runPath: '结果所在页面', runPathHelp: '可不填；例如本期专报的地址', register: '登记', registered: '已登记', runs: '历次记录',
} as const)
