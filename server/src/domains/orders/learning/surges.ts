// Words, subjects and places that are new or rise suddenly against their own history (AI-31), each once a day until somebody decided.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { addDays, DAY, localDate, plus } from '../../../kernel/time/index.ts'
import { applicationOf, type AiTables } from '../../ai/index.ts'
import { calendarOf, heldWords, setting } from '../../platform/index.ts'
import { proposeSet } from '../sets/index.ts'
import { proposeLabel } from './mine-labels.ts'
import type * as contract from './signal-contract.ts'
import { undecided, withSamples } from './signals.queries.ts'

export const surgeTimes = defineSetting({ key: 'ai.surge.times', label: '激增：当日量达到前 28 天日均的倍数', schema: z.number().min(1.5).max(50), fallback: 3, scope: 'tenant' })
export const surgeLeast = defineSetting({ key: 'ai.surge.least', label: '新发与激增：当日最少工单数', schema: z.number().int().min(2).max(500), fallback: 5, scope: 'tenant' })

const BEFORE = 28
const YEAR = 365
const MOST = 40
/** What is told by orders that mostly tell something listed already says nothing of its own. */
const SAME = 0.7
/** Words of every appeal; a surge of them is one of the whole line. */
const EMPTY = /^(市民|反映|希望|相关|部门|请|尽快|处理|来电|投诉|情况|问题|核实|解决|联系|工作人员|要求|诉求|认为|表示|目前|小区|单位|给予|有关|居民|政府|影响|生活|小时|今天|昨天|多次)+$/
const PLACE = /(?:路|街|巷|小区|家园|花园|苑|里|村|镇|大厦|广场|公园|学校|小学|中学|医院|市场|车站|大桥)$/

type Row = { term: string; orders: number; before: number; last_year: number; ids: string[]; subject: boolean }

