import type { ShippedDefinition } from '../graph.ts'

/** 事项与职责清单变更 (MAT-02): one step of review. */
export const matterChange: ShippedDefinition = {
  key: 'matters.change',
  name: '事项-变更-审核',
  businessType: '事项',
  stage: '变更',
  graph: {
    nodes: [
      { key: 'start', kind: 'start', name: '提交变更', x: 80, y: 160 },
      { key: 'review', kind: 'userTask', name: '事项审核', actor: { permission: 'flow.reviewMatter', unit: 'centre' }, x: 280, y: 160 },
      { key: 'approved', kind: 'end', name: '通过', result: 'approved', x: 480, y: 100 },
      { key: 'returned', kind: 'end', name: '退回修改', result: 'returned', x: 480, y: 220 },
    ],
    edges: [
      { from: 'start', to: 'review', outcome: 'next' },
      { from: 'review', to: 'approved', outcome: 'approve' },
      { from: 'review', to: 'returned', outcome: 'return' },
    ],
  },
}
