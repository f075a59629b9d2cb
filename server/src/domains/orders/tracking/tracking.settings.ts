import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const trackingInterval = defineSetting({ key: 'trackingInterval', label: '任务跟踪报告周期（天）', schema: z.number().int().min(1).max(366), fallback: 30, scope: 'tenant' })
export const trackingMaxDays = defineSetting({ key: 'tracking.maxDays', label: '任务跟踪最长时间（天）', schema: z.number().int().min(1).max(3660), fallback: 730, scope: 'tenant' })
