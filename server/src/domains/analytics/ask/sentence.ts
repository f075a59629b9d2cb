// The answer in one or two sentences: only numbers that stand in the figures, in words of the catalogue.
import type { figures } from '../../data/index.ts'
import { sentences as s } from './ask.zh-CN.ts'
import type { Understood } from './parse-question.ts'

type Figures = Awaited<ReturnType<typeof figures>>
type Column = Figures['columns'][number]

const shown = (value: string | null | undefined, column: Column): string => (value === null || value === undefined ? '–' : column.unit === '%' ? `${value}%` : `${value} ${column.unit}`.trim())

/** Rates by points, all else in percent of what was. */
function change(now: string | null | undefined, before: string | null | undefined, column: Column): string | null {
  if (now === null || now === undefined || before === null || before === undefined) return null
  const difference = Number(now) - Number(before)
  if (difference === 0) return s.same
  if (column.unit !== '%' && Number(before) === 0) return null
  const size = column.unit === '%' ? s.points(Math.abs(difference).toFixed(2)) : s.percent(Math.abs((difference / Number(before)) * 100).toFixed(1))
  return difference > 0 ? s.up(size) : s.down(size)
}

const SHOWN = 5

export function sentenceOf(query: Understood, answer: Figures): string {
  const columns = answer.columns.filter((c) => c.asked)
  const first = columns[0]
  if (!first) return s.none
  const where = query.where.flatMap((w) => w.members.map((m) => m.name)).join('、')
  const period = answer.from === answer.to ? answer.from : `${answer.from} 至 ${answer.to} `
  const parts = columns.map((c) => {
    const moved = answer.before ? change(answer.total[c.code], answer.before.total[c.code], c) : null
    return `${s.part(c.name, shown(answer.total[c.code], c))}${answer.before ? s.change(shown(answer.before.total[c.code], c), moved ?? '–') : ''}`
  })
  const head = s.total(where, period, parts.join('，'))
  const valued = answer.rows.filter((r) => r.values[first.code] !== null && r.values[first.code] !== undefined)
  if (valued.length === 0) return query.by.length > 0 && answer.rows.length === 0 ? `${head}${s.none}` : head
  const name = (row: Figures['rows'][number]): string => row.keys.map((k) => k.name).join(' ')
  if (query.order !== null) return `${head}${s.rank(valued.slice(0, SHOWN).map((r) => `${name(r)} ${shown(r.values[first.code], first)}`).join('、'))}。`
  const sorted = valued.toSorted((a, b) => Number(b.values[first.code]) - Number(a.values[first.code]))
  const [best, worst] = [sorted[0], sorted.at(-1)]
  if (!best || query.by.length === 0) return head
  // One group alone is named: a drawing with one bar tells nothing to who hears the answer.
  if (sorted.length < 2) return `${head}${s.only(name(best))}`
  return `${head}${s.best('各组', name(best), shown(best.values[first.code], first))}${worst && worst !== best ? s.worst(name(worst), shown(worst.values[first.code], first)) : ''}。`
}
