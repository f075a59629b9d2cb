import { sql, type Selectable } from 'kysely'
import { encrypt, keyedHash, maskIdNumber, maskName, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { contactFields } from '../../orders/index.ts'
import { intakeFail } from '../intake.errors.ts'
import type { IntakeTables } from '../tables.gen.ts'
import type * as contract from './account-contract.ts'

export type AccountRow = Selectable<IntakeTables['intake_account']>
type Citizen = Output<typeof contract.changeProfile>

export const db = (ctx: Ctx) => ctx.db<IntakeTables>()

/** The hash by which orders know a telephone: what the number asked by phone belongs to its owner here too. */
export const phoneHashOf = (ctx: Ctx, phone: string): string | null => contactFields(ctx, phone).contact_phone_hash

export const ID_NUMBER = 'intake.idNumber'
const PHONE = 'intake.phone'

export const idNumberFields = (ctx: Ctx, value: string) =>
  value === ''
    ? { id_type: null, id_number_enc: null, id_number_hash: null, id_number_mask: null }
    : { id_type: 'residentId', id_number_enc: encrypt(ctx.keys, value, ID_NUMBER), id_number_hash: keyedHash(ctx.keys, 'idNumber', value), id_number_mask: maskIdNumber(value) }

export const phoneContext = PHONE

/** The account of a verified number; made at its first sign-in. */
export async function accountFor(ctx: Ctx, phone: string, phoneHash: string): Promise<{ account: AccountRow; firstTime: boolean }> {
  const now = ts(ctx.clock.now())
  const number = normalisePhone(phone)
  const row = await db(ctx)
    .insertInto('intake_account')
    .values({ tenant_id: ctx.tenantId, id: newId(), phone_hash: phoneHash, phone_enc: encrypt(ctx.keys, number, PHONE), phone_mask: maskPhone(number), created_at: now, signed_in_at: now })
    .onConflict((c) => c.columns(['tenant_id', 'phone_hash']).doUpdateSet({ signed_in_at: now }))
    .returningAll()
    .returning(sql<boolean>`xmax = 0`.as('inserted'))
    .executeTakeFirstOrThrow()
  return { account: row, firstTime: row.inserted }
}

/** The account of the acting citizen. @throws kernel-like 404 when it is gone */
export async function ownAccount(ctx: Ctx): Promise<AccountRow> {
  const row = ctx.actor.kind === 'citizen' && ctx.actor.id ? await db(ctx).selectFrom('intake_account').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', ctx.actor.id).executeTakeFirst() : undefined
  if (!row) throw intakeFail('orderUnknown')
  return row
}

/** Name, identity number and address stand; the mobile is verified anyway (INT-03). */
export const isRegistered = (row: Pick<AccountRow, 'name' | 'id_number_hash' | 'address'>): boolean => row.name !== '' && row.id_number_hash !== null && Boolean(row.address)

export const citizenView = (row: AccountRow): Citizen => ({
  mobile: row.phone_mask, name: row.name === '' ? '' : maskName(row.name), idNumber: row.id_number_mask, realName: isRegistered(row), areaCode: row.area_code, address: row.address, landline: row.landline === null ? null : maskPhone(row.landline), birthDate: row.birth_date, sex: row.sex === 'male' || row.sex === 'female' ? row.sex : null,
})
