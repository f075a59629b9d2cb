// Others nearby with the same matter: how many, what, roughly where, public state; never text, person, photo or number (decision 7).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { findMatter } from '../../matters/index.ts'
import { publicState, publicStateNames, type OrderState } from '../../orders/index.ts'
import { areaName, setting } from '../../platform/index.ts'
import { nearbyRule } from '../settings.ts'
import type * as contract from './catalogue-contract.ts'

const STREET = 9

export async function nearbyAppeals(ctx: Ctx, input: Input<typeof contract.nearbyAppeals>): Promise<Output<typeof contract.nearbyAppeals>> {
  const rule = await setting(ctx, nearbyRule)
  const matter = await findMatter(ctx, input.matterId)
  const street = input.areaCode.slice(0, STREET)
  const empty = { count: 0, matterName: matter?.name ?? '', place: '', states: [] }
  if (rule.days === 0 || !matter || matter.status !== 'effective') return empty
  const rows = await ctx
    .db()
    .selectFrom('order_view')
    .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('tenant_id', '=', ctx.tenantId)
    .where('matter_id', '=', matter.id)
    .where('area_code', 'like', `${street.replaceAll(/\D/g, '')}%`)
    .where('registered_at', '>', ts(plus(ctx.clock.now(), -rule.days * DAY)))
    .where('appeal_type', 'in', rule.appealTypes)
    .where('confidential', '=', false)
    .where('state', 'not in', ['withdrawn', 'merged'])
    .groupBy('state')
    .execute()
  const counts = new Map<string, { stateName: string; count: number }>()
  for (const row of rows) {
    const state = publicState(row.state as OrderState) // held to the list by a check constraint
    const held = counts.get(state)
    counts.set(state, { stateName: publicStateNames[state], count: (held?.count ?? 0) + row.n })
  }
  const states = [...counts].map(([state, of]) => ({ state, ...of }))
  const count = states.reduce((sum, s) => sum + s.count, 0)
  return { count, matterName: matter.name, place: await shortName(ctx, street), states }
}

/** The street's own name: the full one is too long for a telephone. */
async function shortName(ctx: Ctx, code: string): Promise<string> {
  const full = (await areaName(ctx, code)) ?? ''
  const above = (await areaName(ctx, code.slice(0, 6))) ?? ''
  return full.startsWith(above) ? full.slice(above.length) || full : full
}
