// Units, matters, areas and people: a tree that loads as it opens, and a search by name or pinyin initials on the server.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { asProblem } from '../api/problem.ts'
import { t } from './texts.zh-CN.ts'

export type PickOption = {
  id: string
  name: string
  /** Ancestors in words: 城市管理 / 供热. */
  path?: string
  initials?: string
  leaf?: boolean
  /** Shown, but refused: the reason. */
  barred?: string | null
  /** Only leaves may be chosen, or a branch is a heading only. */
  heading?: boolean
}

/** Where options come from. Without `children` the picker is a plain search list. `name` keys the cache. */
export type TreeLoader = {
  name: string
  search: (text: string, signal: AbortSignal) => Promise<PickOption[]>
  byIds: (ids: string[], signal: AbortSignal) => Promise<PickOption[]>
  children?: (parentId: string | null, signal: AbortSignal) => Promise<PickOption[]>
}

export type PickerProps = {
  id?: string
  loader: TreeLoader
  value: string | string[] | undefined
  onChange: (next: string | string[] | undefined, options: PickOption[]) => void
  multiple?: boolean
  disabled?: boolean
  status?: '' | 'error'
  placeholder?: string
  autoFocus?: boolean
}

/** One picker for all trees and lists; the named ones below differ only in words. */
export function PickerInput({ loader, value, onChange, multiple, placeholder, ...rest }: PickerProps): ReactElement {
  const [typed, setTyped] = useState('')
  const [known, setKnown] = useState<Record<string, PickOption>>({})
  const [branches, setBranches] = useState<Record<string, PickOption[]>>({})
  const [failed, setFailed] = useState<string | null>(null)
  const ids = useMemo(() => (Array.isArray(value) ? value : value ? [value] : []), [value])
  const missing = ids.filter((id) => !known[id])
  const names = useQuery({ queryKey: ['pick', loader.name, 'ids', missing], queryFn: ({ signal }) => loader.byIds(missing, signal), enabled: missing.length > 0, staleTime: 300_000 })
  const searching = typed !== '' || !loader.children
  const found = useQuery({ queryKey: ['pick', loader.name, 'search', typed], queryFn: ({ signal }) => loader.search(typed, signal), enabled: searching, staleTime: 30_000, placeholderData: keepPreviousData })
  const roots = useQuery({ queryKey: ['pick', loader.name, 'roots'], queryFn: ({ signal }) => loader.children?.(null, signal) ?? [], enabled: loader.children !== undefined, staleTime: 60_000 })
  const all: Record<string, PickOption> = { ...known, ...byId(names.data), ...byId(roots.data), ...byId(found.data), ...byId(Object.values(branches).flat()) }

  const unfold = async (id: string) => {
    try {
      const options = (await loader.children?.(id, new AbortController().signal)) ?? []
      setBranches((before) => ({ ...before, [id]: options }))
    } catch (error) {
      setFailed(asProblem(error).message)
    }
  }
  const node = (option: PickOption): TreeNode => ({
    value: option.id, name: option.name, title: <OptionLine option={option} />, isLeaf: searching || (option.leaf ?? false),
    disabled: Boolean(option.barred), selectable: !option.heading, children: searching ? undefined : branches[option.id]?.map(node),
  })
  const tree = ((searching ? found.data : roots.data) ?? []).map(node)
  // a chosen value that is not in the list shown still needs its name
  const shown = new Set<string>()
  collect(tree, shown)
  const strays = ids.filter((id) => !shown.has(id)).flatMap((id) => (all[id] ? [{ ...node(all[id]), isLeaf: true }] : []))
  const choose = (next: string | string[] | undefined) => {
    const chosen = (Array.isArray(next) ? next : next ? [next] : []).flatMap((id) => all[id] ?? [])
    setKnown((before) => ({ ...before, ...byId(chosen) }))
    setTyped('')
    onChange(next, chosen)
  }
  const busy = found.isFetching || roots.isFetching
  return (
    <TreeSelect<string | string[], TreeNode> {...rest} style={{ inlineSize: '100%' }} allowClear multiple={multiple} value={value} treeData={[...tree, ...strays]} treeNodeLabelProp="name" treeLine={!searching}
      placeholder={placeholder ?? t('picker.search')} showSearch={{ searchValue: typed, onSearch: setTyped, filterTreeNode: false }} loadData={searching ? undefined : (one) => unfold(String(one.value))}
      onChange={(next) => choose(next)} notFoundContent={failed ?? (busy ? t('loading') : t('picker.empty'))} />
  )
}

type TreeNode = { value: string; title: ReactNode; name: string; isLeaf: boolean; disabled: boolean; selectable: boolean; children?: TreeNode[] }

function collect(nodes: readonly TreeNode[], into: Set<string>): void {
  for (const one of nodes) {
    into.add(one.value)
    collect(one.children ?? [], into)
  }
}

function OptionLine({ option }: { option: PickOption }): ReactElement {
  return (
    <span>
      {option.name}
      {option.barred ? <span className="ms-hint"> {t('picker.barred', { reason: option.barred })}</span> : option.path ? <span className="ms-hint"> {option.path}</span> : null}
    </span>
  )
}

function byId(options: readonly PickOption[] | undefined): Record<string, PickOption> {
  return Object.fromEntries((options ?? []).map((one) => [one.id, one]))
}

export const UnitPicker = (props: PickerProps): ReactElement => <PickerInput {...props} />
export const MatterPicker = (props: PickerProps): ReactElement => <PickerInput {...props} />
export const AreaPicker = (props: PickerProps): ReactElement => <PickerInput {...props} />
export const UserPicker = (props: PickerProps): ReactElement => <PickerInput {...props} />
