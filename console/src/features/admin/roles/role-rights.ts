// The rights of a role as a set of `permission scope` cells. Pure.
import type { OutputOf } from '../../../api/call.ts'
import { grouped } from '../../../ui/grouped.ts'
import type { Scope } from '../parts/scopes.ts'

export type Role = OutputOf<'getRole'>
export type Right = { permission: string; scope: Scope }
export type Permission = OutputOf<'listPermissions'>['items'][number]

export const cellOf = (permission: string, scope: Scope): string => `${permission} ${scope}`
export const cellsOf = (rights: readonly Right[]): ReadonlySet<string> => new Set(rights.map((right) => cellOf(right.permission, right.scope)))

/** Back to what the API takes; order does not matter to it. */
export function rightsOf(cells: ReadonlySet<string>, permissions: readonly Permission[], scopes: readonly Scope[]): Right[] {
  return permissions.flatMap(({ code }) => scopes.flatMap((scope) => (cells.has(cellOf(code, scope)) ? [{ permission: code, scope }] : [])))
}

export function changesOf(before: ReadonlySet<string>, after: ReadonlySet<string>): { added: number; removed: number } {
  return { added: [...after].filter((cell) => !before.has(cell)).length, removed: [...before].filter((cell) => !after.has(cell)).length }
}

/** Rights that come only from inherited roles, with their names. */
export function inheritedOf(role: Role): ReadonlyMap<string, string[]> {
  return new Map(role.effective.map((right) => [cellOf(right.permission, right.scope), right.from.filter((name) => name !== role.name)]))
}

export const byModule = (permissions: readonly Permission[]): Map<string, Permission[]> => grouped(permissions, (permission) => permission.module)
