import type { Trigger } from './label-contract.ts'

export const triggerNames: Record<Trigger, string> = {
  registered: '登记后', returnedToAgent: '退回补正后', dispatched: '派发后', assignmentSigned: '签收后', feedbackSubmitted: '提交反馈后', resultReady: '结果上报后', resultReturned: '结果退回后', resultAccepted: '结果审核通过后', returnDecided: '退单审核后', extensionDecided: '延时审批后',
  supplemented: '追加后', redone: '重办后', closed: '办结后', archived: '归档后', withdrawn: '撤单后', hourly: '每小时检查未办结工单',
}
