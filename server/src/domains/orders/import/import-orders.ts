// Registers the rows of a file through the same use-case as people do; a bad row never stops the others, and no row comes in twice.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { DomainEvent } from '../../../kernel/events/event.ts'
import { AppError } from '../../../kernel/errors.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { readRows, type SheetKind, type SheetLine, type SheetSource } from '../../../kernel/sheets/index.ts'
import { appealTypes } from '../../matters/index.ts'
import { areaNames, tenantById } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { createOrder } from '../register-order.ts'
import type { FailedRows } from './failed-rows.ts'
import type { ImportMapping } from './import-fields.ts'
import { rowToOrder, type RowRules } from './row-to-order.ts'

const BATCH = 100

export type Begin = <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>
export type ImportPlan = { content: SheetSource; kind: SheetKind; mapping: ImportMapping; source: string; defaultType: string }
export type ImportCounts = { read: number; created: number; skipped: number; failed: number }

/**
 * Reads the file to its end. `begin` opens a transaction as whoever imports; a hundred rows share one. `tell` is called after each
 * batch and answers whether to stop; what was registered until then stays.
 * @throws Error with a Chinese message when the file is not of its kind, or database errors: calling it again goes on where it stopped
 */
export async function importOrders(begin: Begin, plan: ImportPlan, failed: FailedRows, tell: (counts: ImportCounts) => Promise<{ cancelled: boolean }>): Promise<ImportCounts & { cancelled: boolean }> {
  const counts: ImportCounts = { read: 0, created: 0, skipped: 0, failed: 0 }
  const run = async (lines: SheetLine[]): Promise<boolean> => {
    const done = await begin((ctx) => importBatch(ctx, lines, plan))
    counts.read += lines.length
    counts.created += done.created
    counts.skipped += done.skipped
    // Reasons are kept after the commit: a batch that is repeated after a deadlock tells them once.
    for (const { line, reasons } of done.failed) await failed.add(line, reasons)
    counts.failed = failed.count
    return (await tell({ ...counts })).cancelled
  }
  let batch: SheetLine[] = []
  for await (const line of readRows(plan.content, plan.kind)) {
    batch.push(line)
    if (batch.length < BATCH) continue
    const full = batch
    batch = []
    if (await run(full)) return { ...counts, cancelled: true }
  }
  const cancelled = batch.length > 0 && (await run(batch))
  return { ...counts, cancelled }
}

type Done = { created: number; skipped: number; failed: { line: SheetLine; reasons: string[] }[] }

async function importBatch(ctx: Ctx, lines: SheetLine[], plan: ImportPlan): Promise<Done> {
  const rules = await rulesFor(ctx, lines, plan)
  const done: Done = { created: 0, skipped: 0, failed: [] }
  const rows = lines.map((line) => ({ line, result: line.error === undefined ? rowToOrder(line.values, rules) : { errors: [line.error] } }))
  const known = await knownKeys(ctx, plan.source, rows.flatMap(({ result }) => ('key' in result ? [result.key] : [])))
  // What a row publishes goes out only if the row stays; one look at the settings serves the whole batch.
  let events: DomainEvent[] = []
  const rowCtx: Ctx = { ...ctx, publish: (event) => void events.push(event), signal: () => undefined }
  for (const { line, result } of rows) {
    if ('errors' in result) {
      done.failed.push({ line, reasons: result.errors })
      continue
    }
    if (known.has(result.key)) {
      done.skipped += 1
      continue
    }
    known.add(result.key)
    events = []
    const reasons = await runNested(ctx, () => createOrder(rowCtx, result.input)).then(() => null, reasonsOf)
    if (reasons) done.failed.push({ line, reasons })
    else {
      done.created += 1
      for (const event of events) ctx.publish(event)
    }
  }
  if (done.created > 0) ctx.signal('orders.list')
  return done
}

async function rulesFor(ctx: Ctx, lines: SheetLine[], plan: ImportPlan): Promise<RowRules> {
  const column = plan.mapping.area
  const codes = column === undefined ? [] : lines.flatMap((l) => (/^\d{6,12}$/.test(l.values[column] ?? '') ? [l.values[column] ?? ''] : []))
  const [tenant, types, areas] = await Promise.all([tenantById(ctx, ctx.tenantId), appealTypes(ctx), areaNames(ctx, codes)])
  return { mapping: plan.mapping, source: plan.source, timeZone: tenant.timeZone, defaultType: plan.defaultType, appealTypes: types, isArea: (code) => areas.has(code) }
}

async function knownKeys(ctx: Ctx, source: string, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db(ctx).selectFrom('order_order').select('import_key').where('tenant_id', '=', ctx.tenantId).where('import_source', '=', source).where('import_key', 'in', keys).execute()
  return new Set(rows.flatMap((r) => r.import_key ?? []))
}

/** Classes of PostgreSQL errors that lie in the row: values out of range or form, and constraints. Anything else ends the run. */
const ROW_FAULT = /^(22|23)/

function reasonsOf(error: unknown): string[] {
  if (error instanceof AppError) return error.refusal.fields && error.refusal.fields.length > 0 ? error.refusal.fields.map((f) => f.message) : [error.title]
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (!ROW_FAULT.test(code)) throw error
  return code === '23505' ? ['该行已由另一次导入登记'] : ['内容含有无法保存的值']
}
