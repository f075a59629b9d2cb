// Short-lived tokens for an application, signed with its own secret (JWT, HS256): nobody else can make or read-and-use them.
import { createHmac } from 'node:crypto'
import type { Ctx } from '../../../kernel/ctx.ts'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** `seconds`: how long it is good from now. */
export function signed(ctx: Ctx, secret: string, claims: Record<string, unknown>, seconds: number, typ = 'JWT'): string {
  const now = Math.floor(ctx.clock.now() / 1000)
  const body = `${part({ alg: 'HS256', typ })}.${part({ ...claims, iat: now, exp: now + seconds })}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}
