import { defineTexts } from '../../ui/texts.ts'

export const u = defineTexts({
  title: '上级明细比对', month: '月份', import: '导入上级明细', importNote: '按工单号（本级或上级编号）逐件对应；表头名称不同的，在下一步指定各列的含义', template: '下载模板', file: '选择文件', fileTypes: '.xlsx,.csv,.jsonl,.gz', uploading: '正在上传 {n}%', reading: '正在检查…', again: '换一个文件', cancel: '取消',
  mapping: '各列的含义', field: '内容', column: '文件中的列', example: '示例', none: '文件中没有', required: '必填', whole: '整月替换：本月原有明细中、新文件没有的工单也一并撤下', report: '{rows} 行：{good} 行可导入，{bad} 处有误', replaces: '将替换本月原有 {n} 件', dropped: '其中 {n} 件新文件中没有，撤下后不再比对', keep: '原有明细保留可查', errors: '有误的行', line: '第 {n} 行', more: '另有 {n} 处，改正后再检查', saveErrors: '下载有误的行', run: '导入可用的 {n} 行', done: '已导入 {n} 件', doneMarks: '，新增主动剔除 {marked} 件，撤回 {unmarked} 件',
  subject: '项目', differs: '不一致', compared: '比对 {n}，一致 {same}', missing: '缺本级 {own}，缺上级 {upper}', number: '工单号', titleOf: '标题', unit: '办理单位', own: '本级', upper: '上级', result: '结果', cause: '原因', note: '说明', explain: '登记原因', explained: '已登记原因', explainedBy: '{name} 登记', hasCause: '已登记原因',
  empty: '还没有这个月的上级明细', emptyHint: '月末拿到上级明细后，点“导入上级明细”', noRows: '没有这样的工单', values: '{name}：两级各有多少', value: '内容', difference: '相差', rates: '各单位三率：本级 / 上级', orders: '件数', contacted: '响应率', solved: '解决率', satisfied: '满意率', total: '合计', files: '导入记录', noFiles: '还没有导入', rows: '行数', taken: '导入', standing: '仍有效', by: '导入人', at: '时间', scope: '范围', wholeMonth: '整月', someOrders: '部分工单', faults: '{n} 处有误', open: '原文件', export: '导出',
  removed: '主动剔除工单', removedHint: '上级自行不考核的工单，随上级明细标记和撤回；标记期间不必申报剔除', state: '状态', standingView: '标记中', endedView: '已撤回', reason: '上级写明的原因', since: '标记', ended: '撤回', byUnit: '按单位', byReason: '按原因', removedNone: '没有主动剔除的工单', removedNoneHint: '上级明细中“是否主动剔除”一列为“是”的工单列在这里', cases: '{n} 件',
} as const)
