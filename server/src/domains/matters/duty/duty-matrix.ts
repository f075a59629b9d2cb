import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { areaNames, calendarOf, tenantById, unitsByIds } from '../../platform/index.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { decodeCursor, encodeCursor } from '../standard/list-cursor.ts'
import { nearestOnly } from '../standard/nearest.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { areaCovers, areasNest } from './area-cover.ts'
import type * as contract from './duty-contract.ts'
import { roleOf } from './duty.queries.ts'

type Matrix = Output<typeof contract.dutyMatrix>
type Cell = Matrix['cells'][number]

/**
 * Effective matters of a page against the units that have a line for them. A gap: no lead covers the whole area asked for
 * (default: the tenant's). An overlap: two leads whose areas are the
 * same, or lie in each other: then the narrower one wins at dispatch.
 */
export async function dutyMatrix(ctx: Ctx, input: Input<typeof contract.dutyMatrix>): Promise<Matrix> {
  authorize(ctx, 'matters.read')
  const area = input.areaCode ?? (await tenantById(ctx, ctx.tenantId)).areaCode
  const matters = await mattersOfPage(ctx, input)
  const shown = matters.slice(0, input.limit)
  const cells = await cellsOf(ctx, shown.map((matter) => matter.id), area)
  const perMatter = Map.groupBy(cells, (cell) => cell.matterId)
  const judged = shown.map((matter) => {
    const leads = (perMatter.get(matter.id) ?? []).filter((cell) => cell.role === 'lead')
    return { ...matter, gap: !leads.some((lead) => areaCovers(lead.areaCode, area)), overlaps: overlapsOf(leads) }
  })
  const wanted = judged.filter((matter) => input.only === 'all' || (input.only === 'gaps' ? matter.gap : matter.overlaps.length > 0))
  const kept = new Set(wanted.map((matter) => matter.id))
  const keptCells = cells.filter((cell) => kept.has(cell.matterId) && (!input.unitId?.length || input.unitId.includes(cell.unitId)))
  const units = await unitsByIds(ctx, keptCells.map((cell) => cell.unitId))
  const last = shown.at(-1)
  return {
    matters: wanted,
    units: [...units.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1)).map((unit) => ({ id: unit.id, name: unit.name })),
    cells: keptCells,
    next: last && matters.length > input.limit ? encodeCursor([last.code, last.id]) : null,
  }
}

async function mattersOfPage(ctx: Ctx, input: Input<typeof contract.dutyMatrix>): Promise<{ id: string; code: string; name: string }[]> {
  let query = ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select(['id', 'code', 'name'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').where(await nearestOnly(ctx, 'matter_matter'))
  if (input.directoryId) query = query.where(sql<boolean>`directory_path @> array[${input.directoryId}]::uuid[]`)
  if (input.cursor) {
    const [code, id] = decodeCursor(input.cursor)
    query = query.where(sql<boolean>`(code, id::text) > (${code}, ${id})`)
  }
  return query.orderBy('code').orderBy(sql`id::text`).limit(input.limit + 1).execute()
}

async function cellsOf(ctx: Ctx, matterIds: string[], area: string): Promise<Cell[]> {
  if (matterIds.length === 0) return []
  const today = localDate(ctx.clock.now(), (await calendarOf(ctx)).timeZone)
  const rows = await ctx.db<MattersTables>().selectFrom('matter_duty_entry').select(['id as dutyEntryId', 'matter_id as matterId', 'unit_id as unitId', 'role', 'area_code as areaCode'])
    .where('tenant_id', '=', ctx.tenantId).where('matter_id', 'in', matterIds).where('state', '=', 'effective')
    .where(sql<boolean>`coalesce(valid_to >= ${today}::date, true)`).orderBy('area_code').orderBy('id').execute()
  const near = rows.filter((row) => areasNest(row.areaCode, area))
  const names = await areaNames(ctx, near.map((row) => row.areaCode))
  return near.map((row) => ({ ...row, role: roleOf(row.role), areaName: names.get(row.areaCode) ?? row.areaCode }))
}

function overlapsOf(leads: Cell[]): Matrix['matters'][number]['overlaps'] {
  return leads.flatMap((a, index) =>
    leads.slice(index + 1).filter((b) => a.unitId !== b.unitId && areasNest(a.areaCode, b.areaCode)).map((b) => ({
      kind: a.areaCode === b.areaCode ? ('same' as const) : ('nested' as const), areaCodes: [a.areaCode, b.areaCode], unitIds: [a.unitId, b.unitId],
    })),
  )
}
