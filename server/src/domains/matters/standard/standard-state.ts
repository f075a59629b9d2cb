// The life of a standard object: a table of acts. Pure.
import type { ActState } from '../../../kernel/http/codec.ts'
import type { StandardState } from './content.ts'

export const standardActs = ['edit', 'submit', 'recall', 'withdraw', 'delete', 'offline', 'online', 'void', 'approve', 'return'] as const
export type StandardAct = (typeof standardActs)[number]

export type ChangeKind = 'create' | 'modify' | 'offline' | 'online' | 'void'

type Rule = {
  label: string
  from: readonly StandardState[]
  permission: 'matters.edit' | 'matters.review'
  /** The new state where the act works at once. */
  to?: StandardState
  /** The change that the act puts before a reviewer; the state moves when it is approved. */
  review?: ChangeKind
  /** Only while a change is under review; every other act only while none is. */
  onPending?: true
}

export const standardTransitions: Record<StandardAct, Rule> = {
  edit: { label: '编辑', from: ['draft', 'rejected', 'effective'], permission: 'matters.edit' },
  submit: { label: '提交审核', from: ['draft', 'rejected'], permission: 'matters.edit', to: 'pendingReview', review: 'create' },
  recall: { label: '撤回提交', from: ['pendingReview', 'effective', 'offline'], permission: 'matters.edit', onPending: true },
  withdraw: { label: '撤销', from: ['rejected'], permission: 'matters.edit', to: 'withdrawn' },
  delete: { label: '删除', from: ['draft'], permission: 'matters.edit' },
  offline: { label: '下架', from: ['effective'], permission: 'matters.edit', review: 'offline' },
  online: { label: '重新上架', from: ['offline'], permission: 'matters.edit', review: 'online' },
  void: { label: '作废', from: ['effective', 'offline'], permission: 'matters.edit', review: 'void' },
  approve: { label: '审核通过', from: ['pendingReview', 'effective', 'offline'], permission: 'matters.review', onPending: true },
  return: { label: '审核退回', from: ['pendingReview', 'effective', 'offline'], permission: 'matters.review', onPending: true },
}

export const stateNames: Record<StandardState, string> = {
  draft: '待提交', pendingReview: '待审核', effective: '已生效', rejected: '审核未通过', withdrawn: '已撤销', offline: '已下架', void: '已作废',
}

/** Where an approved change leads. */
export const stateAfter: Record<ChangeKind, StandardState> = { create: 'effective', modify: 'effective', offline: 'offline', online: 'effective', void: 'void' }

export type ActSubject = { state: StandardState; pending: boolean; submittedBy: string | null; own: boolean }
export type ActViewer = { id: string | null; may: (permission: string) => boolean }

/** Why an act is not possible now, or null. `state`: the table refuses it; the others name their rule. */
export function actRefusal(act: StandardAct, subject: ActSubject, viewer: ActViewer): 'inherited' | 'state' | 'pendingChange' | 'fourEyes' | 'notSubmitter' | null {
  const rule = standardTransitions[act]
  if (!subject.own) return 'inherited'
  if (!rule.from.includes(subject.state)) return 'state'
  if (rule.onPending && !subject.pending) return 'state'
  if (!rule.onPending && subject.pending) return 'pendingChange'
  const submitter = subject.submittedBy !== null && subject.submittedBy === viewer.id
  if (rule.permission === 'matters.review' && submitter) return 'fourEyes'
  if (act === 'recall' && !submitter && viewer.id !== null) return 'notSubmitter'
  return null
}

const reasons = { pendingChange: '有变更待审核', fourEyes: '提交人不能审核自己的变更', notSubmitter: '只有提交人可以撤回' } as const

/** Acts of a row for a viewer: those the state allows at all; where a rule stands against one, with its reason. */
export function actsOf(subject: ActSubject, viewer: ActViewer): ActState[] {
  return standardActs.flatMap((act): ActState[] => {
    const rule = standardTransitions[act]
    if (!viewer.may(rule.permission)) return []
    const refusal = actRefusal(act, subject, viewer)
    if (refusal === 'inherited' || refusal === 'state') return []
    return [refusal ? { act, label: rule.label, enabled: false, rule: refusal, reason: reasons[refusal] } : { act, label: rule.label, enabled: true }]
  })
}
