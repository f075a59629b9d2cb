// Accounts as the sign-in sees them, found across tenants: before the sign-in nobody knows the tenant.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { localDate, type Instant } from '../../../kernel/time/index.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type Account = {
  id: string
  tenantId: string
  login: string
  name: string
  passwordHash: string | null
  passwordAt: Instant | null
  mustChange: boolean
  totpEnc: string | null
  totpConfirmed: boolean
  totpCounter: number | null
  /** May sign in now: account and tenant are active and valid today. */
  open: boolean
}

/** Logins are compared in lower case; full-width typing counts too. */
export const normaliseLogin = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

async function find(ctx: Ctx, by: { login: string } | { id: string } | { mobileHash: string }): Promise<Account[]> {
  const where = 'login' in by ? sql`u.login = ${by.login}` : 'id' in by ? sql`u.id = ${by.id}` : sql`u.mobile_hash = ${by.mobileHash}`
  const { rows } = await sql<Account & { timeZone: string; validFrom: string | null; validTo: string | null; state: string; tenantState: string }>`
    select u.id, u.tenant_id as "tenantId", u.login, u.name, u.password_hash as "passwordHash", u.password_at as "passwordAt", u.must_change as "mustChange",
      u.totp_enc as "totpEnc", u.totp_confirmed as "totpConfirmed", u.totp_counter as "totpCounter",
      u.state, u.valid_from as "validFrom", u.valid_to as "validTo", t.state as "tenantState", t.time_zone as "timeZone"
    from platform_user u join platform_tenant t on t.id = u.tenant_id where ${where} and u.state <> 'deleted' limit 2`.execute(ctx.acrossTenants('before the sign-in nobody knows the tenant'))
  return rows.map(({ timeZone, validFrom, validTo, state, tenantState, ...account }) => {
    const today = localDate(ctx.clock.now(), timeZone)
    return { ...account, open: state === 'active' && tenantState === 'active' && (validFrom ?? today) <= today && (validTo ?? today) >= today }
  })
}

export const accountByLogin = async (ctx: Ctx, login: string): Promise<Account | null> => (await find(ctx, { login }))[0] ?? null
export const accountById = async (ctx: Ctx, id: string): Promise<Account | null> => (await find(ctx, { id }))[0] ?? null

/** Null also when two accounts share the number: then it identifies nobody. */
export async function accountByMobile(ctx: Ctx, mobileHash: string): Promise<Account | null> {
  const found = (await find(ctx, { mobileHash })).filter((account) => account.open)
  return found.length === 1 ? (found[0] ?? null) : null
}

export async function noteSignIn(ctx: Ctx, account: Account): Promise<void> {
  await ctx
    .db<PlatformTables>()
    .updateTable('platform_user')
    .set((e) => ({
      previous_sign_in_at: e.ref('last_sign_in_at'), previous_sign_in_ip: e.ref('last_sign_in_ip'), previous_sign_in_terminal: e.ref('last_sign_in_terminal'),
      last_sign_in_at: ts(ctx.clock.now()), last_sign_in_ip: ctx.ip, last_sign_in_terminal: ctx.terminal,
    }))
    .where('tenant_id', '=', account.tenantId)
    .where('id', '=', account.id)
    .execute()
}
