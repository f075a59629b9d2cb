// A line of the upper platform's detail file: what it says, or why it cannot be taken. Pure.
import type { Instant } from '../../../kernel/time/index.ts'
import { readMoment } from '../../orders/index.ts'
import type { Statement } from '../callback.ts'

export type SheetRow = { number: string; contacted: string; solved: string; satisfied: string; at: string; opinion: string }
export type Fault = { row: number; field: string; message: string }
export type UpperRow = { line: number; number: string; contacted: Statement; solved: Statement; satisfied: Statement; at: Instant | null; opinion: string | null }

const words: Record<string, Statement> = {
  是: 'yes', 已联系: 'yes', 已响应: 'yes', 已解决: 'yes', 满意: 'yes', 基本满意: 'yes', '1': 'yes',
  否: 'no', 未联系: 'no', 未响应: 'no', 未解决: 'no', 不满意: 'no', '0': 'no',
  '': 'notStated', 未表态: 'notStated', 未评价: 'notStated', '-': 'notStated',
}
const questions = [['contacted', '是否联系'], ['solved', '是否解决'], ['satisfied', '是否满意']] as const

/** Rows are numbered as people see them in the sheet: the heading is line 1. `known` gives the order's id for a number of either platform. */
export function readUpperRows(rows: readonly SheetRow[], known: ReadonlyMap<string, string>, timeZone: string): { good: (UpperRow & { orderId: string })[]; faults: Fault[] } {
  const good: (UpperRow & { orderId: string })[] = []
  const faults: Fault[] = []
  const lines = new Map<string, number>()
  rows.forEach((cells, i) => {
    const line = i + 2
    const before = faults.length
    const fault = (field: string, message: string): void => void faults.push({ row: line, field, message })
    const number = cells.number.trim()
    const orderId = known.get(number)
    if (number === '') fault('number', '没有工单号')
    else if (orderId === undefined) fault('number', `本中心没有工单“${number.slice(0, 40)}”`)
    else if (lines.has(orderId)) fault('number', `与第 ${lines.get(orderId)} 行是同一件工单`)
    const answer = (key: (typeof questions)[number][0], label: string): Statement => {
      const said = words[cells[key].trim()]
      if (said === undefined) fault(key, `${label}“${cells[key].slice(0, 20)}”无法识别，请填 是、否 或 未表态`)
      return said ?? 'notStated'
    }
    const said = Object.fromEntries(questions.map(([key, label]) => [key, answer(key, label)])) as Record<(typeof questions)[number][0], Statement> // one entry a question
    const at = cells.at.trim() === '' ? null : (readMoment(cells.at, timeZone) ?? undefined)
    if (at === undefined) fault('at', `回访时间“${cells.at.slice(0, 30)}”无法识别`)
    if (faults.length > before || orderId === undefined) return
    lines.set(orderId, line)
    good.push({ line, number, orderId, ...said, at: at ?? null, opinion: cells.opinion.trim() || null })
  })
  return { good, faults }
}
