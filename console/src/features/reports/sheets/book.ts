// A workbook on the screen: addresses, merged cells, styles as CSS, changes made by a designer.
import type { CSSProperties } from 'react'
import type { InputOf, OutputOf } from '../../../api/call.ts'

export type Definition = OutputOf<'showSheetDesign'>['definition']
export type Book = Definition['book']
export type Sheet = Book['sheets'][number]
export type Style = Book['styles'][number]
export type Binding = Definition['bindings'][number]
export type Result = OutputOf<'showSheet'>
export type Readers = InputOf<'createSheet'>['readers']
export type Area = { row: number; column: number; toRow: number; toColumn: number }

export function placeOf(cell: string): { row: number; column: number } {
  const [, letters = 'A', digits = '1'] = /^([A-Z]+)(\d+)$/.exec(cell) ?? []
  return { row: Number(digits), column: [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) }
}

export function lettersOf(column: number): string {
  let letters = ''
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}
export const cellAt = (row: number, column: number): string => `${lettersOf(column)}${row}`

export function areaOf(merge: string): Area {
  const [a = 'A1', b = a] = merge.split(':')
  const [from, to] = [placeOf(a), placeOf(b)]
  return { row: from.row, column: from.column, toRow: to.row, toColumn: to.column }
}
export const within = (area: Area, row: number, column: number): boolean => row >= area.row && row <= area.toRow && column >= area.column && column <= area.toColumn
export const cellsIn = (area: Area): string[] => Array.from({ length: area.toRow - area.row + 1 }, (_, r) => Array.from({ length: area.toColumn - area.column + 1 }, (_, c) => cellAt(area.row + r, area.column + c))).flat()

/** Merged areas by their first cell, and the cells they hide. */
export function mergesOf(sheet: Sheet): { spans: Map<string, Area>; hidden: Set<string> } {
  const areas = sheet.merges.map(areaOf)
  const spans = new Map(areas.map((area) => [cellAt(area.row, area.column), area]))
  return { spans, hidden: new Set(areas.flatMap((area) => cellsIn(area).slice(1))) }
}

const CHARACTER = 7.2
const POINT = 4 / 3
export const widthOf = (sheet: Sheet, column: number): number => Math.round((sheet.widths[column] ?? 9) * CHARACTER)
export const heightOf = (sheet: Sheet, row: number): number => Math.round((sheet.heights[row] ?? 15) * POINT)

type Line = NonNullable<NonNullable<Style['border']>['top']>
const lines: Record<string, string> = { thin: '1px solid', hair: '1px dotted', dotted: '1px dotted', dashed: '1px dashed', medium: '2px solid', mediumDashed: '2px dashed', thick: '3px solid', double: '3px double' }
const lineOf = (line: Line | undefined): string | undefined => (line ? `${lines[line.style] ?? '1px solid'} ${line.color ?? '#333'}` : undefined)
const slant = (direction: string, line: Line): string => `linear-gradient(${direction}, transparent calc(50% - 0.6px), ${line.color ?? '#333'} calc(50% - 0.5px) calc(50% + 0.5px), transparent calc(50% + 0.6px))`
const horizontal: Partial<Record<string, CSSProperties['textAlign']>> = { left: 'left', center: 'center', right: 'right', justify: 'justify', centerContinuous: 'center', distributed: 'justify' }

/** `last` is the style of the last cell of a merged area: its right and lower border are there. */
export function cssOf(style: Style | undefined, last: Style | undefined, number: boolean): CSSProperties {
  const { font, align, border, fill } = style ?? {}
  const slants = [...(border?.down ? [slant('to top right', border.down)] : []), ...(border?.up ? [slant('to bottom right', border.up)] : [])]
  const end = last?.border ?? border
  const css: Record<string, string | number | undefined> = {
    fontFamily: font?.name ? `"${font.name.replace(/["\\;{}]/g, '')}", var(--ms-font, inherit)` : undefined, fontSize: font?.size ? `${font.size}pt` : undefined, fontWeight: font?.bold ? 600 : undefined, fontStyle: font?.italic ? 'italic' : undefined,
    textDecoration: [font?.underline ? 'underline' : '', font?.strike ? 'line-through' : ''].join(' ').trim() || undefined, color: font?.color, backgroundColor: fill, backgroundImage: slants.length > 0 ? slants.join(', ') : undefined,
    textAlign: horizontal[align?.h ?? ''] ?? (number ? 'right' : 'left'), verticalAlign: align?.v === 'top' || align?.v === 'middle' ? align.v : 'bottom', whiteSpace: align?.wrap ? 'pre-wrap' : 'nowrap', paddingInlineStart: align?.indent ? `${4 + align.indent * 9}px` : undefined,
    borderTop: lineOf(border?.top), borderLeft: lineOf(border?.left), borderRight: lineOf(end?.right), borderBottom: lineOf(end?.bottom), writingMode: align?.turn === 90 || align?.turn === -90 ? 'vertical-rl' : undefined,
  }
  return Object.fromEntries(Object.entries(css).filter(([, v]) => v !== undefined))
}

type Cell = Sheet['cells'][string]
/** As typed in: a formula begins with an equals sign, a plain number is a number. */
export function typed(text: string): Pick<Cell, 'value' | 'formula'> {
  if (text.startsWith('=') && text.length > 1) return { formula: text.slice(1) }
  if (/^-?\d{1,15}(\.\d{1,10})?$/.test(text) && !/^-?0\d/.test(text)) return { value: Number(text) }
  return text === '' ? {} : { value: text }
}
export const textIn = (cell: Cell | undefined): string => (cell?.formula ? `=${cell.formula}` : cell?.value === undefined || cell.value === null ? '' : String(cell.value))

export const setSheet = (book: Book, at: number, change: (sheet: Sheet) => Sheet): Book => ({ ...book, sheets: book.sheets.map((s, n) => (n === at ? change(s) : s)) })

export function setText(book: Book, at: number, cell: string, text: string): Book {
  return setSheet(book, at, (s) => {
    const { [cell]: held, ...rest } = s.cells
    const next = { ...typed(text), ...(held?.style === undefined ? {} : { style: held.style }) }
    return { ...s, cells: Object.keys(next).length === 0 ? rest : { ...rest, [cell]: next } }
  })
}

/** The same change of style for every cell of an area; equal styles are kept once. */
export function setStyle(book: Book, at: number, area: Area, change: (style: Style, cell: { row: number; column: number }) => Style): Book {
  const styles = [...book.styles]
  const numbers = new Map(styles.map((style, n) => [JSON.stringify(style), n]))
  const cells = { ...book.sheets[at]?.cells }
  for (const cell of cellsIn(area)) {
    const next = change(styles[cells[cell]?.style ?? -1] ?? {}, placeOf(cell))
    const key = JSON.stringify(next)
    const number = numbers.get(key) ?? styles.push(next) - 1
    numbers.set(key, number)
    cells[cell] = { ...cells[cell], style: number }
  }
  return setSheet({ ...book, styles }, at, (s) => ({ ...s, cells }))
}

export function setMerge(book: Book, at: number, area: Area, on: boolean): Book {
  return setSheet(book, at, (s) => {
    const apart = s.merges.filter((m) => { const o = areaOf(m); return o.toRow < area.row || o.row > area.toRow || o.toColumn < area.column || o.column > area.toColumn })
    return { ...s, merges: on ? [...apart, `${cellAt(area.row, area.column)}:${cellAt(area.toRow, area.toColumn)}`] : apart }
  })
}

export const emptySheet = (name: string): Sheet => ({ name, rows: 20, columns: 8, widths: {}, heights: {}, merges: [], cells: {} })
