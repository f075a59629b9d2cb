import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { changesOf } from '../changes.ts'
import { likeText } from '../reach.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { areaPrefix } from './area-tree.ts'
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

const lengths = [6, 6, 6, 9, 12]

export async function createArea(ctx: Ctx, input: Input<typeof contract.createArea>): Promise<{ code: string }> {
  authorize(ctx, 'platform.manageAreas')
  await checkOwn(ctx, input.code)
  const db = ctx.db<PlatformTables>()
  const parent = input.parentCode === null ? null : await db.selectFrom('platform_area').select(['level', 'full_name', 'code']).where('code', '=', input.parentCode).executeTakeFirst()
  const level = parent ? parent.level + 1 : 1
  const fits = parent !== undefined && level <= 5 && input.code.length === lengths[level - 1] && (parent === null || input.code.startsWith(areaPrefix(parent.code)))
  if (!fits) throw areaErrors('badAreaParent', { fields: [{ path: 'parentCode', message: '上级不存在，或编码与上级不符' }] })
  const row = await db
    .insertInto('platform_area')
    .values({ code: input.code, name: input.name, full_name: (parent?.full_name ?? '') + input.name, level, parent_code: input.parentCode, lon: input.lon, lat: input.lat })
    .onConflict((c) => c.doNothing())
    .returning('code')
    .executeTakeFirst()
  if (!row) throw areaErrors('areaTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  ctx.audit({ module: 'platform', act: 'createArea', objectType: 'key:area', objectId: input.code, changes: { name: { old: null, new: input.name } } })
  return row
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
