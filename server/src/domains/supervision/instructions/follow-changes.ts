// Which events of an order its followers hear of.
import type { z } from 'zod'
import { on, type EventHandler, type EventType } from '../../../kernel/events/event.ts'
import { orderEventTypes } from '../../orders/index.ts'
import { tellFollowers } from './focus.ts'
import { changeNames } from './change-names.zh-CN.ts'

type Fact = { orderId: string; number: string; title: string }

export const followerHandlers: EventHandler[] = (orderEventTypes.orderEvents as unknown as EventType<z.ZodType<Record<string, unknown>>>[]) // each carries the order's id, number and title
  .flatMap((type) => {
    const what = changeNames[type.name]
    return what === undefined ? [] : [on(type, 'supervision.followers', (ctx, payload) => { const fact = payload as Fact; return tellFollowers(ctx, { id: fact.orderId, number: fact.number, title: fact.title }, what) })]
  })
