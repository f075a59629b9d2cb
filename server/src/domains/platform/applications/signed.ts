// Short-lived tokens for an application, signed with its own secret (JWT, HS256): nobody else can make or read-and-use them.
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** `seconds`: how long it is good from now. */
export function signed(ctx: Ctx, secret: string, claims: Record<string, unknown>, seconds: number, typ = 'JWT'): string {
  const now = Math.floor(ctx.clock.now() / 1000)
  const body = `${part({ alg: 'HS256', typ })}.${part({ ...claims, iat: now, exp: now + seconds })}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

const head = z.object({ alg: z.literal('HS256'), typ: z.string() })
const claims = z.object({ sid: z.uuid(), exp: z.number() })
function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString())).data ?? null
  } catch { return null }
}

/** What a token says of itself, to find the secret it must be signed with; believe it only after `isSigned`. */
export const unverified = (token: string): { sid: string; exp: number } | null => parsed(claims, token.split('.')[1])

export function isSigned(ctx: Ctx, secret: string, token: string, typ: string): boolean {
  const [first, body, signature] = token.split('.')
  const good = unverified(token)
  return parsed(head, first)?.typ === typ && good !== null && good.exp * 1000 > ctx.clock.now() && sameSecret(createHmac('sha256', secret).update(`${first}.${body}`).digest('base64url'), signature ?? '')
}
