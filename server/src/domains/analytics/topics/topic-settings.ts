import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const leastOfTopic = defineSetting({ key: 'analytics.topic.least', label: '热点话题：最少几件工单', schema: z.number().int().min(2).max(100), fallback: 3, scope: 'tenant' })
