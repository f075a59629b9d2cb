// The usual approval in a few lines: steps one after another, each may grant or return.
import type { ActorRule, FlowNode, Graph, ShippedDefinition, VariableRule } from './graph.ts'

export type ApprovalStep = Pick<FlowNode, 'key' | 'name' | 'mode' | 'limit' | 'levelUp' | 'passUp' | 'opinion' | 'addSigner' | 'forward' | 'returnTo'> & {
  actor: ActorRule
  /** Only taken when this expression over the variables holds, e.g. `days > 5`. */
  when?: string
}

export type Approval = {
  key: string
  name: string
  businessType: string
  stage?: string
  /** Names of start and ends as people read them; defaults 提出申请, 同意, 不同意. */
  names?: { start?: string; approved?: string; returned?: string }
  /** Every variable that a `when` reads. */
  variables?: VariableRule[]
  steps: ApprovalStep[]
}

/**
 * Builds a definition whose steps follow each other; every step leads on by approval and ends the process by return. A step with
 * `when` stands behind a gateway that passes it over. Anything else is drawn as a graph.
 */
export function approvalFlow(approval: Approval): ShippedDefinition {
  const { steps, names = {}, variables, ...rest } = approval
  const nodes: FlowNode[] = [{ key: 'start', kind: 'start', name: names.start ?? '提出申请', x: 80, y: 160 }]
  const edges: Graph['edges'] = []
  let x = 80
  // What waits for its successor: the last step's approval and, where it is optional, the way around it.
  let open: Graph['edges'] = [{ from: 'start', to: '', outcome: 'next' }]
  const join = (key: string): void => void edges.push(...open.map((edge) => ({ ...edge, to: key })))
  for (const { when, ...step } of steps) {
    let around: Graph['edges'] = []
    if (when !== undefined) {
      const gate = `${step.key}If`
      nodes.push({ key: gate, kind: 'exclusive', name: `是否经${step.name}`, x: (x += 180), y: 160 })
      join(gate)
      open = [{ from: gate, to: '', outcome: 'next', condition: when }]
      around = [{ from: gate, to: '', outcome: 'next' }]
    }
    nodes.push({ ...step, kind: 'userTask', x: (x += 180), y: 160 })
    join(step.key)
    open = [{ from: step.key, to: '', outcome: 'approve' }, ...around]
  }
  nodes.push({ key: 'approved', kind: 'end', name: names.approved ?? '同意', result: 'approved', x: x + 200, y: 100 }, { key: 'returned', kind: 'end', name: names.returned ?? '不同意', result: 'returned', x: x + 200, y: 240 })
  join('approved')
  edges.push(...steps.map((step) => ({ from: step.key, to: 'returned', outcome: 'return' as const })))
  return { ...rest, graph: { nodes, edges, ...(variables ? { variables } : {}) } }
}
