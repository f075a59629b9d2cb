// What a map draws: outlines of areas and where orders lie, as counts on a grid. Exact places and orders belong to lists, where rights are checked one by one.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { areaOutlines } from '../../orders/index.ts'
import { factOf, scopeOf } from '../../data/index.ts'
import { areaPrefix, tenantById } from '../../platform/index.ts'

/** About 550 m north to south: a block, not a door. */
const CELL = 0.005
const MOST_CELLS = 3000
const digits: Record<string, number> = { county: 6, street: 9, community: 12 }

export type MapAsk = { from: string; to: string; level: string; where: { dimension: string; values: (string | null)[] }[]; /** Only the areas below it. */ under?: string | undefined }
export type MapData = { level: string; areas: { code: string; name: string; rings: [number, number][][] }[]; points: { lon: number; lat: number; n: number }[]; withoutPoint: number }

/** Orders registered in the period, under the reader's scope; those without a point are counted beside the map, not dropped. */
export async function mapOf(ctx: Ctx, ask: MapAsk): Promise<MapData> {
  const own = (await tenantById(ctx, ctx.tenantId)).areaCode
  const areas = await areaOutlines(ctx, areaPrefix(ask.under ?? own), digits[ask.level] ?? 6)
  const fact = factOf('order')
  if (!fact) return { level: ask.level, areas, points: [], withoutPoint: 0 }
  const where = ask.under ? [...ask.where, { dimension: ask.under.length === 9 ? 'street' : 'county', values: [ask.under] }] : ask.where
  const scope = await scopeOf(ctx, { from: ask.from, to: ask.to, where, below: false })
  const dates = fact.dates['registered']
  const { rows } = await sql<{ x: number | null; y: number | null; n: number }>`select floor(p.lon / ${CELL})::int as x, floor(p.lat / ${CELL})::int as y, count(*)::int as n
    from (select o.tenant_id, o.id ${scope.rows(fact)} and o.state not in ('draft', 'merged') and ${dates?.within(scope.range) ?? sql`true`}) f left join orders_pub_point_view p on p.tenant_id = f.tenant_id and p.id = f.id
    group by 1, 2 order by 3 desc limit ${MOST_CELLS}`.execute(ctx.acrossTenants('rows are held to tenants by the scope'))
  const round = (v: number): number => Math.round((v + 0.5) * CELL * 1e5) / 1e5
  return { level: ask.level, areas, points: rows.flatMap((r) => (r.x === null || r.y === null ? [] : [{ lon: round(r.x), lat: round(r.y), n: r.n }])), withoutPoint: rows.find((r) => r.x === null)?.n ?? 0 }
}
