import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { applicationOf } from '../../ai/index.ts'
import { fittingScripts } from '../../knowledge/index.ts'
import type * as contract from './learning-contract.ts'

/** Scripts are knowledge: who may not read it gets none. */
export async function fitScript(ctx: Ctx, input: Input<typeof contract.scriptRoute>): Promise<Output<typeof contract.scriptRoute>> {
  authorize(ctx, 'ai.use')
  const application = await applicationOf(ctx, 'script')
  if (application.mode === 'off' || !can(ctx, 'knowledge.read')) return { available: false, items: [] }
  return { available: true, items: await fittingScripts(ctx, { ...input, limit: application.candidates }) }
}
