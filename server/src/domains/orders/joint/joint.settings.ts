import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const jointTaskDue = defineSetting({ key: 'jointTaskDue', label: '协同单位反馈时限（天）', schema: z.number().int().min(1).max(90), fallback: 3, scope: 'tenant' })
