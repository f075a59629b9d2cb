// Rules of the order process that every tenant finds, switched off.
import type { Node, NodeRuleDefinition } from './node-rule.ts'

const type = (...value: string[]) => ({ all: [{ field: 'appealType', op: 'in', value }] })

export const shippedNodeRules: readonly { name: string; node: Node; definition: Partial<NodeRuleDefinition> }[] = [
  { name: '投诉举报派发前须有地点和事项', node: 'dispatch', definition: { when: type('complaint', 'report'), demand: ['areaCode', 'address', 'matterId'], reason: '投诉举报须先核实地点和事项再派发' } },
  { name: '举报不由坐席直接答复', node: 'review', definition: { when: type('report'), forbid: ['answer'], reason: '举报须派发核查' } },
  { name: '重大工单审核十分钟', node: 'review', definition: { when: { all: [{ field: 'urgency', op: 'in', value: ['major'] }] }, limit: { amount: 10, unit: 'naturalMinutes' }, push: [{ after: 'registered', to: 'reviewers', text: '重大工单请立即审核：{标题}' }] } },
  { name: '单位签收后告知登记人', node: 'sign', definition: { push: [{ after: 'assignmentSigned', to: 'registrar', text: '工单{工单号}已签收' }] } },
  { name: '涉企工单办结前核实企业', node: 'resultReview', definition: { when: { all: [{ field: 'flags', op: 'has', value: ['enterprise'] }] }, demand: ['enterpriseCode'], reason: '请补全企业信用代码后再办结' } },
]
