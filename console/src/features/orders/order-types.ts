// Shapes of the order's readings, named from the server's contracts.
import type { OutputOf } from '../../api/call.ts'

/** What an act needs to know of the order before its drawer reads the rest. */
export type OrderRef = { id: string; number: string; title: string }
/** An assignment as acts need it: rows of the unit's lists fit as well as those of the detail. */
export type AssignmentRef = { id: string; unitId: string; unitName: string }

export type OrderRow = OutputOf<'listOrders'>['items'][number]
export type NextClock = NonNullable<OrderRow['nextClock']>

export type OrderDetail = OutputOf<'getOrder'>
export type OrderClock = OrderDetail['clocks'][number]
export type Assignment = OrderDetail['assignments'][number]
export type Feedback = OrderDetail['feedback'][number]
export type OrderRequest = OrderDetail['requests'][number]
export type ChainLink = OrderDetail['chain'][number]
export type FileInfo = OrderDetail['files'][number]

export type TimelinePage = OutputOf<'orderTimeline'>
export type TimelineItem = TimelinePage['items'][number]
export type StageTime = TimelinePage['stages'][number]
export type OrderCards = OutputOf<'orderCards'>
export type EarlierOrder = OutputOf<'requesterOrders'>['items'][number]
