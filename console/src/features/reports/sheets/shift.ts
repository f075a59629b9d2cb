// Rows and columns put in or taken out: cells, sizes, merged areas, bindings and every formula of the book follow, as in a spreadsheet.
import { areaOf, cellAt, lettersOf, placeOf, type Binding, type Book, type Definition, type Sheet } from './book.ts'

/** `count` lines put in before line `at` (counted from 1); taken out when negative. */
export type Shift = { axis: 'row' | 'column'; at: number; count: number }

/** Where a line stands afterwards; null when it is taken out. */
function lineAfter(n: number, { at, count }: Shift): number | null {
  if (n < at) return n
  return count < 0 && n < at - count ? null : n + count
}

/** Where a stretch of lines stands afterwards: one that is cut gets shorter, one that is cut whole is gone. */
function stretchAfter(from: number, to: number, shift: Shift): [number, number] | null {
  const { at, count } = shift
  const [first, last] = [lineAfter(from, shift) ?? at, lineAfter(to, shift) ?? at - 1]
  return count < 0 && last < first ? null : [first, last]
}

const token = /"(?:[^"]|"")*"|(?<![\p{L}\p{N}_.$])(?:('(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(?:(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?|(\$?[A-Z]{1,3}):(\$?[A-Z]{1,3})|(\$?\d{1,7}):(\$?\d{1,7}))(?![\p{L}\p{N}_.(!])/giu
const parts = (address: string): { column: string; row: string } => { const [, column = '', row = ''] = /^(\$?[A-Z]*)(\$?\d*)$/i.exec(address) ?? []; return { column, row } }
const numberOf = (part: string): number => { const plain = part.replace('$', ''); return /^\d/.test(plain) ? Number(plain) : placeOf(`${plain.toUpperCase()}1`).column }
const written = (like: string, n: number): string => (like.startsWith('$') ? '$' : '') + (/\d/.test(like) ? String(n) : lettersOf(n))

/** A formula of one sheet after lines of another (or the same) have moved. What it pointed at and is gone becomes #REF!. */
export function shiftFormula(formula: string, shift: Shift, ofMovedSheet: (name: string | null) => boolean): string {
  return formula.replace(token, (whole: string, sheet: string | undefined, a: string | undefined, b: string | undefined, c1: string | undefined, c2: string | undefined, r1: string | undefined, r2: string | undefined) => {
    if (whole.startsWith('"') || !ofMovedSheet(sheet === undefined ? null : sheet.replace(/^'|'$/g, '').replaceAll("''", "'"))) return whole
    const prefix = sheet === undefined ? '' : `${sheet}!`
    const lines = (from: string, to: string): string => { const found = stretchAfter(numberOf(from), numberOf(to), shift); return found ? `${prefix}${written(from, found[0])}:${written(to, found[1])}` : '#REF!' }
    if (c1 !== undefined && c2 !== undefined) return shift.axis === 'column' ? lines(c1, c2) : whole
    if (r1 !== undefined && r2 !== undefined) return shift.axis === 'row' ? lines(r1, r2) : whole
    const [from, to] = [parts(a ?? ''), parts(b ?? a ?? '')]
    const found = stretchAfter(numberOf(from[shift.axis]), numberOf(to[shift.axis]), shift)
    if (!found) return '#REF!'
    const one = (held: { column: string; row: string }, n: number): string => (shift.axis === 'row' ? held.column + written(held.row, n) : written(held.column, n) + held.row)
    return prefix + (b === undefined ? one(from, found[0]) : `${one(from, found[0])}:${one(to, found[1])}`)
  })
}

const sizesAfter = (sizes: Record<string, number>, shift: Shift): Record<string, number> => Object.fromEntries(Object.entries(sizes).flatMap(([n, size]) => { const to = lineAfter(Number(n), shift); return to === null ? [] : [[String(to), size]] }))

