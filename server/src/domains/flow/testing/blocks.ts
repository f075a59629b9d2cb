// Processes built of nested blocks, and what must happen in them: an oracle for the token engine that knows nothing of tokens.
import fc from 'fast-check'
import type { FlowEdge, FlowNode, Graph, NodeKind, Variables } from '../graph.ts'

export type Block =
  | { kind: 'task'; returns: number }
  | { kind: 'seq'; parts: Block[] }
  | { kind: 'exclusive' | 'inclusive'; routes: { flag: boolean; part: Block }[]; otherwise: Block }
  | { kind: 'parallel'; parts: Block[] }

const { tree } = fc.letrec<{ tree: Block }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({ kind: fc.constant('task' as const), returns: fc.nat(2) }),
    fc.record({ kind: fc.constant('seq' as const), parts: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constantFrom('exclusive' as const, 'inclusive' as const), routes: fc.array(fc.record({ flag: fc.boolean(), part: tie('tree') }), { minLength: 1, maxLength: 3 }), otherwise: tie('tree') }),
    fc.record({ kind: fc.constant('parallel' as const), parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }) }),
  ),
}))
export const anyBlock = tree

export type Built = { graph: Graph; variables: Variables; /** How often each task is decided. */ expected: Map<string, number>; returns: Map<string, number> }

/** The graph of a block between a start and an approving end; a task that is returned is decided again. */
export function build(block: Block): Built {
  const nodes: FlowNode[] = []
  const edges: FlowEdge[] = []
  const variables: Variables = {}
  const [expected, returns] = [new Map<string, number>(), new Map<string, number>()]
  const add = (kind: NodeKind, more: Partial<FlowNode> = {}): string => {
    const key = `${kind}${nodes.length}`
    nodes.push({ key, kind, name: key, ...more })
    return key
  }
  type Loose = Omit<FlowEdge, 'to'>
  const tie = (loose: Loose[], to: string): void => void edges.push(...loose.map((edge) => ({ ...edge, to })))
  const put = (part: Block, from: Loose[], runs: boolean): Loose[] => {
    switch (part.kind) {
      case 'task': {
        const key = add('userTask', { actor: { unit: 'centre', permission: 'x.approve' } })
        tie(from, key)
        edges.push({ from: key, to: key, outcome: 'return' })
        expected.set(key, runs ? part.returns + 1 : 0)
        returns.set(key, part.returns)
        return [{ from: key, outcome: 'approve' }]
      }
      case 'seq':
        return part.parts.reduce((loose, one) => put(one, loose, runs), from)
      case 'parallel': {
        const split = add('parallel')
        tie(from, split)
        const ends = part.parts.map((one) => put(one, [{ from: split, outcome: 'next' }], runs))
        const join = add('parallel')
        for (const end of ends) tie(end, join)
        return [{ from: join, outcome: 'next' }]
      }
      default: {
        const split = add(part.kind)
        tie(from, split)
        const first = part.routes.findIndex((route) => route.flag)
        const ends = part.routes.map((route, at) => {
          const name = `${split}v${at}`
          variables[name] = route.flag
          return put(route.part, [{ from: split, outcome: 'next', condition: name }], runs && (part.kind === 'inclusive' ? route.flag : at === first))
        })
        ends.push(put(part.otherwise, [{ from: split, outcome: 'next' }], runs && first < 0))
        const join = add(part.kind)
        for (const end of ends) tie(end, join)
        return [{ from: join, outcome: 'next' }]
      }
    }
  }
  const start = add('start')
  const loose = put(block, [{ from: start, outcome: 'next' }], true)
  const end = add('end', { result: 'approved' })
  tie(loose, end)
  return { graph: { nodes, edges, variables: Object.keys(variables).map((name) => ({ name, label: name, type: 'boolean' as const })) }, variables, expected, returns }
}
