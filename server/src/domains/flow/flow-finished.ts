import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'
import type { Variables } from './graph.ts'

export type FinishedFlow = {
  objectType: string
  objectId: string
  outcome: 'approved' | 'returned'
  instanceId: string
  opinion: string
  /** The end node reached; null where it was ended from outside. */
  endKey: string | null
  variables: Variables
  /** The applicant took it back. */
  withdrawn: boolean
}

/** The domain that owns the object acts on the outcome in the same transaction; others pass over it by `objectType`. */
export const flowFinished = definePort<(ctx: Ctx, finished: FinishedFlow) => Promise<void>>('flow.flowFinished')

export async function tellFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  for (const tell of flowFinished.all()) await tell(ctx, finished)
}
