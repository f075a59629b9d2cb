import { z } from 'zod'
import { flag, id, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { dutyEntryContent, dutyRoles } from '../standard/content.ts'
import { patchOf } from '../standard/patch-of.ts'
import { changed, edit, read, standardMeta, stateFilter, submitFlag } from '../standard/standard-contract.ts'

const dutyItem = dutyEntryContent.extend(standardMeta.shape).extend({ matterCode: z.string(), matterName: z.string(), unitName: z.string(), areaName: z.string(), roleName: z.string() })
const areaCode = z.string().regex(/^\d{6,12}$/)

export const listDuties = describeRoute({
  id: 'listDutyEntries', method: 'GET', path: '/api/matters/duties', summary: '职责清单', audience: 'staff', access: read,
  query: pageQuery.extend({
    ...stateFilter,
    matterId: id.optional(), directoryId: id.optional(), query: z.string().trim().max(100).optional(), code: z.string().trim().max(100).optional(),
    unitId: id.optional(), role: listOf(z.enum(dutyRoles)).optional(), areaCode: areaCode.optional(),
    matterType: z.string().max(100).optional(), implementationType: z.string().max(100).optional(), from: localDate.optional(), to: localDate.optional(), mine: flag.optional(),
  }),
  response: pageOf(dutyItem),
})

export const getDuty = describeRoute({
  id: 'getDutyEntry', method: 'GET', path: '/api/matters/duties/:id', summary: '职责清单条目', audience: 'staff', access: read,
  params: z.object({ id }), response: dutyItem,
})

export const createDuty = describeRoute({
  id: 'createDutyEntry', method: 'POST', path: '/api/matters/duties', summary: '新建职责清单条目', audience: 'staff', access: edit,
  body: dutyEntryContent.extend(submitFlag), response: changed,
})

export const editDuty = describeRoute({
  id: 'editDutyEntry', method: 'PATCH', path: '/api/matters/duties/:id', summary: '修改职责清单条目', audience: 'staff', access: edit,
  params: z.object({ id }), body: patchOf(dutyEntryContent.shape), response: changed,
})

const unitRef = z.object({ id: z.string(), name: z.string() })

export const dutyMatrix = describeRoute({
  id: 'dutyMatrix', method: 'GET', path: '/api/matters/duties/matrix', summary: '职责矩阵：事项 × 单位，空缺与重叠', audience: 'staff', access: read,
  query: z.object({ directoryId: id.optional(), unitId: listOf(id).optional(), areaCode: areaCode.optional(), only: z.enum(['all', 'gaps', 'overlaps']).default('all'), cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  response: z.object({
    matters: z.array(z.object({ id: z.string(), code: z.string(), name: z.string(), /** No lead covers the whole area asked for. */ gap: z.boolean(), overlaps: z.array(z.object({ kind: z.enum(['same', 'nested']), areaCodes: z.array(z.string()), unitIds: z.array(z.string()) })) })),
    units: z.array(unitRef),
    cells: z.array(z.object({ matterId: z.string(), unitId: z.string(), role: z.enum(dutyRoles), areaCode: z.string(), areaName: z.string(), dutyEntryId: z.string() })),
    next: z.string().nullable(),
  }),
})

export const recommendation = describeRoute({
  id: 'recommendUnits', method: 'GET', path: '/api/matters/recommendation', summary: '按职责清单推荐承办单位', audience: 'staff', access: read,
  query: z.object({ matterId: id, areaCode }),
  response: z.object({
    units: z.array(z.object({ unitId: z.string(), unitName: z.string(), role: z.enum(['lead', 'assist']), reason: z.string(), dutyEntryId: z.string().nullable(), path: z.array(unitRef) })),
    negative: z.array(z.object({ unitId: z.string(), unitName: z.string(), reason: z.string(), dutyEntryId: z.string() })),
  }),
})
