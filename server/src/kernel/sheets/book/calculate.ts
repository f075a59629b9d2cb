// Formulas of a book, across its sheets, in the order in which they need each other. Formula language: fast-formula-parser (MIT).
import { createRequire } from 'node:module'
import { cellAt, placeOf, type Book, type BookValue, type Computed, type Given } from './book.ts'

type Position = { sheet: string; row: number; col: number }
type Extent = { sheet: string; from: { row: number; col: number }; to: { row: number; col: number } }
type Parser = { parse(formula: string, at: Position): unknown }
type Formulas = { new (config: { onCell(at: Position): unknown; onRange(at: Extent): unknown[][]; functions: Record<string, () => never> }): Parser; FormulaError: new (name: string, text?: string) => Error & { error: string }; SSF: { format(format: string, value: number): string } }
// CommonJS without types of its own.
const Formula = createRequire(import.meta.url)('fast-formula-parser') as Formulas

/** A range this large is a mistake, or meant to keep the machine busy. */
const MOST_RANGE = 400_000
const CIRCLE = '#CIRC!'
const key = (sheet: string, row: number, col: number): string => `${sheet}!${cellAt(row, col)}`

/** Every cell that has something to show. A formula that fails shows the error's name, as Excel does. */
export function calculate(book: Book, given: Given): Computed {
  const values = new Map<string, unknown>()
  const formulas = new Map<string, { formula: string; at: Position }>()
  const sizes = new Map(book.sheets.map((s) => [s.name, { rows: s.rows, columns: s.columns }]))
  for (const sheet of book.sheets) {
    for (const [cell, { value, formula }] of Object.entries(sheet.cells)) {
      const { row, column } = placeOf(cell)
      if (formula) formulas.set(`${sheet.name}!${cell}`, { formula, at: { sheet: sheet.name, row, col: column } })
      else if (value !== undefined && value !== null) values.set(`${sheet.name}!${cell}`, value)
    }
  }
  for (const { sheet, cell, value } of given) {
    const held = book.sheets[sheet]
    const size = held && sizes.get(held.name)
    if (!held || !size) continue
    const { row, column } = placeOf(cell)
    sizes.set(held.name, { rows: Math.max(size.rows, row), columns: Math.max(size.columns, column) })
    formulas.delete(`${held.name}!${cell}`)
    if (value === null) values.delete(`${held.name}!${cell}`)
    else values.set(`${held.name}!${cell}`, value)
  }

  let needs: string[] = []
  const ask = (sheet: string, row: number, col: number): unknown => {
    const at = key(sheet, row, col)
    if (!values.has(at) && formulas.has(at)) needs.push(at)
    return values.get(at) ?? null
  }
  const refuse = (): never => { throw new Formula.FormulaError('#NAME?') }
  const parser = new Formula({
    onCell: ({ sheet, row, col }) => (sizes.has(sheet) ? ask(sheet, row, col) : new Formula.FormulaError('#REF!')),
    onRange: ({ sheet, from, to }) => {
      const size = sizes.get(sheet)
      if (!size) return [[new Formula.FormulaError('#REF!')]]
      // Whole columns and rows end where the sheet ends.
      const [rows, columns] = [Math.min(to.row, Math.max(size.rows, from.row)), Math.min(to.col, Math.max(size.columns, from.col))]
      if ((rows - from.row + 1) * (columns - from.col + 1) > MOST_RANGE) throw new Formula.FormulaError('#VALUE!')
      return Array.from({ length: rows - from.row + 1 }, (_, r) => Array.from({ length: columns - from.col + 1 }, (_, c) => ask(sheet, from.row + r, from.col + c)))
    },
    // A report asks nothing of the network.
    functions: { WEBSERVICE: refuse, FILTERXML: refuse },
  })
  const run = ({ formula, at }: { formula: string; at: Position }): unknown => {
    try {
      return parser.parse(formula.replace(/_xlfn\.|_xlws\./g, ''), at)
    } catch (error) {
      return error instanceof Formula.FormulaError ? error : new Formula.FormulaError('#ERROR!')
    }
  }

  const open = new Set<string>()
  for (const first of formulas.keys()) {
    const path = [first]
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const one = formulas.get(at)
      if (!one || values.has(at)) { path.pop(); continue }
      needs = []
      const found = run(one)
      const circle = needs.some((n) => n === at || open.has(n))
      if (needs.length > 0 && !circle) { open.add(at); path.push(...needs); continue }
      values.set(at, circle ? new Formula.FormulaError(CIRCLE) : found)
      open.delete(at)
      path.pop()
    }
  }
  return book.sheets.map((sheet, n) => {
    const cells = new Set([...Object.keys(sheet.cells), ...given.filter((g) => g.sheet === n).map((g) => g.cell)])
    return Object.fromEntries([...cells].flatMap((cell) => {
      const value = plain(values.get(`${sheet.name}!${cell}`))
      return value === null ? [] : [[cell, { value, text: written(value, book.styles[sheet.cells[cell]?.style ?? -1]?.format) }]]
    }))
  })
}

function plain(value: unknown): BookValue {
  if (value instanceof Formula.FormulaError) return value.error
  if (Array.isArray(value)) return plain(Array.isArray(value[0]) ? value[0][0] : value[0])
  if (typeof value === 'number') return Number.isFinite(value) ? value : '#NUM!'
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** Sums of decimals as they are meant: 0.3, not 0.30000000000000004. */
const general = (n: number): string => String(Number(n.toPrecision(12)))

function written(value: BookValue, format: string | undefined): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  // As everywhere in the product: what cannot be divided has no value.
  if (value === '#DIV/0!') return '–'
  if (typeof value !== 'number') return value ?? ''
  if (!format || format === '@') return general(value)
  try {
    return Formula.SSF.format(format, value)
  } catch {
    return general(value)
  }
}
