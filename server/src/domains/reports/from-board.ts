// A report of a board: its panels, in its order, as blocks of a template. So every theme has its report without a template made by hand.
import type { Ctx } from '../../kernel/ctx.ts'
import type { LocalDate } from '../../kernel/time/index.ts'
import { grained, shownBoard, type Board, type Panel } from '../analytics/index.ts'
import { heading, signature, text } from './shipped/make.ts'
import { template, type Template, type TemplateInput } from './template.ts'
import { boardCategory } from './texts.zh-CN.ts'

const MARK = 'board:'
type BlockInput = NonNullable<TemplateInput['sections']['body']>[number]
type Look = Extract<BlockInput, { kind: 'data' }>['look']
const looks: Partial<Record<Panel['kind'], Look>> = { figures: 'cards', progress: 'cards', gauge: 'cards', table: 'table', bar: 'bar', stacked: 'stacked', line: 'line', area: 'area', pie: 'pie', rank: 'rows', radar: 'table', heat: 'table', pivot: 'table', scatter: 'table', map: 'rows', graph: 'table' }
const MOST_WHERE = 5
const MOST_ROWS = 30
const MOST_OF_COURSE = 100
const courses = new Set(['day', 'week', 'month', 'hour'])
type Period = { from: LocalDate; to: LocalDate }

export const boardOf = (templateCode: string): string | null => (templateCode.startsWith(MARK) ? templateCode.slice(MARK.length) : null)

/** @throws analytics.unknownBoard for a board its reader may not see */
export async function templateOfBoard(ctx: Ctx, code: string, period: Period): Promise<Template> {
  const board = await shownBoard(ctx, code)
  // Named problems stand on words of their own, which take the place of the board's. Mostly they are among these, so that both may hold.
  const words = board.where.filter((f) => f.dimension === 'words')
  const within = words.length === 0 || board.groups.every((g) => g.words.every((word) => words.some((f) => f.values.includes(word))))
  const body = board.panels.flatMap((panel) => blocksOf(board, panel, within ? [] : words, period))
  return template.parse({
    code: `theme${board.code.slice(0, 1).toUpperCase()}${board.code.slice(1, 34)}`, name: board.name, kind: 'thematic', category: boardCategory, title: `${board.name}专题报告`.slice(0, 60), description: board.description, where: within ? board.where : board.where.filter((f) => f.dimension !== 'words'),
    sections: { header: [], lead: within ? [text(`{period}，${board.name}受理{received}件，{received.change}。`)] : [], body, summary: [], tail: [signature] },
  } satisfies TemplateInput)
}

function blocksOf(board: Board, panel: Panel, words: Board['where'], period: Period): BlockInput[] {
  const where = (own: Board['where']): Board['where'] => [...own, ...panel.where].slice(0, MOST_WHERE)
  if (panel.kind === 'groups') return [heading(panel.title), ...board.groups.map((g): BlockInput => ({ kind: 'data', look: 'cards', title: g.name, indicators: panel.indicators, where: where([{ dimension: 'words', values: g.words }]), compare: 'previous', half: true }))]
  const look = looks[panel.kind]
  if (!look) return []
  const told = panel.dimensions.length === 1 && (look === 'pie' || look === 'line' || look === 'bar' || look === 'rows')
  const comparison = panel.compare ?? (look === 'cards' ? 'previous' : undefined)
  const dimensions = panel.dimensions.map((key) => grained(key, period))
  const limit = dimensions.some((key) => courses.has(key)) ? MOST_OF_COURSE : Math.min(panel.limit ?? MOST_ROWS, MOST_ROWS)
  return [{ kind: 'data', look, title: panel.title, indicators: panel.indicators, dimensions, where: where(words), limit, sentence: told, ...(panel.order ? { order: panel.order } : {}), ...(comparison ? { compare: comparison } : {}) }]
}
