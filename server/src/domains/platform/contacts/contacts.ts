// The address book over colleagues and lower units, and the holders of duty roles that each unit keeps (PLA-28).
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize, can } from '../../../kernel/access.ts'
import { decrypt, encrypt, isMasked, isMobile, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { likeText, reachesUnit } from '../reach.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitById } from '../units/unit-tree.ts'
import { MOBILE_CONTEXT } from '../users/mobile.ts'
import type * as contract from './contract.ts'

const MANAGE = 'platform.manageDutyContacts'
const CONTEXT = 'platform_duty_contact.mobile'

export const dutyRoles = defineSetting<{ code: string; name: string }[]>({
  key: 'duty.roles', label: '值守岗位', help: '各单位须保持在岗联系人的岗位',
  schema: z.array(z.object({ code: z.string().regex(/^[A-Za-z0-9]{1,40}$/), name: z.string().min(1).max(20) })).min(1).max(20),
  fallback: [{ code: 'liaison', name: '联络员' }, { code: 'divisionChief', name: '科室负责人' }, { code: 'deputyLeader', name: '分管领导' }], scope: 'tenant',
})
export const contactErrors = defineErrors('platform', {
  dutyMobile: { status: 422, title: '值守联系人须填写正确的手机号' },
  unknownDuty: { status: 422, title: '没有这个值守岗位' },
  noMobile: { status: 409, title: '该同事没有登记手机号' },
})

type Person = Output<typeof contract.listContacts>['items'][number]

/**
 * Whom a person finds: those of the centre and of his own line of units, up and down; who works for the whole tenant finds everybody.
 * Sibling units stay closed to each other.
 */
const inLine = (ctx: Ctx) =>
  can(ctx, 'orders.dispatch') || can(ctx, 'platform.readUsers')
    ? sql<boolean>`true`
    : sql<boolean>`(w.kind in ('centre', 'subCentre') or w.path && ${ctx.actor.unitIds}::uuid[] or w.id = any(select unnest(o.path) from platform_unit o where o.tenant_id = ${ctx.tenantId} and o.id = any(${ctx.actor.unitIds}::uuid[])))`

export async function listContacts(ctx: Ctx, input: Input<typeof contract.listContacts>): Promise<Output<typeof contract.listContacts>> {
  const text = likeText(input.query ?? '')
  const { rows } = await sql<Person>`select u.id, u.name, u.staff_no as "staffNo", w.id as "unitId", w.name as "unitName", p.title, u.mobile_mask as mobile, nullif(u.email, '') as email
    from platform_user u join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id
    where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and ${inLine(ctx)}
      and ${input.unitId ? sql`w.path @> array[${input.unitId}]::uuid[]` : sql`true`}
      and ${input.query ? sql`(u.name ilike ${`%${text}%`} or u.staff_no ilike ${`${text}%`} or w.name ilike ${`%${text}%`})` : sql`true`}
    order by cardinality(w.path), w.sort, w.code, u.name, u.id limit ${input.limit + 1}`.execute(ctx.db())
  return { items: rows.slice(0, input.limit), more: rows.length > input.limit }
}

/** In clear, one at a time and on the record. */
export async function revealContactMobile(ctx: Ctx, input: { id: string }): Promise<{ mobile: string }> {
  const { rows } = await sql<{ name: string; mobile_enc: string | null }>`select u.name, u.mobile_enc from platform_user u join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main
      join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id where u.tenant_id = ${ctx.tenantId} and u.id = ${input.id} and u.state = 'active' and ${inLine(ctx)}`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  if (row.mobile_enc === null) throw contactErrors('noMobile')
  return { mobile: decrypt(ctx.keys, row.mobile_enc, MOBILE_CONTEXT) }
}

type Duty = Output<typeof contract.listDutyContacts>['items'][number]

export async function listDutyContacts(ctx: Ctx, input: Input<typeof contract.listDutyContacts>): Promise<Output<typeof contract.listDutyContacts>> {
  const duties = await setting(ctx, dutyRoles)
  const { rows } = await sql<Omit<Duty, 'dutyName' | 'mayEdit'> & { path: string[]; areaCode: string }>`select d.id, d.unit_id as "unitId", w.name as "unitName", w.path, w.area_code as "areaCode", d.duty, d.name, d.post, d.mobile_mask as mobile, d.sort, d.version, d.changed_at as "changedAt"
    from platform_duty_contact d join platform_unit w on w.tenant_id = d.tenant_id and w.id = d.unit_id
    where d.tenant_id = ${ctx.tenantId} and ${inLine(ctx)} and ${input.unitId ? sql`w.path @> array[${input.unitId}]::uuid[]` : sql`true`}
    order by cardinality(w.path), w.sort, w.code, d.sort, d.name limit 500`.execute(ctx.db())
  const mayEdit = (unit: { id: string; path: string[]; areaCode: string }): boolean => can(ctx, MANAGE) && reachesUnit(ctx, MANAGE, { ...unit, tenantId: ctx.tenantId })
  const editsAll = can(ctx, MANAGE) && [...(ctx.actor.grants.get(MANAGE) ?? [])].some((scope) => scope === 'tenant' || scope === 'tenantsBelow')
  return {
    items: rows.map(({ path, areaCode, ...row }) => ({ ...row, dutyName: duties.find((one) => one.code === row.duty)?.name ?? row.duty, mayEdit: mayEdit({ id: row.unitId, path, areaCode }) })), duties,
    mayEditUnitIds: can(ctx, MANAGE) ? ctx.actor.unitIds : [], editsAll,
  }
}

async function checked(ctx: Ctx, unitId: string, duty: string): Promise<void> {
  authorize(ctx, MANAGE)
  const unit = await unitById(ctx, unitId)
  if (unit.tenantId !== ctx.tenantId || !reachesUnit(ctx, MANAGE, unit)) throw kernelErrors('notFound')
  if (!(await setting(ctx, dutyRoles)).some((one) => one.code === duty)) throw contactErrors('unknownDuty', { fields: [{ path: 'duty', message: '请选择值守岗位' }] })
}

function mobile(ctx: Ctx, typed: string): { mobile_enc: string; mobile_mask: string } {
  const number = normalisePhone(typed)
  if (!isMobile(number)) throw contactErrors('dutyMobile', { fields: [{ path: 'mobile', message: '请填写手机号码' }] })
  return { mobile_enc: encrypt(ctx.keys, number, CONTEXT), mobile_mask: maskPhone(number) }
}

const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name })

