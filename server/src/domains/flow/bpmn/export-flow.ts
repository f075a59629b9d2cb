// A process as BPMN 2.0 XML with its drawing.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Output } from '../../../kernel/http/route.ts'
import type { Element } from 'bpmn-moddle'
import type * as contract from '../contract.ts'
import { graphOf } from '../definition-store.ts'
import type { FlowEdge, FlowNode, Graph } from '../graph.ts'
import { visibleVersion } from '../visible-definitions.ts'
import { isoDuration } from './durations.ts'
import { placed } from './layout.ts'
import { elementTypes, LANGUAGE, newModdle, SETTINGS, sizeOf } from './moddle.ts'

export async function exportFlow(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.exportFlow>> {
  const version = await visibleVersion(ctx, input.id)
  const { key, name } = version.definition
  return { fileName: `${key}-v${version.version}.bpmn`, xml: await writeBpmn({ key, name }, await graphOf(ctx, version.id)) }
}

const outcomeNames = { approve: '通过', return: '退回', passUp: '上报' }

export async function writeBpmn(process: { key: string; name: string }, graph: Graph): Promise<string> {
  const moddle = newModdle()
  const settings = (value: object): Record<string, unknown> => (Object.keys(value).length === 0 ? {} : { extensionElements: moddle.create('bpmn:ExtensionElements', { values: [moddle.create(SETTINGS, { json: JSON.stringify(value) })] }) })
  const elements = new Map(graph.nodes.map((node) => [node.key, moddle.create(elementTypes[node.kind], { id: node.key, name: node.name, ...settings(restOf(node)) })]))
  const flows = graph.edges.map((edge, at) => {
    const [from, to] = [elements.get(edge.from), elements.get(edge.to)]
    const term = edge.condition ?? (edge.outcome === 'next' ? null : `outcome = "${edge.outcome}"`)
    const flow = moddle.create('bpmn:SequenceFlow', {
      id: flowId(edge, at, graph), sourceRef: from, targetRef: to, ...(edge.name ? { name: edge.name } : edge.outcome === 'next' ? {} : { name: outcomeNames[edge.outcome] }), ...(edge.outcome === 'next' ? {} : { 'minsheng:outcome': edge.outcome }),
      ...(term === null ? {} : { conditionExpression: moddle.create('bpmn:FormalExpression', { body: term, language: LANGUAGE }) }),
    })
    push(from, 'outgoing', flow)
    push(to, 'incoming', flow)
    return flow
  })
  for (const node of graph.nodes) finishElement(moddle, node, elements, graph, flows)
  const root = moddle.create('bpmn:Process', { id: process.key, name: process.name, isExecutable: true, ...settings({ ...(graph.variables?.length ? { variables: graph.variables } : {}), ...(graph.withdraw ? { withdraw: graph.withdraw } : {}) }), flowElements: [...elements.values(), ...flows] })
  const definitions = moddle.create('bpmn:Definitions', { id: `Definitions_${process.key}`, targetNamespace: 'urn:minsheng:flow:1', exporter: 'Minsheng', rootElements: [root], diagrams: [drawing(moddle, root, graph, elements, flows)] })
  return (await moddle.toXML(definitions, { format: true })).xml
}

const flowId = (edge: FlowEdge, at: number, graph: Graph): string => {
  const id = `Flow_${at + 1}`
  return graph.nodes.some((node) => node.key === id) ? `Flow_x${at + 1}_${edge.from}` : id
}

function push(element: Element | undefined, property: string, value: Element): void {
  const list = element?.get(property)
  if (Array.isArray(list)) list.push(value)
}

type Moddle = ReturnType<typeof newModdle>

function finishElement(moddle: Moddle, node: FlowNode, elements: ReadonlyMap<string, Element>, graph: Graph, flows: Element[]): void {
  const element = elements.get(node.key)
  if (!element) return
  const definitions = (definition: Element): void => {
    element.set('eventDefinitions', [definition])
  }
  if (node.kind === 'end' && node.result === 'returned') definitions(moddle.create('bpmn:TerminateEventDefinition', { id: `${node.key}_terminate` }))
  if (node.kind === 'timer') {
    element.set('attachedToRef', elements.get(node.attachedTo ?? ''))
    element.set('cancelActivity', node.interrupting ?? false)
    definitions(moddle.create('bpmn:TimerEventDefinition', { id: `${node.key}_timer`, ...(node.after ? { timeDuration: moddle.create('bpmn:FormalExpression', { body: isoDuration(node.after) }) } : {}) }))
  }
  if (node.kind === 'call') element.set('calledElement', node.call?.key)
  if (node.kind === 'serviceTask' && node.operation) element.set('implementation', node.operation.name)
  if (node.kind === 'exclusive' || node.kind === 'inclusive') {
    const out = graph.edges.flatMap((edge, at) => (edge.from === node.key ? [{ edge, flow: flows[at] }] : []))
    const bare = out.find((one) => !one.edge.condition)
    if (bare && out.length > 1) element.set('default', bare.flow)
  }
}

/** What BPMN has no word for. */
function restOf({ key: _key, kind: _kind, name: _name, x: _x, y: _y, attachedTo: _attached, interrupting: _interrupting, ...rest }: FlowNode): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== undefined && value !== null && value !== false && !(name === 'mode' && value === 'one') && !(Array.isArray(value) && value.length === 0)))
}

