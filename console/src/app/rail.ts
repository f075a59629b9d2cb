// The rail of one person: pure, so that it can be tested without a page.
import { allowed } from './feature.ts'
import type { Feature, RailEntry } from './feature.ts'
import { groupOrder, railGroups } from './rail-groups.ts'
import type { RailGroup } from './rail-groups.ts'

export type RailPerson = { roles: readonly string[]; permissions: ReadonlySet<string> }
export type RailSection = { group: RailGroup; label: string; icon: string; entries: RailEntry[] }

/** Sections with at least one entry the person may use, in the order of the person's roles. */
export function buildRail(features: readonly Feature[], person: RailPerson): RailSection[] {
  const entries = features
    .flatMap((feature) => feature.rail ?? [])
    .filter((entry) => allowed(entry.permission, person.permissions) && (!entry.roles || entry.roles.some((role) => person.roles.includes(role))))
  return groupOrder(person.roles).flatMap((group) => {
    const own = entries.filter((entry) => entry.group === group).sort((a, b) => (a.order ?? 1000) - (b.order ?? 1000))
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
