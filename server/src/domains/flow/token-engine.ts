// Walks tokens over a graph until each rests: at a task, in a process called, at a join that waits, or at an end. It knows nothing of
// people or tables; whoever runs it gives a World.
import { choose, chooseAll, type Compiled, type Route } from './compile-graph.ts'
import type { FlowNode, Variables } from './graph.ts'
import type { UnitPlace } from './places.ts'

/** A token that arrived at a gateway by a route; `id` where it is stored already. */
export type Arrived = { gate: string; route: number; id?: string }

export type Marking = {
  /** Nodes at which other tokens rest. */
  resting: string[]
  arrived: Arrived[]
  variables: Variables
  /** Whether an approving end was reached before. */
  approved: boolean
}

/** Where a walk begins: at a node (again), or along routes. */
export type Begin = { node: FlowNode; unit?: UnitPlace | undefined; route?: number }

export type World<R> = {
  /** What waits at a task, or `pass` where nobody is there to decide and the next step will. */
  task(node: FlowNode, unit: UnitPlace | undefined, variables: Variables): Promise<{ rest: R } | 'pass'>
  /** Begins the process within; it may be over at once. */
  call(node: FlowNode, variables: Variables): Promise<{ rest: R } | 'approved' | 'returned'>
  /** Runs a named operation; its results become variables. */
  service(node: FlowNode, variables: Variables): Promise<Variables>
}

export type Walked<R> = {
  rests: { node: FlowNode; rest: R }[]
  /** New arrivals that wait. */
  arrived: Arrived[]
  /** Stored arrivals that a join took. */
  consumed: string[]
  variables: Variables
  approved: boolean
  /** Set when nothing is left to wait for. */
  ended: { outcome: 'approved' | 'returned'; endKey: string | null } | null
  /** Routes passed, in order. */
  trail: number[]
}

// A process that passes this many nodes without resting runs in a circle; publishing forbids it.
const MAX_STEPS = 1000

export async function walk<R>(compiled: Compiled, marking: Marking, begin: Begin[], world: World<R>, forgiving = true): Promise<Walked<R>> {
  const todo = [...begin]
  const walked: Walked<R> = { rests: [], arrived: [], consumed: [], variables: marking.variables, approved: marking.approved, ended: null, trail: begin.flatMap((one) => one.route ?? []) }
  let arrived = [...marking.arrived]
  let endKey: string | null = null
  const go = (routes: Route[]): void => {
    for (const route of routes) {
      walked.trail.push(route.index)
      todo.push({ node: compiled.node(route.to), route: route.index })
    }
  }
  for (let steps = 0; ; steps++) {
    if (steps > MAX_STEPS) throw new Error('the process runs in a circle')
    const at = todo.shift()
    if (at) {
      const { node } = at
      switch (node.kind) {
        case 'end':
          endKey = node.key
          if (node.result === 'approved') walked.approved = true
          if (node.result === 'returned') return { ...walked, rests: [], arrived: [], ended: { outcome: 'returned', endKey } }
          break
        case 'userTask': {
          const found = await world.task(node, at.unit, walked.variables)
          if (found === 'pass') go(compiled.out(node.key, 'approve'))
          else walked.rests.push({ node, rest: found.rest })
          break
        }
        case 'call': {
          const found = await world.call(node, walked.variables)
          if (typeof found !== 'string') walked.rests.push({ node, rest: found.rest })
          else if (found === 'approved' || compiled.out(node.key, 'return').length > 0) go(compiled.out(node.key, found === 'approved' ? 'next' : 'return'))
          else return { ...walked, rests: [], arrived: [], ended: { outcome: 'returned', endKey: node.key } }
          break
        }
        case 'serviceTask':
          walked.variables = { ...walked.variables, ...(await world.service(node, walked.variables)) }
          go(compiled.out(node.key))
          break
        case 'expressionTask':
          walked.variables = compiled.assign(node, walked.variables)
          go(compiled.out(node.key))
          break
        case 'exclusive': {
          const route = choose(compiled, node.key, walked.variables)
          if (!route) throw new Error(`the process has no way on from ${node.key}`)
          go([route])
          break
        }
        case 'parallel':
        case 'inclusive':
          if (at.route !== undefined && compiled.into(node.key).length > 1) arrived.push({ gate: node.key, route: at.route })
          else go(node.kind === 'parallel' ? compiled.out(node.key) : chooseAll(compiled, node.key, walked.variables))
          break
        case 'start':
        case 'timer':
          go(compiled.out(node.key))
      }
      continue
    }
    const resting = [...marking.resting, ...walked.rests.map((one) => one.node.key)]
    const fired = nextJoin(compiled, arrived, resting, forgiving)
    if (!fired) break
    arrived = arrived.filter((one) => !fired.takes.includes(one))
    walked.consumed.push(...fired.takes.flatMap((one) => one.id ?? []))
    go(fired.gate.kind === 'parallel' ? compiled.out(fired.gate.key) : chooseAll(compiled, fired.gate.key, walked.variables))
  }
  walked.arrived = arrived.filter((one) => one.id === undefined)
  const waits = marking.resting.length + walked.rests.length + arrived.length
  if (waits === 0) walked.ended = { outcome: walked.approved ? 'approved' : 'returned', endKey }
  return walked
}

/** The join that goes on now. When nothing else is left to come (after a jump into a branch), the first one that waits goes on. */
export function nextJoin(compiled: Compiled, arrived: readonly Arrived[], resting: readonly string[], forgiving = true): { gate: FlowNode; takes: Arrived[] } | undefined {
  if (arrived.length === 0) return undefined
  const gates = compiled.graph.nodes.filter((n) => arrived.some((one) => one.gate === n.key))
  for (const gate of gates) {
    const takes = compiled.into(gate.key).flatMap((route) => arrived.find((one) => one.gate === gate.key && one.route === route.index) ?? [])
    if (takes.length === compiled.into(gate.key).length) return { gate, takes }
    if (gate.kind === 'inclusive' && !moreMayCome(compiled, gate, takes, arrived, resting)) return { gate, takes }
  }
  const stuck = gates[0]
  if (!forgiving || resting.length > 0 || !stuck) return undefined
  return { gate: stuck, takes: compiled.into(stuck.key).flatMap((route) => arrived.find((one) => one.gate === stuck.key && one.route === route.index) ?? []) }
}

// BPMN 2.0 §13.4.3: a token elsewhere holds the join up when it can come by an empty route and by none that is filled already.
function moreMayCome(compiled: Compiled, gate: FlowNode, takes: Arrived[], arrived: readonly Arrived[], resting: readonly string[]): boolean {
  const into = compiled.into(gate.key)
  const filled = into.filter((route) => takes.some((one) => one.route === route.index))
  const empty = into.filter((route) => !filled.includes(route))
  const places = [...resting, ...arrived.filter((one) => one.gate !== gate.key).map((one) => one.gate)]
  return places.some((place) => empty.some((route) => compiled.mayReach(place, gate.key, route.index)) && !filled.some((route) => compiled.mayReach(place, gate.key, route.index)))
}
