// Classification schemes every tenant starts with; nodes are the tenant's or its upper tenant's own.
import { z } from 'zod'

export const schemeUse = z.object({
  /** Where the class is asked for: registration, dispatch, sign, handling. */
  steps: z.array(z.enum(['registration', 'screening', 'dispatch', 'sign', 'handling'])),
  required: z.boolean(),
  /** Appeal types it is asked for; empty: all. */
  appealTypes: z.array(z.string()),
  shownIn: z.array(z.enum(['registration', 'dispatch', 'handling', 'resultReview', 'callback', 'archive', 'analysis'])),
})
export type SchemeUse = z.output<typeof schemeUse>

export type SchemeDefinition = { code: string; name: string; description: string | null; usedIn: SchemeUse }

const later: SchemeUse['shownIn'] = ['handling', 'resultReview', 'callback', 'archive', 'analysis']
const optional = (shownIn: SchemeUse['shownIn']): SchemeUse => ({ steps: ['registration', 'screening'], required: false, appealTypes: [], shownIn })

export const shippedSchemes: readonly SchemeDefinition[] = [
  {
    code: 'category', name: '归口', description: '工单的业务归口，三级以上',
    usedIn: { steps: ['registration', 'screening', 'dispatch'], required: true, appealTypes: [], shownIn: ['registration', 'dispatch', ...later] },
  },
  { code: 'national', name: '热线国标分类', description: '与上级平台交换用，六位编码三级', usedIn: optional(['analysis']) },
  { code: 'petition', name: '信访内容分类', description: '信访事项的依法分类', usedIn: optional(['analysis']) },
  {
    code: 'industry', name: '行业问题分类', description: '办理环节选定，以后各环节可见',
    usedIn: { steps: ['sign', 'handling'], required: true, appealTypes: [], shownIn: later },
  },
  {
    code: 'competentDept', name: '行业主管部门', description: '办理环节选定，以后各环节可见',
    usedIn: { steps: ['sign', 'handling'], required: true, appealTypes: [], shownIn: later },
  },
  { code: 'tourism', name: '涉旅分类', description: '吃、住、行、游、购、娱六类', usedIn: optional(['registration', ...later]) },
  { code: 'enterprise', name: '涉企分类', description: '企业诉求的分类', usedIn: optional(['registration', ...later]) },
]
