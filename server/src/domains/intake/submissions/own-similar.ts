// The citizen's own open orders that say the same, before he submits another one (ORD-10): only his own, in public words.
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { findDuplicates, isOpen, publicLines } from '../../orders/index.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { ownAccount, phoneContext } from '../accounts/account.queries.ts'
import { titleOf } from './submission.ts'
import type * as contract from './submission-contract.ts'

const SHOWN = 3

export async function ownSimilar(ctx: Ctx, input: Input<typeof contract.ownSimilarRoute>): Promise<Output<typeof contract.ownSimilarRoute>> {
  const account = await ownAccount(ctx)
  const { samePerson } = await findDuplicates(ctx, {
    title: titleOf(input.content), content: input.content, phone: decrypt(ctx.keys, account.phone_enc, phoneContext), ...(input.matterId ? { matterId: input.matterId } : {}), ...(input.areaCode ? { areaCode: input.areaCode } : {}), ...(input.address ? { address: input.address } : {}),
  })
  // What the other number or name of a found order is plays no part: it must be the verified number's own.
  const own = samePerson.filter((f) => f.row.contact_phone_hash === account.phone_hash && f.row.source === 'own' && isOpen(f.row.state)).slice(0, SHOWN)
  return { items: (await publicLines(ctx, own.map((f) => f.row))).map((o) => ({ number: o.number, title: o.title, state: o.state, stateName: o.stateName, registeredAt: toIso(o.registeredAt) })) }
}
