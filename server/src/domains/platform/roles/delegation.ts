// Nobody gives a right that he does not hold (PLA-14). `platform.grantAll` is the source of a tenant's rights: its holder may give any
// permission up to the scope in which he holds it.
import type { Ctx, ScopeKind } from '../../../kernel/ctx.ts'
import { scopeKinds } from '../../../kernel/ctx.ts'
import { permissionName } from '../../../kernel/access.ts'
import { roleErrors } from './role.errors.ts'
import { widest, type Rights } from './role-rights.ts'

const GRANT_ALL = 'platform.grantAll'

const rank = (scope: ScopeKind | null): number => (scope === null ? -1 : scopeKinds.indexOf(scope))

/** The first right that `held` does not allow to be given, or null. */
function beyond(held: ReadonlyMap<string, ReadonlySet<ScopeKind>>, wanted: Rights): { permission: string; scope: ScopeKind } | null {
  const any = rank(widest(held.get(GRANT_ALL)))
  for (const [permission, scopes] of wanted) {
    const own = rank(widest(held.get(permission)))
    for (const scope of scopes) if (rank(scope) > Math.max(own, any)) return { permission, scope }
  }
  return null
}

/** @throws platform.beyondOwnRights naming the right */
export function checkDelegation(ctx: Ctx, wanted: Rights): void {
  if (ctx.actor.kind === 'system') return
  const found = beyond(ctx.actor.grants, wanted)
  if (found) throw roleErrors('beyondOwnRights', { rule: found.permission, params: { permission: permissionName(found.permission) } })
}
