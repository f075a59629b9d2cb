// Rows of calls as events change them.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, instant, plus } from '../../../kernel/time/index.ts'
import { userById } from '../../platform/index.ts'
import { db } from '../telephony.queries.ts'

type Happening = { callId: string | null; at: number }

/** Changes the row of a call. The lower bound lets PostgreSQL leave out the months before: no call lasts a day. */
export async function changeCall(ctx: Ctx, event: Happening, change: object): Promise<void> {
  if (event.callId === null) return
  await db(ctx).updateTable('telephony_call').set(change).where('tenant_id', '=', ctx.tenantId).where('id', '=', event.callId).where('started_at', '>', ts(plus(instant(event.at), -DAY))).execute()
  tell(ctx, event.callId)
}

export async function readCall(ctx: Ctx, event: Happening) {
  if (event.callId === null) return undefined
  return db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', event.callId).where('started_at', '>', ts(plus(instant(event.at), -DAY))).executeTakeFirst()
}

/** Screens that show this call, or all calls, ask again. */
export function tell(ctx: Ctx, callId: string): void {
  ctx.signal('telephony.call', callId)
  ctx.signal('telephony.calls')
}

/** Name of an agent for rows that outlive the account; a stranger's id stays readable as such. */
export async function agentName(ctx: Ctx, id: string): Promise<string> {
  return (await userById(ctx, id).catch(() => null))?.name ?? '未知座席'
}

export const agentUnit = async (ctx: Ctx, id: string): Promise<string | null> => (await userById(ctx, id).catch(() => null))?.unitId ?? null

export const appended = (column: string, value: string) => sql`case when ${value}::uuid = any(${sql.ref(column)}) then ${sql.ref(column)} else array_append(${sql.ref(column)}, ${value}::uuid) end`
export const at = (ms: number) => ts(instant(ms))
