import type { ShippedDefinition } from '../graph.ts'

/** 撤单 (ORD-25), where the tenant has withdrawals approved. */
export const orderWithdrawal: ShippedDefinition = {
  key: 'orders.withdrawal',
  name: '工单-撤单-审批',
  businessType: '工单',
  stage: '撤单',
  graph: {
    nodes: [
      { key: 'start', kind: 'start', name: '申请撤单', x: 80, y: 160 },
      { key: 'centre', kind: 'userTask', name: '中心审批', actor: { permission: 'flow.approveWithdrawal', unit: 'centre' }, limit: { amount: 24, unit: 'naturalHours' }, x: 280, y: 160 },
      { key: 'approved', kind: 'end', name: '同意撤单', result: 'approved', x: 480, y: 100 },
      { key: 'returned', kind: 'end', name: '不同意', result: 'returned', x: 480, y: 220 },
    ],
    edges: [
      { from: 'start', to: 'centre', outcome: 'next' },
      { from: 'centre', to: 'approved', outcome: 'approve' },
      { from: 'centre', to: 'returned', outcome: 'return' },
    ],
  },
}
