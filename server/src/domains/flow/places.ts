// The units that a process climbs through. Pure.
import type { ActorRule, FlowNode } from './graph.ts'

export type UnitPlace = { id: string; name: string }
/** The subject's unit line: from its own unit upward, without the centre; the centre; and other units by id. */
export type UnitLine = { below: UnitPlace[]; centre: UnitPlace; fixed: Map<string, string> }

export const isCentre = (line: UnitLine, unitId: string): boolean => unitId === line.centre.id

export const namedPlace = (line: UnitLine, id: string): UnitPlace => ({ id, name: line.fixed.get(id) ?? '' })

/** The unit in which a node is decided first. */
export function firstUnit(node: FlowNode, line: UnitLine): UnitPlace {
  const rule = node.actor
  const unitId = rule?.unitId ?? rule?.unitIds?.[0]
  if ((rule?.unit === 'fixed' || rule?.unit === 'variable') && unitId) return namedPlace(line, unitId)
  if (rule?.unit === 'subject') return line.below[0] ?? line.centre
  if (rule?.unit === 'subjectParent') return line.below[1] ?? line.centre
  return line.centre
}

/** One level up; null above the centre. A unit outside the line (fixed) is below the centre. */
export function unitAbove(line: UnitLine, unitId: string): UnitPlace | null {
  if (isCentre(line, unitId)) return null
  const at = line.below.findIndex((unit) => unit.id === unitId)
  return (at >= 0 ? line.below[at + 1] : undefined) ?? line.centre
}

/** The next unit a climbing node goes to after approval; undefined when it has climbed to the top below the centre. */
export function climbFrom(node: FlowNode, line: UnitLine, unitId: string): UnitPlace | undefined {
  if (!node.levelUp) return undefined
  const above = unitAbove(line, unitId)
  return above && !isCentre(line, above.id) ? above : undefined
}

/** Units named by the graph, to be read with the line. */
export const namedUnits = (rule: ActorRule | null | undefined): string[] => [...(rule?.unitId ? [rule.unitId] : []), ...(rule?.unitIds ?? [])]
