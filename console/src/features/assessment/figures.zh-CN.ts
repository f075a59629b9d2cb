import { defineTexts } from '../../ui/texts.ts'

export const f = defineTexts({
  title: '录入数据', hint: '工单里没有的数据在这里逐项录入或导入，附依据；经他人审核通过后，下一次核算计入', template: '下载数据表', import: '导入', importing: '正在导入…', submit: '提交审核', submitted: '已提交 {n} 项，等待审核', object: '考核对象', reason: '没有数据的原因', reasonHint: '空着的项目没有数据时填写', note: '说明', files: '依据', pending: '待审核', from: '取自{model}', none: '评分规则没有录入项', noneHint: '在“规则与对象”里给评分规则添加录入项', noObjects: '本期没有考核对象', behind: '数据在核算后有变化，当前成绩还没有计入；重新核算后生效', changed: '已改 {n} 项',
  sheets: '录入记录', noSheets: '还没有录入', at: '时间', by: '录入人', rows: '数据', state: '状态', decided: '审核', decide: '审核', approve: '通过', return: '退回', opinion: '意见', outcome: '结果', decideEffect: '通过后从下一次核算起计入；已发布的成绩不变', withdraw: '撤回', done: '已{act}', rowsOf: '{n} 项', nothing: '无数据', evidence: '录入数据与依据', value: '数值', enteredBy: '{name} 录入', reviewedBy: '{name} 审核', published: '查看成绩', enter: '录入数据',
  inputs: '录入项', inputsHelp: '工单里没有的数据：由人录入并附依据，或取同一对象在另一模型中同期已发布的总分；计分项用编码引用', inputName: '名称', inputCode: '编码', inputUnit: '单位', inputSource: '来源', entered: '人工录入', score: '其他模型的成绩', model: '模型', least: '最小', most: '最大', addInput: '添加录入项', remove: '删除',
} as const)
