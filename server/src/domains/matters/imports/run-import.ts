// Imports in three steps: the file is read and kept, every row is tried and taken back, the good rows are registered.
import { Readable } from 'node:stream'
import type {} from '@fastify/multipart'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { asAppError } from '../../../kernel/http/problem.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { newId, runNested } from '../../../kernel/runtime.ts'
import { guessKind, readRows, writeXlsx } from '../../../kernel/sheets/index.ts'
import { setting } from '../../platform/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import { importMaxRows } from '../matters.settings.ts'
import { createStandard } from '../standard/change-standard.ts'
import { kindOf } from '../standard/kinds.ts'
import { forgetPart, touchStandard } from '../standard/standard-cache.ts'
import { tellReviewers } from '../standard/tell-reviewers.ts'
import type { MattersTables } from '../tables.gen.ts'
import { importColumns, rowReader } from './import-columns.ts'
import { importRows, type ImportRow } from './import-rows.ts'
import { importKinds, type ImportKind } from './import-contract.ts'
import type * as contract from './import-contract.ts'

type Report = Output<typeof contract.checkImport>
const MAX_BYTES = 10 * 1024 * 1024

/** An empty sheet with the columns and one example row. */
export async function importTemplate(ctx: Ctx, input: Input<typeof contract.importTemplate>, { reply }: RawExchange): Promise<void> {
  authorize(ctx, 'matters.edit')
  const columns = importColumns[input.kind]
  const example = Object.fromEntries(columns.map((column) => [column.key, column.example]))
  const title = `${kindOf(input.kind).label}导入模板`
  void reply.headers({
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(title)}.xlsx`,
  })
  await reply.send(writeXlsx({ title, columns: columns.map((column) => ({ key: column.key, label: column.required ? `${column.label}*` : column.label })), rows: [example] }))
}

/** The rows that did not pass, as they were in the file, with the reasons in a last column: corrected, the file is imported again. */
export async function importErrors(ctx: Ctx, input: Input<typeof contract.importErrors>, { reply }: RawExchange): Promise<void> {
  authorize(ctx, 'matters.edit')
  const found = await ctx.db<MattersTables>().selectFrom('matter_import').select(['kind', 'rows', 'file_name as fileName']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('created_by', '=', ctx.actor.id).executeTakeFirst()
  const kind = importKinds.find((known) => known === found?.kind)
  if (!found || !kind) throw kernelErrors('notFound')
  const columns = importColumns[kind].map((column) => ({ key: column.key, label: column.required ? `${column.label}*` : column.label }))
  const rows = importRows.parse(found.rows).filter((row) => !row.ok).map((row) => ({ ...row.values, line: String(row.line), messages: row.messages.join('；') }))
  const title = `${found.fileName.replace(/\.[^.]+$/, '')}-未通过`
  void reply.headers({ 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(title)}.xlsx` })
  await reply.send(writeXlsx({ title: '未通过的行', columns: [...columns, { key: 'line', label: '原行号' }, { key: 'messages', label: '未通过原因' }], rows }))
}

