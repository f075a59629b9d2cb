// Who hears of a card beside its unit: by the time-limit rule of the order, else by the tenant's setting (MAT-20).
import type { Ctx } from '../../kernel/ctx.ts'
import { findMatter, limitFor, schemeNodeById, type LimitClock } from '../matters/index.ts'
import type { ClockRow } from '../orders/index.ts'
import { setting, unitsByIds } from '../platform/index.ts'
import type { PeopleFinder, Person } from './recipients.ts'
import { cardReceivers } from './settings.ts'
import type { CardColour } from './supervision.ts'

export type CardOrder = { matterId: string | null; categoryId: string | null; industryId: string | null; appealType: string | null; urgency: string | null }
const ruled: readonly string[] = ['sign', 'response', 'handling', 'resultReview', 'firstContact'] satisfies LimitClock[]

/** Receivers by the rule that holds for the order now: who is told is a matter of today, the deadline one of its start. */
export async function receiversOf(ctx: Ctx, colour: CardColour, clock: Pick<ClockRow, 'kind' | 'unit_id'>, order: CardOrder): Promise<readonly string[]> {
  const kind = ruled.find((one) => one === clock.kind) as LimitClock | undefined // the list above
  if (kind !== undefined && order.appealType !== null) {
    const unit = clock.unit_id ? (await unitsByIds(ctx, [clock.unit_id])).get(clock.unit_id) : undefined
    const rule = await limitFor(ctx, { matterId: order.matterId, categoryId: order.categoryId, industryId: order.industryId, appealType: order.appealType, urgency: order.urgency ?? 'normal', clock: kind, ...(unit ? { unitKind: unit.kind } : {}) })
    const named = rule?.receivers[colour]
    if (named !== undefined) return named
  }
  return (await setting(ctx, cardReceivers))[colour]
}

/** People beyond the unit's own: of the industry, of the department above, of the centre. */
export async function furtherPeople(ctx: Ctx, receivers: readonly string[], unitId: string | null, order: CardOrder, people: PeopleFinder): Promise<Person[]> {
  const found: Person[] = []
  if (receivers.includes('industryOwner')) {
    const owner = await industryOwner(ctx, order)
    if (owner !== null && owner !== unitId) found.push(...(await people.inUnit(owner, 'orders.approve')))
  }
  if (receivers.includes('superior') && unitId !== null) {
    const unit = (await unitsByIds(ctx, [unitId])).get(unitId)
    const above = unit?.parentId ? (await unitsByIds(ctx, [unit.parentId])).get(unit.parentId) : undefined
    // Above a unit of the first row stands the centre, whose supervisors supervise it.
    found.push(...(above && above.kind !== 'centre' ? await people.inUnit(above.id, 'orders.approve') : await people.desk('supervision.manage')))
  }
  if (receivers.includes('centre')) found.push(...(await people.desk('supervision.manage')))
  return found
}

/** The unit that answers for the industry, else for the category, else for the matter. */
async function industryOwner(ctx: Ctx, order: CardOrder): Promise<string | null> {
  for (const id of [order.industryId, order.categoryId]) {
    const path = id ? ((await schemeNodeById(ctx, id))?.path ?? []) : []
    for (const node of path.toReversed()) {
      const owner = (await schemeNodeById(ctx, node))?.ownerUnitId
      if (owner) return owner
    }
  }
  return order.matterId ? ((await findMatter(ctx, order.matterId))?.competentUnitId ?? null) : null
}
