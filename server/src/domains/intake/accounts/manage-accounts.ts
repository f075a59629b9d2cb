// Accounts as staff see them: masked, found by the whole number, paused with a reason.
import { authorize } from '../../../kernel/access.ts'
import { maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { endSessions } from '../../../kernel/auth/sessions.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { db, phoneHashOf, type AccountRow } from './account.queries.ts'
import type * as contract from './account-contract.ts'

type Item = Output<typeof contract.changeAccountRoute>
const itemOf = (row: AccountRow): Item => ({
  id: row.id, mobile: row.phone_mask, name: row.name === '' ? '' : maskName(row.name), realName: row.id_number_hash !== null && row.name !== '', state: row.state === 'paused' ? 'paused' : 'active',
  stateReason: row.state_reason, createdAt: row.created_at, signedInAt: row.signed_in_at, version: row.version,
})

export async function listAccounts(ctx: Ctx, input: Input<typeof contract.listAccountsRoute>): Promise<Output<typeof contract.listAccountsRoute>> {
  authorize(ctx, 'intake.accounts')
  let query = db(ctx).selectFrom('intake_account').where('tenant_id', '=', ctx.tenantId)
  if (input.phone) query = query.where('phone_hash', '=', phoneHashOf(ctx, input.phone) ?? '')
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'signed_in_at', 'id')).orderBy('signed_in_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.signed_in_at)
  return { items: page.items.map(itemOf), next: page.next, count: await boundCount(ctx, query) }
}

export async function changeAccount(ctx: Ctx, input: Input<typeof contract.changeAccountRoute>): Promise<Item> {
  authorize(ctx, 'intake.accounts')
  const old = await db(ctx).selectFrom('intake_account').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw kernelErrors('notFound')
  if (old.version !== input.version) throw kernelErrors('conflict', { current: { version: old.version, state: old.state } })
  const row = await db(ctx).updateTable('intake_account').set({ state: input.state, state_reason: input.reason, version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  if (input.state === 'paused') await endSessions(ctx, { subjectId: old.id })
  ctx.audit({ module: 'intake', act: 'changeCitizenAccount', objectType: 'key:account', objectId: old.id, changes: { state: { old: old.state, new: input.state } }, text: input.reason })
  return itemOf(row)
}
