// A masked value in clear: with a reason, counted, and kept on the order's timeline and in the audit trail (domain rule 7).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { HOUR, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { readOrder } from '../orders.policy.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { record } from '../timeline.ts'
import { plainIdNumber, plainPhone } from './contact.ts'
import type { revealContactRoute } from './requester-contract.ts'
import { requesterFail } from './requester.errors.ts'
import { revealQuota } from './requester.settings.ts'
import { revealFieldNames } from './requesters.zh-CN.ts'

const ACT = 'revealContact'

export async function revealContact(ctx: Ctx, input: Input<typeof revealContactRoute>) {
  authorize(ctx, 'orders.reveal')
  const order = await readOrder(ctx, input.id)
  const quota = await setting(ctx, revealQuota)
  const used = await usedThisHour(ctx)
  if (used.count >= quota) throw requesterFail('revealQuota', { rule: revealQuota.key, params: { quota }, until: toIso(plus(used.first ?? ctx.clock.now(), HOUR)) })
  const value = await plainValue(ctx, order, input.field)
  if (!value) throw requesterFail('nothingToReveal', { params: { field: revealFieldNames[input.field] } })
  // The order may lie in a lower tenant; its own timeline keeps who looked.
  if (order.tenant_id === ctx.tenantId) await record(ctx, order, { act: 'reveal', text: input.reason, data: { field: input.field, fieldName: revealFieldNames[input.field] }, visibility: 'internal' })
  ctx.audit({ module: 'orders', act: ACT, objectType: 'order', objectId: order.id, text: `${revealFieldNames[input.field]}：${input.reason}` })
  return { value, used: used.count + 1, quota }
}

/** Counted from the audit trail itself: what is recorded is what counts. */
async function usedThisHour(ctx: Ctx): Promise<{ count: number; first: Instant | null }> {
  const since = plus(ctx.clock.now(), -HOUR)
  const connection = ctx.acrossTenants('the quota follows the person')
  // One reveal of a person at a time, so that ten clicks at once cannot pass the quota.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reveal:${userId(ctx)}`}, 0))`.execute(connection)
  const { rows } = await sql<{ count: number; first: Instant | null }>`select count(*)::int as count, min(at) as first from kernel_audit
    where tenant_id = ${ctx.tenantId} and actor_id = ${userId(ctx)} and at > ${ts(since)} and module = 'orders' and act = ${ACT} and object_type = 'order'`.execute(connection)
  return rows[0] ?? { count: 0, first: null }
}

async function plainValue(ctx: Ctx, order: OrderRow, field: 'phone' | 'idNumber' | 'name'): Promise<string | null> {
  if (field === 'phone') return plainPhone(ctx, order)
  if (field === 'name') return order.requester_name || null
  if (order.requester_id === null) return null
  const row = await db(ctx).selectFrom('order_requester').select('id_number_enc').where('tenant_id', '=', order.tenant_id).where('id', '=', order.requester_id).executeTakeFirst()
  return row?.id_number_enc ? plainIdNumber(ctx, row.id_number_enc) : null
}
