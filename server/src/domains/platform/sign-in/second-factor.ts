// Who must show a time code, and the time code itself.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { decrypt, verifyTotp } from '../../../kernel/crypto/index.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type { Account } from './account.queries.ts'
import { admitTry, countWrong, forgetTries } from './attempts.ts'
import { signInErrors } from './sign-in.errors.ts'
import { secondFactorSetting } from './sign-in.settings.ts'

export const TOTP_CONTEXT = 'platform_user.totp'

/** Whether one of the user's roles asks for a second factor; roles count by code or by the template they were made from. */
export async function secondFactorOf(ctx: Ctx, userId: string): Promise<{ required: boolean; strict: boolean }> {
  const { roles, strict } = await setting(ctx, secondFactorSetting)
  const { rows } = await sql<{ code: string; template: string | null }>`select r.code, r.template from platform_held_role_view g join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id
    where g.tenant_id = ${ctx.tenantId} and g.user_id = ${userId}`.execute(ctx.db())
  return { required: rows.some((row) => roles.includes(row.code) || (row.template !== null && roles.includes(row.template))), strict }
}

/** Checks a time code and uses it up. @throws platform.wrongCode, platform.locked */
export async function useTotp(ctx: Ctx, account: Account, code: string): Promise<void> {
  if (account.totpEnc === null) throw signInErrors('totpMissing')
  const guessed = { kind: 'totp', value: account.id } as const
  await admitTry(ctx, guessed)
  // Read again behind the lock: two uses of one code at the same moment are two tries in a row.
  const row = await ctx.db<PlatformTables>().selectFrom('platform_user').select('totp_counter').where('tenant_id', '=', account.tenantId).where('id', '=', account.id).executeTakeFirstOrThrow()
  const result = verifyTotp(decrypt(ctx.keys, account.totpEnc, TOTP_CONTEXT), code, ctx.clock.now(), row.totp_counter)
  if (!result.ok) {
    ctx.audit({ module: 'login', act: 'signInTotp', result: 'refused', actor: { id: account.id, name: account.name }, tenantId: account.tenantId, text: '动态口令错误' })
    throw await countWrong(ctx, guessed, signInErrors('wrongCode'))
  }
  await forgetTries(ctx, guessed)
  await ctx.db<PlatformTables>().updateTable('platform_user').set({ totp_counter: result.counter }).where('tenant_id', '=', account.tenantId).where('id', '=', account.id).execute()
}
