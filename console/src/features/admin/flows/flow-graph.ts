// A flow's graph in layers: each node one column right of the furthest node that leads to it. Pure.
import type { OutputOf } from '../../../api/call.ts'

export type Graph = OutputOf<'showFlow'>['versions'][number]['graph']
export type FlowNode = Graph['nodes'][number]
export type Placed = { node: FlowNode; column: number; row: number }

export function place(graph: Graph): Placed[] {
  const order = new Map(graph.nodes.map((node, i) => [node.key, i]))
  const column = new Map(graph.nodes.map((node) => [node.key, 0]))
  // edges that go back in the list of nodes are returns: they do not push a node to the right
  const forward = graph.edges.filter((edge) => (order.get(edge.to) ?? 0) > (order.get(edge.from) ?? 0))
  for (let round = 0; round < graph.nodes.length; round += 1) {
    let moved = false
    for (const edge of forward) {
      const next = (column.get(edge.from) ?? 0) + 1
      if (next > (column.get(edge.to) ?? 0)) {
        column.set(edge.to, next)
        moved = true
      }
    }
    if (!moved) break
  }
  const used = new Map<number, number>()
  return graph.nodes.map((node) => {
    const at = column.get(node.key) ?? 0
    const row = used.get(at) ?? 0
    used.set(at, row + 1)
    return { node, column: at, row }
  })
}
