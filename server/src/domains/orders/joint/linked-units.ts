// The resource base: departments, institutions and enterprises that can be called upon, with contact and rights (ORD-64).
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt, isMasked, isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { unitsByIds } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './joint-contract.ts'
import { jointFail } from './joint.errors.ts'

export type LinkedRow = Selectable<OrdersTables['order_linked_unit']>
type Kind = 'department' | 'institution' | 'enterprise'
const CONTEXT = 'order_linked_unit.contact_phone'

const view = (r: LinkedRow, unitName: string | null) => ({
  id: r.id, kind: r.kind as Kind, name: r.name, unitId: r.unit_id, unitName, duties: r.duties, contactName: r.contact_name, contactPhone: r.contact_phone_mask, rights: r.rights as 'view' | 'feedback', active: r.active, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name,
})
const withName = async (ctx: Ctx, r: LinkedRow) => view(r, r.unit_id ? ((await unitsByIds(ctx, [r.unit_id])).get(r.unit_id)?.name ?? null) : null)

export async function listLinkedUnits(ctx: Ctx, input: Input<typeof contract.listLinkedUnitsRoute>) {
  let query = db(ctx).selectFrom('order_linked_unit').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('kind').orderBy('name').limit(1000)
  if (!input.all) query = query.where('active', '=', true)
  if (input.kind) query = query.where('kind', '=', input.kind)
  const rows = await query.execute()
  const units = await unitsByIds(ctx, rows.flatMap((r) => r.unit_id ?? []))
  return { items: rows.map((r) => view(r, r.unit_id ? (units.get(r.unit_id)?.name ?? null) : null)) }
}

const fault = (path: string, message: string): Error => jointFail('jointFault', { rule: 'orders.linkedUnit', params: { fault: message }, fields: [{ path, message }] })

async function columns(ctx: Ctx, body: Input<typeof contract.createLinkedUnitRoute>) {
  const unit = body.unitId ? (await unitsByIds(ctx, [body.unitId])).get(body.unitId) : null
  if (body.unitId && unit?.tenantId !== ctx.tenantId) throw fault('unitId', '请选择本中心的单位')
  const typed = body.contactPhone ?? ''
  const phone = typed === '' || isMasked(typed) ? null : normalisePhone(typed)
  if (phone !== null && !isTelephone(phone)) throw fault('contactPhone', '请填写正确的电话号码')
  return {
    kind: body.kind, name: body.name, unit_id: unit?.id ?? null, duties: body.duties || null, contact_name: body.contactName || null, rights: body.rights, active: body.active, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
    // A masked number came back as it was shown: it stays.
    ...(isMasked(typed) ? {} : { contact_phone_enc: phone === null ? null : encrypt(ctx.keys, phone, CONTEXT), contact_phone_mask: phone === null ? null : maskPhone(phone) }),
  }
}

const taken = () => jointFail('linkedNameTaken', { fields: [{ path: 'name', message: '已有同名的联动单位' }] })

export async function createLinkedUnit(ctx: Ctx, input: Input<typeof contract.createLinkedUnitRoute>) {
  authorize(ctx, 'orders.manageJoint')
  const row = await db(ctx).insertInto('order_linked_unit').values({ tenant_id: ctx.tenantId, id: newId(), ...(await columns(ctx, input)) }).onConflict((c) => c.columns(['tenant_id', 'name']).doNothing()).returningAll().executeTakeFirst()
  if (!row) throw taken()
  return withName(ctx, row)
}

export async function changeLinkedUnit(ctx: Ctx, input: Input<typeof contract.changeLinkedUnitRoute>) {
  authorize(ctx, 'orders.manageJoint')
  const old = await db(ctx).selectFrom('order_linked_unit').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw orderFail('notFound')
  if (old.version !== input.version) throw jointFail('linkedChanged', { params: { by: old.changed_by_name }, current: { version: old.version, changedBy: old.changed_by_name } })
  const twin = await db(ctx).selectFrom('order_linked_unit').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).where('id', '<>', input.id).executeTakeFirst()
  if (twin) throw taken()
  return withName(ctx, await db(ctx).updateTable('order_linked_unit').set({ ...(await columns(ctx, input)), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returningAll().executeTakeFirstOrThrow())
}

/** In clear, one at a time; the command itself is on the audit record. */
export async function revealLinkedPhone(ctx: Ctx, input: { id: string }): Promise<{ phone: string }> {
  const row = await db(ctx).selectFrom('order_linked_unit').select('contact_phone_enc').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw orderFail('notFound')
  if (row.contact_phone_enc === null) throw jointFail('linkedNoPhone')
  return { phone: decrypt(ctx.keys, row.contact_phone_enc, CONTEXT) }
}
