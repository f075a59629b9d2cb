import { z } from 'zod'
import { id, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { enterpriseContent } from '../standard/content.ts'
import { patchOf } from '../standard/patch-of.ts'
import { changed, read, standardMeta, stateFilter, submitFlag } from '../standard/standard-contract.ts'

const keep = { anyOf: ['matters.edit', 'matters.enterprises'] }
const item = enterpriseContent.extend(standardMeta.shape).extend({ areaName: z.string().nullable() })

export const listEnterprises = describeRoute({
  id: 'listEnterprises', method: 'GET', path: '/api/matters/enterprises', summary: '企业库', audience: 'staff', access: read,
  query: pageQuery.extend({ ...stateFilter, query: z.string().trim().max(100).optional(), areaCode: z.string().regex(/^\d{6,12}$/).optional(), ownership: listOf(z.string().max(60)).optional(), industry: z.string().trim().max(60).optional(), label: z.string().trim().max(60).optional() }),
  response: pageOf(item),
})

/** Registered orders that name the enterprise, as far as later domains know them. */
const order = z.object({ number: z.string(), title: z.string(), stateName: z.string(), registeredAt: z.string(), link: z.string() })

export const getEnterprise = describeRoute({
  id: 'getEnterprise', method: 'GET', path: '/api/matters/enterprises/:id', summary: '企业', audience: 'staff', access: read,
  params: z.object({ id }), response: item.extend({ mergedInto: z.object({ id, name: z.string() }).nullable(), orders: z.object({ count: z.number().int(), items: z.array(order) }) }),
})

export const searchEnterprises = describeRoute({
  id: 'searchEnterprises', method: 'GET', path: '/api/matters/enterprises/search', summary: '登记时选择企业：名称、别名、拼音、信用代码', audience: 'staff', access: read,
  query: z.object({ query: z.string().trim().min(1).max(100), limit: z.coerce.number().int().min(1).max(50).default(20) }),
  response: z.object({ items: z.array(z.object({ id, creditCode: z.string(), name: z.string(), aliases: z.array(z.string()), areaName: z.string().nullable(), industry: z.string().nullable() })) }),
})

export const createEnterprise = describeRoute({
  id: 'createEnterprise', method: 'POST', path: '/api/matters/enterprises', summary: '登记企业', audience: 'staff', access: keep, body: enterpriseContent.extend(submitFlag), response: changed,
})

export const editEnterprise = describeRoute({
  id: 'editEnterprise', method: 'PATCH', path: '/api/matters/enterprises/:id', summary: '修改企业', audience: 'staff', access: keep, params: z.object({ id }), body: patchOf(enterpriseContent.shape), response: changed,
})

export const mergeEnterprise = describeRoute({
  id: 'mergeEnterprise', method: 'POST', path: '/api/matters/enterprises/:id/merge', summary: '合并重复企业', audience: 'staff', access: { permission: 'matters.review' },
  params: z.object({ id }), body: z.object({ into: id, reason: z.string().trim().max(1000).optional() }), response: z.object({ version: z.number().int() }),
})
