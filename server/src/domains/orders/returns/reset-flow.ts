// A leader of the centre with the special right reopens returning.
import { approvalFlow } from '../../flow/index.ts'

export const RESET_FLOW = 'orders.returnReset'
export const resetFlow = approvalFlow({
  key: RESET_FLOW, name: '工单-退回权限重置-审批', businessType: '工单', stage: '退回权限重置',
  steps: [{ key: 'centre', name: '中心领导审批', actor: { permission: 'orders.resetReturn', unit: 'centre' } }],
})
