import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '导入工单', open: '导入工单', step1: '选择文件', step2: '核对列', step3: '导入', drop: '把文件拖到这里，或点击选择', accepts: '支持 XLSX、CSV、JSONL；第一行为列名', uploading: '正在上传 {n}%', reading: '正在读取…', again: '换一个文件', source: '来源名称', sourceHint: '同一来源的同一原编号只导入一次', type: '默认诉求类型', typeHint: '没有类型的行使用', mapping: '列与字段', mappingHint: '已按列名猜测，请核对。没有选用的列作为附加信息随工单保存。', field: '字段', column: '文件中的列', example: '第一行的内容', none: '（不导入）', missing: '至少要有“标题”或“内容”', preview: '前 {n} 行预览', line: '行', ok: '可以导入', bad: '{n} 行有问题', allOk: '预览的行都可以导入', titleOf: '标题', content: '内容', at: '发生时间', requester: '诉求人', start: '开始导入', running: '正在导入', done: '导入完成', failed: '导入失败', cancelled: '已取消', queued: '排队中', progress: '{done} 行已处理', failedRows: '{n} 行未导入', downloadFailed: '下载未导入的行', openOrders: '查看工单', openTasks: '任务中心', leave: '可以离开此页，导入不会中断；进度和结果在任务中心。', cancel: '取消导入', cancelAsk: '已导入的工单保留，其余不再导入。', another: '再导入一个文件', extra: '附加列：{columns}', imported: '已导入 {n} 件', skipped: '{n} 行以前已导入，跳过', fileTypes: '.xlsx,.csv,.jsonl,.txt', retry: '继续未完成的部分',
} as const

export const t = defineTexts(zh)
