// 每日案件短信: what was sent, the frozen orders behind it, and whom a unit wants to receive it (SUP-08).
import { z } from 'zod'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'supervision.read' } as const
const keep = { permission: 'supervision.keepOverview' } as const
const person = z.object({ id, name: z.string(), /** Without a mobile number only the message in the system reaches him. */ sms: z.boolean() })
export const figuresOf = z.array(z.object({ key: z.string(), name: z.string(), count: z.number().int() }))
export const recipientsOf = z.array(person)
const row = z.object({ id, unitId: id, unitName: z.string(), slot: z.string(), at: instant, figures: figuresOf, recipients: recipientsOf })

export const listOverviewsRoute = describeRoute({ id: 'listOverviews', method: 'GET', path: '/api/supervision/overviews', summary: '每日案件短信', audience: 'staff', access: read, query: pageQuery.extend({ unitId: id.optional(), below: flag.optional() }), response: pageOf(row) })
export const showOverviewRoute = describeRoute({
  id: 'showOverview', method: 'GET', path: '/api/supervision/overviews/:id', summary: '每日案件短信的明细快照', audience: 'staff', access: read, params: z.object({ id }),
  response: row.extend({ lists: z.array(z.object({ key: z.string(), name: z.string(), count: z.number().int(), orders: z.array(z.object({ id, number: z.string(), title: z.string().nullable(), state: z.string(), stateName: z.string(), dueAt: instant.nullable() })) })) }),
})
const listOfUnit = z.object({ unitId: id, unitName: z.string(), enabled: z.boolean(), /** The unit has said nothing: its leaders. */ byDefault: z.boolean(), users: z.array(person), people: z.array(z.object({ id, name: z.string() })) })
export const overviewListRoute = describeRoute({ id: 'overviewRecipients', method: 'GET', path: '/api/supervision/overview-lists/:unitId', summary: '每日案件短信的接收人', audience: 'staff', access: keep, params: z.object({ unitId: id }), response: listOfUnit })
export const saveOverviewListRoute = describeRoute({ id: 'saveOverviewRecipients', method: 'PUT', path: '/api/supervision/overview-lists/:unitId', summary: '维护每日案件短信的接收人', audience: 'staff', access: keep, params: z.object({ unitId: id }), body: z.object({ enabled: z.boolean(), userIds: z.array(id).max(50) }), response: listOfUnit })
