// Templates: when to speak, of which types, to whom; one that was ever used is switched off, not deleted.
import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { allPermissions, roleTemplates } from '../../platform/index.ts'
import { db } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import { typesOf } from '../types/types.ts'
import { noticePermissions } from './notice-contract.ts'
import type * as contract from './notice-contract.ts'

export type TemplateRow = Selectable<KnowledgeTables['knowledge_notice_template']>
type Template = Output<typeof contract.listNoticeTemplates>['items'][number]

export async function listNoticeTemplates(ctx: Ctx, input: Input<typeof contract.listNoticeTemplates>): Promise<Output<typeof contract.listNoticeTemplates>> {
  authorize(ctx, 'knowledge.publish')
  let query = db(ctx).selectFrom('knowledge_notice_template').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (input.q) query = query.where(sql<boolean>`position(${input.q} in name) > 0`)
  const rows = await query.orderBy('name').limit(200).execute()
  const { rows: uses } = await sql<{ id: string; n: number }>`select template_id as id, count(*)::int as n from knowledge_notice where tenant_id = ${ctx.tenantId} group by template_id`.execute(ctx.db())
  const [used, types, roles] = [new Map(uses.map((row) => [row.id, row.n])), new Map((await typesOf(ctx)).map((type) => [type.code, type.name])), roleTemplates()]
  const roleName = (code: string): string => roles.find((role) => role.code === code)?.name ?? code
  const names = new Map(allPermissions().map((one) => [one.code, one.name]))
  return {
    items: rows.map((row): Template => ({
      id: row.id, name: row.name, title: row.title, body: row.body, trigger: row.trigger as Template['trigger'], delayHours: row.delay_hours, typeCodes: row.type_codes, typeNames: row.type_codes.map((code) => types.get(code) ?? code), roleCodes: row.role_codes, roleNames: row.role_codes.map(roleName), permission: row.permission as Template['permission'], // both held by checks
      enabled: row.enabled, used: used.get(row.id) ?? 0, version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name,
    })),
    roles: roles.map(({ code, name }) => ({ code, name })), permissions: noticePermissions.map((code) => ({ code, name: names.get(code) ?? code })),
  }
}

export async function saveNoticeTemplate(ctx: Ctx, input: Input<typeof contract.saveNoticeTemplate>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const [types, roles] = [await typesOf(ctx), new Set<string>(roleTemplates().map((role) => role.code))]
  if (input.typeCodes.some((code) => !types.some((type) => type.code === code))) throw kernelErrors('invalid', { fields: [{ path: 'typeCodes', message: '知识类型不存在' }] })
  if (input.roleCodes.some((code) => !roles.has(code))) throw kernelErrors('invalid', { fields: [{ path: 'roleCodes', message: '角色不存在' }] })
  const twin = await db(ctx).selectFrom('knowledge_notice_template').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).executeTakeFirst()
  if (twin && twin.id !== input.id) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '已有同名的模板' }] })
  const values = { name: input.name, title: input.title, body: input.body, trigger: input.trigger, delay_hours: input.delayHours, type_codes: input.typeCodes, role_codes: input.roleCodes, permission: input.permission, enabled: input.enabled, version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  if (input.id === undefined) {
    const id = newId()
    await db(ctx).insertInto('knowledge_notice_template').values({ tenant_id: ctx.tenantId, id, ...values }).execute()
    return { id }
  }
  const saved = await db(ctx).updateTable('knowledge_notice_template').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).returning('id').executeTakeFirst()
  if (!saved) throw kernelErrors('conflict')
  return { id: input.id }
}

export async function enableNoticeTemplates(ctx: Ctx, input: Input<typeof contract.enableNoticeTemplates>): Promise<{ changed: number }> {
  authorize(ctx, 'knowledge.manage')
  const rows = await db(ctx).updateTable('knowledge_notice_template').set((e) => ({ enabled: input.enabled, version: e('version', '+', 1), changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })).where('tenant_id', '=', ctx.tenantId).where('id', 'in', input.ids).where('enabled', '<>', input.enabled).returning('id').execute()
  return { changed: rows.length }
}

export async function deleteNoticeTemplate(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.manage')
  const row = await db(ctx).selectFrom('knowledge_notice_template').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const used = await db(ctx).selectFrom('knowledge_notice').select('id').where('tenant_id', '=', ctx.tenantId).where('template_id', '=', row.id).limit(1).executeTakeFirst()
  if (used) throw knowledgeFail('templateUsed', { params: { name: row.name } })
  await db(ctx).deleteFrom('knowledge_notice_template').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return {}
}
