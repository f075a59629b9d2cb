// Who is asked at a task: one seat each for whoever must or may decide it.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Compiled } from './compile-graph.ts'
import { choose } from './compile-graph.ts'
import { flowErrors } from './flow.errors.ts'
import type { ActorRule, FlowNode, Variables } from './graph.ts'
import { climbFrom, firstUnit, isCentre, namedPlace, type UnitLine, type UnitPlace } from './places.ts'
import { holdersOf, isId } from './unit-line.ts'

export type Person = { id: string; name: string }
export type Seat = {
  unit: UnitPlace
  permission: string | null
  role: string | null
  assignee: Person | null
  candidates: string[] | null
  /** Whether this seat's approval is needed, or one of several suffices. */
  must: boolean
  /** The applicant's own step. */
  own: boolean
}
export type Place = { compiled: Compiled; line: UnitLine; applicantId: string | null }
/** Units in which nobody could decide and that were passed over. */
export type Seated = { unit: UnitPlace; seats: Seat[]; skipped: UnitPlace[] }

/**
 * The seats of a task. A unit where nobody could decide (no holder of the right besides the applicant) is passed over, as long as
 * another decision follows: the last one is never taken by absence. `pass`: the whole node falls away.
 */
export async function seatsOf(ctx: Ctx, place: Place, node: FlowNode, from: UnitPlace | undefined, variables: Variables): Promise<Seated | { pass: UnitPlace[] }> {
  const { line, applicantId } = place
  const rule = resolve(node.actor, line, variables)
  const people = rule?.userIds?.filter((id) => id !== applicantId) ?? []
  if (rule?.applicant) {
    if (applicantId === null) return { pass: [] }
    return { unit: line.below[0] ?? line.centre, seats: [{ ...blank(line.below[0] ?? line.centre), assignee: { id: applicantId, name: '申请人' }, own: true }], skipped: [] }
  }
  let unit = from ?? firstUnit({ ...node, actor: rule }, line)
  // A climbing node has no level to climb when the subject is the centre itself.
  if (node.levelUp && isCentre(line, unit.id) && !from) return { pass: [] }
  if (people.length > 0) return { unit, seats: seatPeople(unit, people, node.mode), skipped: [] }
  const skipped: UnitPlace[] = []
  for (;;) {
    const seats = await seatUnit(ctx, place, node, rule, unit)
    if (seats.length > 0) return { unit, seats, skipped }
    const above = climbFrom(node, line, unit.id)
    if (!above && !decisionFollows(place.compiled, node, variables)) return { unit, seats: [{ ...blank(unit), permission: rule?.permission ?? null, role: rule?.role ?? null }], skipped }
    skipped.push(unit)
    if (!above) return { pass: skipped }
    unit = above
  }
}

const blank = (unit: UnitPlace): Seat => ({ unit, permission: null, role: null, assignee: null, candidates: null, must: true, own: false })

function seatPeople(unit: UnitPlace, people: string[], mode: FlowNode['mode']): Seat[] {
  return mode === 'all' ? people.map((id) => ({ ...blank(unit), assignee: { id, name: '' } })) : [{ ...blank(unit), candidates: people }]
}

async function seatUnit(ctx: Ctx, place: Place, node: FlowNode, rule: ActorRule | null | undefined, unit: UnitPlace): Promise<Seat[]> {
  const { line, applicantId } = place
  const all = node.mode === 'all'
  const right = { permission: rule?.permission ?? null, role: rule?.role ?? null }
  const units = rule?.unit === 'fixed' && (rule.unitIds?.length ?? 0) > 1 && rule.unitIds?.includes(unit.id) ? rule.unitIds.map((id) => namedPlace(line, id)) : [unit]
  const seats: Seat[] = []
  for (const at of units) {
    if (isCentre(line, at.id) && (!all || units.length > 1)) {
      seats.push({ ...blank(at), ...right, must: all || units.length === 1 })
      continue
    }
    const holders = (await holdersOf(ctx, rule, at, line)).filter((user) => user.id !== applicantId)
    if (holders.length === 0) continue
    if (all && units.length === 1) seats.push(...holders.map((user) => ({ ...blank(at), ...right, assignee: user })))
    else seats.push({ ...blank(at), ...right, must: all || units.length === 1 })
  }
  return seats
}

function resolve(rule: ActorRule | null | undefined, line: UnitLine, variables: Variables): ActorRule | null | undefined {
  if (rule?.unit !== 'variable') return rule
  const unitId = variables[rule.variable ?? '']
  if (!isId(unitId) || !line.fixed.has(unitId)) throw flowErrors('variableUnit', { params: { variable: rule.variable ?? '' } })
  return { ...rule, unitId }
}

/** Whether approval leads, through gateways and services, to another task of people. */
function decisionFollows(compiled: Compiled, node: FlowNode, variables: Variables): boolean {
  let key = compiled.out(node.key, 'approve')[0]?.to
  for (let steps = 0; key !== undefined && steps < 100; steps++) {
    const next = compiled.node(key)
    if (next.kind === 'userTask') return true
    if (next.kind !== 'exclusive' && next.kind !== 'serviceTask' && next.kind !== 'expressionTask') return false
    key = next.kind === 'exclusive' ? choose(compiled, key, variables)?.to : compiled.out(key)[0]?.to
  }
  return false
}
