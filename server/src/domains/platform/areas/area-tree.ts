// Reading the administrative areas.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { PlatformTables } from '../tables.gen.ts'

/** Full name of an area (宁原省澜川市…), or null when the code is unknown. Retired areas keep their name. */
export async function areaName(ctx: Ctx, code: string): Promise<string | null> {
  const row = await ctx.db<PlatformTables>().selectFrom('platform_area').select('full_name').where('code', '=', code).executeTakeFirst()
  return row?.full_name ?? null
}

/** Full names of several areas; unknown codes are missing in the map. */
export async function areaNames(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_area').select(['code', 'full_name']).where('code', 'in', [...new Set(codes)]).execute()
  return new Map(rows.map((row) => [row.code, row.full_name]))
}

/** Whether an area is in use: disabled ones cannot be chosen for anything new. */
export async function areaExists(ctx: Ctx, code: string): Promise<boolean> {
  const row = await ctx.db<PlatformTables>().selectFrom('platform_area').select('code').where('code', '=', code).where('state', '=', 'active').executeTakeFirst()
  return row !== undefined
}

/**
 * The part of a code that all areas below share: 990000 → 99, 990100 → 9901; from county level on the code itself (GB/T 2260); 000000,
 * the stand-in of a site that has not named its area yet, shares nothing and so covers all.
 * Compare by `areaCode.startsWith(areaPrefix(code))`, in SQL by `starts_with`.
 */
export function areaPrefix(code: string): string {
  return code.length === 6 ? code.replace(/(?:00){1,3}$/, '') : code
}

/** 1 region, 2 city, 3 county, 4 street or town, 5 community or village. */
export function areaLevel(code: string): 1 | 2 | 3 | 4 | 5 {
  if (code.length === 12) return 5
  if (code.length === 9) return 4
  return code.endsWith('0000') ? 1 : code.endsWith('00') ? 2 : 3
}

/** The code of the area above by the rule of the codes, null for a region. */
export function areaAbove(code: string): string | null {
  if (code.length > 6) return code.slice(0, -3)
  const level = areaLevel(code)
  return level === 1 ? null : level === 2 ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`
}

/** Active areas below one, the nearest level first. */
export async function areasUnder(ctx: Ctx, code: string): Promise<{ code: string; name: string; level: number }[]> {
  return ctx.db<PlatformTables>().selectFrom('platform_area').select(['code', 'name', 'level']).where('code', 'like', `${areaPrefix(code)}%`).where('code', '<>', code).where('state', '=', 'active').orderBy('level').orderBy('code').limit(20_000).execute()
}
