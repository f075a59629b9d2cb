// Rules (who gets what by which channel) and templates (with which words).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import { declaredTypes, groupOf, typeOf } from '../messages/message-types.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitById } from '../units/unit-tree.ts'
import type * as contract from './contract.ts'
import { deliveryErrors } from './delivery.errors.ts'
import { contentFor, placeholdersOf, unknownPlaceholders } from './message-text.ts'

const MANAGE = 'platform.manageMessages'
const READ = 'platform.readDeliveries'
type Registered = { code: string; name: string; module: string }

/** Declared types, and those that only registered themselves by being sent. */
export async function allTypes(ctx: Ctx): Promise<Registered[]> {
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_message_type').select(['code', 'name', 'module']).orderBy('number').execute()
  return [...new Map([...rows, ...declaredTypes()].map(({ code, name, module }) => [code, { code, name, module }])).values()]
}

export async function listMessageTypeDetails(ctx: Ctx): Promise<Output<typeof contract.listMessageTypeDetails>> {
  authorize(ctx, READ)
  const items = (await allTypes(ctx)).map((type) => {
    const declared = typeOf(type.code)
    return { ...type, group: groupOf(type.code), duty: declared?.duty ?? false, channels: declared?.channels ?? [], placeholders: placeholdersOf(type.code), sample: declared?.sample?.title ?? type.name }
  })
  return { items: items.toSorted((a, b) => a.code.localeCompare(b.code)) }
}

async function checkRule(ctx: Ctx, rule: Pick<Input<typeof contract.createMessageRule>, 'type' | 'roleCode' | 'unitId'>): Promise<void> {
  if (rule.type !== '*' && !(await allTypes(ctx)).some((type) => type.code === rule.type || groupOf(type.code) === rule.type)) throw deliveryErrors('unknownMessageType', { fields: [{ path: 'type', message: '请选择消息类型' }] })
  if (rule.unitId !== null) await unitById(ctx, rule.unitId)
  if (rule.roleCode === null) return
  const role = await ctx.db<PlatformTables>().selectFrom('platform_role').select('id').where('tenant_id', '=', ctx.tenantId).where('code', '=', rule.roleCode).executeTakeFirst()
  if (!role) throw kernelErrors('invalid', { fields: [{ path: 'roleCode', message: '角色不存在' }] })
}

const columns = (ctx: Ctx, rule: Input<typeof contract.createMessageRule>) => ({
  type: rule.type, role_code: rule.roleCode, unit_id: rule.unitId, levels: rule.levels, channels: rule.channels, fallback: rule.fallback, enabled: rule.enabled, note: rule.note, changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name,
})

export async function listMessageRules(ctx: Ctx): Promise<Output<typeof contract.listMessageRules>> {
  authorize(ctx, READ)
  const names = new Map((await allTypes(ctx)).map((type) => [type.code, type.name]))
  const { rows } = await sql<Omit<Output<typeof contract.listMessageRules>['items'][number], 'typeName'>>`select m.id, m.type, m.role_code as "roleCode", m.unit_id as "unitId", m.levels, m.channels, m.fallback, m.enabled, m.note, m.version,
      m.changed_at as "changedAt", m.changed_by as "changedBy", r.name as "roleName", u.name as "unitName"
    from platform_message_rule m left join platform_role r on r.tenant_id = m.tenant_id and r.code = m.role_code left join platform_unit u on u.tenant_id = m.tenant_id and u.id = m.unit_id
    where m.tenant_id = ${ctx.tenantId} order by m.type, m.changed_at`.execute(ctx.db())
  return { items: rows.map((row) => ({ ...row, typeName: row.type === '*' ? '全部消息' : (names.get(row.type) ?? row.type) })) }
}

export async function createMessageRule(ctx: Ctx, input: Input<typeof contract.createMessageRule>): Promise<{ id: string; version: number }> {
  authorize(ctx, MANAGE)
  await checkRule(ctx, input)
  const id = newId()
  await ctx.db<PlatformTables>().insertInto('platform_message_rule').values({ tenant_id: ctx.tenantId, id, ...columns(ctx, input) }).execute()
  await touchStamp(ctx, 'messages')
  return { id, version: 1 }
}

