// Types with their editing templates: shipped ones, overlaid by what administrators saved.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import type { TemplateField } from '../content.ts'
import { touchStamp, underStamp } from '../../platform/index.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import { shippedTypes, type TypeDefinition } from './shipped-types.zh-CN.ts'
import type * as contract from './type-contract.ts'

export const typesOf = underStamp('knowledge', readTypes)

async function readTypes(ctx: Ctx): Promise<TypeDefinition[]> {
  const rows = await ctx.db<KnowledgeTables>().selectFrom('knowledge_type').select(['code', 'name', 'description', 'sort', 'weight', 'enabled', 'citation', 'fields', 'version']).where('tenant_id', '=', ctx.tenantId).execute()
  const own = new Map(rows.map((row) => [row.code, { ...row, fields: row.fields as unknown as TemplateField[] }])) // checked by the contract when written
  return [...shippedTypes.filter((type) => !own.has(type.code)), ...own.values()].toSorted((a, b) => a.sort - b.sort || a.code.localeCompare(b.code))
}

/** @throws kernel.invalid for an unknown code */
export async function typeByCode(ctx: Ctx, code: string): Promise<TypeDefinition> {
  const type = (await typesOf(ctx)).find((one) => one.code === code)
  if (!type) throw kernelErrors('invalid', { fields: [{ path: 'typeCode', message: '没有这个知识类型' }] })
  return type
}

export async function listTypes(ctx: Ctx) {
  authorize(ctx, 'knowledge.read')
  return { items: await typesOf(ctx) }
}

export async function saveType(ctx: Ctx, input: Input<typeof contract.saveType>) {
  authorize(ctx, 'knowledge.manage')
  const { version, ...type } = input
  const keys = type.fields.map((field) => field.key)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice) throw kernelErrors('invalid', { fields: [{ path: 'fields', message: `字段编码“${twice}”重复` }] })
  const before = (await typesOf(ctx)).find((one) => one.code === type.code)
  if ((before?.version ?? 0) !== version) throw kernelErrors('conflict', { current: before })
  const values = { ...type, fields: json(type.fields as never), version: version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  await ctx.db<KnowledgeTables>().insertInto('knowledge_type').values({ tenant_id: ctx.tenantId, ...values }).onConflict((c) => c.columns(['tenant_id', 'code']).doUpdateSet(values)).execute()
  await touchStamp(ctx, 'knowledge')
  ctx.audit({ module: 'knowledge', act: 'saveKnowledgeType', objectType: 'key:parameter', objectId: type.code, changes: { fields: { old: before?.fields.map((one) => one.key) ?? null, new: keys }, enabled: { old: before?.enabled ?? null, new: type.enabled } } })
  return { ...type, version: version + 1 }
}
