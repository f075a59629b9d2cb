// Processes of suspension that orders ship; tenants change them in the flow designer.
import { approvalFlow } from '../../flow/index.ts'

const unit = { key: 'unit', name: '单位领导审批', actor: { permission: 'flow.approveInUnit', unit: 'subject' } } as const
const centre = { key: 'centre', name: '中心审核', actor: { permission: 'orders.reviewPause', unit: 'centre' } } as const

export const pauseFlow = approvalFlow({ key: 'orders.suspension', name: '工单-挂起-审批', businessType: '工单', stage: '挂起', steps: [unit, centre], names: { start: '申请挂起', approved: '同意挂起', returned: '不同意' } })
export const resumeFlow = approvalFlow({ key: 'orders.resumption', name: '工单-续办-审批', businessType: '工单', stage: '续办', steps: [centre], names: { start: '申请续办', approved: '同意续办', returned: '不同意' } })
export const promiseFlow = approvalFlow({ key: 'orders.promise', name: '工单-承诺变更-审批', businessType: '工单', stage: '挂起', steps: [unit, centre], names: { start: '申请新的承诺日期', approved: '同意', returned: '不同意' } })
