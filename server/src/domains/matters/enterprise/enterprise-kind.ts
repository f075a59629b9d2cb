import { sql } from 'kysely'
import { kernelErrors } from '../../../kernel/errors.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { areaExists } from '../../platform/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import { enterpriseContent, type EnterpriseContent } from '../standard/content.ts'
import type { KindSpec } from '../standard/kind-spec.ts'
import { searchKey } from '../standard/search-key.ts'
import { hitsText, usagesOf } from '../standard/usage.ts'
import type { MattersTables } from '../tables.gen.ts'

/** The registry that all modules share: units keep it, managers of the standard review, so that only reviewed records are official. */
export const enterpriseKind: KindSpec<EnterpriseContent> = {
  kind: 'enterprise',
  label: '企业',
  table: 'matter_enterprise',
  content: enterpriseContent,
  jsonFields: ['contacts'],
  locked: ['creditCode'],
  fieldNames: {
    creditCode: '统一社会信用代码', name: '名称', aliases: '别名', areaCode: '登记地', address: '地址', ownership: '所有制', industry: '行业', size: '规模', legalPerson: '法定代表人', contacts: '联系人', labels: '标签', source: '来源',
  },
  editors: 'matters.enterprises',
  title: (_ctx, content) => content.name,

  async check(ctx, content, { id }) {
    const fields = []
    if (content.areaCode && !(await areaExists(ctx, content.areaCode))) fields.push({ path: 'areaCode', message: '区划代码不存在' })
    if (content.aliases.includes(content.name)) fields.push({ path: 'aliases', message: '别名与名称相同' })
    if (fields.length > 0) throw kernelErrors('invalid', { fields })
    let query = ctx.db<MattersTables>().selectFrom('matter_enterprise').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('credit_code', '=', content.creditCode).where('state', 'not in', ['void', 'withdrawn'])
    if (id) query = query.where('id', '<>', id)
    const other = await query.executeTakeFirst()
    if (other) throw mattersErrors('duplicateCredit', { params: { name: other.name }, fields: [{ path: 'creditCode', message: '信用代码已登记' }], current: { id: other.id } })
  },

  derive: async (_ctx, _id, content) => {
    const words = [content.name, ...content.aliases].flatMap((name) => searchTokens(name))
    return { search_key: searchKey(content.creditCode, content.name, content.aliases), search_tokens: sql`array_to_tsvector(${[...new Set(words)]}::text[])` }
  },

  async checkRetire(ctx, id, how) {
    if (how === 'offline') return
    const hits = (await usagesOf(ctx, { kind: 'enterprise', id })).filter((usage) => how === 'delete' || usage.open > 0)
    if (hits.length > 0) throw mattersErrors('inUse', { params: { hits: hitsText(hits) }, current: { hits } })
  },
}
