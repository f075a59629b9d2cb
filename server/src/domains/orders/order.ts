// The life of an order: states, acts and transitions as data (domain.md "Order: states"). Pure.

export const orderStates = ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback', 'closed', 'archived', 'withdrawn', 'merged'] as const
export type OrderState = (typeof orderStates)[number]

export const openStates = ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback'] as const satisfies OrderState[]

export const closeKinds = ['answered', 'handled', 'notReached', 'appealApproved', 'notAttributable', 'notStated', 'returnedUpward', 'redone', 'dissatisfiedKept'] as const
export type CloseKind = (typeof closeKinds)[number]

export const orderActs = [
  'submit', 'passReview', 'returnToAgent', 'answer', 'dispatch', 'recall', 'returned', 'resultReady', 'acceptResult', 'returnResult',
  'callbackSatisfied', 'callbackGivenUp', 'callbackDissatisfied', 'callbackNotAttributable', 'callbackNotStated', 'redoAsNew', 'dissatisfiedKept', 'appealApproved', 'reopen', 'archive', 'withdraw', 'transfer', 'carry', 'carriedResult', 'uncarry', 'merge', 'unmerge', 'answerUp', 'returnToDesk', 'rejectClosing',
] as const
export type OrderAct = (typeof orderActs)[number]

/** What the choice between several targets depends on. */
export type OrderFacts = { skipReview?: boolean; callbackOwed?: boolean; /** Where an order that was merged comes back to. */ restoreTo?: OrderState }

type Transition = { from: readonly OrderState[]; to: OrderState | ((facts: OrderFacts) => OrderState); closeKind?: CloseKind }

/** The one table of transitions; acts that only set flags or add entries (urge, supplement, extension …) are not in it. */
export const orderTransitions: Record<OrderAct, Transition> = {
  submit: { from: ['draft'], to: (f) => (f.skipReview ? 'pendingDispatch' : 'pendingReview') },
  passReview: { from: ['pendingReview'], to: 'pendingDispatch' },
  returnToAgent: { from: ['pendingReview'], to: 'draft' },
  answer: { from: ['draft', 'pendingReview', 'pendingDispatch'], to: 'closed', closeKind: 'answered' },
  dispatch: { from: ['pendingDispatch'], to: 'inProgress' },
  transfer: { from: ['pendingReview', 'pendingDispatch'], to: 'inProgress' },
  recall: { from: ['inProgress'], to: 'pendingDispatch' },
  returned: { from: ['inProgress'], to: 'pendingDispatch' },
  resultReady: { from: ['inProgress'], to: 'pendingResultReview' },
  acceptResult: { from: ['pendingResultReview'], to: (f) => (f.callbackOwed ? 'pendingCallback' : 'closed'), closeKind: 'handled' },
  returnResult: { from: ['pendingResultReview'], to: 'inProgress' },
  callbackSatisfied: { from: ['pendingCallback'], to: 'archived', closeKind: 'handled' },
  callbackGivenUp: { from: ['pendingCallback'], to: 'archived', closeKind: 'notReached' },
  callbackNotStated: { from: ['pendingCallback'], to: 'archived', closeKind: 'notStated' },
  callbackNotAttributable: { from: ['pendingCallback'], to: 'archived', closeKind: 'notAttributable' },
  callbackDissatisfied: { from: ['pendingCallback'], to: 'inProgress' },
  // Handled again under another number; or examined, and the answer kept beside the result.
  redoAsNew: { from: ['pendingCallback', 'closed'], to: 'archived', closeKind: 'redone' },
  dissatisfiedKept: { from: ['pendingCallback', 'closed'], to: 'archived', closeKind: 'dissatisfiedKept' },
  appealApproved: { from: ['inProgress'], to: 'archived', closeKind: 'appealApproved' },
  reopen: { from: ['closed'], to: 'inProgress' },
  archive: { from: ['closed'], to: 'archived' },
  // A mirror that the receiving centre answers itself: its sender checks the answer like a result.
  answerUp: { from: ['pendingReview', 'pendingDispatch'], to: 'pendingResultReview' },
  returnToDesk: { from: ['pendingResultReview', 'inProgress'], to: 'pendingDispatch' },
  rejectClosing: { from: ['pendingResultReview'], to: 'inProgress' },
  // A member of an event set follows the leading order; taken out, it goes on alone from the dispatch desk.
  carry: { from: ['pendingReview', 'pendingDispatch'], to: 'inProgress' },
  carriedResult: { from: ['inProgress'], to: (f) => (f.callbackOwed ? 'pendingCallback' : 'closed'), closeKind: 'handled' },
  uncarry: { from: ['inProgress'], to: 'pendingDispatch' },
  merge: { from: ['draft', 'pendingReview', 'pendingDispatch', 'inProgress'], to: 'merged' },
  unmerge: { from: ['merged'], to: (f) => f.restoreTo ?? 'pendingDispatch' },
  withdraw: { from: ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview'], to: 'withdrawn' },
}

/** The state after an act, or null where the act is not possible in `state`. */
export function nextState(state: OrderState, act: OrderAct, facts: OrderFacts = {}): { state: OrderState; closeKind?: CloseKind } | null {
  const transition = orderTransitions[act]
  if (!transition.from.includes(state)) return null
  const to = typeof transition.to === 'function' ? transition.to(facts) : transition.to
  const ends = to === 'closed' || to === 'archived'
  return ends && transition.closeKind ? { state: to, closeKind: transition.closeKind } : { state: to }
}

export const isOpen = (state: OrderState): boolean => (openStates as readonly OrderState[]).includes(state)

/** The four states that requesters see. A pending callback already reads 已办结; a redo is `inProgress` again by itself. */
export type PublicState = 'accepted' | 'handling' | 'done' | 'withdrawn'
export const publicState = (state: OrderState): PublicState => {
  switch (state) {
    case 'draft':
    case 'pendingReview':
    case 'pendingDispatch':
      return 'accepted'
    case 'inProgress':
    case 'pendingResultReview':
      return 'handling'
    case 'withdrawn':
      return 'withdrawn'
    default:
      return 'done'
  }
}

export const urgencies = ['normal', 'urgent', 'major'] as const
export type Urgency = (typeof urgencies)[number]
