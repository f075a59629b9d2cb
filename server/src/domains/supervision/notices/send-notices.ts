// Tells handlers, reviewers and requesters what happened to an order, by the rules (SUP-07).
import type { z } from 'zod'
import { isMobile } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { on, type EventHandler, type EventType } from '../../../kernel/events/event.ts'
import { isMirror, orderEventTypes, plainPhone, readOrderRow, resultNotice, type OrderRow } from '../../orders/index.ts'
import { mobilesOf, notify, sendSms } from '../../platform/index.ts'
import { peopleFinder, unique, type PeopleFinder, type Person } from '../recipients.ts'
import { db } from '../supervision.queries.ts'
import { noticeRules, requesterRules, type NoticeRule, type RecipientKind, type RequesterRule } from './notice-rules.zh-CN.ts'

/** What the events of orders carry, as far as rules ask for it. */
type Fact = Record<string, unknown> & { orderId: string; number: string; title: string }

const fits = (rule: { when?: Record<string, string | boolean> }, fact: Fact): boolean => Object.entries(rule.when ?? {}).every(([key, value]) => fact[key] === value)
const fill = (text: string, fact: Fact): string => text.replace(/\{(\w+)\}/g, (_, key: string) => String(fact[key] ?? '')).replace(/：$/, '')

export async function sendNotices(ctx: Ctx, event: string, fact: Fact): Promise<void> {
  const people = peopleFinder(ctx)
  for (const rule of noticeRules) if (rule.event === event && fits(rule, fact)) await tellStaff(ctx, rule, fact, people)
  const toRequester = requesterRules.filter((rule) => rule.event === event && fits(rule, fact))
  if (toRequester.length === 0) return
  const order = await readOrderRow(ctx, fact.orderId)
  for (const rule of toRequester) await tellRequester(ctx, rule, fact, order)
}

async function tellStaff(ctx: Ctx, rule: NoticeRule, fact: Fact, people: PeopleFinder): Promise<void> {
  const told: Person[] = []
  for (const kind of rule.to) told.push(...(await recipients[kind](ctx, fact, people)))
  const userIds = unique(told).map((p) => p.id)
  if (userIds.length === 0) return
  await notify(ctx, { type: rule.event, to: { userIds }, level: rule.level, title: fill(rule.title, fact), ...(rule.text ? { text: fill(rule.text, fact) } : {}), link: `/orders/${fact.number}`, objectType: 'order', objectId: fact.orderId })
  if (rule.sms) await textStaff(ctx, rule.sms, fact, people)
}

/** The named handler, else the leaders of the unit, as far as they have a mobile. */
async function textStaff(ctx: Ctx, template: string, fact: Fact, people: PeopleFinder): Promise<void> {
  const named = new Set<string>()
  for (const { unitId, handlerId } of await assignedIn(ctx, fact)) {
    if (handlerId) named.add(handlerId)
    else for (const leader of await people.inUnit(unitId, 'orders.approve')) named.add(leader.id)
  }
  const mobiles = await mobilesOf(ctx, [...named])
  for (const phone of new Set(mobiles.values())) if (isMobile(phone)) await sendSms(ctx, { phone, template, params: { number: fact.number }, objectType: 'order', objectId: fact.orderId })
}

/** Requesters get no message for imported or mirrored orders (another centre speaks to them), nor where they left no mobile or no name. */
async function tellRequester(ctx: Ctx, rule: RequesterRule, fact: Fact, order: OrderRow): Promise<void> {
  if (fact['muted'] === true || order.import_source !== null || isMirror(order) || order.anonymous) return
  if (rule.courtesy && order.callback_manner === 'none') return
  const phone = plainPhone(ctx, order)
  if (phone === null || !isMobile(phone)) return
  const notice = (await resultNotice(ctx, order)) ?? ''
  // the words of the profile come after the common text, which gives way
  const reply = order.reply ? `${order.reply.slice(0, Math.max(40, 200 - notice.length))}${notice}` : ''
  const template = rule.template === 'orderReplied' && reply === '' ? 'orderClosed' : rule.template
  await sendSms(ctx, { phone, template, params: { number: order.number, code: order.enquiry_code, reply }, objectType: 'order', objectId: order.id })
}

