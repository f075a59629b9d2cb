// The semantic layer as routes: the catalogue, figures, and the rows behind them.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { id, instant, localDate } from '../../kernel/http/codec.ts'
import { comparisons } from './compare.ts'
import { definition, indicatorKinds } from './indicator.ts'

const read = { permission: 'data.read' } as const
const manage = { permission: 'data.manage' } as const
const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const named = z.object({ code: z.string(), name: z.string() })
const keyed = z.object({ key: z.string(), label: z.string() })
const kind = z.enum(indicatorKinds)
const states = z.enum(['active', 'stopped'])

const indicator = z.object({
  of: z.array(z.enum(['order', 'call', 'seat'])).describe('What it counts, through all its parts'), code: z.string(), name: z.string(), kind, kindName: z.string(), state: states, shipped: z.boolean(), owner: z.string(), version: z.int(), definition, parts: z.array(named), usedBy: z.array(named),
  coming: z.object({ version: z.int(), fromDay: z.string() }).nullable(),
  waiting: z.boolean().describe('A change waits for another person; nothing of it is counted yet'),
  versions: z.array(z.object({ version: z.int(), fromDay: z.string().nullable(), definition, reason: z.string(), at: instant.nullable(), byName: z.string().nullable() })),
})
const body = z.object({ name: z.string().trim().min(1).max(40), owner: z.string().trim().max(40).default(''), definition, reason: z.string().trim().max(200).default('') })

export const indicatorsRoute = describeRoute({
  id: 'listIndicators', method: 'GET', path: '/api/data/indicators', summary: '指标目录', audience: 'staff', access: read,
  response: z.object({
    items: z.array(indicator), dimensions: z.array(keyed.extend({ group: z.string(), of: z.enum(['all', 'order', 'call', 'seat']).describe('What it can group'), counted: z.string().describe('An indicator whose groups are its members') })), functions: z.array(z.string()),
    facts: z.array(keyed.extend({ dates: z.array(keyed), measures: z.array(keyed), fields: z.array(keyed.extend({ kind: z.enum(['choice', 'number', 'flag']), choices: z.array(z.object({ value: z.string(), label: z.string() })) })) })),
  }),
})
export const indicatorRoute = describeRoute({ id: 'showIndicator', method: 'GET', path: '/api/data/indicators/:code', summary: '指标', audience: 'staff', access: read, params: z.object({ code }), response: indicator })
export const createIndicatorRoute = describeRoute({ id: 'createIndicator', method: 'POST', path: '/api/data/indicators', summary: '新增指标', audience: 'staff', access: manage, body: body.extend({ code }), response: indicator })
export const changeIndicatorRoute = describeRoute({ id: 'changeIndicator', method: 'PATCH', path: '/api/data/indicators/:code', summary: '变更指标定义', audience: 'staff', access: manage, params: z.object({ code }), body: body.extend({ fromDay: localDate }), response: indicator })
export const stopIndicatorRoute = describeRoute({ id: 'stopIndicator', method: 'POST', path: '/api/data/indicators/:code/state', summary: '停用或启用指标', audience: 'staff', access: manage, params: z.object({ code }), body: z.object({ state: states }), response: indicator })

export const placesRoute = describeRoute({ id: 'listIndicatorPlaces', method: 'GET', path: '/api/data/indicators/:code/places', summary: '指标用在哪里', audience: 'staff', access: manage, params: z.object({ code }), response: z.object({ items: z.array(z.object({ what: z.string(), name: z.string(), path: z.string().nullable() })) }) })
const changeActs = z.enum(['create', 'change', 'stop', 'start'])
const changes = z.object({
  review: z.boolean().describe('Changes wait for another person'),
  items: z.array(z.object({ id: z.uuid(), code: z.string(), name: z.string(), act: changeActs, actName: z.string(), state: z.enum(['waiting', 'approved', 'refused', 'withdrawn']), stateName: z.string(), reason: z.string(), body: z.object({ name: z.string(), owner: z.string(), definition, fromDay: z.string() }), before: definition.nullable(), at: instant, byName: z.string(), decidedAt: instant.nullable(), decidedByName: z.string().nullable(), note: z.string(), mayDecide: z.boolean(), mayWithdraw: z.boolean() })),
  months: z.array(z.object({ month: z.string(), created: z.int(), changed: z.int(), stopped: z.int() })).describe('What took effect, the last twelve months'),
})
export const indicatorChangesRoute = describeRoute({ id: 'listIndicatorChanges', method: 'GET', path: '/api/data/indicator-changes', summary: '指标变更记录', audience: 'staff', access: read, response: changes })
export const decideChangeRoute = describeRoute({ id: 'decideIndicatorChange', method: 'POST', path: '/api/data/indicator-changes/:id/decide', summary: '审核指标变更', audience: 'staff', access: manage, params: z.object({ id: z.uuid() }), body: z.object({ outcome: z.enum(['approve', 'refuse', 'withdraw']), note: z.string().trim().max(200).default('') }), response: changes })

