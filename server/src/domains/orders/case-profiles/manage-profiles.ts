// Definitions of case profiles: listed, made, changed (each change a version), tried on past orders.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { extensionFor } from '../../forms/index.ts'
import { centreUnit, isSubordinate, touchStamp, unitsByIds } from '../../platform/index.ts'
import { dispatchFault } from '../assignment.ts'
import { openStates } from '../order.ts'
import { db } from '../orders.queries.ts'
import { compile } from '../query/compile-conditions.ts'
import { parseConditions } from '../query/conditions.ts'
import { tryOnPast } from '../query/run-query.ts'
import { taskForces } from '../queues/queue.ts'
import { asCount } from '../reading/list-branches.ts'
import { dispatchFaults } from '../texts.zh-CN.ts'
import type * as contract from './profile-contract.ts'
import { profileDefinition, profileStages } from './profile-definition.ts'
import { profileFail } from './profile.errors.ts'
import { ensureProfiles, keepVersion, type ProfileRow } from './profile-store.ts'
import { profileStageNames } from './profiles.zh-CN.ts'

type View = Output<typeof contract.createProfileRoute>

const rows = (ctx: Ctx) => db(ctx).selectFrom('order_profile').selectAll().where('tenant_id', '=', ctx.tenantId)

async function view(ctx: Ctx, row: ProfileRow): Promise<View> {
  const [form, counted] = await Promise.all([
    extensionFor(ctx, { caseProfile: row.code }),
    sql<{ n: number }>`select count(*)::int as n from (select 1 from order_order where tenant_id = ${ctx.tenantId} and profile_id = ${row.id} and state in (${sql.join([...openStates])}) limit 1001) as bounded`.execute(ctx.db()),
  ])
  return {
    id: row.id, code: row.code, name: row.name, position: row.position, shipped: row.shipped, enabled: row.enabled, definition: profileDefinition.parse(row.definition), version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name,
    form: form ? { versionId: form.versionId, fields: form.fields.map(({ key, title, type }) => ({ key, title, type })) } : null, open: asCount(counted.rows[0]?.n ?? 0),
  }
}

export async function listProfiles(ctx: Ctx) {
  authorize(ctx, 'orders.manageProfiles')
  const list = await rows(ctx).orderBy('position').orderBy('code').limit(200).execute()
  return { items: await Promise.all(list.map((row) => view(ctx, row))), stages: profileStages.map((value) => ({ value, label: profileStageNames[value] })), queues: (await taskForces(ctx)).map(({ code, name }) => ({ code, name })) }
}

type Body = Pick<Input<typeof contract.createProfileRoute>, 'name' | 'definition' | 'enabled'>

