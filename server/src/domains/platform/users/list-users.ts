import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { targetTenant } from '../reach.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { lockedUntil } from '../sign-in/attempts.ts'
import type * as contract from './contract.ts'
import { usersOf } from './user-directory.ts'
import { countUsers, pickRows, readUsers, userInReach } from './user.queries.ts'

const READ = 'platform.readUsers'

export async function pickUsers(ctx: Ctx, input: Input<typeof contract.pickUsers>): Promise<Output<typeof contract.pickUsers>> {
  const ids = input.permission === undefined ? null : (await usersOf(ctx, { permission: input.permission })).map((user) => user.id)
  return { items: await pickRows(ctx, input, ids, input.limit) }
}

export async function listUsers(ctx: Ctx, input: Input<typeof contract.listUsers>): Promise<Output<typeof contract.listUsers>> {
  authorize(ctx, READ)
  const filter = { ...input, tenantId: targetTenant(ctx, READ, input.tenantId) }
  const rows = await readUsers(ctx, READ, filter, readCursor(input.cursor), input.limit + 1)
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > input.limit ? writeCursor(last.staffNo, last.id) : null, count: await countUsers(ctx, READ, filter) }
}

export async function getUser(ctx: Ctx, input: Input<typeof contract.getUser>): Promise<Output<typeof contract.getUser>> {
  authorize(ctx, READ)
  const row = await userInReach(ctx, READ, input.id)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel_session where subject_id = ${row.id} and tenant_id = ${row.tenantId} and expires_at > ${toIso(ctx.clock.now())}`.execute(ctx.db())
  return { ...row, lockedUntil: await lockedUntil(ctx, { kind: 'login', value: row.login }), sessions: rows[0]?.n ?? 0 }
}
