// Who is told: the handlers of the step an order is in, and the leaders of their unit.
import type { Ctx } from '../../kernel/ctx.ts'
import { unitsByIds, usersOf } from '../platform/index.ts'

export type Person = { id: string; name: string }

/** Looks each unit up once: a sweep tells hundreds of clocks of the same few units. */
export function peopleFinder(ctx: Ctx) {
  const cache = new Map<string, Promise<Person[]>>()
  const of = (key: string, find: () => Promise<Person[]>): Promise<Person[]> => {
    const known = cache.get(key)
    if (known) return known
    const found = find()
    cache.set(key, found)
    return found
  }
  const inUnit = (unitId: string, permission: string): Promise<Person[]> => of(`${unitId} ${permission}`, () => usersOf(ctx, { unitId, permission }))

  /** Handlers of a unit (the named one, if there is one) and its leaders; a unit without people is answered for by the one above it, at last by the dispatch desk. */
  async function ofUnit(unitId: string, handlerId: string | null, withLeaders = true): Promise<Person[]> {
    const handlers = await inUnit(unitId, 'orders.handle')
    const leaders = withLeaders || handlers.length === 0 ? await inUnit(unitId, 'orders.approve') : []
    const named = handlers.filter((p) => p.id === handlerId)
    const people = [...(named.length > 0 ? named : handlers), ...leaders]
    if (people.length > 0) return unique(people)
    const unit = (await unitsByIds(ctx, [unitId])).get(unitId)
    return unit?.parentId ? ofUnit(unit.parentId, null) : of('orders.dispatch', () => usersOf(ctx, { permission: 'orders.dispatch' }))
  }

  return {
    ofUnit: (unitId: string, handlerId: string | null, withLeaders = true): Promise<Person[]> => ofUnit(unitId, handlerId, withLeaders),
    inUnit,
    /** Everybody in the tenant who holds a permission: the desks of the centre. */
    desk: (permission: string): Promise<Person[]> => of(permission, () => usersOf(ctx, { permission })),
  }
}
export type PeopleFinder = ReturnType<typeof peopleFinder>

export const unique = (people: readonly Person[]): Person[] => [...new Map(people.map((p) => [p.id, p])).values()]

/** The desk that has an order while no unit has it. */
export const deskOf: Record<string, string> = { draft: 'orders.register', pendingReview: 'orders.review', pendingDispatch: 'orders.dispatch', pendingResultReview: 'orders.reviewResult', inProgress: 'orders.dispatch', pendingCallback: 'callback.complete' }
