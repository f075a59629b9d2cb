// Calling out: the number may be hidden from who dials; it is looked up here and goes to the exchange only.
import type { TransferTarget } from '../../../../../switch/src/engine-port.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { instant } from '../../../kernel/time/index.ts'
import { mobilesOf } from '../../platform/index.ts'
import { plainPhone, readOrder, type OrderRow } from '../../orders/index.ts'
import { linkCall } from '../calls/link-orders.ts'
import { order } from '../engine/exchange.ts'
import { barringRule } from '../lines/barred.ts'
import { toExchange } from '../numbers.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, plainNumber } from '../telephony.queries.ts'
import type * as contract from './desk-contract.ts'

export async function dial(ctx: Ctx, input: Input<typeof contract.dial>) {
  authorize(ctx, 'telephony.dial')
  const { number, context, orderRow } = await target(ctx, input)
  await requireDialable(ctx, number)
  const around = { ...context, unitId: ctx.actor.unitIds[0] ?? '' }
  const data = can(ctx, 'telephony.desk')
    ? await order(ctx.tenantId, null, { kind: 'dial', agent: userId(ctx), to: { kind: 'number', number: toExchange(number) }, displayed: null, context: around })
    // Who has no seat is rung on his own telephone and joined with the number; both see the hotline's (TEL-04).
    : await order(ctx.tenantId, null, { kind: 'connectTwo', first: toExchange(await ownMobile(ctx)), second: toExchange(number), displayed: null, context: around })
  const callId = String(data['callId'] ?? '')
  if (orderRow && /^[0-9a-f-]{36}$/.test(callId)) await linkCall(ctx, { id: callId, started_at: startOf(callId) }, { orderId: orderRow.id, kind: 'dialled', step: orderRow.state, assignmentId: input.assignmentId ?? null })
  ctx.audit({ module: 'telephony', act: 'dial', objectType: 'call', objectId: callId, text: maskPhone(number) })
  return { callId, shown: maskPhone(number) }
}

async function ownMobile(ctx: Ctx): Promise<string> {
  const me = userId(ctx)
  const mobile = (await mobilesOf(ctx, [me])).get(me)
  if (!mobile) throw telephonyFail('noOwnMobile')
  return mobile
}

/** Calls carry time-ordered ids: the call row is written by the event, with the same moment. */
const startOf = (callId: string) => instant(Number.parseInt(callId.replaceAll('-', '').slice(0, 12), 16))

type Target = { number: string; orderRow: OrderRow | null; context: Record<string, string> }

async function target(ctx: Ctx, input: Input<typeof contract.dial>): Promise<Target> {
  if ([input.number, input.orderId, input.ringBackOf].filter((v) => v !== undefined).length !== 1) throw kernelErrors('invalid', { fields: [{ path: 'number', message: '请填写号码，或从工单、待回电中拨打' }] })
  if (input.orderId) {
    const orderRow = await readOrder(ctx, input.orderId)
    const number = plainPhone(ctx, orderRow)
    if (!number) throw telephonyFail('noNumber', { detail: '工单没有可拨打的号码' })
    return { number, orderRow, context: { orderId: orderRow.id, orderStep: orderRow.state, ...(input.assignmentId ? { assignmentId: input.assignmentId } : {}) } }
  }
  if (input.ringBackOf) {
    const call = await db(ctx).selectFrom('telephony_call').select(['id', 'phone_enc', 'ring_back']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.ringBackOf).executeTakeFirst()
    if (!call?.phone_enc || call.ring_back !== 'open') throw telephonyFail('callNotFound')
    return { number: plainNumber(ctx, call.phone_enc), orderRow: null, context: { ringBackOf: call.id } }
  }
  const number = normalisePhone(input.number ?? '')
  if (!isTelephone(number) && !/^\d{2,8}$/.test(number)) throw telephonyFail('badNumber', { fields: [{ path: 'number', message: '号码格式不正确' }] })
  return { number, orderRow: null, context: {} }
}

async function requireDialable(ctx: Ctx, number: string): Promise<void> {
  const own = await db(ctx).selectFrom('telephony_extension').select('extension').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).executeTakeFirst()
  const reason = await barringRule(ctx, number, own?.extension ?? null)
  if (reason === null) return
  ctx.audit({ module: 'telephony', act: 'dialRefused', objectType: 'number', result: 'refused', text: `${maskPhone(number)}：${reason}` })
  throw telephonyFail('barredNumber', { rule: 'telephony.barred', params: { reason } })
}

/** Acts on an own call by a desk without a socket. Somebody else's call is 403, an ended one 409. */
export async function actOnCall(ctx: Ctx, input: Input<typeof contract.actOnCall>) {
  authorize(ctx, 'telephony.desk')
  const call = await db(ctx).selectFrom('telephony_call').select(['agent_id', 'agent_ids', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!call) throw telephonyFail('callNotFound')
  const agent = userId(ctx)
  if (call.agent_id !== agent && !call.agent_ids.includes(agent)) throw telephonyFail('notYourCall')
  if (call.state === 'ended') throw telephonyFail('callEnded', { rule: 'telephony.callState' })
  const { kind } = input
  if (kind === 'transfer' || kind === 'consult' || kind === 'invite') {
    const to = await transferTo(ctx, input.to)
    return { data: await order(ctx.tenantId, input.id, kind === 'transfer' ? { kind, agent, to, reason: input.reason ?? null, context: {} } : kind === 'consult' ? { kind, agent, to, context: {} } : { kind, agent, to }) }
  }
  return { data: await order(ctx.tenantId, input.id, kind === 'reject' ? { kind, agent, reason: input.reason ?? null } : { kind, agent }) }
}

async function transferTo(ctx: Ctx, to: Input<typeof contract.actOnCall>['to']): Promise<TransferTarget> {
  if (!to) throw kernelErrors('invalid', { fields: [{ path: 'to', message: '请选择转接对象' }] })
  if ('queue' in to) return { kind: 'queue', queue: to.queue }
  if ('agent' in to) return { kind: 'agent', agent: to.agent }
  if ('extension' in to) return { kind: 'extension', extension: to.extension }
  if (!can(ctx, 'telephony.transferOut')) throw kernelErrors('forbidden', { rule: 'telephony.transferOut', params: { permission: '转接外线' } })
  const number = normalisePhone(to.number)
  if (!isTelephone(number)) throw telephonyFail('badNumber', { fields: [{ path: 'to', message: '号码格式不正确' }] })
  await requireDialable(ctx, number)
  return { kind: 'number', number: toExchange(number) }
}

