// A sheet for a period: bound cells counted, entered cells as entered, formulas over both. Entering refuses by the name of the cell.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { writeCsv } from '../../../kernel/sheets/index.ts'
import { bookValue, calculateBook, cellAt, placeOf, readBook, writeBook, type Book, type BookValue } from '../../../kernel/sheets/book/index.ts'
import { addDays, localDate, type Instant, type LocalDate } from '../../../kernel/time/index.ts'
import { fileContent, tenantById } from '../../platform/index.ts'
import { ownBasis } from '../basis.ts'
import { lastPeriod, periodOf, type Period } from '../periods.ts'
import { reportsFail } from '../reports.errors.ts'
import { db } from '../reports.queries.ts'
import { fillSheet, type Filled } from './fill.ts'
import type * as contract from './sheet-contract.ts'
import { checkEntry, keyOf, placeName, type Entry, type SheetDefinition } from './sheet.ts'
import { checkSheet, sheetById, type Sheet } from './sheets.ts'
import { sheetWords as w } from './sheets.zh-CN.ts'

type Result = Output<typeof contract.resultRoute>
type Entered = { value: BookValue; byName: string; at: Instant }
const MOST_FILE = 5 * 1024 * 1024
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Threads of books speak Chinese; anything else is a fault of ours. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && /[\u4E00-\u9FFF]/.test(error.message)) throw reportsFail('book', { params: { reason: error.message } })
    throw error
  }
}

export async function readSheetFile(ctx: Ctx, input: Input<typeof contract.readBookRoute>): Promise<Output<typeof contract.readBookRoute>> {
  authorize(ctx, 'reports.manage')
  const file = await fileContent(ctx, input.fileId)
  if (!/\.xlsx$/i.test(file.name)) throw reportsFail('book', { params: { reason: '只能读取 xlsx 文件，旧的 xls 请另存为 xlsx' } })
  if (file.size > MOST_FILE) throw reportsFail('book', { params: { reason: '文件超过 5 MB' } })
  const chunks: Buffer[] = []
  for await (const chunk of await file.open()) chunks.push(chunk as Buffer)
  return { name: file.name.replace(/\.xlsx$/i, ''), ...(await told(readBook(Buffer.concat(chunks)))) }
}

async function periodAt(ctx: Ctx, d: SheetDefinition, day: LocalDate | undefined): Promise<Period> {
  const today = localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  return day === undefined ? lastPeriod(d.cycle, today) : periodOf(d.cycle, day)
}

async function enteredOf(ctx: Ctx, sheetId: string, from: LocalDate): Promise<Map<string, Entered>> {
  const found = await db(ctx).selectFrom('reports_sheet_entry').select(['place', 'value', 'by_name', 'at']).where('tenant_id', '=', ctx.tenantId).where('sheet_id', '=', sheetId).where(sql<boolean>`from_day = ${from}::date`).limit(2000).execute()
  return new Map(found.map((r) => [r.place, { value: bookValue.parse(r.value), byName: r.by_name, at: r.at }]))
}

/** Lists may reach beyond the sheet they were put on. */
const grown = (book: Book, given: readonly Filled[]): Book => ({ ...book, sheets: book.sheets.map((s, n) => {
  const places = given.filter((g) => g.sheet === n).map((g) => placeOf(g.cell))
  return { ...s, rows: Math.max(s.rows, ...places.map((p) => p.row)), columns: Math.max(s.columns, ...places.map((p) => p.column)) }
}) })

const entriesOf = (d: SheetDefinition): Entry[] => d.bindings.filter((b): b is Entry => b.kind === 'entry')

async function made(ctx: Ctx, d: SheetDefinition, period: Period, entered: ReadonlyMap<string, Entered>, may: { mayFill: boolean; mayDesign: boolean }): Promise<{ result: Result; given: Filled[] }> {
  const entries = entriesOf(d)
  const given = [...(await fillSheet(ctx, d, period)), ...entries.map((e) => ({ sheet: e.sheet, cell: e.cell, value: entered.get(keyOf(e, d.book))?.value ?? null }))]
  const computed = await told(calculateBook(d.book, given))
  const held = entries.map((e) => { const one = entered.get(keyOf(e, d.book)); return { sheet: e.sheet, cell: e.cell, name: e.name, type: e.type, required: e.required, choices: e.choices, value: one?.value ?? null, byName: one?.byName ?? null, at: one?.at ?? null } })
  return { given, result: { name: d.name, folder: d.folder, book: grown(d.book, given), computed, from: period.from, to: period.to, periodName: period.name, previous: addDays(period.from, -1), next: addDays(period.to, 1), asOf: ctx.clock.now(), basis: ownBasis(ctx), entries: held, mayFill: may.mayFill && entries.length > 0, mayDesign: may.mayDesign, missing: held.filter((e) => e.required && e.value === null).length } }
}

export async function previewSheet(ctx: Ctx, input: Input<typeof contract.previewSheetRoute>): Promise<Result> {
  authorize(ctx, 'reports.manage')
  await checkSheet(ctx, input.definition)
  return (await made(ctx, input.definition, await periodAt(ctx, input.definition, input.day), new Map(), { mayFill: false, mayDesign: true })).result
}

