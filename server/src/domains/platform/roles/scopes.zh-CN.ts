import type { ScopeKind } from '../../../kernel/ctx.ts'

export const scopeTexts: Record<ScopeKind, string> = { own: '本人', group: '本组', unit: '本单位', unitTree: '本单位及下级', area: '本区划', tenant: '本租户', tenantsBelow: '本租户及下级租户' }
