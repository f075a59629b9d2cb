// Clocks, cards and boards as routes. Every figure names the list behind it by path and query.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { boundedCount, flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { limitFilter } from './limits/limit-contract.ts'
import { cardColours, cardStates, clockColours, clockKinds } from './supervision.ts'

const one = z.object({ id })
/** An area with all below it; `areaOnly`: what is filed under none of the areas below it. */
const areaFilter = { areaCode: z.string().regex(/^\d{2,12}$/).optional(), areaOnly: flag.optional() }
/** Also what stands in the centres below, for who reads downward. */
const below = flag.optional().describe('With the centres below')
const read = { permission: 'supervision.read' } as const

/** Opens the rows of a figure: GET path with this query. */
const behind = z.object({ path: z.string(), query: z.record(z.string(), z.string()) })
const figure = z.object({ key: z.string(), name: z.string(), count: z.number().int(), list: behind })

const clockRow = z.object({
  id,
  orderId: id,
  number: z.string(),
  title: z.string(),
  orderState: z.string(),
  orderStateName: z.string(),
  urgency: z.string(),
  kind: z.enum(clockKinds),
  kindName: z.string(),
  assignmentId: id.nullable(),
  unitId: id.nullable(),
  unitName: z.string().nullable(),
  ruleText: z.string(),
  amount: z.number(),
  basis: z.string(),
  basisName: z.string(),
  startedAt: instant,
  yellowAt: instant,
  dueAt: instant,
  state: z.enum(['running', 'paused', 'met', 'cancelled']),
  colour: z.enum(clockColours),
  metAt: instant.nullable(),
})

export const clockRegisterRoute = describeRoute({
  id: 'clockRegister', method: 'GET', path: '/api/supervision/clocks', summary: '时钟总表', audience: 'staff', access: read,
  query: z.object({ unitId: id.optional(), below }),
  response: z.object({
    items: z.array(z.object({ kind: z.enum(clockKinds), name: z.string(), running: z.number().int(), near: z.number().int(), overdue: z.number().int(), paused: z.number().int(), lists: z.object({ running: behind, near: behind, overdue: behind, paused: behind }) })),
  }),
})

export const listClocksRoute = describeRoute({
  id: 'listClocks', method: 'GET', path: '/api/supervision/clocks/rows', summary: '时钟明细', audience: 'staff', access: read,
  query: pageQuery.extend({
    kind: listOf(z.enum(clockKinds)).optional(),
    colour: listOf(z.enum(clockColours)).optional(),
    unitId: id.optional(),
    below,
    /** This unit alone, without what is below it. */
    ownUnitId: id.optional(),
    orderState: listOf(z.string().max(30)).optional(),
    /** Only clocks that are the nearest of their order, so that each order stands once. */
    nearest: flag.optional(),
    dueBefore: instant.optional(),
    /** Deadlines of a period, met ones included. */
    dueFrom: localDate.optional(),
    dueTo: localDate.optional(),
    met: flag.optional(),
    /** Met after the deadline, or running beyond it. */
    late: flag.optional(),
    urgency: limitFilter.urgency,
    level: limitFilter.level,
    industryId: limitFilter.industryId,
    categoryId: limitFilter.categoryId,
    ...areaFilter,
    /** In a further round after a dissatisfied answer. */
    redone: flag.optional(),
    /** Whether a unit's answer waits for its own leader. */
    reported: flag.optional(),
  }),
  response: pageOf(clockRow),
})

const reaction = z.object({ at: instant, act: z.string(), actName: z.string(), actorName: z.string() })
const cardRow = z.object({
  id,
  orderId: id,
  number: z.string(),
  title: z.string(),
  orderState: z.string(),
  orderStateName: z.string(),
  urgency: z.string(),
  colour: z.enum(cardColours),
  state: z.enum(cardStates),
  stateName: z.string(),
  clockId: id,
  clockKind: z.enum(clockKinds),
  clockName: z.string(),
  /** The clock's state now: an open card of a met clock is history. */
  clockState: z.string(),
  assignmentId: id.nullable(),
  unitId: id.nullable(),
  unitName: z.string().nullable(),
  dueAt: instant,
  issuedAt: instant,
  endedAt: instant.nullable(),
  endedReason: z.string().nullable(),
  recipients: z.array(z.object({ id, name: z.string(), read: z.boolean() })),
  /** First act on the assignment (or order) after the card; null: nobody did anything yet. */
  reaction: reaction.nullable(),
})

