// Figures of the last days from the orders themselves; confidential and withdrawn ones are left out.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { DAY, HOUR, MINUTE, plus, type Instant } from '../../../kernel/time/index.ts'
import { appealTypes } from '../../matters/index.ts'
import { areaNames, areaPrefix, setting, tenantById } from '../../platform/index.ts'
import type * as contract from './statistics-contract.ts'
import { rate, suppress, suppressAll } from './suppress.ts'

export const bulletin = defineSetting({
  key: 'bulletin.rule', label: '运行通报', help: '公示最近多少天、延迟多少小时、多少件以下不显示、热点诉求显示几项', scope: 'tenant',
  schema: z.object({ days: z.number().int().min(1).max(366), delayHours: z.number().int().min(0).max(720), suppressBelow: z.number().int().min(1).max(100), hot: z.number().int().min(3).max(20) }), fallback: { days: 30, delayHours: 0, suppressBelow: 5, hot: 10 },
})

const itemCodes = ['received', 'handlingTime', 'closingRate', 'satisfaction', 'hot', 'types', 'areas', 'trend'] as const
export const bulletinItems = defineSetting({ key: 'bulletin.items', label: '运行通报公示的内容', help: '受理 received、办理时长 handlingTime、办结率 closingRate、满意率 satisfaction、热点 hot、类型 types、区域 areas、趋势 trend', scope: 'tenant', schema: z.array(z.enum(itemCodes)).min(1).max(itemCodes.length), fallback: [...itemCodes] })
export const bulletinAreas = defineSetting({ key: 'bulletin.areas', label: '运行通报的区域', help: '区划代码；只统计这些区域，留空为全部', scope: 'tenant', schema: z.array(z.string().regex(/^\d{6,12}$/)).max(50), fallback: [] as string[] })
type Rule = { days: number; suppressBelow: number; hot: number; delayHours: number; items: readonly string[]; areas: readonly string[] }

type Answer = Output<typeof contract.publicStatistics>
const held = new Map<string, { at: Instant; answer: Answer; rule: string }>()
/** Everybody sees the same page: it is reckoned once in five minutes. */
const KEEP = 5 * MINUTE

export async function publicStatistics(ctx: Ctx): Promise<Answer> {
  const rule: Rule = { ...(await setting(ctx, bulletin)), items: await setting(ctx, bulletinItems), areas: await setting(ctx, bulletinAreas) }
  const now = ctx.clock.now()
  const known = held.get(ctx.tenantId)
  if (known && known.rule === JSON.stringify(rule) && now >= known.at && now - known.at < KEEP) return known.answer
  const answer = await reckon(ctx, rule, plus(now, -rule.delayHours * HOUR))
  held.set(ctx.tenantId, { at: now, answer, rule: JSON.stringify(rule) })
  return answer
}

