// Dictionaries: the own one, else that of the nearest tenant above.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate } from '../../../kernel/time/index.ts'
import type * as contract from './contract.ts'

export type DictionaryItem = Output<typeof contract.getDictionary>['items'][number]
type Head = { tenantId: string; code: string; name: string }

async function headOf(ctx: Ctx, code: string): Promise<Head> {
  const { rows } = await sql<Head>`select d.tenant_id as "tenantId", d.code, d.name from platform_tenant t join platform_tenant a on a.id = any(t.path)
      join platform_dictionary d on d.tenant_id = a.id and d.code = ${code}
    where t.id = ${ctx.tenantId} order by cardinality(a.path) desc limit 1`.execute(ctx.acrossTenants('dictionaries of upper tenants are inherited'))
  const head = rows[0]
  if (!head) throw kernelErrors('notFound')
  return head
}

/** Items of a dictionary, retired ones too; `offered` tells which may be chosen today. @throws kernel.notFound */
export async function dictionaryItems(ctx: Ctx, code: string): Promise<{ code: string; name: string; items: DictionaryItem[] }> {
  const head = await headOf(ctx, code)
  const today = localDate(ctx.clock.now())
  const { rows } = await sql<DictionaryItem>`select code, label, labels, parent_code as "parentCode", sort, state, valid_from as "validFrom", valid_to as "validTo", external_codes as "externalCodes",
      state = 'active' and coalesce(valid_from <= ${today}::date, true) and coalesce(valid_to >= ${today}::date, true) as offered
    from platform_dictionary_item where tenant_id = ${head.tenantId} and dictionary_code = ${code} order by sort, code`.execute(ctx.acrossTenants('dictionaries of upper tenants are inherited'))
  return { code: head.code, name: head.name, items: rows }
}

export async function getDictionary(ctx: Ctx, input: Input<typeof contract.getDictionary>): Promise<Output<typeof contract.getDictionary>> {
  const dictionary = await dictionaryItems(ctx, input.code)
  return { ...dictionary, items: dictionary.items.filter((item) => input.all || item.offered) }
}