export async function createDutyContact(ctx: Ctx, input: Input<typeof contract.createDutyContact>): Promise<{ id: string }> {
  await checked(ctx, input.unitId, input.duty)
  const id = newId()
  await ctx.db<PlatformTables>().insertInto('platform_duty_contact').values({ tenant_id: ctx.tenantId, id, unit_id: input.unitId, duty: input.duty, name: input.name, post: input.post, sort: input.sort, ...mobile(ctx, input.mobile), ...stamp(ctx) }).execute()
  return { id }
}

async function held(ctx: Ctx, id: string): Promise<{ unit_id: string; duty: string; version: number; changedBy: string }> {
  const row = await ctx.db<PlatformTables>().selectFrom('platform_duty_contact').select(['unit_id', 'duty', 'version', 'changed_by as changedBy']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function changeDutyContact(ctx: Ctx, input: Input<typeof contract.changeDutyContact>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const before = await held(ctx, input.id)
  await checked(ctx, before.unit_id, input.duty)
  if (before.version !== input.version) throw kernelErrors('conflict', { current: { version: before.version, changedBy: before.changedBy } })
  return ctx
    .db<PlatformTables>()
    .updateTable('platform_duty_contact')
    .set((eb) => ({ duty: input.duty, name: input.name, post: input.post, sort: input.sort, ...(isMasked(input.mobile) ? {} : mobile(ctx, input.mobile)), ...stamp(ctx), version: eb('version', '+', 1) }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', input.id)
    .returning('version')
    .executeTakeFirstOrThrow()
}

export async function deleteDutyContact(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const before = await held(ctx, input.id)
  await checked(ctx, before.unit_id, before.duty)
  await ctx.db<PlatformTables>().deleteFrom('platform_duty_contact').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return {}
}

/** Mobiles in clear of who holds a duty in a unit, for sending (warnings). */
export async function dutyMobiles(ctx: Ctx, unitIds: readonly string[], duty: string): Promise<{ unitId: string; name: string; mobile: string }[]> {
  if (unitIds.length === 0) return []
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_duty_contact').select(['unit_id', 'name', 'mobile_enc']).where('tenant_id', '=', ctx.tenantId).where('unit_id', 'in', [...unitIds]).where('duty', '=', duty).orderBy('sort').execute()
  return rows.map((row) => ({ unitId: row.unit_id, name: row.name, mobile: decrypt(ctx.keys, row.mobile_enc, CONTEXT) }))
}
