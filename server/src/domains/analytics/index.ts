// Boards as later domains see them.
/** Who points at a snapshot says so here, and it is kept. */
export { snapshotHolders } from './snapshots/keep-snapshots.ts'
export type { Board, Panel } from './board.ts'
/** The published definition of a board for its reader. @throws analytics.unknownBoard */
export { shownBoard } from './boards.ts'
/** A hot event for its reader, with its orders. @throws analytics.unknownEvent */
export { showHotEvent } from './topics/hot-events.ts'
/** Days, weeks or months for a course over a period. */
export { grained } from './named-period.ts'
