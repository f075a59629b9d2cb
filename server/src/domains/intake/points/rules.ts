// What gives points, how the daily maximum cuts it, and the states of a redemption. Pure.
import { defineErrors } from '../../../kernel/errors.ts'

export const pointEvents = ['submitted', 'closed', 'rated'] as const
export type PointEvent = (typeof pointEvents)[number]
export const eventNames: Record<PointEvent, string> = { submitted: '提交诉求', closed: '诉求办结', rated: '评价办理' }
export const entryNames = { earned: '获得', offset: '冲销', redeemed: '兑换', returned: '退回' } as const

/** What may still be given today. */
export const withinDay = (points: number, givenToday: number, dailyMax: number): number => Math.max(0, Math.min(points, dailyMax - givenToday))

export const itemKinds = { goods: '实物', virtual: '虚拟权益' } as const
export const itemStates = { draft: '未上架', offered: '已上架', stopped: '已下架' } as const
export type RedemptionState = 'placed' | 'sent' | 'delivered' | 'done' | 'cancelled'
export const redemptionStates: Record<RedemptionState, string> = { placed: '待发货', sent: '已发货', delivered: '已签收', done: '兑换成功', cancelled: '已取消' }

export const storeActs = { send: { label: '发货', from: ['placed'], to: 'sent' }, deliver: { label: '登记签收', from: ['sent'], to: 'delivered' }, cancel: { label: '取消兑换', from: ['placed'], to: 'cancelled' } } as const satisfies Record<string, { label: string; from: readonly RedemptionState[]; to: RedemptionState }>
export type StoreAct = keyof typeof storeActs
export const mayAct = (act: StoreAct, state: string): boolean => (storeActs[act].from as readonly string[]).includes(state)

type Item = { state: string; untilOn: string | null; stock: number; perPerson: number; points: number }
export type Refusal = 'storeClosed' | 'storeOver' | 'storeStock' | 'storeLimit' | 'storePoints'

/** Why these pieces cannot be had, or null. `had`: pieces the person holds already, cancelled ones left out. */
export function refusalOf(item: Item, asked: { pieces: number; had: number; balance: number; today: string }): Refusal | null {
  if (item.state !== 'offered') return 'storeClosed'
  if (item.untilOn !== null && item.untilOn < asked.today) return 'storeOver'
  if (item.stock < asked.pieces) return 'storeStock'
  if (item.perPerson > 0 && asked.had + asked.pieces > item.perPerson) return 'storeLimit'
  return asked.balance < item.points * asked.pieces ? 'storePoints' : null
}

export const pointsFail = defineErrors('intake', {
  pointsOff: { status: 409, title: '本中心没有开通积分' },
  storeClosed: { status: 409, title: '这件商品没有上架' },
  storeOver: { status: 409, title: '兑换已截止' },
  storeStock: { status: 409, title: '库存不足，还剩 {stock} 件' },
  storeLimit: { status: 409, title: '每人限兑 {limit} 件' },
  storePoints: { status: 409, title: '积分不足，需要 {points} 分，现有 {balance} 分' },
  storeUsed: { status: 409, title: '已有人兑换过，不能删除，可以下架' },
  redemptionState: { status: 409, title: '兑换单{state}，不能{act}' },
})
