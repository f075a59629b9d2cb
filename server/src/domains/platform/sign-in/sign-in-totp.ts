import type { Ctx } from '../../../kernel/ctx.ts'
import { userId } from '../../../kernel/access.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { accountById } from './account.queries.ts'
import type * as contract from './contract.ts'
import { useTotp } from './second-factor.ts'
import { proceed, type SignInMethod, type SignInStep } from './staff-session.ts'

/** The second step of a sign-in. */
export async function signInTotp(ctx: Ctx, input: Input<typeof contract.signInTotp>, raw: RawExchange): Promise<SignInStep> {
  const session = raw.request.session
  const account = await accountById(ctx, userId(ctx))
  if (!account?.open || !session) throw kernelErrors('signInRequired')
  if (session.state !== 'totp') return { next: session.state === 'open' ? 'done' : session.state }
  await useTotp(ctx, account, input.code)
  return proceed(ctx, account, { secondFactor: true, method: methodOf(session.method) }, raw)
}

export const methodOf = (text: string): SignInMethod => (text === 'sms' || text === 'demo' || text === 'oidc' ? text : 'password')
