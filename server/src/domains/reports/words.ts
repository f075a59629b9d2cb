// Figures in words: how a value is written, how it stands to the period before, and the sentence a chart's figures make. Pure.
import type { Answer, Figure, TextRun } from './content.ts'

type Column = Answer['columns'][number]
type Row = Answer['rows'][number]
type Values = Record<string, string | null>

/** 1204 → 1,204; 97.40 of % → 97.40%; nothing → –. */
export function written(value: string | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–'
  const [whole = '', rest] = value.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${grouped}${rest === undefined ? '' : `.${rest}`}${unit === '%' ? '%' : ''}`
}

const numeric = (value: string | null | undefined): number | null => (value === null || value === undefined ? null : Number(value))

export type Change = { kind: 'none' } | { kind: 'same' } | { kind: 'up' | 'down'; size: string; better: boolean | null }
/** Shares differ in points, all else in percent; against nothing there is no percentage. */
export function changeOf(column: Pick<Column, 'unit' | 'direction'>, now: string | null | undefined, before: string | null | undefined): Change {
  const [a, b] = [numeric(now), numeric(before)]
  if (a === null || b === null || (b === 0 && column.unit !== '%')) return { kind: 'none' }
  if (a === b) return { kind: 'same' }
  const size = column.unit === '%' ? `${Math.abs(a - b).toFixed(2)}个百分点` : `${Math.abs(((a - b) / b) * 100).toFixed(1)}%`
  return { kind: a > b ? 'up' : 'down', size, better: column.direction === 'none' ? null : (a > b) === (column.direction === 'up') }
}

export const changeWords = (change: Change, compare: 'previous' | 'lastYear'): string => {
  const name = compare === 'lastYear' ? '同比' : '环比'
  return change.kind === 'none' ? `${name}无可比数据` : change.kind === 'same' ? `${name}持平` : `${name}${change.kind === 'up' ? '上升' : '下降'}${change.size}`
}

export const figureOf = (answer: Answer, column: Column, keys: Row['keys'] = [], period: { from: string; to: string } = answer): Figure => ({ indicator: column.code, name: column.name, counted: column.counted, statement: column.statement, from: period.from, to: period.to, where: answer.where, keys })

/** A value with its unit behind it, both from the catalogue. */
export const valued = (answer: Answer, column: Column, values: Values, keys: Row['keys'] = []): TextRun[] => [{ text: written(values[column.code], column.unit), figure: figureOf(answer, column, keys) }, ...(column.unit !== '%' && column.unit !== '' ? [{ text: column.unit }] : [])]

const share = (part: string | null | undefined, whole: string | null | undefined): string | null => {
  const [a, b] = [numeric(part), numeric(whole)]
  return a === null || b === null || b === 0 ? null : ((a / b) * 100).toFixed(1)
}

/** 噪声扰民（188件，占15.6%）. A share is computed from two figures that both open. */
export function member(answer: Answer, column: Column, row: Row, shared = true): TextRun[] {
  const part = shared && column.counted && column.unit === '件' ? share(row.values[column.code], answer.total[column.code]) : null
  return [{ text: `${row.keys.map((k) => k.name).join(' ')}（` }, ...valued(answer, column, row.values, row.keys), ...(part === null ? [] : [{ text: '，占' }, { text: `${part}%`, figure: figureOf(answer, column, row.keys) }]), { text: '）' }]
}

export const joined = (lists: TextRun[][], by = '、'): TextRun[] => lists.flatMap((list, i) => (i === 0 ? list : [{ text: by }, ...list]))

const TIME = ['year', 'quarter', 'month', 'week', 'day', 'hour']
const by = (column: Column, rows: readonly Row[], sign: 1 | -1): Row[] => rows.filter((r) => r.values[column.code] !== null && r.values[column.code] !== undefined).toSorted((a, b) => sign * (Number(b.values[column.code]) - Number(a.values[column.code])))
export const ranked = (column: Column, answer: Answer, which: 'top' | 'low', n: number): Row[] => by(column, answer.rows.filter((r) => r.keys.every((k) => k.key !== null)), which === 'top' ? 1 : -1).slice(0, n)

/** What a chart shows, in one sentence: total and change, largest and smallest, or peak and course. With nothing counted it says so. */
export function semantics(answer: Answer): TextRun[] {
  const column = answer.columns[0]
  if (!column) return []
  const total = answer.total[column.code]
  const rows = by(column, answer.rows, 1)
  if (rows.length === 0 || (column.counted && (total === '0' || total === null))) return [{ text: `本期没有${column.name}。` }]
  const timed = TIME.includes(answer.rows[0]?.keys[0]?.dimension ?? '')
  const change = answer.before && answer.compare ? changeWords(changeOf(column, total, answer.before.total[column.code]), answer.compare) : ''
  const opening: TextRun[] = [{ text: `${column.name}${column.counted ? '共' : '为'}` }, ...valued(answer, column, answer.total), ...(change ? [{ text: '，' }, { text: change, figure: figureOf(answer, column) }] : []), { text: '。' }]
  const [first, last] = [rows[0], rows.at(-1)]
  if (timed) {
    const course = answer.rows.flatMap((r) => { const v = numeric(r.values[column.code]); return v === null ? [] : [v] })
    const half = Math.floor(course.length / 2)
    const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length)
    const [early, late] = [mean(course.slice(0, half)), mean(course.slice(-half))]
    const trend = half < 2 || early === 0 || Math.abs(late - early) / early < 0.05 ? '走势平稳' : late > early ? '后段高于前段' : '后段低于前段'
    return [...opening, ...(first ? [{ text: '最高在' }, ...member(answer, column, first, false)] : []), ...(last && last !== first ? [{ text: '，最低在' }, ...member(answer, column, last, false)] : []), { text: `；${trend}。` }]
  }
  return [...opening, ...(first ? [{ text: column.direction === 'down' || column.counted ? '最多的是' : '最高的是' }, ...member(answer, column, first)] : []), ...(rows.length > 1 ? [{ text: '，其次是' }, ...joined(rows.slice(1, 3).map((r) => member(answer, column, r)))] : []), ...(last && rows.length > 3 ? [{ text: '，最少的是' }, ...member(answer, column, last)] : []), { text: '。' }]
}
