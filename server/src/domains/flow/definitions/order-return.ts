import type { ShippedDefinition } from '../graph.ts'

/** 退回 (ORD-39, ORD-41): the unit's leader first, where the tenant wants it (variable `leaderFirst`), then the dispatching level. */
export const orderReturn: ShippedDefinition = {
  key: 'orders.return',
  name: '工单-退回-审核',
  businessType: '工单',
  stage: '退回',
  graph: {
    variables: [{ name: 'leaderFirst', label: '先经单位领导', type: 'boolean' }],
    nodes: [
      { key: 'start', kind: 'start', name: '提出退回', x: 80, y: 160 },
      { key: 'route', kind: 'exclusive', name: '是否经单位领导', x: 220, y: 160 },
      { key: 'unit', kind: 'userTask', name: '单位领导审核', actor: { permission: 'flow.approveInUnit', unit: 'subject' }, x: 380, y: 80 },
      { key: 'centre', kind: 'userTask', name: '中心退单审核', actor: { permission: 'flow.reviewReturn', unit: 'centre' }, x: 560, y: 160 },
      { key: 'approved', kind: 'end', name: '同意退回', result: 'approved', x: 740, y: 100 },
      { key: 'returned', kind: 'end', name: '驳回', result: 'returned', x: 740, y: 220 },
    ],
    edges: [
      { from: 'start', to: 'route', outcome: 'next' },
      { from: 'route', to: 'unit', outcome: 'next', condition: 'leaderFirst = true' },
      { from: 'route', to: 'centre', outcome: 'next' },
      { from: 'unit', to: 'centre', outcome: 'approve' },
      { from: 'unit', to: 'returned', outcome: 'return' },
      { from: 'centre', to: 'approved', outcome: 'approve' },
      { from: 'centre', to: 'returned', outcome: 'return' },
    ],
  },
}
