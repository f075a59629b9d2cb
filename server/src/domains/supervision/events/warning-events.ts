// What supervision asks of the module that keeps warning events. Until one answers, orders themselves make them (`order-events.ts`).
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { orderEventPanels } from './order-event-panels.ts'
import { orderEventRules, orderEvents } from './order-events.ts'

export type WarningEvent = {
  id: string
  number: string
  title: string
  rule: { id: string; name: string }
  level: 'low' | 'middle' | 'high'
  stateName: string
  raisedAt: Instant
  /** The department responsible, where the event names one. */
  unitId: string | null
  unitName: string | null
  /** Its orders, the first case first. */
  orderIds: string[]
}

export type WarningQuery = { ids?: string[]; /** Only those that are not over. */ open?: boolean; ruleIds?: string[]; unitId?: string; /** First and last local day on which it was raised. */ from?: string; to?: string; cursor?: string; limit: number }

/** Events of the context's tenant, newest first; `next` continues exactly where the page ended. */
export const warningEvents = definePort<(ctx: Ctx, query: WarningQuery) => Promise<{ items: WarningEvent[]; next: string | null }>>('supervision.warningEvents', orderEvents)

/** Rules that raise events, for choosing which of them take part in supervision. */
export const warningRules = definePort<(ctx: Ctx) => Promise<{ id: string; name: string }[]>>('supervision.warningRules', orderEventRules)

export const panelKinds = ['summary', 'handling', 'analysis', 'orders', 'firstCase', 'similar'] as const
export type WarningPanel = { kind: (typeof panelKinds)[number]; facts: { label: string; value: string }[]; /** Orders to list, where the panel is about orders. */ orderIds: string[] }

/** The six kinds of information of an event, each once; null where the event is unknown here. */
export const warningPanels = definePort<(ctx: Ctx, eventId: string) => Promise<WarningPanel[] | null>>('supervision.warningPanels', orderEventPanels)
