// The graph as the engine walks it: lookups instead of searches, conditions as closures. Made once per version.
import { compileExpression, type Value } from './expression-value.ts'
import type { FlowEdge, FlowNode, Graph, Outcome, Variable, Variables } from './graph.ts'

export type Route = FlowEdge & { index: number; holds: ((variables: Variables) => boolean) | null }
export type Compiled = {
  graph: Graph
  node(key: string): FlowNode
  start: FlowNode
  out(key: string, outcome?: FlowEdge['outcome']): Route[]
  /** Routes into a node. */
  into(key: string): Route[]
  route(index: number): Route
  timersOn(key: string): FlowNode[]
  /** Sets variables of an expression task; returns the new variables. */
  assign(node: FlowNode, variables: Variables): Variables
  /** Parameters given as expressions. */
  input(input: Record<string, string>, variables: Variables): Variables
  /** Whether a token at `from` may still come to route `index` of gateway `gate` without passing through the gateway. */
  mayReach(from: string, gate: string, index: number): boolean
  /** Whether one comes from a node to another without passing a parallel or inclusive gateway. */
  sameBranch(from: string, to: string): boolean
}

export function compileGraph(graph: Graph): Compiled {
  const nodes = new Map(graph.nodes.map((n) => [n.key, n]))
  const routes = graph.edges.map((edge, index): Route => ({ ...edge, index, holds: edge.condition ? test(edge.condition) : null }))
  const out = group(routes, (r) => r.from)
  const into = group(routes, (r) => r.to)
  const timers = group(graph.nodes.filter((n) => n.kind === 'timer' && n.attachedTo), (n) => n.attachedTo ?? '')
  const expressions = new Map<string, (variables: Variables) => Value>()
  const run = (text: string, variables: Variables): Variable => {
    let fn = expressions.get(text)
    if (!fn) expressions.set(text, (fn = compileExpression(text).run))
    const value = fn(variables)
    return Array.isArray(value) ? null : value
  }
  // Back from a node: whoever leads to it, and tasks whose timer leads to it.
  const before = (key: string): string[] => [...(into.get(key) ?? []).map((r) => r.from), ...(nodes.get(key)?.kind === 'timer' ? [nodes.get(key)?.attachedTo ?? ''] : [])]
  const reaching = new Map<string, Set<string>>()
  return {
    graph,
    node(key) {
      const node = nodes.get(key)
      if (!node) throw new Error(`the process has no node ${key}`)
      return node
    },
    start: graph.nodes.find((n) => n.kind === 'start') ?? missingStart(),
    out: (key, outcome) => (outcome ? (out.get(key) ?? []).filter((r) => r.outcome === outcome) : (out.get(key) ?? [])),
    into: (key) => into.get(key) ?? [],
    route: (index) => routes[index] as Route,
    timersOn: (key) => timers.get(key) ?? [],
    assign(node, variables) {
      let next = variables
      for (const { variable, expression } of node.assign ?? []) next = { ...next, [variable]: run(expression, next) }
      return next
    },
    input: (input, variables) => Object.fromEntries(Object.entries(input).map(([name, expression]) => [name, run(expression, variables)])),
    mayReach(from, gate, index) {
      const id = `${gate}#${index}`
      let set = reaching.get(id)
      if (!set) reaching.set(id, (set = backward(routes[index]?.from ?? '', before, (key) => key === gate)))
      return set.has(from)
    },
    sameBranch(from, to) {
      const id = `>${to}`
      let set = reaching.get(id)
      if (!set) reaching.set(id, (set = backward(to, before, (key) => ['parallel', 'inclusive'].includes(nodes.get(key)?.kind ?? ''))))
      return set.has(from)
    },
  }
}

function test(condition: string): (variables: Variables) => boolean {
  const { run } = compileExpression(condition)
  return (variables) => run(variables) === true
}

function missingStart(): never {
  throw new Error('the process has no start')
}

function group<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const held = groups.get(by(item))
    if (held) held.push(item)
    else groups.set(by(item), [item])
  }
  return groups
}

/** All nodes from which `to` is reached without passing a barred node. */
function backward(to: string, before: (key: string) => string[], barred: (key: string) => boolean): Set<string> {
  const seen = new Set<string>()
  const todo = [to]
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    if (seen.has(key) || barred(key)) continue
    seen.add(key)
    todo.push(...before(key))
  }
  return seen
}

/** The way on from an exclusive gateway, or none where nothing holds and there is no default. */
export function choose(compiled: Compiled, gate: string, variables: Variables): Route | undefined {
  const routes = compiled.out(gate)
  return routes.find((r) => r.holds?.(variables)) ?? routes.find((r) => !r.holds)
}

/** The ways on from an inclusive gateway: all that hold, else the default. */
export function chooseAll(compiled: Compiled, gate: string, variables: Variables): Route[] {
  const routes = compiled.out(gate)
  const held = routes.filter((r) => r.holds?.(variables))
  return held.length > 0 ? held : routes.filter((r) => !r.holds)
}

export const isOutcome = (outcome: FlowEdge['outcome']): outcome is Outcome => outcome !== 'next'
