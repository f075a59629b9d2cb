// Own tables, and numbers as they are stored here: encrypted, found by keyed hashes, shown by mask.
import type { Kysely } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { decrypt, encrypt, keyedHash, maskPhone, normalisePhone } from '../../kernel/crypto/index.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { TelephonyTables } from './tables.gen.ts'

export const db = (ctx: Ctx): Kysely<TelephonyTables & SharedViews> => ctx.db<TelephonyTables>()

const PHONE = 'telephony.phone'

/** The same hash as orders keep (`phone`), so that a caller is found among requesters without his number. */
export const phoneHash = (ctx: Pick<Ctx, 'keys'>, phone: string): string => keyedHash(ctx.keys, 'phone', normalisePhone(phone))
export const lastFourHash = (ctx: Pick<Ctx, 'keys'>, digits: string): string => keyedHash(ctx.keys, 'phone4', digits)

/** Columns of a number in stored form. */
export function phoneColumns(ctx: Pick<Ctx, 'keys'>, typed: string) {
  const number = normalisePhone(typed)
  return { phone_enc: encrypt(ctx.keys, number, PHONE), phone_hash: phoneHash(ctx, number), last4_hash: lastFourHash(ctx, number.replace(/-\d+$/, '').slice(-4)), phone_mask: maskPhone(number) }
}

/** For dialling and for a logged reveal; never for an ordinary answer. */
export const plainNumber = (ctx: Pick<Ctx, 'keys'>, enc: string): string => decrypt(ctx.keys, enc, PHONE)
export const sealNumber = (ctx: Pick<Ctx, 'keys'>, number: string): string => encrypt(ctx.keys, number, PHONE)

/** 409 with what stands now, for changes that were made from an older state. */
export function requireVersion(row: { version: number; changed_by_name?: string }, version: number): void {
  if (row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, ...(row.changed_by_name ? { changedBy: row.changed_by_name } : {}) } })
}
