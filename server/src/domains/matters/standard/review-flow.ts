// The review in several steps as a process: shipped as data, changed by administrators in the flow designer.
import type { ShippedDefinition } from '../../flow/index.ts'

export const reviewKey = 'matters.review'

/** 标准变更: head of section, then the leader in charge; either returns it to whoever submitted. */
export const reviewFlow: ShippedDefinition = {
  key: reviewKey,
  name: '事项-标准变更-多级审核',
  businessType: '事项',
  stage: '标准变更',
  graph: {
    nodes: [
      { key: 'start', kind: 'start', name: '提交变更', x: 80, y: 160 },
      { key: 'head', kind: 'userTask', name: '科室负责人审核', actor: { permission: 'matters.review', unit: 'centre' }, x: 260, y: 160 },
      { key: 'leader', kind: 'userTask', name: '分管领导审批', actor: { permission: 'matters.approve', unit: 'centre' }, x: 440, y: 160 },
      { key: 'approved', kind: 'end', name: '通过', result: 'approved', x: 620, y: 100 },
      { key: 'returned', kind: 'end', name: '退回修改', result: 'returned', x: 620, y: 220 },
    ],
    edges: [
      { from: 'start', to: 'head', outcome: 'next' },
      { from: 'head', to: 'leader', outcome: 'approve' },
      { from: 'head', to: 'returned', outcome: 'return' },
      { from: 'leader', to: 'approved', outcome: 'approve' },
      { from: 'leader', to: 'returned', outcome: 'return' },
    ],
  },
}
