import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { unitsByIds } from '../../platform/index.ts'
import { negativeUnits, recommendUnits } from '../duty/recommend-units.ts'
import { nearestOnly } from '../standard/nearest.ts'
import { searchPatterns } from '../standard/search-key.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { allDirectories } from './directories.ts'
import { matterById } from './matter-by-id.ts'
import type * as contract from './matter-contract.ts'

/** Effective matters for a picker; the exact code first, then names that begin with the query, then the rest. */
export async function searchMatters(ctx: Ctx, input: Input<typeof contract.searchMatters>): Promise<Output<typeof contract.searchMatters>> {
  authorize(ctx, 'matters.read')
  let query = ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter')
    .select(['id', 'code', 'name', 'directory_path as path', 'appeal_types as appealTypes', 'competent_unit_id as competentUnitId'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').where(await nearestOnly(ctx, 'matter_matter'))
  for (const pattern of searchPatterns(input.query)) query = query.where('search_key', 'like', pattern)
  if (input.directoryId) query = query.where(sql<boolean>`directory_path @> array[${input.directoryId}]::uuid[]`)
  if (input.appealType) query = query.where(sql<boolean>`(appeal_types = '{}' or ${input.appealType} = any(appeal_types))`)
  if (input.nodeId) query = query.where(sql<boolean>`id in (select l.matter_id from matter_link l where l.tenant_id = ${ctx.tenantId} and l.node_id = ${input.nodeId})`)
  const text = input.query.toLowerCase()
  const rows = await query
    .orderBy(sql`case when lower(code) = ${text} then 0 when ${text} <> '' and starts_with(lower(name), ${text}) then 1 when ${text} <> '' and position(${text} in lower(name)) > 0 then 2 else 3 end`)
    .orderBy('code').limit(input.limit).execute()
  const directories = await allDirectories(ctx)
  const units = await unitsByIds(ctx, rows.flatMap((row) => row.competentUnitId ?? []))
  return {
    items: rows.map((row) => ({ ...row, path: row.path.map((id) => directories.get(id)?.name ?? ''), competentUnitName: units.get(row.competentUnitId ?? '')?.name ?? null })),
  }
}

/** What registration shows once a matter is chosen; only effective matters are offered. */
export async function registrationMatter(ctx: Ctx, input: Input<typeof contract.registrationMatter>): Promise<Output<typeof contract.registrationMatter>> {
  authorize(ctx, 'matters.read')
  const matter = await matterById(ctx, input.id, { appealType: input.appealType })
  if (matter.status !== 'effective') throw kernelErrors('notFound')
  const where = input.areaCode ? { matterId: matter.id, areaCode: input.areaCode } : null
  const units = where ? await recommendUnits(ctx, where) : []
  const negative = where ? await negativeUnits(ctx, where) : []
  const names = await unitsByIds(ctx, [...units, ...negative].map((unit) => unit.unitId))
  const nameOf = (id: string): string => names.get(id)?.name ?? ''
  return {
    ...matter,
    units: units.map((unit) => ({ ...unit, unitName: nameOf(unit.unitId) })),
    negative: negative.map((unit) => ({ ...unit, unitName: nameOf(unit.unitId) })),
  }
}
