// The unit's workbench as routes: figures and the lists behind them, for desktop and phone alike.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { nextClock } from './list-contract.ts'

export const unitBoxes = ['toSign', 'handling', 'toApprove', 'toAccept', 'reported', 'redo', 'rejected', 'owed', 'children', 'open', 'done'] as const
export type UnitBox = (typeof unitBoxes)[number]
export const timings = ['inTime', 'near', 'overdue'] as const
export type Timing = (typeof timings)[number]

const query = z.record(z.string(), z.string())

export const unitBoardRoute = describeRoute({
  id: 'unitBoard', method: 'GET', path: '/api/unit/board', summary: '承办工作台数字', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.approve'] },
  query: z.object({ unitId: id.optional().describe('One own unit, or one below it; default: all own units') }),
  response: z.object({
    at: instant,
    units: z.array(z.object({ id, name: z.string() })),
    /** Each figure opens `GET /api/unit/assignments` with its `query`, which shows exactly these rows. */
    boxes: z.array(
      z.object({
        box: z.enum(unitBoxes), name: z.string(), total: z.number().int(), query,
        split: z.array(z.object({ timing: z.enum(timings), count: z.number().int(), query })),
      }),
    ),
    /** Overdue among what is open at the own units, 0 to 1; null without open work. */
    overdueRate: z.number().nullable(),
    children: z.array(z.object({ unitId: id, unitName: z.string(), open: z.number().int(), overdue: z.number().int(), query })),
  }),
})

export const assignmentRow = z.object({
  id,
  orderId: id,
  number: z.string(),
  title: z.string(),
  orderState: z.string(),
  orderStateName: z.string(),
  urgency: z.string(),
  urgencyName: z.string(),
  appealTypeName: z.string(),
  requesterName: z.string(),
  contactPhoneMask: z.string().nullable(),
  matterName: z.string().nullable(),
  areaName: z.string().nullable(),
  address: z.string().nullable(),
  unitId: id,
  unitName: z.string(),
  parentUnitName: z.string().nullable(),
  role: z.string(),
  roleName: z.string(),
  state: z.string(),
  stateName: z.string(),
  round: z.number().int(),
  handlerName: z.string().nullable(),
  requirement: z.string().nullable(),
  dispatchedAt: instant,
  signedAt: instant.nullable(),
  dueAt: instant.nullable(),
  doneAt: instant.nullable(),
  clock: nextClock.nullable(),
  timing: z.enum(timings),
  flags: z.array(z.object({ code: z.string(), name: z.string() })),
  urgeCount: z.number().int(),
  supplementCount: z.number().int(),
  version: z.number().int(),
  acts: z.array(z.string()),
})
export type UnitRow = z.output<typeof assignmentRow>

export const unitFilter = z.object({
  box: z.enum(unitBoxes).default('toSign'),
  timing: z.enum(timings).optional(),
  unitId: id.optional(),
  text: z.string().trim().min(1).max(100).optional(),
  number: z.string().trim().regex(/^[0-9A-Za-z-]{4,40}$/).optional(),
})
export type UnitFilter = z.output<typeof unitFilter>

export const unitAssignmentsRoute = describeRoute({
  id: 'unitAssignments', method: 'GET', path: '/api/unit/assignments', summary: '承办任务列表', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.approve'] },
  query: unitFilter.extend(pageQuery.shape),
  response: pageOf(assignmentRow),
})
