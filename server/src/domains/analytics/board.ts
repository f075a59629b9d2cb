// A board as data: panels over the semantic layer. A panel names indicators, dimensions and filters and how they are drawn; it holds no query
// language of its own, so that every figure on every board is counted by `data`.
import { z } from 'zod'
import { comparisons, filterKeys } from '../data/index.ts'

export const boardKinds = ['live', 'theme', 'comparison', 'table', 'screen'] as const
export const panelKinds = ['figures', 'table', 'bar', 'stacked', 'line', 'area', 'pie', 'rank', 'radar', 'heat', 'gauge', 'progress', 'groups', 'map', 'graph', 'forecast', 'telephone', 'text', 'pivot', 'scatter'] as const
export const periods = ['today', 'yesterday', 'week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'halfYear', 'year', 'last30', 'lastQuarter', 'lastYear', 'all', 'assessmentMonth', 'holiday'] as const

const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const member = z.string().max(600).nullable()
export const filter = z.strictObject({ dimension: z.string().max(40), values: z.array(member).min(1).max(200) })
const title = z.string().trim().min(1).max(40)

export const panel = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]{1,20}$/), kind: z.enum(panelKinds), title, note: z.string().trim().max(200).optional(),
  indicators: z.array(code).max(12).default([]), dimensions: z.array(z.string().max(40)).max(2).default([]), where: z.array(filter).max(5).default([]),
  order: z.string().regex(/^-?[a-z][A-Za-z0-9]{1,39}$/).optional(), limit: z.int().min(1).max(300).optional(), compare: z.enum(comparisons).optional(),
  /** The dimension a click goes down to. */
  drill: z.string().max(40).optional(), text: z.string().max(2000).optional(), target: z.number().optional().describe('Line or threshold: 目标值'),
  /** On a screen and on a page laid out absolutely: place in a grid of 24 columns and 12 rows, counted from 1. */
  at: z.strictObject({ column: z.int().min(1).max(24), row: z.int().min(1).max(12), width: z.int().min(1).max(24), height: z.int().min(1).max(12) }).optional(),
  /** Panels of one tab stand together under its name; those without stand above all tabs. */
  tab: z.string().trim().min(1).max(12).optional(),
  /** Panels of one carousel take turns in the place of the first. */
  carousel: z.string().trim().min(1).max(12).optional(),
  width: z.union([z.literal(3), z.literal(4), z.literal(6), z.literal(8), z.literal(12)]).default(6),
})
export const board = z.strictObject({
  code, name: title, kind: z.enum(boardKinds), description: z.string().trim().max(300).default(''),
  where: z.array(filter).max(5).default([]), groups: z.array(z.strictObject({ name: title, words: z.array(z.string().trim().min(1).max(20)).min(1).max(20) })).max(12).default([]).describe('Named problems of a theme, found by words'),
  period: z.enum(periods).default('month'), offers: z.array(z.enum(periods)).max(periods.length).default([...periods]), filters: z.array(z.string().max(40)).max(6).default(['county', 'unit', 'appealType', 'channel']),
  refreshSeconds: z.int().min(5).max(3600).default(60), roles: z.array(z.string().max(60)).max(50).default([]).describe('Codes of the roles that see it; empty: everybody who may read figures'),
  layout: z.enum(['adaptive', 'absolute']).default('adaptive').describe('adaptive: panels follow each other in their widths; absolute: each in its place'), animate: z.boolean().default(false), carouselSeconds: z.int().min(3).max(120).default(10),
  panels: z.array(panel).min(1).max(30),
})
export type Board = z.output<typeof board>
export type BoardInput = z.input<typeof board>
export type Panel = z.output<typeof panel>

export type Fault = { path: string; message: string }
type Known = { indicator: (code: string) => { name: string; stopped: boolean; timed: boolean } | undefined; dimension: (key: string) => { label: string; time: boolean } | undefined; role: (code: string) => boolean }
const needs: Partial<Record<Panel['kind'], { dimensions: [least: number, most: number]; indicators: [least: number, most: number] }>> = {
  figures: { dimensions: [0, 0], indicators: [1, 12] }, progress: { dimensions: [0, 0], indicators: [1, 12] }, gauge: { dimensions: [0, 0], indicators: [1, 1] }, table: { dimensions: [0, 2], indicators: [1, 12] },
  bar: { dimensions: [1, 2], indicators: [1, 4] }, stacked: { dimensions: [2, 2], indicators: [1, 1] }, line: { dimensions: [1, 2], indicators: [1, 4] }, area: { dimensions: [1, 2], indicators: [1, 4] },
  pie: { dimensions: [1, 1], indicators: [1, 1] }, rank: { dimensions: [1, 1], indicators: [1, 4] }, radar: { dimensions: [1, 1], indicators: [3, 8] }, heat: { dimensions: [2, 2], indicators: [1, 1] }, pivot: { dimensions: [2, 2], indicators: [1, 4] }, scatter: { dimensions: [1, 2], indicators: [1, 3] }, groups: { dimensions: [0, 0], indicators: [1, 3] }, map: { dimensions: [1, 1], indicators: [1, 1] }, graph: { dimensions: [2, 2], indicators: [1, 1] }, forecast: { dimensions: [0, 1], indicators: [1, 1] }, telephone: { dimensions: [0, 0], indicators: [0, 0] }, text: { dimensions: [0, 0], indicators: [0, 0] },
}

