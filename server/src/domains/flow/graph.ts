// A process as a graph of data: the vocabulary. Nothing here runs.
import type { Duration } from '../../kernel/time/index.ts'

export type Variable = string | number | boolean | null
export type Variables = Record<string, Variable>
export type VariableType = 'text' | 'number' | 'boolean' | 'date'

/** A variable that conditions, expressions and services may read. Dates are `yyyy-mm-dd` or ISO moments. */
export type VariableRule = {
  name: string
  /** Chinese, for whoever draws or simulates. */
  label: string
  type: VariableType
  /** The only values a text may have, offered in the designer. */
  options?: string[]
}

export type ActorRule = {
  /** Where the deciders sit: the subject's own unit, the one above it, the hotline centre, fixed ones, or the unit whose id a variable holds. */
  unit: 'subject' | 'subjectParent' | 'centre' | 'fixed' | 'variable'
  unitId?: string
  /** Several fixed units: one seat each. */
  unitIds?: string[]
  /** For `variable`. */
  variable?: string
  /** Who decides there: holders of a permission, or of a role (its code; `unitLeader` = the unit's leader). */
  permission?: string
  role?: string
  /** Named people instead of a right: any of them (`one`) or every one (`all`). */
  userIds?: string[]
  /** The applicant himself: to supplement, to confirm. */
  applicant?: boolean
}

export type NodeKind = 'start' | 'end' | 'userTask' | 'serviceTask' | 'expressionTask' | 'exclusive' | 'parallel' | 'inclusive' | 'timer' | 'call'

export type FlowNode = {
  key: string
  kind: NodeKind
  name: string
  actor?: ActorRule | null
  /** `all`: every seat must approve; with a right in one unit everybody who holds it there. */
  mode?: 'one' | 'all'
  /** How long the step may take; past it the step counts as overdue. */
  limit?: Duration | null
  /** The node is repeated for each unit from the subject's up to the last below the centre. */
  levelUp?: boolean
  /** Whether the step may be handed to the next unit up. */
  passUp?: boolean
  /** When an opinion must be written; default as the setting `flow.opinion` says. */
  opinion?: 'never' | 'return' | 'always' | null
  /** Whether whoever decides may ask a further person to sign as well. */
  addSigner?: boolean
  /** Whether whoever decides may hand the step to another person. */
  forward?: boolean
  /** Where a return may go besides the node's own route: the applicant (who supplements and sends it back here), the step before, or named nodes. */
  returnTo?: ('applicant' | 'previous' | (string & {}))[]
  /** Of an end: `returned` ends the whole process at once; without result only this branch ends. */
  result?: 'approved' | 'returned' | null
  /** Of a service task: the name of a registered operation and expressions for its parameters. */
  operation?: { name: string; input?: Record<string, string> } | null
  /** Of an expression task: variables set in this order. */
  assign?: { variable: string; expression: string }[]
  /** Of a timer: the task it sits on, and whether the task ends when it fires. */
  attachedTo?: string | null
  interrupting?: boolean
  after?: Duration | null
  /** Of a call: the process that runs within; `input` gives its variables, without it they are all handed over. */
  call?: { key: string; input?: Record<string, string> } | null
  x?: number | null
  y?: number | null
}

export type Outcome = 'approve' | 'return' | 'passUp'
/** `condition` is an expression; of a gateway's routes the one without is the default. */
export type FlowEdge = { from: string; to: string; outcome: 'next' | Outcome; condition?: string | null; name?: string | null }

export type Graph = {
  nodes: FlowNode[]
  edges: FlowEdge[]
  variables?: VariableRule[]
  /** When the applicant may take it back; default `always` while it runs. */
  withdraw?: 'never' | 'undecided' | 'always'
}

export type ShippedDefinition = { key: string; name: string; businessType: string; stage?: string; graph: Graph }

/** Kinds at which a token rests until something from outside happens. */
export const rests = (kind: NodeKind): boolean => kind === 'userTask' || kind === 'call'

export const startOf = (graph: Graph): FlowNode => {
  const start = graph.nodes.find((n) => n.kind === 'start')
  if (!start) throw new Error('the process has no start')
  return start
}