/** Of the 24 hours before now. Returns how many are new in the list. */
export async function findSurges(ctx: Ctx): Promise<number> {
  if ((await applicationOf(ctx, 'hot')).mode === 'off') return 0
  const [times, least, stop, { timeZone }] = [await setting(ctx, surgeTimes), await setting(ctx, surgeLeast), new Set(await heldWords(ctx, 'stop')), await calendarOf(ctx)]
  const now = ctx.clock.now()
  const [day, before, year] = [plus(now, -DAY), plus(now, -(BEFORE + 1) * DAY), plus(now, -YEAR * DAY)]
  const { rows } = await sql<Row>`with today as (select x.term, count(*)::int as orders, array_agg(r.order_id order by r.at desc) as ids from ai_reading r, unnest(r.terms) x(term) where r.tenant_id = ${ctx.tenantId} and r.at > ${ts(day)} and r.at <= ${ts(now)} group by x.term having count(*) >= ${least}
      union all select s.name, count(distinct s.order_id)::int, array_agg(distinct s.order_id) from ai_subject s join ai_reading r on r.tenant_id = s.tenant_id and r.order_id = s.order_id where s.tenant_id = ${ctx.tenantId} and not s.dropped and r.at > ${ts(day)} and r.at <= ${ts(now)} group by s.name having count(distinct s.order_id) >= ${least}),
    past as (select x.term, count(*)::int as n from ai_reading r, unnest(r.terms) x(term) where r.tenant_id = ${ctx.tenantId} and r.at > ${ts(before)} and r.at <= ${ts(day)} and x.term in (select term from today) group by x.term),
    year as (select x.term, ceil(count(*) / 7.0)::int as n from ai_reading r, unnest(r.terms) x(term) where r.tenant_id = ${ctx.tenantId} and r.at > ${ts(plus(year, -3 * DAY))} and r.at <= ${ts(plus(year, 4 * DAY))} and x.term in (select term from today) group by x.term)
    select t.term, t.orders, t.ids, coalesce(p.n, 0) as before, coalesce(y.n, 0) as last_year, exists (select 1 from ai_subject s where s.tenant_id = ${ctx.tenantId} and s.name = t.term) as subject
    from (select distinct on (term) * from today order by term, orders desc) t left join past p on p.term = t.term left join year y on y.term = t.term where t.orders > ${times}::float8 * coalesce(p.n, 0) / ${BEFORE}::float8 order by t.orders desc limit 400`.execute(ctx.db())
  const kept: Row[] = []
  for (const row of rows.filter((one) => !stop.has(one.term) && !EMPTY.test(one.term)).toSorted((a, b) => Number(b.subject) - Number(a.subject) || b.term.length * b.orders - a.term.length * a.orders)) {
    const own = new Set(row.ids)
    const told = kept.some((held) => held.ids.filter((id) => own.has(id)).length >= SAME * own.size)
    if (!told && kept.length < MOST) kept.push(row)
  }
  const today = localDate(now, timeZone)
  let found = 0
  for (const row of kept) {
    const curve = await curveOf(ctx, row.term, today, timeZone)
    const dismissed = await ctx.db<AiTables>().selectFrom('ai_surge').select('id').where('tenant_id', '=', ctx.tenantId).where('term', '=', row.term).where('day', '>=', addDays(today, -7)).executeTakeFirst()
    // Told within the week: the line in the list is brought up to date, a decided one stays decided.
    if (dismissed) await ctx.db<AiTables>().updateTable('ai_surge').set({ orders: row.orders, curve, order_ids: row.ids.slice(0, 500) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', dismissed.id).where('state', '=', 'open').execute()
    else {
      await ctx.db<AiTables>().insertInto('ai_surge').values({ tenant_id: ctx.tenantId, id: newId(), term: row.term, kind: row.subject ? 'subject' : PLACE.test(row.term) ? 'place' : 'word', day: today, orders: row.orders, mean: row.before / BEFORE, last_year: row.last_year, curve, order_ids: row.ids.slice(0, 500), state: 'open', found_at: ts(now) }).execute()
      found++
    }
  }
  return found
}

async function curveOf(ctx: Ctx, term: string, today: string, timeZone: string): Promise<number[]> {
  const { rows } = await sql<{ day: string; n: number }>`select to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as day, count(*)::int as n from ai_reading r where tenant_id = ${ctx.tenantId} and at >= ${ts(plus(ctx.clock.now(), -(BEFORE + 2) * DAY))} and (terms @> array[${term}]::text[] or exists (select 1 from ai_subject s where s.tenant_id = r.tenant_id and s.order_id = r.order_id and s.name = ${term} and not s.dropped)) group by 1`.execute(ctx.db())
  const byDay = new Map(rows.map((row) => [row.day, row.n]))
  return Array.from({ length: BEFORE + 1 }, (_, at) => byDay.get(addDays(today, at - BEFORE)) ?? 0)
}

export async function findSurgesNow(ctx: Ctx): Promise<{ found: number }> {
  authorize(ctx, 'ai.manage')
  return { found: await findSurges(ctx) }
}

export async function listSurges(ctx: Ctx, input: Input<typeof contract.listSurgesRoute>): Promise<Output<typeof contract.listSurgesRoute>> {
  authorize(ctx, 'ai.read')
  const rows = await ctx.db<AiTables>().selectFrom('ai_surge').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', input.state).orderBy('found_at', 'desc').orderBy('orders', 'desc').limit(100).execute()
  return { items: (await withSamples(ctx, rows)).map((row) => ({ id: row.id, term: row.term, kind: row.kind as 'word', day: row.day, orders: row.orders, mean: Math.round(Number(row.mean) * 10) / 10, lastYear: row.last_year, fresh: Number(row.mean) === 0, seasonal: row.last_year * 2 >= row.orders, curve: row.curve, samples: row.samples, state: row.state as 'open', decidedByName: row.decided_by_name })) }
}

/** A set and a label are proposals again: their own pages confirm them. */
export async function decideSurge(ctx: Ctx, input: Input<typeof contract.decideSurgeRoute>): Promise<Output<typeof contract.decideSurgeRoute>> {
  authorize(ctx, input.act === 'set' ? 'orders.manageSets' : 'ai.read')
  const row = undecided(await ctx.db<AiTables>().selectFrom('ai_surge').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst(), 'open')
  let setId: string | null = null
  if (input.act === 'set') {
    const { rows: free } = await sql<{ id: string }>`select o.id from order_order o where o.tenant_id = ${ctx.tenantId} and o.id = any(${row.order_ids}::uuid[]) and not o.confidential and not exists (select 1 from order_event_member m where m.tenant_id = o.tenant_id and m.order_id = o.id)`.execute(ctx.db())
    if (free.length < 2) throw kernelErrors('invalid', { fields: [{ path: 'act', message: '这些工单已在事件集里' }] })
    setId = await proposeSet(ctx, { title: `${row.term}相关诉求`, core: `${row.day} 激增：${row.orders} 件，此前日均 ${Number(row.mean).toFixed(1)} 件`, members: free.map((one) => ({ orderId: one.id, score: 1 })) })
  }
  if (input.act === 'label') await proposeLabel(ctx, { name: row.term.slice(0, 40), keywords: [row.term], orderIds: row.order_ids })
  const state = input.act === 'set' ? 'setMade' : input.act === 'label' ? 'labelProposed' : 'dismissed'
  await ctx.db<AiTables>().updateTable('ai_surge').set({ state, decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return { state, setId }
}
