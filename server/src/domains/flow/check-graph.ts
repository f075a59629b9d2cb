// What keeps a process from being published, in words for whoever draws it. Pure.
import type { FlowNode, Graph } from './graph.ts'

export type GraphProblem = { path: string; message: string }

export function checkGraph(graph: Graph): GraphProblem[] {
  const nodes = new Map(graph.nodes.map((n) => [n.key, n]))
  const problems: GraphProblem[] = []
  const say = (path: string, message: string): void => void problems.push({ path, message })
  if (nodes.size < graph.nodes.length) say('nodes', '节点标识重复')
  for (const [at, edge] of graph.edges.entries()) if (!nodes.has(edge.from) || !nodes.has(edge.to)) say(`edges.${at}`, '连线两端须为已有节点')
  if (problems.length > 0) return problems
  if (graph.nodes.filter((n) => n.kind === 'start').length !== 1) say('nodes', '须有且只有一个开始节点')
  if (!graph.nodes.some((n) => n.kind === 'end' && n.result === 'approved')) say('nodes', '须有“通过”的结束节点')
  for (const node of graph.nodes) for (const message of nodeProblems(graph, node)) say(`nodes.${node.key}`, `${node.name}：${message}`)

  const start = graph.nodes.find((n) => n.kind === 'start')
  const reached = start ? reach(start.key, graph.edges.map((e) => [e.from, e.to])) : new Set<string>()
  const back = graph.edges.map((e): [string, string] => [e.to, e.from])
  const leading = new Set(graph.nodes.filter((n) => n.kind === 'end').flatMap((end) => [...reach(end.key, back)]))
  for (const node of graph.nodes) {
    if (!reached.has(node.key)) say(`nodes.${node.key}`, `${node.name}：从开始节点无法到达`)
    else if (!leading.has(node.key)) say(`nodes.${node.key}`, `${node.name}：无法走到结束节点`)
  }
  if (gatewayCircle(graph)) say('nodes', '条件节点之间形成循环')
  return problems
}

function nodeProblems(graph: Graph, node: FlowNode): string[] {
  const out = graph.edges.filter((e) => e.from === node.key)
  const count = (outcome: string): number => out.filter((e) => e.outcome === outcome).length
  switch (node.kind) {
    case 'end':
      return [...(out.length > 0 ? ['结束节点不能有出口'] : []), ...(node.result ? [] : ['须指明通过或退回'])]
    case 'start':
      return count('next') === 1 && out.length === 1 ? [] : ['须有且只有一个出口']
    case 'exclusive':
      return [
        ...(out.some((e) => e.outcome !== 'next') ? ['出口只能是条件'] : []),
        // The routes are tried in order, so the one without condition must be the last.
        ...(out.length > 0 && out.every((e, at) => (e.condition ?? null) !== null || at === out.length - 1) && !out.at(-1)?.condition ? [] : ['最后一个出口须无条件，其余须有条件']),
      ]
    case 'userTask':
      return [
        ...(node.actor?.permission || node.actor?.role ? [] : ['没有处理人']),
        ...(node.actor?.unit === 'fixed' && !node.actor.unitId ? ['没有指定单位'] : []),
        ...(count('approve') === 1 ? [] : ['须有且只有一个“通过”出口']),
        ...(count('return') === 1 ? [] : ['须有且只有一个“退回”出口']),
        ...(count('passUp') > 1 ? ['“上报”出口最多一个'] : []),
        ...(count('next') > 0 ? ['出口须注明通过、退回或上报'] : []),
        ...(out.some((e) => e.condition) ? ['条件须写在条件节点上'] : []),
      ]
  }
}

function reach(from: string, edges: [string, string][]): Set<string> {
  const seen = new Set([from])
  const todo = [from]
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    for (const [a, b] of edges) if (a === key && !seen.has(b)) todo.push((seen.add(b), b))
  }
  return seen
}

function gatewayCircle(graph: Graph): boolean {
  const gates = new Set(graph.nodes.filter((n) => n.kind === 'exclusive').map((n) => n.key))
  const edges = graph.edges.filter((e) => gates.has(e.from) && gates.has(e.to)).map((e): [string, string] => [e.from, e.to])
  return edges.some(([from, to]) => reach(to, edges).has(from))
}
