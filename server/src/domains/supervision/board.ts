// The board: figures, stages and units, each with the list behind it. A figure is counted by the very query of its list.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { HOUR, plus, type Instant } from '../../kernel/time/index.ts'
import { assignmentStateNames, stateNames, type OrderState } from '../orders/index.ts'
import { afterCursor, afterCursorUp, boundCount, nextPage, setting, type HomeCard, type HomeSource } from '../platform/index.ts'
import { cardQuery } from './read-cards.ts'
import { clockQuery } from './read-clocks.ts'
import { owedUrges, urgeQuery } from './read-urges.ts'
import type * as contract from './contract.ts'
import { returnsWatched, stayAtUnit } from './settings.ts'
import { chosenQuery, clockColour, db, holders, inUnit, listedTenants, ownLine, readableTenants, seesOrder, type Chosen } from './supervision.queries.ts'
import { filterTasks, taskQuery } from './tasks/read-tasks.ts'
import { hitQuery } from './hits/hits.ts'
import type { clockKinds } from './supervision.ts'

const OPEN_STAGES = ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback'] as const satisfies OrderState[]
const TOP_UNITS = 10
const EPOCH = 0 as Instant // columns of views are nullable to the compiler only

type Unit = Pick<Chosen, 'unitId' | 'ownUnitId' | 'below'>

/** Tasks of running orders that one unit has held for longer than the limit of hours. A report still owed on a finished order holds nobody up. */
async function stays(ctx: Ctx, input: Unit) {
  const limit = plus(ctx.clock.now(), -(await setting(ctx, stayAtUnit)) * HOUR)
  let query = holders(ctx, input).where('a.dispatched_at', '<', ts(limit)).where('o.state', 'in', OPEN_STAGES)
  if (input.unitId) query = query.where(inUnit(ctx, 'a.unit_id', input.unitId))
  if (input.ownUnitId) query = query.where('a.unit_id', '=', input.ownUnitId)
  return query
}

