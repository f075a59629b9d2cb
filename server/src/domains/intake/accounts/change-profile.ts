// Name, identity number and address of the own account; masked values sent back change nothing.
import { isIdNumber, isMasked, isTelephone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { areaExists } from '../../platform/index.ts'
import { citizenView, db, idNumberFields, ownAccount } from './account.queries.ts'
import type * as contract from './account-contract.ts'

/** A resident identity number carries the date of birth. */
const bornOf = (idNumber: string): string | null => (isIdNumber(idNumber) && idNumber.length === 18 ? `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}` : null)

export async function changeProfile(ctx: Ctx, input: Input<typeof contract.changeProfile>): Promise<Output<typeof contract.changeProfile>> {
  const account = await ownAccount(ctx)
  const idNumber = input.idNumber === undefined || isMasked(input.idNumber) ? undefined : input.idNumber.replace(/\s/g, '').toUpperCase()
  const fields: FieldError[] = []
  if (idNumber && !isIdNumber(idNumber)) fields.push({ path: 'idNumber', message: '身份证号码不正确，请核对' })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) fields.push({ path: 'areaCode', message: '区划不存在' })
  const landline = input.landline === undefined || (input.landline !== null && isMasked(input.landline)) ? undefined : input.landline || null
  if (landline && !isTelephone(normalisePhone(landline))) fields.push({ path: 'landline', message: '固定电话格式不正确，例如 0990-1234567' })
  const born = bornOf(idNumber ?? '')
  if (born && input.birthDate && input.birthDate !== born) fields.push({ path: 'birthDate', message: '出生日期与身份证号不一致' })
  if (input.birthDate && input.birthDate > localDate(ctx.clock.now())) fields.push({ path: 'birthDate', message: '出生日期不能晚于今天' })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  const row = await db(ctx)
    .updateTable('intake_account')
    .set((eb) => ({
      ...(input.name === undefined || isMasked(input.name) ? {} : { name: input.name }),
      ...(idNumber === undefined ? {} : idNumberFields(ctx, idNumber)),
      ...(input.areaCode === undefined ? {} : { area_code: input.areaCode || null }),
      ...(input.address === undefined ? {} : { address: input.address || null }),
      ...(landline === undefined ? {} : { landline }),
      ...(input.birthDate === undefined ? (born ? { birth_date: born } : {}) : { birth_date: input.birthDate ?? born }),
      ...(input.sex === undefined ? {} : { sex: input.sex }),
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', account.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return citizenView(row)
}
