// The pool before closing as routes (CBK-10).
import { z } from 'zod'
import { actState, id, instant, listOf, pageOf, pageQuery, flag } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { attemptResults, statements } from '../callback.ts'
import { poolStates } from './pool.ts'

const read = { audience: 'staff', access: { permission: 'callback.read' } } as const
const work = { audience: 'staff', access: { permission: 'callback.complete' } } as const
const one = z.object({ id })
const text = (max: number) => z.string().trim().max(max)
const statement = z.enum(statements)
const rates = z.object({ contacted: z.string().nullable(), solved: z.string().nullable(), satisfied: z.string().nullable() })

export const poolRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), appealTypeName: z.string(), round: z.number().int(), state: z.enum(poolStates), stateName: z.string(), enteredBecause: z.enum(['unit', 'rule']), enteredName: z.string(), askReason: z.string().nullable(), unitName: z.string().nullable(), requesterName: z.string(), phoneMask: z.string().nullable(),
  enteredAt: instant, leaveAt: instant.nullable(), leaveName: z.string().nullable(), assigneeName: z.string().nullable(), claimedUntil: instant.nullable(), mine: z.boolean(), attempts: z.number().int(), finishedAt: instant.nullable(), finishedByName: z.string().nullable(), leftName: z.string().nullable(),
  said: rates.nullable(), /** Hidden until the answers are saved, where the tenant hides it. */ unit: rates.nullable(), differs: z.array(z.string()), opinion: z.string().nullable(), callId: z.string().nullable(), reply: z.string().nullable(), acts: z.array(actState),
})
export const listPool = describeRoute({ ...read, id: 'listCallbackPool', method: 'GET', path: '/api/callback/pool', summary: '结案前抽访库', query: pageQuery.extend({ state: listOf(z.enum(poolStates)).optional(), mine: flag.optional(), number: text(40).optional() }), response: pageOf(poolRow) })
export const poolCounts = describeRoute({ ...read, id: 'callbackPoolCounts', method: 'GET', path: '/api/callback/pool/counts', summary: '抽访库计数', response: z.object({ states: z.array(z.object({ state: z.enum(poolStates), name: z.string(), count: z.number().int() })), skipDay: z.number().int(), maxStay: z.number(), share: z.number() }) })

const act = <B extends z.ZodType>(name: string, path: string, summary: string, permission: string, body: B) => describeRoute({ id: name, method: 'POST', path: `/api/callback/pool/:id/${path}`, summary, audience: 'staff', access: { permission }, params: one, body, response: poolRow })
export const claimPool = act('claimCallbackPool', 'claim', '领取抽访', 'callback.complete', z.object({}))
export const dialPool = describeRoute({ ...work, id: 'dialCallbackPool', method: 'POST', path: '/api/callback/pool/:id/dial', summary: '拨打抽访电话', params: one, body: z.object({}), response: z.object({ callId: z.string(), shown: z.string() }) })
export const answerPool = act('answerCallbackPool', 'answer', '登记抽访结果', 'callback.complete', z.object({ contacted: statement, solved: statement, satisfied: statement, opinion: text(1000).optional(), way: z.enum(['call', 'otherWay']).default('call'), wayNote: text(200).optional() }))
export const missPool = act('missCallbackPool', 'attempts', '登记抽访未接通', 'callback.complete', z.object({ result: z.enum(attemptResults) }))
export const skipPool = act('skipCallbackPool', 'skip', '跳过抽访', 'callback.assign', z.object({ reason: text(300).min(1, '请填写理由') }))

const unit = { audience: 'staff', access: { permission: 'orders.handle' } } as const
const asking = z.object({ /** Null where it cannot be asked for now, with the reason. */ may: z.boolean(), reason: z.string().nullable(), state: z.string().nullable(), stateName: z.string().nullable(), leaveAt: instant.nullable() })
export const orderPool = describeRoute({ ...unit, id: 'orderCallbackPool', method: 'GET', path: '/api/orders/:id/callback-pool', summary: '工单的抽访状态', params: one, response: asking })
export const askPool = describeRoute({ ...unit, id: 'askCallbackPool', method: 'POST', path: '/api/orders/:id/callback-pool', summary: '申请中心抽访', params: one, body: z.object({ reason: text(300).min(1, '请填写申请理由') }), response: asking })
