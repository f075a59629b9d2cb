// The graph as a picture; the list beside it says the same for keyboard and readers.
import type { ReactElement } from 'react'
import { place } from './flow-graph.ts'
import type { FlowNode, Graph, Placed } from './flow-graph.ts'
import { t } from './texts.zh-CN.ts'
import './flows.css'

const box = { width: 148, height: 46, gapX: 64, gapY: 34, pad: 20 }
const x = (at: Placed): number => box.pad + at.column * (box.width + box.gapX)
const y = (at: Placed): number => box.pad + at.row * (box.height + box.gapY)

export function FlowDrawing({ graph, label }: { graph: Graph; label: string }): ReactElement {
  const placed = place(graph)
  const byKey = new Map(placed.map((one) => [one.node.key, one]))
  const rows = Math.max(...placed.map((one) => one.row)) + 1
  const columns = Math.max(...placed.map((one) => one.column)) + 1
  const backs = graph.edges.filter((edge) => (byKey.get(edge.to)?.column ?? 0) <= (byKey.get(edge.from)?.column ?? 0)).length
  const width = box.pad * 2 + columns * box.width + (columns - 1) * box.gapX
  const bottom = box.pad + rows * (box.height + box.gapY)
  const height = bottom + backs * 22 + box.pad
  let back = 0
  return (
    <div style={{ overflow: 'auto' }}>
      <svg className="ms-flow" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <defs><marker id="ms-flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" /></marker></defs>
        {graph.edges.map((edge, i) => {
          const from = byKey.get(edge.from)
          const to = byKey.get(edge.to)
          if (!from || !to) return null
          const goesBack = to.column <= from.column
          const lane = goesBack ? bottom + back++ * 22 : 0
          const start = { x: x(from) + box.width, y: y(from) + box.height / 2 }
          const end = { x: x(to), y: y(to) + box.height / 2 }
          const middle = (start.x + end.x) / 2
          const path = goesBack ? `M${x(from) + box.width / 2} ${y(from) + box.height} V${lane} H${x(to) + box.width / 2} V${y(to) + box.height + 2}` : start.y === end.y ? `M${start.x} ${start.y} H${end.x}` : `M${start.x} ${start.y} C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`
          const words = edge.outcome === 'next' ? '' : t(`outcome_${edge.outcome}`)
          return (
            <g key={i} data-outcome={edge.outcome}>
              <path d={path} className="ms-flow-edge" markerEnd="url(#ms-flow-arrow)" />
              {words ? <text x={goesBack ? (x(from) + x(to) + box.width) / 2 : middle} y={goesBack ? lane - 4 : (start.y + end.y) / 2 - 6} textAnchor="middle">{words}</text> : null}
            </g>
          )
        })}
        {placed.map((one) => <Node key={one.node.key} node={one.node} left={x(one)} top={y(one)} />)}
      </svg>
    </div>
  )
}

function Node({ node, left, top }: { node: FlowNode; left: number; top: number }): ReactElement {
  const round = node.kind === 'start' || node.kind === 'end' ? box.height / 2 : node.kind === 'exclusive' ? 2 : 6
  const name = node.name.length > 10 ? `${node.name.slice(0, 9)}…` : node.name
  return (
    <g data-kind={node.kind} data-result={node.result ?? undefined}>
      <title>{node.name}</title>
      <rect x={left} y={top} width={box.width} height={box.height} rx={round} className="ms-flow-node" />
      <text x={left + box.width / 2} y={top + 20} textAnchor="middle" className="ms-flow-name">{name}</text>
      <text x={left + box.width / 2} y={top + 36} textAnchor="middle">{t(`kind_${node.kind}`)}{node.limitHours ? ` · ${t('limitHours', { n: node.limitHours })}` : ''}</text>
    </g>
  )
}
