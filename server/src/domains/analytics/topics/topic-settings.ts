import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const leastOfTopic = defineSetting({ key: 'analytics.topic.least', label: '热点话题：最少几件工单', schema: z.number().int().min(2).max(100), fallback: 3, scope: 'tenant' })
/** Drafts only: people put them into words and confirm them. */
export const hotLists = defineSetting({ key: 'analytics.topic.lists', label: '热点事件清单自动生成（week 每周一生成上周，month 每月一日生成上月，both 都生成，off 不生成）', schema: z.enum(['both', 'week', 'month', 'off']), fallback: 'both', scope: 'tenant' })
