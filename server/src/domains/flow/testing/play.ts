// Plays a graph without people or tables: for tests of the token engine.
import { compileGraph, type Compiled } from '../compile-graph.ts'
import type { Graph, Outcome, Variables } from '../graph.ts'
import { walk, type Arrived, type Begin, type Walked } from '../token-engine.ts'

export type Played = {
  /** Keys of tasks in the order in which they were decided. */
  decided: string[]
  outcome: 'approved' | 'returned' | 'stuck' | 'endless'
  /** How often routes were passed. */
  passed: Map<number, number>
}

/** Decides until the process ends: `pick` chooses among waiting tasks, `decide` what is decided there; `variables` may change between decisions. */
export async function play(graph: Graph, variables: Variables | (() => Variables), pick: (waiting: string[]) => number, decide: (key: string, visit: number) => Outcome, limit = 500): Promise<Played> {
  const compiled = compileGraph(graph)
  let resting: string[] = []
  let arrived: (Arrived & { id: string })[] = []
  const played: Played = { decided: [], outcome: 'stuck', passed: new Map() }
  const visits = new Map<string, number>()
  const now = (): Variables => (typeof variables === 'function' ? variables() : variables)
  let approved = false
  let serial = 0
  let begin: Begin[] = [{ node: compiled.start }]
  for (let steps = 0; steps < limit; steps++) {
    const walked: Walked<null> = await walk(compiled, { resting, arrived, variables: now(), approved }, begin, { task: async () => ({ rest: null }), call: async () => ({ rest: null }), service: async () => ({}) }, false)
    for (const route of walked.trail) played.passed.set(route, (played.passed.get(route) ?? 0) + 1)
    approved = walked.approved
    arrived = [...arrived.filter((one) => !walked.consumed.includes(one.id)), ...walked.arrived.map((one) => ({ ...one, id: `a${serial++}` }))]
    resting = [...resting, ...walked.rests.map((one) => one.node.key)]
    if (walked.ended) return { ...played, outcome: walked.ended.outcome }
    if (resting.length === 0) return played
    const at = pick(resting)
    const key = resting[at] ?? ''
    resting = resting.filter((_, i) => i !== at)
    const visit = visits.get(key) ?? 0
    visits.set(key, visit + 1)
    played.decided.push(key)
    begin = routesOf(compiled, key, decide(key, visit))
  }
  return { ...played, outcome: 'endless' }
}

function routesOf(compiled: Compiled, key: string, outcome: Outcome): Begin[] {
  const routes = compiled.out(key, outcome)
  return (routes.length > 0 ? routes : compiled.out(key, 'approve')).map((route) => ({ node: compiled.node(route.to), route: route.index }))
}
