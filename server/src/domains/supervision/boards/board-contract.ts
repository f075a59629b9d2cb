// Boards beside the coordination board: a leader's departments, the whole chain, five levels, seats (SUP-29, SUP-03).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'

const read = { audience: 'staff', access: { permission: 'supervision.read' } } as const
const assign = { audience: 'staff', access: { permission: 'supervision.assign' } } as const
const behind = z.object({ path: z.string(), query: z.record(z.string(), z.string()) })
const figure = z.object({ key: z.string(), name: z.string(), count: z.number().int(), list: behind })
const person = z.object({ id, name: z.string() })

const department = z.object({ unitId: id, unitName: z.string(), rank: z.number().int(), urges: figure, near: figure, overdue: figure, red: figure, /** Share that is or can still be on time of what is due this month; null where nothing is due. */ predicted: z.number().nullable(), due: figure,
  /** Running score and place in the assessment period that is open: what it comes to if the figures stay as they are. */
  score: z.object({ score: z.string(), rank: z.number().int().nullable(), of: z.number().int(), periodId: id, period: z.string() }).nullable() })
export const departmentsBoardRoute = describeRoute({
  ...read, id: 'departmentsBoard', method: 'GET', path: '/api/supervision/boards/departments', summary: '督导监管看板', query: z.object({ /** Of another leader: for those who assign departments. */ leaderId: id.optional() }),
  response: z.object({
    at: instant, leader: person, units: z.array(department), problems: z.array(z.object({ name: z.string(), count: z.number().int(), list: behind })),
    points: z.array(z.object({ id, number: z.string(), title: z.string(), lon: z.number(), lat: z.number(), colour: z.string() })),
  }),
})
export const chainBoardRoute = describeRoute({
  ...read, id: 'chainBoard', method: 'GET', path: '/api/supervision/boards/chain', summary: '全环节看板', query: z.object({ unitId: id.optional(), below: flag.optional() }),
  response: z.object({ at: instant, stages: z.array(z.object({ key: z.string(), name: z.string(), running: figure, warned: figure, blocked: figure })) }),
})
export const levelsBoardRoute = describeRoute({
  ...read, id: 'levelsBoard', method: 'GET', path: '/api/supervision/boards/levels', summary: '效能监察看板', query: z.object({ areaCode: z.string().regex(/^\d{6}$|^\d{9}$|^\d{12}$/).optional() }),
  response: z.object({
    at: instant, path: z.array(z.object({ code: z.string(), name: z.string() })), levels: z.array(z.string()),
    rows: z.array(z.object({ code: z.string(), name: z.string(), deeper: z.boolean(), near: figure, overdue: figure, red: figure, /** Open tasks by level, from the lowest. */ tasks: z.array(figure), raised: figure, late: figure })),
  }),
})
export const seatFacets = ['receipt', 'sorting', 'review', 'closing', 'callback'] as const
const seat = z.object({ userId: id, name: z.string(), unitName: z.string(), online: z.boolean(), lastAt: instant.nullable(), facets: z.record(z.enum([...seatFacets, 'outbound']), figure), /** Acts that ended a stage after its limit. */ late: figure, inHand: z.number().int() })
export const seatsBoardRoute = describeRoute({ ...read, id: 'seatsBoard', method: 'GET', path: '/api/supervision/boards/seats', summary: '坐席看板', query: z.object({ from: localDate, to: localDate }), response: z.object({ at: instant, seats: z.array(seat), total: z.object({ late: figure, stages: z.array(z.object({ kind: z.string(), name: z.string(), late: figure })) }) }) })
export const seatActsRoute = describeRoute({
  ...read, id: 'seatActs', method: 'GET', path: '/api/supervision/seat-acts', summary: '坐席操作明细', query: pageQuery.extend({ from: localDate, to: localDate, userId: id.optional(), facet: z.enum(seatFacets).optional(), late: flag.optional() }),
  response: pageOf(z.object({ id, orderId: id, number: z.string(), title: z.string(), stateName: z.string(), act: z.string(), actName: z.string(), actorName: z.string(), at: instant, /** Hours beyond the stage's limit; null where it was kept. */ lateHours: z.number().nullable() })),
})

const leaders = z.object({ items: z.array(z.object({ userId: id, userName: z.string(), units: z.array(person) })), leaders: z.array(person) })
export const leaderUnitsRoute = describeRoute({ ...assign, id: 'leaderUnits', method: 'GET', path: '/api/supervision/leader-units', summary: '领导分管单位', response: leaders })
export const setLeaderUnitsRoute = describeRoute({ ...assign, id: 'setLeaderUnits', method: 'PUT', path: '/api/supervision/leader-units/:userId', summary: '设定领导分管单位', params: z.object({ userId: id }), body: z.object({ unitIds: z.array(id).max(100) }), response: leaders })
