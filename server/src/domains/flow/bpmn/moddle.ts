// What our processes have beyond BPMN, as an extension that other tools keep: settings of a node as JSON, the outcome a route stands for.
import { BpmnModdle, type Element } from 'bpmn-moddle'
import type { NodeKind } from '../graph.ts'

const minsheng = {
  name: 'Minsheng', uri: 'urn:minsheng:flow:1', prefix: 'minsheng', xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Settings', superClass: ['Element'], properties: [{ name: 'json', isBody: true, type: 'String' }] },
    { name: 'Route', extends: ['bpmn:SequenceFlow'], properties: [{ name: 'outcome', isAttr: true, type: 'String' }] },
  ],
}

export const newModdle = (): BpmnModdle => new BpmnModdle({ minsheng })
export const SETTINGS = 'minsheng:Settings'
/** Language of conditions in the file. */
export const LANGUAGE = 'urn:minsheng:expression'

export const elementTypes: Record<NodeKind, string> = {
  start: 'bpmn:StartEvent', end: 'bpmn:EndEvent', userTask: 'bpmn:UserTask', serviceTask: 'bpmn:ServiceTask', expressionTask: 'bpmn:BusinessRuleTask', exclusive: 'bpmn:ExclusiveGateway', parallel: 'bpmn:ParallelGateway',
  inclusive: 'bpmn:InclusiveGateway', timer: 'bpmn:BoundaryEvent', call: 'bpmn:CallActivity',
}

/** Sizes that BPMN tools draw. */
export const sizeOf = (kind: NodeKind): { width: number; height: number } =>
  ['start', 'end', 'timer'].includes(kind) ? { width: 36, height: 36 } : ['exclusive', 'parallel', 'inclusive'].includes(kind) ? { width: 50, height: 50 } : { width: 100, height: 80 }

export const list = (element: Element, property: string): Element[] => {
  const value = element.get(property)
  return Array.isArray(value) ? value : []
}

/** Where an element stands in the text. */
export function lineOf(xml: string, id: string | undefined): string {
  const at = id ? xml.indexOf(`id="${id}"`) : -1
  return at < 0 ? '位置不明' : `第 ${xml.slice(0, at).split('\n').length} 行`
}
