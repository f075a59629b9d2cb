// Figures of leaders' cases, and who has not reported (SUP-26).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate, monthOf } from '../../../kernel/time/index.ts'
import { notify, setting, tenantById, userById, usersOf } from '../../platform/index.ts'
import { db, readsWide } from '../supervision.queries.ts'
import type * as contract from './leader-case-contract.ts'
import { leaderCaseDay } from './leader-case-settings.ts'
import { leaderCases, reports, stillOpen } from './leader-reports.ts'

type Stat = Input<typeof contract.leaderCaseStatisticsRoute>
const REPORTS = '/api/supervision/leader-reports'
const CASES = '/api/supervision/leader-cases'

export async function leaderCaseStatistics(ctx: Ctx, input: Stat): Promise<Output<typeof contract.leaderCaseStatisticsRoute>> {
  authorize(ctx, 'supervision.read')
  const where = { from: input.from, to: input.to, unitId: input.unitId }
  const [key, name] = ({ unit: [sql<string>`p.unit_id::text`, sql<string>`max(p.unit_name)`], leader: [sql<string>`p.leader_id::text`, sql<string>`max(p.leader_name)`], month: [sql<string>`p.month`, sql<string>`p.month`] } as const)[input.by]
  const made = await reports(ctx, where).where('p.state', '<>', 'draft').select([key.as('key'), name.as('name'), sql<number>`count(*)::int`.as('reports'), sql<number>`count(*) filter (where p.state = 'approved')::int`.as('approved')]).groupBy(input.by === 'month' ? sql`p.month` : key).orderBy(sql`2`).execute()
  const inside = await leaderCases(ctx, where).select([key.as('key'), sql<number>`count(*) filter (where w.kind = 'case')::int`.as('cases'), sql<number>`count(*) filter (where w.kind = 'whistle')::int`.as('whistles'), sql<number>`count(*) filter (where ${stillOpen})::int`.as('open')]).groupBy(input.by === 'month' ? sql`p.month` : key).execute()
  const base = { from: input.from, to: input.to, ...(input.unitId ? { unitId: input.unitId } : {}) }
  const lines = made.map((m) => {
    const n = inside.find((one) => one.key === m.key)
    const query: Record<string, string> = { ...base, ...(input.by === 'unit' ? { unitId: m.key } : input.by === 'leader' ? { leaderId: m.key } : { from: m.key, to: m.key }) }
    return {
      key: m.key, name: m.name, reports: { count: m.reports, list: { path: REPORTS, query: { ...query, state: 'submitted,approved,rejected' } } }, approved: { count: m.approved, list: { path: REPORTS, query: { ...query, state: 'approved' } } },
      cases: { count: n?.cases ?? 0, list: { path: CASES, query: { ...query, kind: 'case' } } }, whistles: { count: n?.whistles ?? 0, list: { path: CASES, query: { ...query, kind: 'whistle' } } }, open: { count: n?.open ?? 0, list: { path: CASES, query: { ...query, open: 'true' } } },
    }
  })
  return { lines, missing: readsWide(ctx) ? await missingOf(ctx, input.to) : [], month: input.to }
}

/** Leaders who ought to report and have not handed in that month. */
async function missingOf(ctx: Ctx, month: string): Promise<{ id: string; name: string; unitName: string }[]> {
  const leaders = await usersOf(ctx, { permission: 'supervision.reportCases' })
  const done = new Set((await db(ctx).selectFrom('supervision_leader_report').select('leader_id').where('tenant_id', '=', ctx.tenantId).where('month', '=', month).where('state', 'in', ['submitted', 'approved']).execute()).map((r) => r.leader_id))
  return Promise.all(leaders.filter((l) => !done.has(l.id)).map(async (l) => ({ ...l, unitName: (await userById(ctx, l.id)).unitName ?? '' })))
}

/** From the set day on, each leader without a report is reminded once a month. */
export async function sweepLeaderReports(ctx: Ctx): Promise<void> {
  const day = await setting(ctx, leaderCaseDay)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const today = localDate(ctx.clock.now(), timeZone)
  const month = monthOf(today)
  if (day === 0 || Number(today.slice(8)) < day) return
  for (const leader of await missingOf(ctx, month)) {
    const first = await db(ctx).insertInto('supervision_leader_reminder').values({ tenant_id: ctx.tenantId, month, user_id: leader.id, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'month', 'user_id']).doNothing()).returning('user_id').executeTakeFirst()
    if (first) await notify(ctx, { type: 'supervision.leaderReport', to: { userIds: [leader.id] }, level: 'P3', title: `${month} 包案月报尚未报送`, link: '/supervision/leader-reports', objectType: 'leaderMonth', objectId: month })
  }
}