const text = (fact: Fact, key: string): string | null => (typeof fact[key] === 'string' && fact[key] !== '' ? fact[key] : null)

type Assigned = { unitId: string; handlerId: string | null }

/** Units of the assignments that the event names, with their handlers. */
async function assignedIn(ctx: Ctx, fact: Fact): Promise<Assigned[]> {
  const list = Array.isArray(fact['assignments']) ? (fact['assignments'] as { id: string; unitId: string }[]) : [] // the events' schema
  if (list.length === 0) return []
  const rows = await db(ctx).selectFrom('orders_pub_assignment_view').select(['id', 'handler_id']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', list.map((a) => a.id)).execute()
  return list.map((a) => ({ unitId: a.unitId, handlerId: rows.find((r) => r.id === a.id)?.handler_id ?? null }))
}

async function assignmentsOf(ctx: Ctx, orderId: string) {
  return db(ctx).selectFrom('orders_pub_assignment_view').select(['id', 'parent_id', 'unit_id', 'state', 'handler_id']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).orderBy('dispatched_at', 'desc').execute()
}

const ofAll = async (people: PeopleFinder, units: Assigned[]): Promise<Person[]> => {
  const found: Person[] = []
  for (const { unitId, handlerId } of units) found.push(...(await people.ofUnit(unitId, handlerId)))
  return found
}

const recipients: Record<RecipientKind, (ctx: Ctx, fact: Fact, people: PeopleFinder) => Promise<Person[]>> = {
  assignedUnits: async (ctx, fact, people) => ofAll(people, await assignedIn(ctx, fact)),
  unit: async (ctx, fact, people) => {
    const unitId = text(fact, 'unitId')
    if (!unitId) return []
    const mine = (await assignmentsOf(ctx, fact.orderId)).find((a) => a.unit_id === unitId)
    return people.ofUnit(unitId, mine?.handler_id ?? null)
  },
  unitLeaders: async (_ctx, fact, people) => {
    const unitId = text(fact, 'unitId')
    return unitId ? people.inUnit(unitId, 'orders.approve') : []
  },
  // The unit that handed down; a top assignment answers to its own leader.
  upperUnit: async (_ctx, fact, people) => {
    const upper = text(fact, 'parentUnitId')
    const own = text(fact, 'unitId')
    return upper ? people.ofUnit(upper, null) : own ? people.inUnit(own, 'orders.approve') : []
  },
  holdingUnits: async (ctx, fact, people) =>
    ofAll(people, (await assignmentsOf(ctx, fact.orderId)).flatMap((a) => (a.unit_id && ['pendingSign', 'handling', 'pendingReport'].includes(a.state ?? '') ? [{ unitId: a.unit_id, handlerId: a.handler_id }] : []))),
  agent: async (_ctx, fact) => {
    const agentId = text(fact, 'agentId')
    return agentId ? [{ id: agentId, name: '' }] : []
  },
  resultDesk: async (_ctx, _fact, people) => people.desk('orders.reviewResult'),
  returnReviewers: async (ctx, fact, people) => {
    const all = await assignmentsOf(ctx, fact.orderId)
    const mine = all.find((a) => a.unit_id === text(fact, 'unitId') && a.state !== 'returned' && a.state !== 'cancelled')
    const upper = all.find((a) => a.id === mine?.parent_id)
    return upper?.unit_id ? people.ofUnit(upper.unit_id, upper.handler_id) : people.desk('orders.reviewReturn')
  },
  arbitrators: async (_ctx, _fact, people) => people.desk('orders.arbitrate'),
  dispatchDesk: async (_ctx, _fact, people) => people.desk('orders.dispatch'),
}

const named = new Set([...noticeRules, ...requesterRules].map((rule) => rule.event))

/** One handler for each event that a rule names. */
export const noticeHandlers: EventHandler[] = (orderEventTypes.orderEvents as unknown as EventType<z.ZodType<Record<string, unknown>>>[]) // each carries the order's id, number and title
  .filter((type) => named.has(type.name))
  .map((type) => on(type, 'supervision.notices', (ctx, payload) => sendNotices(ctx, type.name, payload as Fact)))
