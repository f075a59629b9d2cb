// The cookie that carries a session: not readable by scripts, not sent from other sites, only by TLS where the site has it.
import type {} from '@fastify/cookie'
import type { FastifyReply } from 'fastify'
import type { Audience } from '../auth/sessions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    secureCookies: boolean
  }
}

export const cookieName = (audience: Audience): string => (audience === 'staff' ? 'ms_staff' : 'ms_public')

/** Of a screen on a wall: it outlives the browser, for nobody signs in there. */
export const deviceCookie = 'ms_screen'
const TEN_YEARS = 315_360_000

export function setDeviceCookie(reply: FastifyReply, token: string): void {
  void reply.setCookie(deviceCookie, token, { path: '/api', httpOnly: true, sameSite: 'strict', secure: reply.server.secureCookies, maxAge: TEN_YEARS })
}

/** Ends with the browser; how long the session itself holds is the server's business. */
export function setSessionCookie(reply: FastifyReply, audience: Audience, token: string): void {
  void reply.setCookie(cookieName(audience), token, { path: '/', httpOnly: true, sameSite: 'lax', secure: reply.server.secureCookies })
}

export function clearSessionCookie(reply: FastifyReply, audience: Audience): void {
  void reply.clearCookie(cookieName(audience), { path: '/', httpOnly: true, sameSite: 'lax', secure: reply.server.secureCookies })
}
