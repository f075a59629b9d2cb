import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import { urgencies } from '../order.ts'

const rule = z.object({ grade: z.string().trim().min(1).max(10), urgencies: z.array(z.enum(urgencies)).default([]), extents: z.array(z.enum(['one', 'industry'])).default([]) })
export const enterpriseGrades = defineSetting({
  key: 'enterprise.grades', label: '涉企工单响应级别', help: '按顺序取第一个符合紧急程度或影响范围的级别，都不符合为 B；各级时限见时限规则', schema: z.array(rule).max(10), fallback: [{ grade: 'A', urgencies: ['urgent' as const, 'major' as const], extents: ['industry' as const] }], scope: 'tenant',
})
