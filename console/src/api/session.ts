// Session and sign-in requests.
import { learnServerTime, localNow } from '../ui/time.ts'
import { request } from './http.ts'

export type SessionUser = {
  id: string
  name: string
  staffNo: string
  tenantId: string
  tenantName: string
  tenantLevel: string
  unitId: string
  unitName: string
  roles: { code: string; name: string }[]
  startPage: string
  mustChangePassword: boolean
  permissions: string[]
  /** Widest scope per permission: own, unit, subtree, tenant, below. */
  scopes?: Record<string, string>
  lastSignIn?: { at: string; ip: string | null; terminal: string | null } | null
  passwordDaysLeft?: number | null
  /** The role asks for a time code and none is set up yet. */
  secondFactorDue?: boolean
}

export type SessionInfo = {
  user: SessionUser
  csrf: string
  demo: boolean
  serverTime: string
  features: Record<string, unknown>
  /** Base64 key for drafts kept in this browser; without it they are kept unencrypted until sign-out. */
  draftKey?: string
}

/** `enrol`: the role asks for a time code and none is set up yet. */
export type SignInStep = { next: 'done' | 'totp' | 'changePassword'; enrol?: boolean }
export type DemoPerson = { id: string; name: string; unitName: string; role: string; roleName: string; tenantName: string }

const anonymous = { anonymous: true }

export async function fetchSession(): Promise<SessionInfo> {
  const sentAt = localNow()
  const session = await request<SessionInfo>('GET', '/api/session', {}, anonymous)
  learnServerTime(session.serverTime, sentAt, localNow())
  return session
}

export function signIn(login: string, password: string): Promise<SignInStep> {
  return request('POST', '/api/sign-in', { login, password }, anonymous)
}

export function signInTotp(code: string): Promise<SignInStep> {
  return request('POST', '/api/sign-in/totp', { code }, anonymous)
}

export function changePassword(current: string, next: string): Promise<SignInStep | undefined> {
  return request('POST', '/api/session/password', { current, next }, anonymous)
}

export type SignInOptions = { methods: ('password' | 'sms')[]; oidc: { name: string } | null; face: { available: boolean; text: string } }

export function fetchSignInOptions(): Promise<SignInOptions> {
  return request('GET', '/api/sign-in/options', {}, anonymous)
}

/** Address of the identity platform; it comes back to /sign-in/callback with code and state. */
export async function startOidc(): Promise<string> {
  return (await request<{ url: string }>('POST', '/api/sign-in/oidc/start', {}, anonymous)).url
}

export function finishOidc(answer: { code: string; state: string; iss?: string }): Promise<SignInStep | undefined> {
  return request('POST', '/api/sign-in/oidc/finish', answer, anonymous)
}

/** The rules of this person's tenant, in words. */
export async function fetchPasswordRules(): Promise<string[]> {
  return (await request<{ rules: string[] }>('GET', '/api/session/password-rules', {}, anonymous)).rules
}

export function startTotp(): Promise<{ secret: string; uri: string }> {
  return request('POST', '/api/me/totp', {}, anonymous)
}

export function confirmTotp(code: string): Promise<SignInStep | undefined> {
  return request('POST', '/api/me/totp/confirm', { code }, anonymous)
}

export function signOut(): Promise<void> {
  return request('POST', '/api/sign-out', {}, anonymous)
}

export async function fetchDemoPeople(): Promise<DemoPerson[]> {
  const answer = await request<{ people: DemoPerson[] }>('GET', '/api/demo/people', {}, anonymous)
  return answer.people
}

export function demoSignIn(userId: string): Promise<SignInStep | undefined> {
  return request('POST', '/api/demo/sign-in', { userId }, anonymous)
}
