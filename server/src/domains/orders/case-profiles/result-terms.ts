// What a profile adds once there is a result: words to the requester, and how he is called back (ORD-18, ORD-19).
import type { Ctx } from '../../../kernel/ctx.ts'
import type { OrderRow } from '../orders.queries.ts'
import { profileOf } from './profile-store.ts'

type Profiled = Pick<OrderRow, 'tenant_id' | 'profile_id' | 'profile_version'>

/** The reply as the requester reads and hears it: the common text, then the notice of the order's profile; null while there is none. */
export async function publicReply(ctx: Ctx, order: Profiled & Pick<OrderRow, 'reply'>): Promise<string | null> {
  if (order.reply === null) return null
  const notice = await resultNotice(ctx, order)
  return notice === null ? order.reply : `${order.reply}\n${notice}`
}

export const resultNotice = async (ctx: Ctx, order: Profiled): Promise<string | null> => (await profileOf(ctx, order))?.definition.notice || null

type CallbackTerms = { profileName: string; items: string[]; owed: boolean; script: string[]; /** Queue whose members call; null: everybody. */ queue: string | null }

/** Null for an order of no profile. */
export async function callbackTerms(ctx: Ctx, order: Profiled): Promise<CallbackTerms | null> {
  const profile = await profileOf(ctx, order)
  if (!profile) return null
  const { callback, ratingItems, queue } = profile.definition
  return { profileName: profile.name, items: ratingItems, owed: callback.owed, script: callback.script, queue: callback.bySeat ? queue : null }
}
