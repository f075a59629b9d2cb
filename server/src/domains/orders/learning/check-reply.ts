// A second look at a reply before it goes out, compared with this centre's own earlier questions and replies (ORD-58, AI applications `inspect-reply`).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { HOUR, type Instant } from '../../../kernel/time/index.ts'
import { applicationOf, backgroundOf, checkReply, type Background } from '../../ai/index.ts'
import { recommendUnits } from '../../matters/index.ts'
import { readOrder } from '../orders.policy.ts'
import type { OrderRow } from '../orders.queries.ts'
import type * as contract from './learning-contract.ts'

const MOST = 1000
const FRESH = 12 * HOUR
const held = new Map<string, { at: Instant; background: Promise<Background> }>()

/** Counts over the latest replies, made once for half a day; a failure is tried again with the next question. */
async function backgroundFor(ctx: Ctx): Promise<Background> {
  const now = ctx.clock.now()
  const known = held.get(ctx.tenantId)
  if (known && now - known.at < FRESH && now >= known.at) return known.background
  const { rows } = await sql<{ question: string; reply: string }>`select title || '。' || content as question, reply from order_order where tenant_id = ${ctx.tenantId} and closed_at is not null and reply is not null and not confidential order by closed_at desc limit ${MOST}`.execute(ctx.db())
  const background = backgroundOf(rows)
  held.set(ctx.tenantId, { at: now, background })
  background.catch(() => held.delete(ctx.tenantId))
  return background
}

const none: Background = { texts: 0, words: new Map(), pairs: new Map(), sounds: new Map(), questions: [] }

/** Not waited for longer than the application says: the counts go on being made and are there the next time. */
async function inTime(work: Promise<Background>, ms: number): Promise<Background> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Background>((done) => { timer = setTimeout(() => done(none), ms) })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Names of units as replies write them: whole, and without the place in front. */
async function unitNames(ctx: Ctx, order: OrderRow): Promise<{ units: string[]; competent: Set<string> }> {
  const { rows } = await sql<{ id: string; name: string; party: boolean }>`select u.id, u.name, exists (select 1 from order_party p where p.tenant_id = u.tenant_id and p.order_id = ${order.id} and p.unit_id = u.id) as party from platform_unit u where u.tenant_id = ${ctx.tenantId} and u.kind in ('centre', 'handling', 'enterprise') and u.state = 'active' limit 2000`.execute(ctx.db())
  const listed = new Set(order.matter_id && order.area_code ? (await recommendUnits(ctx, { matterId: order.matter_id, areaCode: order.area_code })).map((u) => u.unitId) : [])
  const written = (name: string): string[] => [name, name.replace(/^.{2,6}?[省市区县旗]/u, '')].filter((one) => one.length >= 3)
  return { units: rows.flatMap((u) => written(u.name)), competent: new Set(rows.filter((u) => u.party || listed.has(u.id)).flatMap((u) => written(u.name))) }
}

export async function checkOrderReply(ctx: Ctx, input: Input<typeof contract.checkReplyRoute>): Promise<Output<typeof contract.checkReplyRoute>> {
  authorize(ctx, 'ai.use')
  const order = await readOrder(ctx, input.id)
  const application = await applicationOf(ctx, 'inspect-reply')
  if (application.mode === 'off' || order.tenant_id !== ctx.tenantId) return { available: false, compared: 0, findings: [] }
  const background = await inTime(backgroundFor(ctx), application.limitMs)
  return { available: true, compared: background.texts, findings: checkReply({ title: order.title, content: order.content, reply: input.reply, ...(await unitNames(ctx, order)) }, background) }
}
