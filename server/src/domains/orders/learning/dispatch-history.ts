// Where orders were sent, by whom or what, and what became of it; a wrong dispatch gets a cause, proposed here and confirmed by a person (AI-22).
import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDays, MINUTE, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { applicationOf, type AiTables } from '../../ai/index.ts'
import { recommendUnits } from '../../matters/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { causeOfReturn } from '../returns/improper.ts'
import type * as contract from './learning-contract.ts'
import { causes } from './learning-contract.ts'

type Line = Output<typeof contract.listDispatchesRoute>['items'][number]
type Figures = Output<typeof contract.dispatchFiguresRoute>
type Cause = (typeof causes)[number]
type Mode = Line['mode']
type Filter = Input<typeof contract.dispatchFiguresRoute>
type Row = { id: string; orderId: string; number: string; title: string; unitId: string; unitName: string; categoryName: string | null; matterId: string | null; areaCode: string | null; mode: Mode; byName: string; at: Instant; recommended: boolean | null; state: string; wrong: boolean; returnReason: string | null; reasonClass: string | null; returnedAt: Instant | null; nextUnitName: string | null; cause: Cause | null; causeByName: string | null; note: string | null }

/**
 * The dispatch of an order to its leading unit, and what followed: wrong where a return was accepted. A dispatch by the model is written
 * down like one by a rule, under the order's own id.
 */
const base = sql`from order_assignment a join order_order o on o.tenant_id = a.tenant_id and o.id = a.order_id
  left join order_auto_assignment r on r.tenant_id = a.tenant_id and r.order_id = a.order_id and r.state = 'dispatched' and r.at <= a.dispatched_at + interval '1 second' and not exists (select 1 from order_assignment e where e.tenant_id = a.tenant_id and e.order_id = a.order_id and e.parent_id is null and e.role = 'lead' and e.dispatched_at < a.dispatched_at)
  left join lateral (select q.reason, q.reason_class, q.decided_at from order_request q where q.tenant_id = a.tenant_id and q.assignment_id = a.id and q.kind = 'return' and q.state = 'approved' order by q.decided_at desc limit 1) b on true
  left join ai_misdispatch m on m.tenant_id = a.tenant_id and m.assignment_id = a.id
  left join ai_suggestion s on s.tenant_id = a.tenant_id and s.object_type = 'order' and s.object_id = a.order_id and s.application = 'dispatch'`
const mode = sql`case when r.id is null then 'person' when r.rule_id = a.order_id then 'model' else 'rule' end`
const wrong = sql`(b.decided_at is not null or a.state = 'returned')`

async function condition(ctx: Ctx, f: Filter): Promise<RawBuilder<boolean>> {
  const { timeZone } = await calendarOf(ctx)
  const parts = [sql<boolean>`a.tenant_id = ${ctx.tenantId} and a.parent_id is null and a.role = 'lead' and not o.confidential`]
  if (f.from) parts.push(sql`a.dispatched_at >= ${ts(startOfDay(f.from, timeZone))}`)
  if (f.to) parts.push(sql`a.dispatched_at < ${ts(startOfDay(addDays(f.to, 1), timeZone))}`)
  if (f.unitId) parts.push(sql`a.unit_id = ${f.unitId}`)
  if (f.appealType) parts.push(sql`o.appeal_type = ${f.appealType}`)
  if (f.mode) parts.push(sql`${mode} = ${f.mode}`)
  return sql.join<boolean>(parts, sql` and `)
}

/** Why it went wrong, as far as rules can tell. Pure. */
export function causeFor(of: { mode: Mode; reasonClass: string | null; reason: string; unitId: string; duties: readonly { unitId: string }[] }): { cause: Cause; why: string } {
  if (causeOfReturn(of.reasonClass, of.reason) === 'unclear') return { cause: 'ambiguous', why: '退单理由是内容不清' }
  if (of.mode === 'model') return { cause: 'model', why: '由模型自动分派' }
  if (of.mode === 'rule') return { cause: 'ruleGap', why: '由分拨规则分派' }
  if (of.duties.length === 0) return { cause: 'ruleGap', why: '该事项在当地没有职责条目' }
  if (of.duties.some((duty) => duty.unitId === of.unitId)) return { cause: 'changedDuties', why: '职责清单写的是该单位，退单却成立：职责可能已调整' }
  return { cause: 'person', why: '职责清单写的是别的单位' }
}

async function proposalFor(ctx: Ctx, row: Row): Promise<{ cause: Cause; why: string } | null> {
  if (!row.wrong || (await applicationOf(ctx, 'misdispatch')).mode === 'off') return null
  const duties = row.matterId && row.areaCode ? (await recommendUnits(ctx, { matterId: row.matterId, areaCode: row.areaCode })).filter((one) => one.role === 'lead') : []
  return causeFor({ mode: row.mode, reasonClass: row.reasonClass, reason: row.returnReason ?? '', unitId: row.unitId, duties })
}

const columns = sql`a.id, a.order_id as "orderId", o.number, o.title, a.unit_id as "unitId", a.unit_name as "unitName", o.matter_name as "categoryName", o.matter_id as "matterId", o.area_code as "areaCode", ${mode} as mode, a.dispatched_by_name as "byName", a.dispatched_at as at,
  case when s.id is null then null else coalesce(s.candidates -> 0 ->> 'value' = a.unit_id::text, false) end as recommended, a.state, ${wrong} as wrong, b.reason as "returnReason", b.reason_class as "reasonClass", b.decided_at as "returnedAt", m.cause, m.by_name as "causeByName", m.note,
  (select n.unit_name from order_assignment n where n.tenant_id = a.tenant_id and n.order_id = a.order_id and n.parent_id is null and n.role = 'lead' and n.dispatched_at > a.dispatched_at order by n.dispatched_at limit 1) as "nextUnitName"`

