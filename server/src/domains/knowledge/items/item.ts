// States of items and of their tickets as tables; nothing here reads the database.
export const itemStates = ['draft', 'inReview', 'returned', 'approved', 'scheduled', 'published', 'suspended', 'expired', 'discarded'] as const
export type ItemState = (typeof itemStates)[number]
export const ticketStates = ['draft', 'inReview', 'returned', 'approved', 'scheduled', 'done', 'cancelled'] as const
export type TicketState = (typeof ticketStates)[number]
export const ticketKinds = ['add', 'modify', 'suspend', 'restore'] as const
export type TicketKind = (typeof ticketKinds)[number]

export const ticketActs = {
  edit: ['draft', 'returned'],
  submit: ['draft', 'returned'],
  recall: ['inReview'],
  decide: ['inReview'],
  publish: ['approved', 'scheduled'],
  unschedule: ['scheduled'],
  cancel: ['draft', 'returned', 'approved', 'scheduled'],
} as const satisfies Record<string, readonly TicketState[]>
export type TicketAct = keyof typeof ticketActs

/** What may be begun on an item that has no open ticket. */
export const itemActs = {
  modify: ['published', 'expired', 'suspended'],
  suspend: ['published'],
  emergencySuspend: ['published'],
  restore: ['suspended', 'expired'],
  discard: ['draft', 'returned', 'suspended', 'expired'],
  confirm: ['published'],
} as const satisfies Record<string, readonly ItemState[]>
export type ItemAct = keyof typeof itemActs

export const mayTicket = (act: TicketAct, state: string): boolean => (ticketActs[act] as readonly string[]).includes(state)
export const mayItem = (act: ItemAct, state: string): boolean => (itemActs[act] as readonly string[]).includes(state)

/** Until an item has been published its state follows that of its ticket. */
export const stateOfFirst: Record<TicketState, ItemState> = { draft: 'draft', inReview: 'inReview', returned: 'returned', approved: 'approved', scheduled: 'scheduled', done: 'published', cancelled: 'discarded' }

export type Standing = { state: string; validFrom: string | null; validTo: string | null }

/** Why an item may not be used on a day, or null where it may: the same words wherever it is refused. */
export function whyUnusable(item: Standing, today: string): string | null {
  if (item.state === 'suspended') return '已下架'
  if (item.state === 'discarded') return '已废止'
  if (item.state === 'expired' || (item.state === 'published' && item.validTo !== null && item.validTo < today)) return '已失效'
  if (item.state !== 'published') return '尚未发布'
  return item.validFrom !== null && item.validFrom > today ? `${item.validFrom} 起生效` : null
}
