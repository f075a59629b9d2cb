// What a map draws: outlines of areas and where orders lie, as counts on a grid. Exact places and orders belong to lists, where rights are checked one by one.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { areaOutlines } from '../../orders/index.ts'
import { CELL, factOf, scopeOf } from '../../data/index.ts'
import { areaPrefix, setting, tenantById } from '../../platform/index.ts'
import { chronicWeeks, leastOfSpot, suddenRise } from './map-settings.ts'
import { spotKind } from './spots.ts'

const WEEK = 7 * 86_400
const MOST_CELLS = 3000
const digits: Record<string, number> = { county: 6, street: 9, community: 12 }

export type MapAsk = { from: string; to: string; level: string; where: { dimension: string; values: (string | null)[] }[]; /** Only the areas below it. */ under?: string | undefined }
export type MapData = { level: string; areas: { code: string; name: string; rings: [number, number][][] }[]; points: Point[]; withoutPoint: number; beyond: number }
type Point = { lon: number; lat: number; n: number; cell: string; weeks: number; last: number; kind: 'chronic' | 'sudden' | null }

/** Orders registered in the period, under the reader's scope; those without a point are counted beside the map, not dropped. */
export async function mapOf(ctx: Ctx, ask: MapAsk): Promise<MapData> {
  const own = (await tenantById(ctx, ctx.tenantId)).areaCode
  const areas = await areaOutlines(ctx, areaPrefix(ask.under ?? own), digits[ask.level] ?? 6)
  const fact = factOf('order')
  if (!fact) return { level: ask.level, areas, points: [], withoutPoint: 0, beyond: 0 }
  const where = ask.under ? [...ask.where, { dimension: ask.under.length === 9 ? 'street' : 'county', values: [ask.under] }] : ask.where
  const scope = await scopeOf(ctx, { from: ask.from, to: ask.to, where, below: false })
  const dates = fact.dates['registered']
  const end = Math.min(scope.range.before, scope.range.now) / 1000
  const all = Math.ceil((end - scope.range.from / 1000) / WEEK)
  // weeks are counted back from the end, so that the last one is whole
  const { rows } = await sql<{ x: number | null; y: number | null; n: number; weeks: number; last: number; sum: number }>`select *, (sum(n) over ())::int as sum from (
    select floor(p.lon / ${CELL})::int as x, floor(p.lat / ${CELL})::int as y, count(*)::int as n, count(distinct floor((${end}::float8 - f.at) / ${WEEK}))::int as weeks, count(*) filter (where f.at > ${end - WEEK})::int as last
    from (select o.tenant_id, o.id, extract(epoch from o.registered_at)::float8 as at ${scope.rows(fact)} and o.state not in ('draft', 'merged') and ${dates?.within(scope.range) ?? sql`true`}) f left join orders_pub_point_view p on p.tenant_id = f.tenant_id and p.id = f.id
    group by 1, 2) cells order by (x is null) desc, n desc limit ${MOST_CELLS + 1}`.execute(ctx.acrossTenants('rows are held to tenants by the scope'))
  const limits = { weeks: await setting(ctx, chronicWeeks), rise: await setting(ctx, suddenRise), least: await setting(ctx, leastOfSpot) }
  const round = (v: number): number => Math.round((v + 0.5) * CELL * 1e5) / 1e5
  const points = rows.flatMap((r): Point[] => (r.x === null || r.y === null ? [] : [{ lon: round(r.x), lat: round(r.y), n: r.n, cell: `${r.x},${r.y}`, weeks: r.weeks, last: r.last, kind: spotKind(r, all, limits) }]))
  const withoutPoint = rows.find((r) => r.x === null)?.n ?? 0
  return { level: ask.level, areas, points, withoutPoint, beyond: (rows[0]?.sum ?? 0) - withoutPoint - points.reduce((sum, p) => sum + p.n, 0) }
}
