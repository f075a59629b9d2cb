// Rows of this domain, and who may see a report at all.
import { sql, type Kysely } from 'kysely'
import type { z } from 'zod'
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { unitsByIds } from '../platform/index.ts'
import * as contract from './contract.ts'
import { reportsFail } from './reports.errors.ts'
import type { ReportsTables } from './tables.gen.ts'
import type { ReportState } from './texts.zh-CN.ts'

export const db = (ctx: Ctx): Kysely<ReportsTables> => ctx.db<ReportsTables>()
export type Readers = z.output<typeof contract.readers>
export type Report = { id: string; template_code: string; template_version: number; name: string; kind: 'periodic' | 'thematic'; category: string; cycle: string | null; from_day: string; to_day: string; state: ReportState; content: unknown; readers: Readers; opinion: string | null; version: number; created_at: Instant; created_by: string | null; created_by_name: string; changed_by_name: string; published_at: Instant | null; published_by_name: string | null }

const columns = ['id', 'template_code', 'template_version', 'name', 'kind', 'category', 'cycle', 'state', 'content', 'readers', 'opinion', 'version', 'created_at', 'created_by', 'created_by_name', 'changed_by_name', 'published_at', 'published_by_name'] as const

export const works = (ctx: Ctx): boolean => can(ctx, 'reports.write') || can(ctx, 'reports.publish')

/** Units of a reader and all above them: what is opened to a bureau is open to its sections. */
export async function readerUnits(ctx: Ctx): Promise<string[]> {
  const units = await unitsByIds(ctx, ctx.actor.unitIds)
  return [...new Set([...ctx.actor.unitIds, ...[...units.values()].flatMap((u) => u.path)])]
}

/** Sent to the reader himself or to a unit where he sits, and not taken back. The columns are those of `reports_circulation`. */
export const receivedBy = (ctx: Ctx) => sql<boolean>`(c.state <> 'recalled' and (c.user_id = ${ctx.actor.id}::uuid or c.unit_id = any(${[...ctx.actor.unitIds]}::uuid[])))`

/** Published and opened or sent to the reader; who writes or publishes reports sees all. */
export async function visibleTo(ctx: Ctx) {
  if (works(ctx)) return sql<boolean>`true`
  const units = await readerUnits(ctx)
  return sql<boolean>`(state = 'published' and ((readers->>'all')::boolean or exists (select 1 from jsonb_array_elements_text(readers->'userIds') u where u = ${ctx.actor.id ?? ''}) or exists (select 1 from jsonb_array_elements_text(readers->'unitIds') u where u = any(${units}::text[])) or exists (select 1 from reports_circulation c where c.tenant_id = reports_report.tenant_id and c.report_id = reports_report.id and ${receivedBy(ctx)})))`
}

/** The table holds them as text with a check. */
export const typed = (row: { kind: string; state: string }): Pick<Report, 'kind' | 'state'> => ({ kind: contract.kind.parse(row.kind), state: contract.state.parse(row.state) })

/** @throws reports.notFound for one the reader may not know of */
export async function reportById(ctx: Ctx, id: string, lock = false): Promise<Report> {
  let query = db(ctx).selectFrom('reports_report').select([...columns, sql<string>`from_day::text`.as('from_day'), sql<string>`to_day::text`.as('to_day')]).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where(await visibleTo(ctx))
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) throw reportsFail('notFound')
  return { ...row, ...typed(row), readers: contract.readers.parse(row.readers) }
}

export async function noteStep(ctx: Ctx, reportId: string, act: string, change: { block?: string; old?: string; new?: string } = {}): Promise<void> {
  await db(ctx).insertInto('reports_step').values({ tenant_id: ctx.tenantId, id: newId(), report_id: reportId, act, block_id: change.block ?? null, old_text: change.old ?? null, new_text: change.new ?? null, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
}