function drawing(moddle: Moddle, root: Element, graph: Graph, elements: ReadonlyMap<string, Element>, flows: Element[]): Element {
  const nodes = new Map(placed(graph).map((node) => [node.key, node]))
  const shapes = [...nodes.values()].map((node) => {
    const { width, height } = sizeOf(node.kind)
    return moddle.create('bpmndi:BPMNShape', { id: `${node.key}_di`, bpmnElement: elements.get(node.key), bounds: moddle.create('dc:Bounds', { x: node.x - width / 2, y: node.y - height / 2, width, height }), ...(node.kind === 'exclusive' ? { isMarkerVisible: true } : {}) })
  })
  const edges = graph.edges.map((edge, at) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
    const points = from && to ? line(from, to) : []
    return moddle.create('bpmndi:BPMNEdge', { id: `${flows[at]?.id}_di`, bpmnElement: flows[at], waypoint: points.map(([x, y]) => moddle.create('dc:Point', { x, y })) })
  })
  return moddle.create('bpmndi:BPMNDiagram', { id: 'Diagram_1', plane: moddle.create('bpmndi:BPMNPlane', { id: 'Plane_1', bpmnElement: root, planeElement: [...shapes, ...edges] }) })
}

type Placed = { kind: FlowNode['kind']; x: number; y: number }

/** Right angles: out at the side that looks to the target. */
function line(from: Placed, to: Placed): [number, number][] {
  const [a, b] = [sizeOf(from.kind), sizeOf(to.kind)]
  if (to.x - from.x > (a.width + b.width) / 2) {
    const [x1, x2] = [from.x + a.width / 2, to.x - b.width / 2]
    const middle = Math.round((x1 + x2) / 2)
    return from.y === to.y ? [[x1, from.y], [x2, to.y]] : [[x1, from.y], [middle, from.y], [middle, to.y], [x2, to.y]]
  }
  const down = to.y >= from.y
  const [y1, y2] = [from.y + ((down ? 1 : -1) * a.height) / 2, to.y + ((down ? -1 : 1) * b.height) / 2]
  if (Math.abs(to.x - from.x) < 1 && Math.abs(to.y - from.y) > (a.height + b.height) / 2) return [[from.x, y1], [to.x, y2]]
  const lane = Math.max(from.y + a.height / 2, to.y + b.height / 2) + 40
  return [[from.x, from.y + a.height / 2], [from.x, lane], [to.x, lane], [to.x, to.y + b.height / 2]]
}
