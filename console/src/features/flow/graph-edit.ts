// Changes of a drawing. Pure: each gives a new graph.
import type { Chosen, FlowEdge, FlowNode, Graph, NodeKind, Outcome } from './flow-types.ts'
import { t } from './texts.zh-CN.ts'

export const kinds: NodeKind[] = ['start', 'userTask', 'exclusive', 'parallel', 'inclusive', 'serviceTask', 'expressionTask', 'timer', 'call', 'end']

/** Sizes on the canvas; x and y of a node are its middle. */
export const sizes: Record<NodeKind, { width: number; height: number }> = {
  start: { width: 44, height: 44 }, end: { width: 44, height: 44 }, timer: { width: 36, height: 36 }, exclusive: { width: 56, height: 56 }, parallel: { width: 56, height: 56 }, inclusive: { width: 56, height: 56 },
  userTask: { width: 130, height: 60 }, serviceTask: { width: 130, height: 60 }, expressionTask: { width: 130, height: 60 }, call: { width: 130, height: 60 },
}

/** The outcomes that a route from a node may stand for, in the order in which they are usually wanted. */
export const outcomesOf = (kind: NodeKind): Outcome[] => (kind === 'userTask' ? ['approve', 'return', 'passUp'] : kind === 'call' ? ['next', 'return'] : kind === 'end' ? [] : ['next'])

const begun: Partial<Record<NodeKind, Partial<FlowNode>>> = {
  userTask: { actor: { unit: 'subject', permission: 'flow.approveInUnit' } }, end: { result: 'approved' }, timer: { after: { amount: 1, unit: 'workingDays' }, interrupting: false }, expressionTask: { assign: [] },
}

export function addNode(graph: Graph, kind: NodeKind, at: { x: number; y: number }): { graph: Graph; key: string } {
  let serial = graph.nodes.length + 1
  while (graph.nodes.some((node) => node.key === `${kind}${serial}`)) serial += 1
  const key = `${kind}${serial}`
  const { x, y } = kind === 'timer' ? at : freePlace(graph, at)
  const node: FlowNode = { key, kind, name: t(`kind_${kind}`), x: Math.round(x), y: Math.round(y), ...begun[kind] }
  // A timer sits on the task it is dropped at, else on the nearest one.
  if (kind === 'timer') node.attachedTo = nearest(graph, at)?.key ?? null
  return { graph: { ...graph, nodes: [...graph.nodes, node] }, key }
}

/** Straight below the wanted place until nothing is covered. */
function freePlace(graph: Graph, at: { x: number; y: number }): { x: number; y: number } {
  const covered = (y: number): boolean => graph.nodes.some((node) => Math.abs((node.x ?? 0) - at.x) < 140 && Math.abs((node.y ?? 0) - y) < 90)
  let { y } = at
  while (covered(y)) y += 30
  return { x: at.x, y }
}

function nearest(graph: Graph, at: { x: number; y: number }): FlowNode | undefined {
  const distance = (node: FlowNode): number => Math.hypot((node.x ?? 0) - at.x, (node.y ?? 0) - at.y)
  return graph.nodes.filter((node) => node.kind === 'userTask' || node.kind === 'call').toSorted((a, b) => distance(a) - distance(b))[0]
}

/** A new route; its outcome is the first that the node does not use yet. Null where no route may go. */
export function connect(graph: Graph, from: string, to: string): Graph | null {
  const source = graph.nodes.find((node) => node.key === from)
  const target = graph.nodes.find((node) => node.key === to)
  if (!source || !target || source.kind === 'end' || target.kind === 'start' || target.kind === 'timer') return null
  const offered = outcomesOf(source.kind)
  const used = graph.edges.filter((edge) => edge.from === from).map((edge) => edge.outcome)
  const outcome = offered.find((one) => !used.includes(one)) ?? offered[0]
  if (!outcome || graph.edges.some((edge) => edge.from === from && edge.to === to && edge.outcome === outcome)) return null
  return { ...graph, edges: [...graph.edges, { from, to, outcome }] }
}

