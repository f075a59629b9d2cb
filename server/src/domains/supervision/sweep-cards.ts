// Yellow and red cards: due clocks are taken in batches and each card is issued exactly once, also after a restart (SUP-05).
import { isMobile } from '../../kernel/crypto/index.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { formatMoment } from '../../kernel/time/index.ts'
import { clockNames, record, takeDueClocks, type ClockRow, type OrderState } from '../orders/index.ts'
import { mobilesOf, notify, sendSms, tenantById } from '../platform/index.ts'
import { furtherPeople, receiversOf, type CardOrder } from './card-receivers.ts'
import { deskOf, peopleFinder, unique, type PeopleFinder, type Person } from './recipients.ts'
import { centreClocks, type CardColour } from './supervision.ts'
import { db } from './supervision.queries.ts'
import { colourNames } from './texts.zh-CN.ts'

const BATCH = 200
/** After a long standstill the rest follows with the next run, so that no transaction grows without end. */
const ROUNDS = 10

export async function sweepCards(ctx: Ctx): Promise<void> {
  const people = peopleFinder(ctx)
  for (const colour of ['yellow', 'red'] as const) {
    for (let round = 0; round < ROUNDS; round++) {
      const due = await takeDueClocks(ctx, colour, BATCH)
      await issueCards(ctx, colour, due, people)
      if (due.length < BATCH) break
    }
  }
}

type About = CardOrder & { enterprise: boolean; number: string; title: string; state: OrderState; registeredBy: string | null }
type Holder = { unitName: string; handlerId: string | null }

async function issueCards(ctx: Ctx, colour: CardColour, due: ClockRow[], people: PeopleFinder): Promise<void> {
  if (due.length === 0) return
  const orders = await ordersOf(ctx, due.map((c) => c.order_id))
  const holders = await holdersOf(ctx, due.flatMap((c) => (c.assignment_id ? [c.assignment_id] : [])))
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  for (const clock of due) {
    const order = orders.get(clock.order_id)
    if (!order) continue
    const holder = clock.assignment_id ? (holders.get(clock.assignment_id) ?? null) : null
    await endEarlier(ctx, colour, clock)
    const id = await insertCard(ctx, colour, clock, holder)
    if (id === null) continue
    await record(ctx, { id: clock.order_id, state: order.state }, {
      act: colour === 'yellow' ? 'yellowCard' : 'redCard', assignmentId: clock.assignment_id, unit: clock.unit_id && holder ? { id: clock.unit_id, name: holder.unitName } : null,
      text: `${clockNames[clock.kind] ?? clock.kind}时限${colour === 'yellow' ? '即将到期' : '已超期'}`, data: { cardId: id, clock: clock.kind, dueAt: clock.due_at }, visibility: 'unitLine',
    })
    // A clock that ran out while nothing ran is told once, by its red card.
    if (colour === 'yellow' && clock.due_at <= ctx.clock.now()) continue
    const receivers = await receiversOf(ctx, colour, clock, order)
    const line = await recipientsOf(clock, order, holder, people, receivers)
    const further = unique(await furtherPeople(ctx, receivers, clock.unit_id, order, people)).filter((p) => !line.some((one) => one.id === p.id))
    const told = [...line, ...further]
    if (told.length === 0) continue
    await db(ctx).insertInto('supervision_card_recipient').values(told.map((p) => ({ tenant_id: ctx.tenantId, card_id: id, user_id: p.id, name: p.name }))).execute()
    const when = `${clockNames[clock.kind] ?? clock.kind}时限 ${formatMoment(clock.due_at, ctx.clock.now(), timeZone)} ${colour === 'yellow' ? '到期' : '已超期'}`
    const card = { type: `supervision.${colour}`, level: 'P2' as const, objectType: 'card', objectId: id }
    if (line.length > 0) await notify(ctx, { ...card, to: { userIds: line.map((p) => p.id) }, title: `${colourNames[colour]}：${order.title}`, text: `工单 ${order.number}，${when}，${colour === 'yellow' ? '请尽快办理' : '请立即办理'}`, link: `/orders/${order.number}` })
    // An enterprise's response is due within hours: its unit is warned by SMS, too (ORD-19).
    if (colour === 'yellow' && clock.kind === 'response' && order.enterprise) await textLine(ctx, line, clock, order.number, formatMoment(clock.due_at, ctx.clock.now(), timeZone))
    // Who stands beside the unit's line hears that there is a card, and of what the order is only where he may read it.
    if (further.length > 0) await notify(ctx, { ...card, to: { userIds: further.map((p) => p.id) }, title: `${colourNames[colour]}：${holder?.unitName ?? '热线中心'}有工单${colour === 'yellow' ? '临近时限' : '超期'}`, text: `工单 ${order.number}，${when}${colour === 'red' ? '，可发起督办' : ''}`, link: `/orders/${order.number}` })
  }
  ctx.signal('supervision.board')
}

