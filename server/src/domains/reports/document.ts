// A report's content as a document: the same blocks for PDF, Word, Excel and for the pictures on its page.
import type { Block, Card, Chart, DocumentContent, Run } from '../../kernel/documents/index.ts'
import type { Answer, Content, Produced, TextRun } from './content.ts'
import { changeOf, changeWords, written } from './words.ts'

const MOST_AXIS = 60
const MOST_SERIES = 8
const number = (value: string | null | undefined): number | null => (value === null || value === undefined ? null : Number(value))
type Data = Extract<Produced, { kind: 'data' }>

/** The chart of a data block; null for cards and tables. */
export function chartOf({ look, answer }: Data): Chart | null {
  if (look === 'cards' || look === 'table') return null
  const column = answer.columns[0]
  if (!column) return null
  const axis = [...new Set(answer.rows.map((r) => r.keys[0]?.name ?? ''))].slice(0, MOST_AXIS)
  const at = new Map(answer.rows.map((r) => [r.keys.map((k) => k.name).join('\0'), r]))
  const two = (answer.rows[0]?.keys.length ?? 0) > 1
  const earlier = answer.compare === 'lastYear' ? '去年同期' : '上期'
  const series = two
    ? [...new Set(answer.rows.map((r) => r.keys[1]?.name ?? ''))].slice(0, MOST_SERIES).map((name) => ({ name, values: axis.map((a) => number(at.get(`${a}\0${name}`)?.values[column.code])) }))
    : answer.columns.flatMap((c) => [{ name: c.name, values: axis.map((a) => number(at.get(a)?.values[c.code])) }, ...(answer.before && look !== 'pie' ? [{ name: `${c.name}（${earlier}）`, before: true, values: axis.map((a) => number(at.get(a)?.before?.[c.code])) }] : [])])
  return { kind: look, categories: axis, series, unit: column.unit }
}

const runsOf = (runs: readonly TextRun[]): Run[] => runs.map((r) => (r.untraced ? { text: r.text, tone: 'doubtful' } : r.figure ? { text: r.text, bold: true } : r.text))

function cardsOf({ columns, total, before, compare }: Answer): Card[] {
  return columns.map((c) => {
    const change = before && compare ? changeOf(c, total[c.code], before.total[c.code]) : null
    return { label: c.name, value: written(total[c.code], c.unit), unit: c.unit === '%' ? '' : c.unit, ...(change && compare ? { note: changeWords(change, compare), tone: 'better' in change && change.better !== null ? (change.better ? 'good' as const : 'bad' as const) : 'quiet' as const } : {}) }
  })
}

function tableOf({ title, answer }: Data): Block {
  const heads = answer.rows[0]?.keys.length ?? 0
  const beside = answer.before && answer.compare ? answer.compare : null
  const changes = (values: Record<string, string | null>, before: Record<string, string | null> | null | undefined): string[] =>
    answer.columns.flatMap((c) => [written(values[c.code], c.unit), ...(beside ? [changeWords(changeOf(c, values[c.code], before?.[c.code]), beside).slice(2)] : [])])
  return {
    kind: 'table', title,
    columns: [...Array.from({ length: Math.max(1, heads) }, (_, i) => ({ label: answer.heads[i] || '名称', width: 20 })), ...answer.columns.flatMap((c) => [{ label: c.unit && c.unit !== '%' ? `${c.name}（${c.unit}）` : c.name, width: 12, align: 'end' as const }, ...(beside ? [{ label: beside === 'lastYear' ? '同比' : '环比', width: 12, align: 'end' as const }] : [])])],
    rows: answer.rows.length === 0 && heads === 0 && answer.groups === 0 && Object.values(answer.total).every((v) => v === null || v === '0') ? [] : [
      ...answer.rows.map((r) => [...r.keys.map((k) => k.name), ...changes(r.values, r.before)]),
      [`合计`, ...Array.from({ length: Math.max(0, heads - 1) }, () => ''), ...changes(answer.total, answer.before?.total)],
    ],
    totals: 1, empty: '本期没有数据',
  }
}

function blocksOf(one: Produced): Block[] {
  switch (one.kind) {
    case 'heading': return [{ kind: 'heading', level: 1, text: one.text }]
    case 'note': return [{ kind: 'note', text: one.text }]
    case 'text': return [{ kind: 'paragraph', indent: true, runs: runsOf(one.runs) }]
    case 'list': return [{ kind: 'table', title: one.title, columns: one.columns.map((c) => ({ label: c.label, width: c.width, align: c.end ? 'end' : 'start' })), rows: one.rows.map((r) => r.cells), empty: one.empty }, ...(one.more > 0 ? [{ kind: 'paragraph' as const, size: 'small' as const, align: 'end' as const, runs: [`另有 ${one.more} 条，见系统`] }] : [])]
    case 'data': {
      const said: Block[] = one.sentence.length > 0 ? [{ kind: 'paragraph', indent: !one.half, ...(one.half ? { size: 'small' as const } : {}), runs: runsOf(one.sentence) }] : []
      if (one.look === 'cards') return [{ kind: 'cards', cards: cardsOf(one.answer) }, ...said]
      const chart = chartOf(one)
      if (!chart) return [...said, tableOf(one)]
      // An empty axis says nothing: the reader is told instead.
      if (chart.categories.length === 0) return [{ kind: 'heading', level: 2, text: one.title }, { kind: 'paragraph', size: 'small', runs: ['本期没有数据。'] }]
      const rows = chart.kind === 'rows' ? Math.max(110, chart.categories.length * (chart.series.length > 1 ? 26 : 19) + 34) : one.half ? 170 : 190
      return [{ kind: 'chart', title: one.title, chart, height: rows }, ...said]
    }
  }
}

/** Half blocks stand in pairs. */
function paired(list: readonly Produced[]): Block[] {
  const blocks: Block[] = []
  for (let i = 0; i < list.length; i += 1) {
    const [one, next] = [list[i], list[i + 1]]
    if (!one) continue
    if (one.kind === 'data' && one.half && next?.kind === 'data' && next.half) {
      const [a, b] = [blocksOf(one), blocksOf(next)]
      const height = Math.max(...[...a, ...b].map((x) => (x.kind === 'chart' ? (x.height ?? 0) : 0)))
      const even = (x: Block): Block => (x.kind === 'chart' ? { ...x, height } : x)
      const [first, second] = [a.map(even), b.map(even)]
      blocks.push({ kind: 'row', blocks: [first[0], second[0]].filter((x) => x !== undefined) }, ...first.slice(1), ...second.slice(1))
      i += 1
    } else blocks.push(...blocksOf(one))
  }
  return blocks
}

export function documentOf(content: Content, marks: { footer: string; watermark?: string }): DocumentContent {
  return { title: content.title, subtitle: content.subtitle, header: content.subtitle, footer: marks.footer, ...(marks.watermark ? { watermark: marks.watermark } : {}), blocks: [...content.sections.flatMap((s) => paired(s.blocks)), ...(content.basis ? [{ kind: 'paragraph' as const, size: 'small' as const, runs: [content.basis] }] : [])] }
}

const pictureSize = { width: 880, height: 300 }
const halfSize = { width: 440, height: 280 }
/** Height for the page, of lying bars by their number. */
export const sizeOf = (chart: Chart, half: boolean): { width: number; height: number } => {
  const { width, height } = half ? halfSize : pictureSize
  return { width, height: chart.kind === 'rows' ? Math.max(140, chart.categories.length * (chart.series.length > 1 ? 30 : 24) + 40) : height }
}