/** What a profile refers to must exist, and a route must lead somewhere: found before anybody relies on it. */
async function check(ctx: Ctx, code: string, { definition }: Body): Promise<void> {
  const fields: FieldError[] = []
  const conditionsOf: [string, Record<string, unknown> | null][] = [['definition.match', definition.match], ...definition.routes.map((r, i): [string, Record<string, unknown> | null] => [`definition.routes.${i}.when`, r.when]), ...definition.limits.map((l, i): [string, Record<string, unknown> | null] => [`definition.limits.${i}.when`, l.when])]
  for (const [path, one] of conditionsOf) if (one) await compile(ctx, parseConditions(one)).catch((error: Error) => fields.push({ path, message: error instanceof Error && 'refusal' in error ? ((error as { refusal: { fields?: FieldError[] } }).refusal.fields?.[0]?.message ?? '条件不正确') : '条件不正确' }))
  const form = await extensionFor(ctx, { caseProfile: code })
  const known = new Set(form?.fields.map((f) => f.key) ?? [])
  const named = [...Object.keys(definition.fields), ...definition.variants.flatMap((v) => v.required)]
  const unknown = form ? named.filter((key) => !known.has(key)) : []
  if (unknown.length > 0) fields.push({ path: 'definition.fields', message: `绑定的表单没有字段：${unknown.join('、')}` })
  for (const [key, field] of Object.entries(definition.fields)) if (field.required.some((s) => !field.enter.includes(s))) fields.push({ path: `definition.fields.${key}`, message: '必填的环节须允许填写' })
  const centre = await centreUnit(ctx)
  const units = await unitsByIds(ctx, [...definition.routes.flatMap((r) => r.units.map((u) => u.unitId)), ...definition.variants.flatMap((v) => v.unitIds)])
  for (const [i, route] of definition.routes.entries()) {
    const fault = dispatchFault(route.units)
    if (fault) fields.push({ path: `definition.routes.${i}.units`, message: dispatchFaults[fault] })
    for (const { unitId } of route.units) {
      const unit = units.get(unitId)
      if (!unit || unit.state !== 'active' || (unit.id !== centre.id && !isSubordinate(centre, unit))) fields.push({ path: `definition.routes.${i}.units`, message: `“${unit?.name ?? unitId}”不在可派发的范围内` })
    }
  }
  if (definition.queue && !(await taskForces(ctx)).some((q) => q.code === definition.queue)) fields.push({ path: 'definition.queue', message: '专班不存在' })
  if (fields.length > 0) throw profileFail('profileFault', { rule: 'orders.profile.definition', params: { fault: fields[0]?.message ?? '' }, fields })
}

export async function createProfile(ctx: Ctx, input: Input<typeof contract.createProfileRoute>): Promise<View> {
  authorize(ctx, 'orders.manageProfiles')
  if (await rows(ctx).where('code', '=', input.code).executeTakeFirst()) throw profileFail('profileTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '代码已被使用' }] })
  await check(ctx, input.code, input)
  const id = newId()
  const row = await db(ctx).insertInto('order_profile').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, position: input.position, enabled: input.enabled, definition: json(input.definition as never), changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).returningAll().executeTakeFirstOrThrow()
  await touchStamp(ctx, 'caseProfiles')
  await keepVersion(ctx, { id, name: input.name, version: 1, definition: input.definition })
  ctx.audit({ module: 'orders', act: 'createProfile', objectType: 'key:parameter', objectId: id, changes: { profile: { old: null, new: { code: input.code, name: input.name, enabled: input.enabled } } } })
  return view(ctx, row)
}

export async function changeProfile(ctx: Ctx, input: Input<typeof contract.changeProfileRoute>): Promise<View> {
  authorize(ctx, 'orders.manageProfiles')
  const old = await rows(ctx).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw profileFail('profileNotFound')
  if (old.version !== input.version) throw profileFail('profileChanged', { params: { by: old.changed_by_name }, current: { version: old.version, changedBy: old.changed_by_name } })
  await check(ctx, old.code, input)
  const version = old.version + 1
  const row = await db(ctx).updateTable('order_profile').set({ name: input.name, position: input.position, enabled: input.enabled, definition: json(input.definition as never), version, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  await touchStamp(ctx, 'caseProfiles')
  await keepVersion(ctx, { id: old.id, name: input.name, version, definition: input.definition })
  ctx.audit({ module: 'orders', act: 'changeProfile', objectType: 'key:parameter', objectId: old.id, changes: { definition: { old: old.definition, new: input.definition }, enabled: { old: old.enabled, new: input.enabled } } })
  return view(ctx, row)
}

/** What the conditions would have matched among the orders of the last days, under the tester's own scope. */
export async function tryProfile(ctx: Ctx, input: Input<typeof contract.tryProfileRoute>) {
  authorize(ctx, 'orders.manageProfiles')
  return tryOnPast(ctx, input.match, input.days)
}

/** A new tenant, or one made before the shipped profiles came, gets them within half a minute. */
export const shipProfiles = (ctx: Ctx): Promise<void> => ensureProfiles(ctx)
