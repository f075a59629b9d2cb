// All permissions and shipped role templates of the product, told by the modules at boot.
import type { ScopeKind } from '../../../kernel/ctx.ts'
import { roleCodes, type Module, type RoleCode } from '../../../kernel/module.ts'
import { registerActs } from '../audit/act-names.ts'
import { addRight, type Rights } from './role-rights.ts'
import { roleTemplateTexts } from './role-templates.zh-CN.ts'

export type Permission = { code: string; name: string; module: string }

const permissions = new Map<string, Permission>()
const templates = new Map<RoleCode, Rights>()

/** Called once at boot for every module; names of acts for the audit trail are taken along. */
export function registerRights(module: Pick<Module, 'name' | 'permissions' | 'roles' | 'routes'>): void {
  registerActs(module)
  for (const [code, name] of Object.entries(module.permissions ?? {})) permissions.set(code, { code, name, module: module.name })
  for (const role of roleCodes) {
    const rights = templates.get(role) ?? new Map()
    for (const [permission, scope] of Object.entries(module.roles?.[role] ?? {})) addRight(rights, permission, scope)
    templates.set(role, rights)
  }
}

/** Every permission that a module declares. */
export const allPermissions = (): Permission[] => [...permissions.values()]
export const isPermission = (code: string): boolean => permissions.has(code)

export type RoleTemplate = { code: RoleCode; name: string; group: string; description: string; startPage: string; permissions: { permission: string; scope: ScopeKind }[] }

/** The shipped roles with what all modules give them. */
export function roleTemplates(): RoleTemplate[] {
  return roleCodes.map((code) => ({
    code,
    ...roleTemplateTexts[code],
    permissions: [...(templates.get(code) ?? [])].flatMap(([permission, scopes]) => [...scopes].map((scope) => ({ permission, scope }))),
  }))
}
