// Urging as routes.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { boundedCount, flag, id, instant, localDate, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { urgeSources } from './supervision.ts'

const one = z.object({ id })
const required = (max: number) => z.string().trim().min(1).max(max)
const files = z.array(id).max(20).default([])
const fileView = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })

const urgeView = z.object({
  id,
  orderId: id,
  number: z.string(),
  title: z.string(),
  orderStateName: z.string(),
  /** First, second … urge of the order. */
  nth: z.number().int(),
  source: z.enum(urgeSources),
  sourceName: z.string(),
  content: z.string(),
  unitNames: z.string(),
  createdByName: z.string(),
  createdUnitName: z.string().nullable(),
  createdAt: instant,
  answer: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredUnitName: z.string().nullable(),
  answeredAt: instant.nullable(),
  owed: z.boolean(),
  mayAnswer: z.boolean(),
  files: z.array(fileView),
})

export const urgeOrderRoute = describeRoute({
  id: 'urgeOrder', method: 'POST', path: '/api/orders/:id/urges', summary: '催办', audience: 'staff', access: { permission: 'supervision.urge' }, params: one,
  body: z.object({ content: required(1000), fileIds: files, /** These holders only, also assisting ones; else the units in charge. */ unitIds: z.array(id).min(1).max(20).optional() }),
  response: z.object({ id, urgeCount: z.number().int(), unitNames: z.string(), orderVersion: z.number().int() }),
})
export const orderUrgesRoute = describeRoute({ id: 'orderUrges', method: 'GET', path: '/api/orders/:id/urges', summary: '工单的催办', audience: 'staff', access: { permission: 'orders.read' }, params: one, response: z.object({ items: z.array(urgeView), upperNotices: z.array(z.object({ id, upperNumber: z.string(), content: z.string(), receivedAt: instant, createdByName: z.string() })) }) })
export const listUrgesRoute = describeRoute({
  id: 'listUrges', method: 'GET', path: '/api/urges', summary: '催办列表', audience: 'staff', access: { permission: 'supervision.read' },
  query: pageQuery.extend({ owed: flag.optional(), unitId: id.optional(), below: flag.optional(), source: z.enum(urgeSources).optional(), from: localDate.optional(), to: localDate.optional() }), response: pageOf(urgeView),
})
export const answerUrgeRoute = describeRoute({
  id: 'answerUrge', method: 'POST', path: '/api/urges/:id/answer', summary: '答复催办', audience: 'staff', access: { permission: 'supervision.answer' }, params: one, body: z.object({ content: required(1000), fileIds: files }), response: urgeView,
})

export const recordUpperNoticeRoute = describeRoute({
  id: 'recordUpperNotice', method: 'POST', path: '/api/orders/:id/upper-urge-notices', summary: '登记重复催办告知单', audience: 'staff', access: { permission: 'supervision.manage' }, params: one,
  body: z.object({ upperNumber: required(60), content: required(2000), receivedAt: instant.optional(), fileIds: files }), response: z.object({ id, orderVersion: z.number().int() }),
})
export const listUpperNoticesRoute = describeRoute({
  id: 'listUpperNotices', method: 'GET', path: '/api/supervision/upper-urge-notices', summary: '重复催办告知单', audience: 'staff', access: { permission: 'supervision.read' }, query: pageQuery.extend({ below: flag.optional() }),
  response: pageOf(z.object({ id, orderId: id, number: z.string(), title: z.string(), orderStateName: z.string(), unitName: z.string().nullable(), urgeCount: z.number().int(), upperNumber: z.string(), content: z.string(), receivedAt: instant, createdByName: z.string() })),
})

export const urgeCountsRoute = describeRoute({
  id: 'urgeCounts', method: 'GET', path: '/api/urges/counts', summary: '催办计数', audience: 'staff', access: { permission: 'supervision.read' }, response: z.object({ owed: boundedCount, openTasks: boundedCount }),
})
