// Registered applications: data, state, who may enter (apart from roles), and entering with a signed ticket (PLA-11, PLA-10).
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import { decrypt, encrypt, randomToken } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import { applicationErrors } from './application.errors.ts'
import { checks } from './contract.ts'
import type * as contract from './contract.ts'
import { grantsOf, offeredScopes } from './grants.ts'
import { signed } from './signed.ts'
import { noteEntry } from './single-sign-on.ts'

const MANAGE = 'platform.manageApplications'
const SECRET = 'platform.application'
const TICKET_SECONDS = 60
const checkNames: Record<(typeof checks)[number], string> = { identity: '身份对接', organisation: '机构编码', messages: '消息', audit: '审计' }
const table = (ctx: Ctx) => ctx.db<PlatformTables>()

/** @throws kernel.notFound */
export async function applicationOf(ctx: Ctx, id: string) {
  const row = await table(ctx).selectFrom('platform_application').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}
export const secretOf = (ctx: Ctx, row: { secret_enc: string }): string => decrypt(ctx.keys, row.secret_enc, SECRET)

/** Who decides on grants sees what he decides about. */
function mayRead(ctx: Ctx): void {
  if (!can(ctx, 'platform.approveApplications')) authorize(ctx, MANAGE)
}

async function views(ctx: Ctx, id?: string): Promise<Output<typeof contract.listApplications>['items']> {
  let query = table(ctx).selectFrom('platform_application as a').innerJoin('platform_user as u', (j) => j.onRef('u.tenant_id', '=', 'a.tenant_id').onRef('u.id', '=', 'a.account_id')).where('a.tenant_id', '=', ctx.tenantId)
    .select(['a.id', 'a.code', 'a.name', 'a.category', 'a.owner', 'a.address', 'a.logout_address as logoutAddress', 'a.state', 'a.account_id as accountId', 'u.name as accountName', 'a.checklist', 'a.visits', 'a.visited_at as visitedAt', 'a.version', 'a.changed_at as changedAt', 'a.changed_by as changedBy',
      sql<number>`(select count(*)::int from platform_application_admission d where d.tenant_id = a.tenant_id and d.application_id = a.id)`.as('admitted'), sql<number>`(select count(*)::int from platform_application_grant g where g.tenant_id = a.tenant_id and g.application_id = a.id and g.state = 'approved')`.as('grants')])
  if (id) query = query.where('a.id', '=', id)
  const rows = await query.orderBy('a.category').orderBy('a.name').limit(500).execute()
  return rows.map((row) => ({ ...row, state: row.state === 'running' ? 'running' : 'stopped', checklist: checks.filter((one) => row.checklist.includes(one)) }))
}

export async function listApplications(ctx: Ctx): Promise<Output<typeof contract.listApplications>> {
  mayRead(ctx)
  return { items: await views(ctx), scopes: offeredScopes() }
}

export async function getApplication(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getApplication>> {
  mayRead(ctx)
  const [item] = await views(ctx, input.id)
  if (!item) throw kernelErrors('notFound')
  const admissions = await table(ctx).selectFrom('platform_application_admission as d').innerJoin('platform_user as u', (j) => j.onRef('u.tenant_id', '=', 'd.tenant_id').onRef('u.id', '=', 'd.user_id'))
    .leftJoin('platform_post as p', (j) => j.onRef('p.tenant_id', '=', 'u.tenant_id').onRef('p.user_id', '=', 'u.id').on('p.main', '=', true)).leftJoin('platform_unit as n', (j) => j.onRef('n.tenant_id', '=', 'p.tenant_id').onRef('n.id', '=', 'p.unit_id'))
    .where('d.tenant_id', '=', ctx.tenantId).where('d.application_id', '=', input.id).select(['u.id as userId', 'u.name', 'n.name as unitName', 'd.admitted_by as admittedBy', 'd.admitted_at as admittedAt']).orderBy('u.name').limit(2000).execute()
  return { ...item, clientId: `${item.code}@${(await tenantById(ctx, ctx.tenantId)).code}`, admissions, grantItems: await grantsOf(ctx, input.id) }
}

/** Only an account of the own tenant may lend its rights. */
async function accountHere(ctx: Ctx, accountId: string): Promise<void> {
  const found = await table(ctx).selectFrom('platform_user').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', accountId).where('state', '=', 'active').executeTakeFirst()
  if (!found) throw kernelErrors('invalid', { fields: [{ path: 'accountId', message: '请选择本级在用的账户' }] })
}

/** A new application is stopped until its check-list is complete. */
export async function createApplication(ctx: Ctx, input: Input<typeof contract.createApplication>): Promise<{ id: string; secret: string }> {
  authorize(ctx, MANAGE)
  await accountHere(ctx, input.accountId)
  const [id, secret] = [newId(), randomToken(32)]
  const made = await table(ctx).insertInto('platform_application').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, category: input.category, owner: input.owner, address: input.address, logout_address: input.logoutAddress, state: 'stopped', account_id: input.accountId, checklist: input.checklist, secret_enc: encrypt(ctx.keys, secret, SECRET), changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name })
    .onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).returning('id').executeTakeFirst()
  if (!made) throw applicationErrors('applicationCode', { params: { code: input.code }, fields: [{ path: 'code', message: '已被使用' }] })
  ctx.audit({ module: 'platform', act: 'createApplication', objectType: 'key:permission', objectId: id, changes: { name: { old: null, new: input.name } } })
  return { id, secret }
}

