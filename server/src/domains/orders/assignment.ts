// The life of an assignment and what follows for its order (domain.md "Assignment: states"). Pure.

export const assignmentStates = ['pendingSign', 'handling', 'pendingReport', 'done', 'returned', 'cancelled'] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const assignmentRoles = ['lead', 'assist', 'parallel', 'section'] as const
export type AssignmentRole = (typeof assignmentRoles)[number]

export type AssignmentAct = 'sign' | 'return' | 'submitFeedback' | 'accept' | 'sendBack' | 'reopen' | 'takeBack' | 'cancel' | 'rejectClosing' | 'secondHandling'

type Transition = { from: readonly AssignmentState[]; to: AssignmentState | ((facts: { reviewed: boolean }) => AssignmentState) }

export const assignmentTransitions: Record<AssignmentAct, Transition> = {
  sign: { from: ['pendingSign'], to: 'handling' },
  return: { from: ['pendingSign', 'handling'], to: 'returned' },
  // Only a top assignment of a tenant without leader review skips pendingReport.
  submitFeedback: { from: ['handling'], to: (f) => (f.reviewed ? 'pendingReport' : 'done') },
  accept: { from: ['pendingReport'], to: 'done' },
  sendBack: { from: ['pendingReport'], to: 'handling' },
  reopen: { from: ['done'], to: 'handling' },
  takeBack: { from: ['pendingSign'], to: 'cancelled' },
  rejectClosing: { from: ['done'], to: 'pendingReport' },
  secondHandling: { from: ['pendingReport'], to: 'handling' },
  cancel: { from: ['pendingSign', 'handling', 'pendingReport'], to: 'cancelled' },
}

export function nextAssignmentState(state: AssignmentState, act: AssignmentAct, facts: { reviewed: boolean } = { reviewed: true }): AssignmentState | null {
  const transition = assignmentTransitions[act]
  if (!transition.from.includes(state)) return null
  return typeof transition.to === 'function' ? transition.to(facts) : transition.to
}

export const isOpenAssignment = (state: AssignmentState): boolean => state === 'pendingSign' || state === 'handling' || state === 'pendingReport'

export type AssignmentFacts = { id: string; parentId: string | null; role: AssignmentRole; state: AssignmentState; round: number; unitId: string }

const top = (list: readonly AssignmentFacts[], round: number): AssignmentFacts[] => list.filter((a) => a.parentId === null && a.round === round)

/**
 * Whether the result of a round is complete. Lead and assist: when the lead is done (assists still owe their reports).
 * Parallel: only when every department that was not returned or cancelled is done; `missing` names the rest.
 */
export function resultComplete(list: readonly AssignmentFacts[], round: number): { complete: boolean; missing: AssignmentFacts[] } {
  const live = top(list, round).filter((a) => a.state !== 'returned' && a.state !== 'cancelled')
  const lead = live.find((a) => a.role === 'lead')
  if (lead) return { complete: lead.state === 'done', missing: lead.state === 'done' ? [] : [lead] }
  const parallel = live.filter((a) => a.role === 'parallel')
  const missing = parallel.filter((a) => a.state !== 'done')
  return { complete: parallel.length > 0 && missing.length === 0, missing }
}

/** Nobody answers for the order any more: no lead or parallel assignment of the round is left. */
export function nobodyResponsible(list: readonly AssignmentFacts[], round: number): boolean {
  return !top(list, round).some((a) => (a.role === 'lead' || a.role === 'parallel') && a.state !== 'returned' && a.state !== 'cancelled')
}

/** An assignment and everything handed down from it. */
export function withChildren<T extends { id: string; parent_id: string | null }>(list: readonly T[], id: string): T[] {
  const out: T[] = list.filter((a) => a.id === id)
  for (let i = 0; i < out.length; i++) out.push(...list.filter((a) => a.parent_id === out[i]?.id))
  return out
}

/** What is wrong with a set of units to dispatch to, as a rule name, or null. */
export function dispatchFault(units: readonly { unitId: string; role: AssignmentRole }[]): 'noUnit' | 'twoLeads' | 'noLead' | 'mixedRoles' | 'unitTwice' | 'oneParallel' | null {
  if (units.length === 0) return 'noUnit'
  if (new Set(units.map((u) => u.unitId)).size !== units.length) return 'unitTwice'
  const count = (role: AssignmentRole): number => units.filter((u) => u.role === role).length
  if (count('section') > 0) return 'mixedRoles'
  if (count('parallel') > 0) return count('parallel') !== units.length ? 'mixedRoles' : count('parallel') === 1 ? 'oneParallel' : null
  if (count('lead') > 1) return 'twoLeads'
  return count('lead') === 1 ? null : 'noLead'
}
