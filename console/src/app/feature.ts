// How a domain puts its pages into the console: one `feature.tsx` per folder in src/features, found by app/features.ts.
import type { ComponentType } from 'react'
import type { RailGroup } from './rail-groups.ts'

export type FeatureRoute = {
  /** Absolute path as in the address bar, with router parameters: `/orders/:number`. */
  path: string
  /** The page, as default export of its own chunk. */
  lazy: () => Promise<{ default: ComponentType }>
  /** Permission without which the page says why it is closed; an array means any of them. */
  permission?: string | string[]
  /** Title of the browser tab until the page names its object (`usePageTitle`). */
  title: string
  /** Without bar and rail: print sheets, full-screen boards. */
  bare?: boolean
}

export type RailEntry = {
  group: RailGroup
  label: string
  path: string
  permission?: string | string[]
  /** Key in `GET /api/home/counts`; the number beside the entry, live. */
  count?: string
  /** Heading within a long group: entries of the same heading stand together, in the order of the first of them; those without stand first. */
  section?: string
  /** Place in its group; entries without stay in order of registration after those with. */
  order?: number
  /** Only for holders of these roles (codes); for entries that a permission alone would show to too many. */
  roles?: string[]
}

/** A command offered by Ctrl K and, with keys, everywhere. */
export type FeatureCommand = {
  id: string
  label: string
  path: string
  permission?: string | string[]
  /** A sequence such as `g o`. */
  keys?: string
}

export type Feature = {
  id: string
  routes: FeatureRoute[]
  rail?: RailEntry[]
  commands?: FeatureCommand[]
}

/** Only types: what a feature registers is plain data. */
export function defineFeature(feature: Feature): Feature {
  return feature
}

/** Whether a person with these permissions may use something that needs `permission`. */
export function allowed(permission: string | string[] | undefined, held: ReadonlySet<string>): boolean {
  if (permission === undefined) return true
  return Array.isArray(permission) ? permission.some((one) => held.has(one)) : held.has(permission)
}
