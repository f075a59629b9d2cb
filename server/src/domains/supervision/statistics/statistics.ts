// Figures of a period, each counted by the very query of the list that it opens.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, daysBetween } from '../../../kernel/time/index.ts'
import { areaNames, setting, tenantById } from '../../platform/index.ts'
import { hitQuery } from '../hits/hits.ts'
import { cardQuery } from '../read-cards.ts'
import { firstResponseHours, levelNames } from '../settings.ts'
import { chosenQuery } from '../supervision.queries.ts'
import { counting, filterTasks } from '../tasks/read-tasks.ts'
import { instructionName, warningName, manualName, taskSourceNames } from '../tasks/task-texts.zh-CN.ts'
import type * as contract from './statistics-contract.ts'

type Stat = Input<typeof contract.statisticsRoute>
type Line = Output<typeof contract.statisticsRoute>['total']
const TASKS = '/api/supervision/tasks'
/** Tasks that no rule opened, by what did. */
const ownNames: Record<string, string> = { manual: manualName, instruction: instructionName, warning: warningName }
const rate = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10)

export async function supervisionStatistics(ctx: Ctx, input: Stat): Promise<Output<typeof contract.statisticsRoute>> {
  authorize(ctx, 'supervision.read')
  const within = await setting(ctx, firstResponseHours)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const base: Record<string, string> = { from: input.from, to: input.to, ...chosenQuery(input) }
  const keys: Record<Stat['by'], RawBuilder<string | null>> = {
    type: sql`t.rule`, area: sql`left(o.area_code, 6)`, unit: sql`t.unit_id::text`, level: sql`t.level`, source: sql`t.source`, month: sql`to_char(t.opened_at at time zone ${timeZone}, 'YYYY-MM')`, quarter: sql`to_char(t.opened_at at time zone ${timeZone}, 'YYYY"-Q"Q')`,
  }
  const now = ts(ctx.clock.now())
  const n = (where: RawBuilder<unknown>) => sql<number>`count(*) filter (where ${where})::int`
  const rows = await (await filterTasks(ctx, { from: input.from, to: input.to, unitId: input.unitId, below: input.below }))
    .leftJoin('supervision_rule as r', (join) => join.onRef('r.tenant_id', '=', 't.tenant_id').onRef('r.id', '=', 't.rule_id'))
    .select(keys[input.by].as('key'))
    .select([
      sql<string | null>`max(case when ${input.by} = 'unit' then t.unit_name when ${input.by} = 'type' then r.name end)`.as('name'),
      sql<number>`count(*)::int`.as('total'), n(sql`t.state = 'closed' and not t.late and ${counting}`).as('onTime'), n(sql`t.state = 'closed' and t.late and ${counting}`).as('late'), n(sql`t.state <> 'closed'`).as('open'),
      n(sql`t.state = 'open' and t.reply_due_at <= ${now}::timestamptz`).as('overdue'), n(sql`t.raised_count > 0`).as('raised'), n(counting).as('counted'),
      n(sql`coalesce(t.first_reply_at, t.acknowledged_at, ${now}::timestamptz) - t.opened_at > make_interval(hours => ${within})`).as('firstLate'),
      sql<number | null>`avg(extract(epoch from least(t.acknowledged_at, t.first_reply_at) - t.opened_at) / 3600) filter (where coalesce(t.acknowledged_at, t.first_reply_at) is not null)`.as('firstHours'),
      n(sql`coalesce(t.acknowledged_at, t.first_reply_at) is not null`).as('responded'),
    ])
    .groupBy(sql`1`).orderBy(sql`3`, 'desc').execute()
  type Row = (typeof rows)[number]
  const areas = input.by === 'area' ? await areaNames(ctx, rows.flatMap((r) => (r.key ? [r.key] : []))) : new Map<string, string>()
  const levels = await setting(ctx, levelNames)
  const nameOf = (r: Row): string => {
    const key = r.key ?? ''
    if (input.by === 'area') return areas.get(key) ?? '未填区划'
    if (input.by === 'level') return levels[Number(key) - 1] ?? key
    if (input.by === 'source') return taskSourceNames[key] ?? key
    if (input.by === 'type') return r.name ?? ownNames[key] ?? key
    if (input.by === 'quarter') return quarterName(key)
    if (input.by === 'unit') return r.name ?? '热线中心'
    return key
  }
  const narrow = (key: string): Record<string, string> =>
    input.by === 'type' ? { rule: key } : input.by === 'area' ? { areaCode: key } : input.by === 'level' ? { level: key } : input.by === 'source' ? { source: key } : input.by === 'unit' ? { ownUnitId: key } : input.by === 'quarter' ? quarterRange(key, input) : monthRange(key, input)
  const line = (key: string, name: string, list: Row[], more: Record<string, string>): Line => {
    const sum = (pick: (r: Row) => number): number => list.reduce((all, r) => all + pick(r), 0)
    const figure = (count: number, query: Record<string, string>) => ({ count, list: { path: TASKS, query: { ...base, ...more, ...query } } })
    const counted = sum((r) => r.counted)
    const responded = sum((r) => r.responded)
    return {
      key, name, total: figure(sum((r) => r.total), {}), onTime: figure(sum((r) => r.onTime), { onTime: 'true' }), late: figure(sum((r) => r.late), { onTime: 'false' }), open: figure(sum((r) => r.open), { state: 'open,replied' }), overdue: figure(sum((r) => r.overdue), { overdue: 'true' }),
      raised: figure(sum((r) => r.raised), { extended: 'true' }), onTimeRate: rate(sum((r) => r.onTime), counted), overdueRate: rate(sum((r) => r.late + r.overdue), counted), raisedRate: rate(sum((r) => r.raised), counted), openRate: rate(sum((r) => r.open), counted), firstResponseHours: responded === 0 ? null : Math.round((sum((r) => (r.firstHours ?? 0) * r.responded) / responded) * 10) / 10, firstLate: figure(sum((r) => r.firstLate), { firstLate: 'true' }),
    }
  }
  const count = async (query: { select: (c: never) => unknown }): Promise<number> => ((await (query as unknown as Countable).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()).n) // each query here takes one more column
  const period = { from: input.from, to: input.to, unitId: input.unitId, below: input.below }
  const cards = async (colour: 'yellow' | 'red' | undefined, voided: boolean) => ({ count: await count((await cardQuery(ctx, { ...period, ...(colour ? { colour } : {}), ...(voided ? { state: ['void' as const] } : { state: ['open' as const, 'superseded' as const, 'cleared' as const] }) })) as never), list: { path: '/api/supervision/cards', query: { ...base, ...(colour ? { colour } : {}), state: voided ? 'void' : 'open,superseded,cleared' } } })
  const hits = async (effect: 'alert' | 'finding') => ({ count: await count((await hitQuery(ctx, { effect, ...period })) as never), list: { path: '/api/supervision/hits', query: { effect, ...base } } })
  const callback = await (await filterTasks(ctx, period)).select([n(sql`true`).as('n'), sql<number>`count(distinct o.id)::int`.as('supervised'), sql<number>`count(distinct o.id) filter (where o.round > 1)::int`.as('dissatisfied')]).executeTakeFirstOrThrow()
  return {
    from: input.from, to: input.to, firstResponseWithin: within, before: input.compare ? await before(ctx, input, input.compare) : null, total: line('total', '合计', rows, {}), lines: rows.map((r) => line(r.key ?? '', nameOf(r), [r], narrow(r.key ?? ''))),
    cards: { yellow: await cards('yellow', false), red: await cards('red', false), voided: await cards(undefined, true) }, alerts: await hits('alert'), findings: await hits('finding'), callbacks: { supervised: callback.supervised, dissatisfied: callback.dissatisfied },
  }
}
type Countable = { select: (c: unknown) => { executeTakeFirstOrThrow: () => Promise<{ n: number }> } }

