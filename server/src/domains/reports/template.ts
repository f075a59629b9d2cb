// A report's template as data: five sections of blocks over the semantic layer. It holds no query language of its own: every number is
// asked of `data`, so that it is counted one way and opens its rows.
import { z } from 'zod'
import { comparisons } from '../data/index.ts'
import { tokensOf } from './tokens.ts'

export const sectionKeys = ['header', 'lead', 'body', 'summary', 'tail'] as const
export const cycles = ['day', 'week', 'month', 'quarter', 'halfYear', 'year'] as const
export const looks = ['cards', 'table', 'bar', 'rows', 'line', 'area', 'stacked', 'pie'] as const
export const operators = ['>', '>=', '<', '<=', '=', '!='] as const
export type Cycle = (typeof cycles)[number]
export type SectionKey = (typeof sectionKeys)[number]

const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const filter = z.strictObject({ dimension: z.string().max(40), values: z.array(z.string().max(80).nullable()).min(1).max(200) })
const words = z.array(z.string().trim().min(1).max(20)).max(30).default([])
const title = z.string().trim().min(1).max(60)
const data = { indicators: z.array(code).min(1).max(12), dimensions: z.array(z.string().max(40)).max(2).default([]), where: z.array(filter).max(5).default([]), order: z.string().regex(/^-?[a-z][A-Za-z0-9]{1,39}$/).optional(), limit: z.int().min(1).max(100).optional(), compare: z.enum(comparisons).optional() }

export const when = z.strictObject({ indicator: code, of: z.enum(['value', 'before', 'change']).default('value').describe('change: difference to the period before'), op: z.enum(operators), than: z.number() })
export const sentence = z.strictObject({ text: z.string().trim().min(1).max(2000).describe('Placeholders in braces: {received}, {received.change}, {received.top.category.3}, {period}'), when: when.optional() })
export const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text: title }),
  z.strictObject({ kind: z.literal('text'), sentences: z.array(sentence).min(1).max(30) }),
  z.strictObject({ kind: z.literal('data'), look: z.enum(looks), title, ...data, sentence: z.boolean().default(false).describe('With a sentence made of its figures (指标语义)'), half: z.boolean().default(false).describe('Beside the next half one') }),
  z.strictObject({ kind: z.literal('orders'), title, indicator: code, where: z.array(filter).max(5).default([]), limit: z.int().min(1).max(100).default(20) }),
  z.strictObject({ kind: z.literal('scores'), title, limit: z.int().min(1).max(100).default(20) }),
  z.strictObject({ kind: z.literal('note'), text: z.string().trim().min(1).max(500) }),
])
const blocks = z.array(block).max(40).default([])
export const template = z.strictObject({
  code, name: z.string().trim().min(1).max(40), kind: z.enum(['periodic', 'thematic']), category: z.string().trim().min(1).max(20).describe('热线报告、专报 …'), cycle: z.enum(cycles).default('month'), sort: z.int().min(0).max(9999).default(100),
  description: z.string().trim().max(300).default(''), title: title.describe('With placeholders of the period: {unit}12345热线运行月报'), base: code.optional().describe('Sections of this template come first'),
  where: z.array(filter).max(5).default([]).describe('Range of the whole report'), include: words.describe('Orders with any of these words only'), exclude: words.describe('Orders with any of these words in no figure'),
  sections: z.strictObject({ header: blocks, lead: blocks, body: blocks, summary: blocks, tail: blocks }),
})
export type Template = z.output<typeof template>
export type TemplateInput = z.input<typeof template>
export type TemplateBlock = z.output<typeof block>
export type DataBlock = Extract<TemplateBlock, { kind: 'data' }>
export type When = z.output<typeof when>

export type Fault = { path: string; message: string }
type Known = { indicator: (code: string) => { name: string; stopped: boolean; timed: boolean; counted: boolean } | undefined; dimension: (key: string) => { label: string; time: boolean } | undefined; template: (code: string) => Template | undefined }
const dimensionsOf: Record<(typeof looks)[number], [number, number]> = { cards: [0, 0], table: [0, 2], bar: [1, 2], rows: [1, 1], line: [1, 2], area: [1, 2], stacked: [2, 2], pie: [1, 1] }

/** What of a template cannot be produced, by place. */
export function faultsOf(one: Template, known: Known): Fault[] {
  const faults: Fault[] = []
  const indicator = (path: string, key: string, timed = false): void => {
    const found = known.indicator(key)
    if (!found) faults.push({ path, message: `没有编码为“${key}”的指标` })
    else if (found.stopped) faults.push({ path, message: `指标“${found.name}”已停用` })
    else if (timed && !found.timed) faults.push({ path, message: `指标“${found.name}”按期末统计，不能按时间分组` })
  }
  const dimension = (path: string, key: string): boolean => {
    const found = known.dimension(key)
    if (!found) faults.push({ path, message: `没有“${key}”这个维度` })
    return found?.time ?? false
  }
  const text = (path: string, words: string): void => {
    for (const token of tokensOf(words)) {
      if (token.kind === 'fault') faults.push({ path, message: token.message })
      else if (token.kind === 'figure') indicator(path, token.code, token.dimension !== undefined && dimension(path, token.dimension))
    }
  }
  one.where.forEach((f, i) => dimension(`where.${i}`, f.dimension))
  text('title', one.title)
  for (const base of chain(one, known, faults)) void base
  for (const key of sectionKeys) {
    one.sections[key].forEach((b, i) => {
      const at = `sections.${key}.${i}`
      if (b.kind === 'text') for (const [j, s] of b.sentences.entries()) { text(`${at}.sentences.${j}.text`, s.text); if (s.when) indicator(`${at}.sentences.${j}.when`, s.when.indicator) }
      if (b.kind === 'data') {
        const [least, most] = dimensionsOf[b.look]
        if (b.dimensions.length < least || b.dimensions.length > most) faults.push({ path: `${at}.dimensions`, message: `“${b.title}”这种样式需要 ${least === most ? least : `${least}–${most}`} 个维度` })
        const timed = b.dimensions.map((d, j) => dimension(`${at}.dimensions.${j}`, d)).includes(true)
        b.indicators.forEach((c, j) => indicator(`${at}.indicators.${j}`, c, timed))
        b.where.forEach((f, j) => dimension(`${at}.where.${j}`, f.dimension))
      }
      if (b.kind === 'orders') { indicator(`${at}.indicator`, b.indicator); if (known.indicator(b.indicator)?.counted === false) faults.push({ path: `${at}.indicator`, message: '明细只能列出计数的指标' }) }
    })
  }
  if (sectionKeys.every((key) => one.sections[key].length === 0) && !one.base) faults.push({ path: 'sections', message: '请至少添加一个内容块' })
  return faults
}

/** The template and those it builds on, the most basic first. */
function chain(one: Template, known: Pick<Known, 'template'>, faults: Fault[] = []): Template[] {
  const list = [one]
  for (let at = one; at.base !== undefined; ) {
    const base = known.template(at.base)
    if (!base || list.some((t) => t.code === base.code) || at.base === one.code) {
      faults.push({ path: 'base', message: base ? '模板互相继承' : '没有所继承的模板' })
      break
    }
    list.unshift(base)
    at = base
  }
  return list
}

/** The blocks of a section with those inherited before its own. */
export const sectionOf = (one: Template, key: SectionKey, find: (code: string) => Template | undefined): TemplateBlock[] => chain(one, { template: find }).flatMap((t) => t.sections[key])
