import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { unitsByIds } from '../../platform/index.ts'
import { mattersByIds } from '../matter/matter-by-id.ts'
import { commonFilters, listStandard } from '../standard/read-standard.ts'
import { searchPatterns } from '../standard/search-key.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type * as contract from './duty-line-contract.ts'
import { listNames } from './duty-line-kind.ts'

export async function listDutyLines(ctx: Ctx, input: Input<typeof contract.listDutyLines>): Promise<Output<typeof contract.listDutyLines>> {
  authorize(ctx, 'matters.read')
  const where = [sql<boolean>`tenant_id = ${ctx.tenantId}`, ...commonFilters(input, 'updated_at', 'UTC')]
  if (input.kind?.length) where.push(sql`kind = any(${input.kind})`)
  if (input.matterId) where.push(sql`matter_id = ${input.matterId}`)
  if (input.unitId) where.push(sql`unit_id = ${input.unitId}`)
  const chain = await tenantChain(ctx)
  for (const pattern of searchPatterns(input.query ?? '')) where.push(sql`(lower(text) like ${pattern} or matter_id in (select m.id from matter_matter m where m.tenant_id = any(${chain}::uuid[]) and m.search_key like ${pattern}))`)
  const page = await listStandard(ctx, 'dutyLine', { where, sort: 'id', cursor: input.cursor, limit: input.limit })
  const [matters, units] = [await mattersByIds(ctx, page.items.map((item) => item.matterId)), await unitsByIds(ctx, page.items.map((item) => item.unitId))]
  return { ...page, items: page.items.map((item) => ({ ...item, kindName: listNames[item.kind], matterCode: matters.get(item.matterId)?.code ?? '', matterName: matters.get(item.matterId)?.name ?? '', unitName: units.get(item.unitId)?.name ?? '' })) }
}
