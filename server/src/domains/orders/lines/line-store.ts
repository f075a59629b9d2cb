// Merged hotlines as others ask for them: which form opens, what is counted where, where the number rings.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineEvent } from '../../../kernel/events/event.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { z } from 'zod'
import { db } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type { LineMode } from './line-contract.ts'

export type Line = Omit<Selectable<OrdersTables['order_line']>, 'mode'> & { mode: LineMode }

/** A line was registered or changed: where its number rings may have. */
export const lineChanged = defineEvent('order.lineChanged', z.object({ tenantId: z.string(), code: z.string() }), 'code')

/** Calls that arrived at a number in a stretch of time; answered by telephony, null where there is none. */
export const callsOfNumber = definePort<(ctx: Ctx, at: { number: string; from: Instant; to: Instant }) => Promise<number | null>>('orders.callsOfNumber', async () => null)

export const linesOf = async (ctx: Ctx): Promise<Line[]> =>
  (await db(ctx).selectFrom('order_line').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('enabled', 'desc').orderBy('code').execute()) as Line[] // modes are held to the list by a check

/** Lines that a form offers. */
export const offeredLines = async (ctx: Ctx): Promise<{ code: string; name: string }[]> => (await linesOf(ctx)).filter((l) => l.enabled).map(({ code, name }) => ({ code, name }))

/** The line as it stands now, where it is in use. */
export async function lineInUse(ctx: Ctx, code: string): Promise<Line | null> {
  const row = await db(ctx).selectFrom('order_line').selectAll().where('tenant_id', '=', ctx.tenantId).where('code', '=', code).where('enabled', '=', true).executeTakeFirst()
  return (row as Line | undefined) ?? null
}

/** The line whose form opens for a call to this number: a fully merged one has none of its own any more. */
export async function lineOfNumber(ctx: Ctx, number: string): Promise<string | null> {
  const row = await db(ctx).selectFrom('order_line').select('code').where('tenant_id', '=', ctx.tenantId).where('number', '=', number).where('enabled', '=', true).where('mode', '<>', 'full').executeTakeFirst()
  return row?.code ?? null
}

/** Numbers whose calls ring where the centre's own do. */
export const fullyMergedNumbers = async (ctx: Ctx): Promise<Set<string>> => new Set((await linesOf(ctx)).flatMap((l) => (l.enabled && l.mode === 'full' && l.number !== null ? [l.number] : [])))
