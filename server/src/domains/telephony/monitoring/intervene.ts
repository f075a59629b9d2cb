// What leaders do in running calls and with seats: always with a reason, always kept.
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { order } from '../engine/exchange.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { interventionNames } from '../texts.zh-CN.ts'
import { watchedSeats } from './live.ts'
import type * as contract from './monitor-contract.ts'

const needs: Record<Input<typeof contract.intervene>['kind'], string> = { listen: 'telephony.listen', whisper: 'telephony.listen', bargeIn: 'telephony.barge', forceIn: 'telephony.force', takeOver: 'telephony.force', forceOut: 'telephony.force', stopIntervention: 'telephony.listen' }

export async function intervene(ctx: Ctx, input: Input<typeof contract.intervene>) {
  authorize(ctx, needs[input.kind])
  const call = await db(ctx).selectFrom('telephony_call').select(['id', 'state', 'agent_id', 'agent_name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  const seats = new Set((await watchedSeats(ctx)).map((s) => s.userId))
  // A call of a seat outside the leader's line is unknown to him.
  if (!call || (call.agent_id !== null && !seats.has(call.agent_id))) throw telephonyFail('callNotFound')
  if (call.state === 'ended') throw telephonyFail('callEnded', { rule: 'telephony.callState' })
  if (call.agent_id === ctx.actor.id && input.kind !== 'stopIntervention') throw telephonyFail('ownCall')
  await order(ctx.tenantId, call.id, { kind: input.kind, by: userId(ctx), reason: input.reason })
  ctx.audit({ module: 'telephony', act: 'intervene', objectType: 'call', objectId: call.id, text: `${interventionNames[input.kind] ?? input.kind}（${call.agent_name ?? '无座席'}）：${input.reason}` })
  return { done: true }
}

export async function manageSeat(ctx: Ctx, input: Input<typeof contract.manageSeat>) {
  authorize(ctx, 'telephony.force')
  const seats = await watchedSeats(ctx)
  const seat = seats.find((s) => s.userId === input.userId)
  if (!seat) throw telephonyFail('notFound')
  const by = userId(ctx)
  const base = { agent: input.userId, by, reason: input.reason }
  await order(ctx.tenantId, null, input.kind === 'forceSignOut' ? { kind: 'forceSignOut', ...base, standby: seats.some((s) => s.userId === input.standbyId) ? (input.standbyId ?? null) : null, lock: input.lock } : { kind: input.kind, ...base })
  await db(ctx).insertInto('telephony_intervention').values({ tenant_id: ctx.tenantId, id: newId(), call_id: null, user_id: input.userId, at: ts(ctx.clock.now()), kind: input.kind, actor_id: by, actor_name: ctx.actor.name, target_name: seat.name, reason: input.reason }).execute()
  ctx.audit({ module: 'telephony', act: 'manageSeat', objectType: 'key:user', objectId: input.userId, text: `${interventionNames[input.kind] ?? input.kind}（${seat.name}）：${input.reason}` })
  return { done: true }
}
