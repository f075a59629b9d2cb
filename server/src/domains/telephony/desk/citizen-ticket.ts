// A citizen's own line to the exchange: one verified number, the service numbers of this centre, a few minutes to dial.
import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../../kernel/ctx.ts'
import { plus, MINUTE, type Instant } from '../../../kernel/time/index.ts'
import { exchange, requireExchange } from '../engine/exchange.ts'
import { toExchange } from '../numbers.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'

/** Long enough for leaving the page open and dialling again; a call that runs is not cut when it is over. */
const TICKET_MINUTES = 30

/** Whether a call from a browser could be taken now: the exchange answers and the centre has a service number. */
export async function takesWebCalls(ctx: Ctx): Promise<boolean> {
  return exchange.port?.connected() === true && (await serviceNumber(ctx)) !== null
}

const serviceNumber = async (ctx: Ctx): Promise<string | null> => (await db(ctx).selectFrom('telephony_number').select('number').where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).orderBy('number').executeTakeFirst())?.number ?? null

/**
 * Ticket and address of the socket for a citizen whose number was verified by the caller of this function.
 * @throws telephony.exchangeDown (503), telephony.noServiceNumber (409)
 */
export async function citizenTicket(ctx: Ctx, number: string): Promise<{ ticket: string; url: string; to: string; until: Instant }> {
  const to = await serviceNumber(ctx)
  if (to === null) throw telephonyFail('noServiceNumber')
  const until = plus(ctx.clock.now(), TICKET_MINUTES * MINUTE)
  const { ticket, url } = await requireExchange().ticket({ kind: 'citizen', tenant: ctx.tenantId, number: toExchange(number), to: [to], jti: randomUUID(), until })
  return { ticket, url, to, until }
}
