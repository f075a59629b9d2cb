import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { pickUnitRows } from '../units/unit.queries.ts'
import { pickRows } from '../users/user.queries.ts'
import type * as contract from './contract.ts'
import { searchSources, type SearchSource } from './search-sources.ts'

const IN_GROUP = 6
const ALONE = 20

/** Names of people and units are open to all staff of a tenant (they address each other); their pages are not. */
const own: SearchSource[] = [
  {
    kind: 'people', label: '人员',
    find: async (ctx, text, limit) => (await pickRows(ctx, { query: text }, null, limit)).map((user) => ({ id: user.id, title: user.name, hint: [user.unitName, user.staffNo].filter(Boolean).join(' · '), link: can(ctx, 'platform.readUsers') ? `/admin/users/${user.id}` : `/contacts?query=${encodeURIComponent(user.staffNo)}` })),
  },
  {
    kind: 'units', label: '单位',
    find: async (ctx, text, limit) => (await pickUnitRows(ctx, { query: text, limit })).map((unit) => ({ id: unit.id, title: unit.name, hint: unit.code, link: can(ctx, 'platform.manageUnits') ? `/admin/units?unit=${unit.id}` : `/contacts?unitId=${unit.id}` })),
  },
]

/** Groups in the order of the modules, orders first; a source that fails is left out: the others still help. */
export async function searchEverything(ctx: Ctx, input: Input<typeof contract.searchEverything>): Promise<Output<typeof contract.searchEverything>> {
  const sources = [...searchSources.all().flatMap((list) => list()), ...own].filter((source) => input.kind === undefined || source.kind === input.kind)
  const limit = input.kind === undefined ? IN_GROUP : ALONE
  const groups = await Promise.all(
    sources.map(async ({ kind, label, find }) => {
      try {
        return { kind, label, items: (await find(ctx, input.q, limit)).slice(0, limit) }
      } catch (error) {
        ctx.log.warn({ err: error, kind }, 'a search source failed')
        return { kind, label, items: [] }
      }
    }),
  )
  return { groups: groups.filter((group) => group.items.length > 0) }
}
