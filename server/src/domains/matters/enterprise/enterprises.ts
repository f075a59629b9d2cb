// The registry of enterprises: lists, search while typing, merging of duplicates, and what other domains ask.
import { sql, type RawBuilder } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import { queryTokens } from '../../../kernel/text/index.ts'
import { areaNames, areaPrefix } from '../../platform/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import { standardPublished } from '../matters.events.ts'
import { createStandard } from '../standard/change-standard.ts'
import { keepVersion, logChange } from '../standard/changes.ts'
import { enterpriseContent } from '../standard/content.ts'
import { commonFilters, getStandard, listStandard, type StandardItem } from '../standard/read-standard.ts'
import { searchPatterns } from '../standard/search-key.ts'
import { tenantChain, touchStandard } from '../standard/standard-cache.ts'
import { insertRow, lockRow, updateRow } from '../standard/standard-row.ts'
import type { MattersTables } from '../tables.gen.ts'
import { kindOf } from '../standard/kinds.ts'
import type * as contract from './enterprise-contract.ts'

type Item = Output<typeof contract.listEnterprises>['items'][number]
type EnterpriseOrders = Output<typeof contract.getEnterprise>['orders']

/** Orders of an enterprise that the viewer may see; the orders domain answers. */
export const enterpriseOrders = definePort<(ctx: Ctx, enterprise: { id: string; creditCode: string; names: string[] }) => Promise<EnterpriseOrders>>('matters.enterpriseOrders')

export async function listEnterprises(ctx: Ctx, input: Input<typeof contract.listEnterprises>): Promise<Output<typeof contract.listEnterprises>> {
  authorize(ctx, 'matters.read')
  const where = commonFilters(input, 'updated_at', 'UTC')
  if (input.query) where.push(matching(input.query))
  if (input.areaCode) where.push(sql`starts_with(area_code, ${areaPrefix(input.areaCode)})`)
  if (input.ownership?.length) where.push(sql`ownership = any(${input.ownership})`)
  if (input.industry) where.push(sql`industry = ${input.industry}`)
  if (input.label) where.push(sql`${input.label} = any(labels)`)
  const page = await listStandard(ctx, 'enterprise', { where, sort: 'name', cursor: input.cursor, limit: input.limit })
  return { ...page, items: await withAreas(ctx, page.items) }
}

