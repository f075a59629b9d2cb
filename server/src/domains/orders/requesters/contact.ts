// How telephone and identity numbers are stored: encrypted, with keyed hashes for exact and last-four search, and a mask to show.
import type { Ctx } from '../../../kernel/ctx.ts'
import { decrypt, encrypt, isMasked, isTelephone, keyedHash, maskIdNumber, maskName, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'

const PHONE = 'order.phone'
const ID_NUMBER = 'order.idNumber'

export type ContactFields = { contact_phone_enc: string | null; contact_phone_hash: string | null; contact_last4_hash: string | null; contact_phone_mask: string | null }

export const phoneHash = (ctx: Pick<Ctx, 'keys'>, phone: string): string => keyedHash(ctx.keys, 'phone', normalisePhone(phone))
/** Of the last four digits, as typed into a search box. */
export const lastFourHash = (ctx: Pick<Ctx, 'keys'>, digits: string): string => keyedHash(ctx.keys, 'phone4', digits)
export const idNumberHash = (ctx: Pick<Ctx, 'keys'>, idNumber: string): string => keyedHash(ctx.keys, 'idNumber', cleanId(idNumber))
const cleanId = (value: string): string => value.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** The last four digits of a number without its extension. */
const lastFour = (phone: string): string => phone.replace(/-\d+$/, '').slice(-4)

/** Columns of an order for a telephone as typed. Nothing typed, a masked value or something that is no number: all null. */
export function contactFields(ctx: Pick<Ctx, 'keys'>, phone: string | undefined | null): ContactFields {
  const number = phone && !isMasked(phone) ? normalisePhone(phone) : ''
  if (!isTelephone(number)) return { contact_phone_enc: null, contact_phone_hash: null, contact_last4_hash: null, contact_phone_mask: null }
  const fields = phoneFields(ctx, number)
  return { contact_phone_enc: fields.phone_enc, contact_phone_hash: fields.phone_hash, contact_last4_hash: fields.last4_hash, contact_phone_mask: fields.phone_mask }
}

/** Columns of `order_requester_phone` for a number in stored form. */
export const phoneFields = (ctx: Pick<Ctx, 'keys'>, number: string) => ({
  phone_enc: encrypt(ctx.keys, number, PHONE), phone_hash: phoneHash(ctx, number), last4_hash: lastFourHash(ctx, lastFour(number)), phone_mask: maskPhone(number),
})

export const idFields = (ctx: Pick<Ctx, 'keys'>, idNumber: string) => {
  const value = cleanId(idNumber)
  return { id_number_enc: encrypt(ctx.keys, value, ID_NUMBER), id_number_hash: idNumberHash(ctx, value), id_last4_hash: keyedHash(ctx.keys, 'idNumber4', value.slice(-4)), id_number_mask: maskIdNumber(value) }
}

/** The number itself, for sending a message or dialling; never for an answer to a screen (that is `revealContact`). Null when none is stored. */
export const plainPhone = (ctx: Pick<Ctx, 'keys'>, row: { contact_phone_enc: string | null }): string | null => (row.contact_phone_enc === null ? null : decrypt(ctx.keys, row.contact_phone_enc, PHONE))
export const plainIdNumber = (ctx: Pick<Ctx, 'keys'>, enc: string): string => decrypt(ctx.keys, enc, ID_NUMBER)

/** A requester's name as lists and pages show it; enterprises are public names. */
export function shownName(row: { subject_kind: string; name: string; anonymous?: boolean }): string {
  if (row.anonymous) return '匿名'
  return row.subject_kind === 'enterprise' ? row.name : maskName(row.name)
}
