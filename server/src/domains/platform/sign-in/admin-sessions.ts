// Who is signed in and who is locked out, for administrators: ending a session, lifting a lock.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { endSessions } from '../../../kernel/auth/sessions.ts'
import { keyedHash } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import { likeText, reachableTenants, unitsInReach } from '../reach.ts'
import { checkDelegation } from '../roles/delegation.ts'
import { rightsOfUser } from '../roles/grants.ts'
import { userErrors } from '../users/user.errors.ts'
import type * as contract from './contract.ts'

const MANAGE = 'platform.manageUsers'
const READ = 'platform.readUsers'

const inReach = (ctx: Ctx, permission: string) => sql<boolean>`u.tenant_id = any(${reachableTenants(ctx, permission)}::uuid[]) and exists (select 1 from platform_post rp join platform_unit ru on ru.tenant_id = rp.tenant_id and ru.id = rp.unit_id
  where rp.tenant_id = u.tenant_id and rp.user_id = u.id and ${unitsInReach(ctx, permission, 'ru')})`

const alive = (ctx: Ctx) => sql<boolean>`s.audience = 'staff' and s.expires_at > ${toIso(ctx.clock.now())}::timestamptz and (s.idle_minutes = 0 or s.seen_at > ${toIso(ctx.clock.now())}::timestamptz - make_interval(mins => s.idle_minutes))`

export async function listSessions(ctx: Ctx, input: Input<typeof contract.listSessions>): Promise<Output<typeof contract.listSessions>> {
  authorize(ctx, READ)
  const text = `%${likeText(input.query ?? '')}%`
  type Row = Omit<Output<typeof contract.listSessions>['items'][number], 'current'> & { hash: string }
  const { rows } = await sql<Row>`select left(s.token_hash, 16) as id, s.token_hash as hash, u.id as "userId", u.name as "userName", u.login, w.name as "unitName", s.state, s.method, s.ip, s.terminal, s.created_at as "startedAt", s.seen_at as "seenAt", s.expires_at as "expiresAt"
    from kernel_session s join platform_user u on u.tenant_id = s.tenant_id and u.id = s.subject_id left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id
    where ${alive(ctx)} and ${inReach(ctx, READ)} and ${input.query ? sql`(u.name ilike ${text} or u.login ilike ${text} or s.ip like ${`${likeText(input.query)}%`})` : sql`true`} order by s.seen_at desc limit 501`.execute(ctx.acrossTenants('a session is found by its subject; narrowed to reach'))
  return { items: rows.slice(0, 500).map(({ hash, ...row }) => ({ ...row, current: hash === ctx.actor.sessionId })), more: rows.length > 500 }
}

export async function endSession(ctx: Ctx, input: Input<typeof contract.endSession>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<{ hash: string; userId: string; tenantId: string }>`select s.token_hash as hash, u.id as "userId", u.tenant_id as "tenantId" from kernel_session s join platform_user u on u.tenant_id = s.tenant_id and u.id = s.subject_id
    where left(s.token_hash, 16) = ${input.sessionId} and u.id = ${input.userId} and ${alive(ctx)} and ${inReach(ctx, MANAGE)}`.execute(ctx.acrossTenants('narrowed to reach'))
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  if (row.userId === ctx.actor.id) throw userErrors('ownAccount')
  checkDelegation(ctx, await rightsOfUser(ctx, row.tenantId, row.userId))
  await endSessions(ctx, { subjectId: row.userId, only: row.hash })
  ctx.audit({ module: 'platform', act: 'endSession', objectType: 'key:user', objectId: row.userId, tenantId: row.tenantId })
  return {}
}

type Counted = { hash: string; failures: number; lastAt: Instant; lockedUntil: Instant | null }

/**
 * Accounts that are locked or on the way to it. What was tried is known by its keyed hash only, so the hashes of the accounts in reach
 * are made and compared: some milliseconds for thousands. Tries on logins that nobody has stay unnamed.
 */
export async function listLocks(ctx: Ctx): Promise<Output<typeof contract.listLocks>> {
  authorize(ctx, READ)
  const tries = await sql<Counted>`select login_hash as hash, failures, last_at as "lastAt", case when locked_until > ${toIso(ctx.clock.now())}::timestamptz then locked_until end as "lockedUntil"
    from platform_sign_in_attempt where locked_until > ${toIso(ctx.clock.now())}::timestamptz or (locked_until is null and failures >= 2) order by last_at desc limit 1000`.execute(ctx.db())
  if (tries.rows.length === 0) return { items: [] }
  const byHash = new Map(tries.rows.map((row) => [row.hash, row]))
  const { rows: users } = await sql<{ id: string; name: string; login: string; unitName: string | null }>`select u.id, u.name, u.login, w.name as "unitName" from platform_user u left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main
    left join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id where u.state <> 'deleted' and ${inReach(ctx, READ)} limit 50000`.execute(ctx.acrossTenants('narrowed to reach'))
  const kinds = [['login', '密码'], ['totp', '动态口令'], ['current', '修改密码']] as const
  const items = users.flatMap((user) =>
    kinds.flatMap(([kind, label]) => {
      const found = byHash.get(keyedHash(ctx.keys, `sign-in.${kind}`, kind === 'login' ? user.login : user.id))
      return found ? [{ userId: user.id, userName: user.name, login: user.login, unitName: user.unitName, what: label, failures: found.failures, lastAt: found.lastAt, lockedUntil: found.lockedUntil }] : []
    }),
  )
  return { items: items.toSorted((a, b) => b.lastAt - a.lastAt).slice(0, 500) }
}
