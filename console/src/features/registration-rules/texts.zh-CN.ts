// Texts of the rules of registration: element labels, proofreading, mandatory points.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '登记规则', elements: '要素标签', proofread: '校对规则', points: '选点条件', examples: '测试集',
  elementsHint: '选了诉求类型即询问；事项自己的同名要素优先', type: '诉求类型', elementCount: '{n} 项', noElements: '没有要素标签', mustAsk: '必填', edit: '修改', editElements: '{name}的要素标签', save: '保存', saved: '已保存', changedBy: '最近修改', cancel: '取消',
  shipped: '自带规则', own: '本中心的规则', name: '规则', hint: '说明', shown: '近 90 天提示', accepted: '采用', rejected: '不采用', enabled: '启用', acts: '操作', newRule: '新建规则', editRule: '修改规则', noOwn: '还没有自己的规则', noOwnHint: '例如：内容提到“停水”，紧急程度应为“紧急”',
  ruleField: '核对的字段', test: '字段应当', 'test.filled': '已填写', 'test.is': '是', 'test.contains': '包含任一词', 'test.lacks': '不含这些词', value: '应为', words: '出现任一词时', wordsHint: '标题或内容中的词，用顿号分开', without: '但不含', onlyTypes: '只限诉求类型', message: '提示', valueWords: '词', valueWordsHint: '用顿号分开',
  tried: '试运行', triedAt: '{time} 试运行，提示 {share}%', untried: '未试运行，不能启用', tryNow: '用近 30 天工单试运行', trial: '读取 {examined} 件，提示 {count} 件（{share}%）', trialNone: '没有工单会被提示', tooWide: '超过 80% 的工单都会提示，规则过宽，不能启用', remove: '删除', removeSure: '删除规则“{name}”？', removeText: '登记时不再提示，已有工单不变', rule: '{when}，{field}应当{test}',
  pointsHint: '任一组条件成立时，登记须在地图上选点', group: '第 {n} 组', addGroup: '增加一组', join: '组内', 'join.all': '全部满足', 'join.any': '满足任一', matters: '诉求事项', categories: '问题分类', areas: '区划', urgencies: '紧急程度', noPoints: '没有必须选点的条件', noPointsHint: '增加一组条件，可先在历史工单上试运行', reason: '修改理由', pointTrial: '近 30 天 {examined} 件中 {needed} 件须选点，其中 {lacking} 件没有点位', noGroup: '未选条件',
  measure: '测准确率', accuracy: '准确率', accuracyGoal: '目标 85%', right: '全对', exampleCount: '样例', shippedExamples: '自带 {n} 例，本中心 {m} 例', addExample: '添加样例', content: '内容', caption: '标题', area: '区划', phone: '联系电话', expected: '应当提示', expectedNone: '不应提示', found: '实际提示', missed: '漏报', wrong: '误报', faults: '没有判对的样例', noFaults: '全部判对', noExamples: '还没有本中心的样例', noExamplesHint: '从日常登记中挑选判错的，加进来再测', expectedCount: '应提示',
} as const

export const t = defineTexts(zh)
