import type { ScopeKind } from '../../kernel/ctx.ts'
import { roleCodes, type Module } from '../../kernel/module.ts'
import type { Part } from './part.ts'

/** One module of many parts. A role's rights are the union of what the parts give it. */
export function joinParts(parts: readonly Part[]): Omit<Module, 'name' | 'tables' | 'dependsOn'> {
  return {
    permissions: Object.assign({}, ...parts.map((part) => part.permissions)),
    roles: Object.fromEntries(roleCodes.map((code) => [code, Object.assign({}, ...parts.map((part) => part.roles?.[code])) as Record<string, ScopeKind>])),
    routes: parts.flatMap((part) => part.routes ?? []),
    events: { publishes: parts.flatMap((part) => part.events?.publishes ?? []), handles: parts.flatMap((part) => part.events?.handles ?? []) },
    jobs: parts.flatMap((part) => part.jobs ?? []),
    crons: parts.flatMap((part) => part.crons ?? []),
    realtime: Object.assign({}, ...parts.map((part) => part.realtime)),
    settings: parts.flatMap((part) => part.settings ?? []),
    errors: { domain: 'platform', specs: Object.assign({}, ...parts.map((part) => part.errors?.specs)) },
    implements: parts.flatMap((part) => part.implements ?? []),
  }
}