export const listCardsRoute = describeRoute({
  id: 'listCards', method: 'GET', path: '/api/supervision/cards', summary: '红黄牌列表', audience: 'staff', access: read,
  query: pageQuery.extend({
    colour: z.enum(cardColours).optional(),
    clock: listOf(z.enum(clockKinds)).optional(),
    /** With everything below it. */
    unitId: id.optional(),
    below,
    state: listOf(z.enum(cardStates)).optional(),
    /** Open cards whose clock still runs. */
    current: flag.optional(),
    ...areaFilter,
    from: localDate.optional(),
    to: localDate.optional(),
  }),
  response: pageOf(cardRow),
})

export const boardRoute = describeRoute({
  id: 'supervisionBoard', method: 'GET', path: '/api/supervision/board', summary: '监督看板', audience: 'staff', access: read,
  query: z.object({ unitId: id.optional(), below, clock: z.enum(clockKinds).optional(), from: localDate.optional(), to: localDate.optional() }),
  response: z.object({
    at: instant,
    figures: z.array(figure),
    /** What came about within the days asked for; empty without them. */
    period: z.array(figure),
    stages: z.array(z.object({ state: z.string(), name: z.string(), inTime: figure, near: figure, overdue: figure })),
    units: z.array(z.object({ unitId: id, unitName: z.string(), near: figure, overdue: figure, stayed: figure })),
  }),
})

export const listStaysRoute = describeRoute({
  id: 'listStays', method: 'GET', path: '/api/supervision/stays', summary: '滞留超时工单', audience: 'staff', access: read,
  query: pageQuery.extend({ unitId: id.optional(), below, ownUnitId: id.optional() }),
  response: pageOf(z.object({
    id, orderId: id, number: z.string(), title: z.string(), orderStateName: z.string(), unitId: id, unitName: z.string(), state: z.string(), stateName: z.string(), handlerId: id.nullable(), since: instant, hours: z.number(), dueAt: instant.nullable(),
  })),
})

export const listWatchedOrdersRoute = describeRoute({
  id: 'listWatchedOrders', method: 'GET', path: '/api/supervision/orders', summary: '重点监督工单', audience: 'staff', access: read,
  query: pageQuery.extend({ figure: z.enum(['returned', 'urged', 'repeatUrged', 'supervised']), unitId: id.optional(), below }),
  response: pageOf(z.object({
    id, number: z.string(), title: z.string(), state: z.string(), stateName: z.string(), unitName: z.string().nullable(), urgency: z.string(), returnCount: z.number().int(), urgeCount: z.number().int(), registeredAt: instant, nextDueAt: instant.nullable(), flags: z.array(z.string()),
  })),
})

export const dueListsRoute = describeRoute({
  id: 'dueLists', method: 'GET', path: '/api/supervision/due', summary: '到期提醒清单', audience: 'staff', access: read,
  query: pageQuery.extend({
    /** Orders with at most so many days left; each day its own count. */
    days: z.coerce.number().int().min(1).max(30).default(3),
    /** Rows of one day only: 1 = within the next 24 hours. */
    day: z.coerce.number().int().min(1).max(30).optional(),
    clock: z.enum(['handling', 'upper', 'ownEarlier']).optional(),
    unitId: id.optional(),
    below,
  }),
  response: z.object({
    counts: z.array(z.object({ clock: z.enum(clockKinds), clockName: z.string(), day: z.number().int(), name: z.string(), count: z.number().int(), list: behind })),
    items: z.array(clockRow.extend({ daysLeft: z.number().int(), reminders: z.array(z.object({ days: z.number().int(), at: instant, sent: z.boolean() })) })),
    next: z.string().nullable(),
    count: boundedCount,
  }),
})

export const orderCardsRoute = describeRoute({
  id: 'orderCards', method: 'GET', path: '/api/orders/:id/cards', summary: '工单的时钟、红黄牌与节点风险', audience: 'staff', access: { permission: 'orders.read' }, params: one,
  response: z.object({
    cards: z.array(cardRow),
    clocks: z.array(clockRow),
    risks: z.object({
      nextUrgingAt: instant.nullable(),
      handlingDueAt: instant.nullable(),
      /** Who holds it now and since when; over: longer than the limit of hours. */
      stays: z.array(z.object({ unitId: id, unitName: z.string(), since: instant, hours: z.number(), limitHours: z.number(), over: z.boolean() })),
    }),
    reminders: z.array(z.object({ clock: z.enum(clockKinds), clockName: z.string(), days: z.number().int(), at: instant, sent: z.boolean(), recipients: z.number().int() })),
  }),
})
