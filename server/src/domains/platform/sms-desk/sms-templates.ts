// Templates and favourites of the SMS desk.
import { authorize, can, userId } from '../../../kernel/access.ts'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'
import { smsDeskErrors } from './sms-desk.errors.ts'
import { variablesOf } from './sms-text.ts'

export const approvalSetting = defineSetting({ key: 'sms.template.approval', label: '短信模板须审批', help: '开启后，新建和修改的模板由他人审批后才能使用', schema: z.boolean(), fallback: false, scope: 'tenant' })

const SEND = 'platform.sendSms'
const MANAGE = 'platform.manageSmsTemplates'
const APPROVE = 'platform.approveSmsTemplates'
const db = (ctx: Ctx) => ctx.db<PlatformTables>()
type State = Output<typeof contract.listSmsTemplates>['items'][number]['state']

/** Who only sends sees what may be sent; who keeps or decides sees all. */
export async function listSmsTemplates(ctx: Ctx): Promise<Output<typeof contract.listSmsTemplates>> {
  authorize(ctx, SEND)
  const rows = await db(ctx).selectFrom('platform_sms_template').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('class').orderBy('name').limit(1000).execute()
  const all = can(ctx, MANAGE) || can(ctx, APPROVE)
  const items = rows.filter((row) => all || row.state === 'approved').map((row) => ({
    id: row.id, name: row.name, class: row.class, text: row.text, signature: row.signature, variables: variablesOf(row.text), state: row.state as State, refusedReason: row.refused_reason, decidedBy: row.decided_by, version: row.version, changedAt: row.changed_at, changedBy: row.changed_by, // held to the list by a check
    mayDecide: row.state === 'pending' && can(ctx, APPROVE) && row.created_by !== ctx.actor.id,
  }))
  return { items, approval: await setting(ctx, approvalSetting) }
}

async function checkName(ctx: Ctx, name: string, except: string | null): Promise<void> {
  const taken = await db(ctx).selectFrom('platform_sms_template').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', name).executeTakeFirst()
  if (taken && taken.id !== except) throw smsDeskErrors('smsTemplateTaken', { params: { name }, fields: [{ path: 'name', message: '名称已存在' }] })
}

const nextState = async (ctx: Ctx): Promise<State> => ((await setting(ctx, approvalSetting)) ? 'pending' : 'approved')

export async function createSmsTemplate(ctx: Ctx, input: Input<typeof contract.createSmsTemplate>): Promise<{ id: string; state: string }> {
  authorize(ctx, MANAGE)
  await checkName(ctx, input.name, null)
  const [id, state] = [newId(), await nextState(ctx)]
  await db(ctx).insertInto('platform_sms_template').values({ tenant_id: ctx.tenantId, id, ...input, state, created_by: userId(ctx), changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name }).execute()
  return { id, state }
}

export async function changeSmsTemplate(ctx: Ctx, { id, version, disabled, ...input }: Input<typeof contract.changeSmsTemplate>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  await checkName(ctx, input.name, id)
  const state = disabled ? 'disabled' : await nextState(ctx)
  const row = await db(ctx).updateTable('platform_sms_template').set((e) => ({ ...input, state, refused_reason: null, created_by: userId(ctx), version: e('version', '+', 1), changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name }))
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('version', '=', version).returning('version').executeTakeFirst()
  if (row) return row
  const held = await db(ctx).selectFrom('platform_sms_template').select(['version', 'changed_by']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  throw held ? kernelErrors('conflict', { current: { version: held.version, changedBy: held.changed_by } }) : kernelErrors('notFound')
}

export async function deleteSmsTemplate(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const gone = await db(ctx).deleteFrom('platform_sms_template').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('name').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return {}
}

export async function decideSmsTemplate(ctx: Ctx, input: Input<typeof contract.decideSmsTemplate>): Promise<Record<string, never>> {
  authorize(ctx, APPROVE)
  const row = await db(ctx).selectFrom('platform_sms_template').select(['state', 'version', 'created_by']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.state !== 'pending') throw smsDeskErrors('smsTemplateDecided')
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version } })
  if (row.created_by === ctx.actor.id) throw smsDeskErrors('smsOwnTemplate')
  await db(ctx).updateTable('platform_sms_template').set((e) => ({ state: input.approve ? 'approved' : 'draft', refused_reason: input.approve ? null : input.reason, decided_by: ctx.actor.name, version: e('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return {}
}

export async function listSmsFavourites(ctx: Ctx): Promise<Output<typeof contract.listSmsFavourites>> {
  authorize(ctx, SEND)
  return { items: await db(ctx).selectFrom('platform_sms_favourite').select(['id', 'folder', 'title', 'text']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).orderBy('folder').orderBy('title').limit(500).execute() }
}

export async function saveSmsFavourite(ctx: Ctx, input: Input<typeof contract.saveSmsFavourite>): Promise<{ id: string }> {
  authorize(ctx, SEND)
  const { id = newId(), ...values } = input
  if (input.id !== undefined) {
    const row = await db(ctx).updateTable('platform_sms_favourite').set({ ...values, changed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('id', '=', id).returning('id').executeTakeFirst()
    if (!row) throw kernelErrors('notFound')
    return row
  }
  await db(ctx).insertInto('platform_sms_favourite').values({ tenant_id: ctx.tenantId, id, user_id: userId(ctx), ...values, changed_at: ts(ctx.clock.now()) }).execute()
  return { id }
}

export async function deleteSmsFavourite(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, SEND)
  const gone = await db(ctx).deleteFrom('platform_sms_favourite').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('id', '=', input.id).returning('id').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return {}
}
