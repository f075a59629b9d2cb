// Places of the order page that other modules fill (ux.md §2.4): `src/features/<d>/order-slots.ts` exporting `slots`.
import type { ComponentType } from 'react'
import type { OrderDetail } from './order-types.ts'

export type SlotProps = { order: OrderDetail }
type Part = { id: string; title: string; permission?: string | string[]; /** Orders whose desks show this block of facts, too. */ onDesk?: (order: OrderDetail) => boolean; /** Leaves the part out, for example where an order never had a callback. */ when?: (order: OrderDetail) => boolean; lazy: () => Promise<{ default: ComponentType<SlotProps> }> }

export type OrderSlots = {
  /** Tabs of the middle column, after those of the order itself. */
  tabs?: Part[]
  /** Blocks of the left column, after what was asked (ux.md `order.facts`). */
  facts?: Part[]
  /** Cards of the right column. */
  side?: Part[]
  /** Bars under the header. */
  notices?: Part[]
}

/**
 * Only types: what a module puts into the order page is plain data with lazy parts. A function, not a constant: the modules are read
 * while this one is still being evaluated.
 */
export function defineOrderSlots(slots: OrderSlots): OrderSlots {
  return slots
}

const found = import.meta.glob<{ slots: OrderSlots }>('../*/order-slots.ts', { eager: true })

export function slotsOf(place: keyof OrderSlots, order: OrderDetail, can: (permission: string | string[] | undefined) => boolean): Part[] {
  return Object.keys(found).sort().flatMap((path) => found[path]?.slots[place] ?? []).filter((part) => can(part.permission) && (part.when?.(order) ?? true))
}
