// What a reader may see of an order besides its facts: other units' opinions, internal entries (domain rule 2, decision 2).
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { unitsByIds } from '../../platform/index.ts'
import { withChildren } from '../assignment.ts'
import type { AssignmentRow } from '../orders.queries.ts'

export type Reader = {
  /** Staff of a centre: agents, desks, leaders; they see every unit's text. */
  centre: boolean
  /** Assignments of the reader's own line: own and lower units' ones, what lies above them, what lies below. */
  line: ReadonlySet<string>
  /** Units of that line. */
  units: ReadonlySet<string>
  /** Whether an entry or feedback of this visibility may be read. */
  sees(what: { visibility: string; assignmentId: string | null; unitId: string | null }): boolean
}

/** The reader's view of one order. Whoever holds `orders.read` only as a unit is a unit; any other staff belongs to the centre. */
export async function readerOf(ctx: Ctx, assignments: AssignmentRow[]): Promise<Reader> {
  const scopes = scopesOf(ctx, 'orders.read')
  const centre = scopes.some((s) => s !== 'unit' && s !== 'unitTree')
  const line = new Set<string>()
  if (!centre) {
    const units = await unitsByIds(ctx, assignments.map((a) => a.unit_id))
    const own = assignments.filter((a) => [a.unit_id, ...(units.get(a.unit_id)?.path ?? [])].some((id) => ctx.actor.unitIds.includes(id)))
    for (const assignment of own) for (const id of lineOf(assignments, assignment)) line.add(id)
  }
  const units = new Set([...ctx.actor.unitIds, ...assignments.filter((a) => line.has(a.id)).map((a) => a.unit_id)])
  return {
    centre, line, units,
    sees({ visibility, assignmentId, unitId }) {
      if (centre || visibility === 'staff' || visibility === 'public') return true
      if (visibility !== 'unitLine') return false
      return assignmentId === null ? unitId !== null && units.has(unitId) : line.has(assignmentId)
    },
  }
}

function lineOf(all: AssignmentRow[], assignment: AssignmentRow): string[] {
  const above: string[] = []
  for (let at = all.find((a) => a.id === assignment.parent_id); at; at = all.find((a) => a.id === at?.parent_id)) above.push(at.id)
  const below = withChildren(all, assignment.id).map((a) => a.id)
  return [...above, ...below]
}
