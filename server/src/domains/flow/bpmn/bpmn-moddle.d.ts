// The part of bpmn-moddle that is used here; the package has no types at its entry.
declare module 'bpmn-moddle' {
  export type Element = { $type: string; $attrs?: Record<string, string>; $parent?: Element; id?: string; name?: string; get(name: string): unknown; set(name: string, value: unknown): void }
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    create(type: string, properties?: Record<string, unknown>): Element
    fromXML(xml: string): Promise<{ rootElement: Element; references: unknown[]; warnings: { message: string }[] }>
    toXML(element: Element, options?: { format?: boolean; preamble?: boolean }): Promise<{ xml: string }>
  }
}
