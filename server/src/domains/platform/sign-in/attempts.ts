// Counting wrong secrets: by a keyed hash of what was typed, so that a lock looks the same for accounts that do not exist.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { KeptRefusal, type AppError } from '../../../kernel/errors.ts'
import { keyedHash } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { MINUTE, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { signInErrors } from './sign-in.errors.ts'
import { lockSetting } from './sign-in.settings.ts'

/** What is being guessed: a login's password, a mobile's SMS code, an account's time code or current password. */
export type Guessed = { kind: 'login' | 'mobile' | 'totp' | 'current'; value: string }

const hashOf = (ctx: Ctx, guessed: Guessed): string => keyedHash(ctx.keys, `sign-in.${guessed.kind}`, guessed.value)

/**
 * Admits one try. Tries of one kind and value wait for each other, so that a hundred at once are still counted one by one.
 * @throws platform.locked, with the moment it ends
 */
export async function admitTry(ctx: Ctx, guessed: Guessed): Promise<void> {
  const hash = hashOf(ctx, guessed)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${hash}`}, 0))`.execute(ctx.db())
  const row = await ctx.db<PlatformTables>().selectFrom('platform_sign_in_attempt').select('locked_until').where('login_hash', '=', hash).executeTakeFirst()
  if (row?.locked_until && row.locked_until > ctx.clock.now()) throw locked(row.locked_until)
}

const locked = (until: Instant): AppError => signInErrors('locked', { rule: lockSetting.key, until: toIso(until) })

/** Counts a wrong try and returns the refusal to throw; the count is kept although the caller is refused. */
export async function countWrong(ctx: Ctx, guessed: Guessed, refusal: AppError): Promise<KeptRefusal> {
  const { failures: most, minutes } = await setting(ctx, lockSetting)
  const now = ctx.clock.now()
  const db = ctx.db<PlatformTables>()
  const hash = hashOf(ctx, guessed)
  const row = await db.selectFrom('platform_sign_in_attempt').select(['failures', 'last_at', 'locked_until']).where('login_hash', '=', hash).executeTakeFirst()
  // A lock that is over, or a long quiet time, starts the count anew.
  const before = !row || row.locked_until !== null || now - row.last_at > minutes * MINUTE ? 0 : row.failures
  const failures = before + 1
  const until = failures >= most ? plus(now, minutes * MINUTE) : null
  const values = { failures, last_at: ts(now), locked_until: until === null ? null : ts(until) }
  await db.insertInto('platform_sign_in_attempt').values({ login_hash: hash, ...values }).onConflict((c) => c.column('login_hash').doUpdateSet(values)).execute()
  return new KeptRefusal(until === null ? refusal : locked(until))
}

/** A right secret, or an administrator's unlock, forgets the count. */
export async function forgetTries(ctx: Ctx, guessed: Guessed): Promise<void> {
  await ctx.db<PlatformTables>().deleteFrom('platform_sign_in_attempt').where('login_hash', '=', hashOf(ctx, guessed)).execute()
}

/** Until when a login is locked now, or null. */
export async function lockedUntil(ctx: Ctx, guessed: Guessed): Promise<Instant | null> {
  const row = await ctx.db<PlatformTables>().selectFrom('platform_sign_in_attempt').select('locked_until').where('login_hash', '=', hashOf(ctx, guessed)).executeTakeFirst()
  return row?.locked_until && row.locked_until > ctx.clock.now() ? row.locked_until : null
}
