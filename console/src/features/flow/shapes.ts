// How nodes and routes look on the canvas; colours come from the page's tokens.
import type LogicFlow from '@logicflow/core'
import { CircleNode, CircleNodeModel, DiamondNode, DiamondNodeModel, PolylineEdge, PolylineEdgeModel, RectNode, RectNodeModel } from '@logicflow/core'
import type { FlowEdge, FlowNode, Graph } from './flow-types.ts'
import { sizes } from './graph-edit.ts'
import { t } from './texts.zh-CN.ts'

/** How an element is marked: wrong, chosen, passed already, or where it stands now. */
export type Mark = 'problem' | 'passed' | 'current' | 'returned'
export type Marks = { nodes: ReadonlyMap<string, Mark>; edges: ReadonlyMap<number, Mark> }

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--ms-${name}`).trim()

type Look = { kind: FlowNode['kind']; result?: string | null; mark?: Mark | undefined; chosen: boolean }
const look = (properties: unknown): Look => properties as Look // set by toCanvas below, nobody else

function colours({ kind, result, mark, chosen }: Look): { fill: string; stroke: string; strokeWidth: number } {
  const base = kind === 'userTask' ? ['primary-soft', 'primary'] : kind === 'end' ? (result === 'returned' ? ['over-bg', 'over-mark'] : result === 'approved' ? ['ok-bg', 'ok-mark'] : ['calm-bg', 'line-control']) : kind === 'start' ? ['ok-bg', 'ok-mark'] : kind === 'timer' ? ['near-bg', 'near-mark'] : ['exclusive', 'parallel', 'inclusive'].includes(kind) ? ['near-bg', 'near-text'] : ['low-bg', 'low-text']
  const [fill, stroke] = mark === 'problem' ? ['over-bg', 'over-mark'] : mark === 'passed' ? ['ok-bg', 'ok-mark'] : mark === 'current' ? ['near-bg', 'near-mark'] : mark === 'returned' ? ['over-bg', 'over-mark'] : base
  return { fill: css(fill ?? ''), stroke: css(chosen ? 'focus' : (stroke ?? '')), strokeWidth: chosen || mark ? 2.5 : 1.5 }
}

class TaskModel extends RectNodeModel {
  override setAttributes(): void {
    const { width, height } = sizes[look(this.properties).kind]
    this.width = width
    this.height = height
    this.radius = 6
  }
  override getNodeStyle() {
    return { ...super.getNodeStyle(), ...colours(look(this.properties)) }
  }
  override getTextStyle() {
    return { ...super.getTextStyle(), fontSize: 13, color: css('text-1'), overflowMode: 'ellipsis' as const, textWidth: this.width - 12 }
  }
}

class EventModel extends CircleNodeModel {
  override setAttributes(): void {
    this.r = sizes[look(this.properties).kind].width / 2
  }
  override getNodeStyle() {
    return { ...super.getNodeStyle(), ...colours(look(this.properties)) }
  }
  override getTextStyle() {
    return { ...super.getTextStyle(), fontSize: 13, color: css('text-1') }
  }
}

class GateModel extends DiamondNodeModel {
  override setAttributes(): void {
    const { width, height } = sizes[look(this.properties).kind]
    this.rx = width / 2
    this.ry = height / 2
  }
  override getNodeStyle() {
    return { ...super.getNodeStyle(), ...colours(look(this.properties)) }
  }
  override getTextStyle() {
    return { ...super.getTextStyle(), fontSize: 13, color: css('text-1') }
  }
}

type RouteLook = { outcome: FlowEdge['outcome'] | 'attach'; mark?: Mark | undefined; chosen: boolean }

class RouteModel extends PolylineEdgeModel {
  override getEdgeStyle() {
    const { outcome, mark, chosen } = this.properties as unknown as RouteLook // set by toCanvas below
    const stroke = chosen ? 'focus' : mark === 'passed' ? 'ok-mark' : mark === 'problem' || outcome === 'return' ? 'over-mark' : 'line-control'
    return { ...super.getEdgeStyle(), stroke: css(stroke), strokeWidth: chosen || mark ? 2.5 : 1.5, ...(outcome === 'return' || outcome === 'attach' ? { strokeDasharray: outcome === 'attach' ? '2 4' : '6 4' } : {}) }
  }
  override getTextStyle() {
    const style = super.getTextStyle()
    return { ...style, fontSize: 12, color: css('text-2'), background: { ...style.background, fill: css('bg-panel'), stroke: 'none', wrapPadding: '2px,4px' } }
  }
}

export function registerShapes(lf: LogicFlow): void {
  lf.register({ type: 'task', view: RectNode, model: TaskModel })
  lf.register({ type: 'event', view: CircleNode, model: EventModel })
  lf.register({ type: 'gate', view: DiamondNode, model: GateModel })
  lf.register({ type: 'route', view: PolylineEdge, model: RouteModel })
}

export const shapeOf = (kind: FlowNode['kind']): string => (['start', 'end', 'timer'].includes(kind) ? 'event' : ['exclusive', 'parallel', 'inclusive'].includes(kind) ? 'gate' : 'task')

const signs: Partial<Record<FlowNode['kind'], string>> = { exclusive: '×', parallel: '+', inclusive: '○', timer: '⏱' }

/** The graph as the canvas draws it; ids of routes are their positions. */
export function toCanvas(graph: Graph, marks: Marks, chosen: { node?: string; edge?: number }): { nodes: LogicFlow.NodeConfig[]; edges: LogicFlow.EdgeConfig[] } {
  const nodes = graph.nodes.map((node) => {
    const { x = 0, y = 0 } = { x: node.x ?? 0, y: node.y ?? 0 }
    const inside = shapeOf(node.kind) === 'task'
    const sign = signs[node.kind]
    return {
      id: node.key, type: shapeOf(node.kind), x, y, properties: { kind: node.kind, result: node.result ?? null, mark: marks.nodes.get(node.key), chosen: chosen.node === node.key },
      text: { x, y: inside ? y : y + sizes[node.kind].height / 2 + 12, value: inside ? node.name : sign ? `${sign} ${node.name}` : node.name, editable: false, draggable: false },
    }
  })
  const edges = graph.edges.map((edge, at) => ({ id: `edge${at}`, type: 'route', sourceNodeId: edge.from, targetNodeId: edge.to, properties: { outcome: edge.outcome, mark: marks.edges.get(at), chosen: chosen.edge === at }, text: routeText(edge) }))
  const attached = graph.nodes.flatMap((node) => (node.kind === 'timer' && node.attachedTo && graph.nodes.some((one) => one.key === node.attachedTo) ? [{ id: `attach-${node.key}`, type: 'route', sourceNodeId: node.attachedTo, targetNodeId: node.key, properties: { outcome: 'attach', chosen: false } }] : []))
  return { nodes, edges: [...edges, ...attached] }
}

export const routeText = (edge: FlowEdge): string => {
  const text = edge.name ?? edge.condition ?? (edge.outcome === 'next' ? '' : t(`outcome_${edge.outcome}`))
  return text.length > 16 ? `${text.slice(0, 15)}…` : text
}