async function textLine(ctx: Ctx, line: Person[], clock: ClockRow, number: string, due: string): Promise<void> {
  const mobiles = await mobilesOf(ctx, line.map((p) => p.id))
  for (const phone of new Set(mobiles.values())) if (isMobile(phone)) await sendSms(ctx, { phone, template: 'unitNearDue', params: { number, clock: clockNames[clock.kind] ?? '', due }, objectType: 'order', objectId: clock.order_id })
}

/** The red card supersedes the yellow one; a card of an earlier deadline of the same clock no longer stands. */
async function endEarlier(ctx: Ctx, colour: CardColour, clock: ClockRow): Promise<void> {
  const now = ts(ctx.clock.now())
  const open = () => db(ctx).updateTable('supervision_card').where('tenant_id', '=', ctx.tenantId).where('clock_id', '=', clock.id).where('state', '=', 'open')
  await open().set({ state: 'cleared', ended_at: now, ended_reason: '时限已变更' }).where('due_at', '<>', ts(clock.due_at)).execute()
  if (colour === 'red') await open().set({ state: 'superseded', ended_at: now, ended_reason: '已发红牌' }).where('colour', '=', 'yellow').execute()
}

/** Null where the card is there already: two processes, or a sweep that is repeated. */
async function insertCard(ctx: Ctx, colour: CardColour, clock: ClockRow, holder: Holder | null): Promise<string | null> {
  const late = colour === 'yellow' && clock.due_at <= ctx.clock.now()
  const now = ts(ctx.clock.now())
  const row = await db(ctx)
    .insertInto('supervision_card')
    .values({
      tenant_id: ctx.tenantId, id: newId(), order_id: clock.order_id, assignment_id: clock.assignment_id, clock_id: clock.id, clock_kind: clock.kind, unit_id: clock.unit_id, unit_name: holder?.unitName ?? null, colour,
      state: late ? 'superseded' : 'open', due_at: ts(clock.due_at), issued_at: now, ended_at: late ? now : null, ended_reason: late ? '到期前未能发出' : null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

async function recipientsOf(clock: ClockRow, order: About, holder: Holder | null, people: PeopleFinder, receivers: readonly string[]): Promise<Person[]> {
  if (clock.unit_id && !(centreClocks as readonly string[]).includes(clock.kind)) return people.ofUnit(clock.unit_id, holder?.handlerId ?? null, receivers.includes('unitLeader'))
  const desk = await people.desk(deskOf[order.state] ?? 'orders.review')
  // An order that was returned to its agent waits for that agent only.
  return order.state === 'draft' ? desk.filter((p) => p.id === order.registeredBy) : desk
}

async function ordersOf(ctx: Ctx, ids: string[]): Promise<Map<string, About>> {
  const rows = await db(ctx).selectFrom('order_view as o').innerJoin('supervision_industry_view as s', (join) => join.onRef('s.tenant_id', '=', 'o.tenant_id').onRef('s.id', '=', 'o.id'))
    .select(['o.id', 'o.number', 'o.title', 'o.state', 'o.registered_by as registeredBy', 'o.matter_id as matterId', 'o.category_id as categoryId', 's.industry_id as industryId', 'o.appeal_type as appealType', 'o.urgency', 'o.flags']).where('o.tenant_id', '=', ctx.tenantId).where('o.id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map(({ flags, ...r }) => [r.id, { ...r, enterprise: flags?.includes('enterprise') ?? false, number: r.number ?? '', title: r.title ?? '', state: r.state as OrderState }]))
}

async function holdersOf(ctx: Ctx, ids: string[]): Promise<Map<string, Holder>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('orders_pub_assignment_view').select(['id', 'unit_name', 'handler_id']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map((r) => [r.id, { unitName: r.unit_name ?? '', handlerId: r.handler_id }]))
}

/** On `order.extensionDecided`: an approved extension clears the open yellow card of the moved clock; its record stays. */
export async function clearMovedCards(ctx: Ctx, event: { orderId: string; approved: boolean; assignmentId: string }): Promise<void> {
  if (!event.approved) return
  const cleared = await db(ctx)
    .updateTable('supervision_card as k')
    .set({ state: 'cleared', ended_at: ts(ctx.clock.now()), ended_reason: '延时获批' })
    .where('k.tenant_id', '=', ctx.tenantId).where('k.order_id', '=', event.orderId).where('k.state', '=', 'open').where('k.colour', '=', 'yellow')
    .where((eb) => eb.exists(eb.selectFrom('orders_pub_clock_view as c').select('c.id').whereRef('c.tenant_id', '=', 'k.tenant_id').whereRef('c.id', '=', 'k.clock_id').whereRef('c.due_at', '<>', 'k.due_at')))
    .returning('k.id')
    .execute()
  if (cleared.length > 0) ctx.signal('supervision.board')
}
