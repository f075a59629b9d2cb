// Parameters of reports (analytics.md Settings).
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const scheduledState = defineSetting({ key: 'reports.scheduledState', label: '定时报告生成后', help: '任务可另行设定', schema: z.enum(['draft', 'published']), fallback: 'draft' as const, scope: 'tenant' })
export const ownReview = defineSetting({ key: 'reports.ownReview', label: '起草人可审核自己的报告', schema: z.boolean(), fallback: false, scope: 'tenant' })

export const reportSettings = [scheduledState, ownReview]
