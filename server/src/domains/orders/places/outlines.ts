// Outlines of areas as maps draw them.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { areaNames } from '../../platform/index.ts'
import type { Ring } from './coordinates.ts'

/** Loaded outlines of the areas that begin with `prefix` and have codes of so many digits; names without those above. WGS-84. */
export async function areaOutlines(ctx: Ctx, prefix: string, digits: number): Promise<{ code: string; name: string; rings: Ring[] }[]> {
  const { rows } = await sql<{ area_code: string; rings: Ring[] }>`select area_code, rings from order_area_bound where area_code like ${`${prefix}%`} and length(area_code) = ${digits} and (${digits} > 6 or substr(area_code, 5, 2) <> '00') order by area_code limit 2000`.execute(ctx.acrossTenants('areas and their outlines have no tenant'))
  const codes = rows.map((r) => r.area_code)
  const above = (code: string): string => (code.length === 12 ? code.slice(0, 9) : code.length === 9 ? code.slice(0, 6) : `${code.slice(0, 4)}00`)
  const names = await areaNames(ctx, [...new Set([...codes, ...codes.map(above)])])
  return rows.map((r) => { const [name, head] = [names.get(r.area_code) ?? r.area_code, names.get(above(r.area_code)) ?? '']; return { code: r.area_code, name: name !== head && name.startsWith(head) ? name.slice(head.length) : name, rings: r.rings } })
}
