// Who calls, told to the exchange while the welcome still plays: what waits of his, whether he is old, whether an enterprise (TEL-12, TEL-16, TEL-17). Never delays a call.
import { randomUUID } from 'node:crypto'
import type { EngineAct } from '../../../../../switch/src/engine-port.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, localDate, plus } from '../../../kernel/time/index.ts'
import { callerFacts, type CallerFacts } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { exchange } from '../engine/exchange.ts'
import { callerService, type CallerService } from '../queues/ports.ts'
import { elderlyAge, elderlySpeed } from '../settings.ts'
import { db } from '../telephony.queries.ts'

export const NOT_ELDERLY = '非老年人'
export const ELDERLY_MARK = '老年人'
type Known = Omit<Extract<EngineAct, { kind: 'callerKnown' }>, 'kind'>

/** What the exchange is told of a caller; null where there is nothing to tell. Pure. `calls`: how often the number called in the last seven days, this call included. */
export function knownOf(facts: CallerFacts, rules: { today: string; elderlyAge: number; elderlySpeed: number; calls: number }, service: CallerService | null = null): Known | null {
  const age = facts.birthDate === null ? null : ageAt(facts.birthDate, rules.today)
  const elderly = !facts.labels.includes(NOT_ELDERLY) && (facts.labels.includes(ELDERLY_MARK) || (age !== null && age >= rules.elderlyAge))
  const factors: Record<string, number> = { ...(facts.openOrders > 0 ? { order: facts.overdueOrders > 0 ? 1 : 0.5 } : {}), ...(service && service.level > 0 ? { level: service.level } : {}) }
  // What conditions of a flow may ask (TEL-11): `caller.*`, numbers as text, nothing where it is not known.
  const variables: Record<string, string> = {
    ...(elderly ? { 'caller.elderly': '1', 'caller.speed': String(1 + rules.elderlySpeed / 100) } : {}), ...(age === null ? {} : { 'caller.age': String(age) }), ...(facts.enterprise ? { 'caller.kind': 'enterprise' } : {}),
    ...(facts.openOrders > 0 ? { 'caller.orders': String(facts.openOrders) } : {}), ...(facts.overdueOrders > 0 ? { 'caller.overdue': String(facts.overdueOrders) } : {}), ...(rules.calls > 1 ? { 'caller.calls': String(rules.calls) } : {}),
    ...service?.variables,
  }
  if (Object.keys(variables).length === 0) return null
  const mark = elderly ? ELDERLY_MARK : null
  const old = `老年人（年满 ${rules.elderlyAge} 周岁）`
  // What was agreed with an enterprise goes before what its record alone says; who was promised no waiting has it, however old.
  if (service && !(elderly && service.class !== 'white')) return { factors, class: service.class, mark, reason: service.reason, variables }
  return { factors, class: elderly ? 'special' : facts.enterprise ? 'enterprise' : null, mark, reason: elderly ? old : facts.enterprise ? '已登记的企业' : null, variables }
}

const ageAt = (birthDate: string, today: string): number => Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0)

/** Bounded: who calls all day is not counted to the end. */
async function recentCalls(ctx: Ctx, phoneHash: string): Promise<number> {
  const rows = await db(ctx).selectFrom('telephony_call').select('id').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', phoneHash).where('started_at', '>=', ts(plus(ctx.clock.now(), -7 * DAY))).where('direction', '=', 'inbound').limit(100).execute()
  return rows.length
}

export async function knowCaller(ctx: Ctx, callId: string, phoneHash: string): Promise<void> {
  const port = exchange.port
  if (!port?.connected()) return
  const [facts, age, speed, { timeZone }, calls, service] = await Promise.all([callerFacts(ctx, phoneHash), setting(ctx, elderlyAge), setting(ctx, elderlySpeed), tenantById(ctx, ctx.tenantId), recentCalls(ctx, phoneHash), callerService.one()(ctx, phoneHash)])
  const known = knownOf(facts, { today: localDate(ctx.clock.now(), timeZone), elderlyAge: age, elderlySpeed: speed, calls }, service)
  if (known === null) return
  // Nobody waits for it: an exchange that is away, or a call that has ended, has no use for it.
  void port.command({ commandId: randomUUID(), tenant: ctx.tenantId, callId, act: { kind: 'callerKnown', ...known } }).catch((error: unknown) => ctx.log.debug({ err: error, call: callId }, 'the exchange was not told of a caller'))
}
