import type { Ctx } from '../../../kernel/ctx.ts'
import { asAppError } from '../../../kernel/http/problem.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { decideChange } from './decide-change.ts'
import { forgetPart, touchStandard } from './standard-cache.ts'
import type * as contract from './standard-contract.ts'

/** Decides several changes with one opinion, the earliest first (a parent before its children); one that cannot be decided does not stop the others. */
export async function decideBatch(ctx: Ctx, input: Input<typeof contract.decideBatch>): Promise<Output<typeof contract.decideBatch>> {
  await touchStandard(ctx)
  const results = []
  // Ids are UUIDv7: their order is the order of submission.
  for (const id of input.ids.toSorted()) results.push({ id, ...(await tryOne(ctx, { id, outcome: input.outcome, opinion: input.opinion })) })
  return { results }
}

async function tryOne(ctx: Ctx, input: { id: string; outcome: 'approve' | 'return'; opinion?: string | undefined }): Promise<{ ok: boolean; message: string | null }> {
  try {
    await runNested(ctx, () => decideChange(ctx, input))
    return { ok: true, message: null }
  } catch (error) {
    forgetPart(ctx)
    const known = asAppError(error)
    if (!known || known.status === 503) throw error
    return { ok: false, message: known.title }
  }
}
