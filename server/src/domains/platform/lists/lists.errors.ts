import { defineErrors } from '../../../kernel/errors.ts'

export const listErrors = defineErrors('platform', {
  unreadableSheet: { status: 422, title: '不能读取这个文件' },
  exportTooLarge: { status: 422, title: '共 {count} 条，超过单次导出上限 {max} 条，请缩小范围后再导出' },
  pdfTooLong: { status: 422, title: '共 {count} 条，PDF 最多 {max} 条，请改用 Excel 或缩小范围' },
  unknownExport: { status: 422, title: '该页面不支持导出' },
  unknownColumns: { status: 422, title: '导出列不存在：{columns}' },
  taskOver: { status: 409, title: '任务已结束，不能取消' },
  notRetryable: { status: 409, title: '该任务不能重试，请重新发起' },
  queryNameTaken: { status: 409, title: '已有同名视图“{name}”' },
})
