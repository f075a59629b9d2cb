// Permission checks. Deny by default: what no grant names is refused.
import type { Actor, Ctx, ScopeKind } from './ctx.ts'
import { scopeKinds } from './ctx.ts'
import { kernelErrors } from './errors.ts'

const names = new Map<string, string>()
/** Called once at boot with every module's permissions, so that a refusal can name the right in Chinese. */
export function registerPermissionNames(entries: Record<string, string>): void {
  for (const [code, name] of Object.entries(entries)) names.set(code, name)
}
export const permissionName = (code: string): string => names.get(code) ?? code

/** True if the actor holds the permission in any scope. The system holds all. */
export function can(ctx: Ctx, permission: string): boolean {
  return ctx.actor.kind === 'system' || (ctx.actor.grants.get(permission)?.size ?? 0) > 0
}

/** Why a right is not held: the module is switched off for the tenant, or the roles do not give it. */
export const missing = (actor: Actor, permission: string): Error =>
  actor.switchedOff?.has(permission) ? kernelErrors('moduleOff', { rule: permission }) : kernelErrors('forbidden', { rule: permission, params: { permission: permissionName(permission) } })

/** Throws 403 naming the missing right. Row-level scope is the domain's policy (`visible`, `*.policy.ts`). */
export function authorize(ctx: Ctx, permission: string): void {
  if (!can(ctx, permission)) throw missing(ctx.actor, permission)
}

/** Scopes in which the actor holds the permission, widest last; the system has `tenant`. */
export function scopesOf(ctx: Ctx, permission: string): ScopeKind[] {
  if (ctx.actor.kind === 'system') return ['tenant']
  const held = ctx.actor.grants.get(permission)
  return held ? scopeKinds.filter((s) => held.has(s)) : []
}

/** The user id of the actor; for commands that only a signed-in user can give. */
export function userId(ctx: Ctx): string {
  if (ctx.actor.id === null || ctx.actor.kind !== 'user') throw kernelErrors('signInRequired')
  return ctx.actor.id
}
