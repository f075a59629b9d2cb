// Up the chain of leaders: who cannot decide passes it on (ORD-48).
import type { ShippedDefinition } from '../../flow/index.ts'

export const instructionFlow: ShippedDefinition = {
  key: 'orders.instruction',
  name: '工单-领导批示-逐级',
  businessType: '工单',
  stage: '批示',
  graph: {
    nodes: [
      { key: 'start', kind: 'start', name: '提请批示', x: 80, y: 160 },
      { key: 'first', kind: 'userTask', name: '值班领导批示', actor: { permission: 'orders.instructFirst', unit: 'centre' }, x: 280, y: 160 },
      { key: 'leader', kind: 'userTask', name: '中心领导批示', actor: { permission: 'orders.instruct', unit: 'centre' }, x: 480, y: 160 },
      { key: 'approved', kind: 'end', name: '已批示', result: 'approved', x: 680, y: 100 },
      { key: 'returned', kind: 'end', name: '退回', result: 'returned', x: 680, y: 240 },
    ],
    edges: [
      { from: 'start', to: 'first', outcome: 'next' },
      { from: 'first', to: 'approved', outcome: 'approve' },
      { from: 'first', to: 'leader', outcome: 'passUp' },
      { from: 'first', to: 'returned', outcome: 'return' },
      { from: 'leader', to: 'approved', outcome: 'approve' },
      { from: 'leader', to: 'returned', outcome: 'return' },
    ],
  },
}
