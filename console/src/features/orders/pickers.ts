// Where the pickers of units, matters, categories, areas and people get their options from; shared by all features.
import { call } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import type { FormLoaders } from '../../ui/FormRenderer.tsx'
import type { PickOption, TreeLoader } from '../../ui/Pickers.tsx'
import { now } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

type Unit = { id: string; name: string; parentId: string | null; parentName?: string | null; kind: string; state?: string }
type UnitNode = Unit & { depth: number }

let tree: { at: Promise<UnitNode[]>; since: number } | null = null
/** The tenant's units change seldom: one reading serves all pickers for five minutes. */
function unitTree(): Promise<UnitNode[]> {
  const since = now()
  if (!tree || since - tree.since > 300_000) tree = { at: call('getUnitTree', {}).then((answer) => answer.items), since }
  const held = tree
  held.at.catch(() => { if (tree === held) tree = null })
  return held.at
}

export type UnitChoice = {
  /** Only units below this one. */
  under?: string
  /** Shown, but refused, with the reason. */
  barred?: ReadonlyMap<string, string>
  /** Names the choice in the cache; needed with `barred`. */
  name?: string
}

/** Units of the own tenant as a tree, found by name or pinyin initials. */
export function unitLoader({ under, barred, name = '' }: UnitChoice = {}): TreeLoader {
  const option = (unit: Unit, leaf: boolean): PickOption => ({ id: unit.id, name: unit.name, leaf, ...(unit.parentName ? { path: unit.parentName } : {}), barred: barred?.get(unit.id) ?? null })
  return {
    name: `units:${under ?? ''}:${name}`,
    search: async (text) => (await call('pickUnits', { query: text, ...(under ? { under } : {}), limit: 50 })).items.map((unit) => option(unit, true)),
    byIds: async (ids) => (await call('pickUnits', { ids: ids.join(','), limit: 200 })).items.map((unit) => option(unit, true)),
    children: async (parentId) => {
      const all = await unitTree()
      const top = under ?? all.find((unit) => unit.parentId === null || !all.some((one) => one.id === unit.parentId))?.id
      const branches = new Set(all.map((unit) => unit.parentId))
      return all.filter((unit) => unit.parentId === (parentId ?? top) && unit.state !== 'disabled').map((unit) => option(unit, !branches.has(unit.id)))
    },
  }
}

/** Matters by directory, or by name, code, keyword and pinyin; directories are headings only. */
export function matterLoader({ appealType }: { appealType?: string } = {}): TreeLoader {
  const option = (item: { id: string; name: string; path: string[] }): PickOption => ({ id: item.id, name: item.name, path: item.path.join(' / '), leaf: true })
  const search = async (query: string, under: { directoryId?: string; nodeId?: string } = {}) => (await call('searchMatters', { query, limit: 50, ...under, ...(appealType ? { appealType } : {}) })).items.map(option)
  // below the directory: the same matters by department's classes and own label sets; ids of these headings carry a prefix
  const linked = async (parentId: string | null): Promise<PickOption[]> => {
    if (parentId === null) return (await call('browseMatters', {})).dimensions.filter((one) => one.by !== 'unit').map((one): PickOption => ({ id: `scheme:${one.by}`, name: `按${one.name}`, heading: true }))
    const [kind, by = '', nodeId] = parentId.split(':')
    if (kind !== 'scheme') return []
    const nodes = (await call('browseMatters', { by })).items
    const below = nodes.filter((one) => one.parentId === (nodeId ?? null)).map((one): PickOption => ({ id: `scheme:${by}:${one.id}`, name: one.name, heading: true }))
    return [...below, ...(nodeId ? await search('', { nodeId }) : [])]
  }
  return {
    name: `matters:${appealType ?? ''}`,
    search: (text) => search(text),
    byIds: async (ids) => Promise.all(ids.map(async (id) => {
      const matter = await call('getMatter', { id })
      return option({ id, name: matter.name, path: matter.directoryPath })
    })),
    children: async (parentId) => {
      if (parentId?.startsWith('scheme:')) return linked(parentId)
      const { items } = await call('matterDirectoryTree', {})
      const folders = items.filter((item) => item.parentId === parentId).map((item): PickOption => ({ id: item.id, name: item.name, heading: true }))
      const here = parentId && items.some((item) => item.id === parentId && item.leaf) ? await search('', { directoryId: parentId }) : []
      return [...folders, ...here, ...(parentId === null ? await linked(null) : [])]
    },
  }
}

