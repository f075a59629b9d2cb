// A template made into a report for a period: asked of the semantic layer under the rights of whoever it is made for.
import type { Ctx } from '../../kernel/ctx.ts'
import { formatFull, type LocalDate } from '../../kernel/time/index.ts'
import { can } from '../../kernel/access.ts'
import { listPeriods, showPeriod } from '../assessment/index.ts'
import { dimensionOf, figureRows, figures } from '../data/index.ts'
import { tenantById } from '../platform/index.ts'
import { basisOf } from './basis.ts'
import type { Answer, Content, Figure, Produced, TextRun } from './content.ts'
import { sectionKeys, sectionOf, type DataBlock, type Template, type TemplateBlock, type When } from './template.ts'
import { tokensOf, type Token } from './tokens.ts'
import { changeOf, changeWords, figureOf, joined, member, ranked, semantics, valued, written } from './words.ts'

type Ask = { indicators: string[]; dimensions?: string[]; where?: Figure['where']; order?: string; limit?: number; compare?: 'previous' | 'lastYear' }
type Period = { from: LocalDate; to: LocalDate; name: string }
type FigureToken = Extract<Token, { kind: 'figure' }>
const MOST_OF_ONE = 20

/** Everything asked while one report is made; the same question is asked once. */
class Asking {
  readonly ctx: Ctx
  readonly period: Period
  readonly range: Figure['where']
  private readonly known = new Map<string, Promise<Answer>>()

  constructor(ctx: Ctx, period: Period, template: Template) {
    this.ctx = ctx
    this.period = period
    this.range = [...template.where, ...(template.include.length > 0 ? [{ dimension: 'words', values: template.include }] : []), ...(template.exclude.length > 0 ? [{ dimension: 'notWords', values: template.exclude }] : [])]
  }

  ask(one: Ask): Promise<Answer> {
    const key = JSON.stringify(one)
    const held = this.known.get(key) ?? this.fetch(one)
    this.known.set(key, held)
    return held
  }

  private async fetch(one: Ask): Promise<Answer> {
    const where = [...this.range, ...(one.where ?? [])]
    const { from, to } = this.period
    const found = await figures(this.ctx, { from, to, below: false, known: false, where, indicators: one.indicators, dimensions: one.dimensions ?? [], limit: one.limit ?? 200, ...(one.order ? { order: one.order } : {}), ...(one.compare ? { compare: one.compare } : {}) })
    return {
      from, to, where, groups: found.groups, total: found.total, rows: found.rows, before: found.before, compare: one.compare ?? null, heads: (one.dimensions ?? []).map((key) => dimensionOf(key)?.label ?? ''),
      columns: found.columns.filter((c) => c.asked).map((c) => ({ code: c.code, name: c.name, unit: c.unit, direction: c.direction, counted: c.formula === null, statement: c.statement })),
    }
  }
}

/** All simple figures of the texts are asked together, in as few questions as the layer takes. */
async function simple(asking: Asking, template: Template, find: (code: string) => Template | undefined): Promise<(code: string, compare: 'previous' | 'lastYear') => Promise<Answer>> {
  const codes = new Set<string>()
  for (const key of sectionKeys) for (const b of sectionOf(template, key, find)) if (b.kind === 'text') for (const s of b.sentences) {
    if (s.when) codes.add(s.when.indicator)
    for (const t of tokensOf(s.text)) if (t.kind === 'figure' && t.dimension === undefined) codes.add(t.code)
  }
  const list = [...codes]
  return (code, compare) => {
    const at = list.indexOf(code)
    const group = at < 0 ? [code] : list.slice(Math.floor(at / MOST_OF_ONE) * MOST_OF_ONE, (Math.floor(at / MOST_OF_ONE) + 1) * MOST_OF_ONE)
    return asking.ask({ indicators: group, compare })
  }
}
type Simple = Awaited<ReturnType<typeof simple>>

async function figureRuns(asking: Asking, token: FigureToken, simply: Simple): Promise<TextRun[]> {
  if (token.dimension !== undefined) {
    const answer = await asking.ask({ indicators: [token.code], dimensions: [token.dimension] })
    const column = answer.columns[0]
    if (!column) return []
    const rows = ranked(column, answer, token.aspect === 'low' ? 'low' : 'top', token.aspect === 'peak' ? 1 : token.n).filter((r) => !column.counted || r.values[column.code] !== '0')
    return rows.length === 0 ? [{ text: '（本期没有）' }] : joined(rows.map((r) => member(answer, column, r)))
  }
  const compare = token.aspect === 'yoy' ? 'lastYear' : 'previous'
  const answer = await simply(token.code, compare)
  const column = answer.columns.find((c) => c.code === token.code)
  if (!column) return []
  const before = answer.before
  switch (token.aspect) {
    case 'change': case 'yoy': return [{ text: changeWords(changeOf(column, answer.total[column.code], before?.total[column.code]), compare), figure: figureOf(answer, column) }]
    case 'before': return [{ text: written(before?.total[column.code], column.unit), figure: figureOf(answer, column, [], before ?? answer) }]
    default: return valued(answer, column, answer.total).slice(0, 1)
  }
}

async function holds(condition: When | undefined, simply: Simple): Promise<boolean> {
  if (!condition) return true
  const answer = await simply(condition.indicator, 'previous')
  const [now, before] = [answer.total[condition.indicator], answer.before?.total[condition.indicator]].map((v) => (v === null || v === undefined ? null : Number(v)))
  const left = condition.of === 'value' ? now : condition.of === 'before' ? before : now === null || now === undefined || before === null || before === undefined ? null : now - before
  // What has no value meets no condition.
  if (left === null || left === undefined) return false
  return { '>': left > condition.than, '>=': left >= condition.than, '<': left < condition.than, '<=': left <= condition.than, '=': left === condition.than, '!=': left !== condition.than }[condition.op]
}

