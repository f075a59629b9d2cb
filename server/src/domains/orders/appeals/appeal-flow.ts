// Who decides on an appeal: the unit's leader sends it on, the hotline office decides.
import { approvalFlow } from '../../flow/index.ts'

export const APPEAL_FLOW = 'orders.dissatisfactionAppeal'

export const appealFlow = approvalFlow({
  key: APPEAL_FLOW, name: '工单-不满意申诉-审批', businessType: '工单', stage: '不满意申诉',
  steps: [
    { key: 'unit', name: '单位领导审批', actor: { permission: 'flow.approveInUnit', unit: 'subject' } },
    { key: 'centre', name: '热线中心认定', actor: { permission: 'orders.decideAppeal', unit: 'centre' } },
  ],
})
