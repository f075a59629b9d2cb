// BPMN 2.0 XML becomes a graph, or is refused with the element and the place of everything that does not fit. Nothing is stored.
import type { Element } from 'bpmn-moddle'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { FieldError } from '../../../kernel/errors.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { checkGraph } from '../check-graph.ts'
import type * as contract from '../contract.ts'
import { flowErrors } from '../flow.errors.ts'
import { graph as graphShape } from '../graph-contract.ts'
import type { Graph } from '../graph.ts'
import { guessVariables } from './guess-variables.ts'
import { lineOf, list, newModdle } from './moddle.ts'
import { readNode, readProcess, readRoute, type Reading } from './read-elements.ts'

const MAX_TEXT = 1_000_000
const MAX_TAGS = 20_000

/** @throws flow.badXml, flow.unfit with a field for each fault */
export async function importFlow(_ctx: Ctx, input: { xml: string }): Promise<Output<typeof contract.importFlow>> {
  return readBpmn(input.xml)
}

export async function readBpmn(xml: string): Promise<{ name: string | null; graph: Graph }> {
  refuseHostile(xml)
  const process = await parse(xml)
  const reading: Reading = { xml, faults: [] }
  const elements = list(process, 'flowElements')
  const rest = readProcess(reading, process)
  const drawn = bounds(process)
  const nodes = elements.filter((one) => one.$type !== 'bpmn:SequenceFlow').flatMap((one) => readNode(reading, one, drawn.get(one.id ?? '')) ?? [])
  const routes = elements.filter((one) => one.$type === 'bpmn:SequenceFlow')
  const leaving = new Map<string, number>()
  for (const one of routes) {
    const from = (one.get('sourceRef') as Element | undefined)?.id ?? ''
    leaving.set(from, (leaving.get(from) ?? 0) + 1)
  }
  const edges = routes.flatMap((one) => readRoute(reading, one, nodes, leaving) ?? [])
  if (reading.faults.length > 0) throw flowErrors('unfit', { fields: reading.faults.slice(0, 100) })
  const parsed = graphShape.safeParse({ ...rest, nodes, edges })
  if (!parsed.success) throw flowErrors('unfit', { fields: parsed.error.issues.slice(0, 50).map((issue) => ({ path: nodePath(issue.path, nodes), message: `${nodePath(issue.path, nodes)}：${issue.message}` })) })
  const graph: Graph = guessVariables(parsed.data)
  const fields = structureProblems(graph)
  if (fields.length > 0) throw flowErrors('unfit', { fields })
  return { name: process.name ?? null, graph }
}

const nodePath = (path: readonly PropertyKey[], nodes: { key: string }[]): string => (path[0] === 'nodes' && typeof path[1] === 'number' ? `nodes.${nodes[path[1]]?.key ?? ''}` : path.map(String).join('.'))

/** Who decides is often left to the designer; everything else must be right already. */
function structureProblems(graph: Graph): FieldError[] {
  const filled = { ...graph, nodes: graph.nodes.map((node) => (node.kind === 'userTask' && !node.actor ? { ...node, actor: { unit: 'centre' as const, permission: 'flow.read' } } : node)) }
  return checkGraph(filled).map(({ path, message }) => ({ path, message: `${path.replace(/^nodes\./, '')}：${message}` }))
}

function refuseHostile(xml: string): void {
  const refuse = (message: string): never => {
    throw flowErrors('badXml', { detail: message, fields: [{ path: 'xml', message }] })
  }
  if (xml.length > MAX_TEXT) refuse('文件过大')
  if (/<!\s*(doctype|entity|element|attlist|notation)/i.test(xml)) refuse('文件含有文档类型或实体声明')
  if (xml.split('<', MAX_TAGS + 2).length > MAX_TAGS) refuse('文件元素过多')
  if (!xml.trimStart().replace(/^\uFEFF/, '').startsWith('<')) refuse('文件不是 XML')
}

async function parse(xml: string): Promise<Element> {
  const { rootElement, warnings } = await newModdle()
    .fromXML(xml)
    .catch((error: unknown) => {
      throw flowErrors('badXml', { detail: `文件无法读取：${error instanceof Error ? error.message.split('\n')[0]?.slice(0, 200) : ''}` })
    })
  if (warnings.length > 0) throw flowErrors('badXml', { detail: `文件无法读取：${warnings[0]?.message.split('\n')[0]?.slice(0, 200)}`, fields: warnings.slice(0, 50).map((one) => ({ path: 'xml', message: one.message.split('\n')[0]?.slice(0, 300) ?? '' })) })
  if (rootElement.$type !== 'bpmn:Definitions') throw flowErrors('badXml', { detail: '文件里没有流程' })
  const roots = list(rootElement, 'rootElements')
  const foreign = roots.filter((one) => one.$type !== 'bpmn:Process')
  const processes = roots.filter((one) => one.$type === 'bpmn:Process')
  if (foreign.length > 0) throw flowErrors('unfit', { fields: foreign.map((one) => ({ path: one.id ?? one.$type, message: `不支持的元素 ${one.$type}（${one.id ?? ''}，${lineOf(xml, one.id)}）` })) })
  const process = processes[0]
  if (!process || processes.length > 1) throw flowErrors('badXml', { detail: process ? '文件里有多个流程，请分开导入' : '文件里没有流程' })
  return process
}

/** Centres of the drawn shapes by element id. */
function bounds(process: Element): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>()
  const definitions = process.$parent
  for (const diagram of definitions ? list(definitions, 'diagrams') : []) {
    const plane = diagram.get('plane') as Element | undefined
    for (const shape of plane ? list(plane, 'planeElement') : []) {
      const box = shape.get('bounds') as { x: number; y: number; width: number; height: number } | undefined
      const element = shape.get('bpmnElement') as Element | undefined
      if (box && element?.id && [box.x, box.y, box.width, box.height].every(Number.isFinite)) places.set(element.id, { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) })
    }
  }
  return places
}
