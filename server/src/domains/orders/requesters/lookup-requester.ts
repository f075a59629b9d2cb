// Who calls, and what they asked before (ORD-02): beyond the agent's own orders, in a reduced field set, and logged.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { maskPhone } from '../../../kernel/crypto/index.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { hashesOf } from './find-requester.ts'
import type { lookupRequesterRoute } from './requester-contract.ts'
import { countEarlier, earlierOrders, requestersWith, viewsOf } from './requesters.queries.ts'

export async function lookupRequester(ctx: Ctx, input: Input<typeof lookupRequesterRoute>) {
  authorize(ctx, 'orders.requesterHistory')
  if (!input.phone && !input.idNumber) throw kernelErrors('invalid', { fields: [{ path: 'phone', message: '请填写电话或证件号' }] })
  const hashes = hashesOf(ctx, input)
  const rows = await requestersWith(ctx, hashes)
  const whose = { requesterIds: rows.map((r) => r.id), phoneHash: hashes.phone }
  const [candidates, orders, counts] = await Promise.all([viewsOf(ctx, rows), earlierOrders(ctx, whose, { limit: 20, openFirst: true }), countEarlier(ctx, whose)])
  ctx.audit({ module: 'orders', act: 'access:lookupRequester', objectType: 'requester', ...(rows[0] ? { objectId: rows[0].id } : {}), text: input.phone ? maskPhone(input.phone) : '按证件号' })
  return { requester: candidates[0] ?? null, candidates, orders, openCount: counts.open, total: counts.total }
}
