// The register of merged hotlines as routes (PLA-06).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'

/** `full`: the number ends in the centre; `parallel`: both numbers are kept, the line's own seats answer; `subCentre`: a sub-centre answers under its own number. */
export const lineModes = ['full', 'parallel', 'subCentre'] as const
export type LineMode = (typeof lineModes)[number]

const text = (max: number) => z.string().trim().max(max)
const fields = {
  name: text(40).min(1, '请填写线路名称'), number: z.string().trim().regex(/^\d{3,15}$/, '号码为 3 到 15 位数字').nullable().default(null), unitId: id.nullable().default(null), mode: z.enum(lineModes),
  ownForm: z.boolean().default(true), skillGroup: text(40).default(''), connector: text(60).default(''), startedOn: localDate.nullable().default(null), enabled: z.boolean().default(true),
}
export const lineRow = z.object({
  code: z.string(), name: z.string(), number: z.string().nullable(), unitId: id.nullable(), unitName: z.string().nullable(), mode: z.enum(lineModes), modeName: z.string(), ownForm: z.boolean(), skillGroup: z.string(), connector: z.string(), startedOn: z.string().nullable(), enabled: z.boolean(),
  modes: z.array(z.object({ mode: z.enum(lineModes), modeName: z.string(), since: instant, until: instant.nullable(), byName: z.string() })), version: z.number().int(), changedAt: instant, changedByName: z.string(),
})
const manage = { audience: 'staff', access: { permission: 'orders.manageLines' } } as const
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, '代码只能用字母、数字、横线和下划线')

export const listLinesRoute = describeRoute({ ...manage, id: 'listHotlines', method: 'GET', path: '/api/hotlines', summary: '归并热线', response: z.object({ items: z.array(lineRow) }) })
export const addLineRoute = describeRoute({ ...manage, id: 'addHotline', method: 'POST', path: '/api/hotlines', summary: '登记归并热线', body: z.strictObject({ code, ...fields }), response: lineRow })
export const changeLineRoute = describeRoute({ ...manage, id: 'changeHotline', method: 'PUT', path: '/api/hotlines/:code', summary: '修改归并热线', params: z.object({ code }), body: z.strictObject({ ...fields, version: z.number().int() }), response: lineRow })
export const lineVolumesRoute = describeRoute({
  ...manage, id: 'hotlineVolumes', method: 'GET', path: '/api/hotlines/volumes', summary: '归并热线的话务和工单量', query: z.object({ from: localDate, to: localDate }),
  /** One row for each line and mode; `countedBy` says whose volume it is. */
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), mode: z.enum(lineModes), modeName: z.string(), countedBy: z.string(), orders: z.number().int(), calls: z.number().int().nullable() })) }),
})
