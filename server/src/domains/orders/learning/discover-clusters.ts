// Orders of the last days that speak of one event and stand in no set: proposed as a set, which a person confirms or dissolves (AI-30, ORD-62).
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { applicationOf, gatherClusters } from '../../ai/index.ts'
import { heldWords, notify, setting } from '../../platform/index.ts'
import { openStates } from '../order.ts'
import { proposeSet } from '../sets/index.ts'

export const clusterLeast = defineSetting({ key: 'ai.cluster.least', label: '聚类提出事件集的最少工单数', schema: z.number().int().min(3).max(200), fallback: 5, scope: 'tenant' })
export const clusterDays = defineSetting({ key: 'ai.cluster.days', label: '聚类回看天数', schema: z.number().int().min(1).max(60), fallback: 7, scope: 'tenant' })

type Row = { id: string; title: string; content: string; area_code: string | null; address: string | null; registered_at: Instant }
const MOST = 3000
const MOST_SETS = 20
/** Sets are made in this order of titles: the member that has most in common with the others names the event. */
const MEMBERS = 500

/** Nothing where the application is off. Secret orders and those that were ever in a set, a merge or a proposal are left out. */
export async function discoverClusters(ctx: Ctx): Promise<void> {
  const application = await applicationOf(ctx, 'cluster')
  if (application.mode === 'off') return
  const [least, days] = [await setting(ctx, clusterLeast), await setting(ctx, clusterDays)]
  const { rows } = await sql<Row>`select o.id, o.title, o.content, o.area_code, o.address, o.registered_at from order_order o where o.tenant_id = ${ctx.tenantId} and o.registered_at >= ${ts(plus(ctx.clock.now(), -days * DAY))} and o.state in (${sql.join([...openStates])}) and not o.confidential
    and not exists (select 1 from order_event_member m where m.tenant_id = o.tenant_id and m.order_id = o.id) order by o.registered_at desc limit ${MOST}`.execute(ctx.db())
  if (rows.length < least) return
  const byId = new Map(rows.map((row) => [row.id, row]))
  const found = (await gatherClusters(rows.map((row) => ({ id: row.id, title: row.title, text: `${row.address ?? ''} ${row.content}`, area: row.area_code, at: row.registered_at })), { least, withinMs: days * DAY, words: { hot: await heldWords(ctx, 'hot'), stop: new Set(await heldWords(ctx, 'stop')) } })).slice(0, MOST_SETS)
  for (const cluster of found) {
    const members = cluster.members.slice(0, MEMBERS)
    const title = byId.get(members[0]?.id ?? '')?.title ?? ''
    const setId = await proposeSet(ctx, { title, core: `${title}（共同词：${cluster.keywords.join('、')}）`, members: members.map((m) => ({ orderId: m.id, score: m.score })) })
    await notify(ctx, { type: 'order.setProposed', to: { permission: 'orders.manageSets' }, title: `发现 ${members.length} 件疑似同一事件：${title}`.slice(0, 120), text: '请核对后确认或解散', link: `/orders/sets/${setId}`, objectType: 'eventSet', objectId: setId, level: 'P3' })
  }
}
