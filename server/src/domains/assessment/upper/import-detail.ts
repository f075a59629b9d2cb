// The upper platform's detail of a month: looked at first, nothing kept before it is confirmed, and then only the rows that are right.
// A later file takes the place of an earlier one of the same month, whole or order by order; the earlier rows stay.
import { sql } from 'kysely'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { AppError } from '../../../kernel/errors.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { guessKind, readRows, writeCsv, writeXlsx } from '../../../kernel/sheets/index.ts'
import { takeUpperResults } from '../../callback/index.ts'
import { visible } from '../../orders/index.ts'
import { actAs, attachFiles, createTask, fileContent, finishTask, notify, openTask, updateTask } from '../../platform/index.ts'
import { assessmentFail } from '../assessment.errors.ts'
import { db, orderScope } from '../assessment.queries.ts'
import { followRemoved } from './removed.ts'
import type * as contract from './upper-contract.ts'
import { guessUpperMapping, matchRows, readUpperRow, upperFields, type Fault, type UpperMapping, type UpperRow } from './upper-row.ts'
import { exampleRow, fieldNames } from './upper.zh-CN.ts'

/** A district's month is some ten thousand orders; the file is read whole so that it is taken or refused whole. */
const MOST_ROWS = 50_000
const KEPT_FAULTS = 500
const PART = 1000

