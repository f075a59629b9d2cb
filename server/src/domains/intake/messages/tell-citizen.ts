// One notice to one citizen: into his message centre once, and to his bound channel unless he opted out of its class.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../accounts/account.queries.ts'
import { pushToBound } from '../identities/push-message.ts'
import type { messageKinds } from './message-contract.ts'

export type Telling = { accountId: string; kind: (typeof messageKinds)[number]; title: string; text?: string; link?: string; /** With the kind: what happened once is told once. */ objectId: string }

/** True when it is new. */
export async function tellCitizen(ctx: Ctx, told: Telling): Promise<boolean> {
  const row = await db(ctx)
    .insertInto('intake_message')
    .values({ tenant_id: ctx.tenantId, id: newId(), account_id: told.accountId, kind: told.kind, title: told.title, text: told.text ?? '', link: told.link ?? null, once_key: `${told.kind}:${told.objectId}`, created_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'account_id', 'once_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return false
  await pushToBound(ctx, { id: row.id, accountId: told.accountId, kind: told.kind })
  return true
}
