// The left rail: groups of the person's roles, counts that open their list; folds to icons. A long one has a find box.
import { Popover } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { NavLink, useLocation } from 'react-router'
import { Icon, isIcon } from '../ui/icons.tsx'
import { cappedCount } from '../ui/numbers.ts'
import type { Count } from './counts.ts'
import { useCounts } from './counts.ts'
import type { RailEntry } from './feature.ts'
import { currentEntry, findInRail, railManner } from './rail.ts'
import type { RailSection } from './rail.ts'
import { RailFind, useInitials } from './RailFind.tsx'
import { t } from './texts.zh-CN.ts'

const foldedName = 'ms-rail-folded'

export function Rail({ sections }: { sections: RailSection[] }): ReactElement {
  const { pathname } = useLocation()
  const counts = useCounts()
  const current = currentEntry(sections, pathname)
  const [folded, setFolded] = useState(() => localStorage.getItem(foldedName) === '1')
  const manner = railManner(sections)
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [typed, setTyped] = useState('')
  const initials = useInitials(typed !== '')
  const finding = typed.trim() !== '' && !folded
  const shown = finding ? findInRail(sections, typed, initials) : sections
  const list = useRef<HTMLDivElement>(null)
  // Whoever comes by a link sees where he is; what is in sight does not move.
  useEffect(() => {
    // Not returned: newer browsers give a promise, which React would take for the way to clean up.
    void list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const fold = () => {
    localStorage.setItem(foldedName, folded ? '0' : '1')
    setFolded(!folded)
  }
  const toggle = (group: string) => {
    const next = new Set(turned)
    if (!next.delete(group)) next.add(group)
    setTurned(next)
  }
  return (
    <nav className="ms-rail" data-folded={folded || undefined} aria-label={t('rail.label')} data-region>
      {manner.find && !folded ? <RailFind typed={typed} onType={setTyped} first={finding ? shown[0]?.entries[0]?.path : undefined} /> : null}
      <div className="ms-rail-scroll" ref={list}>
        {shown.length === 0 ? <p className="ms-hint ms-rail-none" role="status">{t('rail.findNone', { q: typed.trim() })}</p> : null}
        {shown.map((section, at) => {
          const here = section.entries.some((entry) => entry.path === current)
          const icon = <Icon name={isIcon(section.icon) ? section.icon : 'file'} size={20} />
          if (folded) {
            return (
              <Popover key={section.group} placement="rightTop" arrow={false} trigger={['hover', 'click']} content={<div className="ms-rail-pop"><strong>{section.label}</strong><Entries entries={section.entries} current={current} counts={counts} /></div>}>
                <button type="button" className="ms-rail-icon" data-here={here || undefined} aria-label={section.label}>{icon}</button>
              </Popover>
            )
          }
          const open = finding || (!manner.folded || here || at === 0) !== turned.has(section.group)
          return (
            <div key={section.group} className="ms-rail-section">
              <button type="button" className="ms-rail-group" data-here={here || undefined} aria-expanded={open} onClick={() => toggle(section.group)}>
                {icon}<span className="ms-ellipsis">{section.label}</span><span className="ms-grow" /><Icon name={open ? 'chevronDown' : 'chevronRight'} size={12} />
              </button>
              {open ? <Entries entries={section.entries} current={current} counts={counts} shelves={finding ? 'open' : manner.folded ? 'folded' : undefined} /> : null}
            </div>
          )
        })}
      </div>
      <button type="button" className="ms-rail-fold" onClick={fold} title={folded ? t('rail.unfold') : t('rail.fold')}>
        <Icon name="fold" label={folded ? t('rail.unfold') : t('rail.fold')} />
        {folded ? null : <span>{t('rail.fold')}</span>}
      </button>
    </nav>
  )
}

type Shelves = 'open' | 'folded' | undefined

function Entries({ entries, current, counts, shelves: manner }: { entries: readonly RailEntry[]; current: string | undefined; counts: Record<string, Count>; shelves?: Shelves }): ReactElement {
  const plain = entries.filter((entry) => entry.section === undefined)
  const shelves = [...new Set(entries.flatMap((entry) => entry.section ?? []))]
  return (
    <>
      {plain.length > 0 ? <ul className="ms-rail-entries">{plain.map((entry) => <Entry key={entry.path} entry={entry} current={current} counts={counts} />)}</ul> : null}
      {shelves.map((name) => <Shelf key={name} name={name} entries={entries.filter((entry) => entry.section === name)} current={current} counts={counts} manner={manner} />)}
    </>
  )
}

type ShelfProps = { name: string; entries: readonly RailEntry[]; current: string | undefined; counts: Record<string, Count>; manner: Shelves }

/** A heading with its entries; folded by the person or in a long rail, opened by itself where the current page stands in it or is looked for. */
function Shelf({ name, entries, current, counts, manner }: ShelfProps): ReactElement {
  const key = `ms-rail-shelf:${entries[0]?.group ?? ''}:${name}`
  const [folded, setFolded] = useState(() => (localStorage.getItem(key) ?? (manner === 'folded' ? '1' : '0')) === '1')
  const here = entries.some((entry) => entry.path === current)
  const open = here || manner === 'open' || !folded
  const toggle = () => {
    localStorage.setItem(key, folded ? '0' : '1')
    setFolded(!folded)
  }
  const waiting = open ? 0 : entries.reduce((sum, entry) => sum + (entry.count ? (counts[entry.count]?.value ?? 0) : 0), 0)
  return (
    <>
      <button type="button" className="ms-rail-shelf" aria-expanded={open} onClick={toggle}>
        <span className="ms-ellipsis">{name}</span>
        {waiting > 0 ? <span className="ms-rail-count">{cappedCount({ value: waiting, capped: false })}</span> : null}
        <Icon name={open ? 'chevronDown' : 'chevronRight'} size={12} />
      </button>
      {open ? <ul className="ms-rail-entries">{entries.map((entry) => <Entry key={entry.path} entry={entry} current={current} counts={counts} />)}</ul> : null}
    </>
  )
}

/** A link whose path begins the current one is active for the router; current is one alone. */
function Entry({ entry, current, counts }: { entry: RailEntry; current: string | undefined; counts: Record<string, Count> }): ReactElement {
  const count = entry.count ? counts[entry.count] : undefined
  return (
    <li>
      <NavLink to={entry.path} className="ms-rail-entry" data-current={entry.path === current || undefined} aria-current={entry.path === current ? 'page' : 'false'}>
        <span className="ms-ellipsis">{entry.label}</span>
        {count && count.value > 0 ? <span className="ms-rail-count" data-tone={count.tone}>{cappedCount({ value: count.value, capped: count.capped ?? false })}</span> : null}
      </NavLink>
    </li>
  )
}
