// What later domains know of the departments under a leader.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

export type RunningScore = { /** As shown, rounded by the rules. */ score: string; rank: number | null; of: number; periodId: string; period: string }

/** Scores of units in the period that runs now, if its figures stay as they are; units that are not assessed are left out. Answered by assessment. */
export const runningScores = definePort<(ctx: Ctx, unitIds: readonly string[]) => Promise<ReadonlyMap<string, RunningScore>>>('supervision.runningScores', async () => new Map())
