// Boards as routes. What a panel shows is asked of `data` by its own question; here are only definitions.
import { z } from 'zod'
import { instant } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { board, boardKinds, periods } from './board.ts'

const read = { permission: 'data.read' } as const
const manage = { permission: 'analytics.manage' } as const
const params = z.object({ code: z.string().max(40) })
const states = z.enum(['draft', 'published', 'withdrawn'])
const head = z.object({ code: z.string(), name: z.string(), kind: z.enum(boardKinds), kindName: z.string(), description: z.string(), state: states, shipped: z.boolean(), changed: z.boolean().describe('A delivered one the tenant changed'), hasDraft: z.boolean(), version: z.int(), changedAt: instant.nullable(), changedByName: z.string().nullable() })
const roles = z.array(z.object({ code: z.string(), name: z.string() })).describe('Roles a board may be kept to; for editors only')
const one = head.extend({ definition: board, edit: z.int(), mayEdit: z.boolean(), warnings: z.array(z.string()).describe('What no longer fits: stopped indicators, vanished categories'), versions: z.array(z.object({ version: z.int(), at: instant, byName: z.string() })), roles })

export const boardsRoute = describeRoute({ id: 'listBoards', method: 'GET', path: '/api/analytics/boards', summary: '看板目录', audience: 'staff', access: read, query: z.object({ kind: z.enum(boardKinds).optional() }), response: z.object({ items: z.array(head), mayManage: z.boolean(), roles }) })
export const boardRoute = describeRoute({ id: 'showBoard', method: 'GET', path: '/api/analytics/boards/:code', summary: '看板', audience: 'staff', access: read, params, query: z.object({ draft: z.stringbool().default(false), version: z.coerce.number().int().min(1).optional() }), response: one })
export const createBoardRoute = describeRoute({ id: 'createBoard', method: 'POST', path: '/api/analytics/boards', summary: '新建看板', audience: 'staff', access: manage, body: z.object({ definition: board }), response: one })
export const saveBoardRoute = describeRoute({ id: 'saveBoard', method: 'PATCH', path: '/api/analytics/boards/:code', summary: '保存看板草稿', audience: 'staff', access: manage, params, body: z.object({ definition: board, edit: z.int().describe('As read; 0 for a delivered one changed for the first time') }), response: one })
export const publishBoardRoute = describeRoute({ id: 'publishBoard', method: 'POST', path: '/api/analytics/boards/:code/publish', summary: '发布看板', audience: 'staff', access: manage, params, response: one })
export const withdrawBoardRoute = describeRoute({ id: 'changeBoardState', method: 'POST', path: '/api/analytics/boards/:code/state', summary: '撤下、恢复看板或放弃草稿', audience: 'staff', access: manage, params, body: z.object({ act: z.enum(['withdraw', 'restore', 'discard', 'delivered']).describe('delivered: back to the definition that ships') }), response: one })
export const periodsRoute = describeRoute({ id: 'listNamedPeriods', method: 'GET', path: '/api/analytics/periods', summary: '具名统计期的起止日', audience: 'staff', access: read, response: z.object({ items: z.array(z.object({ name: z.enum(periods), from: z.string(), to: z.string() })) }) })
