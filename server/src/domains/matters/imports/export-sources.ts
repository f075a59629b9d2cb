// Matters and duty entries as sheets: the columns of the import, so that an export can be corrected and read in again.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Page } from '../../../kernel/http/codec.ts'
import { formatDuration, toIso } from '../../../kernel/time/index.ts'
import type { ExportCell, ExportFilter, ExportSource } from '../../platform/index.ts'
import { appealTypes } from '../classes/appeal-types.ts'
import { listDuties } from '../duty/list-duties.ts'
import { listDuties as dutyList } from '../duty/duty-contract.ts'
import { allDirectories } from '../matter/directories.ts'
import { listMatters } from '../matter/list-matters.ts'
import { listMatters as matterList } from '../matter/matter-contract.ts'
import { importColumns } from './import-columns.ts'

type Item = { id: string; stateName: string; version: number; updatedAt: Parameters<typeof toIso>[0] }
type Row = Record<string, ExportCell>
const PAGE = 200

const columnsOf = (kind: 'matter' | 'dutyEntry'): ExportSource['columns'] => [
  ...importColumns[kind].map(({ key, label }) => ({ key, label })),
  { key: 'status', label: '状态' }, { key: 'version', label: '版本' }, { key: 'updatedAt', label: '更新时间' },
]

/** A list use-case as an export: read page by page with the filter of the console page. */
function sourceOf<Q, I extends Item>(of: {
  page: string
  title: string
  kind: 'matter' | 'dutyEntry'
  parse(query: ExportFilter): Q
  list(ctx: Ctx, input: Q): Promise<Page<I>>
  row(ctx: Ctx, item: I): Promise<Row>
}): ExportSource {
  const pages = async function* (ctx: Ctx, filter: ExportFilter, ids: string[] | null): AsyncGenerator<I[]> {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Page<I> = await of.list(ctx, of.parse({ ...queryOf(filter), limit: String(PAGE), ...(cursor ? { cursor } : {}) }))
      yield ids ? page.items.filter((item) => ids.includes(item.id)) : page.items
      cursor = page.next
    }
  }
  return {
    page: of.page,
    title: of.title,
    permission: 'matters.read',
    columns: columnsOf(of.kind),
    async *rows(ctx, filter, _columns, options) {
      for await (const items of pages(ctx, filter, options.ids)) {
        yield await Promise.all(items.map(async (item) => ({ ...(await of.row(ctx, item)), status: item.stateName, version: item.version, updatedAt: toIso(item.updatedAt) })))
      }
    },
    async count(ctx, filter, options, bound) {
      let n = 0
      for await (const items of pages(ctx, filter, options.ids)) {
        n += items.length
        if (n > bound) break
      }
      return n
    },
  }
}

/** Query parameters as the address bar of the page holds them: lists joined by commas, nothing empty, no paging. */
function queryOf(filter: ExportFilter): Record<string, string> {
  const { cursor: _cursor, limit: _limit, ...rest } = filter
  return Object.fromEntries(Object.entries(rest).flatMap(([key, value]) => (value === null || value === undefined || value === '' ? [] : [[key, Array.isArray(value) ? value.join(',') : String(value)]])))
}

const join = (texts: readonly string[]): string => texts.join('、')

export const standardExports = (): ExportSource[] => [
  sourceOf({
    page: 'matters', title: '诉求事项', kind: 'matter', parse: (query) => matterList.query.parse(query), list: listMatters,
    async row(ctx, item) {
      const types = new Map((await appealTypes(ctx, { retired: true })).map((type) => [type.id, type.name]))
      return {
        code: item.code, name: item.name, directory: (await allDirectories(ctx)).get(item.directoryId)?.code ?? '', competentUnit: item.competentUnitName, division: item.division,
        appealTypes: join(item.appealTypes.map((code) => types.get(code) ?? code)), conditions: item.conditions, materials: item.materials, duration: item.duration ? formatDuration(item.duration) : null,
        closingStandard: item.closingStandard.map((point) => `${point.text}${point.evidence ? '*' : ''}`).join('；'), closingBasis: item.closingBasis, levels: item.levels.join('、'), keywords: join(item.keywords),
      }
    },
  }),
  sourceOf({
    page: 'matterDuties', title: '职责清单', kind: 'dutyEntry', parse: (query) => dutyList.query.parse(query), list: listDuties,
    row: async (_ctx, item) => ({
      matter: item.matterCode, unit: item.unitName, role: item.roleName, area: item.areaCode, implementationCode: item.implementationCode, implementationName: item.implementationName,
      matterType: item.matterType, implementationType: item.implementationType, boundary: item.boundary, validFrom: item.validFrom, validTo: item.validTo,
    }),
  }),
]