async function reckon(ctx: Ctx, rule: Rule, until: Instant): Promise<Answer> {
  const from = plus(until, -rule.days * DAY)
  const tenant = await tenantById(ctx, ctx.tenantId)
  const below = rule.suppressBelow
  const within = rule.areas.length === 0 ? sql`true` : sql`(${sql.join(rule.areas.map((code) => sql`area_code like ${`${areaPrefix(code)}%`}`), sql` or `)})`
  const shows = (code: string): boolean => rule.items.includes(code)
  const counted = sql`tenant_id = ${ctx.tenantId} and registered_at > ${ts(from)} and registered_at <= ${ts(until)} and not confidential and state not in ('draft', 'withdrawn', 'merged') and not ('redoOrder' = any(flags)) and ${within}`
  const total = (await sql<{ n: number; done: number; hours: number | null }>`select count(*)::int as n, count(*) filter (where closed_at is not null or state in ('pendingCallback', 'closed', 'archived'))::int as done,
    (extract(epoch from avg(closed_at - registered_at) filter (where closed_at is not null)) / 3600)::float8 as hours from order_view where ${counted}`.execute(ctx.db())).rows[0] ?? { n: 0, done: 0, hours: null }
  const rated = (await sql<{ n: number; good: number }>`select count(*)::int as n, count(*) filter (where satisfied = 'yes')::int as good from intake_rating where tenant_id = ${ctx.tenantId} and created_at > ${ts(from)} and created_at <= ${ts(until)}`.execute(ctx.db())).rows[0] ?? { n: 0, good: 0 }
  const group = async (column: ReturnType<typeof sql>, limit: number) => (await sql<{ key: string; n: number }>`select ${column} as key, count(*)::int as n from order_view where ${counted} and ${column} is not null group by 1 order by n desc, key limit ${limit}`.execute(ctx.db())).rows
  const types = new Map((await appealTypes(ctx)).map((t) => [t.id, t.name]))
  const level = Math.max(6, tenant.areaCode.replace(/(00)+$/, '').length + (tenant.areaCode.endsWith('0000') ? 0 : 2))
  const areas = await group(sql`left(area_code, ${sql.lit(level)})`, 30)
  const names = await areaNames(ctx, [...areas.map((a) => a.key), tenant.areaCode])
  const days = (await sql<{ day: string; received: number; closed: number }>`with counted as (select (registered_at at time zone ${tenant.timeZone})::date as received_on, (closed_at at time zone ${tenant.timeZone})::date as closed_on from order_view where ${counted})
    select to_char(d, 'YYYY-MM-DD') as day, coalesce(r.n, 0)::int as received, coalesce(c.n, 0)::int as closed
    from generate_series((${ts(plus(from, DAY))}::timestamptz at time zone ${tenant.timeZone})::date, (${ts(until)}::timestamptz at time zone ${tenant.timeZone})::date, interval '1 day') as g(d)
    left join (select received_on, count(*) as n from counted group by 1) r on r.received_on = g.d
    left join (select closed_on, count(*) as n from counted group by 1) c on c.closed_on = g.d order by g.d`.execute(ctx.db())).rows
  return {
    from, until, suppressBelow: below, shown: [...rule.items],
    figures: [
      { code: 'received', name: '受理诉求', value: suppress('', total.n, below).shown, base: `近 ${rule.days} 天`, definition: '统计期内登记的诉求件数，不含撤单、并单和保密诉求' },
      { code: 'handlingTime', name: '平均办理时长', value: total.done < below || total.hours === null ? '–' : words(total.hours), base: `已办结 ${suppress('', total.done, below).shown} 件`, definition: '从登记到办结的平均自然时间，只计已办结的诉求' },
      { code: 'closingRate', name: '办结率', value: rate(total.done, total.n, below), base: `受理 ${suppress('', total.n, below).shown} 件`, definition: '统计期内登记的诉求中，已给出办理结果的比例' },
      { code: 'satisfaction', name: '网上评价满意率', value: rate(rated.good, rated.n, below), base: `评价 ${suppress('', rated.n, below).shown} 件`, definition: '统计期内诉求人网上评价为“满意”的比例，没有评价的不计入' },
    ].filter((figure) => shows(figure.code)),
    hot: !shows('hot') ? [] : (await group(sql`matter_name`, rule.hot)).filter((r) => r.n >= below).map((r) => suppress(r.key, r.n, below)),
    types: !shows('types') ? [] : suppressAll((await group(sql`appeal_type`, 20)).map((r) => ({ name: types.get(r.key) ?? r.key, count: r.n })), below),
    areas: !shows('areas') ? [] : suppressAll(areas.map((r) => ({ name: shortName(names.get(r.key) ?? r.key, names.get(tenant.areaCode) ?? ''), count: r.n })), below),
    trend: !shows('trend') ? [] : days.map((d) => ({ day: d.day, received: suppress('', d.received, below).count, closed: suppress('', d.closed, below).count, shown: `受理 ${suppress('', d.received, below).shown} 件，办结 ${suppress('', d.closed, below).shown} 件` })),
  }
}

const words = (hours: number): string => (hours < 48 ? `${hours.toFixed(1)} 小时` : `${(hours / 24).toFixed(1)} 天`)
const shortName = (name: string, above: string): string => (above && name.startsWith(above) ? name.slice(above.length) || name : name)
