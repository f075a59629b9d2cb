// Name, identity number and address of the own account; masked values sent back change nothing.
import { isIdNumber, isMasked } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { areaExists } from '../../platform/index.ts'
import { citizenView, db, idNumberFields, ownAccount } from './account.queries.ts'
import type * as contract from './account-contract.ts'

export async function changeProfile(ctx: Ctx, input: Input<typeof contract.changeProfile>): Promise<Output<typeof contract.changeProfile>> {
  const account = await ownAccount(ctx)
  const idNumber = input.idNumber === undefined || isMasked(input.idNumber) ? undefined : input.idNumber.replace(/\s/g, '').toUpperCase()
  const fields: FieldError[] = []
  if (idNumber && !isIdNumber(idNumber)) fields.push({ path: 'idNumber', message: '身份证号码不正确，请核对' })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) fields.push({ path: 'areaCode', message: '区划不存在' })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  const row = await db(ctx)
    .updateTable('intake_account')
    .set((eb) => ({
      ...(input.name === undefined || isMasked(input.name) ? {} : { name: input.name }),
      ...(idNumber === undefined ? {} : idNumberFields(ctx, idNumber)),
      ...(input.areaCode === undefined ? {} : { area_code: input.areaCode || null }),
      ...(input.address === undefined ? {} : { address: input.address || null }),
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', account.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return citizenView(row)
}
