// What a requester may do with his order now: the public rules of orders, and what intake adds (urging and rating need later domains).
import type { Ctx } from '../../../kernel/ctx.ts'
import type { OrderRow, PublicOrder } from '../../orders/index.ts'
import { answerByRequester, urgeByRequester } from '../ports.ts'
import { publicActNames, publicActReasons, type PublicAct } from '../texts.zh-CN.ts'
import type { PublicOrderView } from './own-contract.ts'

export type ActState = PublicOrderView['acts'][number]

const can = (act: PublicAct): ActState => ({ act, label: publicActNames[act], enabled: true })
const cannot = (act: PublicAct, reason: string): ActState => ({ act, label: publicActNames[act], enabled: false, reason })
const from = (act: PublicAct, possible: PublicOrder['may']['rate']): ActState => (possible.allowed ? can(act) : cannot(act, possible.reason))

/** Acts in the order of the page. `rated`: this round has its rating. */
export function actStates(ctx: Ctx, order: OrderRow, may: PublicOrder['may'], rated: boolean): ActState[] {
  const urge = urgeByRequester.all().length > 0 ? [from('urge', may.urge)] : []
  return [rateState(ctx, order, may, rated), from('supplement', may.supplement), ...urge, from('withdraw', may.withdraw)].toSorted((a, b) => Number(b.enabled) - Number(a.enabled))
}

export function rateState(ctx: Ctx, order: OrderRow, may: PublicOrder['may'], rated: boolean): ActState {
  if (rated) return cannot('rate', publicActReasons.rated)
  if (!may.rate.allowed) return cannot('rate', may.rate.reason)
  if (order.state === 'pendingCallback') return answerByRequester.all().length > 0 ? can('rate') : cannot('rate', publicActReasons.ratingLater)
  if (order.archive_due_at !== null && order.archive_due_at <= ctx.clock.now()) return cannot('rate', publicActReasons.ratingOver)
  return { ...can('rate'), ...(order.archive_due_at === null ? {} : { until: order.archive_due_at }) }
}
