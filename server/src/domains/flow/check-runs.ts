// Plays a process through in all ways it can go: which joins wait in vain, where two tokens meet, what never ends. Pure.
import type { GraphProblem } from './check-graph.ts'
import { compileGraph, type Compiled, type Route } from './compile-graph.ts'
import type { FlowNode, Graph } from './graph.ts'
import { nextJoin, type Arrived } from './token-engine.ts'

/** A stay at a node with the non-interrupting timers that fired already. */
type Stay = { key: string; fired: string[] }
type State = { stays: Stay[]; arrived: Arrived[]; approved: boolean; ended: boolean }

// A process of one line has as many states as steps; ten parallel branches of three steps would have a million.
const MAX_STATES = 5000

export function checkRuns(graph: Graph): GraphProblem[] {
  const compiled = compileGraph(graph)
  const problems = new Map<string, string>()
  const say = (key: string, message: string): void => void problems.set(key, `${compiled.node(key).name}：${message}`)
  const states = new Map<string, { state: State; next: Set<string> }>()
  const todo: string[] = []
  const add = (state: State): string => {
    const id = idOf(state)
    if (!states.has(id)) {
      states.set(id, { state, next: new Set() })
      todo.push(id)
    }
    return id
  }
  const blank: State = { stays: [], arrived: [], approved: false, ended: false }
  for (const first of settle(compiled, blank, compiled.out(compiled.start.key), say)) add(first)
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (states.size > MAX_STATES) return [{ path: 'nodes', message: '并行分支的组合过多，无法逐一检查，请用子流程拆分' }]
    const at = states.get(id)
    if (at && !at.state.ended) for (const next of steps(compiled, at.state, say)) at.next.add(add(next))
  }
  if (problems.size === 0) for (const key of endless(states)) say(key, '从这里可能走不到结束')
  return [...problems].map(([key, message]) => ({ path: `nodes.${key}`, message }))
}

const idOf = (state: State): string =>
  state.ended ? 'ended' : `${state.stays.map((s) => `${s.key}:${s.fired.join('+')}`).toSorted().join()}|${state.arrived.map((a) => `${a.gate}#${a.route}`).toSorted().join()}|${state.approved}`

/** All states after one thing happens from outside: a decision, the end of a process within, a timer. */
function steps(compiled: Compiled, state: State, say: (key: string, message: string) => void): State[] {
  const found: State[] = []
  for (const [at, stay] of state.stays.entries()) {
    const rest = state.stays.filter((_, i) => i !== at)
    const node = compiled.node(stay.key)
    for (const route of compiled.out(stay.key)) found.push(...settle(compiled, { ...state, stays: rest }, [route], say))
    if (node.kind === 'call' && compiled.out(stay.key, 'return').length === 0) found.push({ ...state, ended: true })
    for (const timer of compiled.timersOn(stay.key)) {
      if (timer.interrupting) found.push(...settle(compiled, { ...state, stays: rest }, compiled.out(timer.key), say))
      else if (!stay.fired.includes(timer.key)) found.push(...settle(compiled, { ...state, stays: [...rest, { key: stay.key, fired: [...stay.fired, timer.key].toSorted() }] }, compiled.out(timer.key), say))
    }
  }
  return found
}

/** Lets tokens run from routes until they rest, in every way the gateways allow. */
function settle(compiled: Compiled, from: State, routes: Route[], say: (key: string, message: string) => void): State[] {
  const done: State[] = []
  const open: { state: State; todo: Route[] }[] = [{ state: from, todo: routes }]
  for (let at = open.pop(); at; at = open.pop()) {
    const [route, ...todo] = at.todo
    if (route) {
      open.push(...pass(compiled, at.state, route, todo, say))
      if (open.length > MAX_STATES) return done
      continue
    }
    const { state } = at
    const fired = nextJoin(compiled, state.arrived, state.stays.map((s) => s.key), false)
    if (fired) {
      const arrived = state.arrived.filter((one) => !fired.takes.includes(one))
      for (const out of choices(compiled, fired.gate)) open.push({ state: { ...state, arrived }, todo: out })
      continue
    }
    if (state.stays.length === 0) {
      for (const one of state.arrived) say(one.gate, '汇合处等不齐所有分支（前面的分支可能不会都走到这里）')
      if (state.arrived.length === 0 && !state.approved) say(compiled.start.key, '所有分支都可能在没有“通过”或“退回”的情况下结束')
      done.push({ ...state, arrived: [], ended: true })
    } else done.push(state)
  }
  return done
}

const choices = (compiled: Compiled, gate: FlowNode): Route[][] => {
  const out = compiled.out(gate.key)
  if (gate.kind === 'parallel' || out.length === 1) return [out]
  if (gate.kind === 'exclusive') return out.map((route) => [route])
  const bare = out.filter((r) => !r.condition)
  const conditional = out.filter((r) => r.condition)
  const subsets = Array.from({ length: 2 ** conditional.length - 1 }, (_, i) => conditional.filter((_route, bit) => ((i + 1) >> bit) & 1))
  return [...subsets, ...(bare.length > 0 ? [bare] : [])]
}

function pass(compiled: Compiled, state: State, route: Route, todo: Route[], say: (key: string, message: string) => void): { state: State; todo: Route[] }[] {
  const node = compiled.node(route.to)
  switch (node.kind) {
    case 'end':
      if (node.result === 'returned') return [{ state: { stays: [], arrived: [], approved: true, ended: true }, todo: [] }]
      return [{ state: { ...state, approved: state.approved || node.result === 'approved' }, todo }]
    case 'userTask':
    case 'call':
      if (state.stays.some((s) => s.key === node.key)) {
        say(node.key, '可能被两个分支同时到达，请先汇合')
        return []
      }
      return [{ state: { ...state, stays: [...state.stays, { key: node.key, fired: [] }] }, todo }]
    case 'parallel':
    case 'inclusive':
      if (compiled.into(node.key).length > 1) {
        if (state.arrived.some((one) => one.gate === node.key && one.route === route.index)) {
          say(node.key, '同一分支可能两次到达汇合处')
          return []
        }
        return [{ state: { ...state, arrived: [...state.arrived, { gate: node.key, route: route.index }] }, todo }]
      }
      return choices(compiled, node).map((out) => ({ state, todo: [...todo, ...out] }))
    default:
      return choices(compiled, node).map((out) => ({ state, todo: [...todo, ...out] }))
  }
}

/** Nodes of states from which no end can be reached. */
function endless(states: ReadonlyMap<string, { state: State; next: ReadonlySet<string> }>): Set<string> {
  const before = new Map<string, string[]>()
  for (const [id, { next }] of states) for (const to of next) before.set(to, [...(before.get(to) ?? []), id])
  const good = new Set(['ended'])
  const todo = ['ended']
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) for (const from of before.get(id) ?? []) if (!good.has(from)) todo.push((good.add(from), from))
  return new Set([...states].flatMap(([id, { state }]) => (good.has(id) ? [] : state.stays.map((s) => s.key))))
}
