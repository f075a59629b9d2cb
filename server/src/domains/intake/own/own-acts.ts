// What a requester may do with his order now; acts follow the public state, whatever stage it is in inside.
import type { Ctx } from '../../../kernel/ctx.ts'
import { publicState, type OrderRow } from '../../orders/index.ts'
import { answerByRequester, urgeByRequester } from '../ports.ts'
import { publicActNames, publicActReasons, type PublicAct } from '../texts.zh-CN.ts'
import type { PublicOrderView } from './own-contract.ts'

export type ActState = PublicOrderView['acts'][number]

const can = (act: PublicAct): ActState => ({ act, label: publicActNames[act], enabled: true })
const cannot = (act: PublicAct, why: keyof typeof publicActReasons): ActState => ({ act, label: publicActNames[act], enabled: false, reason: publicActReasons[why] })

/** Acts in the order of the page. `rated` is this round's rating, or null. */
export async function actStates(ctx: Ctx, order: OrderRow, rated: object | null | undefined): Promise<ActState[]> {
  const state = publicState(order.state)
  if (state === 'withdrawn') return []
  if (state === 'done') return [rateState(ctx, order, rated), cannot('supplement', 'closed')]
  const acts = [can('supplement')]
  if (urgeByRequester.all().length > 0) acts.push(state === 'handling' ? can('urge') : cannot('urge', 'notYetHandled'))
  acts.push(can('withdraw'))
  return acts
}

function rateState(ctx: Ctx, order: OrderRow, rated: object | null | undefined): ActState {
  if (rated) return cannot('rate', 'rated')
  if (order.state === 'pendingCallback') return answerByRequester.all().length > 0 ? can('rate') : cannot('rate', 'ratingLater')
  if (order.state !== 'closed') return cannot('rate', 'ratingOver')
  if (order.archive_due_at !== null && order.archive_due_at <= ctx.clock.now()) return cannot('rate', 'ratingOver')
  return { ...can('rate'), ...(order.archive_due_at === null ? {} : { until: order.archive_due_at }) }
}
