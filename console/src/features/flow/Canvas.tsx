// The drawing. The graph is the truth: what is drawn here becomes a change of it, and it is drawn again.
import LogicFlow from '@logicflow/core'
import '@logicflow/core/es/index.css'
import type { ReactElement } from 'react'
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Chosen, Graph, NodeKind } from './flow-types.ts'
import { addNode, changeNode, connect } from './graph-edit.ts'
import { MiniMap } from './MiniMap.tsx'
import { registerShapes, shapeOf, toCanvas, type Marks } from './shapes.ts'
import { t } from './texts.zh-CN.ts'

export type View = { scale: number; x: number; y: number; width: number; height: number }
export type CanvasHandle = { zoom: (by: number | 'actual') => void; fit: () => void; show: (key: string) => void; drag: (kind: NodeKind) => void; middle: () => { x: number; y: number } }

type Props = {
  graph: Graph
  marks: Marks
  chosen: Chosen
  readOnly?: boolean
  label: string
  height?: number
  onChoose?: (chosen: Chosen) => void
  onChange?: (graph: Graph, chosen?: Chosen) => void
  onRefused?: () => void
  handle?: React.Ref<CanvasHandle>
}

export const noMarks: Marks = { nodes: new Map(), edges: new Map() }

export function Canvas({ graph, marks, chosen, readOnly = false, label, height, onChoose, onChange, onRefused, handle }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<LogicFlow | null>(null)
  const held = useRef({ graph, onChoose, onChange, onRefused })
  held.current = { graph, onChoose, onChange, onRefused }
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0, width: 1, height: 1 })

  useEffect(() => {
    if (!box.current) return undefined
    const lf = new LogicFlow({
      container: box.current, grid: { size: 10, visible: !readOnly }, history: false, keyboard: { enabled: false }, edgeType: 'route', snapline: !readOnly, isSilentMode: readOnly, textEdit: false, adjustEdge: false, nodeTextEdit: false, edgeTextEdit: false, nodeTextDraggable: false,
      edgeTextDraggable: false, stopScrollGraph: true, hideAnchors: readOnly, allowRotate: false, allowResize: false,
    })
    registerShapes(lf)
    canvas.current = lf
    const look = () => {
      const { transformModel, width, height: high } = lf.graphModel
      setView({ scale: transformModel.SCALE_X, x: transformModel.TRANSLATE_X, y: transformModel.TRANSLATE_Y, width, height: high })
    }
    lf.on('graph:transform', look)
    lf.on('node:click', ({ data }) => held.current.onChoose?.({ node: data.id }))
    lf.on('edge:click', ({ data }) => held.current.onChoose?.(data.id.startsWith('edge') ? { edge: Number(data.id.slice(4)) } : null))
    lf.on('blank:click', () => held.current.onChoose?.(null))
    lf.on('node:drop', ({ data }) => held.current.onChange?.(changeNode(held.current.graph, data.id, { x: Math.round(data.x), y: Math.round(data.y) })))
    lf.on('node:dnd-add', ({ data }) => {
      const added = addNode(held.current.graph, (data.properties as { kind: NodeKind }).kind, data)
      held.current.onChange?.(added.graph, { node: added.key })
    })
    lf.on('edge:add', ({ data }) => {
      const next = connect(held.current.graph, data.sourceNodeId, data.targetNodeId)
      if (next) held.current.onChange?.(next, { edge: next.edges.length - 1 })
      else {
        held.current.onRefused?.()
        lf.deleteEdge(data.id)
      }
    })
    const watch = new ResizeObserver(([entry]) => {
      if (entry) lf.resize(entry.contentRect.width, entry.contentRect.height)
      look()
    })
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      lf.destroy()
      canvas.current = null
    }
  }, [readOnly])

  const fitted = useRef(false)
  useEffect(() => {
    const lf = canvas.current
    if (!lf) return
    lf.renderRawData(toCanvas(graph, marks, chosen ?? {}))
    if (!fitted.current) {
      fitted.current = true
      fit(lf)
    }
  }, [graph, marks, chosen])

  useImperativeHandle(handle, () => ({
    zoom: (by) => {
      if (by === 'actual') canvas.current?.resetZoom()
      else canvas.current?.zoom(by > 0)
    },
    fit: () => canvas.current && fit(canvas.current),
    show: (key) => canvas.current?.focusOn({ id: key }),
    drag: (kind) => canvas.current?.dnd.startDrag({ type: shapeOf(kind), properties: { kind, chosen: false } }),
    middle: () => (canvas.current ? { x: (view.width / 2 - view.x) / view.scale, y: (view.height / 2 - view.y) / view.scale } : { x: 200, y: 200 }),
  }), [view])

  return (
    <div className="ms-flow-canvas" style={height ? { blockSize: height } : undefined}>
      <div ref={box} className="ms-flow-box" role="img" aria-label={label} />
      <MiniMap graph={graph} view={view} onMove={(at) => canvas.current?.focusOn({ coordinate: at })} />
      <span className="ms-flow-scale" aria-label={t('scale')}>{Math.round(view.scale * 100)}%</span>
    </div>
  )
}

/** Small drawings stay at their own size. */
function fit(lf: LogicFlow): void {
  lf.fitView(40, 40)
  if (lf.graphModel.transformModel.SCALE_X > 1.2) lf.zoom(1)
  lf.translateCenter()
}
