// The rail of one person: pure, so that it can be tested without a page.
import { fits } from '../ui/pinyin.ts'
import type { Initials } from '../ui/pinyin.ts'
import { allowed } from './feature.ts'
import type { Feature, RailEntry } from './feature.ts'
import { groupOrder, railGroups } from './rail-groups.ts'
import type { RailGroup } from './rail-groups.ts'

/** What the tenant has changed of the menu, by path. */
export type MenuChanges = Readonly<Record<string, { name?: string; order?: number; hidden?: boolean }>>
export type RailPerson = { roles: readonly string[]; permissions: ReadonlySet<string>; menu?: MenuChanges }
export type RailSection = { group: RailGroup; label: string; icon: string; entries: RailEntry[] }

/** Sections with at least one entry the person may use, in the order of the person's roles. */
export function buildRail(features: readonly Feature[], person: RailPerson): RailSection[] {
  const entries = features
    .flatMap((feature) => feature.rail ?? [])
    .filter((entry) => allowed(entry.permission, person.permissions) && (!entry.roles || entry.roles.some((role) => person.roles.includes(role))))
  const shown = entries.filter((entry) => !person.menu?.[entry.path]?.hidden).map((entry) => { const change = person.menu?.[entry.path]; return change ? { ...entry, label: change.name ?? entry.label, order: change.order ?? entry.order } : entry })
  return groupOrder(person.roles).flatMap((group) => {
    const own = shown.filter((entry) => entry.group === group).sort((a, b) => (a.order ?? 1000) - (b.order ?? 1000))
    return own.length ? [{ group, label: railGroups[group].label, icon: railGroups[group].icon, entries: own }] : []
  })
}

/** The entry whose path is the longest beginning of the address: only one is marked current. */
export function currentEntry(sections: readonly RailSection[], pathname: string): string | undefined {
  const hits = sections
    .flatMap((section) => section.entries.map((entry) => entry.path))
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
  return hits.sort((a, b) => b.length - a.length)[0]
}

/** From here on a rail is too long to be read: it gets a find box, and of its headings only those in use stand open. */
const crowdedFrom = { find: 24, fold: 90 } as const

/** How a rail of this length is shown. */
export function railManner(sections: readonly RailSection[]): { find: boolean; folded: boolean } {
  const total = sections.reduce((sum, section) => sum + section.entries.length, 0)
  return { find: total >= crowdedFrom.find, folded: total >= crowdedFrom.fold }
}

/** The entries that fit what was typed, by name, heading, group or initials; a group or heading that fits shows all of its entries. */
export function findInRail(sections: readonly RailSection[], typed: string, initials: Initials): RailSection[] {
  const fit = (words: string | undefined) => words !== undefined && fits(typed, words, initials(words))
  return sections.flatMap((section) => {
    const entries = fit(section.label) ? section.entries : section.entries.filter((entry) => fit(entry.section) || fit(entry.label))
    return entries.length ? [{ ...section, entries }] : []
  })
}

/** The menu changes in what the session tells; anything else is left out. */
export function menuOf(features: Readonly<Record<string, unknown>>): MenuChanges {
  const menu = features.menu
  if (typeof menu !== 'object' || menu === null) return {}
  return Object.fromEntries(Object.entries(menu).filter((pair): pair is [string, MenuChanges[string]] => typeof pair[1] === 'object' && pair[1] !== null))
}
