import type { ExportSource } from '../lists/export-sources.ts'
import { targetTenant } from '../reach.ts'
import { unitKindTexts } from './unit-kinds.zh-CN.ts'
import { treeRows } from './unit.queries.ts'

const MANAGE = 'platform.manageUnits'

const tenantOf = (filter: Record<string, unknown>): string | undefined => (typeof filter['tenantId'] === 'string' ? filter['tenantId'] : undefined)

/** The organisation tree as a sheet, in the form that the import reads. */
export const unitExport: ExportSource = {
  page: 'units',
  title: '机构',
  permission: MANAGE,
  columns: [['code', '机构编码'], ['name', '名称'], ['kind', '类型'], ['areaCode', '区划编码'], ['parentCode', '上级编码'], ['vertical', '垂管'], ['state', '状态'], ['users', '人数']].map(([key = '', label = '']) => ({ key, label })),
  async *rows(ctx, filter, _columns, { ids }) {
    const units = await treeRows(ctx, targetTenant(ctx, MANAGE, tenantOf(filter)), true)
    const codes = new Map(units.map((unit) => [unit.id, unit.code]))
    yield units
      .filter((unit) => ids === null || ids.includes(unit.id))
      .map((unit) => ({ ...unit, kind: unitKindTexts[unit.kind], parentCode: codes.get(unit.parentId ?? '') ?? '', vertical: unit.vertical, state: unit.state === 'active' ? '正常' : '停用' }))
  },
  count: async (ctx, filter, { ids }) => ids?.length ?? (await treeRows(ctx, targetTenant(ctx, MANAGE, tenantOf(filter)), true)).length,
}
