// From seats to the rows that wait: tokens, their due times, timers.
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDuration, HOUR, MINUTE, plus, toIso, type Duration, type Instant } from '../../kernel/time/index.ts'
import { calendarOf } from '../platform/index.ts'
import type { FlowNode } from './graph.ts'
import { isCentre, type UnitLine, type UnitPlace } from './places.ts'
import type { Place, Seat } from './seats.ts'
import type { TimerRow, TokenRow } from './write-step.ts'

export type Visit = { node: FlowNode; name: string; tokens: TokenRow[]; timers: TimerRow[] }

/** When a duration from now is over, by the tenant's calendar where it counts working time. */
export async function dueAfter(ctx: Ctx, duration: Duration, from: Instant = ctx.clock.now()): Promise<Instant> {
  if (duration.unit === 'naturalHours') return plus(from, duration.amount * HOUR)
  if (duration.unit === 'naturalMinutes') return plus(from, duration.amount * MINUTE)
  return addDuration(await calendarOf(ctx), from, duration)
}

/** The waiting rows of a stay at a task. `resume` marks the applicant's supplement: from it the task opens again in that unit. */
export async function openVisit(ctx: Ctx, place: Place, node: FlowNode, unit: UnitPlace, seats: Seat[], resume?: UnitPlace): Promise<Visit> {
  const visit = newId()
  const due = node.limit && !resume ? toIso(await dueAfter(ctx, node.limit)) : null
  const tokens = seats.map((seat): TokenRow => ({
    ...blankToken(place.line, node, seat.unit), visit_id: visit, permission: seat.permission, role: seat.role, assignee_id: seat.assignee?.id ?? null, candidates: seat.candidates, must: seat.must, own: seat.own,
    resume_unit_id: resume?.id ?? null, due_at: due, ...(resume ? { node_name: `补充材料（${node.name}）` } : {}),
  }))
  const who = seats[0]?.own ? '申请人' : [...new Set(seats.map((seat) => seat.unit.name))].join('、') || unit.name
  return { node, name: `${resume ? '补充材料' : node.name}（${who}）`, tokens, timers: resume ? [] : await timersFor(ctx, place, node, visit) }
}

export async function openCall(ctx: Ctx, place: Place, node: FlowNode, subject: UnitPlace, tokenId: string): Promise<Visit> {
  return { node, name: node.name, tokens: [{ ...blankToken(place.line, node, subject), id: tokenId, kind: 'call', visit_id: tokenId }], timers: await timersFor(ctx, place, node, tokenId) }
}

export const arrivedToken = (line: UnitLine, node: FlowNode, route: number): TokenRow => ({ ...blankToken(line, node, line.below[0] ?? line.centre), kind: 'join', edge: route })

const blankToken = (line: UnitLine, node: FlowNode, unit: UnitPlace): TokenRow => {
  const id = newId()
  return {
    id, kind: 'task', visit_id: id, node_key: node.key, node_name: node.name, unit_id: unit.id, at_centre: isCentre(line, unit.id), permission: null, role: null, assignee_id: null, candidates: null,
    must: true, own: false, resume_unit_id: null, edge: null, due_at: null,
  }
}

async function timersFor(ctx: Ctx, place: Place, node: FlowNode, visit: string): Promise<TimerRow[]> {
  const rows: TimerRow[] = []
  for (const timer of place.compiled.timersOn(node.key)) if (timer.after) rows.push({ id: newId(), visit_id: visit, node_key: timer.key, due_at: toIso(await dueAfter(ctx, timer.after)) })
  return rows
}
