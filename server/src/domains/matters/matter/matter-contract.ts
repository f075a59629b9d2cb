import { z } from 'zod'
import { flag, id, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { directoryContent, element, matterContent } from '../standard/content.ts'
import { patchOf } from '../standard/patch-of.ts'
import { changed, edit, read, standardMeta, stateFilter, submitFlag } from '../standard/standard-contract.ts'

const filters = { query: z.string().trim().max(100).optional(), name: z.string().trim().max(100).optional(), code: z.string().trim().max(50).optional() }

const directoryItem = directoryContent.extend(standardMeta.shape).extend({ level: z.number().int(), path: z.array(z.object({ id: z.string(), name: z.string() })) })

export const directoryTree = describeRoute({
  id: 'matterDirectoryTree', method: 'GET', path: '/api/matters/directories/tree', summary: '事项目录树（可按日期查看历史）', audience: 'staff', access: read,
  query: z.object({ asOf: localDate.optional(), all: flag.optional() }),
  response: z.object({
    items: z.array(z.object({ id: z.string(), code: z.string(), name: z.string(), parentId: z.string().nullable(), level: z.number().int(), state: z.string(), leaf: z.boolean(), matters: z.number().int() })),
  }),
})

export const listDirectories = describeRoute({
  id: 'listMatterDirectories', method: 'GET', path: '/api/matters/directories', summary: '事项目录列表', audience: 'staff', access: read,
  query: pageQuery.extend({ ...filters, ...stateFilter, level: listOf(z.string()).optional(), creatingUnitId: id.optional(), from: localDate.optional(), to: localDate.optional() }),
  response: pageOf(directoryItem),
})

export const getDirectory = describeRoute({
  id: 'getMatterDirectory', method: 'GET', path: '/api/matters/directories/:id', summary: '事项目录', audience: 'staff', access: read,
  params: z.object({ id }), response: directoryItem,
})

export const createDirectory = describeRoute({
  id: 'createMatterDirectory', method: 'POST', path: '/api/matters/directories', summary: '新建目录', audience: 'staff', access: edit,
  body: directoryContent.extend(submitFlag), response: changed,
})

export const editDirectory = describeRoute({
  id: 'editMatterDirectory', method: 'PATCH', path: '/api/matters/directories/:id', summary: '修改目录', audience: 'staff', access: edit,
  params: z.object({ id }), body: patchOf(directoryContent.shape), response: changed,
})

const matterItem = matterContent.extend(standardMeta.shape).extend({
  directoryPath: z.array(z.string()),
  competentUnitName: z.string().nullable(),
})

export const listMatters = describeRoute({
  id: 'listMatters', method: 'GET', path: '/api/matters/items', summary: '诉求事项列表', audience: 'staff', access: read,
  query: pageQuery.extend({
    ...filters, ...stateFilter,
    competentUnitId: id.optional(), directoryId: id.optional(), division: z.string().trim().max(100).optional(), appealType: z.string().max(50).optional(),
    level: z.coerce.number().int().min(1).max(5).optional(), from: localDate.optional(), to: localDate.optional(),
    /** A class or own label the matter is linked to, those below it too. */
    nodeId: id.optional(),
    /** Only matters of the viewer's own departments. */
    mine: flag.optional(),
  }),
  response: pageOf(matterItem),
})

export const getMatter = describeRoute({
  id: 'getMatter', method: 'GET', path: '/api/matters/items/:id', summary: '诉求事项', audience: 'staff', access: read,
  params: z.object({ id }), response: matterItem.extend({ inheritedElements: z.array(element) }),
})

export const createMatter = describeRoute({
  id: 'createMatter', method: 'POST', path: '/api/matters/items', summary: '新建事项', audience: 'staff', access: edit,
  body: matterContent.extend(submitFlag), response: changed,
})

export const editMatter = describeRoute({
  id: 'editMatter', method: 'PATCH', path: '/api/matters/items/:id', summary: '修改事项', audience: 'staff', access: edit,
  params: z.object({ id }), body: patchOf(matterContent.shape), response: changed,
})

export const searchMatters = describeRoute({
  id: 'searchMatters', method: 'GET', path: '/api/matters/search', summary: '登记时选择事项：名称、编码、关键词、拼音', audience: 'staff', access: read,
  query: z.object({ query: z.string().trim().max(100).default(''), directoryId: id.optional(), appealType: z.string().max(50).optional(), /** A class or own label the matter is linked to. */ nodeId: id.optional(), limit: z.coerce.number().int().min(1).max(50).default(20) }),
  response: z.object({
    items: z.array(z.object({ id: z.string(), code: z.string(), name: z.string(), path: z.array(z.string()), appealTypes: z.array(z.string()), competentUnitId: z.string().nullable(), competentUnitName: z.string().nullable() })),
  }),
})

export const registrationMatter = describeRoute({
  id: 'registrationMatter', method: 'GET', path: '/api/matters/items/:id/registration', summary: '登记所需：要素、办结标准、推荐单位', audience: 'staff', access: read,
  params: z.object({ id }), query: z.object({ appealType: z.string().max(50).optional(), areaCode: z.string().max(12).optional() }),
  response: z.object({
    id: z.string(), code: z.string(), name: z.string(), directoryPath: z.array(z.string()), conditions: z.string().nullable(), materials: z.string().nullable(),
    closingStandard: matterContent.shape.closingStandard, closingBasis: z.string().nullable(), elements: z.array(element), version: z.number().int(), vertical: z.boolean(),
    units: z.array(z.object({
      unitId: z.string(), unitName: z.string(), role: z.enum(['lead', 'assist']), reason: z.string(), dutyEntryId: z.string().nullable(), path: z.array(z.object({ id: z.string(), name: z.string() })),
    })),
    negative: z.array(z.object({ unitId: z.string(), unitName: z.string(), reason: z.string(), dutyEntryId: z.string() })),
  }),
})

