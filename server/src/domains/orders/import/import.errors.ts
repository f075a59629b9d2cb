import { defineErrors } from '../../../kernel/errors.ts'

export const importFail = defineErrors('orders', {
  importKind: { status: 422, title: '只能导入 CSV、XLSX 或 JSON Lines 文件（可用 gzip 压缩）' },
  importUnreadable: { status: 422, title: '文件读不了：{reason}' },
  importMapping: { status: 422, title: '请指明标题或内容是哪一列' },
})
