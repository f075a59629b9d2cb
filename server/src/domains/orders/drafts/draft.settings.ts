import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const backupKeep = defineSetting({ key: 'backupKeep', label: '表单备份保留天数', schema: z.number().int().min(1).max(3650), fallback: 30, scope: 'tenant' })
