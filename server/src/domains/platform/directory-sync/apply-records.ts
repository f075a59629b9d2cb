// One record of a directory against what stands here: matched by code or staff number, changed only where it differs. Each in its own savepoint.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import { asAppError } from '../../../kernel/http/problem.ts'
import { runNested } from '../../../kernel/runtime.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { changeUnit, createUnit, disableUnit, enableUnit, moveUnit } from '../units/change-units.ts'
import * as unitContract from '../units/contract.ts'
import { unitInReach, unitsByCodes } from '../units/unit.queries.ts'
import { changeUser, disableUser, enableUser } from '../users/change-user.ts'
import * as userContract from '../users/contract.ts'
import { insertUser } from '../users/create-user.ts'
import { userInReach } from '../users/user.queries.ts'
import type { UnitRecord, UserRecord } from './contract.ts'

export type Outcome = { what: 'created' | 'changed' | 'disabled' | 'same'; text: string }
export type Kind = 'unit' | 'user'
const same: Outcome = { what: 'same', text: '' }
const REASON = '来源目录中已移除'

/** Applies one record or tells why not; nothing of it stays then. */
export async function attempt(ctx: Ctx, apply: () => Promise<Outcome>): Promise<Outcome | { refused: string }> {
  try {
    return await runNested(ctx, apply)
  } catch (error) {
    const known = error instanceof AppError ? error : asAppError(error)
    if (!known) throw error
    return { refused: known.refusal.fields?.[0]?.message ?? known.title }
  }
}

const refuse = (path: string, message: string) => kernelErrors('invalid', { fields: [{ path, message }] })

export async function link(ctx: Ctx, source: string, kind: Kind, code: string, objectId: string): Promise<void> {
  await ctx.db<PlatformTables>().insertInto('platform_sync_link').values({ tenant_id: ctx.tenantId, source, kind, code, object_id: objectId, linked_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'source', 'kind', 'code']).doUpdateSet({ object_id: objectId })).execute()
}

export async function applyUnit(ctx: Ctx, source: string, record: UnitRecord): Promise<Outcome> {
  const known = await unitsByCodes(ctx, ctx.tenantId, [record.code, record.parentCode])
  const found = known.get(record.code)
  if (record.removed) return found ? removeUnit(ctx, found.id) : same
  const parent = known.get(record.parentCode)
  if (!parent) throw refuse('parentCode', `上级机构“${record.parentCode}”不存在`)
  const body = unitContract.createUnit.body.parse({ code: record.code, parentId: parent.id, name: record.name, kind: record.kind, areaCode: record.areaCode })
  if (!found) {
    await link(ctx, source, 'unit', record.code, (await createUnit(ctx, body)).id)
    return { what: 'created', text: record.name }
  }
  await link(ctx, source, 'unit', record.code, found.id)
  const unit = await unitInReach(ctx, 'platform.manageUnits', found.id)
  const told: string[] = []
  if (unit.state !== 'active') {
    await enableUnit(ctx, { id: unit.id })
    told.push('重新启用')
  }
  if (unit.name !== record.name || unit.kind !== body.kind || unit.areaCode !== record.areaCode) {
    await changeUnit(ctx, { id: unit.id, version: (await unitInReach(ctx, 'platform.manageUnits', unit.id)).version, name: record.name, kind: body.kind, areaCode: record.areaCode })
    told.push(unit.name === record.name ? '类型或区划' : `${unit.name} → ${record.name}`)
  }
  if (unit.parentId !== null && unit.parentId !== parent.id) {
    await moveUnit(ctx, { id: unit.id, parentId: parent.id, version: (await unitInReach(ctx, 'platform.manageUnits', unit.id)).version })
    told.push(`移到${parent.name}`)
  }
  return told.length > 0 ? { what: 'changed', text: told.join('，') } : same
}

export async function removeUnit(ctx: Ctx, id: string): Promise<Outcome> {
  const unit = await unitInReach(ctx, 'platform.manageUnits', id)
  if (unit.state !== 'active') return same
  await disableUnit(ctx, { id, reason: REASON })
  return { what: 'disabled', text: unit.name }
}

export async function applyUser(ctx: Ctx, source: string, record: UserRecord): Promise<Outcome> {
  const { rows } = await sql<{ id: string; login: string }>`select id, login from platform_user where tenant_id = ${ctx.tenantId} and staff_no = ${record.staffNo} and state <> 'deleted'`.execute(ctx.db())
  const found = rows[0]
  if (record.removed) return found ? removeUser(ctx, found.id) : same
  const unit = (await unitsByCodes(ctx, ctx.tenantId, [record.unitCode])).get(record.unitCode)
  if (unit?.state !== 'active') throw refuse('unitCode', `机构“${record.unitCode}”不存在或已停用`)
  const posts = [{ unitId: unit.id, main: true, title: record.title }]
  if (!found) {
    const body = userContract.createUser.body.parse({ login: record.login, name: record.name, staffNo: record.staffNo, mobile: record.mobile, email: record.email, posts })
    await link(ctx, source, 'user', record.staffNo, await insertUser(ctx, { ...body, tenantId: ctx.tenantId, passwordHash: null }))
    return { what: 'created', text: record.name }
  }
  // The staff number says it is this person; another login says it may be somebody else.
  if (found.login.toLowerCase() !== record.login.toLowerCase()) throw refuse('login', `工号已属于登录名“${found.login}”的人员`)
  await link(ctx, source, 'user', record.staffNo, found.id)
  const user = await userInReach(ctx, 'platform.manageUsers', found.id)
  const told: string[] = []
  if (user.state === 'disabled') {
    await enableUser(ctx, { id: user.id, reason: '来源目录中恢复' })
    told.push('重新启用')
  }
  const main = user.posts.find((post) => post.main)
  const moved = main?.unitId !== unit.id
  const renamed = user.name !== record.name || (record.email !== null && user.email !== record.email)
  if (moved || renamed) {
    const others = user.posts.filter((post) => !post.main && post.unitId !== unit.id).map(({ unitId, title }) => ({ unitId, title, main: false }))
    await changeUser(ctx, { id: user.id, version: (await userInReach(ctx, 'platform.manageUsers', user.id)).version, name: record.name, ...(record.email === null ? {} : { email: record.email }), ...(moved ? { posts: [...posts, ...others] } : {}) })
    told.push(...(moved ? [`${main?.unitName ?? ''} → ${unit.name}`] : []), ...(renamed ? ['姓名或邮箱'] : []))
  }
  return told.length > 0 ? { what: 'changed', text: told.join('，') } : same
}

export async function removeUser(ctx: Ctx, id: string): Promise<Outcome> {
  const user = await userInReach(ctx, 'platform.manageUsers', id)
  if (user.state !== 'active') return same
  await disableUser(ctx, { id, reason: REASON })
  return { what: 'disabled', text: user.name }
}
