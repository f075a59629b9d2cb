// Processes that supervision ships: appeals of units, approval of inspection cases, instructions up the chain of leaders.
import type { ShippedDefinition } from '../flow/index.ts'

const start = (name: string) => ({ key: 'start', kind: 'start' as const, name, x: 80, y: 160 })
const ends = (approved: string, returned: string, x: number) => [
  { key: 'approved', kind: 'end' as const, name: approved, result: 'approved' as const, x, y: 100 },
  { key: 'returned', kind: 'end' as const, name: returned, result: 'returned' as const, x, y: 240 },
]

export const appealFlow: ShippedDefinition = {
  key: 'supervision.appeal',
  name: '督办-申诉-裁定',
  businessType: '督办',
  stage: '申诉',
  graph: {
    nodes: [start('提出申诉'), { key: 'rule', kind: 'userTask', name: '督办员裁定', actor: { permission: 'supervision.manage', unit: 'centre' }, x: 280, y: 160 }, ...ends('申诉成立', '申诉不成立', 480)],
    edges: [{ from: 'start', to: 'rule', outcome: 'next' }, { from: 'rule', to: 'approved', outcome: 'approve' }, { from: 'rule', to: 'returned', outcome: 'return' }],
  },
}

/** Who cannot decide passes the request on (ORD-48). */
export const instructionFlow: ShippedDefinition = {
  key: 'supervision.instruction',
  name: '工单-领导批示-逐级',
  businessType: '工单',
  stage: '批示',
  graph: {
    nodes: [
      start('提请批示'),
      { key: 'first', kind: 'userTask', name: '值班领导批示', actor: { permission: 'supervision.instructFirst', unit: 'centre' }, x: 280, y: 160 },
      { key: 'leader', kind: 'userTask', name: '中心领导批示', actor: { permission: 'supervision.instruct', unit: 'centre' }, x: 480, y: 160 },
      ...ends('已批示', '退回', 680),
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

/** 自立项: a leader approves, returns for revision, or passes it up to the next leader. */
export const caseFlow: ShippedDefinition = {
  key: 'supervision.case',
  name: '督查-立项-审批',
  businessType: '督查',
  stage: '立项',
  graph: {
    nodes: [
      start('申请立项'),
      { key: 'leader', kind: 'userTask', name: '领导审批', actor: { permission: 'supervision.approveCase', unit: 'centre' }, x: 280, y: 160 },
      { key: 'upper', kind: 'userTask', name: '上级领导审批', actor: { permission: 'supervision.approveCaseUpper', unit: 'centre' }, x: 480, y: 60 },
      ...ends('同意立项', '退回修改', 680),
    ],
    edges: [
      { from: 'start', to: 'leader', outcome: 'next' },
      { from: 'leader', to: 'approved', outcome: 'approve' },
      { from: 'leader', to: 'returned', outcome: 'return' },
      { from: 'leader', to: 'upper', outcome: 'passUp' },
      { from: 'upper', to: 'approved', outcome: 'approve' },
      { from: 'upper', to: 'returned', outcome: 'return' },
    ],
  },
}