export async function downloadUpperTemplate(ctx: Ctx, input: Input<typeof contract.upperTemplateRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'assessment.manage')
  const content = { title: '上级明细', columns: upperFields.map((key) => ({ key, label: fieldNames[key], width: 16 })), rows: [exampleRow] }
  const type = input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`上级明细模板.${input.format}`)}`, 'x-content-type-options': 'nosniff' }).send(input.format === 'csv' ? writeCsv(content) : writeXlsx(content))
  return {}
}

type Chosen = Input<typeof contract.previewUpperRoute>
type Looked = { fileName: string; columns: string[]; mapping: UpperMapping; rows: number; good: (UpperRow & { orderId: string })[]; faults: Fault[] }

async function look(ctx: Ctx, input: Chosen): Promise<Looked> {
  const file = await fileContent(ctx, input.fileId)
  const kind = guessKind(file.name)
  if (!kind) throw assessmentFail('upperKind')
  const lines: { line: number; values: Record<string, string>; error?: string }[] = []
  try {
    for await (const line of readRows(file.open, kind)) if (lines.push(line) > MOST_ROWS) break
  } catch (error) {
    throw assessmentFail('upperUnreadable', { params: { reason: error instanceof Error && /[\u4E00-\u9FFF]/.test(error.message) ? error.message : '格式不正确' } })
  }
  if (lines.length === 0) throw assessmentFail('upperUnreadable', { params: { reason: '文件中没有数据' } })
  if (lines.length > MOST_ROWS) throw assessmentFail('upperTooLong', { params: { most: MOST_ROWS } })
  const columns = [...new Set(lines.slice(0, 50).flatMap((line) => Object.keys(line.values)))]
  const mapping = input.mapping ?? guessUpperMapping(columns)
  const strange = Object.entries(mapping).filter(([, column]) => !columns.includes(column))
  if (strange.length > 0) throw assessmentFail('upperMapping', { fields: strange.map(([field, column]) => ({ path: `mapping.${field}`, message: `文件中没有“${column}”列` })) })
  const read = lines.map((line) => readUpperRow(line, mapping))
  const sound = read.filter((one) => one.faults.length === 0).map((one) => one.row)
  const matched = mapping.number === undefined ? { good: [], faults: [{ line: 1, field: 'number', message: '请指明工单号是哪一列' }] } : matchRows(sound, await ordersByNumber(ctx, sound.map((row) => row.number)))
  const faults = mapping.number === undefined ? matched.faults : [...read.flatMap((one) => one.faults), ...matched.faults].toSorted((a, b) => a.line - b.line)
  return { fileName: file.name, columns, mapping, rows: lines.length, good: matched.good, faults }
}

/** Ids by either platform's number, of orders one may see. */
async function ordersByNumber(ctx: Ctx, numbers: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(numbers)]
  const { rows } = await sql<{ id: string; asked: string }>`
    with n as (select id, number as asked from assessment_number_view where tenant_id = ${ctx.tenantId} and number = any(${wanted}::text[])
      union all select id, upper_number from assessment_number_view where tenant_id = ${ctx.tenantId} and upper_number = any(${wanted}::text[]))
    select n.id, n.asked from n join orders_pub_fact_view o on o.tenant_id = ${ctx.tenantId} and o.id = n.id where ${visible(ctx, orderScope)}`.execute(db(ctx))
  return new Map(rows.map((row) => [row.asked, row.id]))
}

/** Standing rows of the month that this file takes the place of. */
async function replacedBy(ctx: Ctx, input: Chosen, good: Looked['good']): Promise<{ replaces: number; dropped: number }> {
  const { rows } = await sql<{ replaces: number; dropped: number }>`select count(*) filter (where ${input.whole} or named)::int as replaces, count(*) filter (where ${input.whole} and not named)::int as dropped
    from (select order_id = any(${good.map((row) => row.orderId)}::uuid[]) as named from assessment_upper_row where tenant_id = ${ctx.tenantId} and month = ${input.month} and replaced_at is null) as standing`.execute(db(ctx))
  return rows[0] ?? { replaces: 0, dropped: 0 }
}

export async function previewUpperDetail(ctx: Ctx, input: Input<typeof contract.previewUpperRoute>): Promise<Output<typeof contract.previewUpperRoute>> {
  authorize(ctx, 'assessment.manage')
  const { good, faults, ...seen } = await look(ctx, input)
  return { ...seen, fields: upperFields.map((field) => ({ field, name: fieldNames[field], required: field === 'number', example: exampleRow[field] })), good: good.length, faultCount: faults.length, faults: faults.slice(0, KEPT_FAULTS), ...(await replacedBy(ctx, input, good)) }
}

/** The import goes on behind the scenes: a month of fifty thousand orders is more than a request should wait for. */
export async function importUpperDetail(ctx: Ctx, input: Input<typeof contract.importUpperRoute>): Promise<{ taskId: string }> {
  authorize(ctx, 'assessment.manage')
  const { name } = await fileContent(ctx, input.fileId)
  if (!guessKind(name)) throw assessmentFail('upperKind')
  const taskId = await createTask(ctx, { kind: UPPER_TASK, title: `导入上级明细 ${input.month}：${name}`, input: { ...input, mapping: input.mapping ?? null } })
  ctx.enqueue(upperImportJob, { tenantId: ctx.tenantId, taskId }, { key: `${UPPER_TASK}:${taskId}` })
  return { taskId }
}

type Tell = (done: number, total: number) => Promise<void>
type Taken = { importId: string; taken: number; replaced: number; faultCount: number; marked: number; unmarked: number }

/** In one transaction: the file is taken whole or not at all. */
async function takeIn(ctx: Ctx, input: Chosen, tell: Tell): Promise<Taken> {
  authorize(ctx, 'assessment.manage')
  const { fileName, mapping, rows, good, faults } = await look(ctx, input)
  if (good.length === 0) throw assessmentFail('upperNothing', { fields: faults.slice(0, 20).map((f) => ({ path: `line.${f.line}`, message: `第 ${f.line} 行：${f.message}` })) })
  const now = ts(ctx.clock.now())
  const importId = newId()
  await db(ctx).insertInto('assessment_upper_import').values({ tenant_id: ctx.tenantId, id: importId, month: input.month, file_name: fileName, file_id: input.fileId, mapping: json(mapping), whole: input.whole, row_count: rows, taken: good.length, fault_count: faults.length, faults: json(faults.slice(0, KEPT_FAULTS)), by_id: ctx.actor.id, by_name: ctx.actor.name, created_at: now }).execute()
  await attachFiles(ctx, { fileIds: [input.fileId], place: 'import', objectType: 'assessmentUpper', objectId: importId, audience: 'staff' })
  const { rows: [old] } = await sql<{ n: number }>`with gone as (update assessment_upper_row set replaced_at = ${now} where tenant_id = ${ctx.tenantId} and month = ${input.month} and replaced_at is null and (${input.whole} or order_id = any(${good.map((row) => row.orderId)}::uuid[])) returning 1) select count(*)::int as n from gone`.execute(db(ctx))
  const replaced = old?.n ?? 0
  for (let i = 0; i < good.length; i += PART) {
    await tell(i, good.length)
    await db(ctx).insertInto('assessment_upper_row').values(good.slice(i, i + PART).map((row) => ({
      tenant_id: ctx.tenantId, id: newId(), import_id: importId, month: input.month, line: row.line, order_id: row.orderId, contacted: row.contacted, solved: row.solved, satisfied: row.satisfied,
      not_counted: row.notCounted, shelving_ended: row.shelvingEnded, key_event: row.keyEvent, removed: row.removed, removed_reason: row.removedReason, unit_name: row.unitName, case_type: row.caseType, source: row.source,
    }))).execute()
  }
  // What it says of callbacks is compared with the own ones there too: one file serves both pages.
  if ([mapping.contacted, mapping.solved, mapping.satisfied].some((column) => column !== undefined)) await takeUpperResults(ctx, { month: input.month, name: fileName, whole: input.whole, rowCount: rows, faults: faults.map(({ line, field, message }) => ({ row: line, field, message })), rows: good.map((row) => ({ ...row, at: null, opinion: null })) })
  const marks = mapping.removed === undefined ? { marked: 0, unmarked: 0 } : await followRemoved(ctx, { importId, month: input.month })
  ctx.audit({ module: 'assessment', act: 'importUpperDetail', objectType: 'assessmentUpper', objectId: importId, text: `${input.month} ${fileName}`, changes: { rows: { old: replaced, new: good.length } } })
  await notify(ctx, { type: 'assessment.upperReady', to: { permission: 'assessment.manage' }, title: `${input.month} 上级明细已入库，可以比对`, text: `${good.length} 件${faults.length > 0 ? `，${faults.length} 处有误未导入` : ''}`, link: `/assessment/upper?month=${input.month}`, objectType: 'assessmentUpper', objectId: importId, level: 'P3' })
  return { importId, taken: good.length, replaced, faultCount: faults.length, ...marks }
}

class Cancelled extends Error {}
const UPPER_TASK = 'assessment.upperImport'
const upperTask = z.object({ month: z.string(), fileId: z.uuid(), mapping: z.partialRecord(z.enum(upperFields), z.string()).nullable(), whole: z.boolean() })

/** Reads and keeps as the person who started it, with the rights of this moment; progress goes by short transactions of its own. */
export const upperImportJob = defineJob<{ tenantId: string; taskId: string }>({
  name: UPPER_TASK, schema: z.object({ tenantId: z.uuid(), taskId: z.uuid() }), maxAttempts: 2,
  async run(begin, { tenantId, taskId }, info) {
    const task = await begin((ctx) => openTask(inTenant(ctx, tenantId), taskId))
    if (!task) return
    try {
      if (task.cancelled) throw new Cancelled()
      const { mapping, ...input } = upperTask.parse(task.input)
      const tell: Tell = async (done, total) => { if ((await begin((own) => updateTask(inTenant(own, tenantId), taskId, { done, total }))).cancelled) throw new Cancelled() }
      await begin(async (plain) => {
        const user = await actAs(plain, task.createdBy ?? '', tenantId)
        const done = await takeIn(user, { ...input, ...(mapping ? { mapping } : {}) }, tell)
        if (!(await finishTask(user, taskId, { state: 'done', done: done.taken, failed: done.faultCount, result: done }))) throw new Cancelled()
      })
    } catch (error) {
      const known = error instanceof Cancelled || error instanceof AppError
      if (!known && info.attempt < info.maxAttempts) throw error
      await begin(async (plain) => {
        const own = inTenant(plain, tenantId)
        if (!known) own.log.error({ err: error, task: taskId }, 'import of the upper detail failed')
        await finishTask(own, taskId, error instanceof Cancelled ? { state: 'cancelled' } : { state: 'failed', error: error instanceof AppError ? error.title : '导入出错，原有明细没有变动，请重试' })
      })
    }
  },
})

export async function listUpperDetails(ctx: Ctx, input: Input<typeof contract.listUpperDetailsRoute>): Promise<Output<typeof contract.listUpperDetailsRoute>> {
  let query = db(ctx).selectFrom('assessment_upper_import as i').selectAll('i').select(sql<number>`(select count(*)::int from assessment_upper_row r where r.tenant_id = i.tenant_id and r.import_id = i.id and r.replaced_at is null)`.as('standing')).where('i.tenant_id', '=', ctx.tenantId)
  if (input.month) query = query.where('i.month', '=', input.month)
  const rows = await query.orderBy('i.created_at', 'desc').orderBy('i.id', 'desc').limit(50).execute()
  return { items: rows.map((r) => ({ id: r.id, month: r.month, fileName: r.file_name, fileId: r.file_id, whole: r.whole, rows: r.row_count, taken: r.taken, standing: r.standing, faultCount: r.fault_count, faults: r.faults as Fault[], byName: r.by_name, at: r.created_at })) } // faults are written by this file only
}
