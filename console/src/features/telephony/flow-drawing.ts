// A voice flow as the flow designer's canvas draws it, and what was drawn there as a change of the voice flow.
import type { Graph, NodeKind } from '../flow/flow-types.ts'
import { branches, connectNodes, setNode } from './voice-graph.ts'
import type { VoiceGraph } from './voice-graph.ts'

const shapes: Record<string, NodeKind> = { menu: 'userTask', collect: 'userTask', rate: 'userTask', time: 'exclusive', list: 'exclusive', condition: 'exclusive', end: 'end', return: 'end', flow: 'call', queue: 'serviceTask' }

export function drawn(graph: VoiceGraph): Graph {
  const ids = Object.keys(graph.nodes)
  return {
    nodes: ids.map((key, index) => {
      const node = graph.nodes[key]
      return { key, kind: shapes[node?.kind ?? ''] ?? 'expressionTask', name: `${key === graph.start ? '▶ ' : ''}${node?.name ?? key}${key === graph.person ? ' ☎' : ''}`, x: node?.at?.x ?? 160 + (index % 5) * 200, y: node?.at?.y ?? 120 + Math.floor(index / 5) * 120, ...(node?.kind === 'end' ? { result: 'approved' as const } : {}) }
    }),
    edges: ids.flatMap((from) => branches(graph.nodes[from] ?? { kind: '', name: '' }).filter((way) => graph.nodes[way.to]).map((way) => ({ from, to: way.to, outcome: 'next' as const, ...(way.label ? { name: way.label } : {}) }))),
  }
}

/** Moved nodes and one new route; null where the route may not be drawn. */
export function redrawn(graph: VoiceGraph, before: Graph, after: Graph): VoiceGraph | null {
  let next = graph
  for (const node of after.nodes) {
    const old = before.nodes.find((one) => one.key === node.key)
    if (old && (old.x !== node.x || old.y !== node.y)) next = setNode(next, node.key, ['at'], { x: node.x ?? 0, y: node.y ?? 0 })
  }
  const added = after.edges.length > before.edges.length ? after.edges.at(-1) : undefined
  return added ? connectNodes(next, added.from, added.to) : next
}
