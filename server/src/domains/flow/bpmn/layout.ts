// Places for nodes that have none: in layers, each one right of the furthest node that leads to it. Pure.
import type { FlowNode, Graph } from '../graph.ts'

export type PlacedNode = FlowNode & { x: number; y: number }

export function placed(graph: Graph): PlacedNode[] {
  if (graph.nodes.every((node) => typeof node.x === 'number' && typeof node.y === 'number')) return graph.nodes.map((node) => ({ ...node, x: node.x ?? 0, y: node.y ?? 0 }))
  const order = new Map(graph.nodes.map((node, at) => [node.key, at]))
  const column = new Map(graph.nodes.map((node) => [node.key, 0]))
  // Routes that go back in the list of nodes are returns: they push nothing to the right.
  const forward = graph.edges.filter((edge) => (order.get(edge.to) ?? 0) > (order.get(edge.from) ?? 0))
  for (let round = 0; round < graph.nodes.length; round++) for (const edge of forward) column.set(edge.to, Math.max(column.get(edge.to) ?? 0, (column.get(edge.from) ?? 0) + 1))
  const used = new Map<number, number>()
  return graph.nodes.map((node) => {
    const at = column.get(node.attachedTo ?? node.key) ?? 0
    const row = used.get(at) ?? 0
    used.set(at, row + 1)
    return { ...node, x: 120 + at * 180, y: 140 + row * 120 }
  })
}