export async function listStays(ctx: Ctx, input: Input<typeof contract.listStaysRoute>) {
  authorize(ctx, 'supervision.read')
  const query = await stays(ctx, input)
  const rows = await query
    .select(['a.id', 'a.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 'a.unit_id as unitId', 'a.unit_name as unitName', 'a.state', 'a.handler_id as handlerId', 'a.dispatched_at as since', 'a.due_at as dueAt'])
    .where(afterCursorUp(input.cursor, 'a.dispatched_at', 'a.id')).orderBy('a.dispatched_at').orderBy('a.id').limit(input.limit + 1).execute()
  const page = nextPage(rows.map((r) => ({ ...r, id: r.id ?? '' })), input.limit, (r) => r.since ?? EPOCH)
  const items = page.items.map(({ orderState, ...r }) => ({
    ...r, orderId: r.orderId ?? '', number: r.number ?? '', title: r.title ?? '', orderStateName: stateNames[orderState as OrderState], unitId: r.unitId ?? '', unitName: r.unitName ?? '', state: r.state ?? '',
    stateName: assignmentStateNames[r.state as keyof typeof assignmentStateNames] ?? '', since: r.since ?? EPOCH, hours: Math.floor((ctx.clock.now() - (r.since ?? 0)) / HOUR),
  }))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

type Watched = Pick<Input<typeof contract.listWatchedOrdersRoute>, 'figure' | 'unitId' | 'below'>

/** Open orders that were returned often, or that carry a flag. */
async function watched(ctx: Ctx, input: Watched) {
  let query = db(ctx)
    .selectFrom('order_view as o')
    .innerJoin('orders_pub_order_view as w', (join) => join.onRef('w.tenant_id', '=', 'o.tenant_id').onRef('w.id', '=', 'o.id'))
    .where('o.tenant_id', 'in', listedTenants(ctx, input))
    .where('o.state', 'in', OPEN_STAGES)
    .where((eb) => seesOrder(ctx, eb as never) as never)
    // A unit sees what it has been given: the rule of orders has checked that already; the lead may be another unit.
    .where(input.unitId ? inUnit(ctx, 'o.lead_unit_id', input.unitId) : sql<SqlBool>`true`)
  if (input.figure === 'returned') query = query.where('w.return_count', '>=', await setting(ctx, returnsWatched))
  else query = query.where(sql<SqlBool>`o.flags @> array[${input.figure}]::text[]`)
  return query
}

export async function listWatchedOrders(ctx: Ctx, input: Input<typeof contract.listWatchedOrdersRoute>) {
  authorize(ctx, 'supervision.read')
  const query = await watched(ctx, input)
  const rows = await query
    .select(['o.id', 'o.number', 'o.title', 'o.state', 'o.lead_unit_name as unitName', 'o.urgency', 'w.return_count as returnCount', 'w.urge_count as urgeCount', 'o.registered_at as registeredAt', 'w.next_due_at as nextDueAt', 'o.flags'])
    .where(afterCursor(input.cursor, 'o.registered_at', 'o.id')).orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.registeredAt ?? EPOCH)
  const items = page.items.map((r) => ({ ...r, number: r.number ?? '', title: r.title ?? '', state: r.state ?? '', stateName: stateNames[r.state as OrderState], urgency: r.urgency ?? '', returnCount: r.returnCount ?? 0, urgeCount: r.urgeCount ?? 0, registeredAt: r.registeredAt ?? EPOCH, flags: r.flags ?? [] }))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

type Countable = { select: (column: ReturnType<typeof total>) => { executeTakeFirstOrThrow: () => Promise<{ n: number }> } }
const total = () => sql<number>`count(*)`.as('n')
const countOf = async (query: unknown): Promise<number> => (await (query as Countable).select(total()).executeTakeFirstOrThrow()).n // every query here takes one more column

const CLOCKS = '/api/supervision/clocks/rows'

export async function supervisionBoard(ctx: Ctx, input: Input<typeof contract.boardRoute>) {
  authorize(ctx, 'supervision.read')
  const unit = chosenQuery(input)
  const chosen = { unitId: input.unitId, below: input.below }
  // One kind of clock counts each of its clocks; all kinds together count each order once, by its nearest.
  const range: { kind?: (typeof clockKinds)[number][]; nearest?: true } = input.clock ? { kind: [input.clock] } : { nearest: true }
  const rangeQuery: Record<string, string> = input.clock ? { kind: input.clock } : { nearest: 'true' }
  const cardClock = input.clock ? { clock: [input.clock] } : {}
  const cardQueryOf: Record<string, string> = input.clock ? { clock: input.clock } : {}
  const byStage = await (await clockQuery(ctx, { ...range, ...chosen })).select(['o.state', (await clockColour(ctx)).as('colour'), total()]).groupBy(['o.state', sql`2`]).execute()
  const sum = (colour: string, state?: string): number => byStage.filter((r) => r.colour === colour && (state === undefined || r.state === state)).reduce((all, r) => all + r.n, 0)
  const clockFigure = (key: string, name: string, colour: string, count: number, more: Record<string, string> = {}) => ({ key, name, count, list: { path: CLOCKS, query: { ...rangeQuery, colour, ...unit, ...more } } })
  const figure = (key: string, name: string, count: number, path: string, query: Record<string, string>) => ({ key, name, count, list: { path, query: { ...query, ...unit } } })
  const hours = await setting(ctx, stayAtUnit)
  const returns = await setting(ctx, returnsWatched)
  const watchedFigure = async (key: Watched['figure'], name: string) => figure(key, name, await countOf(await watched(ctx, { figure: key, ...chosen })), '/api/supervision/orders', { figure: key })
  return {
    at: ctx.clock.now(),
    figures: [
      clockFigure('near', '临期工单', 'yellow', sum('yellow')),
      clockFigure('overdue', '超期工单', 'red', sum('red')),
      figure('stayed', `滞留超 ${hours} 小时`, await countOf(await stays(ctx, input)), '/api/supervision/stays', {}),
      await watchedFigure('returned', `退单 ${returns} 次以上`),
      figure('yellowCards', '有效黄牌', await countOf(await cardQuery(ctx, { colour: 'yellow', current: true, ...chosen, ...cardClock })), '/api/supervision/cards', { colour: 'yellow', current: 'true', ...cardQueryOf }),
      figure('redCards', '有效红牌', await countOf(await cardQuery(ctx, { colour: 'red', current: true, ...chosen, ...cardClock })), '/api/supervision/cards', { colour: 'red', current: 'true', ...cardQueryOf }),
      figure('urgesOwed', '催办未答复', (await owedUrges(ctx, chosen)).value, '/api/urges', { owed: 'true' }),
      figure('tasksOpen', '督办待答复', await countOf(taskQuery(ctx, { state: ['open'], ...chosen })), '/api/supervision/tasks', { state: 'open' }),
      await watchedFigure('supervised', '督办工单'),
      await watchedFigure('repeatUrged', '重复催办工单'),
    ],
    period: await periodFigures(ctx, input),
    stages: OPEN_STAGES.filter((state) => byStage.some((r) => r.state === state)).map((state) => ({
      state, name: stateNames[state],
      inTime: clockFigure('inTime', '正常', 'green', sum('green', state), { orderState: state }),
      near: clockFigure('near', '临期', 'yellow', sum('yellow', state), { orderState: state }),
      overdue: clockFigure('overdue', '超期', 'red', sum('red', state), { orderState: state }),
    })),
    units: await topUnits(ctx, input),
  }
}

/** What came about within some days: each figure opens exactly its rows. */
async function periodFigures(ctx: Ctx, input: Input<typeof contract.boardRoute>) {
  if (!input.from || !input.to) return []
  const days = { from: input.from, to: input.to, unitId: input.unitId, below: input.below }
  const query: Record<string, string> = { from: input.from, to: input.to, ...chosenQuery(input) }
  const clock = input.clock ? { clock: [input.clock] } : {}
  const figure = async (key: string, name: string, counted: unknown, path: string, more: Record<string, string>) => ({ key, name, count: await countOf(counted), list: { path, query: { ...query, ...more } } })
  const clockQueryOf: Record<string, string> = input.clock ? { clock: input.clock } : {}
  return [
    await figure('yellowIssued', '发出黄牌', await cardQuery(ctx, { ...days, ...clock, colour: 'yellow' }), '/api/supervision/cards', { colour: 'yellow', ...clockQueryOf }),
    await figure('redIssued', '发出红牌', await cardQuery(ctx, { ...days, ...clock, colour: 'red' }), '/api/supervision/cards', { colour: 'red', ...clockQueryOf }),
    await figure('tasksOpened', '发起督办', await filterTasks(ctx, days), '/api/supervision/tasks', {}),
    await figure('tasksOnTime', '督办按期结案', await filterTasks(ctx, { ...days, onTime: true }), '/api/supervision/tasks', { onTime: 'true' }),
    await figure('tasksRaised', '督办提级', await filterTasks(ctx, { ...days, extended: true }), '/api/supervision/tasks', { extended: 'true' }),
    await figure('alerts', '预警', await hitQuery(ctx, { ...days, effect: 'alert' }), '/api/supervision/hits', { effect: 'alert' }),
    await figure('findings', '巡检发现', await hitQuery(ctx, { ...days, effect: 'finding' }), '/api/supervision/hits', { effect: 'finding' }),
    await figure('urges', '催办', await urgeQuery(ctx, days), '/api/urges', {}),
  ]
}

/** The units with most overdue handling, each counted by itself. */
async function topUnits(ctx: Ctx, input: Unit) {
  const late = await (await clockQuery(ctx, { kind: ['handling'], colour: ['yellow', 'red'], unitId: input.unitId, below: input.below })).where('c.unit_id', 'is not', null).select(['c.unit_id as unitId', (await clockColour(ctx)).as('colour'), total()]).groupBy(['c.unit_id', sql`2`]).execute()
  const stayed = await (await stays(ctx, input)).select(['a.unit_id as unitId', total()]).groupBy('a.unit_id').execute()
  const n = (unitId: string, colour: string): number => late.find((r) => r.unitId === unitId && r.colour === colour)?.n ?? 0
  const rows = [...new Set([...late, ...stayed].flatMap((r) => (r.unitId ? [r.unitId] : [])))]
    .map((unitId) => ({ unitId, near: n(unitId, 'yellow'), overdue: n(unitId, 'red'), stayed: stayed.find((s) => s.unitId === unitId)?.n ?? 0 }))
    .toSorted((a, b) => b.overdue - a.overdue || b.stayed - a.stayed || b.near - a.near)
    .slice(0, TOP_UNITS)
  if (rows.length === 0) return []
  const names = await db(ctx).selectFrom('platform_unit_view').select(['id', 'name']).where('tenant_id', 'in', readableTenants(ctx)).where('id', 'in', rows.map((r) => r.unitId)).execute()
  return rows.map(({ unitId, ...counts }) => {
    const list = (colour: string) => ({ path: CLOCKS, query: { kind: 'handling', colour, ownUnitId: unitId } })
    return {
      unitId, unitName: names.find((u) => u.id === unitId)?.name ?? '',
      near: { key: 'near', name: '临期', count: counts.near, list: list('yellow') }, overdue: { key: 'overdue', name: '超期', count: counts.overdue, list: list('red') },
      stayed: { key: 'stayed', name: '滞留', count: counts.stayed, list: { path: '/api/supervision/stays', query: { ownUnitId: unitId } } },
    }
  })
}

/** Requests for an instruction that name the actor; those in steps stand among the approvals. */
const askedOf = (ctx: Ctx) => db(ctx).selectFrom('supervision_instruction as i').where('i.tenant_id', '=', ctx.tenantId).where('i.state', '=', 'requested').where('i.leader_id', '=', ctx.actor.id)

/** Cards, urges, tasks and requests that wait for the person's unit. */
export const supervisionTodo: HomeSource = async (ctx) => {
  if (ctx.actor.kind !== 'user' || !can(ctx, 'supervision.read')) return { cards: [], todo: [] }
  const red = await cardQuery(ctx, { colour: 'red', current: true })
  const yellow = await cardQuery(ctx, { colour: 'yellow', current: true })
  const answers = can(ctx, 'supervision.answer')
  const cards: HomeCard[] = [
    { id: 'supervision.red', title: '红牌', ...(await boundCount(ctx, red)), tone: 'over', link: '/supervision/cards?colour=red&current=true' },
    { id: 'supervision.yellow', title: '黄牌', ...(await boundCount(ctx, yellow)), tone: 'near', link: '/supervision/cards?colour=yellow&current=true' },
    { id: 'supervision.urges', title: '催办未答复', ...(await owedUrges(ctx)), link: '/supervision/urges?owed=true', ...(answers ? { todo: true } : {}) },
    { id: 'supervision.tasks', title: '督办待答复', ...(await boundCount(ctx, taskQuery(ctx, { state: ['open'] }))), link: '/supervision/tasks?state=open', ...(answers ? { todo: true } : {}) },
  ]
  if (can(ctx, 'supervision.instruct')) cards.push({ id: 'supervision.instructions', title: '待我批示', ...(await boundCount(ctx, askedOf(ctx))), link: '/supervision/instructions?mine=true&state=requested', todo: true })
  if (!answers) return { cards, todo: [] }
  const tasks = await taskQuery(ctx, { state: ['open'] }).where(ownLine(ctx, 't.unit_id')).select(['t.id', 'o.title', 't.reply_due_at as dueAt', 'o.number']).orderBy('t.reply_due_at').limit(10).execute()
  return { cards, todo: tasks.map((t) => ({ id: `supervision:${t.id}`, kind: '督办', title: t.title ?? '', link: `/supervision/tasks/${t.id}`, dueAt: t.dueAt, hint: t.number ?? '' })) }
}
