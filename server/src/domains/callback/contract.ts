// Callbacks as routes: the agents' queue, one task, the answers, and the three rates with the lists behind them.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { actState, boundedCount, id, instant, listOf, localDate, pageOf, pageQuery, flag } from '../../kernel/http/codec.ts'
import { attemptResults, causes, outcomes, statements, taskStates } from './callback.ts'

const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1).max(max)
const one = z.object({ id })
const statement = z.enum(statements)
const read = { permission: 'callback.read' } as const

const taskRow = z.object({
  id,
  orderId: id,
  number: z.string(),
  title: z.string(),
  appealType: z.string(),
  appealTypeName: z.string(),
  urgency: z.string(),
  urgencyName: z.string(),
  round: z.number().int(),
  cause: z.enum(causes),
  causeName: z.string(),
  manner: z.string(),
  mannerName: z.string(),
  wish: z.string(),
  wishName: z.string(),
  state: z.enum(taskStates),
  stateName: z.string(),
  assigneeId: id.nullable(),
  assigneeName: z.string().nullable(),
  /** End of the lock of who is calling now. */
  claimedUntil: instant.nullable(),
  mine: z.boolean(),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  dueAt: instant,
  unitId: id.nullable(),
  unitName: z.string().nullable(),
  requesterName: z.string(),
  confidential: z.boolean(),
  closedAt: instant.nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  /** Seat whose members call; null: every agent. */
  queue: z.string().nullable(),
  /** The plan that made it a task, or took it over. */
  planId: id.nullable(),
  version: z.number().int(),
})

const attempt = z.object({ id, number: z.number().int(), at: instant, actorName: z.string(), result: z.enum(attemptResults), resultName: z.string(), note: z.string().nullable() })

const compared = z.object({ unit: z.string().nullable(), requester: statement, /** Null where one of the two stated nothing. */ same: z.boolean().nullable() })

const resultView = z.object({
  id,
  taskId: id,
  round: z.number().int(),
  at: instant,
  actorName: z.string(),
  byKind: z.string(),
  /** The call that was made for it, with its recording. */
  callId: id.nullable(),
  way: z.string(),
  wayNote: z.string().nullable(),
  contacted: statement,
  solved: statement,
  satisfied: statement,
  stars: z.number().int().nullable(),
  grade: z.string().nullable(),
  gradeName: z.string().nullable(),
  reasons: z.array(z.string()),
  /** What the kind of the order asks besides. */
  items: z.array(z.object({ name: z.string(), grade: z.string(), gradeName: z.string() })),
  opinion: z.string().nullable(),
  suggestion: z.string().nullable(),
  attributable: z.boolean(),
  notAttributableReason: z.string().nullable(),
  outcome: z.enum(outcomes),
  outcomeName: z.string(),
  consequence: z.string(),
  unitName: z.string().nullable(),
  comparison: z.object({ contacted: compared, solved: compared, satisfied: compared }),
})

export const listCallbacksRoute = describeRoute({
  id: 'listCallbacks', method: 'GET', path: '/api/callbacks', summary: '回访任务列表', audience: 'staff', access: read,
  query: pageQuery.extend({
    /** Default: due, claimed, waiting. */
    state: listOf(z.enum(taskStates)).optional(),
    /** Only those I hold or was named for. */
    mine: flag.optional(),
    /** Only those that nobody holds and that may be called now. */
    free: flag.optional(),
    unitId: id.optional(),
    assigneeId: id.optional(),
    appealType: text(30).optional(),
    urgency: text(20).optional(),
    cause: z.enum(causes).optional(),
    number: text(40).optional(),
    from: localDate.optional(),
    to: localDate.optional(),
    /** due: nearest first; newest: latest first. */
    sort: z.enum(['due', 'newest']).default('due'),
  }),
  response: pageOf(taskRow),
})

export const callbackCountsRoute = describeRoute({
  id: 'callbackCounts', method: 'GET', path: '/api/callbacks/counts', summary: '回访任务计数', audience: 'staff', access: read,
  response: z.object({ states: z.array(z.object({ state: z.enum(taskStates), name: z.string(), count: boundedCount })), mine: boundedCount }),
})

