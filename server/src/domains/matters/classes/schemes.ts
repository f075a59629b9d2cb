import type { Ctx } from '../../../kernel/ctx.ts'
import { cachedPart } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { schemeUse, shippedSchemes, type SchemeDefinition } from './scheme-defaults.ts'

export type Scheme = SchemeDefinition & { revision: number; origin: 'own' | 'upper' | 'shipped' }

/** Classification schemes that hold here: shipped definitions, replaced and completed by upper tenants' and own ones. */
export const schemes = (ctx: Ctx): Promise<Scheme[]> =>
  cachedPart(ctx, 'schemes', async (chain) => {
    const rows = await ctx.acrossTenants<MattersTables>('schemes of upper tenants hold below').selectFrom('matter_scheme')
      .select(['tenant_id as tenantId', 'code', 'name', 'description', 'used_in as usedIn', 'revision']).where('tenant_id', 'in', chain).orderBy('code').execute()
    const found = new Map<string, Scheme>(shippedSchemes.map((scheme) => [scheme.code, { ...scheme, revision: 0, origin: 'shipped' }]))
    for (const tenantId of chain.toReversed()) {
      for (const { tenantId: owner, ...row } of rows) {
        if (owner === tenantId) found.set(row.code, { ...row, usedIn: schemeUse.parse(row.usedIn), origin: owner === ctx.tenantId ? 'own' : 'upper' })
      }
    }
    return [...found.values()]
  })
