// Units, matters, areas and people: a tree that loads as it opens, and a search by name or pinyin initials on the server.
import { useQuery } from '@tanstack/react-query'
import { Select, TreeSelect } from 'antd'
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
  const ids = useMemo(() => (Array.isArray(value) ? value : value ? [value] : []), [value])
  const missing = ids.filter((id) => !known[id])
  const names = useQuery({ queryKey: ['pick', loader.name, 'ids', missing], queryFn: ({ signal }) => loader.byIds(missing, signal), enabled: missing.length > 0, staleTime: 300_000 })
  const found = useQuery({ queryKey: ['pick', loader.name, 'search', typed], queryFn: ({ signal }) => loader.search(typed, signal), enabled: typed !== '' || !loader.children, staleTime: 30_000 })
  const all: Record<string, PickOption> = { ...known, ...byId(names.data), ...byId(found.data) }
  const choose = (next: string | string[] | undefined) => {
    const chosen = (Array.isArray(next) ? next : next ? [next] : []).flatMap((id) => all[id] ?? [])
    setKnown((before) => ({ ...before, ...byId(chosen) }))
    setTyped('')
    onChange(next, chosen)
  }
  const shared = { ...rest, style: { inlineSize: '100%' }, allowClear: true, placeholder: placeholder ?? t('picker.search'), notFoundContent: found.isFetching ? t('loading') : t('picker.empty') }
  if (loader.children && typed === '') {
    return <TreePicker {...shared} loader={loader} value={value} multiple={multiple} known={all} learn={(options) => setKnown((before) => ({ ...before, ...byId(options) }))} onSearch={setTyped} onChange={choose} />
  }
  const options = [...(found.data ?? []), ...ids.flatMap((id) => all[id] ?? [])].filter((one, i, list) => list.findIndex((other) => other.id === one.id) === i)
  return (
    <Select<string | string[]> {...shared} mode={multiple ? 'multiple' : undefined} value={value} autoFocus={typed !== '' || rest.autoFocus} defaultOpen={typed !== ''} onChange={choose}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }} optionLabelProp="title"
      options={options.map((one) => ({ value: one.id, label: <OptionLine option={one} />, title: one.name, disabled: Boolean(one.barred) || Boolean(one.heading) }))} />
  )
}

type TreeNode = { value: string; title: ReactNode; name: string; isLeaf: boolean; disabled: boolean; selectable: boolean; children?: TreeNode[] }

type TreePickerProps = Omit<PickerProps, 'onChange'> & { known: Record<string, PickOption>; learn: (options: PickOption[]) => void; onSearch: (text: string) => void; onChange: (next: string | string[] | undefined) => void }

function TreePicker({ loader, multiple, value, known, learn, onSearch, onChange, ...rest }: TreePickerProps): ReactElement {
  const [branches, setBranches] = useState<Record<string, PickOption[]>>({})
  const [failed, setFailed] = useState<string | null>(null)
  const roots = useQuery({ queryKey: ['pick', loader.name, 'roots'], queryFn: ({ signal }) => loader.children?.(null, signal) ?? [], staleTime: 60_000 })
  const open = async (id: string) => {
    try {
      const options = (await loader.children?.(id, new AbortController().signal)) ?? []
      learn(options)
      setBranches((before) => ({ ...before, [id]: options }))
    } catch (error) {
      setFailed(asProblem(error).message)
    }
  }
  const node = (option: PickOption): TreeNode => ({
    value: option.id, name: option.name, title: <OptionLine option={option} />, isLeaf: option.leaf ?? false,
    disabled: Boolean(option.barred), selectable: !option.heading, children: branches[option.id]?.map(node),
  })
  const tree = (roots.data ?? []).map(node)
  const shown = new Set<string>()
  const walk = (nodes: TreeNode[]) => nodes.forEach((one) => { shown.add(one.value); walk(one.children ?? []) })
  walk(tree)
  // a chosen value whose branch is not open yet still needs its name
  const strays = (Array.isArray(value) ? value : value ? [value] : []).filter((id) => !shown.has(id)).flatMap((id) => (known[id] ? [{ ...node(known[id]), isLeaf: true }] : []))
  return (
    <TreeSelect<string | string[], TreeNode> {...rest} multiple={multiple} value={value} treeData={[...tree, ...strays]} treeNodeLabelProp="name" treeLine showSearch={{ onSearch }}
      loadData={(one) => open(String(one.value))} onChange={(next) => { learn(roots.data ?? []); onChange(next) }} notFoundContent={failed ?? (roots.isFetching ? t('loading') : t('picker.empty'))} />
  )
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