/** Whether every panel can be drawn; the place of each fault, in words for its editor. */
export function faultsOf(definition: Board, known: Known): Fault[] {
  const faults: Fault[] = []
  const add = (path: string, message: string): void => void faults.push({ path, message })
  const dimension = (path: string, key: string): void => {
    if (!filterKeys.includes(key) && !known.dimension(key)) add(path, `没有“${key}”这个维度`)
  }
  definition.where.forEach((f, i) => dimension(`where.${i}`, f.dimension))
  definition.filters.forEach((key, i) => dimension(`filters.${i}`, key))
  definition.roles.forEach((role, i) => { if (!known.role(role)) add(`roles.${i}`, `没有编码为“${role}”的角色`) })
  const ids = new Set<string>()
  definition.panels.forEach((one, i) => {
    const at = `panels.${i}`
    if (ids.has(one.id)) add(`${at}.id`, '组件编号重复')
    ids.add(one.id)
    const need = needs[one.kind]
    if (need) {
      within(one.dimensions.length, need.dimensions, (n) => add(`${at}.dimensions`, `这种组件需要${n}个维度`))
      within(one.indicators.length, need.indicators, (n) => add(`${at}.indicators`, `这种组件需要${n}个指标`))
    }
    if (one.kind === 'map' && !['county', 'street', 'community'].includes(one.dimensions[0] ?? '')) add(`${at}.dimensions`, '地图需要区县、街镇或社区村维度')
    if (one.kind === 'groups' && definition.groups.length === 0) add(`${at}.kind`, '请先为专题设置问题分组')
    if (one.kind === 'text' && !one.text?.trim()) add(`${at}.text`, '请填写文字')
    one.dimensions.forEach((key, j) => dimension(`${at}.dimensions.${j}`, key))
    one.where.forEach((f, j) => dimension(`${at}.where.${j}`, f.dimension))
    if (one.drill) dimension(`${at}.drill`, one.drill)
    const timed = one.dimensions.some((key) => known.dimension(key)?.time)
    one.indicators.forEach((key, j) => {
      const found = known.indicator(key)
      if (!found) add(`${at}.indicators.${j}`, `没有编码为“${key}”的指标`)
      else if (found.stopped) add(`${at}.indicators.${j}`, `指标“${found.name}”已停用`)
      else if (timed && !found.timed) add(`${at}.indicators.${j}`, `指标“${found.name}”按期末统计，不能按时间分组`)
    })
  })
  return [...faults, ...placeFaults(definition)]
}

type At = NonNullable<Panel['at']>
const meet = (a: At, b: At): boolean => a.column < b.column + b.width && b.column < a.column + a.width && a.row < b.row + b.height && b.row < a.row + a.height

/** Laid out absolutely, every panel has a place inside the grid and none covers another of its tab; a carousel shares one. */
function placeFaults({ layout, panels }: Board): Fault[] {
  if (layout !== 'absolute') return []
  return panels.flatMap((one, i): Fault[] => {
    const { at } = one
    const path = `panels.${i}.at`
    if (!at) return [{ path, message: '固定布局要为每个组件定位置' }]
    if (at.column + at.width > COLUMNS + 1 || at.row + at.height > ROWS + 1) return [{ path, message: `位置超出画布（${COLUMNS} 列 ${ROWS} 行）` }]
    const under = panels.slice(0, i).find((other) => other.at && other.tab === one.tab && (one.carousel === undefined || other.carousel !== one.carousel) && meet(other.at, at))
    return under ? [{ path, message: `与“${under.title}”重叠` }] : []
  })
}
const COLUMNS = 24
const ROWS = 12

function within(n: number, [least, most]: [number, number], fault: (words: string) => void): void {
  if (n < least || n > most) fault(least === most ? ` ${least} ` : ` ${least}–${most} `)
}
