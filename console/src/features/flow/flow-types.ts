// The API's shapes under short names.
import type { OutputOf } from '../../api/call.ts'

export type Flow = OutputOf<'showFlow'>
export type Version = Flow['versions'][number]
export type Graph = Version['graph']
export type FlowNode = Graph['nodes'][number]
export type FlowEdge = Graph['edges'][number]
export type NodeKind = FlowNode['kind']
export type Outcome = FlowEdge['outcome']
export type VariableRule = NonNullable<Graph['variables']>[number]
export type GraphProblem = OutputOf<'checkFlow'>['problems'][number]
export type Parts = OutputOf<'showFlowParts'>
export type Instance = OutputOf<'showFlowInstance'>

/** What is chosen in the designer: a node by key, a route by position. */
export type Chosen = { node: string } | { edge: number } | null
