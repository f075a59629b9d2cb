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
        edges: ids.flatMap((from) => edgesOf(graph, from)),
  }
}

/** Several keys by their digits, other ways by the first: what is told whole stands beside the drawing. */
const shortOf = (labels: string[]): string => (labels.length === 1 ? (labels[0] ?? '') : labels.every((one) => /^[\d*#] /.test(one)) ? labels.map((one) => one[0]).join('、') : `${labels[0] ?? ''}…`)

/** Ways to the same node are one line, or their labels would lie on each other. */
function edgesOf(graph: VoiceGraph, from: string): Graph['edges'] {
  const lines = new Map<string, string[]>()
  for (const way of branches(graph.nodes[from] ?? { kind: '', name: '' })) if (graph.nodes[way.to]) lines.set(way.to, [...(lines.get(way.to) ?? []), ...(way.label ? [way.label] : [])])
  return [...lines].map(([to, labels]) => ({ from, to, outcome: 'next' as const, ...(labels.length > 0 ? { name: shortOf(labels) } : {}) }))
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
