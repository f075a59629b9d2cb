// Hot topics and hot events as routes (ANA-22).
import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { filter } from '../board.ts'

const read = { permission: 'data.read' } as const
const manage = { permission: 'analytics.events' } as const
const one = z.object({ id })
const counted = z.object({ name: z.string(), n: z.int() })
export const eventStates = ['draft', 'confirmed', 'rejected'] as const
/** Made for a week or a month by itself, or by hand for days of one's own. */
export const eventLists = ['week', 'month', 'own'] as const
const period = { from: localDate, to: localDate }

export const topicsRoute = describeRoute({
  id: 'findTopics', method: 'POST', path: '/api/analytics/topics', summary: '热点话题', audience: 'staff', access: read, audit: false, limit: 60,
  body: z.object({ ...period, where: z.array(filter).max(10).default([]) }),
  response: z.object({
    asOf: instant, read: z.int().describe('Orders looked at'), whole: z.boolean().describe('False: only the newest of the period were looked at'), least: z.int(), mayManage: z.boolean(),
    items: z.array(z.object({
      name: z.string(), keywords: z.array(z.string()), orders: z.int(), mentions: z.int().describe('How often its words stand in the titles'), people: z.int(), heat: z.number(), trend: z.enum(['rising', 'steady', 'falling']), trendName: z.string(),
      words: z.string().describe('Conclusion'), days: z.array(z.object({ day: z.string(), n: z.int() })), areas: z.array(counted), orderIds: z.array(id).max(200),
    })),
  }),
})
const event = z.object({
  id, from: z.string(), to: z.string(), title: z.string(), summary: z.string(), subject: z.string(), people: z.int(), areaName: z.string(), keywords: z.array(z.string()), list: z.enum(eventLists), listName: z.string(), state: z.enum(eventStates), stateName: z.string(), edit: z.int(),
  orders: z.int().describe('Of those within the reader’s scope'), foundAt: instant, changedAt: instant, changedByName: z.string(),
})
export const eventsRoute = describeRoute({ id: 'listHotEvents', method: 'GET', path: '/api/analytics/hot-events', summary: '热点事件清单', audience: 'staff', access: read, query: z.object({ ...period, state: z.enum(eventStates).optional(), list: z.enum(eventLists).optional() }), response: z.object({ items: z.array(event), mayManage: z.boolean() }) })
export const generateRoute = describeRoute({ id: 'generateHotEvents', method: 'POST', path: '/api/analytics/hot-events/generate', summary: '由热点话题生成热点事件', audience: 'staff', access: manage, limit: 30, body: z.object(period), response: z.object({ made: z.int() }) })
export const eventRoute = describeRoute({ id: 'showHotEvent', method: 'GET', path: '/api/analytics/hot-events/:id', summary: '热点事件', audience: 'staff', access: read, params: one, response: event.extend({ orderIds: z.array(id) }) })
export const changeEventRoute = describeRoute({
  id: 'changeHotEvent', method: 'PATCH', path: '/api/analytics/hot-events/:id', summary: '修改热点事件', audience: 'staff', access: manage, params: one,
  body: z.object({ title: z.string().trim().min(1).max(60), summary: z.string().trim().max(1000), subject: z.string().trim().max(60), people: z.int().min(0).max(10_000_000), areaName: z.string().trim().max(60), drop: z.array(id).max(200).default([]).describe('Orders that do not belong to it'), edit: z.int() }), response: event.extend({ orderIds: z.array(id) }),
})
export const decideEventRoute = describeRoute({ id: 'decideHotEvent', method: 'POST', path: '/api/analytics/hot-events/:id/decide', summary: '确认、不采用或恢复热点事件', audience: 'staff', access: manage, params: one, body: z.object({ act: z.enum(['confirm', 'reject', 'reopen']) }), response: event.extend({ orderIds: z.array(id) }) })
