// What differs between two versions, property by property, in the words of the designer.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type * as contract from './contract.ts'
import { graphOf } from './definition-store.ts'
import type { FlowEdge, FlowNode, Graph } from './graph.ts'
import { propertyNames } from './texts.zh-CN.ts'
import { visibleVersion } from './visible-definitions.ts'

export type Change = { path: string; kind: 'added' | 'removed' | 'changed'; what: string; property: string | null; before: string | null; after: string | null }

/** `before` is the older of the two, whichever was named first. */
export async function compareFlowVersions(ctx: Ctx, input: Input<typeof contract.compareFlowVersions>): Promise<Output<typeof contract.compareFlowVersions>> {
  const pair = [await visibleVersion(ctx, input.id), await visibleVersion(ctx, input.with)].toSorted((a, b) => a.version - b.version)
  const [before, after] = pair as [(typeof pair)[number], (typeof pair)[number]]
  return { before: before.version, after: after.version, changes: compareGraphs(await graphOf(ctx, before.id), await graphOf(ctx, after.id)) }
}

export function compareGraphs(before: Graph, after: Graph): Change[] {
  return [
    ...compareSet(before.nodes, after.nodes, (n) => n.key, (n) => `nodes.${n.key}`, (n) => `环节“${n.name}”`, nodeProperties),
    ...compareSet(before.edges, after.edges, edgeKey, (e) => `edges.${e.from}-${e.to}`, (e) => `连线“${nameIn(before, after, e.from)} → ${nameIn(before, after, e.to)}”`, edgeProperties),
    ...compareSet(before.variables ?? [], after.variables ?? [], (v) => v.name, (v) => `variables.${v.name}`, (v) => `变量“${v.label}”`, (v) => ({ ...v })),
    ...((before.withdraw ?? 'always') === (after.withdraw ?? 'always') ? [] : [{ path: 'withdraw', kind: 'changed' as const, what: '流程', property: propertyNames.withdraw ?? null, before: before.withdraw ?? 'always', after: after.withdraw ?? 'always' }]),
  ]
}

const edgeKey = (edge: FlowEdge): string => `${edge.from}>${edge.to}>${edge.outcome}`
const nameIn = (before: Graph, after: Graph, key: string): string => (after.nodes.find((n) => n.key === key) ?? before.nodes.find((n) => n.key === key))?.name ?? key
// Positions are no change of the process.
const nodeProperties = ({ key: _key, x: _x, y: _y, ...rest }: FlowNode): Record<string, unknown> => rest
const edgeProperties = ({ condition, name }: FlowEdge): Record<string, unknown> => ({ condition, name })

function compareSet<T>(before: readonly T[], after: readonly T[], key: (item: T) => string, path: (item: T) => string, what: (item: T) => string, properties: (item: T) => Record<string, unknown>): Change[] {
  const [old, now] = [new Map(before.map((item) => [key(item), item])), new Map(after.map((item) => [key(item), item]))]
  const whole = (item: T, kind: 'added' | 'removed'): Change => ({ path: path(item), kind, what: what(item), property: null, before: null, after: null })
  const changes: Change[] = before.filter((item) => !now.has(key(item))).map((item) => whole(item, 'removed'))
  for (const item of after) {
    const former = old.get(key(item))
    if (former === undefined) changes.push(whole(item, 'added'))
    else {
      const [a, b] = [properties(former), properties(item)]
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
        const [x, y] = [shown(a[name]), shown(b[name])]
        if (x !== y) changes.push({ path: path(item), kind: 'changed', what: what(item), property: propertyNames[name] ?? name, before: x, after: y })
      }
    }
  }
  return changes
}

/** A value as text with sorted keys; what is not set, false or empty is nothing. */
function shown(value: unknown): string | null {
  if (value === undefined || value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)) return null
  if (value === true) return '是'
  if (typeof value !== 'object') return String(value)
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner))
}