/** Reads the file into the import; nothing else is written. @throws 422 for an unreadable file or more rows than `mat.import.maxRows` */
export async function uploadImport(ctx: Ctx, input: Input<typeof contract.uploadImport>, { request }: RawExchange): Promise<Output<typeof contract.uploadImport>> {
  authorize(ctx, 'matters.edit')
  const part = request.isMultipart() ? await request.file({ limits: { fileSize: MAX_BYTES } }) : undefined
  if (!part) throw mattersErrors('noFile', { fields: [{ path: 'file', message: '必填' }] })
  const content = await part.toBuffer()
  const rows = await readSheet(ctx, input.kind, part.filename, content)
  const id = newId()
  await ctx.db<MattersTables>().insertInto('matter_import').values({
    tenant_id: ctx.tenantId, id, kind: input.kind, file_name: part.filename.slice(0, 200), state: 'uploaded', rows: json(rows), good: 0, bad: 0,
    created_by: ctx.actor.id, created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).execute()
  return { id, rows: rows.length }
}

/** Rows of a file by the template's columns, with what is missing in each. @throws matters.importUnreadable, matters.importTooLarge */
export async function readSheet(ctx: Ctx, kind: ImportKind, fileName: string, content: Buffer): Promise<ImportRow[]> {
  const sheetKind = guessKind(fileName)
  if (sheetKind !== 'xlsx' && sheetKind !== 'csv') throw mattersErrors('importUnreadable')
  const columns = importColumns[kind]
  const rows: ImportRow[] = []
  try {
    for await (const line of readRows(async () => Readable.from([content]), sheetKind)) {
      const named = Object.fromEntries(Object.entries(line.values).map(([label, value]) => [label.replace(/[*＊]$/, '').trim(), value]))
      const values = Object.fromEntries(columns.map((column) => [column.key, named[column.label] ?? '']))
      const missing = columns.filter((column) => column.required && values[column.key] === '').map((column) => `${column.label}必填`)
      rows.push({ line: line.line, values, ok: false, messages: line.error ? [line.error] : missing })
    }
  } catch (error) {
    throw mattersErrors('importUnreadable', { detail: error instanceof Error ? error.message : '' })
  }
  const max = await setting(ctx, importMaxRows)
  if (rows.length > max) throw mattersErrors('importTooLarge', { rule: importMaxRows.key, params: { max, count: rows.length } })
  return rows
}

/** Tries every row exactly as the import would, undoes all of it and reports row by row. */
export async function checkImport(ctx: Ctx, input: Input<typeof contract.checkImport>): Promise<Report> {
  authorize(ctx, 'matters.edit')
  const found = await lockImport(ctx, input.id)
  await touchStandard(ctx)
  let rows: ImportRow[] = []
  await undone(ctx, async () => {
    rows = await registerRows(ctx, found.kind, found.rows, { submit: true })
  })
  return keepReport(ctx, found, rows, 'checked')
}

/** Registers the rows that pass, as drafts or submitted for review; the others stay in the report. */
export async function applyImport(ctx: Ctx, input: Input<typeof contract.applyImport>): Promise<Report> {
  authorize(ctx, 'matters.edit')
  const found = await lockImport(ctx, input.id)
  await touchStandard(ctx)
  const rows = await registerRows(ctx, found.kind, found.rows, { submit: input.submit })
  const good = rows.filter((row) => row.ok).length
  if (input.submit && good > 0) await tellReviewers(ctx, { changeId: found.id, title: `${kindOf(found.kind).label}待审核：批量导入 ${good} 项` })
  ctx.signal('matters.standard')
  return keepReport(ctx, found, rows, 'applied')
}

type Found = { id: string; kind: ImportKind; fileName: string; rows: ImportRow[] }

async function lockImport(ctx: Ctx, id: string): Promise<Found> {
  const row = await ctx.db<MattersTables>().selectFrom('matter_import').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('created_by', '=', ctx.actor.id).forUpdate().executeTakeFirst()
  const kind = importKinds.find((known) => known === row?.kind)
  if (!row || !kind) throw kernelErrors('notFound')
  if (row.state === 'applied') throw mattersErrors('importApplied')
  return { id, kind, fileName: row.file_name, rows: importRows.parse(row.rows) }
}

async function registerRows(ctx: Ctx, kind: ImportKind, rows: ImportRow[], options: { submit: boolean }): Promise<ImportRow[]> {
  const read = await rowReader(ctx, kind, rows.map((row) => row.values))
  const done: ImportRow[] = []
  for (const row of rows) {
    const unreadable = row.messages.filter((message) => message.endsWith('必填') || message.includes('引号'))
    const { content, messages } = unreadable.length > 0 ? { content: {}, messages: unreadable } : await read(row.values)
    const refused = messages.length > 0 ? messages : await tryRow(ctx, kind, content, options)
    done.push({ ...row, ok: refused.length === 0, messages: refused })
  }
  return done
}

async function tryRow(ctx: Ctx, kind: ImportKind, content: Record<string, unknown>, options: { submit: boolean }): Promise<string[]> {
  try {
    await runNested(ctx, () => createStandard(ctx, kind, { content, submit: options.submit, quiet: true }))
    return []
  } catch (error) {
    forgetPart(ctx)
    const known = asAppError(error)
    if (!known || known.status === 503) throw error
    const { fieldNames } = kindOf(kind)
    const fields = known.refusal.fields?.map((field) => `${fieldNames[field.path.split('.')[0] ?? ''] ?? field.path}：${field.message}`) ?? []
    return fields.length > 0 ? fields : [known.title]
  }
}

class Undo extends Error {}

async function undone(ctx: Ctx, fn: () => Promise<void>): Promise<void> {
  try {
    await runNested(ctx, async () => {
      await fn()
      throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  }
  forgetPart(ctx)
}

async function keepReport(ctx: Ctx, found: Found, rows: ImportRow[], state: 'checked' | 'applied'): Promise<Report> {
  const good = rows.filter((row) => row.ok).length
  await ctx.db<MattersTables>().updateTable('matter_import').set({ state, rows: json(rows), good, bad: rows.length - good, ...(state === 'applied' ? { applied_at: ts(ctx.clock.now()) } : {}) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', found.id).execute()
  return {
    id: found.id, kind: found.kind, fileName: found.fileName, state, good, bad: rows.length - good,
    rows: rows.map((row) => ({ line: row.line, title: row.values['name'] || row.values['matter'] || row.values['code'] || '', ok: row.ok, messages: row.messages })),
  }
}
