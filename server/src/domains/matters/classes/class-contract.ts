import { z } from 'zod'
import { flag, id, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { appealTypeContent, appealTypeRules, schemeNodeContent } from '../standard/content.ts'
import { patchOf } from '../standard/patch-of.ts'
import { changed, edit, read, standardMeta, stateFilter, submitFlag } from '../standard/standard-contract.ts'
import { schemeUse } from './scheme-defaults.ts'

const typeId = z.string().min(1).max(50)

const appealTypeItem = appealTypeContent.extend({
  id: z.string(),
  origin: z.enum(['own', 'upper', 'shipped']),
  state: z.string(),
  stateName: z.string(),
  version: z.number().int(),
  /** 0 for a type that the tenant has not changed yet. */
  revision: z.number().int(),
  pendingChangeId: z.string().nullable(),
  acts: standardMeta.shape.acts,
})

export const listAppealTypes = describeRoute({
  id: 'listAppealTypes', method: 'GET', path: '/api/matters/appeal-types', summary: '诉求类型', audience: 'staff', access: read,
  query: z.object({ all: flag.optional() }),
  response: z.object({ items: z.array(appealTypeItem) }),
})

export const createAppealType = describeRoute({
  id: 'createAppealType', method: 'POST', path: '/api/matters/appeal-types', summary: '新建诉求类型', audience: 'staff', access: edit,
  body: appealTypeContent.extend(submitFlag), response: changed,
})

export const editAppealType = describeRoute({
  id: 'editAppealType', method: 'PATCH', path: '/api/matters/appeal-types/:id', summary: '修改诉求类型', audience: 'staff', access: edit,
  params: z.object({ id: typeId }), body: patchOf(appealTypeContent.shape), response: changed,
})

const scheme = z.object({ code: z.string(), name: z.string(), description: z.string().nullable(), usedIn: schemeUse, revision: z.number().int(), origin: z.enum(['own', 'upper', 'shipped']) })

export const listSchemes = describeRoute({
  id: 'listSchemes', method: 'GET', path: '/api/matters/schemes', summary: '分类体系', audience: 'staff', access: read,
  response: z.object({ items: z.array(scheme) }),
})

export const saveScheme = describeRoute({
  id: 'saveScheme', method: 'PUT', path: '/api/matters/schemes/:code', summary: '新建或修改分类体系的用法', audience: 'staff', access: edit,
  params: z.object({ code: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,29}$/) }),
  body: z.object({ name: z.string().trim().min(1).max(50), description: z.string().max(500).nullable().default(null), usedIn: schemeUse, revision: z.number().int() }),
  response: scheme,
})

const treeNode = z.object({ id: z.string(), code: z.string(), name: z.string(), parentId: z.string().nullable(), level: z.number().int(), leaf: z.boolean(), pathNames: z.array(z.string()) })

export const schemeTree = describeRoute({
  id: 'schemeTree', method: 'GET', path: '/api/matters/schemes/:code/tree', summary: '分类树（可搜索）', audience: 'staff', access: read,
  params: z.object({ code: z.string().max(30) }), query: z.object({ query: z.string().trim().max(100).optional() }),
  response: z.object({ items: z.array(treeNode) }),
})

const nodeItem = schemeNodeContent.extend(standardMeta.shape).extend({ pathNames: z.array(z.string()), ownerUnitName: z.string().nullable() })

export const listNodes = describeRoute({
  id: 'listSchemeNodes', method: 'GET', path: '/api/matters/scheme-nodes', summary: '分类列表', audience: 'staff', access: read,
  query: pageQuery.extend({ ...stateFilter, scheme: z.string().max(30), under: id.optional(), query: z.string().trim().max(100).optional(), level: listOf(z.string()).optional() }),
  response: pageOf(nodeItem),
})

export const getNode = describeRoute({
  id: 'getSchemeNode', method: 'GET', path: '/api/matters/scheme-nodes/:id', summary: '分类', audience: 'staff', access: read,
  params: z.object({ id }), response: nodeItem,
})

export const createNode = describeRoute({
  id: 'createSchemeNode', method: 'POST', path: '/api/matters/scheme-nodes', summary: '新建分类', audience: 'staff', access: edit,
  body: schemeNodeContent.extend(submitFlag), response: changed,
})

export const editNode = describeRoute({
  id: 'editSchemeNode', method: 'PATCH', path: '/api/matters/scheme-nodes/:id', summary: '修改分类', audience: 'staff', access: edit,
  params: z.object({ id }), body: patchOf(schemeNodeContent.shape), response: changed,
})

export const options = describeRoute({
  id: 'matterOptions', method: 'GET', path: '/api/matters/options', summary: '登记用选项：诉求类型、紧急程度、分类体系', audience: 'staff', access: read,
  response: z.object({
    appealTypes: z.array(z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable(), rules: appealTypeRules })),
    urgencyLevels: z.array(z.object({ code: z.string(), name: z.string() })),
    schemes: z.array(scheme),
    categoryMinLevel: z.number().int(),
    industryRequired: z.enum(['off', 'sign', 'handling']),
  }),
})
