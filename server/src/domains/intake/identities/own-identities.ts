// Outside identities of an account: whose a subject is, binding it once, listing, unbinding.
import { encrypt, keyedHash } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db, ownAccount, type AccountRow } from '../accounts/account.queries.ts'
import type * as contract from './identity-contract.ts'
import { identityFail } from './identity.errors.ts'
import { providerNames } from './identities.zh-CN.ts'

export type Provider = keyof typeof providerNames
export type Proven = { provider: Provider; subject: string }
export const SUBJECT = 'intake.identity'

const subjectHash = (ctx: Ctx, one: Proven): string => keyedHash(ctx.keys, SUBJECT, `${one.provider}:${one.subject}`)

/** The account that an outside identity is bound to. */
export async function accountOfIdentity(ctx: Ctx, one: Proven): Promise<AccountRow | undefined> {
  return db(ctx).selectFrom('intake_identity as i').innerJoin('intake_account as a', (j) => j.onRef('a.tenant_id', '=', 'i.tenant_id').onRef('a.id', '=', 'i.account_id')).selectAll('a')
    .where('i.tenant_id', '=', ctx.tenantId).where('i.provider', '=', one.provider).where('i.subject_hash', '=', subjectHash(ctx, one)).executeTakeFirst()
}

/** Binding twice to the same account is no error. @throws intake.identityTaken for a second account, intake.identityHeld for a second identity of a kind */
export async function bindIdentity(ctx: Ctx, account: AccountRow, one: Proven): Promise<void> {
  const params = { provider: providerNames[one.provider] }
  const held = await db(ctx).selectFrom('intake_identity').select(['account_id', 'subject_hash']).where('tenant_id', '=', ctx.tenantId).where('provider', '=', one.provider)
    .where((eb) => eb.or([eb('subject_hash', '=', subjectHash(ctx, one)), eb('account_id', '=', account.id)])).forUpdate().execute()
  if (held.some((row) => row.account_id !== account.id)) throw identityFail('identityTaken', { rule: 'identity.oneAccount', params })
  if (held.some((row) => row.subject_hash !== subjectHash(ctx, one))) throw identityFail('identityHeld', { rule: 'identity.oneOfAKind', params })
  if (held.length > 0) return
  const made = await db(ctx).insertInto('intake_identity').values({ tenant_id: ctx.tenantId, id: newId(), account_id: account.id, provider: one.provider, subject_hash: subjectHash(ctx, one), subject_enc: encrypt(ctx.keys, one.subject, SUBJECT), bound_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.doNothing()).returning('id').executeTakeFirst()
  if (!made) throw identityFail('identityTaken', { rule: 'identity.oneAccount', params })
  ctx.audit({ module: 'login', act: 'bindIdentity', objectType: 'key:account', objectId: account.id, changes: { provider: { old: null, new: one.provider } } })
}

async function listOf(ctx: Ctx, accountId: string): Promise<Output<typeof contract.listIdentities>> {
  const rows = await db(ctx).selectFrom('intake_identity').select(['id', 'provider', 'bound_at']).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', accountId).orderBy('bound_at').execute()
  return { items: rows.map((row) => ({ id: row.id, provider: row.provider as Provider, name: providerNames[row.provider as Provider], boundAt: row.bound_at })) } // held to the list by a check constraint
}

export async function listIdentities(ctx: Ctx): Promise<Output<typeof contract.listIdentities>> {
  return listOf(ctx, (await ownAccount(ctx)).id)
}

export async function dropIdentity(ctx: Ctx, input: Input<typeof contract.dropIdentity>): Promise<Output<typeof contract.listIdentities>> {
  const account = await ownAccount(ctx)
  const gone = await db(ctx).deleteFrom('intake_identity').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).where('id', '=', input.id).returning('provider').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  ctx.audit({ module: 'login', act: 'dropIdentity', objectType: 'key:account', objectId: account.id, changes: { provider: { old: gone.provider, new: null } } })
  return listOf(ctx, account.id)
}

export const identitiesOf = listOf
