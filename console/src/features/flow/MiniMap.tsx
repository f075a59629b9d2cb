// The whole drawing small, with what is seen of it; a click moves there.
import type { ReactElement } from 'react'
import type { Graph } from './flow-types.ts'
import { sizes } from './graph-edit.ts'
import type { View } from './Canvas.tsx'
import { t } from './texts.zh-CN.ts'

const width = 168
const height = 96

export function MiniMap({ graph, view, onMove }: { graph: Graph; view: View; onMove: (at: { x: number; y: number }) => void }): ReactElement {
  const seen = { x: -view.x / view.scale, y: -view.y / view.scale, width: view.width / view.scale, height: view.height / view.scale }
  const xs = graph.nodes.flatMap((node) => [(node.x ?? 0) - 80, (node.x ?? 0) + 80])
  const ys = graph.nodes.flatMap((node) => [(node.y ?? 0) - 50, (node.y ?? 0) + 50])
  const [left, top] = [Math.min(...xs, seen.x), Math.min(...ys, seen.y)]
  const [wide, high] = [Math.max(...xs, seen.x + seen.width) - left, Math.max(...ys, seen.y + seen.height) - top]
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- an aid for the pointer; by keyboard one locates nodes from the list
    <svg className="ms-flow-mini" width={width} height={height} viewBox={`${left} ${top} ${Math.max(wide, 1)} ${Math.max(high, 1)}`} preserveAspectRatio="xMidYMid meet" role="img" aria-label={t('minimap')}
      onClick={(event) => {
        const matrix = event.currentTarget.getScreenCTM()
        if (matrix) onMove(new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()))
      }}>
      {graph.nodes.map((node) => <rect key={node.key} data-kind={node.kind} x={(node.x ?? 0) - sizes[node.kind].width / 2} y={(node.y ?? 0) - sizes[node.kind].height / 2} width={sizes[node.kind].width} height={sizes[node.kind].height} rx="8" />)}
      <rect className="ms-flow-mini-view" x={seen.x} y={seen.y} width={seen.width} height={seen.height} />
    </svg>
  )
}
