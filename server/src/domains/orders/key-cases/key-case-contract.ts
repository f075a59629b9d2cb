// Key cases and special marks as routes (ORD-17).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant } from '../../../kernel/http/codec.ts'

const words = (max: number) => z.string().trim().min(1).max(max)
const one = z.object({ id })
const topic = z.object({ id, name: z.string(), startsAt: instant, endsAt: instant, enabled: z.boolean(), /** Within its time and switched on. */ offered: z.boolean(), marked: z.number().int(), version: z.number().int(), changedByName: z.string(), changedAt: instant })
const special = z.object({ id, code: z.string(), name: z.string(), platform: z.string().nullable(), enabled: z.boolean(), marked: z.number().int(), version: z.number().int(), changedByName: z.string(), changedAt: instant })
const manage = { audience: 'staff', access: { permission: 'orders.manageKeyCases' }, tag: 'keyCases' } as const
const topicBody = { name: words(40), startsAt: instant, endsAt: instant, enabled: z.boolean().default(true) }
const specialBody = { name: words(40), platform: z.string().trim().max(40).nullable().default(null), enabled: z.boolean().default(true) }
const version = z.number().int()

export const listKeyCasesRoute = describeRoute({ ...manage, id: 'listKeyCases', method: 'GET', path: '/api/key-cases', summary: '重点专题与上级特殊标记', response: z.object({ topics: z.array(topic), specials: z.array(special) }) })
export const createKeyTopicRoute = describeRoute({ ...manage, id: 'createKeyTopic', method: 'POST', path: '/api/key-topics', summary: '新建重点专题', body: z.object(topicBody), response: topic })
export const changeKeyTopicRoute = describeRoute({ ...manage, id: 'changeKeyTopic', method: 'PATCH', path: '/api/key-topics/:id', summary: '修改重点专题', params: one, body: z.object({ ...topicBody, version }), response: topic })
export const createSpecialMarkRoute = describeRoute({ ...manage, id: 'createSpecialMark', method: 'POST', path: '/api/special-marks', summary: '新建特殊标记', body: z.object({ code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, '代码只能用字母、数字、横线和下划线'), ...specialBody }), response: special })
export const changeSpecialMarkRoute = describeRoute({ ...manage, id: 'changeSpecialMark', method: 'PATCH', path: '/api/special-marks/:id', summary: '修改特殊标记', params: one, body: z.object({ ...specialBody, version }), response: special })

const mark = z.object({ id, kind: z.enum(['topic', 'special']), name: z.string(), at: instant, byName: z.string(), unitName: z.string().nullable(), cancelledAt: instant.nullable(), cancelledByName: z.string().nullable(), cancelReason: z.string().nullable(), mayCancel: z.boolean() })
const marks = z.object({ items: z.array(mark), /** Topics that may be marked now, and whether the reader may. */ offered: z.array(z.object({ id, name: z.string() })), mayMark: z.boolean() })
export const orderKeyMarksRoute = describeRoute({ id: 'orderKeyMarks', method: 'GET', path: '/api/orders/:id/key-marks', summary: '工单的重点标记', audience: 'staff', access: { permission: 'orders.read' }, tag: 'keyCases', params: one, response: marks })
export const markKeyCaseRoute = describeRoute({ id: 'markKeyCase', method: 'POST', path: '/api/orders/:id/key-marks', summary: '标记重点案件', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.markKeyCase'] }, tag: 'keyCases', params: one, body: z.object({ topicId: id }), response: marks })
export const cancelKeyMarkRoute = describeRoute({ id: 'cancelKeyMark', method: 'POST', path: '/api/orders/:id/key-marks/:markId/cancel', summary: '取消重点标记', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.markKeyCase'] }, tag: 'keyCases', params: z.object({ id, markId: id }), body: z.object({ reason: words(300) }), response: marks })