/** What readers are shown. @throws reports.sheetNotPublished for a designer's unpublished one */
function publishedOf(s: Sheet): SheetDefinition {
  if (s.state !== 'published' || !s.published) throw reportsFail('sheetNotPublished')
  return s.published
}

async function resultOf(ctx: Ctx, s: Sheet & { mayFill: boolean; mayDesign: boolean }, day: LocalDate | undefined): Promise<{ result: Result; given: Filled[] }> {
  const d = publishedOf(s)
  const period = await periodAt(ctx, d, day)
  return made(ctx, d, period, await enteredOf(ctx, s.id, period.from), s)
}

export async function showSheet(ctx: Ctx, input: Input<typeof contract.resultRoute>): Promise<Result> {
  authorize(ctx, 'reports.read')
  return (await resultOf(ctx, await sheetById(ctx, input.id), input.day)).result
}

/** All or nothing: one wrong cell refuses the lot, each with its name. @throws reports.entries (422), reports.entryChanged (409) */
export async function fillEntries(ctx: Ctx, input: Input<typeof contract.fillRoute>): Promise<Result> {
  authorize(ctx, 'reports.read')
  const s = await sheetById(ctx, input.id, true)
  const d = publishedOf(s)
  if (!s.mayFill) throw reportsFail('mayFill')
  const period = await periodAt(ctx, d, input.day)
  if (period.from > localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)) throw reportsFail('entries', { params: { fault: w.notBegun(period.name) } })
  const entered = await enteredOf(ctx, s.id, period.from)
  const entries = new Map(entriesOf(d).map((e) => [`${e.sheet}!${e.cell}`, e]))
  const faults: { path: string; message: string }[] = []
  const kept: { key: string; place: string; value: BookValue }[] = []
  for (const v of input.values) {
    const place = placeName(v, d.book)
    const entry = entries.get(`${v.sheet}!${v.cell}`)
    const checked = entry ? checkEntry(entry, v.value) : { fault: w.notEntry }
    if ('fault' in checked) { faults.push({ path: `values.${v.sheet}!${v.cell}`, message: `${place}${entry ? `（${entry.name}）` : ''}：${checked.fault}` }); continue }
    const key = entry ? keyOf(entry, d.book) : place
    const held = entered.get(key)
    if ((held?.value ?? null) !== v.was && (held?.value ?? null) !== checked.value) throw reportsFail('entryChanged', { params: { place, by: held?.byName ?? '', value: String(held?.value ?? '') } })
    if (kept.some((k) => k.place === place)) { faults.push({ path: `values.${v.sheet}!${v.cell}`, message: `${place}：${w.twice}` }); continue }
    kept.push({ key, place, value: checked.value })
  }
  if (faults.length > 0) throw reportsFail('entries', { params: { fault: faults[0]?.message ?? '' }, fields: faults })
  const now = ts(ctx.clock.now())
  await db(ctx).insertInto('reports_sheet_entry').values(kept.map(({ key, value }) => ({ tenant_id: ctx.tenantId, sheet_id: s.id, from_day: period.from as never, place: key, value: json(value as never), at: now, by_name: ctx.actor.name })))
    .onConflict((c) => c.columns(['tenant_id', 'sheet_id', 'from_day', 'place']).doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), at: eb.ref('excluded.at'), by_name: eb.ref('excluded.by_name') }))).execute()
  ctx.audit({ module: 'reports', act: 'fillSheet', objectType: 'sheet', objectId: s.id, text: `${period.name} ${kept.map((k) => `${k.place}=${k.value ?? ''}`).join('；')}`.slice(0, 1000) })
  ctx.signal('reports', s.id)
  return (await resultOf(ctx, s, period.from)).result
}

export async function downloadSheet(ctx: Ctx, input: Input<typeof contract.sheetFileRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'reports.read')
  const { result, given } = await resultOf(ctx, await sheetById(ctx, input.id), input.day)
  const sheet = result.book.sheets[input.sheet]
  if (!sheet) throw reportsFail('unknownSheet')
  const name = `${result.name}（${result.periodName}）`
  ctx.audit({ module: 'reports', act: 'downloadSheet', objectType: 'sheet', objectId: input.id, text: `${name}.${input.format}` })
  const body = input.format === 'xlsx' ? await told(writeBook(result.book, given)) : csvOf(result.book, result.computed, input.sheet)
  await reply.headers({ 'content-type': input.format === 'xlsx' ? xlsxType : 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${input.format}`).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`, 'x-content-type-options': 'nosniff' }).send(body)
  return {}
}

/** The texts as the screen shows them. */
function csvOf(book: Book, computed: Result['computed'], at: number): ReturnType<typeof writeCsv> {
  const sheet = book.sheets[at]
  const [rows, columns] = [sheet?.rows ?? 0, sheet?.columns ?? 0]
  const line = (r: number) => Object.fromEntries(Array.from({ length: columns }, (_, c) => [String(c), computed[at]?.[cellAt(r, c + 1)]?.text ?? '']))
  return writeCsv({ columns: Array.from({ length: columns }, (_, c) => ({ key: String(c), label: line(1)[String(c)] ?? '' })), rows: Array.from({ length: Math.max(0, rows - 1) }, (_, r) => line(r + 2)) })
}
