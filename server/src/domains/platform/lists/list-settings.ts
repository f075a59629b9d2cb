import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const exportBackground = defineSetting({
  key: 'list.exportBackground', label: '后台导出起点（行）', help: '不超过此行数的导出由页面等待完成后直接下载', schema: z.number().int().min(0).max(100_000), fallback: 5000, scope: 'tenant',
})

export const exportMax = defineSetting({
  key: 'list.exportMax', label: '单次导出上限（行）', help: '超过的导出被拒绝并说明行数', schema: z.number().int().min(1).max(1_000_000), fallback: 100_000, scope: 'tenant',
})

export const resultDays = defineSetting({
  key: 'list.resultDays', label: '导出文件保留天数', schema: z.number().int().min(1).max(90), fallback: 7, scope: 'tenant',
})
