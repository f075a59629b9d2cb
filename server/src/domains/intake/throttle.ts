// Counts tries in the database, so that several processes see one count; keys are hashed and forgotten after their window.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { keyedHash } from '../../kernel/crypto/index.ts'
import { ts } from '../../kernel/db/connect.ts'
import { MINUTE, plus, toIso } from '../../kernel/time/index.ts'
import { intakeFail } from './intake.errors.ts'
import type { IntakeTables } from './tables.gen.ts'

export type Tried = { kind: 'codePhone' | 'codeAddress' | 'submitPhone' | 'submitPhoneDay' | 'submitAddress' | 'queryNumber' | 'queryPair' | 'queryAddress' | 'chatDay' | 'chatMinute' | 'leftDay' | 'passwordPhone' | 'passwordAddress' | 'resetPhone' | 'voteAddress' | 'robotAddress' | 'callPhone' | 'callAddress' | 'captcha' | 'reportAddress'; value: string; max: number; minutes: number }

const keyOf = (ctx: Ctx, tried: Tried): string => keyedHash(ctx.keys, `intake.${tried.kind}`, tried.value)

/**
 * Counts one try and refuses the one after the last (429 with the end of the window). A refusal rolls its own count back; what a
 * wrong guess must leave behind is kept by throwing KeptRefusal.
 */
export async function admit(ctx: Ctx, tried: Tried): Promise<void> {
  const now = ctx.clock.now()
  const { rows } = await sql<{ count: number; ends_at: number }>`
    insert into intake_throttle as t (tenant_id, key_hash, started_at, ends_at, count)
    values (${ctx.tenantId}, ${keyOf(ctx, tried)}, ${ts(now)}, ${ts(plus(now, tried.minutes * MINUTE))}, 1)
    on conflict (tenant_id, key_hash) do update set
      count = case when t.ends_at <= excluded.started_at then 1 else t.count + 1 end,
      started_at = case when t.ends_at <= excluded.started_at then excluded.started_at else t.started_at end,
      ends_at = case when t.ends_at <= excluded.started_at then excluded.ends_at else t.ends_at end
    returning count, ends_at`.execute(ctx.db<IntakeTables>())
  const row = rows[0]
  if (row && row.count > tried.max) throw intakeFail('tooOften', { rule: `intake.${tried.kind}`, until: toIso(row.ends_at as never) })
}

/** Cron: windows that are over are forgotten. */
export async function forgetTries(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  await ctx.db<IntakeTables>().deleteFrom('intake_throttle').where('tenant_id', '=', ctx.tenantId).where('ends_at', '<', now).execute()
  await ctx.db<IntakeTables>().deleteFrom('intake_code').where('tenant_id', '=', ctx.tenantId).where('expires_at', '<', now).execute()
}