type SchemeNode = { id: string; name: string; parentId: string | null }
/** Nodes of a classification scheme (business categories, industries). */
export function categoryLoader(scheme: string): TreeLoader {
  const read = async (query?: string) => (await request<{ items: SchemeNode[] }>('GET', '/api/matters/schemes/{code}/tree', { code: scheme, ...(query ? { query } : {}) })).items
  return {
    name: `scheme:${scheme}`,
    search: async (text) => (await read(text)).map((item) => ({ id: item.id, name: item.name, leaf: true })),
    byIds: async (ids) => (await read()).filter((item) => ids.includes(item.id)).map((item) => ({ id: item.id, name: item.name })),
    children: async (parentId) => {
      const all = await read()
      const branches = new Set(all.map((item) => item.parentId))
      return all.filter((item) => item.parentId === parentId).map((item) => ({ id: item.id, name: item.name, leaf: !branches.has(item.id) }))
    },
  }
}

const [ofEnterprises, ofTourism] = [categoryLoader('enterprise'), categoryLoader('tourism')]
/** Classes of enterprise and tourism orders together: an order has at most one of them. */
export const specialClassLoader: TreeLoader = {
  name: 'special-classes',
  search: async (text, signal) => (await Promise.all([ofEnterprises.search(text, signal), ofTourism.search(text, signal)])).flat(),
  byIds: async (ids, signal) => (await Promise.all([ofEnterprises.byIds(ids, signal), ofTourism.byIds(ids, signal)])).flat(),
  children: async (parent, signal) => (await Promise.all([ofEnterprises.children?.(parent, signal) ?? [], ofTourism.children?.(parent, signal) ?? []])).flat(),
}

/** Administrative areas by code, level by level. */
export const areaLoader: TreeLoader = {
  name: 'areas',
  search: async (text) => (text.length < 2 ? [] : (await call('listAreas', { query: text })).items.map((area) => ({ id: area.code, name: area.name, path: area.fullName, leaf: true }))),
  byIds: async (codes) => (await Promise.all(codes.map((code) => call('listAreas', { code })))).flatMap((answer) => answer.items.map((area) => ({ id: area.code, name: area.fullName }))),
  children: async (parent) => (await call('listAreas', parent ? { parent } : {})).items.map((area) => ({ id: area.code, name: area.name, leaf: area.leaf })),
}

/** People of a unit, or of the tenant, optionally only those with a permission. */
export function userLoader({ unitId, permission }: { unitId?: string; permission?: string } = {}): TreeLoader {
  const names = new Map<string, PickOption>()
  return {
    name: `users:${unitId ?? ''}:${permission ?? ''}`,
    search: async (text) => {
      const { items } = await call('pickUsers', { limit: 50, ...(text ? { query: text } : {}), ...(unitId ? { unitId } : {}), ...(permission ? { permission } : {}) })
      const found = items.map((user): PickOption => ({ id: user.id, name: user.name, path: [user.unitName, user.staffNo].filter(Boolean).join(' · ') }))
      for (const one of found) names.set(one.id, one)
      return found
    },
    // there is no reading by id without the right to administer users: a person not met before is shown by a word
    byIds: async (ids) => ids.map((id) => names.get(id) ?? { id, name: t('chosenUser') }),
  }
}

export const orderLoaders: FormLoaders = { unit: unitLoader(), matter: matterLoader(), area: areaLoader, user: userLoader() }
