// Complained-against subjects of a period, an enterprise under all its names once, with the quality of the reading beside (AI-24).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, plus, startOfDay } from '../../../kernel/time/index.ts'
import { areaName, calendarOf } from '../../platform/index.ts'
import { openStates } from '../order.ts'
import type * as contract from './signal-contract.ts'
import { samplesOf } from './signals.queries.ts'

type Row = { name: string; enterpriseId: string | null; industry: string | null; areaCode: string | null; outOfArea: boolean; orders: number; open: number; negative: number; before: number; ids: string[] }

export async function subjectFigures(ctx: Ctx, input: Input<typeof contract.subjectFiguresRoute>): Promise<Output<typeof contract.subjectFiguresRoute>> {
  authorize(ctx, 'ai.read')
  const { timeZone } = await calendarOf(ctx)
  const [from, to] = [startOfDay(input.from, timeZone), startOfDay(addDays(input.to, 1), timeZone)]
  const earlier = plus(from, from - to)
  const { rows } = await sql<Row>`select coalesce(s.enterprise_id::text, s.name) as key, min(s.name) as name, s.enterprise_id as "enterpriseId", min(s.industry) as industry, min(s.area_code) as "areaCode", bool_or(s.out_of_area) as "outOfArea",
      count(distinct o.id) filter (where o.registered_at >= ${ts(from)})::int as orders, count(distinct o.id) filter (where o.registered_at >= ${ts(from)} and o.state in (${sql.join([...openStates])}))::int as open,
      count(distinct o.id) filter (where o.registered_at >= ${ts(from)} and r.polarity = 'negative')::int as negative, count(distinct o.id) filter (where o.registered_at < ${ts(from)})::int as before,
      (array_agg(distinct o.id) filter (where o.registered_at >= ${ts(from)}))[1:3] as ids
    from ai_subject s join order_order o on o.tenant_id = s.tenant_id and o.id = s.order_id left join ai_reading r on r.tenant_id = s.tenant_id and r.order_id = s.order_id
    where s.tenant_id = ${ctx.tenantId} and not s.dropped and not o.confidential and o.registered_at >= ${ts(earlier)} and o.registered_at < ${ts(to)}
      and (${input.outOfArea === undefined} or s.out_of_area = ${input.outOfArea ?? false}) and (${!input.q} or position(${input.q ?? ''} in s.name) > 0)
    group by coalesce(s.enterprise_id::text, s.name), s.enterprise_id having count(*) filter (where o.registered_at >= ${ts(from)}) > 0 order by orders desc, name limit 100`.execute(ctx.db())
  const { rows: quality } = await sql<Output<typeof contract.subjectFiguresRoute>['quality']>`select count(*)::int as read, count(*) filter (where enterprise_id is not null)::int as linked, count(*) filter (where by = 'person' and not dropped and raw <> name)::int as corrected, count(*) filter (where dropped)::int as dropped, count(*) filter (where by = 'person' and not dropped and raw = name)::int as added
    from ai_subject where tenant_id = ${ctx.tenantId} and at >= ${ts(from)} and at < ${ts(to)}`.execute(ctx.db())
  const samples = await samplesOf(ctx, rows.map((row) => row.ids ?? []))
  return {
    items: await Promise.all(rows.map(async (row, at) => ({ name: row.name, enterpriseId: row.enterpriseId, industry: row.industry, areaName: row.areaCode ? await areaName(ctx, row.areaCode) : null, outOfArea: row.outOfArea, orders: row.orders, open: row.open, negative: row.negative, before: row.before, samples: samples[at] ?? [] }))),
    quality: quality[0] ?? { read: 0, linked: 0, corrected: 0, dropped: 0, added: 0 },
  }
}
