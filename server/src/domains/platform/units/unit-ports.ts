// What later domains keep by unit follows in the same transaction when units are merged or moved.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Usage } from '../usage.ts'
import type { Unit } from './unit-tree.ts'

/**
 * Re-points what is still open from one unit to another and answers what that is, `[{ label: '在办任务', count: 3 }]`; with `commit: false` it
 * only counts. What is finished stays where it is, under the name of its time. The context is the tenant of both units.
 */
export const unitsMerged = definePort<(ctx: Ctx, merge: { from: Unit; into: Unit; commit: boolean }) => Promise<Usage[]>>('platform.unitsMerged')

/** A branch stands under other units now: what is kept for the units above it is kept for the new ones. Paths are rewritten already. */
export const branchMoved = definePort<(ctx: Ctx, move: { unitId: string; movedIds: string[]; oldPath: string[]; newPath: string[] }) => Promise<void>>('platform.branchMoved')
