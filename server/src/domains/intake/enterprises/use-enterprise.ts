// The citizen's side: registering an enterprise, its people, its orders.
import { isCreditCode, maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import { newId } from '../../../kernel/runtime.ts'
import { findEnterprise } from '../../matters/index.ts'
import { publicLines, readOrderRows } from '../../orders/index.ts'
import { afterCursor, attachFiles, boundCount, filesOf, nextPage, setting } from '../../platform/index.ts'
import { accountFor, db, ownAccount } from '../accounts/account.queries.ts'
import { mobileHash } from '../accounts/sign-in-by-code.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { ownLines } from '../own/read-own.ts'
import type * as contract from './enterprise-contract.ts'
import { manualVerification } from './enterprise.settings.ts'
import { ENTERPRISE, enterpriseFail, levelFor, logState, ownEnterprise, ownMemberships, seesAll, type EnterpriseRow } from './enterprise.queries.ts'
import { roleNames, stateNames, type EnterpriseState, type Role } from './enterprise.ts'

export type EnterpriseCheck = { check: string; result: 'ok' | 'bad' | 'unknown'; text: string }
/** A register of legal persons or credit information: what it says of an enterprise. A connector implements it. */
export const enterpriseChecks = definePort<(ctx: Ctx, enterprise: { creditCode: string; name: string }) => Promise<EnterpriseCheck[]>>('intake.enterpriseChecks')

async function verify(ctx: Ctx, enterprise: { creditCode: string; name: string }): Promise<EnterpriseCheck[]> {
  const registry = await findEnterprise(ctx, { creditCode: enterprise.creditCode })
  const known: EnterpriseCheck = registry === null ? { check: '企业库', result: 'unknown', text: '企业库没有这家企业' } : registry.name === enterprise.name ? { check: '企业库', result: 'ok', text: registry.official ? '与企业库一致' : '企业库有记录，尚未审核' } : { check: '企业库', result: 'unknown', text: `企业库名称为“${registry.name}”` }
  const asked = await Promise.all(enterpriseChecks.all().map((ask) => ask(ctx, enterprise).catch((): EnterpriseCheck[] => [{ check: '登记信息', result: 'unknown', text: '登记信息查询没有应答' }])))
  return [{ check: '信用代码校验位', result: 'ok', text: '正确' }, known, ...(asked.length > 0 ? asked.flat() : [{ check: '登记信息', result: 'unknown' as const, text: '没有接入登记信息查询' }])]
}

export async function listOwnEnterprises(ctx: Ctx): Promise<Output<typeof contract.listOwnEnterprises>> {
  return { items: (await ownMemberships(ctx)).map(({ row, role }) => lineOf(row, role)) }
}

const lineOf = (row: EnterpriseRow, role: Role) => ({ id: row.id, name: row.name, creditCode: row.credit_code, state: row.state as EnterpriseState, stateName: stateNames[row.state as EnterpriseState], role, roleName: roleNames[role] })

async function viewOf(ctx: Ctx, row: EnterpriseRow, role: Role): Promise<contract.OwnEnterprise> {
  const people = await db(ctx).selectFrom('intake_enterprise_contact as c').innerJoin('intake_account as a', (j) => j.onRef('a.tenant_id', '=', 'c.tenant_id').onRef('a.id', '=', 'c.account_id')).select(['c.id', 'c.name', 'c.post', 'c.role', 'c.added_at', 'c.account_id', 'a.phone_mask'])
    .where('c.tenant_id', '=', ctx.tenantId).where('c.enterprise_id', '=', row.id).where('c.left_at', 'is', null).orderBy('c.added_at').execute()
  const files = (await filesOf(ctx, ENTERPRISE, [row.id])).get(row.id) ?? []
  const { level } = await levelFor(ctx, row)
  return {
    ...lineOf(row, role), reason: row.state_reason, industry: row.industry, size: row.size, address: row.address, levelName: row.state === 'active' ? (level?.name ?? null) : null, manager: row.state === 'active' && level?.manager ? level.manager : null,
    contacts: people.map((p) => ({ id: p.id, name: maskName(p.name), mobile: p.phone_mask, post: p.post, role: p.role as Role, roleName: roleNames[p.role as Role], addedAt: p.added_at, self: p.account_id === ctx.actor.id })),
    files: role === 'admin' ? files.map((f) => ({ id: f.id, name: f.name })) : [], maySubmit: row.state === 'active', seesAll: await seesAll(ctx, role), createdAt: row.created_at,
  }
}

/** Wrong check digit: refused at the field. A register that says "dissolved": kept as refused, with the reason. All checks passed and no person wanted: opened. */
export async function registerEnterprise(ctx: Ctx, input: Input<typeof contract.registerEnterprise>): Promise<contract.OwnEnterprise> {
  const account = await ownAccount(ctx)
  const creditCode = input.creditCode.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
  if (!isCreditCode(creditCode)) throw kernelErrors('invalid', { fields: [{ path: 'creditCode', message: '统一社会信用代码不正确（18 位，含校验位）' }] })
  const taken = await db(ctx).selectFrom('intake_enterprise').select('id').where('tenant_id', '=', ctx.tenantId).where('credit_code', '=', creditCode).where('state', 'in', ['pending', 'active', 'paused']).executeTakeFirst()
  if (taken) throw enterpriseFail('enterpriseTaken', { rule: 'enterprise.once', fields: [{ path: 'creditCode', message: '该企业已有账号' }] })
  const checks = await verify(ctx, { creditCode, name: input.name })
  const bad = checks.find((one) => one.result === 'bad')
  const byHand = (await setting(ctx, manualVerification)) || checks.some((one) => one.result === 'unknown')
  const state: EnterpriseState = bad ? 'refused' : byHand ? 'pending' : 'active'
  const now = ts(ctx.clock.now())
  const row = await db(ctx).insertInto('intake_enterprise').values({
    tenant_id: ctx.tenantId, id: newId(), credit_code: creditCode, name: input.name, industry: input.industry, size: input.size, address: input.address, state, state_reason: bad ? `${bad.check}：${bad.text}` : null, checks: json(checks), created_at: now, updated_at: now,
  }).returningAll().executeTakeFirstOrThrow()
  await db(ctx).insertInto('intake_enterprise_contact').values({ tenant_id: ctx.tenantId, id: newId(), enterprise_id: row.id, account_id: account.id, role: 'admin', name: input.contactName, post: input.post, added_at: now }).execute()
  if (input.fileIds.length > 0) await attachFiles(ctx, { fileIds: input.fileIds, place: 'registration', objectType: ENTERPRISE, objectId: row.id, audience: 'public' })
  await logState(ctx, row, { act: '申请', from: null, to: state, reason: bad ? bad.text : '' })
  return viewOf(ctx, row, 'admin')
}

export async function getOwnEnterprise(ctx: Ctx, input: Input<typeof contract.getOwnEnterprise>): Promise<contract.OwnEnterprise> {
  const { row, role } = await ownEnterprise(ctx, input.id)
  return viewOf(ctx, row, role)
}

async function asAdmin(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const { row, role } = await ownEnterprise(ctx, id)
  if (role !== 'admin') throw enterpriseFail('enterpriseAdminOnly', { rule: 'enterprise.role' })
  return row
}

export async function changeOwnEnterprise(ctx: Ctx, input: Input<typeof contract.changeOwnEnterprise>): Promise<contract.OwnEnterprise> {
  const row = await asAdmin(ctx, input.id)
  const saved = await db(ctx).updateTable('intake_enterprise').set({ industry: input.industry, size: input.size, address: input.address, updated_at: ts(ctx.clock.now()), version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  return viewOf(ctx, saved, 'admin')
}

/** The person signs in with his mobile and finds the enterprise there. */
export async function addContact(ctx: Ctx, input: Input<typeof contract.addContact>): Promise<contract.OwnEnterprise> {
  const row = await asAdmin(ctx, input.id)
  if (row.state !== 'active') throw enterpriseFail('enterpriseState', { params: { state: stateNames[row.state as EnterpriseState], act: '增加联系人' } })
  const { phone, hash } = mobileHash(ctx, input.phone)
  const { account } = await accountFor(ctx, phone, hash)
  const made = await db(ctx).insertInto('intake_enterprise_contact').values({ tenant_id: ctx.tenantId, id: newId(), enterprise_id: row.id, account_id: account.id, role: input.role, name: input.name, post: input.post, added_at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).returning('id').executeTakeFirst()
  if (!made) throw kernelErrors('invalid', { fields: [{ path: 'phone', message: '这个手机号已是本企业联系人' }] })
  await logState(ctx, row, { act: `增加${roleNames[input.role]} ${maskName(input.name)}`, from: row.state, to: row.state, reason: '' })
  await tellCitizen(ctx, { accountId: account.id, kind: 'system', title: `您已成为“${row.name}”的${roleNames[input.role]}`, link: `/enterprise/${row.id}`, objectId: `enterprise:${made.id}` })
  return viewOf(ctx, row, 'admin')
}

export async function dropContact(ctx: Ctx, input: Input<typeof contract.dropContact>): Promise<contract.OwnEnterprise> {
  const row = await asAdmin(ctx, input.id)
  const people = await db(ctx).selectFrom('intake_enterprise_contact').selectAll().where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', row.id).where('left_at', 'is', null).forUpdate().execute()
  const gone = people.find((p) => p.id === input.contactId)
  if (!gone) throw kernelErrors('notFound')
  if (gone.role === 'admin' && people.filter((p) => p.role === 'admin').length === 1) throw enterpriseFail('lastAdmin', { rule: 'enterprise.lastAdmin' })
  await db(ctx).updateTable('intake_enterprise_contact').set({ left_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', gone.id).execute()
  await logState(ctx, row, { act: `移除${roleNames[gone.role as Role]} ${maskName(gone.name)}`, from: row.state, to: row.state, reason: '' })
  return viewOf(ctx, row, 'admin')
}

export async function listEnterpriseOrders(ctx: Ctx, input: Input<typeof contract.enterpriseOrders>): Promise<Output<typeof contract.enterpriseOrders>> {
  const { row, role } = await ownEnterprise(ctx, input.id)
  let query = db(ctx).selectFrom('intake_submission').where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', row.id)
  if (!(await seesAll(ctx, role))) query = query.where('account_id', '=', ctx.actor.id)
  const rows = await query.select(['id', 'order_id', 'created_at']).where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  const orders = await readOrderRows(ctx, page.items.map((r) => r.order_id))
  return { items: await ownLines(ctx, await publicLines(ctx, orders)), next: page.next, count: await boundCount(ctx, query) }
}
