// What Ctrl K finds among orders: by number, by telephone (all of it, or the last four digits), by words of the title and text.
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SearchSource } from '../../platform/index.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { listOrdersRoute } from './list-contract.ts'
import { listOrders } from './list-orders.ts'

/** The filters a text may mean. Digits are a number, and a telephone when they can be one; everything else is words. Pure. */
export function meaningsOf(text: string): Record<string, string>[] {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^\d+$/.test(digits)) return text.length < 2 ? [] : [{ text }]
  return [...(digits.length >= 6 ? [{ number: digits }] : []), ...(digits.length === 4 || (digits.length >= 7 && digits.length <= 12) ? [{ phone: digits }] : [])]
}

async function find(ctx: Ctx, text: string, limit: number) {
  if (!can(ctx, 'orders.read')) return []
  const found = []
  for (const meaning of meaningsOf(text)) found.push(...(await listOrders(ctx, listOrdersRoute.query.parse({ ...meaning, sort: 'registeredAt', limit: String(limit) }))).items)
  const orders = [...new Map(found.map((order) => [order.id, order])).values()]
  return orders.map((order) => ({ id: order.id, title: order.title, hint: `${order.number} · ${stateNames[order.state]}`, link: `/orders/${order.number}` }))
}

export const orderSearch = (): SearchSource[] => [{ kind: 'orders', label: '工单', find }]