export async function listDispatches(ctx: Ctx, input: Input<typeof contract.listDispatchesRoute>): Promise<Output<typeof contract.listDispatchesRoute>> {
  authorize(ctx, 'ai.read')
  const { cursor, limit, wrong: only, unconfirmed, ...filter } = input
  const where = sql<boolean>`${await condition(ctx, filter)} and (${!only && !unconfirmed} or ${wrong}) and (${!unconfirmed} or m.id is null)`
  const [at, id] = cursor ? cursorOf(cursor) : [null, null]
  const { rows } = await sql<Row>`select ${columns} ${base} where ${where} and (${at === null} or (a.dispatched_at, a.id) < (${at === null ? null : ts(at)}::timestamptz, ${id}::uuid)) order by a.dispatched_at desc, a.id desc limit ${limit + 1}`.execute(ctx.db())
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from (select 1 ${base} where ${where} limit 1001) x`.execute(ctx.db())
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const count = counted[0]?.n ?? 0
  return {
    items: await Promise.all(page.map(async (row): Promise<Line> => {
      const { unitId: _u, matterId: _m, areaCode: _a, reasonClass: _r, note, ...shown } = row
      const proposed = await proposalFor(ctx, row)
      return { ...shown, lostMinutes: row.returnedAt === null ? null : Math.round((row.returnedAt - row.at) / MINUTE), proposed: proposed?.cause ?? null, why: proposed?.why ?? null, note: note ?? '' }
    })),
    next: rows.length > limit && last ? Buffer.from(JSON.stringify([last.at, last.id])).toString('base64url') : null, count: { value: Math.min(count, 1000), capped: count > 1000 },
  }
}

function cursorOf(cursor: string): [Instant, string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [Instant, string]
    if (typeof at === 'number' && /^[0-9a-f-]{36}$/.test(id)) return [at, id]
  } catch {
    // Told below like any other wrong place.
  }
  throw kernelErrors('invalid', { fields: [{ path: 'cursor', message: '页码不正确' }] })
}

/** First-dispatch accuracy and what pulls it down; the share that followed the recommendation beside it. */
export async function dispatchFigures(ctx: Ctx, input: Input<typeof contract.dispatchFiguresRoute>): Promise<Figures> {
  authorize(ctx, 'ai.read')
  const where = await condition(ctx, input)
  const { timeZone } = await calendarOf(ctx)
  const { rows } = await sql<{ mode: Mode; unit: string; category: string | null; month: string; wrong: boolean; again: boolean; recommended: boolean | null; lost: number | null; cause: Cause | null }>`select ${mode} as mode, a.unit_name as unit, o.matter_name as category, to_char(a.dispatched_at at time zone ${timeZone}, 'YYYY-MM') as month, ${wrong} as wrong, m.cause,
    exists (select 1 from order_assignment e where e.tenant_id = a.tenant_id and e.order_id = a.order_id and e.parent_id is null and e.role = 'lead' and e.dispatched_at < a.dispatched_at) as again, case when s.id is null then null else coalesce(s.candidates -> 0 ->> 'value' = a.unit_id::text, false) end as recommended,
    (extract(epoch from b.decided_at - a.dispatched_at) / 60)::float8 as lost ${base} where ${where} order by a.dispatched_at desc limit 200000`.execute(ctx.db())
  const grouped = (key: (row: (typeof rows)[number]) => string) => [...Map.groupBy(rows, key)].map(([name, of]) => ({ name, dispatched: of.length, wrong: of.filter((row) => row.wrong).length })).toSorted((a, b) => b.wrong - a.wrong || b.dispatched - a.dispatched).slice(0, 30)
  const modeNames: Record<Mode, string> = { person: '人工', rule: '规则', model: '模型' }
  return {
    dispatched: rows.length, wrong: rows.filter((row) => row.wrong).length, again: rows.filter((row) => row.again).length, recommended: rows.filter((row) => row.recommended !== null).length, followed: rows.filter((row) => row.recommended).length, lostMinutes: Math.round(rows.reduce((sum, row) => sum + (row.lost ?? 0), 0)),
    byMode: grouped((row) => modeNames[row.mode]), byUnit: grouped((row) => row.unit), byCategory: grouped((row) => row.category ?? '未归事项'), byMonth: grouped((row) => row.month).toSorted((a, b) => a.name.localeCompare(b.name)),
    causes: causes.map((cause) => ({ cause, confirmed: rows.filter((row) => row.cause === cause).length })).filter((one) => one.confirmed > 0),
  }
}

/** The proposal is kept beside what the person says, so that its accuracy can be counted. */
export async function confirmCause(ctx: Ctx, input: Input<typeof contract.confirmCauseRoute>): Promise<Output<typeof contract.confirmCauseRoute>> {
  authorize(ctx, 'ai.manage')
  const { rows } = await sql<Row>`select ${columns} ${base} where a.tenant_id = ${ctx.tenantId} and a.id = ${input.id} and a.parent_id is null and a.role = 'lead' and not o.confidential`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  if (!row.wrong) throw kernelErrors('invalid', { fields: [{ path: 'cause', message: '这次派发没有被退回' }] })
  const values = { cause: input.cause, note: input.note, at: ts(ctx.clock.now()), by_id: ctx.actor.id, by_name: ctx.actor.name }
  await ctx.db<AiTables>().insertInto('ai_misdispatch').values({ tenant_id: ctx.tenantId, id: newId(), assignment_id: row.id, order_id: row.orderId, proposed: (await proposalFor(ctx, row))?.cause ?? 'none', ...values }).onConflict((c) => c.columns(['tenant_id', 'assignment_id']).doUpdateSet(values)).execute()
  return { cause: input.cause }
}