export const callbackOptionsRoute = describeRoute({
  id: 'callbackOptions', method: 'GET', path: '/api/callbacks/options', summary: '回访问卷与规则', audience: 'staff', access: read,
  response: z.object({
    grades: z.array(z.object({ code: z.string(), name: z.string(), satisfied: z.enum(['yes', 'no']) })),
    reasons: z.array(z.string()),
    attemptResults: z.array(z.object({ code: z.enum(attemptResults), name: z.string() })),
    causes: z.array(z.object({ code: z.enum(causes), name: z.string() })),
    script: z.array(z.string()),
    maxAttempts: z.number().int(),
    retryHours: z.number(),
    window: z.object({ from: z.string(), to: z.string(), open: z.boolean() }),
    unitStatementHidden: z.boolean(),
    /** False until calls can be made from the page: “其他方式” must be stated. */
    callsAvailable: z.boolean(),
  }),
})

export const showCallbackRoute = describeRoute({
  id: 'showCallback', method: 'GET', path: '/api/callbacks/:id', summary: '回访任务', audience: 'staff', access: read, params: one,
  response: z.object({
    task: taskRow,
    order: z.object({
      id, number: z.string(), title: z.string(), content: z.string(), state: z.string(), stateName: z.string(), appealType: z.string(), appealTypeName: z.string(), matterName: z.string().nullable(), areaCode: z.string().nullable(), address: z.string().nullable(),
      requesterName: z.string(), anonymous: z.boolean(), phoneMask: z.string().nullable(), callbackManner: z.string(), callbackMannerName: z.string(), reply: z.string().nullable(), replyBasis: z.string().nullable(), unitName: z.string().nullable(), version: z.number().int(),
    }),
    /** The order's life in a few figures; the whole timeline is on the order page. */
    history: z.object({ registeredAt: instant, dispatchedAt: instant.nullable(), closedAt: instant.nullable(), round: z.number().int(), returnCount: z.number().int(), urgeCount: z.number().int(), supplementCount: z.number().int(), link: z.string() }),
    /** What the units stated; null while hidden (until the answers are saved). */
    unitStatements: z.array(z.object({ unitName: z.string(), contacted: z.string().nullable(), solved: z.string().nullable(), satisfied: z.string().nullable(), at: instant })).nullable(),
    unitStatementHidden: z.boolean(),
    attempts: z.array(attempt),
    result: resultView.nullable(),
    earlier: z.array(resultView),
    /** What the kind of the order adds: own words, own questions; null for an order of no kind. */
    /** Other open callbacks of the same requester: asked about in the same call. */
    siblings: z.array(z.object({ id, orderId: id, number: z.string(), title: z.string(), stateName: z.string() })),
    terms: z.object({ profileName: z.string(), items: z.array(z.string()), script: z.array(z.string()) }).nullable(),
    /** How the requester is to be called; null where nothing is to be called. */
    strategy: z.object({ name: z.string().nullable(), attempts: z.number().int(), intervalHours: z.number(), language: z.string(), languageName: z.string() }).nullable(),
    acts: z.array(actState),
  }),
})

const command = <B extends z.ZodType>(name: string, path: string, summary: string, permission: string, body: B) =>
  describeRoute({ id: name, method: 'POST', path: `/api/callbacks/:id/${path}`, summary, audience: 'staff', access: { permission }, params: one, body, response: taskRow })

export const claimCallbackRoute = command('claimCallback', 'claim', '领取回访任务', 'callback.complete', z.object({}))
export const releaseCallbackRoute = command('releaseCallback', 'release', '释放回访任务', 'callback.complete', z.object({}))
/** Null gives the task back to everybody. */
export const assignCallbackRoute = command('assignCallback', 'assign', '指派回访任务', 'callback.assign', z.object({ userId: id.nullable() }))

export const recordAttemptRoute = describeRoute({
  id: 'recordCallbackAttempt', method: 'POST', path: '/api/callbacks/:id/attempts', summary: '登记未接通', audience: 'staff', access: { permission: 'callback.complete' }, params: one,
  body: z.object({ result: z.enum(attemptResults), note: text(200).optional() }),
  response: z.object({ task: taskRow, givenUp: z.boolean(), consequence: z.string(), retryAt: instant.nullable() }),
})

export const completeCallbackRoute = describeRoute({
  id: 'completeCallback', method: 'POST', path: '/api/callbacks/:id/complete', summary: '登记回访结果', audience: 'staff', access: { permission: 'callback.complete' }, params: one,
  body: z.object({
    contacted: statement,
    solved: statement,
    satisfied: statement,
    grade: text(40).optional(),
    reasons: z.array(required(60)).max(10).default([]),
    /** Rating items of the order's profile, each in a grade of the scale; those not said are left out. */
    items: z.array(z.object({ name: required(60), grade: required(40) })).max(10).default([]),
    opinion: text(1000).optional(),
    suggestion: text(1000).optional(),
    way: z.enum(['call', 'otherWay']).default('call'),
    wayNote: text(200).optional(),
    /** False: dissatisfied about something that is not the unit's; needs the reason. */
    attributable: z.boolean().default(true),
    notAttributableReason: text(500).optional(),
  }),
  response: z.object({ task: taskRow, result: resultView, orderState: z.string(), orderStateName: z.string(), consequence: z.string() }),
})

