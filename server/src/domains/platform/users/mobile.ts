// The mobile of a user: encrypted, with a keyed hash to find it and a mask to show.
import type { Ctx } from '../../../kernel/ctx.ts'
import { encrypt, isMasked, isMobile, keyedHash, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { userErrors } from './user.errors.ts'

export const MOBILE_CONTEXT = 'platform_user.mobile'
export const mobileHash = (ctx: Pick<Ctx, 'keys'>, mobile: string): string => keyedHash(ctx.keys, MOBILE_CONTEXT, normalisePhone(mobile))

type Columns = { mobile_enc?: string | null; mobile_hash?: string | null; mobile_mask?: string | null }

/**
 * Columns to write: none when the field was not sent or came back masked as it was shown (saving a form never overwrites the real
 * number), nulls when it was emptied. @throws platform.badMobile
 */
export function mobileColumns(ctx: Pick<Ctx, 'keys'>, typed: string | null | undefined): Columns {
  if (typed === undefined || (typed !== null && isMasked(typed))) return {}
  if (typed === null || typed.trim() === '') return { mobile_enc: null, mobile_hash: null, mobile_mask: null }
  const mobile = normalisePhone(typed)
  if (!isMobile(mobile)) throw userErrors('badMobile', { fields: [{ path: 'mobile', message: '手机号码不正确' }] })
  return { mobile_enc: encrypt(ctx.keys, mobile, MOBILE_CONTEXT), mobile_hash: mobileHash(ctx, mobile), mobile_mask: maskPhone(mobile) }
}
