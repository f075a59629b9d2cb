import { sql } from 'kysely'
import { scopesOf, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { keyedHash, passwordAge } from '../../../kernel/crypto/index.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Output, RawExchange } from '../../../kernel/http/route.ts'
import { localDate, type Instant } from '../../../kernel/time/index.ts'
import { demo } from '../demo-mode.ts'
import { setting } from '../settings/setting-chain.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type * as contract from './contract.ts'
import { secondFactorOf } from './second-factor.ts'
import { sessionFeatures } from './session-features.ts'
import { passwordSetting } from './sign-in.settings.ts'

type Row = {
  staff_no: string; password_hash: string | null; password_at: Instant | null; totp_confirmed: boolean
  previous_sign_in_at: Instant | null; previous_sign_in_ip: string | null; previous_sign_in_terminal: string | null
  roles: { code: string; name: string; startPage: string; main: boolean }[]
}

const levelNames = ['region', 'city', 'county', 'street', 'community'] as const

export async function getSession(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Output<typeof contract.getSession>> {
  const session = raw.request.session
  const id = userId(ctx)
  if (!session || session.state === 'totp') throw kernelErrors('signInRequired', { rule: session?.state })
  const tenant = await tenantById(ctx, ctx.tenantId)
  const row = await readRow(ctx, id)
  const features: Record<string, unknown> = {}
  for (const tell of sessionFeatures.all()) Object.assign(features, await tell(ctx))
  const permissions = [...ctx.actor.grants.keys()].toSorted()
  const age = row.password_hash !== null && row.password_at !== null ? passwordAge(await setting(ctx, passwordSetting), row.password_at, ctx.clock.now()) : null
  return {
    user: {
      id,
      name: ctx.actor.name,
      staffNo: row.staff_no,
      tenantId: tenant.id,
      tenantName: tenant.name,
      tenantLevel: levelNames[tenant.level - 1] ?? 'community',
      unitId: ctx.actor.unitIds[0] ?? '',
      unitName: ctx.actor.unitName ?? '',
      roles: row.roles.map(({ code, name }) => ({ code, name })),
      startPage: row.roles[0]?.startPage ?? '/home',
      mustChangePassword: session.state === 'changePassword',
      permissions,
      scopes: Object.fromEntries(permissions.map((permission) => [permission, scopesOf(ctx, permission).at(-1) ?? 'own'])),
      lastSignIn: row.previous_sign_in_at === null ? null : { at: row.previous_sign_in_at, ip: row.previous_sign_in_ip, terminal: row.previous_sign_in_terminal },
      passwordDaysLeft: age?.state === 'expiring' ? age.daysLeft : null,
      secondFactorDue: !row.totp_confirmed && row.password_hash !== null && (await secondFactorOf(ctx, id)).required,
    },
    csrf: session.csrf,
    demo: demo.enabled,
    serverTime: ctx.clock.now(),
    features,
    // Drafts kept in a browser are encrypted with a key that only a signed-in session of the same person gets.
    draftKey: Buffer.from(keyedHash(ctx.keys, 'draft-key', id), 'base64url').toString('base64'),
  }
}

async function readRow(ctx: Ctx, id: string): Promise<Row> {
  const today = localDate(ctx.clock.now())
  // Roles in the order in which they were given: the first decides the start page.
  const { rows } = await sql<Row>`select u.staff_no, u.password_hash, u.password_at, u.totp_confirmed, u.previous_sign_in_at, u.previous_sign_in_ip, u.previous_sign_in_terminal,
      coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'name', r.name, 'startPage', r.start_page) order by g.first_at, r.code)
        from (select tenant_id, role_id, min(given_at) as first_at from platform_held_role_view where tenant_id = u.tenant_id and user_id = u.id
          and coalesce(valid_from <= ${today}::date, true) and coalesce(valid_to >= ${today}::date, true) group by 1, 2) g join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id and r.state = 'active'), '[]') as roles
    from platform_user u where u.tenant_id = ${ctx.tenantId} and u.id = ${id}`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('signInRequired')
  return row
}