type Making = { asking: Asking; simply: Simple; constants: Record<string, string> }

async function runsOf(making: Making, text: string): Promise<TextRun[]> {
  const parts: TextRun[] = []
  for (const token of tokensOf(text)) {
    if (token.kind === 'text') parts.push({ text: token.text })
    else if (token.kind === 'constant') parts.push({ text: making.constants[token.name] ?? '' })
    else if (token.kind === 'figure') parts.push(...(await figureRuns(making.asking, token, making.simply)))
  }
  return parts
}

async function dataBlock(making: Making, b: DataBlock, id: string): Promise<Produced> {
  const answer = await making.asking.ask({ indicators: b.indicators, dimensions: b.dimensions, where: b.where, ...(b.order ? { order: b.order } : {}), ...(b.limit ? { limit: b.limit } : {}), ...(b.compare ? { compare: b.compare } : {}) })
  return { id, kind: 'data', look: b.look, title: b.title, half: b.half, answer, sentence: b.sentence ? semantics(answer) : [] }
}

async function orderList({ asking }: Making, b: Extract<TemplateBlock, { kind: 'orders' }>, id: string): Promise<Produced> {
  const { from, to } = asking.period
  const total = await asking.ask({ indicators: [b.indicator], where: b.where })
  const { items } = await figureRows(asking.ctx, { from, to, below: false, where: [...asking.range, ...b.where], indicator: b.indicator, keys: [], limit: b.limit, openOnly: true })
  const all = Number(total.total[b.indicator] ?? 0)
  return { id, kind: 'list', title: b.title, columns: [{ label: '工单号', width: 17, end: false }, { label: '标题', width: 38, end: false }, { label: '主办单位', width: 22, end: false }, { label: '状态', width: 12, end: false }], rows: items.map((o) => ({ cells: [o.number, o.title, o.unitName ?? '–', o.stateName], number: o.number })), more: Math.max(0, all - items.length), empty: '本期没有这样的工单' }
}

/** Scores as published; nobody sees others through a report. */
async function scoreList({ asking }: Making, b: Extract<TemplateBlock, { kind: 'scores' }>, id: string): Promise<Produced> {
  const columns = [{ label: '名次', width: 8, end: true }, { label: '考核对象', width: 40, end: false }, { label: '得分', width: 14, end: true }, { label: '上期得分', width: 14, end: true }, { label: '上期名次', width: 12, end: true }]
  const empty = (text: string): Produced => ({ id, kind: 'list', title: b.title, columns, rows: [], more: 0, empty: text })
  if (!can(asking.ctx, 'assessment.read')) return empty('没有查看考核成绩的权限，本节从略')
  const { items } = await listPeriods(asking.ctx, {})
  const period = items.find((p) => p.published !== null && p.fromDay >= asking.period.from && p.toDay <= asking.period.to)
  if (!period) return empty('本期没有已发布的考核成绩')
  const shown = await showPeriod(asking.ctx, { id: period.id, runId: period.published?.runId })
  return { id, kind: 'list', title: `${b.title}（${period.modelName} ${period.name}）`, columns, rows: shown.rows.slice(0, b.limit).map((r) => ({ cells: [r.rank === null ? '–' : String(r.rank), r.name, r.total ?? '–', r.totalBefore ?? '–', r.rankBefore === null ? '–' : String(r.rankBefore)], number: null })), more: Math.max(0, shown.rows.length - b.limit), empty: '' }
}

async function blockOf(making: Making, b: TemplateBlock, id: string): Promise<Produced | null> {
  switch (b.kind) {
    case 'heading': return { id, kind: 'heading', text: b.text }
    case 'note': return { id, kind: 'note', text: b.text }
    case 'data': return dataBlock(making, b, id)
    case 'orders': return orderList(making, b, id)
    case 'scores': return scoreList(making, b, id)
    case 'text': {
      const runs: TextRun[] = []
      for (const s of b.sentences) if (await holds(s.when, making.simply)) runs.push(...(await runsOf(making, s.text)))
      return runs.length === 0 ? null : { id, kind: 'text', runs, generated: runs, by: null }
    }
  }
}

/** 示例市政务服务热线中心 → 示例市: titles speak of the city. */
export const cityOf = (name: string): string => name.replace(/(政务服务|便民服务|市民服务)?(便民)?(热线)?(服务)?中心$/, '') || name

/** The content of a report; sections in their order, each block with its questions. The same template and period give the same content while the data stand. */
export async function produce(ctx: Ctx, template: Template, period: Period, find: (code: string) => Template | undefined): Promise<Content> {
  const asking = new Asking(ctx, period, template)
  const tenant = await tenantById(ctx, ctx.tenantId)
  const making: Making = { asking, simply: await simple(asking, template, find), constants: { period: period.name, from: period.from, to: period.to, generated: formatFull(ctx.clock.now(), tenant.timeZone).replace(/ \(.*\)$/, ''), unit: cityOf(tenant.name) } }
  const sections: Content['sections'] = []
  for (const key of sectionKeys) {
    const blocks: Produced[] = []
    for (const [i, b] of sectionOf(template, key, find).entries()) {
      const one = await blockOf(making, b, `${key}${i + 1}`)
      if (one) blocks.push(one)
    }
    sections.push({ key, blocks })
  }
  const title = (await runsOf(making, template.title)).map((r) => r.text).join('')
  const range = period.from === period.to ? period.from : `${period.from} 至 ${period.to}`
  return { title, subtitle: `${period.name === range || period.name === period.from ? range : `${period.name}（${range}）`}  ${tenant.name}`, asOf: ctx.clock.now(), basis: basisOf(ctx), sections }
}
