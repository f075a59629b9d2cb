// Whose rights a paper was counted with, said on it: two people's papers of one period differ by what each may see.
import { can, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { basisWords } from './texts.zh-CN.ts'

/** Named by what the right to orders reaches, in one sentence. */
export function basisOf(ctx: Ctx): string {
  const scopes = scopesOf(ctx, 'orders.read')
  const whole = scopes.includes('tenant') || scopes.includes('tenantsBelow')
  return basisWords.counted(ctx.actor.name, whole, can(ctx, 'orders.readConfidential'))
}

/** The same to the person himself. */
export function ownBasis(ctx: Ctx): string {
  const scopes = scopesOf(ctx, 'orders.read')
  return basisWords.own(scopes.includes('tenant') || scopes.includes('tenantsBelow'), can(ctx, 'orders.readConfidential'))
}
