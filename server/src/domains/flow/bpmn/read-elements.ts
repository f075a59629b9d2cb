// One BPMN element as a node or a route of ours; whatever we cannot keep is a fault with name and place.
import type { Element } from 'bpmn-moddle'
import type { FieldError } from '../../../kernel/errors.ts'
import type { FlowEdge, FlowNode, Graph, NodeKind } from '../graph.ts'
import { readIsoDuration } from './durations.ts'
import { elementTypes, LANGUAGE, lineOf, list, SETTINGS } from './moddle.ts'

export type Reading = { xml: string; faults: FieldError[] }
type Fields = Record<string, unknown>

const kinds = new Map(Object.entries(elementTypes).map(([kind, type]) => [type, kind as NodeKind]))

function fault({ xml, faults }: Reading, element: Element, message: string): null {
  faults.push({ path: element.id ?? element.$type, message: `${message}（${element.$type}${element.name ? `“${element.name}”` : ''}，${element.id ?? '无标识'}，${lineOf(xml, element.id)}）` })
  return null
}

export function readProcess(reading: Reading, process: Element): Pick<Graph, 'variables' | 'withdraw'> {
  for (const property of ['laneSets', 'artifacts', 'ioSpecification', 'resources', 'correlationSubscriptions', 'supports']) {
    const value = process.get(property)
    for (const one of Array.isArray(value) ? value : value ? [value] : []) fault(reading, one as Element, '不支持的元素')
  }
  const { variables, withdraw } = settingsOf(reading, process)
  return { ...(variables === undefined ? {} : { variables: variables as Graph['variables'] }), ...(withdraw === undefined ? {} : { withdraw: withdraw as Graph['withdraw'] }) }
}

export function readNode(reading: Reading, element: Element, at: { x: number; y: number } | undefined): FlowNode | null {
  const kind = kinds.get(element.$type)
  if (!kind) return fault(reading, element, element.$type === 'bpmn:Task' ? '不支持没有类型的任务，请改为用户任务' : '不支持的元素')
  if (element.get('loopCharacteristics')) return fault(reading, element.get('loopCharacteristics') as Element, `不支持“${element.name ?? element.id}”上的循环或多实例，会签请在环节属性中设置`)
  for (const property of ['ioSpecification', 'dataInputAssociations', 'dataOutputAssociations', 'resources', 'properties']) {
    const value = element.get(property)
    if (Array.isArray(value) ? value.length > 0 : value) fault(reading, element, `不支持的内容 ${property}`)
  }
  const events = list(element, 'eventDefinitions')
  const base = { key: element.id ?? '', kind, name: (element.name ?? '').trim().slice(0, 60) || defaultNames[kind], ...at }
  const settings = settingsOf(reading, element)
  switch (kind) {
    case 'end': {
      const ends = events[0]?.$type === 'bpmn:TerminateEventDefinition'
      if (events.length > (ends ? 1 : 0)) return fault(reading, events.find((one) => one.$type !== 'bpmn:TerminateEventDefinition') ?? element, '不支持的事件')
      // A file of ours says itself when an end only ends its branch.
      return { ...base, result: ends ? 'returned' : own(element) ? (settings.result === 'approved' ? 'approved' : null) : 'approved' }
    }
    case 'timer':
      return readTimer(reading, element, events, { ...base, ...settings } as FlowNode)
    case 'call':
      return { ...base, ...settings, call: (settings.call as FlowNode['call']) ?? { key: String(element.get('calledElement') ?? '') } } as FlowNode
    case 'serviceTask':
      return { ...base, ...settings, operation: (settings.operation as FlowNode['operation']) ?? { name: String(element.get('implementation') ?? '') } } as FlowNode
    default:
      if (events.length > 0) return fault(reading, events[0] ?? element, '不支持的事件')
      return { ...base, ...settings } as FlowNode
  }
}

const defaultNames: Record<NodeKind, string> = { start: '开始', end: '结束', userTask: '审批', serviceTask: '服务', expressionTask: '计算', exclusive: '条件', parallel: '并行', inclusive: '包容', timer: '定时', call: '子流程' }
const own = (element: Element): boolean => {
  for (let at: Element | undefined = element; at; at = at.$parent) if (at.$type === 'bpmn:Definitions') return at.get('exporter') === 'Minsheng'
  return false
}

function readTimer(reading: Reading, element: Element, events: Element[], base: FlowNode): FlowNode | null {
  const [timer] = events
  if (events.length !== 1 || timer?.$type !== 'bpmn:TimerEventDefinition') return fault(reading, timer ?? element, '边界事件只支持定时')
  const duration = timer.get('timeDuration') as Element | undefined
  const after = base.after ?? (duration ? readIsoDuration(String(duration.get('body') ?? '')) : null)
  if (!after || timer.get('timeDate') || timer.get('timeCycle')) return fault(reading, element, '定时只支持时长，如 P3D、PT12H')
  const host = element.get('attachedToRef') as Element | undefined
  return { ...base, attachedTo: host?.id ?? null, interrupting: element.get('cancelActivity') !== false, after }
}

/** Our settings of an element; they are checked with the whole graph. */
function settingsOf(reading: Reading, element: Element): Fields {
  const extension = element.get('extensionElements') as Element | undefined
  const found = (extension ? list(extension, 'values') : []).find((one) => one.$type === SETTINGS)
  if (!found) return {}
  try {
    const value: unknown = JSON.parse(String(found.get('json') ?? ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { key: _key, kind: _kind, name: _name, ...rest } = value as Fields
      return rest
    }
  } catch {
    // Told below.
  }
  fault(reading, element, '扩展设置不是有效的 JSON')
  return {}
}

const words: [RegExp, FlowEdge['outcome']][] = [[/^(approve|通过|同意|提交)/i, 'approve'], [/^(return|reject|退回|驳回|不同意|不通过)/i, 'return'], [/^(pass.?up|上报|呈报)/i, 'passUp']]

/** `leaving`: how many routes leave each node. */
export function readRoute(reading: Reading, element: Element, nodes: readonly FlowNode[], leaving: ReadonlyMap<string, number>): FlowEdge | null {
  const [from, to] = [(element.get('sourceRef') as Element | undefined)?.id, (element.get('targetRef') as Element | undefined)?.id]
  if (!from || !to) return fault(reading, element, '连线缺少起点或终点')
  const source = nodes.find((node) => node.key === from)
  const expression = element.get('conditionExpression') as Element | undefined
  const language = expression?.get('language')
  if (language && language !== LANGUAGE) return fault(reading, element, `不支持的条件语言“${String(language)}”`)
  const text = String(expression?.get('body') ?? '').trim().replace(/^[$#]\{([\s\S]*)\}$/, '$1').trim()
  const given = String(element.get('minsheng:outcome') ?? '')
  const name = element.name?.trim() || null
  if (source?.kind === 'userTask' || (source?.kind === 'call' && given !== '')) {
    const outcome = (['approve', 'return', 'passUp', 'next'] as const).find((one) => one === given) ?? words.find(([pattern]) => pattern.test(name ?? ''))?.[1] ?? (leaving.get(from) === 1 ? 'approve' : null)
    if (!outcome) return fault(reading, element, `环节“${source.name}”的出口没有注明通过、退回或上报`)
    return { from, to, outcome, ...(name && !['通过', '退回', '上报'].includes(name) ? { name } : {}) }
  }
  return { from, to, outcome: 'next', ...(text ? { condition: text } : {}), ...(name ? { name } : {}) }
}
