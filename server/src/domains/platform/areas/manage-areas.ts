import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { changesOf } from '../changes.ts'
import { likeText } from '../reach.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { areaAbove, areaLevel, areaPrefix } from './area-tree.ts'
import type * as contract from './contract.ts'

export const areaErrors = defineErrors('platform', {
  areaTaken: { status: 409, title: '区划编码“{code}”已存在' },
  badAreaParent: { status: 422, title: '上级区划不存在，或编码与上级不符' },
})

type Area = Output<typeof contract.listAreas>['items'][number]

/** Children of an area, one area by code, or a search by name; without any of them the topmost areas. */
export async function listAreas(ctx: Ctx, input: Input<typeof contract.listAreas>): Promise<{ items: Area[] }> {
  const which = input.code ? sql`a.code = ${input.code}` : input.query ? sql`a.full_name ilike ${`%${likeText(input.query)}%`}` : input.parent ? sql`a.parent_code = ${input.parent}` : sql`a.parent_code is null`
  const { rows } = await sql<Area>`select a.code, a.name, a.full_name as "fullName", a.level, a.parent_code as "parentCode", a.lon, a.lat,
      not exists (select 1 from platform_area c where c.parent_code = a.code and c.state = 'active') as leaf
    from platform_area a where ${which} and (a.state = 'active' or a.code = ${input.code ?? ''}) order by a.level, a.code limit 500`.execute(ctx.db())
  return { items: rows }
}

/** Administrators keep the areas below their own tenant's. */
async function checkOwn(ctx: Ctx, code: string): Promise<void> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  if (!code.startsWith(areaPrefix(tenant.areaCode))) throw kernelErrors('notFound')
}

export async function createArea(ctx: Ctx, input: Input<typeof contract.createArea>): Promise<{ code: string }> {
  authorize(ctx, 'platform.manageAreas')
  await checkOwn(ctx, input.code)
  // The code tells the place; the field is there so that a slip of the finger is noticed.
  if (input.parentCode !== null && input.parentCode !== areaAbove(input.code)) throw areaErrors('badAreaParent', { fields: [{ path: 'parentCode', message: '编码与上级不符' }] })
  const known = await ctx.db<PlatformTables>().selectFrom('platform_area').select('code').where('code', '=', input.code).executeTakeFirst()
  if (known) throw areaErrors('areaTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  if ((await writeAreas(ctx, [input])).length > 0) throw areaErrors('badAreaParent', { fields: [{ path: 'parentCode', message: '上级区划不存在' }] })
  ctx.audit({ module: 'platform', act: 'createArea', objectType: 'key:area', objectId: input.code, changes: { name: { old: null, new: input.name } } })
  return { code: input.code }
}

type NewArea = { code: string; name: string; lon: number | null; lat: number | null }

/**
 * Writes areas in any order, new names over old ones. Streets and communities need the area above them; a region, city or county may
 * stand at the top. Returns the codes that found none above.
 */
export async function writeAreas(ctx: Ctx, areas: readonly NewArea[]): Promise<string[]> {
  const db = ctx.db<PlatformTables>()
  const sorted = areas.toSorted((a, b) => areaLevel(a.code) - areaLevel(b.code) || a.code.localeCompare(b.code))
  const above = sorted.flatMap((area) => areaAbove(area.code) ?? [])
  const rows = above.length === 0 ? [] : await db.selectFrom('platform_area').select(['code', 'full_name']).where('code', 'in', [...new Set(above)]).execute()
  const names = new Map(rows.map((row) => [row.code, row.full_name]))
  const orphans: string[] = []
  const values = sorted.flatMap((area) => {
    const parent = areaAbove(area.code)
    const head = parent === null ? undefined : names.get(parent)
    if (head === undefined && areaLevel(area.code) > 3) {
      orphans.push(area.code)
      return []
    }
    const fullName = (head ?? '') + area.name
    names.set(area.code, fullName)
    return [{ code: area.code, name: area.name, full_name: fullName, level: areaLevel(area.code), parent_code: head === undefined ? null : parent, lon: area.lon, lat: area.lat }]
  })
  if (values.length > 0) {
    await sql`insert into platform_area (code, name, full_name, level, parent_code, lon, lat)
      select code, name, full_name, level, parent_code, lon, lat from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as a(code text, name text, full_name text, level int, parent_code text, lon float8, lat float8)
      on conflict (code) do update set name = excluded.name, full_name = excluded.full_name, parent_code = excluded.parent_code,
        lon = coalesce(excluded.lon, platform_area.lon), lat = coalesce(excluded.lat, platform_area.lat)`.execute(ctx.db())
  }
  return orphans
}

export async function importAreas(ctx: Ctx, input: Input<typeof contract.importAreas>): Promise<Output<typeof contract.importAreas>> {
  authorize(ctx, 'platform.manageAreas')
  const { areaCode } = await tenantById(ctx, ctx.tenantId)
  const note = (row: number, message: string) => ({ row, field: 'code', message })
  const seen = new Set<string>()
  const errors: Output<typeof contract.importAreas>['errors'] = []
  const good = input.areas.filter((area, index) => {
    const problem = seen.has(area.code) ? '编码重复' : area.code.startsWith(areaPrefix(areaCode)) ? null : '不在本租户区划之内'
    if (problem) errors.push(note(index + 1, problem))
    seen.add(area.code)
    return problem === null
  })
  const orphans = new Set(await writeAreas(ctx, good))
  input.areas.forEach((area, index) => {
    if (orphans.has(area.code)) errors.push(note(index + 1, '上级区划不存在'))
  })
  const imported = good.length - orphans.size
  ctx.audit({ module: 'platform', act: 'importAreas', objectType: 'key:area', text: `导入 ${imported} 个区划，错误 ${errors.length} 处` })
  return { imported, errors }
}

export async function changeArea(ctx: Ctx, input: Input<typeof contract.changeArea>): Promise<Record<string, never>> {
  authorize(ctx, 'platform.manageAreas')
  await checkOwn(ctx, input.code)
  const db = ctx.db<PlatformTables>()
  const area = await db.selectFrom('platform_area').selectAll().where('code', '=', input.code).executeTakeFirst()
  if (!area) throw kernelErrors('notFound')
  const { code, ...next } = input
  await db.updateTable('platform_area').set({ code, ...next }).where('code', '=', code).execute()
  if (next.name !== undefined && next.name !== area.name) {
    // Full names of the whole branch begin with the old one.
    const head = area.full_name.slice(0, area.full_name.length - area.name.length) + next.name
    await sql`update platform_area set full_name = ${head} || substr(full_name, ${area.full_name.length + 1}) where starts_with(code, ${areaPrefix(code)}) and starts_with(full_name, ${area.full_name})`.execute(ctx.db())
  }
  ctx.audit({ module: 'platform', act: 'changeArea', objectType: 'key:area', objectId: code, changes: changesOf({ ...area }, next) })
  return {}
}
