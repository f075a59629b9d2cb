// Pickers over a list that the page already holds, for tenants other than the own one and for small trees.
import type { PickOption, TreeLoader } from './Pickers.tsx'
import { fits, loadInitials } from './pinyin.ts'

type LocalNode = { id: string; name: string; parentId: string | null; off?: boolean; barred?: string | null }

/** `name` keys the cache and has to change with the list. */
export function localLoader(name: string, nodes: readonly LocalNode[]): TreeLoader {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const branches = new Set(nodes.map((node) => node.parentId))
  const live = nodes.filter((node) => !node.off)
  const pathOf = (node: LocalNode): string => {
    const names: string[] = []
    for (let at = node.parentId ? byId.get(node.parentId) : undefined; at; at = at.parentId ? byId.get(at.parentId) : undefined) names.unshift(at.name)
    return names.join(' / ')
  }
  const option = (node: LocalNode, leaf: boolean): PickOption => ({ id: node.id, name: node.name, path: leaf ? pathOf(node) : '', leaf, barred: node.barred ?? null })
  return {
    name,
    search: async (text) => {
      const initials = await loadInitials()
      return live.filter((node) => fits(text, node.name, initials(node.name))).slice(0, 100).map((node) => option(node, true))
    },
    byIds: async (ids) => ids.flatMap((id) => { const node = byId.get(id); return node ? [option(node, true)] : [] }),
    children: async (parentId) => live.filter((node) => (parentId === null ? node.parentId === null || !byId.has(node.parentId) : node.parentId === parentId)).map((node) => option(node, !branches.has(node.id))),
  }
}
