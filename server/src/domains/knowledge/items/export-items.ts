// The stock as a sheet with the headings of the import, so that it can be corrected elsewhere and read in again.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { ExportFilter, ExportSource } from '../../platform/index.ts'
import { plainText } from '../document.ts'
import { listItems as itemList } from './item-contract.ts'
import { contentOf, db } from './item.queries.ts'
import { listItems } from './list-items.ts'

const PAGE = 200
const columns = ([['code', '编号'], ['title', '标题'], ['typeName', '知识类型'], ['directory', '目录'], ['body', '正文'], ['summary', '摘要'], ['keywords', '关键词'], ['wordings', '问法'], ['ownerUnitName', '责任单位'], ['audienceName', '可见范围'], ['basis', '依据'], ['source', '来源'], ['contact', '咨询方式'], ['validFrom', '有效期起'], ['validTo', '有效期止'],
  ['stateName', '状态'], ['version', '版本'], ['reads', '查看'], ['cites', '引用'], ['files', '附件']] as const).map(([key, label]) => ({ key, label }))

async function* pages(ctx: Ctx, filter: ExportFilter, ids: string[] | null) {
  const query = Object.fromEntries(Object.entries(filter).flatMap(([key, value]) => (value === null || value === undefined || value === '' || key === 'cursor' || key === 'limit' ? [] : [[key, Array.isArray(value) ? value.join(',') : String(value)]])))
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof listItems>> = await listItems(ctx, itemList.query.parse({ ...query, limit: String(PAGE), ...(cursor ? { cursor } : {}) }))
    yield ids ? page.items.filter((item) => ids.includes(item.id)) : page.items
    cursor = page.next
  }
}

export const knowledgeExports = (): ExportSource[] => [{
  page: 'knowledgeItems', title: '知识条目', permission: 'knowledge.edit', columns,
  async *rows(ctx, filter, _columns, { ids }) {
    for await (const items of pages(ctx, filter, ids)) {
      const versions = items.length === 0 ? [] : await db(ctx).selectFrom('knowledge_version as v').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'v.tenant_id').onRef('i.id', '=', 'v.item_id').onRef('i.version_number', '=', 'v.number')).select(['v.item_id as id', 'v.content', 'v.files']).where('v.tenant_id', '=', ctx.tenantId).where('v.item_id', 'in', items.map((item) => item.id)).execute()
      const byId = new Map(versions.map((row) => [row.id, row]))
      yield items.map((item) => {
        const version = byId.get(item.id)
        const of = version ? contentOf(version) : null
        return {
          code: item.code, title: item.title, typeName: item.typeName, directory: item.directoryPath.join(' / '), body: of ? plainText(of.body) : null, summary: of?.summary ?? null, keywords: of?.keywords.join('、') ?? null, wordings: of?.wordings.join('；') ?? null, ownerUnitName: item.ownerUnitName, audienceName: item.audienceName,
          basis: of?.basis ?? null, source: of?.source ?? null, contact: of?.contact ?? null, validFrom: item.validFrom, validTo: item.validTo, stateName: item.stateName, version: item.version, reads: item.reads, cites: item.cites, files: (version?.files as { name: string }[] | undefined)?.map((file) => file.name).join('、') ?? null,
        }
      })
    }
  },
  async count(ctx, filter, { ids }, bound) {
    let n = 0
    for await (const items of pages(ctx, filter, ids)) if ((n += items.length) > bound) break
    return n
  },
}]