export async function changeApplication(ctx: Ctx, input: Input<typeof contract.changeApplication>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const row = await applicationOf(ctx, input.id)
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changed_by } })
  if (input.accountId) await accountHere(ctx, input.accountId)
  const checklist = input.checklist ?? row.checklist
  const missing = checks.filter((one) => !checklist.includes(one)).map((one) => checkNames[one])
  if ((input.state ?? row.state) === 'running' && missing.length > 0) throw applicationErrors('applicationChecklist', { params: { missing: missing.join('、') }, fields: [{ path: 'checklist', message: `还差：${missing.join('、')}` }] })
  const version = row.version + 1
  await table(ctx).updateTable('platform_application').set({
    version, changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name, checklist, state: input.state ?? row.state, name: input.name ?? row.name, category: input.category ?? row.category, owner: input.owner ?? row.owner, address: input.address ?? row.address, logout_address: input.logoutAddress === undefined ? row.logout_address : input.logoutAddress, account_id: input.accountId ?? row.account_id,
  }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'platform', act: 'changeApplication', objectType: 'key:permission', objectId: row.id, changes: { state: { old: row.state, new: input.state ?? row.state }, accountId: { old: row.account_id, new: input.accountId ?? row.account_id } } })
  return { version }
}

export async function renewSecret(ctx: Ctx, input: { id: string }): Promise<{ secret: string }> {
  authorize(ctx, MANAGE)
  const row = await applicationOf(ctx, input.id)
  const secret = randomToken(32)
  await table(ctx).updateTable('platform_application').set({ secret_enc: encrypt(ctx.keys, secret, SECRET) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'platform', act: 'renewApplicationSecret', objectType: 'key:permission', objectId: row.id, changes: {} })
  return { secret }
}

export async function admitUsers(ctx: Ctx, input: Input<typeof contract.admitUsers>): Promise<{ admitted: number }> {
  authorize(ctx, MANAGE)
  const row = await applicationOf(ctx, input.id)
  const known = input.userIds.length === 0 ? [] : await table(ctx).selectFrom('platform_user').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', input.userIds).execute()
  if (known.length < new Set(input.userIds).size) throw kernelErrors('invalid', { fields: [{ path: 'userIds', message: '只能选择本级的人员' }] })
  const before = await table(ctx).selectFrom('platform_application_admission').select('user_id').where('tenant_id', '=', ctx.tenantId).where('application_id', '=', row.id).execute()
  let gone = table(ctx).deleteFrom('platform_application_admission').where('tenant_id', '=', ctx.tenantId).where('application_id', '=', row.id)
  if (known.length > 0) gone = gone.where('user_id', 'not in', known.map((one) => one.id))
  await gone.execute()
  for (const user of known) await table(ctx).insertInto('platform_application_admission').values({ tenant_id: ctx.tenantId, application_id: row.id, user_id: user.id, admitted_by: ctx.actor.name, admitted_at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'application_id', 'user_id']).doNothing()).execute()
  ctx.audit({ module: 'platform', act: 'admitToApplication', objectType: 'key:permission', objectId: row.id, changes: { users: { old: before.map((one) => one.user_id), new: known.map((one) => one.id) } } })
  return { admitted: known.length }
}

export async function ownApplications(ctx: Ctx): Promise<Output<typeof contract.ownApplications>> {
  const items = await table(ctx).selectFrom('platform_application as a').innerJoin('platform_application_admission as d', (j) => j.onRef('d.tenant_id', '=', 'a.tenant_id').onRef('d.application_id', '=', 'a.id'))
    .where('a.tenant_id', '=', ctx.tenantId).where('a.state', '=', 'running').where('d.user_id', '=', ctx.actor.id ?? '').select(['a.id', 'a.name', 'a.category']).orderBy('a.category').orderBy('a.name').limit(100).execute()
  return { items }
}

/** The application's address with a ticket that says who comes, signed with its secret (JWT, HS256), good for a minute. */
export async function enterApplication(ctx: Ctx, input: { id: string }): Promise<{ url: string }> {
  const row = await applicationOf(ctx, input.id)
  const admitted = await table(ctx).selectFrom('platform_application_admission').select('user_id').where('tenant_id', '=', ctx.tenantId).where('application_id', '=', row.id).where('user_id', '=', ctx.actor.id ?? '').executeTakeFirst()
  if (!admitted) throw applicationErrors('notAdmitted', { rule: 'platform.admission', params: { name: row.name } })
  if (row.state !== 'running') throw applicationErrors('applicationStopped', { params: { name: row.name } })
  const user = await table(ctx).selectFrom('platform_user').select(['login', 'staff_no']).where('tenant_id', '=', ctx.tenantId).where('id', '=', ctx.actor.id ?? '').executeTakeFirstOrThrow()
  const sid = await noteEntry(ctx, row.id)
  const url = new URL(row.address)
  url.searchParams.set('ticket', signed(ctx, secretOf(ctx, row), { iss: 'minsheng', aud: row.code, sub: user.login, sid, staffNo: user.staff_no, name: ctx.actor.name, unit: ctx.actor.unitName, jti: newId() }, TICKET_SECONDS))
  return { url: url.toString() }
}
