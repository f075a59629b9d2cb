// Two chains that ship; which one new appeals take is a setting, and administrators draw others over them.
import { approvalFlow } from '../flow/index.ts'

const decider = { permission: 'quality.decideAppeal', unit: 'centre' } as const
const names = { start: '提出申诉', approved: '申诉成立', returned: '不予受理' }

/** A: the manager looks whether there is something to it, then it is scored again. */
export const appealFlowA = approvalFlow({ key: 'quality.appealA', name: '质检-申诉-主管审核复评', businessType: '质检', stage: '质检申诉', names, steps: [{ key: 'review', name: '质检主管审核', actor: decider }, { key: 'score', name: '复评打分', actor: { permission: 'quality.review', unit: 'centre' } }] })

/** B: the team gives a score, the agent scores himself on it, and the leader's approval makes it count. */
export const appealFlowB = approvalFlow({ key: 'quality.appealB', name: '质检-申诉-质检组复听', businessType: '质检', stage: '质检申诉', names, steps: [{ key: 'score', name: '质检组复听打分', actor: { permission: 'quality.review', unit: 'centre' } }, { key: 'rescore', name: '本人重新评分', actor: { applicant: true, unit: 'subject' } }, { key: 'leader', name: '组长复听审批', actor: decider }] })

/** Steps that fill in a sheet. */
export const scoringNodes: readonly string[] = ['score', 'rescore']
