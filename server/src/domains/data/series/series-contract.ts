// Series from elsewhere (ANA-05): population and the like, a value an area from a day on, as denominators beside orders.
import { z } from 'zod'
import { instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'data.read' } } as const
const manage = { audience: 'staff', access: { permission: 'data.manage' } } as const
const params = z.object({ code: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/, '编码以小写字母开头，只含字母和数字') })
const digits = z.union([z.literal(4), z.literal(6), z.literal(9), z.literal(12)]).describe('Level of its areas: prefecture, county, street, community. One level, so that areas add up.')
const series = z.object({ code: z.string(), name: z.string(), unit: z.string(), source: z.string(), digits, areas: z.int(), firstDay: localDate.nullable(), lastDay: localDate.nullable(), usedBy: z.array(z.string()).describe('Names of the indicators that count it'), changedAt: instant, changedByName: z.string() })

export const seriesRoute = describeRoute({ ...read, id: 'listSeries', method: 'GET', path: '/api/data/series', summary: '外部数据', response: z.object({ items: z.array(series), mayManage: z.boolean() }) })
export const keepSeriesRoute = describeRoute({
  ...manage, id: 'keepSeries', method: 'PUT', path: '/api/data/series/:code', summary: '新增或修改外部数据序列', params,
  body: z.strictObject({ name: z.string().trim().min(1, '请填写名称').max(40), unit: z.string().trim().max(10).default(''), source: z.string().trim().max(100).default(''), digits }), response: series,
})
export const seriesValuesRoute = describeRoute({
  ...read, id: 'listSeriesValues', method: 'GET', path: '/api/data/series/:code/values', summary: '外部数据的值', params,
  response: z.object({ items: z.array(z.object({ areaCode: z.string(), areaName: z.string(), fromDay: localDate, value: z.string() })), more: z.boolean() }),
})
export const loadSeriesRoute = describeRoute({
  ...manage, id: 'loadSeries', method: 'POST', path: '/api/data/series/:code/values', summary: '导入外部数据', params,
  body: z.strictObject({ check: z.boolean().default(false).describe('Only says what is wrong'), rows: z.array(z.strictObject({ areaCode: z.string().max(40), fromDay: z.string().max(40), value: z.string().max(40) })).min(1).max(5000) }),
  response: z.object({ imported: z.int(), errors: z.array(z.object({ row: z.int().describe('From 0'), field: z.string(), message: z.string() })) }),
})
