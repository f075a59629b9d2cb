// The requester behind a number.
import type { Ctx } from '../../../kernel/ctx.ts'
import { idNumberHash, phoneHash } from './contact.ts'
import { requestersWith, type RequesterRow } from './requesters.queries.ts'

/** The record used last with this telephone or identity number, or null. Checks no permission: for use-cases of orders and channels. */
export async function findRequester(ctx: Ctx, by: { phone?: string | undefined; idNumber?: string | undefined }): Promise<RequesterRow | null> {
  const [first] = await requestersWith(ctx, hashesOf(ctx, by))
  return first ?? null
}

export const hashesOf = (ctx: Ctx, by: { phone?: string | undefined; idNumber?: string | undefined }) => ({
  phone: by.phone ? phoneHash(ctx, by.phone) : undefined,
  idNumber: by.idNumber ? idNumberHash(ctx, by.idNumber) : undefined,
})
