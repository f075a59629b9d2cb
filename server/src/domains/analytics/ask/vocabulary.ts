// What may be named in a question: places below the tenant's own, its units, categories with all below them, matters.
import type { Ctx } from '../../../kernel/ctx.ts'
import { localDate } from '../../../kernel/time/index.ts'
import type { Catalogue } from '../../data/index.ts'
import { effectiveNodes, matterNames } from '../../matters/index.ts'
import { activeUnits, areaNames, areasUnder, tenantById } from '../../platform/index.ts'
import type { Member, Vocabulary } from './members.ts'

const levels: Record<number, string> = { 3: 'county', 4: 'street', 5: 'community' }
const MOST_KEYS = 200

/** Members of one name and dimension count together: two categories called 供水 are both meant. */
function gathered(list: readonly { dimension: string; name: string; keys: string[] }[]): Member[] {
  return [...Map.groupBy(list, (m) => `${m.dimension} ${m.name}`).values()].map((same) => ({ dimension: same[0]?.dimension ?? '', name: same[0]?.name ?? '', keys: [...new Set(same.flatMap((m) => m.keys))].slice(0, MOST_KEYS) }))
}

export async function vocabularyOf(ctx: Ctx, catalogue: Catalogue): Promise<Vocabulary> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  const [areas, units, categories, matters, own] = await Promise.all([areasUnder(ctx, tenant.areaCode), activeUnits(ctx), effectiveNodes(ctx, 'category', localDate(ctx.clock.now(), tenant.timeZone)), matterNames(ctx), areaNames(ctx, [tenant.areaCode])])
  const members = [
    ...areas.flatMap((a) => (levels[a.level] ? [{ dimension: levels[a.level] ?? '', name: a.name, keys: [a.code] }] : [])), ...units.map((u) => ({ dimension: 'unit', name: u.name, keys: [u.id] })),
    ...categories.map((c) => ({ dimension: 'category', name: c.name, keys: [c.id, ...categories.filter((below) => below.id !== c.id && below.path.includes(c.id)).map((below) => below.id)] })), ...matters.map((m) => ({ dimension: 'matter', name: m.name, keys: [m.id] })),
  ]
  return { place: (own.get(tenant.areaCode) ?? '').match(/[^省市区县]+[市区县]$/)?.[0] ?? '', members: gathered(members), indicators: [...catalogue.values()].filter((entry) => entry.state === 'active').map(({ code, name }) => ({ code, name })) }
}
