import type { ShippedDefinition } from '../graph.ts'

/** 延时 (ORD-43): level by level up the unit line, last by the hotline centre. */
export const orderExtension: ShippedDefinition = {
  key: 'orders.extension',
  name: '工单-延时-逐级审批',
  businessType: '工单',
  stage: '延时',
  graph: {
    nodes: [
      { key: 'start', kind: 'start', name: '申请延时', x: 80, y: 160 },
      { key: 'units', kind: 'userTask', name: '逐级领导审批', actor: { permission: 'flow.approveInUnit', unit: 'subject' }, levelUp: true, x: 260, y: 160 },
      { key: 'centre', kind: 'userTask', name: '热线中心审批', actor: { permission: 'flow.approveExtension', unit: 'centre' }, x: 460, y: 160 },
      { key: 'approved', kind: 'end', name: '同意延时', result: 'approved', x: 640, y: 100 },
      { key: 'returned', kind: 'end', name: '不同意', result: 'returned', x: 640, y: 220 },
    ],
    edges: [
      { from: 'start', to: 'units', outcome: 'next' },
      { from: 'units', to: 'centre', outcome: 'approve' },
      { from: 'units', to: 'returned', outcome: 'return' },
      { from: 'centre', to: 'approved', outcome: 'approve' },
      { from: 'centre', to: 'returned', outcome: 'return' },
    ],
  },
}
