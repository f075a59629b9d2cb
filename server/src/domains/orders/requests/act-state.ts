// Acts of the rooms of handling, told before the attempt like all others.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { AssignmentRow, OrderRow, RequestRow } from '../orders.queries.ts'
import { handlingActNames } from './requests.zh-CN.ts'

export type Why = { rule: string; reason: string; until?: string }

/** `why` null: it can be done. */
export const actState = (act: string, why: Why | null): ActState => ({ act, label: handlingActNames[act] ?? act, enabled: why === null, ...why })

export type OrderActFacts = { order: OrderRow; assignments: AssignmentRow[]; requests: RequestRow[] }
export type AssignmentActFacts = OrderActFacts & { assignment: AssignmentRow; /** Why nothing can be done before signing, or in a wrong state. */ signFirst: Why }

/** What a room adds to the acts of the order page. */
export type HandlingActs = {
  order?: (ctx: Ctx, facts: OrderActFacts) => Promise<ActState[]> | ActState[]
  assignment?: (ctx: Ctx, facts: AssignmentActFacts) => Promise<ActState[]> | ActState[]
}

export const pendingOf = (requests: RequestRow[], kind: string, assignmentId?: string): RequestRow | undefined => requests.find((r) => r.kind === kind && r.state === 'pending' && (assignmentId === undefined || r.assignment_id === assignmentId))
