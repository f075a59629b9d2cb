// What keeps a process from being published, in words for whoever draws it.
import { checkNode, type Known } from './check-node.ts'
import { checkRuns } from './check-runs.ts'
import { rests, type Graph } from './graph.ts'
import { allOperations, type FlowOperation } from './operations.ts'

/** `path` is `nodes.<key>`, `edges.<position>`, `variables.<name>` or `nodes`. */
export type GraphProblem = { path: string; message: string }

/** Everything wrong with a graph; empty when it may be published. First the drawing, then every term, then all ways it can run. */
export function checkGraph(graph: Graph, operations: readonly FlowOperation[] = allOperations()): GraphProblem[] {
  const nodes = new Map(graph.nodes.map((n) => [n.key, n]))
  const problems: GraphProblem[] = []
  const say = (path: string, message: string): void => void problems.push({ path, message })
  if (nodes.size < graph.nodes.length) say('nodes', '节点标识重复')
  for (const [at, edge] of graph.edges.entries()) if (!nodes.has(edge.from) || !nodes.has(edge.to)) say(`edges.${at}`, '连线两端须为已有节点')
  if (problems.length > 0) return problems
  if (graph.nodes.filter((n) => n.kind === 'start').length !== 1) say('nodes', '须有且只有一个开始节点')
  if (!graph.nodes.some((n) => n.kind === 'end' && n.result === 'approved')) say('nodes', '须有“通过”的结束节点')
  const declared = new Map((graph.variables ?? []).map((v) => [v.name, v.type]))
  if (declared.size < (graph.variables ?? []).length) say('variables', '变量名称重复')
  // What services give may be read as well.
  for (const node of graph.nodes) for (const given of operations.find((one) => one.name === node.operation?.name)?.gives ?? []) declared.set(given.name, given.type)
  const known: Known = { graph, nodes, declared, operations }
  for (const node of graph.nodes) for (const message of checkNode(node, known)) say(`nodes.${node.key}`, `${node.name}：${message}`)

  const start = graph.nodes.find((n) => n.kind === 'start')
  const steps: [string, string][] = [...graph.edges.map((e): [string, string] => [e.from, e.to]), ...graph.nodes.flatMap((n): [string, string][] => (n.kind === 'timer' && n.attachedTo ? [[n.attachedTo, n.key]] : []))]
  const reached = start ? reach(start.key, steps) : new Set<string>()
  const leading = new Set(graph.nodes.filter((n) => n.kind === 'end').flatMap((end) => [...reach(end.key, steps.map(([a, b]): [string, string] => [b, a]))]))
  for (const node of graph.nodes) {
    if (!reached.has(node.key)) say(`nodes.${node.key}`, `${node.name}：从开始节点无法到达`)
    else if (!leading.has(node.key)) say(`nodes.${node.key}`, `${node.name}：无法走到结束节点`)
  }
  for (const key of circle(graph)) say(`nodes.${key}`, `${nodes.get(key)?.name ?? key}：条件与自动节点之间形成循环，中间没有人工环节`)
  return problems.length > 0 ? problems : checkRuns(graph)
}

function reach(from: string, edges: [string, string][]): Set<string> {
  const next = new Map<string, string[]>()
  for (const [a, b] of edges) next.set(a, [...(next.get(a) ?? []), b])
  const seen = new Set([from])
  const todo = [from]
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) for (const to of next.get(key) ?? []) if (!seen.has(to)) todo.push((seen.add(to), to))
  return seen
}

/** Nodes on a circle in which nothing waits. */
function circle(graph: Graph): string[] {
  const automatic = new Set(graph.nodes.filter((n) => !rests(n.kind)).map((n) => n.key))
  const edges = graph.edges.filter((e) => automatic.has(e.from) && automatic.has(e.to)).map((e): [string, string] => [e.from, e.to])
  return [...new Set(edges.filter(([from, to]) => reach(to, edges).has(from)).map(([from]) => from))]
}
