// Rows of flows, and their form for the exchange.
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { flow, type Flow } from '../../../../../switch/src/engine-port.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { draft, type flowRow } from './flow-contract.ts'

export type FlowRow = Selectable<TelephonyTables['telephony_flow']>
export type Draft = z.output<typeof draft>

export const draftOf = (value: unknown): Draft => draft.parse(value)

/** A draft as the exchange takes it; what does not fit its form is told by place. */
export function asFlow(row: Pick<FlowRow, 'id' | 'name' | 'use'>, version: number, graph: unknown): { flow: Flow } | { faults: { node: string | null; field: string; text: string }[] } {
  const { start, person, language, speed, nodes } = draftOf(graph)
  const read = flow.safeParse({ id: row.id, version, name: row.name, use: row.use, start, ...(person ? { person } : {}), ...(language ? { language } : {}), ...(speed ? { speed } : {}), nodes })
  if (read.success) return { flow: read.data }
  return { faults: read.error.issues.map((issue) => ({ node: issue.path[0] === 'nodes' && issue.path[1] !== undefined ? String(issue.path[1]) : null, field: issue.path.slice(issue.path[0] === 'nodes' ? 2 : 0).join('.'), text: issue.message })) }
}

export async function flowViews(ctx: Ctx, only?: string): Promise<z.output<typeof flowRow>[]> {
  let query = db(ctx).selectFrom('telephony_flow').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (only) query = query.where('id', '=', only)
  const rows = await query.orderBy('code').execute()
  const [versions, places] = await Promise.all([
    db(ctx).selectFrom('telephony_flow_version').select(['flow_id', 'number', 'graph', 'published_at', 'published_by_name']).where('tenant_id', '=', ctx.tenantId).execute(), placesOfFlows(ctx),
  ])
  return rows.map((row) => {
    const playing = versions.find((v) => v.flow_id === row.id && v.number === row.published)
    return {
      id: row.id, code: row.code, name: row.name, use: row.use as 'inbound', published: row.published, publishedAt: playing?.published_at ?? null, publishedByName: playing?.published_by_name ?? null, draftAt: row.draft_at, draftByName: row.draft_by_name,
      changed: JSON.stringify(playing?.graph ?? null) !== JSON.stringify(row.draft), usedBy: places(row.id), version: row.version,
    }
  })
}

/** Numbers, queues and other flows that lead into a flow. */
export async function placesOfFlows(ctx: Ctx): Promise<(id: string) => string[]> {
  const [numbers, queues, flows] = await Promise.all([
    db(ctx).selectFrom('telephony_number').select(['number', 'flow_id']).where('tenant_id', '=', ctx.tenantId).execute(),
    db(ctx).selectFrom('telephony_queue').select(['name', 'survey_flow_id', 'overflow']).where('tenant_id', '=', ctx.tenantId).execute(),
    db(ctx).selectFrom('telephony_flow').select(['id', 'name', 'draft']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  return (id) => [
    ...numbers.filter((n) => n.flow_id === id).map((n) => `号码 ${n.number}`), ...queues.filter((q) => q.survey_flow_id === id || JSON.stringify(q.overflow).includes(id)).map((q) => `队列“${q.name}”`),
    ...flows.filter((f) => f.id !== id && JSON.stringify(f.draft).includes(id)).map((f) => `流程“${f.name}”`),
  ]
}

export async function lockFlow(ctx: Ctx, id: string): Promise<FlowRow> {
  const row = await db(ctx).selectFrom('telephony_flow').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}