const rate = z.object({ yes: z.number().int(), no: z.number().int(), notStated: z.number().int(), /** yes + no (and those not reached where the tenant counts them). */ base: z.number().int(), /** 0–1; null where the base is 0. */ rate: z.number().nullable() })

export const callbackRatesRoute = describeRoute({
  id: 'callbackRates', method: 'GET', path: '/api/callback/rates', summary: '三率', audience: 'staff', access: read,
  query: z.object({ from: localDate, to: localDate, unitId: id.optional() }),
  response: z.object({
    from: z.string(), to: z.string(),
    calledBack: z.number().int(), response: rate, solved: rate, satisfied: rate, notReached: z.number().int(), /** Forms by SMS that stayed unanswered: neither satisfied nor unreachable. */ formUnanswered: z.number().int(), notAttributable: z.number().int(),
    /** Not reached and counted as satisfied by the tenant's setting; 0 by default, always shown apart. */
    countedAsSatisfied: z.number().int(),
    includesNotReached: z.boolean(), definition: z.string(),
  }),
})

export const callbackRatesByUnitRoute = describeRoute({
  id: 'callbackRatesByUnit', method: 'GET', path: '/api/callback/rates/by-unit', summary: '各单位三率', audience: 'staff', access: read,
  /** Each unit directly below `unitId` (default: the top of the own tenant) with its whole line; units without answers are left out. */
  query: z.object({ from: localDate, to: localDate, unitId: id.optional() }),
  response: z.object({ items: z.array(z.object({ unitId: id, unitName: z.string(), calledBack: z.number().int(), notReached: z.number().int(), response: rate, solved: rate, satisfied: rate })) }),
})

export const breakdowns = ['seat', 'manner', 'outcome', 'attempts', 'month', 'source'] as const
export const callbackBreakdownRoute = describeRoute({
  id: 'callbackBreakdown', method: 'GET', path: '/api/callback/rates/breakdown', summary: '回访分项统计', audience: 'staff', access: read,
  query: z.object({ from: localDate, to: localDate, unitId: id.optional(), by: z.enum(breakdowns).default('seat') }),
  /** Lines sum up to the figures of the period. `returned`: answers that sent the order back; `recheck`: of orders past their callback, drawn again. */
  response: z.object({ items: z.array(z.object({ key: z.string(), name: z.string(), calledBack: z.int(), notReached: z.int(), returned: z.int(), recheck: z.int(), response: rate, solved: rate, satisfied: rate })) }),
})

const rateFigures = ['calledBack', 'notReached', 'formUnanswered', 'notAttributable', 'contacted.yes', 'contacted.no', 'contacted.notStated', 'solved.yes', 'solved.no', 'solved.notStated', 'satisfied.yes', 'satisfied.no', 'satisfied.notStated'] as const

export const callbackRateRowsRoute = describeRoute({
  id: 'callbackRateRows', method: 'GET', path: '/api/callback/rates/rows', summary: '三率明细', audience: 'staff', access: read,
  query: pageQuery.extend({ from: localDate, to: localDate, unitId: id.optional(), figure: z.enum(rateFigures).default('calledBack'), /** A line of a breakdown: what it is by, and its key. */ by: z.enum(breakdowns).optional(), key: text(60).optional() }),
  response: pageOf(z.object({
    id, taskId: id, orderId: id, number: z.string(), title: z.string(), round: z.number().int(), at: instant, actorName: z.string(), unitName: z.string().nullable(),
    contacted: statement.nullable(), solved: statement.nullable(), satisfied: statement.nullable(), reasons: z.array(z.string()), opinion: z.string().nullable(), outcome: z.string(), outcomeName: z.string(), attempts: z.number().int(),
  })),
})

export const orderCallbacksRoute = describeRoute({
  id: 'orderCallbacks', method: 'GET', path: '/api/orders/:id/callbacks', summary: '工单的回访记录', audience: 'staff', access: { permission: 'orders.read' }, params: one,
  response: z.object({ tasks: z.array(z.object({ id, round: z.number().int(), state: z.enum(taskStates), stateName: z.string(), attempts: z.array(attempt) })), results: z.array(resultView) }),
})
