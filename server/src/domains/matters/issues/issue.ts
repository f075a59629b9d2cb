// The way of an issued matter: accepted or refused by the lower tenant, assigned to its units, completed and confirmed. Pure.
import type { ActState } from '../../../kernel/http/codec.ts'
import type { issueActs, issueStates } from './issue-contract.ts'

export type IssueState = (typeof issueStates)[number]
export type IssueAct = (typeof issueActs)[number]

export const issueStateNames: Record<IssueState, string> = { issued: '待核验', accepted: '已接收', refused: '已退回', assigned: '已分配', completed: '已确认', recalled: '已收回' }

/** `by`: who acts, the tenant that issued or the one it was issued to. `completed` may be confirmed again after the standard changed. */
export const issueTransitions: Record<IssueAct, { label: string; from: readonly IssueState[]; to: IssueState; by: 'sender' | 'receiver' }> = {
  accept: { label: '核验接收', from: ['issued'], to: 'accepted', by: 'receiver' },
  refuse: { label: '不属本级，退回', from: ['issued'], to: 'refused', by: 'receiver' },
  assign: { label: '分配单位', from: ['accepted', 'assigned'], to: 'assigned', by: 'receiver' },
  complete: { label: '完善确认', from: ['assigned', 'completed'], to: 'completed', by: 'receiver' },
  recall: { label: '收回', from: ['issued', 'accepted'], to: 'recalled', by: 'sender' },
}

export const issueActsOf = (state: IssueState, side: 'sender' | 'receiver', may: boolean): ActState[] =>
  may ? Object.entries(issueTransitions).filter(([, rule]) => rule.by === side && rule.from.includes(state)).map(([act, rule]) => ({ act, label: rule.label, enabled: true })) : []
