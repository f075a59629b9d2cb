// A report laid out like a spreadsheet: a workbook and what its cells are bound to. Every number counted is asked of `data`.
import { z } from 'zod'
import { book, cellAddress, cellAt, placeOf, type Book, type BookValue } from '../../../kernel/sheets/book/index.ts'
import { cycles } from '../template.ts'
import { sheetWords as w } from './sheets.zh-CN.ts'

const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const where = z.array(z.strictObject({ dimension: z.string().max(40), values: z.array(z.string().max(80).nullable()).min(1).max(200) })).max(5).default([])
const at = { sheet: z.int().min(0), cell: cellAddress }
export const constants = ['period', 'from', 'to', 'generated', 'unit'] as const
export const entryKinds = ['number', 'integer', 'text', 'date', 'choice'] as const
export const aspects = ['value', 'before', 'lastYear', 'change'] as const

export const binding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), ...at, indicator: code, of: z.enum(aspects).default('value').describe('change: difference to the period before'), where }),
  z.strictObject({ kind: z.literal('list'), ...at, dimension: z.string().max(40).describe('Its members go down from the cell, the figures beside them'), across: z.string().max(40).optional().describe('Its members go along the row of the cell; one indicator then'), indicators: z.array(code).min(1).max(12), where, order: z.string().regex(/^-?[a-z][A-Za-z0-9]{1,39}$/).optional(), limit: z.int().min(1).max(200).default(10), limitAcross: z.int().min(1).max(60).default(12) }),
  z.strictObject({ kind: z.literal('constant'), ...at, name: z.enum(constants) }),
  z.strictObject({ kind: z.literal('entry'), ...at, name: z.string().trim().min(1).max(40), type: z.enum(entryKinds), required: z.boolean().default(false), min: z.number().optional(), max: z.number().optional().describe('Of a text: its length'), choices: z.array(z.string().trim().min(1).max(40)).max(50).default([]), message: z.string().trim().max(80).default('').describe('Said instead of the built-in refusal'), key: z.string().trim().min(1).max(80).optional().describe('Where its values are kept; its first place, which it keeps when rows are inserted above it') }),
])
export const sheetDefinition = z.strictObject({ name: z.string().trim().min(1).max(40), folder: z.string().trim().min(1).max(40), cycle: z.enum(cycles).default('month'), description: z.string().trim().max(300).default(''), where: where.describe('Range of the whole report'), book, bindings: z.array(binding).max(1000).default([]) })
export type SheetDefinition = z.output<typeof sheetDefinition>
export type Binding = z.output<typeof binding>
export type Entry = Extract<Binding, { kind: 'entry' }>
export type ListBinding = Extract<Binding, { kind: 'list' }>

/** 表一!B5, as people name it. */
export const placeName = (one: { sheet: number; cell: string }, of: Book): string => `${of.sheets[one.sheet]?.name ?? one.sheet + 1}!${one.cell}`

/** Where the values of a cell to fill in are kept. */
export const keyOf = (e: Entry, of: Book): string => e.key ?? placeName(e, of)

/** The size of what a binding writes, its own cell included. */
function extent(b: Binding): { rows: number; columns: number } {
  if (b.kind !== 'list') return { rows: 1, columns: 1 }
  return b.across === undefined ? { rows: b.limit, columns: 1 + b.indicators.length } : { rows: 1 + b.limit, columns: 1 + b.limitAcross }
}

function cellsOf(b: Binding): string[] {
  const { row, column } = placeOf(b.cell)
  const { rows, columns } = extent(b)
  return Array.from({ length: rows * columns }, (_, i) => cellAt(row + Math.floor(i / columns), column + (i % columns)))
}

/** A sheet is counted while its reader waits. */
const MOST_QUESTIONS = 120
/** Cells of equal conditions are asked together; a crossed list asks for its rows, its columns and both. */
export const questionsOf = (d: SheetDefinition): number => new Set(d.bindings.flatMap((b) => (b.kind === 'value' ? [JSON.stringify([b.where, b.of === 'change' ? 'before' : b.of])] : []))).size + d.bindings.reduce((n, b) => n + (b.kind === 'list' ? (b.across === undefined ? 1 : 3) : 0), 0)

export type SheetFault = { path: string; message: string }
type Known = { indicator: (code: string) => { name: string; stopped: boolean } | undefined; dimension: (key: string) => boolean }

