// A process as a graph of data, and how one walks through it. Pure.

export type ActorRule = {
  /** Who decides: holders of a permission, or of a role (its code). */
  permission?: string
  role?: string
  /** In which unit: the subject's own, the one above it, the hotline centre, or a fixed one. */
  unit: 'subject' | 'subjectParent' | 'centre' | 'fixed'
  unitId?: string
}

export type Variable = string | number | boolean | null
export type Variables = Record<string, Variable>
export type Condition = { variable: string; op: '=' | '!=' | '>' | '>=' | '<' | '<=' | 'in'; value: Variable | Variable[] }

export type FlowNode = {
  key: string
  kind: 'start' | 'userTask' | 'exclusive' | 'end'
  name: string
  actor?: ActorRule | null
  /** `all`: everybody who holds the right in the unit must approve. */
  mode?: 'one' | 'all'
  limitHours?: number | null
  /** The node is repeated for each unit from the subject's up to the last below the centre. */
  levelUp?: boolean
  /** Whether the step may be handed to the next unit up. */
  passUp?: boolean
  /** Of an end. */
  result?: 'approved' | 'returned' | null
  x?: number | null
  y?: number | null
}

export type Outcome = 'approve' | 'return' | 'passUp'
export type FlowEdge = { from: string; to: string; outcome: 'next' | Outcome; condition?: Condition | null }
export type Graph = { nodes: FlowNode[]; edges: FlowEdge[] }

export type ShippedDefinition = { key: string; name: string; businessType: string; stage?: string; graph: Graph }

/** The task or end that follows a node; gateways are passed through. Throws where the graph leads nowhere (publishing forbids it). */
export function follow(graph: Graph, from: string, outcome: FlowEdge['outcome'], variables: Variables): FlowNode {
  let key = from
  let wanted: FlowEdge['outcome'] = outcome
  for (let steps = 0; steps <= graph.nodes.length; steps++) {
    const edge = graph.edges.find((e) => e.from === key && e.outcome === wanted && holds(e.condition ?? null, variables))
    const node = edge && graph.nodes.find((n) => n.key === edge.to)
    if (!node) throw new Error(`the process has no way on from ${key} by ${wanted}`)
    if (node.kind === 'userTask' || node.kind === 'end') return node
    key = node.key
    wanted = 'next'
  }
  throw new Error(`the gateways after ${from} run in a circle`)
}

/** Whether the node has a way of its own for an outcome. */
export const hasEdge = (graph: Graph, from: string, outcome: FlowEdge['outcome']): boolean => graph.edges.some((e) => e.from === from && e.outcome === outcome)

export const startOf = (graph: Graph): FlowNode => {
  const start = graph.nodes.find((n) => n.kind === 'start')
  if (!start) throw new Error('the process has no start')
  return start
}

/** A condition on a variable that was not given does not hold. */
export function holds(condition: Condition | null, variables: Variables): boolean {
  if (!condition) return true
  const held = variables[condition.variable]
  if (held === undefined || held === null) return false
  const { op, value } = condition
  if (op === 'in') return Array.isArray(value) && value.includes(held)
  if (op === '=') return held === value
  if (op === '!=') return held !== value
  if (typeof held !== 'number' || typeof value !== 'number') return false
  return op === '>' ? held > value : op === '>=' ? held >= value : op === '<' ? held < value : held <= value
}

export type UnitPlace = { id: string; name: string }
/** The subject's unit line: from its own unit upward, without the centre; and the centre. */
export type UnitLine = { below: UnitPlace[]; centre: UnitPlace; fixed: Map<string, string> }

export const isCentre = (line: UnitLine, unitId: string): boolean => unitId === line.centre.id

/** The unit in which a node is decided first. */
export function firstUnit(node: FlowNode, line: UnitLine): UnitPlace {
  const rule = node.actor
  if (rule?.unit === 'fixed' && rule.unitId) return { id: rule.unitId, name: line.fixed.get(rule.unitId) ?? '' }
  if (rule?.unit === 'subject') return line.below[0] ?? line.centre
  if (rule?.unit === 'subjectParent') return line.below[1] ?? line.centre
  return line.centre
}

/** One level up; null above the centre. A unit outside the line (fixed) is below the centre. */
export function unitAbove(line: UnitLine, unitId: string): UnitPlace | null {
  if (isCentre(line, unitId)) return null
  const at = line.below.findIndex((unit) => unit.id === unitId)
  return (at >= 0 ? line.below[at + 1] : undefined) ?? line.centre
}

export type Step = { node: FlowNode; unit: UnitPlace }

/** What comes after a step is approved: the same node one level up where it climbs, else the next node; an end ends it. */
export function stepAfter(graph: Graph, step: Step, line: UnitLine, variables: Variables): Step | FlowNode {
  if (step.node.levelUp) {
    const above = unitAbove(line, step.unit.id)
    if (above && !isCentre(line, above.id)) return { node: step.node, unit: above }
  }
  return enter(graph, follow(graph, step.node.key, 'approve', variables), line, variables)
}

/** The first step at a node. A climbing node has no level to climb when the subject is the centre itself: it is passed over. */
export function enter(graph: Graph, node: FlowNode, line: UnitLine, variables: Variables): Step | FlowNode {
  if (node.kind === 'end') return node
  const unit = firstUnit(node, line)
  if (node.levelUp && isCentre(line, unit.id)) return enter(graph, follow(graph, node.key, 'approve', variables), line, variables)
  return { node, unit }
}

export const isStep = (next: Step | FlowNode): next is Step => 'node' in next
