// Results by agent, team, unit, inspector, indicator and rule; every number is counted from results that its list opens.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { sheets, worths } from './catalogue.ts'
import type * as contract from './report-contract.ts'
import { itemsOf } from './sheet.ts'
import { filtered } from './tasks.ts'
import { objectKindNames } from './texts.zh-CN.ts'

/** Names of indicators of all sheets; codes of the first sheet that has them win. */
export async function itemNames(ctx: Ctx): Promise<Map<string, string>> {
  return new Map((await sheets(ctx)).toReversed().flatMap((sheet) => itemsOf(sheet.definition).map((one) => [one.code, one.name] as const)))
}

const keys = {
  agent: { key: sql`t.agent_id::text`, name: sql`max(t.agent_name)` }, team: { key: sql`t.team_name`, name: sql`max(t.team_name)` }, unit: { key: sql`t.unit_id::text`, name: sql`max(t.unit_name)` }, inspector: { key: sql`t.inspector_id::text`, name: sql`max(t.inspector_name)` },
  kind: { key: sql`t.object_kind`, name: sql`max(t.object_kind)` }, day: { key: sql`to_char(t.concluded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`, name: sql`max(to_char(t.concluded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))` },
} satisfies Record<string, { key: RawBuilder<unknown>; name: RawBuilder<unknown> }>

type Row = { key: string | null; name: string | null; total: number; passed: number; violations: number; sum: number; machine_sum: number; machine_n: number; both: number; near: number; appeals: number; reversed: number }

export async function statistics(ctx: Ctx, input: Input<typeof contract.statisticsRoute>): Promise<Output<typeof contract.statisticsRoute>> {
  authorize(ctx, 'quality.read')
  const of = (await filtered(ctx, { box: 'concluded', from: input.from, to: input.to, kind: input.kind, planId: input.planId })).where('t.state', '=', 'concluded')
  const { key, name } = keys[input.by]
  const appeal = (state: RawBuilder<unknown>) => sql`count(*) filter (where exists (select 1 from quality_appeal a where a.tenant_id = t.tenant_id and a.task_id = t.id and ${state}))::int`
  const base = sql`(${of.selectAll('t')}) t`
  const columns = sql`count(*)::int as total, count(*) filter (where t.passed)::int as passed, count(*) filter (where t.violation)::int as violations, coalesce(sum(t.points), 0)::int as sum, coalesce(sum(t.machine_points), 0)::int as machine_sum, count(t.machine_points)::int as machine_n,
    count(*) filter (where t.machine_points is not null and t.human_points is not null)::int as both, count(*) filter (where abs(t.machine_points - t.human_points) <= 5)::int as near, ${appeal(sql`true`)} as appeals, ${appeal(sql`a.state = 'approved'`)} as reversed`
  const losses = await lossesOf(ctx, lastScores(of))
  const [groups, total, items, rules] = await Promise.all([
    sql<Row>`select ${key} as key, ${name} as name, ${columns} from ${base} group by ${key} order by ${input.by === 'day' ? sql`1` : sql`total desc, 1`} limit 400`.execute(ctx.db()),
    sql<Row>`select null as key, null as name, ${columns} from ${base}`.execute(ctx.db()),
    sql<Loss>`${losses} limit 60`.execute(ctx.db()),
    sql<{ rule_id: string; name: string; times: number; tasks: number }>`select d.rule_id, max(d.rule_name) as name, count(*)::int as times, count(distinct s.task_id)::int as tasks from ${lastScores(of)} join quality_deduction d on d.tenant_id = ${ctx.tenantId} and d.score_id = s.id where d.rule_id is not null group by 1 order by 3 desc limit 60`.execute(ctx.db()),
  ])
  const names = await itemNames(ctx)
  const view = (row: Row) => ({ key: row.key, name: input.by === 'kind' && row.key ? objectKindNames[row.key as keyof typeof objectKindNames] : (row.name ?? '未分配'), total: row.total, passed: row.passed, violations: row.violations, mean: mean(row.sum, row.total), machineMean: mean(row.machine_sum, row.machine_n), both: row.both, near: row.near, appeals: row.appeals, reversed: row.reversed })
  const all = total.rows[0]
  return { groups: groups.rows.map(view), total: view(all ?? { key: null, name: null, total: 0, passed: 0, violations: 0, sum: 0, machine_sum: 0, machine_n: 0, both: 0, near: 0, appeals: 0, reversed: 0 }), items: items.rows.map((one) => ({ code: one.item_code, name: names.get(one.item_code) ?? one.item_code, lost: one.lost, times: one.times, tasks: one.tasks })), rules: rules.rows.map((one) => ({ id: one.rule_id, name: one.name, times: one.times, tasks: one.tasks })) }
}

export type Loss = { item_code: string; lost: number; times: number; tasks: number }
/** What was lost by indicator over the sheets `s` (id, task_id), the most first: of one sheet never more than the indicator is worth, however often a rule hit. */
export const lossesOf = async (ctx: Ctx, scores: RawBuilder<unknown>): Promise<RawBuilder<unknown>> => sql`
  with worth as (select * from jsonb_to_recordset(${JSON.stringify(await worths(ctx))}::jsonb) as w(sheet uuid, number int, code text, points int)),
  once as (select s.task_id, d.item_code, sum(d.points) as lost, count(*) as times from ${scores} join quality_deduction d on d.tenant_id = ${ctx.tenantId} and d.score_id = s.id and d.points > 0 group by 1, 2)
  select o.item_code, sum(least(o.lost, w.points))::int as lost, sum(o.times)::int as times, count(*)::int as tasks from once o join quality_task t on t.tenant_id = ${ctx.tenantId} and t.id = o.task_id
  left join worth w on w.sheet = t.sheet_id and w.number = t.sheet_version and w.code = o.item_code group by 1 order by 2 desc, 3 desc`

/** The sheet that counts of each result, as `s`. */
export const lastScores = (of: Awaited<ReturnType<typeof filtered>>): RawBuilder<unknown> => sql`(select distinct on (v.task_id) v.id, v.task_id from quality_score v join (${of.select(['t.id', 't.tenant_id'])}) r on r.id = v.task_id and r.tenant_id = v.tenant_id where v.state = 'done' order by v.task_id, v.at desc, v.id desc) s`
const mean = (sum: number, n: number): number | null => (n === 0 ? null : Math.round((sum * 10) / n) / 10)
