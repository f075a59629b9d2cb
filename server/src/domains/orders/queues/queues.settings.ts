import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const taskForceFallback = defineSetting({ key: 'taskForceFallback', label: '专班无人值守多久后转入普通队列（分钟）', schema: z.number().int().min(1).max(10_000), fallback: 10, scope: 'tenant' })
