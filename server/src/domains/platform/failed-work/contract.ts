import { z } from 'zod'
import { empty, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const kind = z.enum(['event', 'job'])
const state = z.enum(['retrying', 'setAside'])
/** `event consumer id`, `job id`. */
const key = z.string().regex(/^(event:[A-Za-z0-9.]{1,80}:\d{1,18}|job:\d{1,18})$/, '编号不正确')
const base = { audience: 'staff', tag: 'failedWork' } as const

export const listFailedWork = describeRoute({
  ...base, id: 'listFailedWork', method: 'GET', path: '/api/failed-work', summary: '后台处理异常', access: { permission: 'platform.readFailedWork' },
  query: pageQuery.extend({ kind: kind.optional(), state: state.optional() }),
  response: pageOf(z.object({ id: z.string(), kind, state, name: z.string(), consumer: z.string().nullable(), objectId: z.string().nullable(), attempts: z.int(), error: z.string(), behind: z.int().describe('排在其后等待的事件'), at: instant, nextAt: instant.nullable() })),
})
export const retryFailedWork = describeRoute({ ...base, id: 'retryFailedWork', method: 'POST', path: '/api/failed-work/:key/retry', summary: '重试后台处理', access: { permission: 'platform.retryFailedWork' }, params: z.object({ key }), body: empty, response: empty })
export const discardFailedWork = describeRoute({
  ...base, id: 'discardFailedWork', method: 'POST', path: '/api/failed-work/:key/discard', summary: '放弃后台处理', access: { permission: 'platform.retryFailedWork' }, params: z.object({ key }), body: z.strictObject({ reason: z.string().trim().min(4).max(300) }), response: empty,
})
