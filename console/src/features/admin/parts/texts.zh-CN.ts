// Texts of the parts that administration and matters share.
import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  cancel: '取消',
  close: '关闭',
  copy: '复制',
  typeToConfirm: '请输入“{word}”以确认',
  reason: '原因',
  oncePassword: '一次性密码',
  onceShown: '此密码只显示这一次。关闭后无法再次查看，只能重新重置。首次登录须修改密码。',
  onceLogin: '登录名',
  onceClose: '我已记下，关闭',
  tenant: '租户',
  importTitle: '批量导入{what}',
  importHint: '从表格软件复制包含表头的单元格并粘贴，或选择 Excel（xlsx）、CSV 文件。',
  importTemplate: '下载模板',
  importFile: '选择文件',
  importPaste: '在此粘贴表格内容（第一行为表头）',
  importRead: '读到 {n} 行',
  importUnknown: '未识别的列：{columns}',
  importMissing: '缺少列：{columns}',
  importRun: '导入 {n} 行',
  importCheck: '检查',
  importBack: '返回修改',
  importChecked: '{good} 行可以导入，{bad} 行有错误',
  importDone: '已导入 {n} 行，{bad} 行未导入',
  importRow: '行',
  importField: '列',
  importMessage: '问题',
  importNoErrors: '没有发现错误',
  importErrors: '下载错误清单',
  required: '必填',
} as const

export const t = defineTexts(zh)
