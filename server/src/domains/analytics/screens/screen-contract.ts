// Screens on walls as routes: pairing by a code, devices, and the one answer a screen draws (ANA-20).
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { figuresAnswer } from '../../data/index.ts'
import { board } from '../board.ts'

const look = { anyOf: ['data.read', 'analytics.screen'] }
const manage = { audience: 'staff', access: { permission: 'analytics.screens' }, tag: 'screens' } as const
const own = { audience: 'staff', tag: 'screens' } as const
const one = z.object({ id })
const boards = z.array(z.string().max(40)).min(1).max(12)
const rotateSeconds = z.int().min(15).max(3600)

export const beginPairingRoute = describeRoute({ ...own, id: 'beginScreenPairing', method: 'POST', path: '/api/screen/pairing', summary: '大屏申请接入', access: 'everybody', secret: true, audit: false, limit: 30, body: z.strictObject({}), response: z.object({ code: z.string(), secret: z.string() }) })
export const claimPairingRoute = describeRoute({ ...own, id: 'claimScreenPairing', method: 'POST', path: '/api/screen/pairing/claim', summary: '大屏查询接入结果', access: 'everybody', secret: true, audit: false, limit: 300, body: z.strictObject({ secret: z.string().min(20).max(100) }), response: z.object({ state: z.enum(['waiting', 'paired', 'unknown']) }) })
export const ownScreenRoute = describeRoute({ ...own, id: 'ownScreen', method: 'GET', path: '/api/screen/self', summary: '本大屏的内容', access: look, response: z.object({ device: z.boolean().describe('False for a signed-in person who only looks'), name: z.string(), tenantName: z.string(), boards: z.array(z.string()), rotateSeconds: z.int() }) })

const mapOf = z.object({ level: z.string(), areas: z.array(z.object({ code: z.string(), name: z.string(), rings: z.array(z.array(z.tuple([z.number(), z.number()]))) })), points: z.array(z.object({ lon: z.number(), lat: z.number(), n: z.int() })), withoutPoint: z.int() })
const telephone = z.object({ waiting: z.int(), ready: z.int(), talking: z.int(), busy: z.int(), arrived: z.int(), answered: z.int(), abandoned: z.int() })
export const screenBoardRoute = describeRoute({
  ...own, id: 'showScreen', method: 'GET', path: '/api/screen/boards/:code', summary: '大屏数据', access: look, limit: 600, params: z.object({ code: z.string().max(40) }), query: z.object({ live: z.stringbool().default(false).describe('Only the numbers that follow each event') }),
  response: z.object({
    board, from: z.string(), to: z.string(), asOf: instant, live: z.boolean(), small: z.int().describe('Numbers of small areas below it are shown as "<n"'),
    panels: z.array(z.object({ id: z.string(), answer: figuresAnswer.nullable(), groups: z.array(z.object({ name: z.string(), now: z.number(), before: z.number().nullable() })), map: mapOf.nullable(), telephone: telephone.nullable() })),
  }),
})

const device = z.object({ id, name: z.string(), boards: z.array(z.object({ code: z.string(), name: z.string() })), rotateSeconds: z.int(), state: z.enum(['active', 'revoked']), confirmedAt: instant, confirmedByName: z.string(), revokedAt: instant.nullable(), revokedByName: z.string().nullable(), seenAt: instant.nullable() })
export const screenDevicesRoute = describeRoute({ ...manage, id: 'listScreenDevices', method: 'GET', path: '/api/analytics/screen-devices', summary: '大屏设备', response: z.object({ items: z.array(device), boards: z.array(z.object({ code: z.string(), name: z.string() })) }) })
export const confirmScreenRoute = describeRoute({ ...manage, id: 'confirmScreenDevice', method: 'POST', path: '/api/analytics/screen-devices', summary: '确认大屏接入', limit: 30, body: z.strictObject({ code: z.string().trim().min(6).max(20), name: z.string().trim().min(1).max(40), boards, rotateSeconds: rotateSeconds.default(30) }), response: one })
export const changeScreenRoute = describeRoute({ ...manage, id: 'changeScreenDevice', method: 'PATCH', path: '/api/analytics/screen-devices/:id', summary: '修改大屏内容', params: one, body: z.strictObject({ name: z.string().trim().min(1).max(40).optional(), boards: boards.optional(), rotateSeconds: rotateSeconds.optional() }), response: one })
export const revokeScreenRoute = describeRoute({ ...manage, id: 'revokeScreenDevice', method: 'POST', path: '/api/analytics/screen-devices/:id/revoke', summary: '收回大屏', params: one, body: z.strictObject({}), response: one })
