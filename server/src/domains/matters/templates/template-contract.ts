import { z } from 'zod'
import { id, instant, listOf } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { matterContent } from '../standard/content.ts'
import { changed, edit, read } from '../standard/standard-contract.ts'

/** A template is a matter without its place and names; both are given when it is used. */
export const templateContent = matterContent.omit({ code: true, name: true, directoryId: true, competentUnitId: true })
const name = z.string().trim().min(1).max(100)

export const listTemplates = describeRoute({
  id: 'listMatterTemplates', method: 'GET', path: '/api/matters/templates', summary: '事项模板库', audience: 'staff', access: read,
  response: z.object({ items: z.array(z.object({ id, name, groupName: z.string(), content: templateContent, uses: z.number().int(), createdByName: z.string(), createdAt: instant })) }),
})
export const createTemplate = describeRoute({
  id: 'createMatterTemplate', method: 'POST', path: '/api/matters/templates', summary: '把事项存为模板', audience: 'staff', access: edit,
  body: z.object({ name, groupName: z.string().trim().min(1).max(60), matterId: id }), response: z.object({ id }),
})
export const removeTemplate = describeRoute({ id: 'removeMatterTemplate', method: 'DELETE', path: '/api/matters/templates/:id', summary: '删除模板', audience: 'staff', access: edit, params: z.object({ id }), response: z.object({}) })
export const applyTemplate = describeRoute({
  id: 'applyMatterTemplate', method: 'POST', path: '/api/matters/templates/:id/use', summary: '由模板新建事项草稿', audience: 'staff', access: edit, params: z.object({ id }),
  body: z.object({ code: matterContent.shape.code, name: matterContent.shape.name, directoryId: id, competentUnitId: id.nullable().default(null) }), response: changed,
})

export const linkMatters = describeRoute({
  id: 'linkMatters', method: 'POST', path: '/api/matters/links', summary: '事项归类：批量关联到分类或诉求类型', audience: 'staff', access: edit,
  body: z.object({ matterIds: z.array(id).min(1).max(200), nodeId: id, remove: z.boolean().default(false) }),
  response: z.object({ done: z.number().int(), mismatches: z.array(z.object({ matterId: id, name: z.string(), reason: z.string() })) }),
})
export const listLinks = describeRoute({
  id: 'listMatterLinks', method: 'GET', path: '/api/matters/links', summary: '归类：某分类下的事项，或某事项的分类', audience: 'staff', access: read,
  query: z.object({ nodeId: id.optional(), matterId: listOf(id).optional() }),
  response: z.object({ items: z.array(z.object({ matterId: id, matterCode: z.string(), matterName: z.string(), nodeId: id, scheme: z.string(), nodeCode: z.string(), nodeName: z.string() })) }),
})

export const browseMatters = describeRoute({
  id: 'browseMatters', method: 'GET', path: '/api/matters/browse', summary: '按主管部门或分类浏览已生效的事项', audience: 'staff', access: read,
  /** `unit`, or the code of a scheme. */
  query: z.object({ by: z.string().min(1).max(30).default('unit') }),
  response: z.object({
    dimensions: z.array(z.object({ by: z.string(), name: z.string() })),
    items: z.array(z.object({ id, parentId: id.nullable(), name: z.string(), code: z.string(), matters: z.number().int() })),
  }),
})