export async function changeMessageRule(ctx: Ctx, input: Input<typeof contract.changeMessageRule>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  await checkRule(ctx, input)
  const row = await ctx
    .db<PlatformTables>()
    .updateTable('platform_message_rule')
    .set((eb) => ({ ...columns(ctx, input), version: eb('version', '+', 1) }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', input.id)
    .where('version', '=', input.version)
    .returning('version')
    .executeTakeFirst()
  if (!row) {
    const held = await ctx.db<PlatformTables>().selectFrom('platform_message_rule').select(['version', 'changed_by as changedBy']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
    throw held ? kernelErrors('conflict', { current: held }) : kernelErrors('notFound')
  }
  await touchStamp(ctx, 'messages')
  return row
}

export async function deleteMessageRule(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const row = await ctx.db<PlatformTables>().deleteFrom('platform_message_rule').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('id').executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await touchStamp(ctx, 'messages')
  return {}
}

export async function listMessageTemplates(ctx: Ctx): Promise<Output<typeof contract.listMessageTemplates>> {
  authorize(ctx, READ)
  const names = new Map((await allTypes(ctx)).map((type) => [type.code, type.name]))
  const { rows } = await sql<Omit<Output<typeof contract.listMessageTemplates>['items'][number], 'typeName'>>`select type, channel, title, text, version, changed_at as "changedAt", changed_by as "changedBy"
    from platform_message_template where tenant_id = ${ctx.tenantId} order by type, channel`.execute(ctx.db())
  return { items: rows.map((row) => ({ ...row, typeName: names.get(row.type) ?? row.type })) }
}

export async function saveMessageTemplate(ctx: Ctx, input: Input<typeof contract.saveMessageTemplate>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  await checkRule(ctx, { type: input.type, roleCode: null, unitId: null })
  const known = placeholdersOf(input.type)
  const fields = (['title', 'text'] as const).flatMap((path) => unknownPlaceholders(input[path], known).map((name) => ({ path, name, message: `没有占位符 {${name}}，可用：${Object.keys(known).map((k) => `{${k}}`).join(' ')}` })))
  if (fields.length > 0) throw deliveryErrors('unknownPlaceholder', { params: { names: fields.map((f) => `{${f.name}}`).join('、') }, fields: fields.map(({ path, message }) => ({ path, message })) })
  const values = { title: input.title, text: input.text, changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name }
  const row = await ctx
    .db<PlatformTables>()
    .insertInto('platform_message_template')
    .values({ tenant_id: ctx.tenantId, type: input.type, channel: input.channel, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'type', 'channel']).doUpdateSet((e) => ({ ...values, version: e('platform_message_template.version', '+', 1) })).where('platform_message_template.version', '=', input.version))
    .returning('version')
    .executeTakeFirst()
  if (!row) throw kernelErrors('conflict')
  await touchStamp(ctx, 'messages')
  return row
}

export async function deleteMessageTemplate(ctx: Ctx, input: Input<typeof contract.deleteMessageTemplate>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const row = await ctx.db<PlatformTables>().deleteFrom('platform_message_template').where('tenant_id', '=', ctx.tenantId).where('type', '=', input.type).where('channel', '=', input.channel).returning('type').executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await touchStamp(ctx, 'messages')
  return {}
}

export async function previewMessageTemplate(ctx: Ctx, input: Input<typeof contract.previewMessageTemplate>): Promise<Output<typeof contract.previewMessageTemplate>> {
  authorize(ctx, READ)
  const known = placeholdersOf(input.type)
  const { title = '消息标题', text = '消息正文', params = {} } = typeOf(input.type)?.sample ?? {}
  // A placeholder without a sample shows its meaning.
  const shown = contentFor(input.channel, { type: input.type, channel: input.channel, title: input.title, text: input.text || '{text}' }, { title, text, params: { ...known, ...params }, time: formatFull(ctx.clock.now()) })
  return { title: shown.title, text: shown.text, length: [...shown.text].length, unknown: [...new Set([...unknownPlaceholders(input.title, known), ...unknownPlaceholders(input.text, known)])] }
}
