// Who calls, told to the exchange while the welcome still plays: what waits of his, whether he is old, whether an enterprise (TEL-12, TEL-16, TEL-17). Never delays a call.
import { randomUUID } from 'node:crypto'
import type { EngineAct } from '../../../../../switch/src/engine-port.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { callerFacts, type CallerFacts } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { exchange } from '../engine/exchange.ts'
import { elderlyAge, elderlySpeed } from '../settings.ts'

export const NOT_ELDERLY = '非老年人'
export const ELDERLY_MARK = '老年人'
type Known = Omit<Extract<EngineAct, { kind: 'callerKnown' }>, 'kind'>

/** What the exchange is told of a caller; null where there is nothing to tell. Pure. */
export function knownOf(facts: CallerFacts, rules: { today: string; elderlyAge: number; elderlySpeed: number }): Known | null {
  const elderly = !facts.labels.includes(NOT_ELDERLY) && (facts.labels.includes(ELDERLY_MARK) || (facts.birthDate !== null && ageAt(facts.birthDate, rules.today) >= rules.elderlyAge))
  const factors: Record<string, number> = facts.openOrders > 0 ? { order: facts.overdueOrders > 0 ? 1 : 0.5 } : {}
  if (!elderly && !facts.enterprise && facts.openOrders === 0) return null
  return {
    factors, class: elderly ? 'special' : facts.enterprise ? 'enterprise' : null, mark: elderly ? ELDERLY_MARK : null, reason: elderly ? `老年人（年满 ${rules.elderlyAge} 周岁）` : facts.enterprise ? '已登记的企业' : null,
    variables: elderly ? { 'caller.elderly': '1', 'caller.speed': String(1 + rules.elderlySpeed / 100) } : {},
  }
}

const ageAt = (birthDate: string, today: string): number => Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0)

export async function knowCaller(ctx: Ctx, callId: string, phoneHash: string): Promise<void> {
  const port = exchange.port
  if (!port?.connected()) return
  const [facts, age, speed, { timeZone }] = await Promise.all([callerFacts(ctx, phoneHash), setting(ctx, elderlyAge), setting(ctx, elderlySpeed), tenantById(ctx, ctx.tenantId)])
  const known = knownOf(facts, { today: localDate(ctx.clock.now(), timeZone), elderlyAge: age, elderlySpeed: speed })
  if (known === null) return
  // Nobody waits for it: an exchange that is away, or a call that has ended, has no use for it.
  void port.command({ commandId: randomUUID(), tenant: ctx.tenantId, callId, act: { kind: 'callerKnown', ...known } }).catch((error: unknown) => ctx.log.debug({ err: error, call: callId }, 'the exchange was not told of a caller'))
}