/** What of a definition cannot be filled, by place. Pure. */
export function sheetFaults(d: SheetDefinition, known: Known): SheetFault[] {
  const faults: SheetFault[] = []
  const taken = new Map<string, string>()
  const kept = new Map<string, string>()
  for (const [i, b] of d.bindings.entries()) {
    const sheet = d.book.sheets[b.sheet]
    const place = placeName(b, d.book)
    const fault = (message: string): void => void faults.push({ path: `bindings.${i}`, message: `${place}：${message}` })
    if (!sheet) { fault(w.noSheet); continue }
    const inMerge = sheet.merges.some((m) => { const [a = '', z2 = ''] = m.split(':'); const [from, to, own] = [placeOf(a), placeOf(z2), placeOf(b.cell)]; return a !== b.cell && own.row >= from.row && own.row <= to.row && own.column >= from.column && own.column <= to.column })
    if (inMerge) fault(w.inMerge)
    for (const cell of cellsOf(b)) {
      const key = `${b.sheet}!${cell}`
      const other = taken.get(key)
      if (other !== undefined) { fault(w.taken(cell, other)); break }
      taken.set(key, place)
      if (cell !== b.cell && (sheet.cells[cell]?.formula !== undefined || (sheet.cells[cell]?.value ?? null) !== null)) { fault(w.covers(cell)); break }
    }
    const codes = b.kind === 'value' ? [b.indicator] : b.kind === 'list' ? b.indicators : []
    for (const one of codes) { const found = known.indicator(one); if (!found) fault(w.noIndicator(one)); else if (found.stopped) fault(w.stopped(found.name)) }
    const dimensions = b.kind === 'list' ? [b.dimension, ...(b.across === undefined ? [] : [b.across]), ...b.where.map((f) => f.dimension)] : b.kind === 'value' ? b.where.map((f) => f.dimension) : []
    for (const one of dimensions) if (!known.dimension(one)) fault(w.noDimension(one))
    if (b.kind === 'list' && b.across !== undefined && b.indicators.length !== 1) fault(w.oneIndicator)
    if (b.kind === 'list' && b.across === b.dimension) fault(w.sameDimension)
    if (b.kind === 'entry') { const key = keyOf(b, d.book); const other = kept.get(key); if (other !== undefined) fault(w.sameKey(other)); kept.set(key, place) }
    if (b.kind === 'entry' && b.type === 'choice' && b.choices.length === 0) fault(w.noChoices)
    if (b.kind === 'entry' && b.min !== undefined && b.max !== undefined && b.min > b.max) fault(w.minMax)
  }
  if (questionsOf(d) > MOST_QUESTIONS) faults.push({ path: 'bindings', message: w.tooMany(questionsOf(d), MOST_QUESTIONS) })
  for (const f of d.where) if (!known.dimension(f.dimension)) faults.push({ path: 'where', message: w.noDimension(f.dimension) })
  return faults
}

/** The value as it is kept, or why it is refused. Pure. */
export function checkEntry(e: Entry, given: BookValue): { value: BookValue } | { fault: string } {
  const text = typeof given === 'string' ? given.trim() : given
  if (text === null || text === '') return e.required ? { fault: e.message || w.required } : { value: null }
  const refuse = (built: string): { fault: string } => ({ fault: e.message || built })
  if (e.type === 'number' || e.type === 'integer') {
    const n = typeof text === 'number' ? text : typeof text === 'string' && /^[+-]?(\d+(,\d{3})*|\d*)(\.\d+)?%?$/.test(text) && /\d/.test(text) ? Number(text.replace(/[,%]/g, '')) / (text.endsWith('%') ? 100 : 1) : Number.NaN
    if (!Number.isFinite(n)) return refuse(w.notNumber)
    if (e.type === 'integer' && !Number.isSafeInteger(n)) return refuse(w.notInteger)
    if ((e.min !== undefined && n < e.min) || (e.max !== undefined && n > e.max)) return refuse(w.range(e.min, e.max))
    return { value: n }
  }
  const words = String(text)
  if (e.type === 'date' && (!/^\d{4}-\d{2}-\d{2}$/.test(words) || !z.iso.date().safeParse(words).success)) return refuse(w.notDate)
  if (e.type === 'choice' && !e.choices.includes(words)) return refuse(w.notChoice(e.choices))
  if (e.type === 'text' && words.length > (e.max ?? 500)) return refuse(w.tooLong(e.max ?? 500))
  return { value: words }
}
