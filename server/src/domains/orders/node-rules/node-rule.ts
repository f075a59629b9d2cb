// Rules on the nodes of handling: what a definition holds, what a node is, and whether a rule would leave orders without a way on (ORD-68). Pure.
import { z } from 'zod'
import { DURATION_UNITS, type Duration } from '../../../kernel/time/index.ts'
import type { OrderState } from '../order.ts'
import { conditions } from '../query/conditions.ts'

export const nodes = ['registration', 'review', 'dispatch', 'sign', 'handling', 'unitReview', 'resultReview'] as const
export type Node = (typeof nodes)[number]

/** Acts of a node that a rule may forbid; `onward` lead out of it towards the end. */
export const nodeActs: Record<Node, { acts: readonly string[]; onward: readonly string[] }> = {
  registration: { acts: ['submit', 'answer'], onward: ['submit', 'answer'] },
  review: { acts: ['passReview', 'returnToAgent', 'answer', 'transfer'], onward: ['passReview', 'answer', 'transfer'] },
  dispatch: { acts: ['dispatch', 'answer', 'transfer'], onward: ['dispatch', 'answer', 'transfer'] },
  sign: { acts: ['sign', 'requestReturn'], onward: ['sign'] },
  handling: { acts: ['feedback', 'handDown', 'requestReturn', 'requestExtension'], onward: ['feedback'] },
  unitReview: { acts: ['accept', 'sendBack'], onward: ['accept'] },
  resultReview: { acts: ['acceptResult', 'returnResult', 'rejectClosing'], onward: ['acceptResult'] },
}

const states: Partial<Record<OrderState, Node>> = { draft: 'registration', pendingReview: 'review', pendingDispatch: 'dispatch', pendingResultReview: 'resultReview' }
/** The node at which an act of the centre is done; null: no rules there. */
export const nodeOf = (state: OrderState, act: string): Node | null => {
  const node = states[state]
  return node && nodeActs[node].acts.includes(act) ? node : null
}

export const pushAfter = ['registered', 'returnedToAgent', 'dispatched', 'assignmentSigned', 'feedbackSubmitted', 'resultReady', 'resultReturned', 'resultAccepted', 'closed'] as const
export const pushTo = ['registrar', 'units', 'reviewers', 'dispatchers', 'resultReviewers', 'requester'] as const
/** Fields of an order that a rule may demand at the end of a node. */
export const demandable = ['matterId', 'categoryId', 'industryId', 'areaCode', 'address', 'detailAddress', 'point', 'occurredAt', 'summary', 'purpose', 'enterpriseCode', 'involvedCount'] as const
export type Demandable = (typeof demandable)[number]

const words = (max: number) => z.string().trim().max(max)
export const nodeRuleDefinition = z.strictObject({
  /** Which orders; null: all. */
  when: conditions.nullable().default(null),
  forbid: z.array(words(40)).max(20).default([]),
  /** Fields without which the node is not left. */
  demand: z.array(z.enum(demandable)).max(20).default([]),
  /** What must hold of the order before the node is left; null: nothing. */
  exit: conditions.nullable().default(null),
  /** Right that the node's acts need besides their own; null: none. */
  permission: words(60).nullable().default(null),
  /** How long the node may take, instead of the general limit; for review, dispatch and handling. */
  limit: z.object({ amount: z.number().gt(0).max(10_000), unit: z.enum(DURATION_UNITS as readonly [Duration['unit'], ...Duration['unit'][]]) }).nullable().default(null),
  push: z.array(z.object({ after: z.enum(pushAfter), to: z.enum(pushTo), text: words(200).min(1) })).max(10).default([]),
  /** Told to who is refused. */
  reason: words(200).default(''),
})
export type NodeRuleDefinition = z.output<typeof nodeRuleDefinition>

export type Said = { name: string; definition: Pick<NodeRuleDefinition, 'forbid'> }

/**
 * The rules that together forbid every way on from a node, or null. Conditions are left out of account: an order for which all of them
 * held would be stuck, and that is not seen before it is.
 */
export function deadEnd(node: Node, rules: readonly Said[]): string[] | null {
  const { onward } = nodeActs[node]
  const blocking = rules.filter((r) => r.definition.forbid.some((act) => onward.includes(act)))
  return onward.every((act) => blocking.some((r) => r.definition.forbid.includes(act))) ? blocking.map((r) => r.name) : null
}
