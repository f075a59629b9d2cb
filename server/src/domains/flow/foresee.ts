// What would come if everybody decided in one way: for previews, for the steps still ahead, and for trials. Writes nothing.
import type { Compiled } from './compile-graph.ts'
import type { FlowNode, Outcome, Variables } from './graph.ts'
import { climbFrom, unitAbove, type UnitLine, type UnitPlace } from './places.ts'
import { walk, type Begin, type Marking, type Walked } from './token-engine.ts'

export type Stay<T = unknown> = { node: FlowNode; unit: UnitPlace; more?: T }

export type Guess<T> = {
  /** Who would be asked; `pass` where the node would fall away. */
  seat(node: FlowNode, unit: UnitPlace | undefined, variables: Variables): Promise<Stay<T> | 'pass'>
  /** What would be decided there; default approval. */
  decide?(stay: Stay<T>): Outcome
  /** Told of each service that would run. */
  service?(node: FlowNode): void
}

export type Foreseen<T> = { stays: Stay<T>[]; trail: number[]; variables: Variables; ended: Walked<unknown>['ended'] }

// Enough for any process a person would draw; a process that returns to itself for ever is cut here.
const MAX_STAYS = 60

/** From tokens that set out (`begin`) or rest (`stays`), all stays in the order in which they would be decided. */
export async function foresee<T>(compiled: Compiled, line: UnitLine, from: { begin: Begin[]; stays: Stay<T>[]; marking: Omit<Marking, 'resting'> }, guess: Guess<T>): Promise<Foreseen<T>> {
  const seen: Foreseen<T> = { stays: [], trail: [], variables: from.marking.variables, ended: null }
  let { arrived, approved } = from.marking
  const open = [...from.stays]
  const go = async (begin: Begin[]): Promise<void> => {
    const walked = await walk<Stay<T>>(compiled, { resting: open.map((stay) => stay.node.key), arrived, approved, variables: seen.variables }, begin, {
      async task(node, unit, variables) {
        const stay = await guess.seat(node, unit, variables)
        return stay === 'pass' ? 'pass' : { rest: stay }
      },
      async call(node, variables) {
        const stay = await guess.seat(node, undefined, variables)
        return stay === 'pass' ? 'approved' : { rest: stay }
      },
      async service(node) {
        guess.service?.(node)
        return {}
      },
    })
    seen.trail.push(...walked.trail)
    seen.variables = walked.variables
    seen.ended = walked.ended
    // Arrivals of this guess have no stored id: they are told apart by the object itself.
    arrived = [...arrived.filter((one) => one.id !== undefined && !walked.consumed.includes(one.id)), ...walked.arrived]
    approved = walked.approved
    for (const { rest } of walked.rests) {
      open.push(rest)
      seen.stays.push(rest)
    }
  }
  if (from.begin.length > 0) await go(from.begin)
  for (let count = 0; count < MAX_STAYS && seen.ended === null; count++) {
    const stay = open.shift()
    if (!stay) break
    await go(onward(compiled, line, stay, guess.decide?.(stay) ?? 'approve'))
  }
  return seen
}

function onward(compiled: Compiled, line: UnitLine, stay: Stay, outcome: Outcome): Begin[] {
  const { node, unit } = stay
  const along = (routes: { index: number; to: string }[]): Begin[] => routes.map((route) => ({ node: compiled.node(route.to), route: route.index }))
  if (node.kind === 'call') {
    const back = outcome === 'return' ? compiled.out(node.key, 'return') : []
    return along(back.length > 0 ? back : compiled.out(node.key, 'next'))
  }
  if (outcome === 'return' && compiled.out(node.key, 'return').length > 0) return along(compiled.out(node.key, 'return'))
  if (outcome === 'passUp') {
    const own = compiled.out(node.key, 'passUp')
    if (own.length > 0) return along(own)
    const above = node.passUp ? unitAbove(line, unit.id) : null
    if (above) return [{ node, unit: above }]
  }
  const above = climbFrom(node, line, unit.id)
  return above ? [{ node, unit: above }] : along(compiled.out(node.key, 'approve'))
}