export const changeNode = (graph: Graph, key: string, change: Partial<FlowNode>): Graph => ({ ...graph, nodes: graph.nodes.map((node) => (node.key === key ? { ...node, ...change } : node)) })
export const changeEdge = (graph: Graph, index: number, change: Partial<FlowEdge>): Graph => ({ ...graph, edges: graph.edges.map((edge, at) => (at === index ? { ...edge, ...change } : edge)) })

/** Without a node go its routes, the timers on it, and what is named after it. */
export function remove(graph: Graph, chosen: Chosen): Graph {
  if (!chosen) return graph
  if ('edge' in chosen) return { ...graph, edges: graph.edges.filter((_edge, at) => at !== chosen.edge) }
  const gone = new Set([chosen.node, ...graph.nodes.filter((node) => node.attachedTo === chosen.node).map((node) => node.key)])
  return {
    ...graph, edges: graph.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to)),
    nodes: graph.nodes.filter((node) => !gone.has(node.key)).map((node) => (node.returnTo?.some((to) => gone.has(to)) ? { ...node, returnTo: node.returnTo.filter((to) => !gone.has(to)) } : node)),
  }
}

/** Earlier or later in the list of nodes. */
export function reorder(graph: Graph, key: string, by: -1 | 1): Graph {
  const at = graph.nodes.findIndex((node) => node.key === key)
  const [from, to] = [graph.nodes[at], graph.nodes[at + by]]
  if (!from || !to) return graph
  const nodes = [...graph.nodes]
  nodes[at] = to
  nodes[at + by] = from
  return { ...graph, nodes }
}

/** Routes that do not lead back to a node on their own way. */
function forwardEdges(graph: Graph): FlowEdge[] {
  const [open, done, back] = [new Set<string>(), new Set<string>(), new Set<FlowEdge>()]
  const visit = (key: string): void => {
    open.add(key)
    for (const edge of graph.edges.filter((one) => one.from === key)) {
      if (open.has(edge.to)) back.add(edge)
      else if (!done.has(edge.to)) visit(edge.to)
    }
    open.delete(key)
    done.add(key)
  }
  for (const node of graph.nodes.toSorted((a, b) => Number(b.kind === 'start') - Number(a.kind === 'start'))) if (!done.has(node.key)) visit(node.key)
  return graph.edges.filter((edge) => !back.has(edge))
}

/** Every node a place: those without one in layers, each right of the furthest node that leads to it; ends at the right, the return below. */
export function arrange(graph: Graph, all = false): Graph {
  if (!all && graph.nodes.every((node) => typeof node.x === 'number' && typeof node.y === 'number')) return graph
  const column = new Map(graph.nodes.map((node) => [node.key, 0]))
  const forward = forwardEdges(graph)
  for (let round = 0; round < graph.nodes.length; round += 1) for (const edge of forward) column.set(edge.to, Math.max(column.get(edge.to) ?? 0, (column.get(edge.from) ?? 0) + 1))
  const last = Math.max(...column.values())
  const used = new Map<number, number>()
  const places = new Map(graph.nodes.toSorted((a, b) => Number(a.result === 'returned') - Number(b.result === 'returned')).map((node) => {
    const at = node.kind === 'end' ? last : (column.get(node.attachedTo ?? node.key) ?? 0)
    const row = used.get(at) ?? 0
    used.set(at, row + 1)
    return [node.key, { x: 100 + at * 200, y: 120 + row * 120 }]
  }))
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, ...places.get(node.key) })) }
}

export const emptyGraph = (): Graph => ({ nodes: [{ key: 'start', kind: 'start', name: t('kind_start'), x: 100, y: 200 }, { key: 'approved', kind: 'end', name: t('result_approved'), result: 'approved', x: 640, y: 200 }, { key: 'returned', kind: 'end', name: t('result_returned'), result: 'returned', x: 640, y: 340 }], edges: [] })

/** The node or route that a problem's path means. */
export function placeOf(path: string): Chosen {
  const node = /^nodes\.(.+)$/.exec(path)?.[1]
  if (node) return { node }
  const edge = /^edges\.(\d+)$/.exec(path)?.[1]
  return edge ? { edge: Number(edge) } : null
}
