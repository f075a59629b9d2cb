import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { areaNames, areaPrefix, calendarOf, unitsByIds } from '../../platform/index.ts'
import { mattersByIds } from '../matter/matter-by-id.ts'
import { commonFilters, getStandard, listStandard, type StandardItem } from '../standard/read-standard.ts'
import { searchPatterns } from '../standard/search-key.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type * as contract from './duty-contract.ts'
import { roleNames } from './duty-kind.ts'
import { negativeUnits, recommendUnits } from './recommend-units.ts'

type DutyItem = Output<typeof contract.listDuties>['items'][number]

export async function listDuties(ctx: Ctx, input: Input<typeof contract.listDuties>): Promise<Output<typeof contract.listDuties>> {
  authorize(ctx, 'matters.read')
  const { timeZone } = await calendarOf(ctx)
  const chain = await tenantChain(ctx)
  const where = [sql<boolean>`tenant_id = ${ctx.tenantId}`, ...commonFilters(input, 'updated_at', timeZone)]
  if (input.matterId) where.push(sql`matter_id = ${input.matterId}`)
  for (const pattern of searchPatterns(input.query ?? '')) {
    where.push(sql`(matter_id in (select m.id from matter_matter m where m.tenant_id = any(${chain}::uuid[]) and m.search_key like ${pattern}) or lower(coalesce(implementation_name, '')) like ${pattern})`)
  }
  if (input.directoryId) where.push(sql`matter_id in (select m.id from matter_matter m where m.tenant_id = any(${chain}::uuid[]) and m.directory_path @> array[${input.directoryId}]::uuid[])`)
  if (input.code) where.push(sql`starts_with(implementation_code, ${input.code})`)
  if (input.unitId) where.push(sql`unit_id = ${input.unitId}`)
  if (input.mine) where.push(sql`unit_id = any(${ctx.actor.unitIds}::uuid[])`)
  if (input.role?.length) where.push(sql`role = any(${input.role})`)
  if (input.areaCode) where.push(sql`starts_with(area_code, ${areaPrefix(input.areaCode)})`)
  if (input.matterType) where.push(sql`matter_type = ${input.matterType}`)
  if (input.implementationType) where.push(sql`implementation_type = ${input.implementationType}`)
  const page = await listStandard(ctx, 'dutyEntry', { where, sort: 'id', cursor: input.cursor, limit: input.limit })
  return { ...page, items: await withNames(ctx, page.items) }
}

export async function getDuty(ctx: Ctx, input: Input<typeof contract.getDuty>): Promise<Output<typeof contract.getDuty>> {
  authorize(ctx, 'matters.read')
  const [item] = await withNames(ctx, [await getStandard(ctx, 'dutyEntry', input.id)])
  return item as DutyItem // one in, one out
}

async function withNames(ctx: Ctx, items: StandardItem<'dutyEntry'>[]): Promise<DutyItem[]> {
  const [matters, units, areas] = await Promise.all([
    mattersByIds(ctx, items.map((item) => item.matterId)),
    unitsByIds(ctx, items.map((item) => item.unitId)),
    areaNames(ctx, items.map((item) => item.areaCode)),
  ])
  return items.map((item) => ({
    ...item,
    matterCode: matters.get(item.matterId)?.code ?? '',
    matterName: matters.get(item.matterId)?.name ?? '',
    unitName: units.get(item.unitId)?.name ?? '',
    areaName: areas.get(item.areaCode) ?? item.areaCode,
    roleName: roleNames[item.role],
  }))
}

/** Units for a matter in an area with the list line as reason, and those that must not get it. */
export async function recommendation(ctx: Ctx, input: Input<typeof contract.recommendation>): Promise<Output<typeof contract.recommendation>> {
  authorize(ctx, 'matters.read')
  const units = await recommendUnits(ctx, input)
  const negative = await negativeUnits(ctx, input)
  const names = await unitsByIds(ctx, [...units, ...negative].map((unit) => unit.unitId))
  const nameOf = (id: string): string => names.get(id)?.name ?? ''
  return {
    units: units.map((unit) => ({ ...unit, unitName: nameOf(unit.unitId) })),
    negative: negative.map((unit) => ({ ...unit, unitName: nameOf(unit.unitId) })),
  }
}
