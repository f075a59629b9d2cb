import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { changesOf } from '../changes.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { usagesOf } from '../usage.ts'
import type * as contract from './contract.ts'

export const dictionaryErrors = defineErrors('platform', {
  dictionaryInherited: { status: 409, title: '该字典由上级租户维护，请先在本级建立同编码字典' },
  itemInUse: { status: 409, title: '字典项已被使用，不能删除，可以停用' },
  badItemParent: { status: 422, title: '上级字典项不存在，或形成循环' },
})

const MANAGE = 'platform.manageDictionaries'
type Listed = Output<typeof contract.listDictionaries>['items'][number]

/** Own dictionaries and those inherited from above that the own ones do not replace. */
export async function listDictionaries(ctx: Ctx): Promise<Output<typeof contract.listDictionaries>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<Listed>`select distinct on (d.code) d.code, d.name, d.description, d.tenant_id as "tenantId", d.tenant_id = ${ctx.tenantId} as own, d.version,
      (select count(*)::int from platform_dictionary_item i where i.tenant_id = d.tenant_id and i.dictionary_code = d.code) as items
    from platform_tenant t join platform_tenant a on a.id = any(t.path) join platform_dictionary d on d.tenant_id = a.id
    where t.id = ${ctx.tenantId} order by d.code, cardinality(a.path) desc`.execute(ctx.acrossTenants('dictionaries of upper tenants are inherited'))
  return { items: rows }
}

export async function saveDictionary(ctx: Ctx, input: Input<typeof contract.saveDictionary>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const values = { name: input.name, description: input.description, changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name }
  const row = await ctx
    .db<PlatformTables>()
    .insertInto('platform_dictionary')
    .values({ tenant_id: ctx.tenantId, code: input.code, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'code']).doUpdateSet((e) => ({ ...values, version: e('platform_dictionary.version', '+', 1) })).where('platform_dictionary.version', '=', input.version))
    .returning('version')
    .executeTakeFirst()
  if (!row) throw kernelErrors('conflict')
  ctx.audit({ module: 'platform', act: 'saveDictionary', objectType: 'key:dictionary', objectId: input.code, changes: { name: { old: null, new: input.name } } })
  return row
}

async function ownDictionary(ctx: Ctx, code: string): Promise<void> {
  const row = await ctx.db<PlatformTables>().selectFrom('platform_dictionary').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', code).executeTakeFirst()
  if (row) return
  const { items } = await listDictionaries(ctx)
  throw items.some((item) => item.code === code) ? dictionaryErrors('dictionaryInherited') : kernelErrors('notFound')
}

const itemsOf = (ctx: Ctx, code: string) => ctx.db<PlatformTables>().selectFrom('platform_dictionary_item').where('tenant_id', '=', ctx.tenantId).where('dictionary_code', '=', code)

export async function saveDictionaryItem(ctx: Ctx, input: Input<typeof contract.saveDictionaryItem>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  await ownDictionary(ctx, input.code)
  const all = await itemsOf(ctx, input.code).select(['code', 'label', 'state', 'parent_code as parentCode']).execute()
  const parents = new Map(all.map((item) => [item.code, item.parentCode]))
  // Walks up from the new parent: it must exist and never come back to the item itself.
  for (let at = input.parentCode, steps = 0; at !== null; at = parents.get(at) ?? null, steps++) {
    if (!parents.has(at) || at === input.itemCode || steps > all.length) throw dictionaryErrors('badItemParent', { fields: [{ path: 'parentCode', message: '上级不存在或形成循环' }] })
  }
  const values = {
    label: input.label, labels: json(input.labels), parent_code: input.parentCode, sort: input.sort, state: input.state, valid_from: input.validFrom, valid_to: input.validTo, external_codes: json(input.externalCodes),
  }
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_dictionary_item')
    .values({ tenant_id: ctx.tenantId, dictionary_code: input.code, code: input.itemCode, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'dictionary_code', 'code']).doUpdateSet(values))
    .execute()
  const before = all.find((item) => item.code === input.itemCode)
  ctx.audit({
    module: 'platform', act: 'saveDictionaryItem', objectType: 'key:dictionary', objectId: `${input.code}/${input.itemCode}`,
    changes: changesOf({ ...before }, { label: input.label, state: input.state, parentCode: input.parentCode }),
  })
  return {}
}

export async function deleteDictionaryItem(ctx: Ctx, input: Input<typeof contract.deleteDictionaryItem>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  await ownDictionary(ctx, input.code)
  const child = await itemsOf(ctx, input.code).select('code').where('parent_code', '=', input.itemCode).executeTakeFirst()
  const usages = await usagesOf(ctx, { type: 'dictionaryItem', id: `${input.code}/${input.itemCode}` })
  if (child || usages.length > 0) throw dictionaryErrors('itemInUse', { detail: child ? '有下级字典项' : usages.map((u) => `${u.label} ${u.count}`).join('，') })
  const row = await ctx.db<PlatformTables>().deleteFrom('platform_dictionary_item').where('tenant_id', '=', ctx.tenantId).where('dictionary_code', '=', input.code).where('code', '=', input.itemCode).returning('label').executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  ctx.audit({ module: 'platform', act: 'deleteDictionaryItem', objectType: 'key:dictionary', objectId: `${input.code}/${input.itemCode}`, changes: { label: { old: row.label, new: null } } })
  return {}
}
