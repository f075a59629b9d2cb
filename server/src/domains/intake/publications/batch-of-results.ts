// Results of a whole batch of orders as one draft: what closed in a period, without names and what the rules find; no order twice.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { answeredOrders, type AnsweredOrder } from '../../orders/index.ts'
import { areaPrefix } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { intakeFail } from '../intake.errors.ts'
import { addPublication } from './edit-publications.ts'
import type * as contract from './publication-contract.ts'
import { redact } from '../../../kernel/text/personal-data.ts'

/** Of the words of one requester and of one reply: enough to understand, short enough for a list. */
const SAID = 160
const REPLIED = 400
const BODY = 20_000

export async function draftBatch(ctx: Ctx, input: Input<typeof contract.draftBatch>): Promise<Output<typeof contract.draftBatch>> {
  authorize(ctx, 'intake.publish')
  const before = await publishedOrders(ctx)
  const orders = await answeredOrders(ctx, { from: input.from, until: input.until, appealType: input.appealType, matterId: input.matterId, areaPrefix: input.areaCode ? areaPrefix(input.areaCode) : undefined, except: before, limit: input.limit })
  const parts: string[] = []
  const taken: AnsweredOrder[] = []
  let length = 0
  for (const order of orders) {
    const part = partOf(order, taken.length + 1)
    if (length + part.length + 2 > BODY) break
    length += part.length + 2
    parts.push(part)
    taken.push(order)
  }
  if (taken.length === 0) throw intakeFail('publicationEmptyBatch')
  const made = await addPublication(ctx, { kind: 'result', title: input.title, summary: `共 ${taken.length} 件`, body: parts.join('\n\n'), pinned: false, announce: false, publishAt: null, expiresAt: null, orderId: null, category: '', matterId: input.matterId ?? null, addFileIds: [] })
  await db(ctx).insertInto('intake_publication_order').values(taken.map((order) => ({ tenant_id: ctx.tenantId, publication_id: made.id, order_id: order.id }))).execute()
  return { id: made.id, taken: taken.length, left: orders.length - taken.length }
}

/** Orders that stand in a publication that was not withdrawn. */
async function publishedOrders(ctx: Ctx): Promise<string[]> {
  const single = await db(ctx).selectFrom('intake_publication').select('order_id as id').where('tenant_id', '=', ctx.tenantId).where('state', '<>', 'withdrawn').where('order_id', 'is not', null).execute()
  const batch = await db(ctx).selectFrom('intake_publication_order as l').innerJoin('intake_publication as p', (j) => j.onRef('p.tenant_id', '=', 'l.tenant_id').onRef('p.id', '=', 'l.publication_id')).select('l.order_id as id').where('l.tenant_id', '=', ctx.tenantId).where('p.state', '<>', 'withdrawn').execute()
  return [...single, ...batch].flatMap((row) => row.id ?? [])
}

function partOf(order: AnsweredOrder, n: number): string {
  const names = order.requesterName ? [order.requesterName] : []
  const say = (text: string, most: number): string => {
    const chars = [...redact(text.replace(/\s*\n\s*/g, ' ').trim(), names)]
    return chars.length > most ? `${chars.slice(0, most).join('')}…` : chars.join('')
  }
  return `${n}. ${say(order.title, 60)}\n【诉求】${say(order.content, SAID)}\n【办理结果】${say(order.reply, REPLIED)}`
}
