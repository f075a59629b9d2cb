// Orders as rows of a list: names for codes, masked persons, the nearest clock, and the acts that state and rights allow.
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { areaNames } from '../../platform/index.ts'
import { isOpen, nextState, type OrderAct } from '../order.ts'
import { labelsOfOrders } from '../labels/order-labels.ts'
import { foreignQueue, queuesOnDuty } from '../queues/index.ts'
import { readableTenants } from '../orders.policy.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { shownName } from '../requesters/contact.ts'
import { appealTypeNames, channelNames, clockNames, stateNames, urgencyNames } from '../texts.zh-CN.ts'
import type { OrderListRow } from './list-contract.ts'
import { namedFlags } from './reading.zh-CN.ts'

export async function listRows(ctx: Ctx, rows: OrderRow[]): Promise<OrderListRow[]> {
  const [queues, areas, paused, labels] = await Promise.all([queuesOnDuty(ctx), areaNames(ctx, rows.flatMap((r) => r.area_code ?? [])), pausedClocks(ctx, rows), labelsOfOrders(ctx, readableTenants(ctx), rows.map((r) => r.id))])
  return rows.map((row) => ({
    id: row.id, tenantId: row.tenant_id, number: row.number, title: row.title, state: row.state, stateName: stateNames[row.state], triage: row.triage, pickedByName: row.picked_by_name, pickedUntil: row.picked_until_at,
    urgency: row.urgency, urgencyName: urgencyNames[row.urgency] ?? row.urgency, appealType: row.appeal_type, appealTypeName: appealTypeNames[row.appeal_type] ?? row.appeal_type,
    requesterName: shownName({ subject_kind: row.subject_kind, name: row.requester_name, anonymous: row.anonymous }), contactPhoneMask: row.contact_phone_mask, matterName: row.matter_name,
    leadUnitId: row.lead_unit_id, leadUnitName: row.lead_unit_name, areaName: row.area_code ? (areas.get(row.area_code) ?? null) : null, address: row.address, channel: row.channel, channelName: channelNames[row.channel] ?? row.channel,
    round: row.round, flags: namedFlags(row.flags), labels: (labels.get(row.id) ?? []).map(({ id, name, colour }) => ({ id, name, colour })), nextClock: clockOfRow(row, paused.get(row.id)), registeredAt: row.registered_at, registeredByName: row.registered_by_name, closedAt: row.closed_at,
    confidential: row.confidential, urgeCount: row.urge_count, supplementCount: row.supplement_count, returnCount: row.return_count, version: row.version, queue: row.queue, acts: rowActs(ctx, row, queues),
  }))
}

/** The running clock that ends first; where none runs, one that is paused. */
export function clockOfRow(row: Pick<OrderRow, 'next_due_at' | 'next_clock'>, paused: string | undefined): OrderListRow['nextClock'] {
  if (row.next_due_at !== null) return { kind: row.next_clock ?? '', name: clockNames[row.next_clock ?? ''] ?? '', dueAt: row.next_due_at, paused: false }
  return paused === undefined ? null : { kind: paused, name: clockNames[paused] ?? paused, dueAt: null, paused: true }
}

async function pausedClocks(ctx: Ctx, rows: OrderRow[]): Promise<Map<string, string>> {
  const ids = rows.filter((r) => r.next_due_at === null && isOpen(r.state)).map((r) => r.id)
  if (ids.length === 0) return new Map()
  const found = await db(ctx).selectFrom('order_clock').select(['order_id', 'kind']).where('tenant_id', 'in', readableTenants(ctx)).where('order_id', 'in', ids).where('state', '=', 'paused').execute()
  return new Map(found.map((c) => [c.order_id, c.kind]))
}

const deskActs: readonly { act: string; permission: string; transition: OrderAct; pick: boolean }[] = [
  { act: 'submit', permission: 'orders.register', transition: 'submit', pick: true },
  { act: 'passReview', permission: 'orders.review', transition: 'passReview', pick: true },
  { act: 'returnToAgent', permission: 'orders.review', transition: 'returnToAgent', pick: true },
  { act: 'answer', permission: 'orders.answer', transition: 'answer', pick: true },
  { act: 'dispatch', permission: 'orders.dispatch', transition: 'dispatch', pick: true },
  { act: 'transfer', permission: 'orders.transfer', transition: 'transfer', pick: true },
  { act: 'acceptResult', permission: 'orders.reviewResult', transition: 'acceptResult', pick: false },
  { act: 'returnResult', permission: 'orders.reviewResult', transition: 'returnResult', pick: false },
  { act: 'withdraw', permission: 'orders.withdraw', transition: 'withdraw', pick: false },
]

/** By state and rights only; `orderActs` of the detail knows the rest and says why not. */
export function rowActs(ctx: Ctx, row: Pick<OrderRow, 'tenant_id' | 'state' | 'triage' | 'picked_by' | 'queue'>, queues: ReadonlySet<string>): string[] {
  if (row.tenant_id !== ctx.tenantId) return []
  const foreign = foreignQueue(row, queues) || row.triage === 'waiting' || (row.triage === 'picked' && row.picked_by !== ctx.actor.id)
  const acts = deskActs.filter((d) => can(ctx, d.permission) && nextState(row.state, d.transition) !== null && !(foreign && d.pick)).map((d) => d.act)
  if (isOpen(row.state) && can(ctx, 'orders.supplement')) acts.push('supplement')
  if ((row.state === 'inProgress' || row.state === 'pendingResultReview') && can(ctx, 'supervision.urge')) acts.push('urge')
  return acts
}
