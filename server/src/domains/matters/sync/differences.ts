// How an upper platform's classes differ from those kept here. Pure.
import type { UpstreamNode } from './sync-contract.ts'

/** A local class; `externalCode` names the upper class it stands for, several may name the same one. */
export type LocalNode = { id: string; code: string; name: string; parentId: string | null; externalCode: string | null }
export type Difference =
  | { kind: 'new'; node: UpstreamNode }
  | { kind: 'renamed'; local: LocalNode; node: UpstreamNode }
  | { kind: 'moved'; local: LocalNode; node: UpstreamNode }
  | { kind: 'deleted'; local: LocalNode }

/** What is wrong with what arrived; null when it is a tree. */
export function upstreamFault(nodes: readonly UpstreamNode[]): string | null {
  const byCode = new Map(nodes.map((n) => [n.code, n]))
  if (byCode.size < nodes.length) return `编码重复：${nodes.find((n, i) => nodes.findIndex((o) => o.code === n.code) !== i)?.code ?? ''}`
  for (const node of nodes) {
    const passed = new Set<string>()
    for (let at: UpstreamNode | undefined = node; at; at = at.parentCode === null ? undefined : byCode.get(at.parentCode)) {
      if (passed.has(at.code)) return `上级成环：${node.code}`
      passed.add(at.code)
      if (at.parentCode !== null && !byCode.has(at.parentCode)) return `上级不存在：${at.parentCode}`
    }
  }
  return null
}

/**
 * Only a class with the upper code as its own follows name and place; further classes that name the code are the tenant's own
 * subdivisions and are touched only when the code is gone. Classes without an upper code are the tenant's own. Parents come first.
 */
export function differencesOf(upstream: readonly UpstreamNode[], local: readonly LocalNode[]): Difference[] {
  const twins = new Map(local.filter((l) => l.externalCode === l.code).map((l) => [l.code, l]))
  const known = new Set(upstream.map((n) => n.code))
  const codeOf = new Map(local.map((l) => [l.id, l.externalCode]))
  const found: Difference[] = []
  for (const node of parentsFirst(upstream)) {
    const twin = twins.get(node.code)
    if (!twin) {
      found.push({ kind: 'new', node })
      continue
    }
    if (twin.name !== node.name) found.push({ kind: 'renamed', local: twin, node })
    if ((twin.parentId === null ? null : (codeOf.get(twin.parentId) ?? null)) !== node.parentCode) found.push({ kind: 'moved', local: twin, node })
  }
  for (const l of local) if (l.externalCode !== null && !known.has(l.externalCode)) found.push({ kind: 'deleted', local: l })
  return found
}

function parentsFirst(nodes: readonly UpstreamNode[]): UpstreamNode[] {
  const byCode = new Map(nodes.map((n) => [n.code, n]))
  const depth = (node: UpstreamNode): number => (node.parentCode === null ? 0 : 1 + depth(byCode.get(node.parentCode) ?? { ...node, parentCode: null }))
  return nodes.map((node) => ({ node, at: depth(node) })).toSorted((a, b) => a.at - b.at).map((one) => one.node)
}

/** How alike two names are: shared pairs of characters, 0 to 1. */
export function likeness(a: string, b: string): number {
  const pairs = (text: string): string[] => (text.length < 2 ? [text] : Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)))
  const [x, y] = [pairs(a), pairs(b)]
  const shared = x.filter((pair) => y.includes(pair)).length
  return (2 * shared) / (x.length + y.length)
}
