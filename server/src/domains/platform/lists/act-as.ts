// A job that does a person's work does it with the person's rights as they stand now.
import { resolveSubject } from '../../../kernel/auth/sessions.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'

/**
 * The same transaction, seen by a user of staff: scope, units and rights of this moment. Throws `kernel.signInRequired` (401) when
 * the account was disabled or expired meanwhile.
 */
export async function actAs(ctx: Ctx, userId: string, tenantId: string): Promise<Ctx> {
  const session = { tokenHash: '', audience: 'staff' as const, subjectId: userId, tenantId, csrf: '', state: 'open' as const, method: 'job' }
  for (const resolve of resolveSubject.all()) {
    const actor = await resolve(ctx.db(), session, ctx.clock.now())
    if (actor) return { ...ctx, actor, tenantId: actor.tenantId }
  }
  throw kernelErrors('signInRequired')
}
