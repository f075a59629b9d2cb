// A handling report leaves the unit only with its leader's approval.
import { approvalFlow } from '../../flow/index.ts'

export const REPORT_FLOW = 'orders.handlingReport'
export const reportFlow = approvalFlow({
  key: REPORT_FLOW, name: '工单-办理报告-审批', businessType: '工单', stage: '办理报告',
  steps: [{ key: 'unit', name: '单位领导审批', actor: { permission: 'flow.approveInUnit', unit: 'subject' } }],
})
