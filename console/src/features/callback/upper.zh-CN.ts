// Texts of the comparison with the upper platform.
import { defineTexts } from '../../ui/texts.ts'

export const v = defineTexts({
  upper: '上级回访比对', month: '考核月份', import: '导入上级明细', importWhat: '上级回访结果', importNote: '先选好考核月份；工单号填本级或上级单号，三项填“是”“否”或“未表态”。同一工单再次导入，以新的为准，旧的保留。',
  number: '工单号', contacted: '是否联系', solved: '是否解决', satisfied: '是否满意', at: '回访时间', opinion: '诉求人意见',
  ownUpper: '本级与上级吻合率', unitOwn: '单位与本级吻合率', unitUpper: '单位与上级吻合率', ofCompared: '比对 {n} 件，一致 {agreed} 件', noneCompared: '没有可比对的工单', question: '{name}吻合率',
  byUnit: '按承办单位', unit: '承办单位', orders: '工单', differing: '不一致', noUnits: '本月还没有可比对的回访结果', kind: '比对结果', title: '标题', differs: '不一致项', levels: '单位 / 本级 / 上级', cause: '差异原因', explain: '登记原因', explained: '已登记差异原因', explainSub: '{number}：{what}',
  none: '没有符合条件的工单', noneHint: '导入上级明细后，这里逐单列出三级回访结果。', files: '导入记录', file: '文件', rows: '行数', taken: '导入', standing: '仍有效', faults: '有误 {n} 处', by: '导入人', noFiles: '本月还没有导入', line: '第 {n} 行：{message}', more: '共 {n} 处', recording: '听录音', unitName: '单位自填', own: '本级回访', upperName: '上级回访', notAsked: '未回访',
} as const)
