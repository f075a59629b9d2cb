// Short ways to write delivered templates.
import type { TemplateInput } from '../template.ts'

type BlockInput = NonNullable<TemplateInput['sections']['body']>[number]
type DataInput = Extract<BlockInput, { kind: 'data' }>
type Rest = Partial<Omit<DataInput, 'kind' | 'look' | 'title' | 'indicators' | 'dimensions'>>
const over = (look: DataInput['look']) => (title: string, indicators: string[], dimensions: string[], rest: Rest = {}): BlockInput => ({ kind: 'data', look, title, indicators, dimensions, ...rest })

export type Sections = TemplateInput['sections']
export const heading = (text: string): BlockInput => ({ kind: 'heading', text })
export const note = (text: string): BlockInput => ({ kind: 'note', text })
type SentenceInput = Extract<BlockInput, { kind: 'text' }>['sentences'][number]
export const text = (...sentences: (string | SentenceInput)[]): BlockInput => ({ kind: 'text', sentences: sentences.map((s) => (typeof s === 'string' ? { text: s } : s)) })
export const only = (indicator: string, op: '>' | '>=' | '<' | '<=' | '=' | '!=', than: number, words: string, of: 'value' | 'before' | 'change' = 'value'): SentenceInput => ({ text: words, when: { indicator, of, op, than } })
export const cards = (title: string, indicators: string[], rest: Rest = {}): BlockInput => over('cards')(title, indicators, [], { compare: 'previous', ...rest })
export const table = over('table')
export const bar = over('bar')
export const rows = over('rows')
export const line = over('line')
export const area = over('area')
export const stacked = over('stacked')
export const pie = over('pie')
export const orders = (title: string, indicator: string, rest: { where?: DataInput['where']; limit?: number } = {}): BlockInput => ({ kind: 'orders', title, indicator, ...rest })
export const scores = (title: string, limit = 20): BlockInput => ({ kind: 'scores', title, limit })
export const sections = (parts: Partial<Sections>): Sections => ({ header: [], lead: [], body: [], summary: [], tail: [], ...parts })
export const signature = text('生成于 {generated}。统计口径见指标目录，数据随工单更正而更新，本报告保留生成时的数值。')
