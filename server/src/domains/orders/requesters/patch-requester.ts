// Editing a requester's record; masked values that come back with the form change nothing.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { isMasked, isTelephone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { areaExists } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import { phoneHash } from './contact.ts'
import { requesterById, viewOf } from './read-requester.ts'
import type { patchRequesterRoute } from './requester-contract.ts'
import { requesterFail } from './requester.errors.ts'
import { phonesOf } from './requesters.queries.ts'
import { applyEdit, type RequesterEdit } from './save-requester.ts'

export async function patchRequester(ctx: Ctx, input: Input<typeof patchRequesterRoute>) {
  authorize(ctx, 'orders.editRequester')
  const row = await db(ctx).selectFrom('order_requester').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw orderFail('requesterNotFound')
  if (row.version !== input.version) throw requesterFail('requesterChanged', { current: { version: row.version, changedAt: toIso(row.updated_at) } })
  const added = await checked(ctx, input)
  const known = (await phonesOf(ctx, [row.id])).get(row.id) ?? []
  const removed = known.filter((p) => input.removePhones.includes(p.phone_mask)).map((p) => ({ hash: p.phone_hash, mask: p.phone_mask }))
  const fresh = added.filter((number) => !known.some((p) => p.phone_hash === phoneHash(ctx, number)))
  await applyEdit(ctx, row, editOf(input), { added: fresh, removed, registration: false, known: known.map((p) => p.phone_mask) })
  return viewOf(ctx, await requesterById(ctx, row.id))
}

async function checked(ctx: Ctx, input: Input<typeof patchRequesterRoute>): Promise<string[]> {
  const fields: FieldError[] = []
  const numbers = input.addPhones.map((text, i) => {
    const number = normalisePhone(text)
    if (isMasked(text) || !isTelephone(number)) fields.push({ path: `addPhones.${i}`, message: '电话号码格式不正确' })
    return number
  })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) fields.push({ path: 'areaCode', message: '区划不存在' })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  return numbers
}

function editOf(input: Input<typeof patchRequesterRoute>): RequesterEdit {
  const edit: RequesterEdit = {}
  if (input.name !== undefined && !isMasked(input.name ?? '')) edit.name = input.name ?? ''
  for (const key of ['idNumber', 'address', 'detailAddress'] as const) if (input[key] !== undefined && !isMasked(input[key] ?? '')) edit[key] = input[key] || null
  for (const key of ['sex', 'ageRange', 'idType', 'areaCode'] as const) if (input[key] !== undefined) edit[key] = input[key] || null
  if (input.labels) edit.labels = [...new Set(input.labels)]
  return edit
}
