// The shipped review of knowledge: the owner's unit, then the centre. Administrators change it in the flow designer.
import { approvalFlow } from '../../flow/index.ts'

export const reviewKey = 'knowledge.review'

export const reviewFlow = approvalFlow({
  key: reviewKey, name: '知识-采编审核', businessType: '知识', stage: '采编审核', names: { start: '提交审核', approved: '通过', returned: '退回修改' },
  variables: [
    { name: 'fromUnit', label: '责任单位不是热线中心', type: 'boolean' }, { name: 'type', label: '知识类型', type: 'text' },
    { name: 'kind', label: '变更', type: 'text', options: ['add', 'modify', 'suspend', 'restore'] },
  ],
  steps: [
    { key: 'unit', name: '责任单位审核', actor: { permission: 'knowledge.review', unit: 'subject' }, when: 'fromUnit', opinion: 'return' },
    { key: 'centre', name: '中心审核', actor: { permission: 'knowledge.review', unit: 'centre' }, opinion: 'return' },
  ],
})
