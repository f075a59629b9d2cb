// Words and rules of supervision. Pure.
import type { ClockKind } from '../orders/index.ts'

export const clockKinds = ['stage', 'sign', 'firstContact', 'response', 'handling', 'resultReview', 'upper', 'ownEarlier'] as const satisfies ClockKind[]
export const clockColours = ['green', 'yellow', 'red', 'paused', 'ended'] as const
export type ClockColour = (typeof clockColours)[number]
export const cardColours = ['yellow', 'red'] as const
export type CardColour = (typeof cardColours)[number]
export const cardStates = ['open', 'superseded', 'cleared', 'void'] as const
export type CardState = (typeof cardStates)[number]
export const urgeSources = ['staff', 'requester', 'upper'] as const
export type UrgeSource = (typeof urgeSources)[number]
export const taskStates = ['open', 'replied', 'closed'] as const
export type TaskState = (typeof taskStates)[number]

/** Clocks of the centre's own desks; the others belong to a unit. */
export const centreClocks: readonly ClockKind[] = ['stage', 'resultReview']
/** Clocks that remind 3, 2, 1 days ahead, and whose red card opens a supervision task. */
export const deadlineClocks: readonly ClockKind[] = ['handling', 'upper', 'ownEarlier']

/** Whether an order can be urged in its state; the rule's reason otherwise. */
export function urgeFault(state: string): 'closed' | 'notDispatched' | null {
  if (state === 'inProgress' || state === 'pendingResultReview') return null
  return state === 'draft' || state === 'pendingReview' || state === 'pendingDispatch' ? 'notDispatched' : 'closed'
}
