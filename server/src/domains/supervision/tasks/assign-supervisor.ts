// Who supervises a task: by order type, area and level; by name; or nobody yet, in the pool (SUP-17).
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { areaExists, areaName, usersOf } from '../../platform/index.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db } from '../supervision.queries.ts'
import type * as contract from './task-contract.ts'

/** Those who may be given a task. */
export const supervisors = (ctx: Ctx): Promise<{ id: string; name: string }[]> => usersOf(ctx, { permission: 'supervision.manage' })

/** The named one; else the most specific duty that fits, as long as its holder can still act. */
export async function supervisorFor(ctx: Ctx, order: { appeal_type: string; area_code: string | null }, level: number, named?: string): Promise<{ id: string; name: string } | null> {
  if (named !== undefined && named === ctx.actor.id) return { id: named, name: ctx.actor.name }
  const able = await supervisors(ctx)
  if (named) return able.find((u) => u.id === named) ?? null
  const duties = await db(ctx)
    .selectFrom('supervision_duty').select(['user_id', 'area_code', 'appeal_types'])
    .where('tenant_id', '=', ctx.tenantId).where('level', '=', level)
    .where(sql<SqlBool>`(area_code is null or ${order.area_code ?? ''} like regexp_replace(area_code, '(00)+$', '') || '%')`)
    .where(sql<SqlBool>`(appeal_types = '{}' or ${order.appeal_type} = any(appeal_types))`)
    .execute()
  const best = duties.filter((d) => able.some((u) => u.id === d.user_id)).toSorted((a, b) => (b.area_code ?? '').length - (a.area_code ?? '').length || Number(b.appeal_types.length > 0) - Number(a.appeal_types.length > 0))[0]
  return able.find((u) => u.id === best?.user_id) ?? null
}

export async function listDuties(ctx: Ctx): Promise<Output<typeof contract.listDutiesRoute>> {
  authorize(ctx, 'supervision.assign')
  const rows = await db(ctx).selectFrom('supervision_duty').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('level').orderBy('area_code').orderBy('id').execute()
  const people = await supervisors(ctx)
  const items = await Promise.all(rows.map(async (r) => ({ id: r.id, level: r.level, areaCode: r.area_code, areaName: r.area_code ? await areaName(ctx, r.area_code) : null, appealTypes: r.appeal_types, userId: r.user_id, userName: r.user_name, absent: !people.some((p) => p.id === r.user_id) })))
  return { items, people }
}

export async function addDuty(ctx: Ctx, input: Input<typeof contract.addDutyRoute>): Promise<Output<typeof contract.addDutyRoute>> {
  authorize(ctx, 'supervision.assign')
  const person = (await supervisors(ctx)).find((u) => u.id === input.userId)
  if (!person) throw kernelErrors('invalid', { fields: [{ path: 'userId', message: '该人员没有办理督办的权限' }] })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) throw kernelErrors('invalid', { fields: [{ path: 'areaCode', message: '区划不存在' }] })
  const id = newId()
  await db(ctx).insertInto('supervision_duty').values({ tenant_id: ctx.tenantId, id, level: input.level, area_code: input.areaCode ?? null, appeal_types: input.appealTypes, user_id: person.id, user_name: person.name, created_at: ts(ctx.clock.now()) }).execute()
  ctx.audit({ module: 'supervision', act: 'addDuty', objectType: 'key:supervisionDuty', objectId: id, changes: { user: { old: null, new: person.name }, level: { old: null, new: input.level } } })
  return listDuties(ctx)
}

export async function removeDuty(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.listDutiesRoute>> {
  authorize(ctx, 'supervision.assign')
  const gone = await db(ctx).deleteFrom('supervision_duty').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('user_name').executeTakeFirst()
  if (!gone) throw supervisionFail('dutyNotFound')
  ctx.audit({ module: 'supervision', act: 'removeDuty', objectType: 'key:supervisionDuty', objectId: input.id, changes: { user: { old: gone.user_name, new: null } } })
  return listDuties(ctx)
}