function sheetAfter(sheet: Sheet, shift: Shift): Sheet {
  const { axis, at, count } = shift
  const cells: Sheet['cells'] = {}
  for (const [cell, held] of Object.entries(sheet.cells)) {
    const place = placeOf(cell)
    const to = lineAfter(place[axis], shift)
    if (to !== null) cells[axis === 'row' ? cellAt(to, place.column) : cellAt(place.row, to)] = held
    // New lines look like the one before them.
    if (count > 0 && at > 1 && place[axis] === at - 1 && held.style !== undefined) for (let i = 0; i < count; i += 1) cells[axis === 'row' ? cellAt(at + i, place.column) : cellAt(place.row, at + i)] = { style: held.style }
  }
  const merges = sheet.merges.flatMap((m) => {
    const area = areaOf(m)
    const found = axis === 'row' ? stretchAfter(area.row, area.toRow, shift) : stretchAfter(area.column, area.toColumn, shift)
    if (!found) return []
    const next = axis === 'row' ? { ...area, row: found[0], toRow: found[1] } : { ...area, column: found[0], toColumn: found[1] }
    return next.row === next.toRow && next.column === next.toColumn ? [] : [`${cellAt(next.row, next.column)}:${cellAt(next.toRow, next.toColumn)}`]
  })
  const lines = axis === 'row' ? 'rows' : 'columns'
  const still = sheet.frozen ? stretchAfter(1, Math.max(1, sheet.frozen[lines]), shift) : null
  return { ...sheet, cells, merges, [lines]: sheet[lines] + count, ...(axis === 'row' ? { heights: sizesAfter(sheet.heights, shift) } : { widths: sizesAfter(sheet.widths, shift) }), ...(sheet.frozen && sheet.frozen[lines] > 0 ? { frozen: { ...sheet.frozen, [lines]: still ? still[1] : 0 } } : {}) }
}

/** Cells to fill in keep where their values are, so that what was entered goes along. */
export const pinned = (b: Binding, book: Book): Binding => (b.kind === 'entry' ? { ...b, key: b.key ?? `${book.sheets[b.sheet]?.name ?? b.sheet + 1}!${b.cell}` } : b)

/** A new cell to fill in does not take what was entered in another that stood here before. */
export function withOwnKey(b: Binding, { book, bindings }: Definition): Binding {
  if (b.kind !== 'entry' || b.key !== undefined) return b
  const natural = pinned(b, book)
  const taken = new Set(bindings.flatMap((one) => (one.kind === 'entry' && (one.sheet !== b.sheet || one.cell !== b.cell) && one.key !== undefined ? [one.key] : [])))
  if (natural.kind !== 'entry' || natural.key === undefined || !taken.has(natural.key)) return b
  for (let n = 2; ; n += 1) if (!taken.has(`${natural.key}#${n}`)) return { ...b, key: `${natural.key}#${n}` }
}

/** The whole definition after lines of one sheet have moved. */
export function shiftLines(d: Definition, sheet: number, shift: Shift): Definition {
  const name = d.book.sheets[sheet]?.name
  const bindings = d.bindings.flatMap((b): Binding[] => {
    const held = pinned(b, d.book)
    if (b.sheet !== sheet) return [held]
    const place = placeOf(b.cell)
    const to = lineAfter(place[shift.axis], shift)
    return to === null ? [] : [{ ...held, cell: shift.axis === 'row' ? cellAt(to, place.column) : cellAt(place.row, to) }]
  })
  const sheets = d.book.sheets.map((one, n) => {
    const moved = n === sheet ? sheetAfter(one, shift) : one
    const own = (named: string | null): boolean => (named === null ? n === sheet : named.toLowerCase() === name?.toLowerCase())
    return { ...moved, cells: Object.fromEntries(Object.entries(moved.cells).map(([cell, held]) => [cell, held.formula ? { ...held, formula: shiftFormula(held.formula, shift, own) } : held])) }
  })
  return { ...d, bindings, book: { ...d.book, sheets } }
}

/** A sheet by another name: formulas that name it follow, and entered values stay with their cells. */
export function renameSheet(d: Definition, sheet: number, name: string): Definition {
  const old = d.book.sheets[sheet]?.name
  const quoted = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !/^[A-Za-z]{1,3}\d+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`
  const follow = (formula: string): string => formula.replace(/"(?:[^"]|"")*"|(?<![\p{L}\p{N}_.$'])('(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!/gu, (whole: string, named: string | undefined) => (named !== undefined && named.replace(/^'|'$/g, '').replaceAll("''", "'") === old ? `${quoted}!` : whole))
  const sheets = d.book.sheets.map((one, n) => ({ ...one, ...(n === sheet ? { name } : {}), cells: Object.fromEntries(Object.entries(one.cells).map(([cell, held]) => [cell, held.formula ? { ...held, formula: follow(held.formula) } : held])) }))
  return { ...d, bindings: d.bindings.map((b) => pinned(b, d.book)), book: { ...d.book, sheets } }
}
