// A point: converted, placed in an area by the outlines a site has loaded, compared with the area that was chosen.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { areaExists, areaName, areaNames, areaPrefix, setting, tenantById } from '../../platform/index.ts'
import { placesToAsk } from '../duplicates/similarity.ts'
import { convert, inside, systems, type Point, type Ring } from './coordinates.ts'
import type * as contract from './place-contract.ts'
import { mapAttribution, mapCentre, mapTileSystem, mapTileUrl } from './places.settings.ts'

type Bound = { area_code: string; rings: Ring[] }
const outlines = (ctx: Ctx) => ctx.acrossTenants('areas and their outlines have no tenant')

/** The narrowest loaded area around a point, or null. */
export async function areaAt(ctx: Ctx, point: Point): Promise<string | null> {
  const { rows } = await sql<Bound>`select area_code, rings from order_area_bound where south <= ${point.lat} and north >= ${point.lat} and west <= ${point.lon} and east >= ${point.lon} order by length(area_code) desc, (north - south) * (east - west)`.execute(outlines(ctx))
  return rows.find((b) => inside(point, b.rings))?.area_code ?? null
}

/** True or false where an outline of the area (or of the narrowest area above it) is loaded, else null: nothing can be said. */
export async function pointInArea(ctx: Ctx, point: Point, areaCode: string): Promise<boolean | null> {
  const codes = Array.from({ length: areaCode.length }, (_, i) => areaCode.slice(0, areaCode.length - i)).flatMap((c) => [c, c.padEnd(6, '0')])
  const { rows } = await sql<Bound>`select area_code, rings from order_area_bound where area_code in (${sql.join([...new Set(codes)])}) order by length(regexp_replace(area_code, '(00)+$', '')) desc limit 1`.execute(outlines(ctx))
  return rows[0] ? inside(point, rows[0].rings) : null
}

export async function checkPoint(ctx: Ctx, input: Input<typeof contract.checkPointRoute>) {
  authorize(ctx, 'orders.read')
  const point = convert(input, input.system, 'WGS84')
  const [at, inArea, places] = await Promise.all([areaAt(ctx, point), input.areaCode ? pointInArea(ctx, point, input.areaCode) : null, placesNear(ctx, point)])
  return { ...point, all: systems.map((system) => ({ system, ...convert(point, 'WGS84', system) })), inArea, area: at ? { code: at, name: (await areaName(ctx, at)) ?? at } : null, places }
}

const NEAR_METRES = 200
const METRES_PER_DEGREE = 111_320

/** Through the squares of the duplicate check, so that no map of orders is scanned. Confidential orders name no place. */
async function placesNear(ctx: Ctx, point: Point) {
  const keys = placesToAsk(point).filter((key) => key.startsWith('c:'))
  const { rows } = await sql<{ area_code: string | null; address: string; metres: number; n: number }>`select area_code, address, min(metres)::int as metres, count(*)::int as n from (
      select o.area_code, o.address, sqrt(power((o.lat - ${point.lat}) * ${METRES_PER_DEGREE}, 2) + power((o.lon - ${point.lon}) * ${METRES_PER_DEGREE} * cos(radians(${point.lat})), 2)) as metres
      from (select distinct order_id from order_place_key where tenant_id = ${ctx.tenantId} and key in (${sql.join(keys)}) limit 500) k join order_order o on o.tenant_id = ${ctx.tenantId} and o.id = k.order_id
      where o.lon is not null and coalesce(o.address, '') <> '' and not o.confidential) near where metres <= ${NEAR_METRES} group by area_code, address order by metres limit 5`.execute(ctx.db())
  const names = await areaNames(ctx, rows.flatMap((r) => r.area_code ?? []))
  return rows.map((r) => ({ areaCode: r.area_code, areaName: r.area_code ? (names.get(r.area_code) ?? null) : null, address: r.address, metres: r.metres, orders: r.n }))
}

export async function mapOfSite(ctx: Ctx, input: { areaCode?: string | undefined }) {
  authorize(ctx, 'orders.read')
  const [tileUrl, tileSystem, attribution, centre, tenant] = await Promise.all([setting(ctx, mapTileUrl), setting(ctx, mapTileSystem), setting(ctx, mapAttribution), setting(ctx, mapCentre), tenantById(ctx, ctx.tenantId)])
  const under = `${areaPrefix(input.areaCode ?? tenant.areaCode)}%`
  const { rows } = await sql<Bound>`select area_code, rings from order_area_bound where area_code like ${under} order by area_code limit 200`.execute(outlines(ctx))
  const names = await areaNames(ctx, rows.map((r) => r.area_code))
  const [lon, lat] = centre.split(',').map(Number)
  return { tileUrl: tileUrl || null, tileSystem, attribution, centre: lon !== undefined && lat !== undefined && centre !== '' ? { lon, lat } : null, outlines: rows.map((r) => ({ code: r.area_code, name: names.get(r.area_code) ?? r.area_code, rings: r.rings })) }
}

const codeOf = z.coerce.string().regex(/^\d{6,12}$/)
const MAX_POINTS = 20_000

/** Loads outlines by area code (`properties.code` or `adcode`); a faulty one is named and left out, the others are loaded. */
export async function loadAreaOutlines(ctx: Ctx, input: Input<typeof contract.loadOutlinesRoute>) {
  authorize(ctx, 'orders.loadOutlines')
  const refused: { index: number; reason: string }[] = []
  let loaded = 0
  for (const [index, feature] of input.features.entries()) {
    const code = codeOf.safeParse(feature.properties['code'] ?? feature.properties['adcode'])
    const rings = (feature.geometry.type === 'Polygon' ? feature.geometry.coordinates : feature.geometry.coordinates.flat()) as Ring[]
    const points = rings.flat()
    if (!code.success || !(await areaExists(ctx, code.data))) refused.push({ index, reason: '区划代码不存在' })
    else if (points.length < 4 || points.length > MAX_POINTS || points.some(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90)) refused.push({ index, reason: '边界点数或坐标不正确' })
    else {
      const wgs = rings.map((ring) => ring.map(([lon, lat]): [number, number] => { const p = convert({ lon, lat }, input.system, 'WGS84'); return [p.lon, p.lat] }))
      const [lons, lats] = [wgs.flat().map((p) => p[0]), wgs.flat().map((p) => p[1])]
      const least = (list: number[]): number => list.reduce((a, b) => Math.min(a, b))
      const greatest = (list: number[]): number => list.reduce((a, b) => Math.max(a, b))
      await sql`insert into order_area_bound (area_code, south, west, north, east, rings, loaded_by_name, loaded_at) values (${code.data}, ${least(lats)}, ${least(lons)}, ${greatest(lats)}, ${greatest(lons)}, ${json(wgs)}, ${ctx.actor.name}, ${ts(ctx.clock.now())})
        on conflict (area_code) do update set south = excluded.south, west = excluded.west, north = excluded.north, east = excluded.east, rings = excluded.rings, loaded_by_name = excluded.loaded_by_name, loaded_at = excluded.loaded_at`.execute(outlines(ctx))
      loaded += 1
    }
  }
  ctx.audit({ module: 'orders', act: 'loadAreaOutlines', objectType: 'key:parameter', changes: { outlines: { old: null, new: loaded } } })
  return { loaded, refused }
}
