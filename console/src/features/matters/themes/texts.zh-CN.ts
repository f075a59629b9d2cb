import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  points: '专题问题点', theme: '专题', newPoint: '新建问题点', newTheme: '新专题', noPoints: '还没有专题问题点', name: '名称', parent: '上级问题点', categories: '归口分类', matters: '诉求事项', labels: '标签', words: '关键词', wordsHelp: '用空格分开，至少两个字', edit: '修改', merge: '合并到', mergeInto: '保留的问题点', mergeNotice: '绑定和下级归到保留的问题点，历史一并保留', remove: '删除', removeAsk: '删除“{name}”？历史保留。', orders: '工单', ordersOf: '{name} 的工单', unbound: '没有绑定', bindings: '绑定', test: '测试一段话', testText: '诉求内容', testNone: '没有命中关键词', testHits: '命中：{list}', saved: '已保存', history: '历史', choose: '点问题点看它的工单', noOrders: '没有工单', noRight: '您没有查看工单的权限', tree: '问题点',
} as const)
