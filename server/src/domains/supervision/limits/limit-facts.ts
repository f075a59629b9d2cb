// By what limit boards group and narrow clocks: urgency, level of the unit, industry, category. The same words for counts and rows.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nodesUnder, schemeNodeById, urgencyLevels } from '../../matters/index.ts'
import { setting } from '../../platform/index.ts'
import type { LimitWay } from './limit-contract.ts'
import { levelNames, WITHOUT } from './limit-texts.zh-CN.ts'

type LimitNarrow = { urgency?: string | undefined; level?: number | undefined; industryId?: string | undefined; categoryId?: string | undefined }

/** Level of the unit whose clock it is, by the length of its area's code; 0 where no unit has the clock. */
const level = sql<number>`coalesce((select case when length(u.area_code) = 12 then 5 when length(u.area_code) = 9 then 4 when u.area_code like '%0000' then 1 when u.area_code like '%00' then 2 else 3 end from platform_unit_view u where u.tenant_id = c.tenant_id and u.id = c.unit_id and u.kind <> 'centre'), 0)`
/** The class that counts today: a retired one counts as what it is mapped to; the order keeps its own. */
const today = (column: RawBuilder<string | null>) => sql<string | null>`(select coalesce((select m.new_id from matter_node_mapping_view m where m.tenant_id = c.tenant_id and m.old_id = w.class_id), w.class_id) from (select ${column} as class_id) w)`
const industry = today(sql`(select s.industry_id from supervision_industry_view s where s.tenant_id = c.tenant_id and s.id = c.order_id)`)
const category = today(sql`o.category_id`)

export const limitKey: Record<LimitWay, RawBuilder<string | null>> = { urgency: sql`o.urgency`, level: sql`(${level})::text`, industry: sql`(${industry})::text`, category: sql`(${category})::text` }

/** Conditions on clocks `c` with their orders `o`; a class means all below it. */
export async function limitConditions(ctx: Ctx, of: LimitNarrow): Promise<RawBuilder<SqlBool>[]> {
  const found: RawBuilder<SqlBool>[] = []
  if (of.urgency !== undefined) found.push(sql<SqlBool>`o.urgency = ${of.urgency}`)
  if (of.level !== undefined) found.push(sql<SqlBool>`${level} = ${of.level}`)
  for (const [column, id] of [[industry, of.industryId], [category, of.categoryId]] as const) {
    if (id === undefined) continue
    const nodes = id === 'none' ? [] : await nodesUnder(ctx, id)
    found.push(id === 'none' ? sql<SqlBool>`${column} is null` : nodes.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${column} in (${sql.join(nodes)})`)
  }
  return found
}

/** Key, name and filter of a group; classes are counted under their root. */
export async function limitGroup(ctx: Ctx, by: LimitWay, raw: string | null): Promise<{ key: string; name: string; query: Record<string, string> }> {
  if (by === 'urgency') {
    const key = raw ?? 'normal'
    return { key, name: (await setting(ctx, urgencyLevels)).find((one) => one.code === key)?.name ?? key, query: { urgency: key } }
  }
  if (by === 'level') return { key: raw ?? '0', name: levelNames[Number(raw ?? 0)] ?? '', query: { level: raw ?? '0' } }
  const node = raw === null ? null : await schemeNodeById(ctx, raw)
  const key = node?.path[0] ?? raw ?? 'none'
  return { key, name: node?.pathNames[0] ?? WITHOUT[by], query: { [by === 'industry' ? 'industryId' : 'categoryId']: key } }
}
