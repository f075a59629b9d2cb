// A tree in a column of its own: search by name, code or pinyin initials opens the paths; arrow keys move, Enter chooses.
import { Input, Tree } from 'antd'
import type { DragEvent, ReactElement, ReactNode } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Empty } from './Empty.tsx'
import { Icon } from './icons.tsx'
import { fits, loadInitials } from './pinyin.ts'
import type { Initials } from './pinyin.ts'
import { grouped } from './grouped.ts'
import { t } from './texts.zh-CN.ts'

type TreeItem = { id: string; parentId: string | null; name: string; code?: string; note?: ReactNode; off?: boolean }

type Props = {
  label: string
  items: readonly TreeItem[]
  selected: string | null
  onSelect: (id: string | null) => void
  /** Over the tree: switches, a button for a new root. */
  extra?: ReactNode
  /** Choosing the chosen node again clears the choice. */
  clearable?: boolean
  searchHint?: string
  /** Something dragged from the page was let go over an item. */
  onDropOn?: (id: string) => void
}

type Node = { key: string; title: ReactNode; children: Node[] }

export function TreePane({ label, items, selected, onSelect, extra, clearable, searchHint, onDropOn }: Props): ReactElement {
  const [typed, setTyped] = useState('')
  const [initials, setInitials] = useState<{ of: Initials } | null>(null)
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items])
  const roots = useMemo(() => items.filter((item) => item.parentId === null || !byId.has(item.parentId)), [items, byId])
  const [open, setOpen] = useState<string[] | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const height = useHeight(box)

  const shown = useMemo(() => {
    if (typed.trim() === '') return null
    const keep = new Set<string>()
    for (const item of items) {
      if (!fits(typed, `${item.name} ${item.code ?? ''}`, initials?.of(item.name) ?? '')) continue
      for (let at: TreeItem | undefined = item; at && !keep.has(at.id); at = at.parentId ? byId.get(at.parentId) : undefined) keep.add(at.id)
    }
    return keep
  }, [typed, items, byId, initials])

  const tree = useMemo(() => {
    const children = grouped(items, (item) => (item.parentId !== null && byId.has(item.parentId) ? item.parentId : ''))
    const build = (parent: string): Node[] =>
      (children.get(parent) ?? []).filter((item) => !shown || shown.has(item.id)).map((item) => ({ key: item.id, title: <Line item={item} onDropOn={onDropOn} />, children: build(item.id) }))
    return build('')
  }, [items, byId, shown, onDropOn])

  const path = useMemo(() => {
    const above: string[] = []
    for (let at = selected ? byId.get(selected) : undefined; at; at = at.parentId ? byId.get(at.parentId) : undefined) above.push(at.id)
    return above
  }, [selected, byId])
  // first looked at: the roots and the way to what the address names
  const expanded = shown ? [...shown] : [...new Set([...(open ?? roots.map((root) => root.id)), ...(open ? [] : path)])]
  const branches = useMemo(() => [...new Set(items.flatMap((item) => (item.parentId ? [item.parentId] : [])))], [items])
  const allOpen = open !== null && open.length >= branches.length

  return (
    <div className="ms-treepane">
      <div className="ms-treepane-head">
        <Input allowClear size="small" prefix={<Icon name="search" size={14} />} placeholder={searchHint ?? t('tree.searchHint')} aria-label={`${t('list.search')}${label}`} value={typed}
          onFocus={() => { if (!initials) void loadInitials().then((of) => setInitials({ of })) }} onChange={(e) => setTyped(e.target.value)} />
        <button type="button" className="ms-icon-button" title={allOpen ? t('tree.foldAll') : t('tree.unfoldAll')} onClick={() => setOpen(allOpen ? roots.map((root) => root.id) : branches)}><Icon name={allOpen ? 'minus' : 'plus'} size={14} label={allOpen ? t('tree.foldAll') : t('tree.unfoldAll')} /></button>
      </div>
      {extra ? <div className="ms-treepane-extra">{extra}</div> : null}
      <div className="ms-treepane-body" ref={box}>
        {tree.length === 0 ? <Empty kind="filter" text={t('tree.noMatch')} /> : (
          <Tree<Node> blockNode virtual height={height} treeData={tree} expandedKeys={expanded} selectedKeys={selected ? [selected] : []} aria-label={label}
            onExpand={(keys) => { if (!shown) setOpen(keys.map(String)) }}
            onSelect={(keys) => { const next = keys[0]; if (next !== undefined) onSelect(String(next)); else if (clearable) onSelect(null) }} />
        )}
      </div>
    </div>
  )
}

function Line({ item, onDropOn }: { item: TreeItem; onDropOn: ((id: string) => void) | undefined }): ReactElement {
  const [over, setOver] = useState(false)
  const drop = onDropOn ? { 'data-over': over || undefined, onDragOver: (event: DragEvent) => { event.preventDefault(); setOver(true) }, onDragLeave: () => setOver(false), onDrop: (event: DragEvent) => { event.preventDefault(); setOver(false); onDropOn(item.id) } } : {}
  return (
    <span className="ms-treeline" {...drop} data-off={item.off || undefined} title={item.code ? `${item.name}（${item.code}）` : item.name}>
      <span className="ms-ellipsis">{item.name}</span>
      {item.off ? <span className="ms-hint">{t('tree.off')}</span> : null}
      {item.note !== undefined ? <span className="ms-treeline-note">{item.note}</span> : null}
    </span>
  )
}

/** Virtual rows need a height in pixels. */
function useHeight(box: React.RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(400)
  useEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => { if (entry) setHeight(Math.max(120, Math.floor(entry.contentRect.height))) })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [box])
  return height
}
