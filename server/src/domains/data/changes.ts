// The way of a change into the catalogue: written down, decided by another person where the tenant wants it, applied. The list of them is
// the catalogue's history, and its monitor.
import { z } from 'zod'
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { localDate } from '../../kernel/http/codec.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { sql } from 'kysely'
import { addDays, localDate as dayOf, startOfDay, toIso } from '../../kernel/time/index.ts'
import { setting, tenantById } from '../platform/index.ts'
import { db } from './catalogue.ts'
import type * as contract from './contract.ts'
import { dataFail } from './data.errors.ts'
import { definition } from './indicator.ts'
import { indicatorReview } from './settings.ts'
import { changeActNames, changeStateNames } from './texts.zh-CN.ts'

export const changeBody = z.object({ name: z.string(), owner: z.string(), definition, fromDay: localDate })
export type ChangeBody = z.output<typeof changeBody>
export type Act = 'create' | 'change' | 'stop' | 'start'
export type Change = { code: string; act: Act; body: ChangeBody; before: unknown; reason: string }

const table = (ctx: Ctx) => db(ctx).selectFrom('data_indicator_change').selectAll().where('tenant_id', '=', ctx.tenantId)
type Row = Awaited<ReturnType<ReturnType<typeof table>['execute']>>[number]

/** Writes a change down and says whether it is to be applied now. @throws data.waiting where an earlier one of the indicator is not decided */
export async function propose(ctx: Ctx, change: Change): Promise<boolean> {
  const review = await setting(ctx, indicatorReview)
  const at = ts(ctx.clock.now())
  const { code, act, body, before, reason } = change
  if ((await table(ctx).where('code', '=', code).where('state', '=', 'waiting').executeTakeFirst()) !== undefined) throw dataFail('waiting')
  await db(ctx).insertInto('data_indicator_change').values({ tenant_id: ctx.tenantId, id: newId(), code, name: body.name, act, body: json(body as never), before: before === null ? null : json(before as never), reason, at, by_id: ctx.actor.id, by_name: ctx.actor.name, ...(review ? { state: 'waiting' } : { state: 'approved', decided_at: at, decided_by_id: ctx.actor.id, decided_by_name: ctx.actor.name }) }).execute()
  return !review
}

/** Indicators of which a change waits. */
export async function waitingCodes(ctx: Ctx): Promise<ReadonlySet<string>> {
  return new Set((await table(ctx).where('state', '=', 'waiting').execute()).map((r) => r.code))
}

const MOST_LISTED = 200
const MONTHS = 12

export async function listChanges(ctx: Ctx): Promise<Output<typeof contract.indicatorChangesRoute>> {
  authorize(ctx, 'data.read')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const today = dayOf(ctx.clock.now(), timeZone)
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = `${month === 12 ? year : year - 1}-${String((month % 12) + 1).padStart(2, '0')}-01`
  const rows = await table(ctx).orderBy(sql`(state = 'waiting')`, 'desc').orderBy('at', 'desc').limit(MOST_LISTED).execute()
  const { rows: counts } = await sql<{ month: string; act: Act; n: number }>`select to_char(decided_at at time zone ${timeZone}, 'YYYY-MM') as month, act, count(*)::int as n from data_indicator_change where tenant_id = ${ctx.tenantId} and state = 'approved' and decided_at >= ${toIso(startOfDay(first, timeZone))}::timestamptz group by 1, 2`.execute(ctx.db())
  const months = Array.from({ length: MONTHS }, (_, i) => monthAfter(first, i))
  const of = (name: string, ...acts: Act[]): number => counts.filter((c) => c.month === name && acts.includes(c.act)).reduce((sum, c) => sum + c.n, 0)
  return { review: await setting(ctx, indicatorReview), items: rows.map((r) => view(ctx, r)), months: months.map((name) => ({ month: name, created: of(name, 'create'), changed: of(name, 'change'), stopped: of(name, 'stop') })) }
}

const monthAfter = (first: string, n: number): string => (n === 0 ? first.slice(0, 7) : monthAfter(`${addDays(first, 31).slice(0, 7)}-01`, n - 1))

function view(ctx: Ctx, r: Row): Output<typeof contract.indicatorChangesRoute>['items'][number] {
  const manages = can(ctx, 'data.manage') && r.state === 'waiting'
  const before = r.before === null ? null : changeBody.partial().parse(r.before)
  return {
    id: r.id, code: r.code, name: r.name, act: r.act as Act, actName: changeActNames[r.act] ?? r.act, state: r.state as 'waiting', stateName: changeStateNames[r.state] ?? r.state, reason: r.reason, body: changeBody.parse(r.body), before: before?.definition ?? null, // states and acts are held by check constraints
    at: r.at, byName: r.by_name, decidedAt: r.decided_at, decidedByName: r.decided_by_name, note: r.note, mayDecide: manages && r.by_id !== ctx.actor.id, mayWithdraw: manages && r.by_id === ctx.actor.id,
  }
}

/** Decides what waits; `apply` brings an approved one into the catalogue. @throws data.ownChange for one's own, data.decided */
export async function decideChange(ctx: Ctx, input: Input<typeof contract.decideChangeRoute>, apply: (change: Change) => Promise<void>): Promise<Output<typeof contract.indicatorChangesRoute>> {
  authorize(ctx, 'data.manage')
  const row = await table(ctx).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw dataFail('unknownChange')
  if (row.state !== 'waiting') throw dataFail('decided', { params: { state: changeStateNames[row.state] ?? row.state, by: row.decided_by_name ?? row.by_name } })
  const own = row.by_id === ctx.actor.id
  if (own !== (input.outcome === 'withdraw')) throw dataFail(own ? 'ownChange' : 'othersChange')
  if (input.outcome === 'refuse' && input.note === '') throw dataFail('noReason', { fields: [{ path: 'note', message: '请写明不同意的理由' }] })
  const change: Change = { code: row.code, act: row.act as Act, body: changeBody.parse(row.body), before: row.before, reason: row.reason }
  if (input.outcome === 'approve') await apply(change)
  await db(ctx).updateTable('data_indicator_change').set({ state: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' }[input.outcome], decided_at: ts(ctx.clock.now()), decided_by_id: ctx.actor.id, decided_by_name: ctx.actor.name, note: input.note }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'data', act: 'decideIndicatorChange', objectType: 'key:parameter', objectId: row.code, text: input.note, changes: { outcome: { old: row.act, new: input.outcome } } })
  return listChanges(ctx)
}