const key = z.string().max(80).nullable()
/** Long enough for a region drawn with some thirty corners. */
const held = z.string().max(600).nullable()
const question = {
  from: localDate, to: localDate, below: z.boolean().default(false).describe('Lower tenants too, for who reads downward'),
  where: z.array(z.object({ dimension: z.string().max(40).describe('Or `words`: orders with any of these texts; `notWords`: with none of them; `label`: with any of these labels; `unitNamed`: of units whose name has one of these; `unitKind`; `cell` of a map; `within` a drawn region; `order` for orders by id'), values: z.array(held).min(1).max(200) })).max(10).default([]),
}
const values = z.record(z.string(), z.string().nullable()).describe('Decimals; null where there is no value')
export const figuresRoute = describeRoute({
  id: 'queryFigures', method: 'POST', path: '/api/data/figures', summary: '指标查询', audience: 'staff', access: read, audit: false, limit: 600,
  body: z.object({ ...question, indicators: z.array(code).min(1).max(20), dimensions: z.array(z.string().max(40)).max(2).default([]), compare: z.enum(comparisons).optional().describe('previous: the period before, lastYear: a year earlier'), order: z.string().regex(/^-?[a-z][A-Za-z0-9]{1,39}$/).optional(), known: z.boolean().default(false).describe('Without groups that have no value of a dimension (未知); the total keeps them'), limit: z.int().min(1).max(2000).default(200) }),
  response: z.object({
    changed: z.array(z.object({ code: z.string(), name: z.string(), fromDay: z.string() })).describe('Definitions that change within the period, where it is shown by time'), asOf: instant, late: z.boolean().describe('The sums are further behind than the setting allows'), from: z.string(), to: z.string(), groups: z.int().describe('Groups in all, before the limit'),
    columns: z.array(z.object({ code: z.string(), name: z.string(), kind, unit: z.string(), direction: z.enum(['up', 'down', 'none']), version: z.int(), statement: z.string(), formula: z.string().nullable(), asked: z.boolean().describe('False for parts of what was asked') })),
    rows: z.array(z.object({ keys: z.array(z.object({ dimension: z.string(), key, name: z.string() })), values, before: values.nullable().describe('In the period compared with; null where the group has no counterpart') })),
    total: values, before: z.object({ from: z.string(), to: z.string(), total: values }).nullable(),
    missing: z.array(z.string()).describe('Names of series from elsewhere that hold no value for this question'),
  }),
})
export const figureRowsRoute = describeRoute({
  id: 'figureRows', method: 'POST', path: '/api/data/figures/rows', summary: '指标背后的明细', audience: 'staff', access: read, audit: false, limit: 240,
  body: z.object({ ...question, indicator: code, keys: z.array(z.object({ dimension: z.string().max(40), key })).max(2).default([]), cursor: z.uuid().optional(), limit: z.int().min(1).max(200).default(50) }),
  response: z.object({ what: z.string(), object: z.enum(['order', 'call', 'seat']).describe('What a row opens'), heads: z.object({ number: z.string(), title: z.string(), state: z.string(), unit: z.string(), from: z.string(), to: z.string() }).nullable().describe('Heads of the columns where rows are no orders'), items: z.array(z.object({ rowId: z.string(), id, number: z.string(), title: z.string(), stateName: z.string(), unitName: z.string().nullable(), registeredAt: instant, closedAt: instant.nullable() })), next: z.string().nullable() }),
})

const sums = z.object({
  kept: z.boolean().describe('False: this tenant is counted from its orders'), building: z.boolean(), usable: z.boolean(), orders: z.number(), done: z.number(), expected: z.number(),
  startedAt: instant.nullable(), finishedAt: instant.nullable(), followedAt: instant.nullable().describe('Changes up to here are in'), waiting: z.boolean(), fault: z.string().nullable().describe('What the last check found different'),
  history: z.object({ installed: z.boolean().describe('DuckDB is there'), from: z.int().describe('Orders from which on files are used; 0: never'), months: z.int().describe('Past months'), written: z.int().describe('Months whose file holds what their rows are'), rows: z.number().describe('Orders in these files'), writtenAt: instant.nullable(), facts: z.array(z.object({ label: z.string(), rows: z.number() })).describe('Beside the orders: rows in the files of each') }),
})
export const sumsRoute = describeRoute({ id: 'showSums', method: 'GET', path: '/api/data/sums', summary: '汇总数的状态', audience: 'staff', access: manage, response: sums })
export const buildSumsRoute = describeRoute({ id: 'buildSums', method: 'POST', path: '/api/data/sums/build', summary: '重建汇总数', audience: 'staff', access: manage, body: z.object({ fresh: z.boolean().default(false).describe('Empty them first; until the end figures are counted from orders') }), response: sums })
