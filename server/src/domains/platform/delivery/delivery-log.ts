// The log of deliveries with its dead letters: search, send again, recall.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, startOfDay, toIso, type Instant } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage } from '../lists/keyset.ts'
import { likeText } from '../reach.ts'
import { allTypes } from './manage-rules.ts'
import type { Channel } from './channels.ts'
import type * as contract from './contract.ts'
import { CONTENT, deliverJob } from './deliver-job.ts'
import { deliveryErrors } from './delivery.errors.ts'

type Listed = Output<typeof contract.listDeliveries>['items'][number]
type Row = Omit<Listed, 'typeName' | 'title' | 'text'> & { content_enc: string; createdAt: Instant }

const content = z.object({ title: z.string(), text: z.string() })

export async function listDeliveries(ctx: Ctx, input: Input<typeof contract.listDeliveries>): Promise<Output<typeof contract.listDeliveries>> {
  authorize(ctx, 'platform.readDeliveries')
  return read(ctx, input)
}

/** Deliveries of one object, the newest 200, for the room that sent them: it says who may see them. */
export const deliveriesOf = async (ctx: Ctx, objectId: string): Promise<Listed[]> => (await read(ctx, { objectId, limit: 200 })).items

export type DeliveryFigures = { out: number; failed: number; waiting: number }
/** Of each object: what went out of the house, how much of it failed or is still on its way. */
export async function deliveryFigures(ctx: Ctx, objectIds: readonly string[]): Promise<Map<string, DeliveryFigures>> {
  if (objectIds.length === 0) return new Map()
  const { rows } = await sql<DeliveryFigures & { id: string }>`select o.id, count(d.id)::int as out, count(d.id) filter (where d.state in ('failed', 'skipped', 'recalled'))::int as failed, count(d.id) filter (where d.state in ('waiting', 'queued'))::int as waiting
    from unnest(${[...objectIds]}::text[]) o(id) left join platform_delivery d on d.tenant_id = ${ctx.tenantId} and d.object_id = o.id group by o.id`.execute(ctx.db())
  return new Map(rows.map(({ id, ...of }) => [id, of]))
}

async function read(ctx: Ctx, input: Input<typeof contract.listDeliveries>): Promise<Output<typeof contract.listDeliveries>> {
  const is = (column: string, value: string | undefined) => (value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`)
  const where = sql`d.tenant_id = ${ctx.tenantId} and ${is('d.state', input.state)} and ${is('d.channel', input.channel)} and ${is('d.object_id', input.objectId)}
    and ${input.userId === undefined ? sql`true` : sql`d.user_id = ${input.userId}`}
    and ${input.type === undefined ? sql`true` : sql`(d.type = ${input.type} or starts_with(d.type, ${`${input.type}.`}))`}
    and ${input.query ? sql`d.user_name like ${`${likeText(input.query)}%`}` : sql`true`}
    and ${input.from ? sql`d.created_at >= ${toIso(startOfDay(input.from))}::timestamptz` : sql`true`} and ${input.to ? sql`d.created_at < ${toIso(startOfDay(addDays(input.to, 1)))}::timestamptz` : sql`true`}`
  const { rows } = await sql<Row>`select d.id, d.channel, d.type, d.level, d.user_name as "userName", d.address_mask as address, d.content_enc, d.state, d.attempts, d.merged, d.result, d.instead_of as "insteadOf",
      d.object_type as "objectType", d.object_id as "objectId", d.created_at as "createdAt", d.next_at as "nextAt", d.sent_at as "sentAt",
      (select max(m.read_at) from platform_message m where m.tenant_id = d.tenant_id and m.user_id = d.user_id and m.type = d.type and m.object_id = d.object_id and m.happened_at >= d.created_at) as "readAt"
    from platform_delivery d where ${where} and ${afterCursor(input.cursor, 'd.created_at', 'd.id')} order by d.created_at desc, d.id desc limit ${input.limit + 1}`.execute(ctx.db())
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 from platform_delivery d where ${where} limit 1001) as bounded`.execute(ctx.db())
  const n = counted.rows[0]?.n ?? 0
  const names = new Map((await allTypes(ctx)).map((type) => [type.code, type.name]))
  const page = nextPage(rows, input.limit, (row) => row.createdAt)
  const items = page.items.map(({ content_enc, ...row }) => ({ ...row, typeName: names.get(row.type) ?? row.type, ...content.parse(JSON.parse(decrypt(ctx.keys, content_enc, CONTENT))) }))
  return { items, next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

async function again(ctx: Ctx, condition: ReturnType<typeof sql>, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`update platform_delivery set state = 'queued', attempts = 0, next_at = ${toIso(ctx.clock.now())}::timestamptz
    where tenant_id = ${ctx.tenantId} and id in (select id from platform_delivery where tenant_id = ${ctx.tenantId} and ${condition} order by created_at limit ${limit} for update) returning id`.execute(ctx.db())
  for (const { id } of rows) ctx.enqueue(deliverJob, { tenantId: ctx.tenantId, id }, { key: `delivery-${id}` })
  return rows.length
}

export async function retryDelivery(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'platform.manageMessages')
  if ((await again(ctx, sql`id = ${input.id} and state in ('failed', 'skipped')`, 1)) === 0) throw await notNow(ctx, input.id, 'deliveryNotFailed')
  return {}
}

/** At most 500 of a channel, the oldest first. */
export async function retryFailedDeliveries(ctx: Ctx, input: { channel: Channel }): Promise<{ retried: number }> {
  authorize(ctx, 'platform.manageMessages')
  return { retried: await again(ctx, sql`state = 'failed' and channel = ${input.channel}`, 500) }
}

export async function recallDelivery(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'platform.manageMessages')
  const { rows } = await sql`update platform_delivery set state = 'recalled', next_at = null where tenant_id = ${ctx.tenantId} and id = ${input.id} and state in ('waiting', 'queued') returning id`.execute(ctx.db())
  if (rows.length === 0) throw await notNow(ctx, input.id, 'deliveryGone')
  return {}
}

async function notNow(ctx: Ctx, id: string, code: 'deliveryNotFailed' | 'deliveryGone') {
  const { rows } = await sql`select 1 from platform_delivery where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(ctx.db())
  return rows.length === 0 ? kernelErrors('notFound') : deliveryErrors(code)
}