/** By words of the name (`search_tokens`), or by part of the key: code, alias, pinyin initials. */
function matching(text: string): RawBuilder<boolean> {
  const tokens = [...new Set(queryTokens(text))]
  const byKey = sql.join(searchPatterns(text).map((pattern) => sql`search_key like ${pattern}`), sql` and `)
  if (tokens.length === 0) return sql<boolean>`(${byKey})`
  const words = tokens.map((token) => `'${token.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' & ')
  return sql<boolean>`(search_tokens @@ ${words}::tsquery or (${byKey}))`
}

export async function searchEnterprises(ctx: Ctx, input: Input<typeof contract.searchEnterprises>): Promise<Output<typeof contract.searchEnterprises>> {
  authorize(ctx, 'matters.read')
  const text = input.query.toLowerCase()
  const rows = await ctx.acrossTenants<MattersTables>('the registry of upper tenants holds below').selectFrom('matter_enterprise').select(['id', 'credit_code as creditCode', 'name', 'aliases', 'area_code as areaCode', 'industry'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').where(matching(input.query))
    .orderBy(sql`case when lower(credit_code) = ${text} or lower(name) = ${text} then 0 when starts_with(lower(name), ${text}) then 1 when position(${text} in lower(name)) > 0 then 2 else 3 end`).orderBy('name').limit(input.limit).execute()
  const areas = await areaNames(ctx, rows.flatMap((row) => row.areaCode ?? []))
  return { items: rows.map(({ areaCode, ...row }) => ({ ...row, areaName: areas.get(areaCode ?? '') ?? null })) }
}

export async function getEnterprise(ctx: Ctx, input: Input<typeof contract.getEnterprise>): Promise<Output<typeof contract.getEnterprise>> {
  authorize(ctx, 'matters.read')
  const item = await getStandard(ctx, 'enterprise', input.id)
  const merged = await ctx.db<MattersTables>().selectFrom('matter_enterprise as e').innerJoin('matter_enterprise as into', (join) => join.onRef('into.tenant_id', '=', 'e.tenant_id').onRef('into.id', '=', 'e.merged_into'))
    .select(['into.id', 'into.name']).where('e.tenant_id', '=', ctx.tenantId).where('e.id', '=', item.id).executeTakeFirst()
  const [named] = await withAreas(ctx, [item])
  const answers = await Promise.all(enterpriseOrders.all().map((ask) => ask(ctx, { id: item.id, creditCode: item.creditCode, names: [item.name, ...item.aliases] })))
  return { ...(named as Item), mergedInto: merged ?? null, orders: { count: answers.reduce((sum, one) => sum + one.count, 0), items: answers.flatMap((one) => one.items) } } // one in, one out
}

/** A duplicate gives its names to the record that stays, and is void from then on; objects that name it keep doing so. */
export async function mergeEnterprise(ctx: Ctx, input: Input<typeof contract.mergeEnterprise>): Promise<{ version: number }> {
  authorize(ctx, 'matters.review')
  if (input.id === input.into) throw mattersErrors('mergeSelf', { fields: [{ path: 'into', message: '不能与自身合并' }] })
  await touchStandard(ctx)
  const spec = kindOf('enterprise')
  const [gone, kept] = [await lockRow(ctx, spec, input.id), await lockRow(ctx, spec, input.into)]
  if (kept.state !== 'effective') throw mattersErrors('mergeSelf', { fields: [{ path: 'into', message: '请选择已生效的企业' }] })
  if (gone.pendingChangeId || kept.pendingChangeId) throw mattersErrors('pendingChange', { rule: 'pendingChange' })
  const [from, into] = [spec.content.parse(gone.content), spec.content.parse(kept.content)]
  const names = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
  const aliases = [...new Set([...names(into['aliases']), String(from['name']), ...names(from['aliases'])])].filter((name) => name !== into['name']).slice(0, 30)
  const content = { ...into, aliases }
  const version = kept.version + 1
  await updateRow(ctx, spec, kept.id, { content, version })
  await updateRow(ctx, spec, gone.id, { state: 'void', version: gone.version + 1 })
  await ctx.db<MattersTables>().updateTable('matter_enterprise').set({ merged_into: kept.id }).where('tenant_id', '=', ctx.tenantId).where('id', '=', gone.id).execute()
  const reason = input.reason ?? `与“${String(into['name'])}”合并`
  const keptChange = await logChange(ctx, { objectKind: 'enterprise', objectId: kept.id, title: String(into['name']), kind: 'modify', before: kept.content, after: content, reason }, version)
  const goneChange = await logChange(ctx, { objectKind: 'enterprise', objectId: gone.id, title: String(from['name']), kind: 'void', before: gone.content, after: null, reason }, gone.version + 1)
  await keepVersion(ctx, { objectKind: 'enterprise', objectId: kept.id, version, snapshot: content, state: 'effective', changeId: keptChange, opinion: reason })
  await keepVersion(ctx, { objectKind: 'enterprise', objectId: gone.id, version: gone.version + 1, snapshot: gone.content, state: 'void', changeId: goneChange, opinion: reason })
  ctx.publish(standardPublished({ id: gone.id, kind: 'enterprise', version: gone.version + 1, state: 'void' }))
  ctx.signal('matters.standard', kept.id)
  return { version }
}

async function withAreas(ctx: Ctx, items: StandardItem<'enterprise'>[]): Promise<Item[]> {
  const areas = await areaNames(ctx, items.flatMap((item) => item.areaCode ?? []))
  return items.map((item) => ({ ...item, areaName: areas.get(item.areaCode ?? '') ?? null }))
}

export type Enterprise = { id: string; creditCode: string; name: string; official: boolean }

/** An enterprise by its unified credit code or id: own tenant or one above. `official`: reviewed and in force. Null when unknown. */
export async function findEnterprise(ctx: Ctx, by: { id: string } | { creditCode: string }): Promise<Enterprise | null> {
  let query = ctx.acrossTenants<MattersTables>('the registry of upper tenants holds below').selectFrom('matter_enterprise').select(['id', 'credit_code as creditCode', 'name', 'state']).where('tenant_id', 'in', await tenantChain(ctx))
  query = 'id' in by ? query.where('id', '=', by.id) : query.where('credit_code', '=', by.creditCode.trim().toUpperCase()).where('state', 'not in', ['void', 'withdrawn'])
  const row = await query.limit(1).executeTakeFirst()
  return row ? { id: row.id, creditCode: row.creditCode, name: row.name, official: row.state === 'effective' } : null
}

/** The one enterprise in force that bears a name or an alias; null where none or several do, so that nothing is linked by chance. */
export async function enterpriseNamed(ctx: Ctx, name: string): Promise<(Enterprise & { industry: string | null; areaCode: string | null }) | null> {
  const rows = await ctx.acrossTenants<MattersTables>('the registry of upper tenants holds below').selectFrom('matter_enterprise').select(['id', 'credit_code as creditCode', 'name', 'industry', 'area_code as areaCode']).where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').where('merged_into', 'is', null)
    .where((e) => e.or([e('name', '=', name), e(e.val(name), '=', e.fn.any('aliases'))])).limit(2).execute()
  const [row] = rows
  return row && rows.length === 1 ? { ...row, official: true } : null
}

/** Enters an enterprise that another domain has verified, unless the registry knows its code: submitted for review where the actor keeps the registry, else as a draft of its keepers. */
export async function enterEnterprise(ctx: Ctx, facts: { creditCode: string; name: string; address: string; industry: string; size: string; source: string }): Promise<void> {
  if (await findEnterprise(ctx, { creditCode: facts.creditCode })) return
  const orNull = (text: string): string | null => text || null
  const content = { creditCode: facts.creditCode, name: facts.name, address: orNull(facts.address), industry: orNull(facts.industry), size: orNull(facts.size), source: facts.source }
  if (can(ctx, 'matters.enterprises')) await createStandard(ctx, 'enterprise', { content, submit: true })
  else {
    await touchStandard(ctx)
    ctx.signal('matters.standard', await insertRow(ctx, kindOf('enterprise'), { content: enterpriseContent.parse(content), state: 'draft' }))
  }
}
