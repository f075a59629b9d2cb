// What a dispatcher sees of an order that came back: who returned it and why, and whom to choose now (ORD-42).
import type { Ctx } from '../../../kernel/ctx.ts'
import { requestsOf } from '../return-requests.ts'
import { causeNames, causeOfReturn } from './improper.ts'

export async function secondPath(ctx: Ctx, orderId: string) {
  const returns = (await requestsOf(ctx, orderId)).filter((r) => r.kind === 'return' && (r.state === 'approved' || r.state === 'refused'))
  const refused = returns.filter((r) => r.state === 'refused').at(-1)
  return {
    returned: returns.filter((r) => r.state === 'approved').map((r) => ({ unitId: r.unit_id, unitName: r.unit_name, reasonClass: r.reason_class, reason: r.reason, cause: causeNames[causeOfReturn(r.reason_class, r.reason)], decidedAt: r.decided_at, opinion: r.opinion })),
    // Whose return was refused has to handle it: preselected in the next dispatch.
    preferred: refused ? { unitId: refused.unit_id, unitName: refused.unit_name } : null,
  }
}