/** The same figures of the period compared with. */
async function before(ctx: Ctx, input: Stat, way: 'previous' | 'lastYear') {
  const days = daysBetween(input.from, input.to) + 1
  const back = (date: string): string => (way === 'previous' ? addDays(date, -days) : addDays(`${String(Number(date.slice(0, 4)) - 1)}-${date.slice(5) === '02-29' ? '02-28' : date.slice(5)}`, 0))
  const period = { from: back(input.from), to: back(input.to) }
  return { ...period, total: (await supervisionStatistics(ctx, { ...input, ...period, compare: undefined })).total }
}

const quarterName = (key: string): string => `${key.slice(0, 4)} 年第 ${key.at(-1) ?? ''} 季度`
function quarterRange(key: string, period: { from: string; to: string }): Record<string, string> {
  const last = Number(key.at(-1)) * 3
  const month = (number: number): string => `${key.slice(0, 4)}-${String(number).padStart(2, '0')}`
  return { from: monthRange(month(last - 2), period).from, to: monthRange(month(last), period).to }
}

/** The part of a month that lies within the period. */
function monthRange(month: string, { from, to }: { from: string; to: string }): { from: string; to: string } {
  const [year, number] = month.split('-').map(Number)
  const last = [31, (year ?? 0) % 4 === 0 && ((year ?? 0) % 100 !== 0 || (year ?? 0) % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(number ?? 1) - 1]
  const first = `${month}-01`
  const end = `${month}-${String(last)}`
  return { from: first < from ? from : first, to: end > to ? to : end }
}

